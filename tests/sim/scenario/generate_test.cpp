#include "sim/scenario/generate.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "core/math.hpp"
#include "geo/frame.hpp"
#include "geo/roads.hpp"
#include "sim/scenario/checks.hpp"
#include "tests/sim/scenario/fixture.hpp"

using namespace footfall;
using namespace footfall::scenario;

namespace {

CityParams small_city() {
  CityParams params;
  params.demand_points = 3000;
  params.residents = 50'000.5;
  params.radius_m = 3000;
  return params;
}

Scenario made(const CityParams& params) {
  auto city = generate_city(params);
  REQUIRE_MESSAGE(city, problems(city));
  return std::move(*city);
}

geo::RoadGraph graph_of(const Scenario& s) {
  const geo::Frame frame(s.origin());
  std::vector<geo::Road> roads;
  for (const RoadLine& line : s.roads) {
    geo::Road road;
    for (const LonLat place : line.line) road.line.push_back(frame.to_local(place));
    road.speed_kmh = line.speed_kmh;
    roads.push_back(std::move(road));
  }
  return geo::RoadGraph::build(roads, geo::Mode::drive);
}

}  // namespace

TEST_CASE("a generated city is a valid scenario with what was asked for") {
  const Scenario s = made(small_city());
  const auto read = read_scenario(write_scenario(s));
  REQUIRE_MESSAGE(read, problems(read));
  CHECK(s.demand.size() == 3000);
  double sum = 0;
  for (const DemandPoint& point : s.demand) sum += std::floor(point.residents * 1000 + 0.5);
  CHECK(sum == 50'000'500);
  std::size_t roles[3] = {};
  for (const Store& store : s.stores) {
    ++roles[static_cast<std::size_t>(store.role)];
    CHECK(floor_area_range.holds(store.floor_area_m2));
    CHECK(store.rent_per_year.has_value() == (store.role == Role::candidate));
    for (const Store& other : s.stores) CHECK((other.id == store.id || other.name != store.name));
  }
  CHECK(roles[0] == 3);
  CHECK(roles[1] == 12);
  CHECK(roles[2] == 20);
}

TEST_CASE("the same parameters give the same city, another seed another one") {
  CityParams params = small_city();
  const std::string hash = scenario_hash(made(params));
  CHECK(scenario_hash(made(params)) == hash);
  params.seed = 2;
  CHECK(scenario_hash(made(params)) != hash);
}

TEST_CASE("more points, stores or sites leave the places of the first ones alone") {
  CityParams params = small_city();
  const Scenario few = made(params);
  params.candidates += 5;
  const Scenario more = made(params);
  for (std::size_t i = 0; i < few.stores.size(); ++i) CHECK(more.stores[i] == few.stores[i]);
  params.demand_points += 100;
  const Scenario larger = made(params);
  for (std::size_t i = 0; i < few.demand.size(); ++i)
    CHECK(larger.demand[i].place == few.demand[i].place);
}

TEST_CASE("density falls as Clark's law says") {
  CityParams params = small_city();
  params.demand_points = 20'000;
  params.suburbs = 0;
  params.river = false;
  params.block_m = 0;
  const Scenario s = made(params);
  const geo::Frame frame(params.centre);
  // Distance from the centre: gamma of shape 2 and scale b = 0.22 R, cut at R. Its distribution
  // function is 1 - (1 + x) exp(-x), x = r / b. The plan's bend moves places by up to 2 % of R.
  const double b = 0.22 * params.radius_m;
  const auto distribution = [&](double r) { return 1 - (1 + r / b) * math::exp(-r / b); };
  for (const double share : {0.15, 0.3, 0.6}) {
    const double r = share * params.radius_m;
    double inside = 0;
    for (const DemandPoint& point : s.demand)
      inside += geo::distance_m(frame.to_local(point.place), {0, 0}) <= r;
    CHECK(inside / 20'000 ==
          doctest::Approx(distribution(r) / distribution(params.radius_m)).epsilon(0.03));
  }
}

TEST_CASE("the street network is one piece, across the river by its bridges only") {
  for (const double block_m : {150.0, 220.0, 400.0}) {
    for (const std::int64_t bridges : {1, 2, 5, 100}) {
      CAPTURE(block_m);
      CAPTURE(bridges);
      CityParams params = small_city();
      params.block_m = block_m;
      params.bridges = bridges;
      params.demand_points = 50;
      const geo::RoadGraph graph = graph_of(made(params));
      CHECK(graph.report().components == 1);
      CHECK(graph.report().dropped_short == 0);
    }
  }
}

TEST_CASE("a city without roads is measured in straight lines") {
  CityParams params = small_city();
  CHECK(made(params).parameters.empty());
  params.block_m = 0;
  const Scenario s = made(params);
  CHECK(s.roads.empty());
  CHECK(s.parameters.at("catchment") == Json{{"measure", "straight_distance"}});
}

TEST_CASE("nobody lives in the river, and fewer bridges make longer ways") {
  CityParams params = small_city();
  const Scenario s = made(params);
  const geo::Frame frame(s.origin());
  geo::MultiPolygon water;
  for (const Area& area : s.areas)
    if (area.kind == "water") water = to_polygons(area.shape, frame);
  REQUIRE(water.size() == 1);
  for (const DemandPoint& point : s.demand)
    CHECK_FALSE(geo::contains(water, frame.to_local(point.place)));

  const auto mean_time = [&](std::int64_t bridges) {
    params.bridges = bridges;
    const geo::RoadGraph graph = graph_of(made(params));
    std::vector<geo::TravelTime> times(graph.node_count());
    geo::RoadGraph::Scratch scratch;
    graph.times(graph.access({0, -500}).node, false, geo::longest, times, scratch);
    double sum = 0;
    for (const geo::TravelTime time : times) sum += geo::seconds(time);
    return sum / static_cast<double>(times.size());
  };
  CHECK(mean_time(1) > mean_time(5));  // the five hold the one
}

TEST_CASE("extremes are cities too") {
  CityParams params;
  params.demand_points = 1;
  params.residents = 1;
  params.radius_m = 200;
  params.suburbs = 50;
  params.block_m = 20;
  params.own_stores = params.competitors = params.candidates = 0;
  CHECK(made(params).demand.at(0).residents == 1);
  params.river = false;
  params.block_m = 0;
  const Scenario s = made(params);
  CHECK(s.roads.empty());
  CHECK(read_scenario(write_scenario(s)));
}

TEST_CASE("parameters out of range are all named") {
  CityParams params;
  params.demand_points = 0;
  params.residents = std::nan("");
  params.bridges = 1000;
  const auto city = generate_city(params);
  REQUIRE_FALSE(city);
  CHECK(city.error().size() == 3);
  params = {};
  params.block_m = 10;
  CHECK(holds(problems(generate_city(params)), "from 20 to half the radius"));
  params.block_m = 20;
  params.radius_m = 100'000;
  CHECK(holds(problems(generate_city(params)), "4,000,000 junctions"));
}
