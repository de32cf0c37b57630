// Where people live: residents of each municipality on its buildings and, where few buildings are
// mapped, along its streets.
#include <algorithm>
#include <cmath>

#include "core/text.hpp"
#include "geo/point_index.hpp"
#include "sim/scenario/osm_parts.hpp"

namespace footfall::scenario::osm {

namespace {

constexpr Range table_residents_range = residents_range;

bool is_municipality(const geo::OsmFeature& feature) {
  return feature.shape.kind == Shape::Kind::polygon &&
         tag(feature, "boundary") == "administrative" && tag(feature, "admin_level") == "8" &&
         !folded(tag(feature, "name")).empty();
}

/// Folded name -> (name on the map, polygons).
using Borders = std::map<std::string, std::pair<std::string, geo::MultiPolygon>>;

Borders find_borders(const Features& features, const geo::Frame& frame) {
  Borders borders;
  for (const geo::OsmFeature* feature : features) {
    if (!is_municipality(*feature)) continue;
    auto& [name, polygons] = borders[folded(tag(*feature, "name"))];
    if (name.empty()) name = clean_name(tag(*feature, "name"));
    for (geo::Polygon& polygon : to_polygons(feature->shape, frame))
      polygons.push_back(std::move(polygon));
  }
  return borders;
}

/// Folded name -> residents; lines of the table by name for the notes.
struct Table {
  std::map<std::string, double> residents;
  std::map<std::string, std::string> names;
};

std::optional<double> whole_persons(CsvRows& rows, std::size_t row) {
  const auto residents = rows.number(row, "residents", table_residents_range);
  if (!residents || *residents == std::floor(*residents)) return residents;
  rows.problem(row, "residents", "is not a whole number", table_residents_range.text());
  return std::nullopt;
}

Result<Table> read_table(const geo::Csv& csv, std::string_view file) {
  Problems problems;
  const std::vector<std::string_view> others(csv.header.begin(), csv.header.end());
  CsvRows rows(csv, file, problems, {"municipality", "residents"}, others);
  if (!rows.usable()) return fail(problems.take());
  Table table;
  for (std::size_t row = 0; row < csv.rows.size() && !problems.full(); ++row) {
    const std::string name = rows.name(row, "municipality");
    const auto residents = whole_persons(rows, row);
    if (folded(name).empty())
      rows.problem(row, "municipality", "is empty", "the name of a municipality");
    else if (!table.residents.emplace(folded(name), residents.value_or(0)).second)
      rows.problem(row, "municipality", "is there twice", "each municipality once");
    table.names.emplace(folded(name), std::string(trimmed(name)));
  }
  if (!problems.empty()) return fail(problems.take());
  return table;
}

std::string some_names(const Borders& borders) {
  std::string text = "municipalities of the map, such as ";
  std::size_t n = 0;
  for (const auto& [key, border] : borders) {
    if (n == 5) break;
    text += (n++ ? ", " : "") + border.first;
  }
  return text;
}

// Buildings.

constexpr std::string_view no_housing[] = {
    "industrial",     "warehouse",   "garage",        "garages",        "carport",    "roof",
    "greenhouse",     "glasshouse",  "hut",           "barn",           "shed",       "stable",
    "church",         "chapel",      "school",        "station",        "commercial", "retail",
    "office",         "hangar",      "hospital",      "kindergarten",   "public",     "university",
    "farm_auxiliary", "supermarket", "train_station", "transportation", "parking",    "service",
    "ruins",          "no"};

bool may_house(const geo::OsmFeature& feature) {
  const std::string building = tag(feature, "building");
  return std::find(std::begin(no_housing), std::end(no_housing), building) ==
             std::end(no_housing) &&
         !feature.tags.count("shop") && !feature.tags.count("amenity");
}

/// People live here; `weight` in m² of footprint.
struct House {
  geo::Point place;
  double weight = 0;
};

/// Land on which buildings without a dwelling's tag are taken for workplaces.
AreaIndex work_land(const Features& features, const geo::Frame& frame) {
  AreaIndex index;
  for (const geo::OsmFeature* feature : features) {
    const std::string_view kind = land_kind(*feature);
    if (feature->shape.kind == Shape::Kind::polygon &&
        (kind == "industrial" || kind == "commercial" || kind == "retail"))
      index.add(to_polygons(feature->shape, frame));
  }
  return index;
}

bool is_dwelling(const geo::OsmFeature& feature) {
  const std::string building = tag(feature, "building");
  return building == "house" || building == "residential" || building == "apartments" ||
         building == "detached" || building == "terrace";
}

/// Houses of each municipality.
std::vector<std::vector<House>> mapped_houses(const Features& features, const geo::Frame& frame,
                                              const Municipalities& municipalities,
                                              const OsmImportParams& params, Notes& notes) {
  const AreaIndex work = work_land(features, frame);
  std::vector<std::vector<House>> houses(municipalities.rows.size());
  for (const geo::OsmFeature* feature : features) {
    if (feature->shape.kind != Shape::Kind::polygon || !feature->tags.count("building")) continue;
    const geo::MultiPolygon polygons = to_polygons(feature->shape, frame);
    const double area = geo::area_m2(polygons);
    const geo::Point place = geo::centroid(polygons.front());
    const std::size_t home = municipalities.borders.find(place);
    if (area < params.min_building_m2)
      notes.count("Buildings too small to house anyone");
    else if (home == AreaIndex::npos)
      notes.count("Buildings outside every municipality");
    else if (!may_house(*feature) ||
             (!is_dwelling(*feature) && work.find(place) != AreaIndex::npos))
      notes.count("Buildings taken for workplaces, shops or sheds");
    else
      houses[home].push_back({place, std::min(area, params.max_building_m2)});
  }
  return houses;
}

// Streets. Many maps hold only part of the houses. Where the mapped footprint of a municipality is
// less than housing_m2 for each resident, the rest is supposed along its residential streets:
// houses of street_house_m2 on both sides, evenly over all places without a mapped building nearby.

constexpr double street_house_m2 = 150;
constexpr double house_spacing_m = 30;
constexpr double house_setback_m = 15;
constexpr double house_clearance_m = 35;

bool is_lived_on(const RoadLine& road) {
  return road.road_class == "residential" || road.road_class == "living_street";
}

std::vector<geo::Point> building_places(const Features& features, const geo::Frame& frame) {
  std::vector<geo::Point> places;
  for (const geo::OsmFeature* feature : features)
    if (feature->shape.kind == Shape::Kind::polygon && feature->tags.count("building"))
      places.push_back(geo::centroid(to_polygons(feature->shape, frame).front()));
  return places;
}

/// Calls visit(place) on both sides of the line, every house_spacing_m along it.
template <class Visit>
void along(const std::vector<LonLat>& line, const geo::Frame& frame, Visit visit) {
  double next_m = house_spacing_m / 2;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const geo::Point a = frame.to_local(line[i - 1]), b = frame.to_local(line[i]);
    const double length = geo::distance_m(a, b);
    if (length == 0) continue;
    const double ux = (b.x - a.x) / length, uy = (b.y - a.y) / length;
    for (; next_m < length; next_m += house_spacing_m)
      for (const double side : {-house_setback_m, house_setback_m})
        visit(geo::Point{a.x + ux * next_m - uy * side, a.y + uy * next_m + ux * side});
    next_m -= length;
  }
}

/// Free places for houses in each municipality, in the order of the streets.
std::vector<std::vector<geo::Point>> free_places(const Features& features, const geo::Frame& frame,
                                                 const std::vector<RoadLine>& roads,
                                                 const Municipalities& municipalities) {
  const std::vector<geo::Point> buildings = building_places(features, frame);
  const geo::PointIndex index(buildings);
  std::vector<std::vector<geo::Point>> places(municipalities.rows.size());
  for (const RoadLine& road : roads) {
    if (!is_lived_on(road)) continue;
    along(road.line, frame, [&](geo::Point place) {
      const std::size_t home = municipalities.borders.find(place);
      if (home != AreaIndex::npos && index.within(place, house_clearance_m).empty())
        places[home].push_back(place);
    });
  }
  return places;
}

/// Adds what is missing to `needed_m2` of footprint, at evenly chosen places.
void add_street_houses(const std::vector<geo::Point>& places, double needed_m2,
                       std::vector<House>& houses, Notes& notes) {
  for (const House& house : houses) needed_m2 -= house.weight;
  if (needed_m2 <= 0 || places.empty()) return;
  const double step =
      std::max(1.0, static_cast<double>(places.size()) * street_house_m2 / needed_m2);
  for (double at = 0; at < static_cast<double>(places.size()); at += step) {
    houses.push_back({places[static_cast<std::size_t>(at)], street_house_m2});
    notes.count("Houses supposed along streets without mapped buildings");
  }
}

/// Houses of one square become one, in their middle.
std::vector<House> merged(const std::vector<House>& houses, double square_m) {
  std::map<std::pair<double, double>, House> squares;
  for (const House& house : houses) {
    House& sum =
        squares[{std::floor(house.place.y / square_m), std::floor(house.place.x / square_m)}];
    sum.place.x += house.place.x * house.weight;
    sum.place.y += house.place.y * house.weight;
    sum.weight += house.weight;
  }
  std::vector<House> out;
  for (const auto& [square, sum] : squares)
    out.push_back({{sum.place.x / sum.weight, sum.place.y / sum.weight}, sum.weight});
  return out;
}

/// Whole persons in proportion to the weights: the running total is rounded, so that the sum is
/// exact.
std::vector<double> shared_out(double residents, const std::vector<House>& houses) {
  double total = 0;
  for (const House& house : houses) total += house.weight;
  std::vector<double> out;
  double weight = 0, given = 0;
  for (const House& house : houses) {
    weight += house.weight;
    const double due = std::floor(residents * (weight / total) + 0.5);
    out.push_back(due - given);
    given = due;
  }
  return out;
}

}  // namespace

