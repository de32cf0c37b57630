#include "geo/roads.hpp"

#include <limits>
#include <map>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <doctest/doctest.h>

#include "core/rng.hpp"
#include "tests/geo/mutants.hpp"

namespace footfall::geo {
namespace {

using Times = std::vector<TravelTime>;

Road road(std::vector<Point> line, double speed_kmh = 36, bool one_way = false) {
  Road r;
  r.line = std::move(line);
  r.speed_kmh = speed_kmh;
  r.drive_backward = !one_way;
  return r;
}

Times times_from(const RoadGraph& graph, std::uint32_t source, bool reverse = false,
                 TravelTime cutoff = longest) {
  Times out(graph.node_count());
  RoadGraph::Scratch scratch;
  graph.times(source, reverse, cutoff, out, scratch);
  return out;
}

std::uint32_t node_at(const RoadGraph& graph, Point p) {
  for (std::uint32_t n = 0; n < graph.node_count(); ++n) {
    if (distance_m(graph.node(n), p) < 0.001) return n;
  }
  FAIL("no node there");
  return 0;
}

// Short roads between numbered nodes of two islands: one-ways, loops, parallel roads, and nodes
// that share a place, so that roads have no length.
std::vector<Road> random_roads(Draws& draws) {
  const std::uint32_t nodes = 4 + draws.below(60);
  std::vector<Point> places;
  for (std::uint32_t n = 0; n < nodes; ++n) {
    Point p{draws.uniform(0, 80), draws.uniform(0, 80)};
    if (n > 0 && draws.below(5) == 0) p = places[draws.below(n)];
    places.push_back(p);
  }
  const std::uint32_t island = 1 + draws.below(nodes - 1);
  std::vector<Road> roads;
  for (std::uint32_t r = nodes + draws.below(3 * nodes); r > 0; --r) {
    const bool first = draws.below(nodes) < island;
    const auto pick = [&] {
      return first ? draws.below(island) : island + draws.below(nodes - island);
    };
    const std::uint32_t from = pick();
    const std::uint32_t to = pick();
    Road& next = roads.emplace_back(road({places[from], places[to]}, draws.uniform(0.5, 50)));
    next.from_node = from + 1;
    next.to_node = to + 1;
    next.drive_forward = draws.below(4) != 0;
    next.drive_backward = draws.below(4) != 0;
  }
  return roads;
}

using Oracle = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                                     boost::property<boost::edge_weight_t, int>>;

struct OracleGraph {
  Oracle graph;
  std::map<std::uint64_t, std::uint32_t> number;  // id -> node, as first met

