#include "sim/scenario/import_osm.hpp"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "geo/frame.hpp"
#include "geo/polygon.hpp"
#include "tests/sim/scenario/fixture.hpp"

using namespace footfall;
using namespace footfall::scenario;

namespace {

using Tags = std::map<std::string, std::string>;

/// A map drawn in metres around 9.5 E, 47 N.
class Map {
 public:
  void point(double x, double y, Tags tags) {
    add('n', {Shape::Kind::point, {{at(x, y)}}, {}}, std::move(tags));
  }
  void line(const std::vector<geo::Point>& points, Tags tags) {
    Shape shape{Shape::Kind::line, {{}}, {}};
    for (const geo::Point p : points) shape.parts[0].push_back(at(p.x, p.y));
    add('w', std::move(shape), std::move(tags));
  }
  void box(double x, double y, double width, double height, Tags tags) {
    add('w',
        {Shape::Kind::polygon,
         {{at(x, y), at(x + width, y), at(x + width, y + height), at(x, y + height)}},
         {true}},
        std::move(tags));
  }
  geo::OsmExtract extract;

 private:
  LonLat at(double x, double y) const { return frame_.to_lonlat({x, y}); }
  void add(char type, Shape shape, Tags tags) {
    extract.features.push_back({++id_, type, std::move(shape), std::move(tags)});
    ++extract.read;
  }
  geo::Frame frame_{{95'000'000, 470'000'000}};
  std::int64_t id_ = 0;
};

Tags border(const std::string& name) {
  return {{"boundary", "administrative"}, {"admin_level", "8"}, {"name", name}};
}

/// Two municipalities of one square kilometre side by side, a main road through both, two buildings
/// in the west (one twice as large), one in the east.
Map small_map() {
  Map map;
  map.box(-1000, 0, 1000, 1000, border("Zürich"));
  map.box(0, 0, 1000, 1000, border("Ostdorf"));
  map.line({{-900, 500}, {0, 500}, {900, 500}}, {{"highway", "primary"}, {"name", "Landstrasse"}});
  map.line({{0, 100}, {0, 500}, {0, 900}}, {{"highway", "footway"}});
  map.box(-600, 520, 20, 10, {{"building", "yes"}});
  map.box(-300, 520, 20, 20, {{"building", "house"}});
  map.box(500, 520, 10, 10, {{"building", "residential"}});
  return map;
}

geo::Csv table(std::vector<std::vector<std::string>> rows) {
  geo::Csv csv;
  csv.header = {"municipality", "residents"};
  csv.rows = std::move(rows);
  for (std::size_t i = 0; i < csv.rows.size(); ++i) csv.lines.push_back(i + 2);
  return csv;
}

const geo::Csv both = table({{"ZURICH", "300"}, {"ostdorf", "50"}});

Result<Scenario> imported(const Map& map, const OsmImportParams& params = {},
                          const geo::Csv& csv = both) {
  const Job job;
  return import_osm(map.extract, csv, "people.csv", params, job);
}

Scenario good(const Map& map, const OsmImportParams& params = {}, const geo::Csv& csv = both) {
  auto s = imported(map, params, csv);
  REQUIRE_MESSAGE(s, problems(s));
  const auto read = read_scenario(write_scenario(*s));
  REQUIRE_MESSAGE(read, problems(read));
  return std::move(*s);
}

bool noted(const Scenario& s, const std::string& text) {
  return std::any_of(s.notes.begin(), s.notes.end(),
                     [&](const std::string& note) { return holds(note, text); });
}

}  // namespace

TEST_CASE("residents are spread over buildings by footprint, in whole persons") {
  const Scenario s = good(small_map());
  REQUIRE(s.demand.size() == 3);
  std::map<std::string, std::vector<double>> residents;
  for (const DemandPoint& point : s.demand) residents[point.district].push_back(point.residents);
  CHECK(residents["Zürich"] == std::vector<double>{100, 200});
  CHECK(residents["Ostdorf"] == std::vector<double>{50});
}

