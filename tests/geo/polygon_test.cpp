#include "geo/polygon.hpp"

#include <algorithm>
#include <limits>

#include <doctest/doctest.h>

#include "core/math.hpp"
#include "core/rng.hpp"

namespace footfall::geo {
namespace {

Ring square(double x, double y, double side) {
  return {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}};
}

Ring reversed(Ring ring) {
  std::reverse(ring.begin(), ring.end());
  return ring;
}

std::string problem_of(const Polygon& polygon) {
  const auto result = checked(polygon, "areas.geojson", "feature 3");
  return result ? "" : describe(result.error().front());
}

// A star-shaped ring around (x, y): never crosses itself.
Ring star_ring(Draws& draws, double x, double y) {
  Ring ring;
  const std::uint32_t corners = 3 + draws.below(30);
  for (std::uint32_t i = 0; i < corners; ++i) {
    const double radius = draws.uniform(20, 100);
    const double angle = 2 * math::pi * i / corners;
    ring.push_back({x + radius * math::cos(angle), y + radius * math::sin(angle)});
  }
  return ring;
}

}  // namespace

TEST_CASE("area and centroid of known shapes") {
  const Polygon l_shape{{{0, 0}, {4, 0}, {4, 1}, {1, 1}, {1, 3}, {0, 3}}, {}};
  CHECK(area_m2(l_shape) == 6);
  CHECK(centroid(l_shape).x == doctest::Approx((4 * 2 + 2 * 0.5) / 6));
  CHECK(centroid(l_shape).y == doctest::Approx((4 * 0.5 + 2 * 2) / 6));
  const Polygon ring{square(0, 0, 10), {reversed(square(6, 6, 2))}};
  CHECK(area_m2(ring) == 96);
  CHECK(centroid(ring).x == doctest::Approx((100 * 5 - 4 * 7) / 96.0));
  CHECK(signed_area_m2(square(1e7, 1e7, 1)) == 1);
  CHECK(signed_area_m2(reversed(square(0, 0, 3))) == -9);
  CHECK(area_m2(MultiPolygon{l_shape, ring}) == 102);
  CHECK(centroid({{{0, 0}, {2, 0}, {4, 0}}, {}}) == Point{2, 0});
  CHECK(centroid({}) == Point{0, 0});
  CHECK(bounds({l_shape, ring}).max == Point{10, 10});
}

TEST_CASE("border points are inside, of holes too") {
  const Polygon ring{square(0, 0, 10), {reversed(square(4, 4, 2))}};
  for (const Point p : {Point{0, 0}, Point{10, 5}, Point{4, 5}, Point{6, 6}, Point{1, 9}}) {
    CHECK(contains(ring, p));
  }
  for (const Point p : {Point{5, 5}, Point{-1, 0}, Point{11, 10}, Point{5, 10.001}}) {
    CHECK_FALSE(contains(ring, p));
  }
  CHECK(contains(MultiPolygon{ring, {square(20, 0, 1), {}}}, {20.5, 0.5}));
}

TEST_CASE("containment in a convex ring is being on the left of every edge") {
  Draws draws(random_key(3, 0, "test"), 3, 0, 0);
  const Ring hull = convex_hull(star_ring(draws, 0, 0));
  int inside = 0;
  for (int i = 0; i < 3000; ++i) {
    const Point p{draws.uniform(-100, 100), draws.uniform(-100, 100)};
    bool left = true;
    for (std::size_t e = 0; e < hull.size(); ++e) {
      const Point a = hull[e], b = hull[(e + 1) % hull.size()];
      left = left && (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) >= 0;
    }
    CHECK(contains(Polygon{hull, {}}, p) == left);
    inside += left ? 1 : 0;
  }
  CHECK(inside > 300);
}

TEST_CASE("checked mends direction and repetition only") {
  Ring outer = reversed(square(0, 0, 10));
  outer.insert(outer.begin() + 1, outer.front());
  outer.push_back(outer.front());
  const auto polygon = checked({outer, {square(2, 2, 3)}}, "", "");
  REQUIRE(polygon);
  CHECK(polygon->outer.size() == 4);
  CHECK(signed_area_m2(polygon->outer) == 100);
  REQUIRE(polygon->holes.size() == 1);
  CHECK(signed_area_m2(polygon->holes[0]) == -9);
  CHECK(problem_of({square(0, 0, 10), {{{0, 5}, {3, 4}, {3, 6}}}}).empty());  // touches in a point
}

