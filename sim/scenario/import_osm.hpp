// From an OpenStreetMap extract and a table of residents to a scenario: roads with speeds and
// one-ways, buildings, land use, water, borders, shops; residents of each municipality spread over
// its buildings by footprint; candidate sites proposed along roads in commercial and retail land.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/job.hpp"
#include "core/params.hpp"
#include "geo/csv.hpp"
#include "geo/osm_extract.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::scenario {

struct OsmImportParams {
  std::string name = "Imported map";
  std::string currency = "EUR";
  std::string shop = "supermarket";  ///< value of OSM's shop=* that counts as a store
  std::string own_brand;             ///< stores whose brand, operator or name contains it are own;
                                     ///< empty: the brand with the most stores
  double default_area_m2 = 800;      ///< sales area of a store mapped as a point
  double sales_share = 0.7;          ///< sales area / footprint of a store mapped as a building
  std::int64_t candidates = 24;      ///< proposed at most
  double candidate_area_m2 = 1000;
  double candidate_spacing_m = 250;  ///< least distance between two candidates
  double min_building_m2 = 30;       ///< smaller ones house nobody
};
Fields fields(OsmImportParams& params);

/// `population`: columns municipality and residents; names are matched to the borders (admin_level
/// 8) ignoring case and accents. Municipalities of one without the other, buildings outside every
/// border, unusable shapes and the like are counted and listed in Scenario::notes. Splits roads at
/// junctions.
Result<Scenario> import_osm(const geo::OsmExtract& extract, const geo::Csv& population,
                            std::string_view population_file, const OsmImportParams& params,
                            const Job& job);

}  // namespace footfall::scenario
