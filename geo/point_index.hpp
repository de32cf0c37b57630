// Which points are near? A uniform grid over a fixed set of points; answers are sorted by
// (distance, row), so ties fall the same way everywhere.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/frame.hpp"

namespace footfall::geo {

class PointIndex {
 public:
  PointIndex() = default;
  /// Keeps its own copy. Cell size is chosen for about two points a cell.
  explicit PointIndex(std::span<const Point> points);

  /// Row of the nearest point; requires at least one point.
  std::uint32_t nearest(Point p) const;
  /// The k nearest (fewer where there are fewer).
  std::vector<std::uint32_t> nearest(Point p, std::size_t k) const;
  /// All within `radius_m` (inclusive).
  std::vector<std::uint32_t> within(Point p, double radius_m) const;
  std::size_t size() const { return points_.size(); }

 private:
  std::vector<Point> points_;
  std::vector<std::uint32_t> cell_start_, order_;
  Box box_;
  double cell_m_ = 1;
  std::uint32_t columns_ = 0, rows_ = 0;
};

}  // namespace footfall::geo
