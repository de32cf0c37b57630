// Metres on a plane: each city has one local frame, and everything inside the models lives in it.
#pragma once

#include <limits>

#include "core/place.hpp"

namespace footfall::geo {

/// Metres east (x) and north (y) of the frame's origin.
struct Point {
  double x = 0;
  double y = 0;
  friend constexpr bool operator==(Point, Point) = default;
};

struct Box {
  Point min{std::numeric_limits<double>::max(), std::numeric_limits<double>::max()};
  Point max{std::numeric_limits<double>::lowest(), std::numeric_limits<double>::lowest()};
  bool empty() const { return min.x > max.x; }
  void add(Point p) {
    if (p.x < min.x) min.x = p.x;
    if (p.y < min.y) min.y = p.y;
    if (p.x > max.x) max.x = p.x;
    if (p.y > max.y) max.y = p.y;
  }
  bool contains(Point p) const {
    return p.x >= min.x && p.x <= max.x && p.y >= min.y && p.y <= max.y;
  }
};

/// Straight-line distance in metres.
double distance_m(Point a, Point b);

/// Local transverse Mercator on the WGS 84 ellipsoid with scale 1 on the meridian of the origin
/// (Krüger series to n^4; Karney 2011, "Transverse Mercator with an accuracy of a few nanometers").
/// Its own code on core/math, since PROJ's and Boost's last bits differ between platforms. Within
/// 300 km of the origin the error against PROJ is below 1 mm, the scale error below 0.12 %.
/// Longitudes are taken the short way round, so that a frame may lie across the 180th meridian.
class Frame {
 public:
  explicit Frame(LonLat origin = {});
  LonLat origin() const { return origin_; }

  /// Finite for every place of the earth, useful within some hundred kilometres.
  Point to_local(LonLat place) const;
  /// Rounded to 1e-7 degree; to_local(to_lonlat(p)) is within 1 cm of p. Always a place of the
  /// earth: points beyond what the frame can show (and NaN) give some place at its edge.
  LonLat to_lonlat(Point point) const;

 private:
  LonLat origin_;
  double origin_northing_ = 0;
};

/// Great-circle distance in metres on the mean sphere (6371008.8 m, IUGG): for places of different
/// cities.
double great_circle_m(LonLat a, LonLat b);

}  // namespace footfall::geo
