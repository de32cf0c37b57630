// g++ 12 takes variables that Boost.Geometry sets in a loop for uninitialised ones.
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#define BOOST_ALLOW_DEPRECATED_HEADERS  // two of them, included by Boost.Geometry itself

#include <algorithm>

#include <boost/geometry/algorithms/union.hpp>
#include <boost/geometry/geometries/multi_polygon.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>
#include <boost/geometry/strategies/strategies.hpp>

#include "geo/polygon.hpp"

namespace footfall::geo {
namespace {

namespace bg = boost::geometry;
using BoostPoint = bg::model::d2::point_xy<double>;
using BoostPolygon = bg::model::polygon<BoostPoint, false, false>;  // counter-clockwise, open
using BoostMulti = bg::model::multi_polygon<BoostPolygon>;

template <class Target>
void copy_to_boost(const Ring& ring, Target& target) {
  for (const Point p : ring) target.emplace_back(p.x, p.y);
}

BoostMulti to_boost(const Polygon& polygon) {
  BoostPolygon result;
  copy_to_boost(polygon.outer, result.outer());
  for (const Ring& hole : polygon.holes) copy_to_boost(hole, result.inners().emplace_back());
  return {result};
}

bool lower_left(Point a, Point b) {
  return a.y != b.y ? a.y < b.y : a.x < b.x;
}

template <class Source>
Ring canonical_ring(const Source& source) {
  Ring ring;
  for (const BoostPoint& p : source) {
    const Point point{p.x(), p.y()};
    if (ring.empty() || ring.back() != point) ring.push_back(point);
  }
  while (ring.size() > 1 && ring.back() == ring.front()) ring.pop_back();
  std::rotate(ring.begin(), std::min_element(ring.begin(), ring.end(), lower_left), ring.end());
  return ring;
}

bool ring_before(const Ring& a, const Ring& b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), lower_left);
}

MultiPolygon canonical(const BoostMulti& polygons) {
  MultiPolygon result;
  for (const BoostPolygon& p : polygons) {
    Polygon& polygon = result.emplace_back();
    polygon.outer = canonical_ring(p.outer());
    for (const auto& hole : p.inners()) polygon.holes.push_back(canonical_ring(hole));
    std::sort(polygon.holes.begin(), polygon.holes.end(), ring_before);
  }
  std::sort(result.begin(), result.end(),
            [](const Polygon& a, const Polygon& b) { return ring_before(a.outer, b.outer); });
  return result;
}

// Halves are united first, so that no polygon takes part in more than log2(n) operations.
BoostMulti united_range(std::span<const Polygon> polygons) {
  if (polygons.empty()) return {};
  if (polygons.size() == 1) return to_boost(polygons.front());
  const std::size_t half = polygons.size() / 2;
  BoostMulti result;
  bg::union_(united_range(polygons.first(half)), united_range(polygons.subspan(half)), result);
  return result;
}

}  // namespace

Result<MultiPolygon> united(const MultiPolygon& polygons) {
  try {
    return canonical(united_range(polygons));
  } catch (const std::exception& e) {
    return fail({}, {}, std::string("polygons cannot be united: ") + e.what());
  }
}

}  // namespace footfall::geo
