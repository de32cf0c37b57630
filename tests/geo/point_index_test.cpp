#include "geo/point_index.hpp"

#include <algorithm>
#include <limits>

#include <doctest/doctest.h>

#include "core/rng.hpp"

namespace footfall::geo {
namespace {

using Rows = std::vector<std::uint32_t>;

// All rows by (distance, row): what the index must agree with.
Rows all_sorted(const std::vector<Point>& points, Point p) {
  std::vector<std::pair<double, std::uint32_t>> found;
  for (std::uint32_t i = 0; i < points.size(); ++i) {
    const double dx = points[i].x - p.x, dy = points[i].y - p.y;
    found.emplace_back(dx * dx + dy * dy, i);
  }
  std::sort(found.begin(), found.end());
  Rows rows;
  for (const auto& f : found) rows.push_back(f.second);
  return rows;
}

// Spread, on a line, on a lattice with many ties, all in one place, or a town and one far outlier.
std::vector<Point> points_of(int kind, std::size_t count, Draws& draws) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < count; ++i) {
    const double x = draws.uniform(-1000, 1000);
    const double y = draws.uniform(-1000, 1000);
    if (kind == 0) points.push_back({x, y});
    if (kind == 1) points.push_back({x, 7});
    if (kind == 2)
      points.push_back({static_cast<double>(draws.below(6)), static_cast<double>(draws.below(6))});
    if (kind == 3) points.push_back({3, 4});
    if (kind == 4) points.push_back(i == 0 ? Point{1e7, 1e7} : Point{x, y});
  }
  return points;
}

}  // namespace

TEST_CASE("nearest and within equal a full search, ties by row") {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    Draws draws(random_key(seed, 0, "test"), 2, 0, 0);
    const std::vector<Point> points =
        points_of(static_cast<int>(seed % 5), 1 + draws.below(seed % 3 == 0 ? 5 : 600), draws);
    const PointIndex index(points);
    REQUIRE(index.size() == points.size());
    for (int q = 0; q < 10; ++q) {
      Point p{draws.uniform(-1500, 1500), draws.uniform(-1500, 1500)};
      if (seed % 5 == 2)
        p = {static_cast<double>(draws.below(8)), static_cast<double>(draws.below(8))};
      const Rows expected = all_sorted(points, p);
      CHECK(index.nearest(p) == expected.front());
      const std::size_t k = draws.below(12);
      CHECK(index.nearest(p, k) ==
            Rows(expected.begin(),
                 expected.begin() + static_cast<std::ptrdiff_t>(std::min(k, expected.size()))));
      const Point furthest = points[expected[expected.size() / 2]];
      const Rows found = index.within(p, distance_m(p, furthest));
      CHECK(found.size() >= expected.size() / 2);
      CHECK(std::equal(found.begin(), found.end(), expected.begin()));
    }
  }
}

TEST_CASE("a radius is inclusive") {
  const PointIndex index(std::vector<Point>{{3, 4}, {0, 5}, {0, 5.001}});
  CHECK(index.within({0, 0}, 5) == Rows{0, 1});
  CHECK(index.within({3, 4}, 0) == Rows{0});
  CHECK(index.within({3, 4}, -1).empty());
}

TEST_CASE("no points, and points that are none") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(PointIndex().nearest({0, 0}, 3).empty());
  CHECK(PointIndex(std::vector<Point>{}).within({0, 0}, 1e9).empty());
  const PointIndex index(std::vector<Point>{{nan, 0}, {1, 1}, {0, nan}});
  CHECK(index.nearest({0, 0}, 3) == Rows{1});
  CHECK(index.nearest({0, 0}) == 1);
  CHECK(index.nearest({nan, 0}, 3).empty());
  CHECK(index.nearest({nan, 0}) == 0);
}

}  // namespace footfall::geo
