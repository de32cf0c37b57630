// Polygons in local metres. polygon.cpp is the only includer of Boost.Geometry (Cartesian predicates and
// set operations only, output canonicalised, so that the bits are the same on every platform).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "geo/frame.hpp"

namespace footfall::geo {

using Ring = std::vector<Point>;  ///< without the repeated last point; at least three points

/// One outer ring, counter-clockwise, and its holes, clockwise.
struct Polygon {
  Ring outer;
  std::vector<Ring> holes;
};
using MultiPolygon = std::vector<Polygon>;

/// m², holes taken off. Signed for rings: positive counter-clockwise (shoelace formula).
double area_m2(const Polygon& polygon);
double area_m2(const MultiPolygon& polygons);
double signed_area_m2(const Ring& ring);

Point centroid(const Polygon& polygon);
Box bounds(const MultiPolygon& polygons);

/// Points on the border count as inside.
bool contains(const Polygon& polygon, Point p);
bool contains(const MultiPolygon& polygons, Point p);

/// Turns rings the right way round, drops repeated points. What remains wrong is an error naming ring
/// and vertex: fewer than three points, no area, self-crossing (with the crossing edges).
Result<Polygon> checked(Polygon polygon, std::string_view file, std::string_view place);

/// Convex hull, counter-clockwise from the lowest-left point; fewer than three points give an empty ring.
Ring convex_hull(std::span<const Point> points);

/// Union; rings start at their lowest-left point, polygons are ordered by it.
MultiPolygon united(const MultiPolygon& polygons);

}  // namespace footfall::geo
