#include "core/hash.hpp"
#include "core/text.hpp"
#include "geo/geojson.hpp"
#include "sim/scenario/parts.hpp"

namespace footfall::scenario {

namespace {

std::string header_text(const Scenario& scenario) {
  Json parameters = Json::object();
  for (const auto& [room, block] : scenario.parameters)
    if (!block.empty()) parameters[room] = block;
  return json_text({{"format", format_name},
                    {"format_version", format_version},
                    {"name", scenario.name},
                    {"currency", scenario.currency},
                    {"own_brand", scenario.own_brand},
                    {"first_day", date_text(scenario.first_day)},
                    {"attribution", scenario.attribution},
                    {"notes", scenario.notes},
                    {"last_store_id", scenario.next_store_id().value - 1},
                    {"parameters", std::move(parameters)}});
}

std::string degrees_text(std::int32_t e7) {
  return shortest(degrees(e7));
}

std::string start_of_row(std::uint32_t id, LonLat place) {
  return std::to_string(id) + "," + degrees_text(place.lon_e7) + "," + degrees_text(place.lat_e7);
}

std::string demand_text(const Scenario& scenario) {
  std::string out = "id,lon,lat,residents,district,segment,spending_index\n";
  for (const DemandPoint& point : scenario.demand)
    out += start_of_row(point.id.value, point.place) + "," + shortest(point.residents) + "," +
           geo::csv_cell(point.district) + "," + geo::csv_cell(point.segment) + "," +
           shortest(point.spending_index) + "\n";
  return out;
}

std::string optional_text(const std::optional<double>& value) {
  return value ? shortest(*value) : std::string();
}

std::string stores_text(const Scenario& scenario) {
  std::string out = "id,lon,lat,name,brand,role,floor_area_m2,rent_per_year,fitout,margin\n";
  for (const Store& store : scenario.stores)
    out += start_of_row(store.id.value, store.place) + "," + geo::csv_cell(store.name) + "," +
           geo::csv_cell(store.brand) + "," + std::string(name_of(store.role)) + "," +
           shortest(store.floor_area_m2) + "," + optional_text(store.rent_per_year) + "," +
           optional_text(store.fitout) + "," + optional_text(store.margin) + "\n";
  return out;
}

/// Properties that have their default are left out.
geo::Feature road_feature(const RoadLine& road) {
  geo::Feature feature;
  feature.shape.kind = Shape::Kind::line;
  feature.shape.parts.push_back(road.line);
  feature.properties = {{"class", road.road_class}, {"speed_kmh", road.speed_kmh}};
  if (!road.name.empty()) feature.properties["name"] = road.name;
  if (road.oneway != 0) feature.properties["oneway"] = road.oneway;
  if (!road.walk) feature.properties["walk"] = false;
  return feature;
}

geo::Feature area_feature(const Area& area) {
  geo::Feature feature{area.shape, {{"kind", area.kind}}};
  if (!area.name.empty()) feature.properties["name"] = area.name;
  return feature;
}

template <class Row>
std::string layer_text(const std::vector<Row>& rows, geo::Feature (*feature)(const Row&)) {
  std::vector<geo::Feature> features;
  features.reserve(rows.size());
  for (const Row& row : rows) features.push_back(feature(row));
  return geo::geojson_text(features);
}

}  // namespace

FileSet write_scenario(const Scenario& scenario) {
  FileSet files;
  files[std::string(header_file)] = header_text(scenario);
  files[std::string(demand_file)] = demand_text(scenario);
  files[std::string(stores_file)] = stores_text(scenario);
  if (!scenario.roads.empty())
    files[std::string(roads_file)] = layer_text(scenario.roads, road_feature);
  if (!scenario.areas.empty())
    files[std::string(areas_file)] = layer_text(scenario.areas, area_feature);
  files.insert(scenario.tables.begin(), scenario.tables.end());
  return files;
}

std::string files_hash(const FileSet& canonical) {
  Sha256 hash;
  for (const auto& [name, bytes] : canonical) {
    hash.update_u64(name.size());
    hash.update(name);
    hash.update_u64(bytes.size());
    hash.update(bytes);
  }
  return hash.hex();
}

std::string scenario_hash(const Scenario& scenario) {
  return files_hash(write_scenario(scenario));
}

}  // namespace footfall::scenario