std::string_view Municipalities::name_at(geo::Point p) const {
  const std::size_t row = borders.find(p);
  return row == AreaIndex::npos ? std::string_view{} : rows[row].name;
}

Result<Municipalities> read_municipalities(const Features& features, const geo::Frame& frame,
                                           const geo::Csv& population, std::string_view file,
                                           Notes& notes) {
  auto table = read_table(population, file);
  if (!table) return fail(table.error());
  const Borders borders = find_borders(features, frame);
  if (borders.empty())
    return fail(Error{{},
                      "map",
                      {},
                      "has no borders of municipalities",
                      "areas with boundary=administrative, admin_level=8 and a name"});
  Municipalities result;
  std::size_t matched = 0;
  for (const auto& [key, border] : borders) {
    const auto row = table->residents.find(key);
    const bool known = row != table->residents.end();
    matched += known;
    if (!known) notes.add("No residents are known of " + border.first);
    result.rows.push_back({border.first, known ? row->second : 0});
    result.borders.add(border.second);
    if (known) table->residents.erase(row);
  }
  if (matched == 0)
    return fail(Error{std::string(file),
                      "column municipality",
                      {},
                      "has no name of the map",
                      some_names(borders)});
  for (const auto& [key, residents] : table->residents)
    notes.add(table->names[key] + " has no border on the map: its " + fixed(residents, 0) +
              " residents are left out");
  return result;
}