TEST_CASE("workplaces, sheds and buildings outside house nobody, and are counted") {
  Map map = small_map();
  map.box(-800, 700, 100, 100, {{"building", "industrial"}});
  map.box(-800, 300, 50, 50, {{"building", "yes"}, {"shop", "car"}});
  map.box(600, 600, 300, 300, {{"landuse", "industrial"}});
  map.box(650, 650, 40, 40, {{"building", "yes"}});
  map.box(-700, 200, 4, 4, {{"building", "yes"}});
  map.box(3000, 200, 20, 20, {{"building", "yes"}});
  const Scenario s = good(map);
  CHECK(s.demand.size() == 3);
  CHECK(noted(s, "Buildings taken for workplaces, shops or sheds: 3"));
  CHECK(noted(s, "Buildings too small to house anyone: 1"));
  CHECK(noted(s, "Buildings outside every municipality: 1"));
}

TEST_CASE("where few houses are mapped, people live along residential streets") {
  Map map = small_map();
  map.line({{-900, 800}, {-100, 800}}, {{"highway", "residential"}});
  const auto near_street = [](const Scenario& s) {
    const geo::Frame frame({95'000'000, 470'000'000});
    return std::count_if(s.demand.begin(), s.demand.end(), [&](const DemandPoint& point) {
      return std::abs(frame.to_local(point.place).y - 800) < 20;
    });
  };
  const Scenario filled = good(map);
  CHECK(near_street(filled) > 5);
  double sum = 0;
  for (const DemandPoint& point : filled.demand) sum += point.residents;
  CHECK(sum == 350);
  OsmImportParams params;
  params.housing_m2 = 0;
  CHECK(near_street(good(map, params)) == 0);
}

TEST_CASE("roads are split where they meet, and nowhere else") {
  const Scenario s = good(small_map());
  REQUIRE(s.roads.size() == 4);
  for (const RoadLine& road : s.roads) CHECK(road.line.size() == 2);
  CHECK(s.roads[0].line.back() == s.roads[1].line.front());
  CHECK(s.roads[0].line.back() == s.roads[2].line.back());
}

TEST_CASE("speeds, one-ways and access follow the tags") {
  struct Case {
    Tags tags;
    double speed_kmh;
    int oneway;
    bool walk;
  };
  const Case cases[] = {
      {{{"highway", "primary"}}, 65, 0, true},
      {{{"highway", "motorway"}}, 90, 1, false},
      {{{"highway", "motorway"}, {"oneway", "no"}}, 90, 0, false},
      {{{"highway", "residential"}, {"maxspeed", "50"}}, 40, 0, true},
      {{{"highway", "residential"}, {"maxspeed", "50 mph"}}, 50 * 1.609344 * 0.8, 0, true},
      {{{"highway", "residential"}, {"maxspeed", "walk"}}, 25, 0, true},
      {{{"highway", "residential"}, {"maxspeed", "-30"}}, 25, 0, true},
      {{{"highway", "tertiary"}, {"oneway", "yes"}}, 40, 1, true},
      {{{"highway", "tertiary"}, {"oneway", "-1"}}, 40, -1, true},
      {{{"highway", "tertiary"}, {"junction", "roundabout"}}, 40, 1, true},
      {{{"highway", "service"}, {"access", "forestry"}, {"oneway", "yes"}}, 0, 0, true},
      {{{"highway", "footway"}, {"maxspeed", "50"}}, 0, 0, true},
      {{{"highway", "track"}}, 0, 0, true},
  };
  for (const Case& one : cases) {
    Map map = small_map();
    map.line({{-500, 100}, {-400, 100}}, one.tags);
    const Scenario s = good(map);
    REQUIRE(s.roads.size() == 5);
    const RoadLine& road = s.roads.back();
    CAPTURE(road.road_class);
    CHECK(road.speed_kmh == doctest::Approx(one.speed_kmh).epsilon(1e-12));
    CHECK(int{road.oneway} == one.oneway);
    CHECK(road.walk == one.walk);
  }
  Map map = small_map();
  map.line({{-500, 100}, {-400, 100}}, {{"highway", "service"}, {"access", "private"}});
  map.line({{-500, 200}, {-400, 200}}, {{"highway", "construction"}});
  const Scenario s = good(map);
  CHECK(s.roads.size() == 4);
  CHECK(noted(s, "private: 1"));
  CHECK(noted(s, "under construction and the like): 1"));
}