TEST_CASE("what is wrong with a polygon is named") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(problem_of({{{0, 0}, {1, 1}, {1, 1}, {0, 0}}, {}}) ==
        "areas.geojson: feature 3, ring 1: has fewer than three different points (at least 3)");
  CHECK(problem_of({}).find("fewer than three") != std::string::npos);
  CHECK(problem_of({{{0, 0}, {1, nan}, {2, 0}}, {}}).find("ring 1, point 2") != std::string::npos);
  CHECK(problem_of({{{0, 0}, {1, 1e300}, {2, 0}}, {}}).find("-1e8 to 1e8 m") != std::string::npos);
  CHECK(problem_of({{{0, 0}, {1, 0}, {2, 0}}, {}}).find("no area") != std::string::npos);
  const std::string bow = problem_of({{{0, 0}, {4, 4}, {4, 0}, {0, 6}}, {}});
  CHECK(bow == "areas.geojson: feature 3, ring 1, edge 1: crosses or touches edge 3");
  const std::string spike = problem_of({{{0, 0}, {9, 0}, {5, 5}, {7, 9}, {5, 5}, {0, 9}}, {}});
  CHECK(spike.find("crosses or touches") != std::string::npos);
  CHECK(problem_of({{{0, 0}, {9, 0}, {5, 5}, {9, 9}, {0, 9}, {5, 5}}, {}})
            .find("crosses or touches") != std::string::npos);
  CHECK(problem_of({square(0, 0, 5), {square(4, 1, 3)}})
            .find("ring 2, edge 1: crosses or touches edge 2 of ring 1") != std::string::npos);
  CHECK(problem_of({square(0, 0, 5), {square(10, 1, 3)}}).find("ring 2: is a hole outside") !=
        std::string::npos);
}

TEST_CASE("checked finds a crossing exactly when two edges of a ring cross") {
  int crossing = 0;
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    Draws draws(random_key(seed, 0, "test"), 4, 0, 0);
    Ring ring = star_ring(draws, 0, 0);
    if (draws.bernoulli(0.5))
      std::swap(ring[0], ring[draws.below(static_cast<std::uint32_t>(ring.size()))]);
    bool crosses = false;
    const std::size_t n = ring.size();
    const auto side = [](Point a, Point b, Point p) {
      return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) > 0;
    };
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = i + 2; j < n; ++j) {
        if (i == 0 && j == n - 1) continue;
        const Point a = ring[i], b = ring[i + 1], c = ring[j], d = ring[(j + 1) % n];
        crosses = crosses || (side(a, b, c) != side(a, b, d) && side(c, d, a) != side(c, d, b));
      }
    }
    CHECK(checked({ring, {}}, "", "").has_value() != crosses);
    crossing += crosses ? 1 : 0;
  }
  CHECK(crossing > 50);
  CHECK(crossing < 250);
}

TEST_CASE("convex hull") {
  CHECK(convex_hull(std::vector<Point>{{2, 2}, {0, 0}, {2, 0}, {0, 2}, {1, 1}, {1, 0}, {2, 2}}) ==
        square(0, 0, 2));
  CHECK(convex_hull(std::vector<Point>{}).empty());
  CHECK(convex_hull(std::vector<Point>{{1, 1}, {1, 1}, {2, 2}, {3, 3}}).empty());
}

TEST_CASE("union of known shapes is canonical") {
  const auto joined =
      united({{square(1, 1, 2), {}}, {square(0, 0, 2), {}}, {square(10, -5, 1), {}}});
  REQUIRE(joined);
  REQUIRE(joined->size() == 2);
  CHECK((*joined)[0].outer == square(10, -5, 1));
  CHECK((*joined)[1].outer == Ring{{0, 0}, {2, 0}, {2, 1}, {3, 1}, {3, 3}, {1, 3}, {1, 2}, {0, 2}});
  const auto frame = united({{{{0, 0}, {9, 0}, {9, 3}, {0, 3}}, {}},
                             {{{0, 6}, {9, 6}, {9, 9}, {0, 9}}, {}},
                             {{{0, 0}, {3, 0}, {3, 9}, {0, 9}}, {}},
                             {{{6, 0}, {9, 0}, {9, 9}, {6, 9}}, {}}});
  REQUIRE(frame);
  REQUIRE(frame->size() == 1);
  REQUIRE(frame->front().holes.size() == 1);
  CHECK(area_m2(*frame) == 72);
  CHECK(signed_area_m2(frame->front().holes[0]) == -9);
  CHECK(united({})->empty());
}

TEST_CASE("a union holds what its parts hold, whatever their order") {
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    Draws draws(random_key(seed, 0, "test"), 5, 0, 0);
    MultiPolygon parts;
    for (int i = 0; i < 8; ++i) {
      parts.push_back({star_ring(draws, draws.uniform(0, 400), draws.uniform(0, 400)), {}});
    }
    const auto whole = united(parts);
    REQUIRE(whole);
    double most = 0, sum = 0;
    for (const Polygon& part : parts) {
      most = std::max(most, area_m2(part));
      sum += area_m2(part);
    }
    CHECK(area_m2(*whole) <= sum * (1 + 1e-9));
    CHECK(area_m2(*whole) >= most * (1 - 1e-9));
    for (int i = 0; i < 500; ++i) {
      const Point p{draws.uniform(-100, 500), draws.uniform(-100, 500)};
      CHECK(contains(*whole, p) == contains(parts, p));
    }
    std::reverse(parts.begin(), parts.end());
    CHECK(area_m2(*united(parts)) == doctest::Approx(area_m2(*whole)).epsilon(1e-9));
  }
}

}  // namespace footfall::geo
