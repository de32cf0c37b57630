#include "geo/polygon.hpp"

#include <algorithm>

namespace footfall::geo {
namespace {

// Twice the signed area of (a, b, p): positive where p lies left of a -> b.
double side_of(Point a, Point b, Point p) {
  return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

// First moments and twice the area of a ring, about `from`.
struct Moments {
  double x = 0, y = 0, twice_area = 0;
};

void add_moments(Moments& m, const Ring& ring, Point from) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point& a = ring[i];
    const Point& b = ring[i + 1 < ring.size() ? i + 1 : 0];
    const double ax = a.x - from.x, ay = a.y - from.y, bx = b.x - from.x, by = b.y - from.y;
    const double cross = ax * by - ay * bx;
    m.x += (ax + bx) * cross;
    m.y += (ay + by) * cross;
    m.twice_area += cross;
  }
}

enum class Where { outside, border, inside };

Where locate(const Ring& ring, Point p) {
  bool inside = false;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    Point a = ring[i], b = ring[i + 1 < ring.size() ? i + 1 : 0];
    if (a.y > b.y) std::swap(a, b);
    if (p.y < a.y || p.y > b.y) continue;
    const double side = side_of(a, b, p);
    if (side == 0 && p.x >= std::min(a.x, b.x) && p.x <= std::max(a.x, b.x)) return Where::border;
    if (p.y < b.y && side > 0) inside = !inside;
  }
  return inside ? Where::inside : Where::outside;
}

}  // namespace

double signed_area_m2(const Ring& ring) {
  Moments m;
  if (!ring.empty()) add_moments(m, ring, ring.front());
  return m.twice_area / 2;
}

double area_m2(const Polygon& polygon) {
  const auto size = [](const Ring& ring) {
    const double area = signed_area_m2(ring);
    return area < 0 ? -area : area;
  };
  double area = size(polygon.outer);
  for (const Ring& hole : polygon.holes) area -= size(hole);
  return area;
}

double area_m2(const MultiPolygon& polygons) {
  double area = 0;
  for (const Polygon& polygon : polygons) area += area_m2(polygon);
  return area;
}

Point centroid(const Polygon& polygon) {
  if (polygon.outer.empty()) return {};
  const Point from = polygon.outer.front();
  Moments m;
  add_moments(m, polygon.outer, from);
  for (const Ring& hole : polygon.holes) add_moments(m, hole, from);
  if (m.twice_area != 0) {
    return {from.x + m.x / (3 * m.twice_area), from.y + m.y / (3 * m.twice_area)};
  }
  Point sum;
  for (const Point p : polygon.outer) sum = {sum.x + p.x, sum.y + p.y};
  const auto n = static_cast<double>(polygon.outer.size());
  return {sum.x / n, sum.y / n};
}

Box bounds(const MultiPolygon& polygons) {
  Box box;
  for (const Polygon& polygon : polygons) {
    for (const Point p : polygon.outer) box.add(p);
  }
  return box;
}

bool contains(const Polygon& polygon, Point p) {
  const Where outer = locate(polygon.outer, p);
  if (outer != Where::inside) return outer == Where::border;
  return std::none_of(polygon.holes.begin(), polygon.holes.end(),
                      [&](const Ring& hole) { return locate(hole, p) == Where::inside; });
}

bool contains(const MultiPolygon& polygons, Point p) {
  return std::any_of(polygons.begin(), polygons.end(),
                     [&](const Polygon& polygon) { return contains(polygon, p); });
}

Ring convex_hull(std::span<const Point> points) {
  std::vector<Point> sorted(points.begin(), points.end());
  std::sort(sorted.begin(), sorted.end(),
            [](Point a, Point b) { return a.y != b.y ? a.y < b.y : a.x < b.x; });
  Ring hull;
  const auto chain = [&](const auto begin, const auto end) {
    const std::size_t bottom = hull.size();
    for (auto p = begin; p != end; ++p) {
      while (hull.size() >= bottom + 2 && !(side_of(hull[hull.size() - 2], hull.back(), *p) > 0)) {
        hull.pop_back();
      }
      hull.push_back(*p);
    }
    if (!hull.empty()) hull.pop_back();
  };
  chain(sorted.begin(), sorted.end());
  chain(sorted.rbegin(), sorted.rend());
  if (hull.size() < 3) hull.clear();
  return hull;
}

}  // namespace footfall::geo