TEST_CASE("stores get names, brands, areas and roles") {
  Map map = small_map();
  map.point(-500, 480, {{"shop", "supermarket"}, {"name", "Coop Zürich"}});
  map.point(500, 480, {{"shop", "supermarket"}, {"name", "Coop"}});
  map.box(100, 440, 50, 20, {{"shop", "supermarket"}, {"building", "yes"}});
  map.point(120, 450, {{"shop", "supermarket"}, {"name", "Sunna"}, {"operator", "Sunna AG"}});
  map.point(300, 450, {{"shop", "supermarket"}});
  map.point(300, 480, {{"shop", "bakery"}, {"name", "Coop"}});
  map.point(5000, 450, {{"shop", "supermarket"}});
  const Scenario s = good(map);
  std::vector<Store> stores;
  for (const Store& store : s.stores)
    if (store.role != Role::candidate) stores.push_back(store);
  REQUIRE(stores.size() == 4);
  CHECK(s.own_brand == "Coop");
  CHECK(stores[0].name == "Sunna Ostdorf");
  CHECK(stores[0].brand == "Sunna AG");
  CHECK(stores[0].floor_area_m2 == 700);
  CHECK(stores[0].role == Role::competitor);
  CHECK(stores[1].name == "Coop Zürich");
  CHECK(stores[1].brand == "Coop");
  CHECK(stores[1].role == Role::own);
  CHECK(stores[1].floor_area_m2 == 800);
  CHECK(stores[2].name == "Coop Ostdorf");
  CHECK(stores[3].name == "Supermarket Ostdorf");
  CHECK(stores[3].brand.empty());
  CHECK(noted(s, "Stores mapped twice, taken once: 1"));
  CHECK(noted(s, "Stores outside every municipality left out: 1"));

  OsmImportParams params;
  params.own_brand = "sunna";
  CHECK(good(map, params).stores[0].role == Role::own);
  params.own_brand = "Nobody";
  CHECK(noted(good(map, params), "No store of the own brand"));
  params.shop = "books";
  CHECK(noted(good(map, params), "No store with shop=books"));
}