  std::uint32_t of(std::uint64_t id) {
    return number.try_emplace(id, static_cast<std::uint32_t>(number.size())).first->second;
  }
};

OracleGraph oracle_of(const std::vector<Road>& roads, bool reverse = false) {
  OracleGraph oracle;
  for (const Road& r : roads) {
    if (!r.drive_forward && !r.drive_backward) continue;
    const double length = distance_m(r.line[0], r.line[1]);
    if (length == 0 && r.from_node == r.to_node) continue;
    const int cost = std::max(1, static_cast<int>(length / (r.speed_kmh / 3.6) * 4 + 0.5));
    const std::uint32_t from = oracle.of(r.from_node), to = oracle.of(r.to_node);
    const bool along = reverse ? r.drive_backward : r.drive_forward;
    const bool against = reverse ? r.drive_forward : r.drive_backward;
    if (along) boost::add_edge(from, to, cost, oracle.graph);
    if (against) boost::add_edge(to, from, cost, oracle.graph);
  }
  return oracle;
}

Times dijkstra(const Oracle& graph, std::uint32_t source) {
  std::vector<int> distance(boost::num_vertices(graph));
  boost::dijkstra_shortest_paths(graph, source,
                                 boost::distance_map(boost::make_iterator_property_map(
                                     distance.begin(), boost::get(boost::vertex_index, graph))));
  Times times;
  for (const int d : distance) {
    times.push_back(d <= longest ? static_cast<TravelTime>(d) : unreachable);
  }
  return times;
}

// A street of 1000 m at 10 m/s from the origin to the east, then a one-way of 500 m at 5 m/s north.
RoadGraph known_street(Mode mode = Mode::drive) {
  const std::vector<Road> roads = {road({{0, 0}, {400, 0}, {1000, 0}}),
                                   road({{1000, 0}, {1000, 500}}, 18, true)};
  return RoadGraph::build(roads, mode);
}

// Streets every 100 m, both ways, 36 km/h.
std::vector<Road> grid(int side) {
  std::vector<Road> roads;
  for (int i = 0; i < side; ++i) {
    for (int j = 0; j + 1 < side; ++j) {
      roads.push_back(road({{100.0 * i, 100.0 * j}, {100.0 * i, 100.0 * (j + 1)}}));
      roads.push_back(road({{100.0 * j, 100.0 * i}, {100.0 * (j + 1), 100.0 * i}}));
    }
  }
  return roads;
}

}  // namespace

TEST_CASE("Dial's times equal Boost.Graph's Dijkstra on random graphs") {
  RoadGraph::Scratch scratch;  // shared on purpose
  int unreached = 0, reached = 0;
  for (std::uint32_t seed = 0; seed < 150; ++seed) {
    CAPTURE(seed);
    Draws draws(random_key(seed, 0, "test"), 1, 0, 0);
    const std::vector<Road> roads = random_roads(draws);
    const RoadGraph graph = RoadGraph::build(roads, Mode::drive);
    const OracleGraph oracle = oracle_of(roads), turned = oracle_of(roads, true);
    REQUIRE(graph.node_count() == oracle.number.size());
    if (graph.node_count() == 0) continue;
    for (int s = 0; s < 4; ++s) {
      const std::uint32_t source = draws.below(static_cast<std::uint32_t>(graph.node_count()));
      const Times expected = dijkstra(oracle.graph, source);
      Times times(graph.node_count());
      graph.times(source, false, longest, times, scratch);
      CHECK(times == expected);
      graph.times(source, true, longest, times, scratch);
      CHECK(times == dijkstra(turned.graph, source));

      const auto cutoff = static_cast<TravelTime>(draws.below(2000));
      graph.times(source, false, cutoff, times, scratch);
      for (std::size_t n = 0; n < times.size(); ++n) {
        CHECK(times[n] == (expected[n] <= cutoff ? expected[n] : unreachable));
        ++(expected[n] == unreachable ? unreached : reached);
      }
    }
  }
  CHECK(unreached > 500);
  CHECK(reached > 500);
}

TEST_CASE("a known street") {
  const RoadGraph graph = known_street();
  const std::uint32_t a = node_at(graph, {0, 0}), b = node_at(graph, {1000, 0}),
                      c = node_at(graph, {1000, 500});
  CHECK(times_from(graph, a)[b] == 400);
  CHECK(times_from(graph, a)[c] == 800);
  CHECK(times_from(graph, c)[a] == unreachable);
  CHECK(times_from(graph, c, true)[a] == 800);
  CHECK(times_from(graph, a, false, 799)[c] == unreachable);
  CHECK(times_from(graph, a, false, 800)[c] == 800);
  CHECK(graph.node_count() == 1 + 9 + 5);  // pieces of at most 120 m
  CHECK(graph.edge_count() == 2 * 9 + 5);
  const RoadGraph walk = known_street(Mode::walk);
  const Times on_foot = times_from(walk, node_at(walk, {1000, 500}));
  CHECK(seconds(on_foot[node_at(walk, {0, 0})]) == doctest::Approx(1500 / 1.34).epsilon(1e-3));
}

TEST_CASE("pieces of a road lie on it, evenly, and their times add up") {
  const std::vector<Point> line = {{0, 0}, {0, 0}, {30, 40}, {30, 1000}};
  const double length = 50 + 960;
  for (const double speed : {3.7, 31.0, 50.0, 149.0}) {
    const RoadGraph graph = RoadGraph::build(std::vector<Road>{road(line, speed)}, Mode::drive);
    REQUIRE(graph.node_count() == 10);
    const Times times = times_from(graph, 0);
    CHECK(times[9] == static_cast<int>(length / (speed / 3.6) * 4 + 0.5));
    for (std::uint32_t n = 0; n < 10; ++n) {
      const double along = length * n / 9;
      const Point expected = along <= 50 ? Point{along * 0.6, along * 0.8} : Point{30, along - 10};
      CHECK(distance_m(graph.node(n), expected) < 1e-9);
      CHECK(std::abs(times[n] - times[9] * n / 9.0) <= 1);
    }
  }
}

TEST_CASE("times are symmetric without one-ways, and Manhattan's on a grid") {
  const RoadGraph graph = RoadGraph::build(grid(12), Mode::drive);
  REQUIRE(graph.node_count() == 144);
  for (const std::uint32_t source : {0u, 17u, 101u}) {
    const Times times = times_from(graph, source);
    CHECK(times == times_from(graph, source, true));
    for (std::uint32_t n = 0; n < 144; ++n) {
      const Point a = graph.node(source), b = graph.node(n);
      CHECK(times[n] == (std::abs(a.x - b.x) + std::abs(a.y - b.y)) / 10 * 4);
      CHECK(times[n] == times_from(graph, n)[source]);
    }
  }
}

TEST_CASE("roads meet where their ends are equal to the centimetre, or by id") {
  const std::vector<Road> roads = {road({{0, 0}, {100, 0}}), road({{100.004, -0.004}, {200, 0}}),
                                   road({{200.02, 0}, {300, 0}})};
  const RoadGraph graph = RoadGraph::build(roads, Mode::drive);
  CHECK(graph.report().components == 2);
  CHECK(graph.report().nodes == 5);
  std::vector<Road> crossing = {road({{0, 0}, {100, 0}}), road({{50, 0}, {50, 100}})};
  crossing[0].to_node = 7;
  crossing[1].from_node = 7;
  CHECK(RoadGraph::build(crossing, Mode::drive).report().components == 1);
}

TEST_CASE("the report counts what was left out, and why") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double inf = std::numeric_limits<double>::infinity();
  std::vector<Road> roads = {road({{0, 0}, {100, 0}}),
                             road({{5, 5}, {5, 5}}),
                             road({{0, 0}}),
                             road({}),
                             road({{0, 0}, {nan, 0}}),
                             road({{0, 0}, {0, inf}}),
                             road({{0, 0}, {1, 1}}, 0),
                             road({{0, 0}, {1, 1}}, -5),
                             road({{0, 0}, {1, 1}}, nan),
                             road({{0, 0}, {1e6, 0}}, 10),
                             road({{0, 1000}, {50, 1000}})};
  Road path = road({{0, 0}, {0, 100}}, 0);
  path.drive_forward = path.drive_backward = false;
  roads.push_back(path);
  const GraphReport report = RoadGraph::build(roads, Mode::drive).report();
  CHECK(report.roads == 12);
  CHECK(report.dropped_short == 1);
  CHECK(report.dropped_bad == 7);
  CHECK(report.dropped_long == 1);
  CHECK(report.nodes == 4);
  CHECK(report.edges == 4);
  CHECK(report.components == 2);
  CHECK(report.largest == 2);
  CHECK(report.connected == 2);
  CHECK(RoadGraph::build(roads, Mode::walk).report().dropped_bad == 4);
}

