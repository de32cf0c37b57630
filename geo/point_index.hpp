// Which points are near? A fixed set of points, sorted along a Morton curve and packed into a tree
// of bounding boxes (eight children each, as in a bulk-loaded R-tree; Kamel and Faloutsos 1993), so
// that a dense town beside empty land costs no more than an even spread. Build O(n log n), query
// O(log n).
//
// Distances are compared squared. Answers are sorted by (distance, row): ties fall the same way
// everywhere.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/frame.hpp"

namespace footfall::geo {

class PointIndex {
 public:
  PointIndex() = default;
  /// Keeps its own copy. Fewer than 2^32 points; one that is not finite is never found.
  explicit PointIndex(std::span<const Point> points);

  /// Row of the nearest point; requires at least one point.
  std::uint32_t nearest(Point p) const;
  /// The k nearest (fewer where there are fewer).
  std::vector<std::uint32_t> nearest(Point p, std::size_t k) const;
  /// All with distance_m <= radius_m.
  std::vector<std::uint32_t> within(Point p, double radius_m) const;
  std::size_t size() const { return points_.size(); }

 private:
  /// Calls visit(squared distance, row) for all points not further than `limit`, which visit may
  /// lower.
  template <class Visit>
  void search(Point p, const double& limit, std::size_t level, std::size_t node,
              const Visit& visit) const;

  std::vector<Point> points_;             // along the curve
  std::vector<std::uint32_t> rows_;       // their rows as given
  std::vector<std::vector<Box>> levels_;  // [0]: one box for eight points; the last: one for all
};

}  // namespace footfall::geo
