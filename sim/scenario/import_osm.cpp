#include "sim/scenario/import_osm.hpp"

#include <algorithm>
#include <cstdlib>

#include "core/text.hpp"
#include "sim/scenario/osm_parts.hpp"

namespace footfall::scenario {

Fields fields(OsmImportParams& params) {
  return {
      {"name", &params.name, 0, 0, "", "Name of the scenario"},
      {"currency", &params.currency, 0, 0, "", "ISO 4217 code of all money"},
      {"population_source", &params.population_source, 0, 0, "",
       "Who made the table of residents, for the attribution"},
      {"shop", &params.shop, 0, 0, "", "Value of OpenStreetMap's shop tag that counts as a store"},
      {"own_brand", &params.own_brand, 0, 0, "",
       "Stores whose brand, operator or name contains it are own; empty: the commonest brand"},
      {"default_area_m2", &params.default_area_m2, floor_area_range.min, floor_area_range.max, "m2",
       "Sales area of a store mapped as a point", "assumption"},
      {"sales_share", &params.sales_share, 0.05, 1, "",
       "Sales area over footprint of a store mapped as a building", "assumption"},
      {"candidates", &params.candidates, 0, 500, "", "Candidate sites proposed at most"},
      {"candidate_area_m2", &params.candidate_area_m2, floor_area_range.min, floor_area_range.max,
       "m2", "Sales area of a candidate", "assumption"},
      {"candidate_spacing_m", &params.candidate_spacing_m, 10, 10'000, "m",
       "Least distance of a candidate to others and to stores"},
      {"rent_per_m2_year", &params.rent_per_m2_year, 0, 20'000, "currency/m2/year",
       "Rent of a candidate", "assumption"},
      {"fitout_per_m2", &params.fitout_per_m2, 0, 50'000, "currency/m2", "Fit-out of a candidate",
       "assumption"},
      {"margin", &params.margin, margin_range.min, margin_range.max, "",
       "Gross margin of a candidate, share of sales", "assumption"},
      {"min_building_m2", &params.min_building_m2, 1, 10'000, "m2",
       "Smaller footprints house nobody", "assumption"},
      {"max_building_m2", &params.max_building_m2, 50, 100'000, "m2",
       "Larger footprints count as this", "assumption"},
      {"housing_m2", &params.housing_m2, 0, 1000, "m2",
       "Footprint per resident where all houses are mapped; what is missing is supposed along "
       "streets",
       "assumption"},
      {"merge_m", &params.merge_m, 1, 5000, "m",
       "Houses in one square of this side become one demand point"},
  };
}

namespace osm {

namespace {

constexpr std::int32_t reach_lat_e7 = 25'000'000;  // 280 km
constexpr std::int32_t reach_lon_e7 = 40'000'000;

std::int32_t median(std::vector<std::int32_t> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

bool is_near(const geo::OsmFeature& feature, LonLat middle) {
  for (const auto& part : feature.shape.parts)
    for (const LonLat place : part)
      if (std::abs(std::int64_t{place.lon_e7} - middle.lon_e7) > reach_lon_e7 ||
          std::abs(std::int64_t{place.lat_e7} - middle.lat_e7) > reach_lat_e7)
        return false;
  return true;
}

}  // namespace

LonLat middle_of(const geo::OsmExtract& extract) {
  std::vector<std::int32_t> lon, lat;
  for (const geo::OsmFeature& feature : extract.features) {
    lon.push_back(feature.shape.parts.front().front().lon_e7);
    lat.push_back(feature.shape.parts.front().front().lat_e7);
  }
  return {median(std::move(lon)), median(std::move(lat))};
}

Features near_features(const geo::OsmExtract& extract, Notes& notes) {
  Features features;
  if (extract.features.empty()) return features;
  const LonLat middle = middle_of(extract);
  for (const geo::OsmFeature& feature : extract.features)
    if (is_near(feature, middle))
      features.push_back(&feature);
    else
      notes.count("Features too far from the middle of the map");
  return features;
}

}  // namespace osm

namespace {

Errors parameter_errors(OsmImportParams params) {
  const Fields list = fields(params);
  Errors errors = from_json(to_json(list), list, "", "import");
  if (!is_currency(params.currency))
    errors.push_back({"", "import/currency", params.currency, "is not a currency",
                      std::string(currencies_allowed)});
  if (params.shop.empty())
    errors.push_back({"", "import/shop", "", "is empty", "a value of shop=*"});
  for (const std::string* text : {&params.name, &params.own_brand, &params.population_source})
    if (std::string wrong = name_problem(*text); !wrong.empty())
      errors.push_back({"", "import", shortened(*text, 60), wrong, std::string(names_allowed)});
  return errors;
}

void note_assumptions(const OsmImportParams& params, osm::Notes& notes) {
  notes.add("Candidates are taken with a rent of " + fixed(params.rent_per_m2_year, 0) + " " +
            params.currency + "/m2 a year, a fit-out of " + fixed(params.fitout_per_m2, 0) + " " +
            params.currency + "/m2 and a gross margin of " + fixed(params.margin * 100, 0) +
            " %: assumptions to be replaced by offers");
  notes.add("Shoppers from and to places beyond the map are part of the outside option");
}

Scenario named(const OsmImportParams& params) {
  Scenario scenario;
  scenario.name = params.name;
  scenario.currency = params.currency;
  scenario.attribution.push_back("© OpenStreetMap contributors, ODbL 1.0");
  if (!params.population_source.empty()) scenario.attribution.push_back(params.population_source);
  return scenario;
}

}  // namespace

Result<Scenario> import_osm(const geo::OsmExtract& extract, const geo::Csv& population,
                            std::string_view population_file, const OsmImportParams& params,
                            const Job& job) {
  if (Errors errors = parameter_errors(params); !errors.empty()) return fail(std::move(errors));
  osm::Notes notes;
  for (const auto& [reason, count] : extract.skipped)
    notes.count("Map features not used (" + reason + ")", count);
  const osm::Features features = osm::near_features(extract, notes);
  if (features.empty()) return fail("", "map", "holds no features");
  const geo::Frame frame(osm::middle_of(extract));
  const auto stop = [&](double share) {
    job.progress(share, "job.import_map");
    return job.cancelled();
  };
  const auto cancelled = [] { return fail("", "", std::string(cancelled_message)); };

  const auto municipalities =
      osm::read_municipalities(features, frame, population, population_file, notes);
  if (!municipalities) return fail(municipalities.error());
  if (stop(0.2)) return cancelled();

  Scenario scenario = named(params);
  scenario.roads = osm::road_lines(features, frame, notes);
  if (scenario.roads.empty()) return fail("", "map", "holds no roads (ways with highway=*)");
  scenario.demand = osm::settle(features, frame, scenario.roads, *municipalities, params, notes);
  if (scenario.demand.empty())
    return fail("", "map", "holds no buildings or streets inside the municipalities");
  if (stop(0.5)) return cancelled();

  scenario.stores =
      osm::existing_stores(features, frame, *municipalities, params, scenario.own_brand, notes);
  osm::propose_candidates(features, frame, *municipalities, params, scenario, notes);
  if (stop(0.8)) return cancelled();

  // Rings are checked in the frame in which the reader will check them.
  scenario.areas = osm::base_map(features, geo::Frame(scenario.origin()), params, notes);
  note_assumptions(params, notes);
  scenario.notes = notes.take();
  return scenario;
}

}  // namespace footfall::scenario