TEST_CASE("places join the largest part that can be left and reached") {
  std::vector<Road> roads = grid(5);
  roads.push_back(road({{400, 0}, {500, 0}}, 36, true));  // leads off the map
  roads.push_back(road({{1000, 0}, {1050, 0}}));          // an island
  const RoadGraph graph = RoadGraph::build(roads, Mode::drive);
  CHECK(graph.report().components == 2);
  CHECK(graph.report().largest == 26);
  CHECK(graph.report().connected == 25);
  const RoadGraph::Access access = graph.access({510, 0});
  CHECK(graph.node(access.node) == Point{400, 0});
  CHECK_FALSE(access.far);
  CHECK(seconds(access.time) == doctest::Approx(110 / 1.34).epsilon(0.005));
  CHECK(graph.access({1025, 10}).node == access.node);
  CHECK(seconds(graph.access({510, 0}, 36).time) == 11);
}

TEST_CASE("a one-way street alone still takes places") {
  const RoadGraph graph =
      RoadGraph::build(std::vector<Road>{road({{0, 0}, {400, 0}}, 36, true)}, Mode::drive);
  CHECK(graph.report().connected == 5);
  CHECK(graph.node(graph.access({390, 5}).node) == Point{400, 0});
}

TEST_CASE("a bad origin is reported, never fatal") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const RoadGraph graph = known_street();
  CHECK(graph.access({0, 2001}).far);
  CHECK_FALSE(graph.access({0, 2000}).far);
  CHECK(graph.access({0, 50}, 4.8, 49).far);
  CHECK(graph.access({nan, 0}).far);
  CHECK(graph.access({1e300, 0}).far);
  CHECK(graph.access({1e300, 0}).time == unreachable);

  const RoadGraph empty = RoadGraph::build({}, Mode::drive);
  CHECK(empty.node_count() == 0);
  const RoadGraph::Access nowhere = empty.access({0, 0});
  CHECK(nowhere.far);
  CHECK(times_from(empty, 0).empty());
  CHECK(isochrones(empty, nowhere, std::vector<double>{300})[0].empty());
  for (const TravelTime t : times_from(graph, 999)) CHECK(t == unreachable);

  Times out(1, 5), node_times;
  RoadGraph::Scratch scratch;
  const std::vector<Point> places = {{0, 0}};
  const std::vector<RoadGraph::Access> origins = {graph.access(places[0])};
  times_to(graph, graph.access({0, 1e5}), {0, 1e5}, origins, places, longest, out, scratch,
           node_times);
  CHECK(out[0] == unreachable);
  times_to(empty, nowhere, {0, 0}, std::vector{nowhere}, places, longest, out, scratch, node_times);
  CHECK(out[0] == unreachable);
}