std::vector<DemandPoint> settle(const Features& features, const geo::Frame& frame,
                                const std::vector<RoadLine>& roads,
                                const Municipalities& municipalities, const OsmImportParams& params,
                                Notes& notes) {
  auto houses = mapped_houses(features, frame, municipalities, params, notes);
  const auto places = free_places(features, frame, roads, municipalities);
  std::vector<DemandPoint> demand;
  for (std::size_t i = 0; i < houses.size(); ++i) {
    const Municipality& municipality = municipalities.rows[i];
    if (municipality.residents == 0) continue;
    add_street_houses(places[i], municipality.residents * params.housing_m2, houses[i], notes);
    if (houses[i].empty()) {
      notes.add("Neither buildings nor streets are mapped in " + municipality.name +
                ": its residents are left out");
      continue;
    }
    const std::vector<House> points = merged(houses[i], params.merge_m);
    const std::vector<double> residents = shared_out(municipality.residents, points);
    for (std::size_t k = 0; k < points.size(); ++k)
      if (residents[k] > 0)
        demand.push_back({ZoneId{static_cast<std::uint32_t>(demand.size() + 1)},
                          frame.to_lonlat(points[k].place), residents[k], municipality.name, "",
                          1});
  }
  return demand;
}

}  // namespace footfall::scenario::osm
