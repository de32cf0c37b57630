#include <limits>

#include <doctest/doctest.h>

#include "core/math.hpp"
#include "geo/roads.hpp"

namespace footfall::geo {
namespace {

Road road(std::vector<Point> line, double speed_kmh = 36) {
  Road r;
  r.line = std::move(line);
  r.speed_kmh = speed_kmh;
  return r;
}

// Four arms of 6 km from the origin, 10 m/s.
RoadGraph crossroads() {
  const std::vector<Road> roads = {road({{0, 0}, {6000, 0}}), road({{0, 0}, {-6000, 0}}),
                                   road({{0, 0}, {0, 6000}}), road({{0, 0}, {0, -6000}})};
  return RoadGraph::build(roads, Mode::drive);
}

void check_rings(const MultiPolygon& polygons) {
  for (const Polygon& polygon : polygons) {
    CHECK(signed_area_m2(polygon.outer) > 0);
    for (const Ring& hole : polygon.holes) CHECK(signed_area_m2(hole) < 0);
    CHECK(checked(polygon, "", "").has_value());
  }
}

}  // namespace

TEST_CASE("outlines follow the roads as far as time allows") {
  const RoadGraph graph = crossroads();
  const std::vector<double> limits = {120, 300, 500};
  const auto outlines = isochrones(graph, graph.access({0, 0}), limits);
  REQUIRE(outlines.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    check_rings(outlines[i]);
    REQUIRE(outlines[i].size() == 1);
    for (const double x : {1.0, -1.0}) {
      CHECK(contains(outlines[i], {x * (limits[i] * 10 - 150), 0}));
      CHECK(contains(outlines[i], {0, x * (limits[i] * 10 - 150)}));
      CHECK_FALSE(contains(outlines[i], {x * (limits[i] * 10 + 150), 0}));
    }
    CHECK(contains(outlines[i], {500, 90}));
    CHECK_FALSE(contains(outlines[i], {500, 450}));
    if (i > 0) CHECK(area_m2(outlines[i]) > area_m2(outlines[i - 1]));
  }
}

TEST_CASE("land inside a ring road that is not reached is a hole") {
  const std::vector<Road> roads = {
      road({{0, 0}, {3000, 0}, {3000, 3000}, {0, 3000}, {0, 0}}),
      road({{1300, 1500}, {1700, 1500}})};  // and an island in it, which nobody reaches
  const RoadGraph graph = RoadGraph::build(roads, Mode::drive);
  const auto outlines = isochrones(graph, graph.access({0, 0}), std::vector<double>{900});
  REQUIRE(outlines[0].size() == 1);
  check_rings(outlines[0]);
  REQUIRE(outlines[0][0].holes.size() == 1);
  CHECK_FALSE(contains(outlines[0], {1500, 1500}));
  CHECK(contains(outlines[0], {1500, 3000}));
}

TEST_CASE("one-ways count towards the place") {
  Road lane = road({{0, 0}, {3000, 0}});
  lane.drive_backward = false;
  Road street = road({{3000, 0}, {9000, 0}});
  const RoadGraph graph = RoadGraph::build(std::vector<Road>{lane, street}, Mode::drive);
  const auto outlines = isochrones(graph, graph.access({3000, 0}), std::vector<double>{400});
  CHECK(contains(outlines[0], {500, 0}));
}

TEST_CASE("limits and places without an answer give empty outlines") {
  const RoadGraph graph = crossroads();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto outlines =
      isochrones(graph, graph.access({80, 80}), std::vector<double>{0, -5, nan, 30, 200});
  REQUIRE(outlines.size() == 5);
  for (std::size_t i = 0; i < 4; ++i) CHECK(outlines[i].empty());  // it is 67 s to the road
  CHECK_FALSE(outlines[4].empty());
  CHECK(isochrones(graph, graph.access({0, 9000}), std::vector<double>{900})[0].empty());
  CHECK(isochrones(graph, graph.access({0, 0}), std::vector<double>{}).empty());
  CHECK_FALSE(isochrones(graph, graph.access({0, 0}), std::vector<double>{1e9})[0].empty());
}

TEST_CASE("a grid that would be too fine is made coarser") {
  const RoadGraph graph = crossroads();
  const auto outlines = isochrones(graph, graph.access({0, 0}), std::vector<double>{600}, 0.01);
  REQUIRE_FALSE(outlines[0].empty());
  CHECK(outlines[0][0].outer.size() < 100'000);
}

TEST_CASE("a circle") {
  const Ring ring = circle({10, 20}, 5, 360);
  CHECK(ring.size() == 360);
  CHECK(ring[0] == Point{15, 20});
  CHECK(signed_area_m2(ring) == doctest::Approx(math::pi * 25).epsilon(1e-4));
}

}  // namespace footfall::geo