TEST_CASE("door to door is access, network, access, or the straight walk") {
  const RoadGraph graph = known_street();
  const std::vector<Point> places = {{0, 40}, {990, 20}, {1000, 500}, {0, 5000}, {1e3 / 9 * 5, 0}};
  std::vector<RoadGraph::Access> origins;
  for (const Point p : places) origins.push_back(graph.access(p));
  const Point shop{1000, 10};
  Times out(places.size()), node_times;
  RoadGraph::Scratch scratch;
  const auto run = [&](TravelTime cutoff) {
    times_to(graph, graph.access(shop), shop, origins, places, cutoff, out, scratch, node_times);
  };
  run(longest);
  const auto walk = [](double m) { return m / 1.34; };
  CHECK(seconds(out[0]) == doctest::Approx(walk(40) + 100 + walk(10)).epsilon(0.005));
  CHECK(seconds(out[1]) == doctest::Approx(walk(distance_m(places[1], shop))).epsilon(0.03));
  // The one-way leads away, but places at its end join the two-way street, and walk there.
  CHECK(seconds(out[2]) == doctest::Approx(walk(490)).epsilon(0.005));
  CHECK(out[3] == unreachable);
  CHECK(seconds(out[4]) == doctest::Approx(1000.0 * 4 / 9 / 10 + walk(10)).epsilon(0.01));
  const TravelTime whole = out[0];
  run(whole);
  CHECK(out[0] == whole);
  run(static_cast<TravelTime>(whole - 1));
  CHECK(out[0] == unreachable);
  CHECK(out[1] != unreachable);
  run(0);
  CHECK(out[0] == unreachable);
}

TEST_CASE("roads of any numbers build a graph that can be searched") {
  const double odd[] = {0,
                        -0.0,
                        1e-300,
                        1,
                        99,
                        1e5,
                        1e8,
                        1e9,
                        1e300,
                        -1e300,
                        std::numeric_limits<double>::quiet_NaN(),
                        std::numeric_limits<double>::infinity()};
  for (std::uint32_t i = 0; i < mutant_count(); ++i) {
    Draws draws(random_key(23, 0, "mutants"), i, 0, 0);
    const auto any = [&] {
      return draws.bernoulli(0.8) ? draws.uniform(-300, 300) : odd[draws.below(12)];
    };
    std::vector<Road> roads(draws.below(20));
    for (Road& r : roads) {
      for (std::uint32_t n = draws.below(5); n > 0; --n) {
        const double x = any();
        r.line.push_back({x, any()});
      }
      r.speed_kmh = any();
      r.drive_backward = draws.bernoulli(0.5);
      r.from_node = draws.below(3);
    }
    const RoadGraph graph =
        RoadGraph::build(roads, draws.bernoulli(0.5) ? Mode::drive : Mode::walk);
    const double x = any();
    const RoadGraph::Access access = graph.access({x, any()});
    CHECK(graph.report().dropped_bad <= roads.size());
    CHECK(times_from(graph, access.node).size() == graph.node_count());
    CHECK(isochrones(graph, access, std::vector<double>{60, 300}).size() == 2);
  }
}

}  // namespace footfall::geo
