#include "ui/map/mesh.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "sim/scenario/generate.hpp"
#include "ui/map/renderer.hpp"

using namespace footfall;
using namespace footfall::ui;

namespace {

scenario::Scenario with_area(std::string kind, std::vector<std::vector<LonLat>> rings,
                             std::vector<bool> outer) {
  scenario::Scenario s;
  s.demand.push_back({ZoneId{1}, {0, 0}, 10, "A", "", 1});
  s.areas.push_back(
      {std::move(kind), "", {Shape::Kind::polygon, std::move(rings), std::move(outer)}});
  return s;
}

double triangle_area(const Mesh& mesh) {
  double sum = 0;
  for (std::size_t i = 0; i + 2 < mesh.areas.size(); i += 3) {
    const AreaVertex &a = mesh.areas[i], &b = mesh.areas[i + 1], &c = mesh.areas[i + 2];
    sum += std::abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2;
  }
  return sum;
}

const std::vector<LonLat> square{{0, 0}, {100'000, 0}, {100'000, 100'000}, {0, 100'000}};
const std::vector<LonLat> hole{
    {25'000, 25'000}, {25'000, 75'000}, {75'000, 75'000}, {75'000, 25'000}};

}  // namespace

TEST_CASE("triangles cover a polygon, holes left out") {
  const geo::Frame frame;
  const Mesh whole = make_mesh(with_area("forest", {square}, {true}), frame);
  const Mesh with_hole = make_mesh(with_area("forest", {square, hole}, {true, false}), frame);
  const double side = frame.to_local({100'000, 0}).x, high = frame.to_local({0, 100'000}).y;
  CHECK(triangle_area(whole) == doctest::Approx(side * high).epsilon(1e-4));
  CHECK(triangle_area(with_hole) == doctest::Approx(0.75 * side * high).epsilon(1e-3));
  CHECK(with_hole.outlines.size() == 8);
  const Range forest = whole.area_ranges[static_cast<std::size_t>(AreaStyle::forest)];
  CHECK(forest.count == whole.areas.size());
}

TEST_CASE("shapes that cannot be filled are left out") {
  const Mesh mesh =
      make_mesh(with_area("water", {{{0, 0}, {10, 10}}, {}}, {true, true}), geo::Frame());
  CHECK(mesh.areas.empty());
  CHECK(mesh.outlines.empty());
}

TEST_CASE("borders of districts are lines, not areas") {
  const Mesh mesh = make_mesh(with_area("district", {square}, {true}), geo::Frame());
  CHECK(mesh.areas.empty());
  CHECK(mesh.borders.size() == 4);
}

TEST_CASE("a whole city: ranges cover all, points are in order of the demand") {
  scenario::CityParams params;
  params.demand_points = 400;
  const auto city = scenario::generate_city(params);
  REQUIRE(city);
  const geo::Frame frame(city->origin());
  const Mesh mesh = make_mesh(*city, frame);
  REQUIRE(mesh.points.size() == city->demand.size());
  for (std::size_t i = 0; i < mesh.points.size(); i += 37) {
    const geo::Point p = frame.to_local(city->demand[i].place);
    CHECK(mesh.points[i].x == doctest::Approx(p.x).epsilon(1e-5));
    CHECK(mesh.points[i].y == doctest::Approx(p.y).epsilon(1e-5));
    CHECK(mesh.points[i].weight >= 0);
    CHECK(mesh.points[i].weight <= 2);
  }
  std::size_t segments = 0, in_ranges = 0;
  for (const auto& road : city->roads) segments += road.line.size() - 1;
  for (const Range range : mesh.road_ranges) in_ranges += range.count;
  CHECK(mesh.roads.size() == segments);
  CHECK(in_ranges == segments);
  for (const auto& store : city->stores) CHECK(mesh.bounds.contains(frame.to_local(store.place)));
}

TEST_CASE("greater roads are never thinner, small ones vanish when far away") {
  for (const double scale : {0.001, 0.02, 0.1, 1.0, 8.0}) {
    for (std::size_t i = 1; i < road_styles; ++i) {
      CHECK(road_width_px(static_cast<RoadStyle>(i), scale) >=
            road_width_px(static_cast<RoadStyle>(i - 1), scale));
    }
  }
  CHECK(road_width_px(RoadStyle::path, 0.01) == 0);
  CHECK(road_width_px(RoadStyle::motorway, 0.0001) > 0);
  CHECK(road_style("cycleway") == RoadStyle::path);
  CHECK(road_style("primary") == RoadStyle::primary);
  CHECK(area_style("nonsense") == AreaStyle::other);
}
