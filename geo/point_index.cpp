#include "geo/point_index.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "core/math.hpp"

namespace footfall::geo {
namespace {

constexpr std::size_t fan_out = 8;
using Found = std::pair<double, std::uint32_t>;  // squared distance, row

double squared_distance(Point a, Point b) {
  const double dx = a.x - b.x, dy = a.y - b.y;
  return dx * dx + dy * dy;
}

double squared_distance(const Box& box, Point p) {
  const Point nearest{std::max(box.min.x, std::min(p.x, box.max.x)),
                      std::max(box.min.y, std::min(p.y, box.max.y))};
  return squared_distance(nearest, p);
}

// Bit i of the result's even places is bit i of v.
std::uint64_t spread_bits(std::uint32_t v) {
  std::uint64_t s = v;
  s = (s | (s << 16)) & 0x0000ffff0000ffff;
  s = (s | (s << 8)) & 0x00ff00ff00ff00ff;
  s = (s | (s << 4)) & 0x0f0f0f0f0f0f0f0f;
  s = (s | (s << 2)) & 0x3333333333333333;
  return (s | (s << 1)) & 0x5555555555555555;
}

// Place on the curve of 2^32 × 2^32 cells over the box.
std::uint64_t morton_code(const Box& box, Point p) {
  const double side = std::max(box.max.x - box.min.x, box.max.y - box.min.y);
  const auto cell = [&](double offset) {
    const double scaled = offset / side * 4294967295.0;
    return scaled > 0 && scaled <= 4294967295.0 ? static_cast<std::uint32_t>(scaled) : 0u;
  };
  return spread_bits(cell(p.x - box.min.x)) | (spread_bits(cell(p.y - box.min.y)) << 1);
}

// The box around each group of `fan_out` boxes or points.
template <class Item>
std::vector<Box> packed(const std::vector<Item>& items) {
  std::vector<Box> boxes((items.size() + fan_out - 1) / fan_out);
  for (std::size_t i = 0; i < items.size(); ++i) {
    Box& box = boxes[i / fan_out];
    if constexpr (std::is_same_v<Item, Box>) {
      box.add(items[i].min);
      box.add(items[i].max);
    } else {
      box.add(items[i]);
    }
  }
  return boxes;
}

std::vector<std::uint32_t> sorted_rows(std::vector<Found>& found) {
  std::sort(found.begin(), found.end());
  std::vector<std::uint32_t> rows;
  rows.reserve(found.size());
  for (const Found& f : found) rows.push_back(f.second);
  return rows;
}

}  // namespace

PointIndex::PointIndex(std::span<const Point> points) {
  Box box;
  for (const Point p : points) box.add(p);
  std::vector<std::pair<std::uint64_t, std::uint32_t>> curve;
  curve.reserve(points.size());
  for (std::uint32_t row = 0; row < points.size(); ++row) {
    curve.emplace_back(morton_code(box, points[row]), row);
  }
  std::sort(curve.begin(), curve.end());
  for (const auto& [code, row] : curve) {
    points_.push_back(points[row]);
    rows_.push_back(row);
  }
  if (points_.empty()) return;
  levels_.push_back(packed(points_));
  while (levels_.back().size() > 1) levels_.push_back(packed(levels_.back()));
}

template <class Visit>
void PointIndex::search(Point p, const double& limit, std::size_t level, std::size_t node,
                        const Visit& visit) const {
  const std::size_t begin = node * fan_out;
  if (level == 0) {
    const std::size_t end = std::min(begin + fan_out, points_.size());
    for (std::size_t i = begin; i < end; ++i) {
      const double d2 = squared_distance(points_[i], p);
      if (d2 <= limit) visit(d2, rows_[i]);
    }
    return;
  }
  const std::vector<Box>& children = levels_[level - 1];
  const std::size_t end = std::min(begin + fan_out, children.size());
  std::array<std::pair<double, std::size_t>, fan_out> near;
  std::size_t count = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const double d2 = squared_distance(children[i], p);
    if (d2 <= limit) near[count++] = {d2, i};
  }
  std::sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(count));
  for (std::size_t i = 0; i < count && near[i].first <= limit; ++i) {
    search(p, limit, level - 1, near[i].second, visit);
  }
}

std::uint32_t PointIndex::nearest(Point p) const {
  Found best{std::numeric_limits<double>::infinity(), 0};
  if (levels_.empty()) return best.second;
  search(p, best.first, levels_.size() - 1, 0, [&](double d2, std::uint32_t row) {
    best = std::min(best, Found{d2, row});
  });
  return best.second;
}

std::vector<std::uint32_t> PointIndex::nearest(Point p, std::size_t k) const {
  std::vector<Found> heap;  // the furthest first
  double limit = std::numeric_limits<double>::infinity();
  if (levels_.empty() || k == 0) return {};
  search(p, limit, levels_.size() - 1, 0, [&](double d2, std::uint32_t row) {
    if (heap.size() == k && Found{d2, row} > heap.front()) return;
    heap.emplace_back(d2, row);
    std::push_heap(heap.begin(), heap.end());
    if (heap.size() > k) {
      std::pop_heap(heap.begin(), heap.end());
      heap.pop_back();
    }
    if (heap.size() == k) limit = heap.front().first;
  });
  return sorted_rows(heap);
}

std::vector<std::uint32_t> PointIndex::within(Point p, double radius_m) const {
  std::vector<Found> found;
  if (levels_.empty() || !(radius_m >= 0)) return {};
  const double limit = radius_m * radius_m * (1 + 1e-12);  // squares round; the root decides
  search(p, limit, levels_.size() - 1, 0, [&](double d2, std::uint32_t row) {
    if (math::sqrt(d2) <= radius_m) found.emplace_back(d2, row);
  });
  return sorted_rows(found);
}

}  // namespace footfall::geo
