// GeoJSON (RFC 7946) in and out: WGS 84 in, integers of 1e-7 degree inside.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/json.hpp"
#include "core/place.hpp"

namespace footfall::geo {

struct Feature {
  Shape shape;                        ///< MultiX is one shape with several parts
  Json properties = Json::object();
};

/// A FeatureCollection, Feature or bare geometry. MultiPoint and MultiLineString are split into one
/// feature each. Errors: not JSON, no geometry, coordinates outside ±180/±90 (with a hint at a projected
/// coordinate system where they are large), a "crs" member other than WGS 84, rings of fewer than four
/// positions, unclosed rings; each names the feature's index.
Result<std::vector<Feature>> parse_geojson(std::string_view bytes, std::string_view file);

/// A FeatureCollection, one feature a line, seven decimals at most.
std::string geojson_text(const std::vector<Feature>& features);

}  // namespace footfall::geo
