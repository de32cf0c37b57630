// What is taken from an OpenStreetMap file, before anyone decides what it means.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/place.hpp"

namespace footfall::geo {

struct OsmFeature {
  std::int64_t id = 0;  ///< OSM id of the node, way or relation
  char type = 'n';      ///< 'n', 'w' or 'r'
  Shape shape;
  std::map<std::string, std::string> tags;  ///< only those that were asked for
};

struct OsmExtract {
  std::vector<OsmFeature> features;              ///< ordered by (type, id)
  std::uint64_t read = 0;                        ///< features seen in the file
  std::map<std::string, std::uint64_t> skipped;  ///< reason -> count ("ring not closed")
  LonLat min, max;                               ///< bounds of what was read
};

}  // namespace footfall::geo
