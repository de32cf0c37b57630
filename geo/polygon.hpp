// Polygons in local metres. polygon_union.cpp is the only includer of Boost.Geometry (Cartesian set
// operations only, output canonicalised, so that the bits are the same on every platform); the rest
// is short enough to be our own.
//
// "Lowest-left" means the smallest y, and of those the smallest x.
#pragma once

#include <span>
#include <string>
#include <string_view>
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

/// Centre of mass; of a polygon without area the mean of its points, of one without points (0, 0).
Point centroid(const Polygon& polygon);
Box bounds(const MultiPolygon& polygons);

/// Points on the border, also of a hole, count as inside.
bool contains(const Polygon& polygon, Point p);
bool contains(const MultiPolygon& polygons, Point p);

/// Turns rings the right way round, drops repeated points. What remains wrong is an error naming
/// ring and vertices (both from 1, as given; ring 1 is the outer one):
///   - a point that is not finite or further than 1e8 m from the origin,
///   - fewer than three different points, no area,
///   - an edge that crosses or touches another of its ring, or runs along it (a spike),
///   - edges of two rings that cross or run along each other (touching in a point is allowed),
///   - a hole outside its outer ring,
///   - too many edges beside each other to check (some 100,000 long ones).
Result<Polygon> checked(Polygon polygon, std::string_view file, std::string_view place);

/// Convex hull, counter-clockwise from the lowest-left point (Andrew 1979); no points on its edges.
/// Points that are all on one line, or fewer than three, give an empty ring.
Ring convex_hull(std::span<const Point> points);

/// Union of polygons that each passed checked(). Rings start at their lowest-left point, polygons
/// are ordered by it. An error where the set operation finds the input inconsistent.
Result<MultiPolygon> united(const MultiPolygon& polygons);

}  // namespace footfall::geo
