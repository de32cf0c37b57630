// From an OpenStreetMap extract and a table of residents to a scenario: roads with speeds and
// one-ways, buildings, land use, water, borders, shops; residents of each municipality spread over
// its buildings by footprint; candidate sites proposed along roads in commercial and retail land.
// The model and its tables: docs/models/import_osm.md.
#pragma once

#include <string>
#include <string_view>

#include "core/job.hpp"
#include "core/params.hpp"
#include "geo/csv.hpp"
#include "geo/osm_extract.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::scenario {

struct OsmImportParams {
  std::string name = "Imported map";
  std::string currency = "EUR";
  std::string population_source;     ///< who made the table of residents; added to the attribution
  std::string shop = "supermarket";  ///< value of OSM's shop=* that counts as a store
  std::string own_brand;             ///< stores whose brand, operator or name contains it are own;
                                     ///< empty: the brand with the most stores
  double default_area_m2 = 800;      ///< sales area of a store mapped as a point
  double sales_share = 0.7;          ///< sales area / footprint of a store mapped as a building
  std::int64_t candidates = 24;      ///< proposed at most
  double candidate_area_m2 = 1000;
  double candidate_spacing_m = 250;  ///< least distance of a candidate to others and to stores
  double rent_per_m2_year = 240;     ///< of a candidate; currency a year
  double fitout_per_m2 = 1200;       ///< of a candidate; currency once
  double margin = 0.25;              ///< of a candidate; gross margin, share of sales
  double min_building_m2 = 30;       ///< smaller ones house nobody
  double max_building_m2 = 1500;     ///< larger footprints count as this: large halls are no homes
  double housing_m2 = 30;  ///< footprint per resident that a fully mapped municipality has; what
                           ///< is missing is supposed along streets without mapped buildings;
                           ///< 0: people live in mapped buildings only
  double merge_m = 60;     ///< houses in one square of this side are one demand point
};
Fields fields(OsmImportParams& params);

/// `population`: columns municipality and residents; names are matched to the borders (admin_level
/// 8) ignoring case and accents. Municipalities of one without the other, buildings outside every
/// border, unusable shapes and the like are counted and listed in Scenario::notes. Splits roads at
/// junctions. Residents are whole persons and sum to those of the matched rows. Errors: no borders,
/// no matching name, bad or repeated rows of the table, no roads, parameters out of range.
Result<Scenario> import_osm(const geo::OsmExtract& extract, const geo::Csv& population,
                            std::string_view population_file, const OsmImportParams& params,
                            const Job& job);

}  // namespace footfall::scenario
