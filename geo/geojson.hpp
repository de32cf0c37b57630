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
  Shape shape;  ///< MultiX is one shape with several parts
  Json properties = Json::object();
};

/// A FeatureCollection, Feature or bare geometry. MultiPoint and MultiLineString are split into one
/// feature each. Heights are dropped. Errors, one for each feature, with its number (from 1) and
/// the path of the value in its geometry:
///   - not JSON, not GeoJSON, no geometry, a GeometryCollection,
///   - coordinates outside ±180/±90 (with a hint at a projected coordinate system where they are
///   large,
///     at swapped coordinates where these would fit),
///   - a "crs" member other than WGS 84,
///   - lines of fewer than two positions, rings of fewer than four, unclosed rings.
/// After 1,000 problems the rest is not read.
Result<std::vector<Feature>> parse_geojson(std::string_view bytes, std::string_view file);

/// A FeatureCollection, one feature a line, seven decimals at most: exact. Rings are closed and
/// wound as RFC 7946 asks for (outer ones counter-clockwise); a shape without parts has a null
/// geometry.
std::string geojson_text(const std::vector<Feature>& features);

}  // namespace footfall::geo
