// Reads OpenStreetMap files (.osm.pbf, .osm) through GDAL, with the OSM driver alone registered and
// its own configuration. Native builds only: the one folder that includes GDAL.
#pragma once

#include <string>

#include "core/error.hpp"
#include "core/job.hpp"
#include "geo/osm_extract.hpp"

namespace footfall::geo::gdal {

/// Reads points, lines and polygons with the tags highway, oneway, maxspeed, junction, access,
/// name, building, building:levels, landuse, natural, waterway, water, shop, brand, operator,
/// amenity, boundary, admin_level. The file's size is limited to 2 GiB and GDAL's memory for
/// temporary nodes to 512 MiB. A file that is missing, empty, truncated or no OSM data is one
/// error; features that cannot be used are counted in OsmExtract::skipped.
Result<OsmExtract> read_osm(const std::string& path, const Job& job);

}  // namespace footfall::geo::gdal