TEST_CASE("candidates stand along main roads, apart from each other and from stores") {
  Map map = small_map();
  map.point(-500, 500, {{"shop", "supermarket"}, {"name", "Coop"}});
  map.box(400, 300, 200, 400, {{"landuse", "retail"}});
  OsmImportParams params;
  params.candidates = 4;
  const Scenario s = good(map, params);
  const geo::Frame frame({95'000'000, 470'000'000});
  REQUIRE(s.stores.size() == 5);
  CHECK(s.last_store_id == 0);
  CHECK(s.next_store_id() == StoreId{6});
  for (std::size_t i = 1; i < s.stores.size(); ++i) {
    const Store& site = s.stores[i];
    CHECK(site.role == Role::candidate);
    CHECK(holds(site.name, "Landstrasse, "));
    CHECK(site.rent_per_year == 240'000.0);
    CHECK(site.fitout == 1'200'000.0);
    CHECK(std::abs(frame.to_local(site.place).y - 500) <= 21);
    for (std::size_t k = 0; k < i; ++k)
      CHECK(geo::distance_m(frame.to_local(site.place), frame.to_local(s.stores[k].place)) >=
            249.9);
  }
  params.candidates = 500;
  CHECK(noted(good(map, params), "places for a candidate were found"));
}

TEST_CASE("the base map is simplified, in drawing order, without broken rings") {
  Map map = small_map();
  map.box(-400, 50, 100, 100, {{"natural", "water"}, {"name", "Pond"}});
  map.box(-200, 50, 100, 100, {{"landuse", "forest"}});
  map.line({{0, 0}, {1, 1}}, {{"highway", "steps"}});
  Shape cross{Shape::Kind::polygon, {{}}, {true}};
  const geo::Frame frame({95'000'000, 470'000'000});
  for (const geo::Point p :
       {geo::Point{100, 100}, geo::Point{200, 200}, geo::Point{200, 100}, geo::Point{100, 200}})
    cross.parts[0].push_back(frame.to_lonlat(p));
  map.extract.features.push_back({999, 'w', cross, {{"landuse", "meadow"}}});
  const Scenario s = good(map);
  std::vector<std::string> kinds;
  for (const Area& area : s.areas) kinds.push_back(area.kind);
  CHECK(kinds == std::vector<std::string>{"forest", "water", "building", "building", "building",
                                          "district", "district"});
  CHECK(s.areas[1].name == "Pond");
}

TEST_CASE("municipalities of the map and of the table that do not match are listed") {
  const Scenario s = good(small_map(), {}, table({{"zürich", "300"}, {"Nowhere", "70"}}));
  CHECK(noted(s, "No residents are known of Ostdorf"));
  CHECK(noted(s, "Nowhere has no border on the map: its 70 residents are left out"));
  double sum = 0;
  for (const DemandPoint& point : s.demand) sum += point.residents;
  CHECK(sum == 300);
}

TEST_CASE("what cannot be used is refused with one line for each problem") {
  const auto said = [](const Map& map, const geo::Csv& csv) {
    return problems(imported(map, {}, csv));
  };
  CHECK(said(Map{}, both) == "map: holds no features\n");
  CHECK(holds(said(small_map(), table({{"Bern", "1"}})),
              "people.csv: column municipality: has no name of the map (municipalities of the map, "
              "such as Ostdorf, Zürich)"));
  const auto bad =
      imported(small_map(), {},
               table({{"Zürich", "many"}, {"Ostdorf", "-1"}, {"Ostdorf", "1.5"}, {"", "1"}}));
  REQUIRE_FALSE(bad);
  CHECK(bad.error().size() == 5);
  CHECK(holds(problems(bad), R"(people.csv: line 2, column residents: "many" is not a number)"));
  CHECK(
      holds(problems(bad), R"(people.csv: line 4, column municipality: "Ostdorf" is there twice)"));
  geo::Csv columns = both;
  columns.header = {"place", "people"};
  CHECK(holds(said(small_map(), columns), R"("municipality" column is missing)"));

  Map no_borders;
  no_borders.line({{0, 0}, {10, 0}}, {{"highway", "primary"}});
  CHECK(holds(said(no_borders, both), "has no borders of municipalities"));
  Map no_roads;
  no_roads.box(0, 0, 10, 10, border("Ostdorf"));
  CHECK(holds(said(no_roads, both), "holds no roads"));

  OsmImportParams params;
  params.currency = "Franken";
  params.sales_share = 7;
  params.shop = "";
  const auto wrong = imported(small_map(), params);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().size() == 3);

  Job job;
  job.cancel();
  const auto stopped = import_osm(small_map().extract, both, "people.csv", {}, job);
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error()[0].message == cancelled_message);
}

TEST_CASE("features on the other side of the earth are left out") {
  Map map = small_map();
  map.extract.features.push_back({500,
                                  'n',
                                  {Shape::Kind::point, {{{-1'700'000'000, -100'000'000}}}, {}},
                                  {{"shop", "supermarket"}}});
  CHECK(noted(good(map), "Features too far from the middle of the map: 1"));
}
