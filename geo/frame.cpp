#include "geo/frame.hpp"

#include <cstdint>

#include "core/math.hpp"

namespace footfall::geo {
namespace {

// WGS 84.
constexpr double semi_major_m = 6378137.0;
constexpr double flattening = 1 / 298.257223563;
constexpr double n1 = flattening / (2 - flattening);
constexpr double n2 = n1 * n1, n3 = n2 * n1, n4 = n3 * n1;
constexpr double e2 = flattening * (2 - flattening);
constexpr double rectifying_radius_m = semi_major_m / (1 + n1) * (1 + n2 / 4 + n4 / 64);

constexpr double mean_radius_m = 6371008.8;

// Karney 2011, equations 35 and 36, cut after n^4.
constexpr double alpha[] = {n1 / 2 - n2 * 2 / 3 + n3 * 5 / 16 + n4 * 41 / 180,
                            n2 * 13 / 48 - n3 * 3 / 5 + n4 * 557 / 1440,
                            n3 * 61 / 240 - n4 * 103 / 140, n4 * 49561 / 161280};
constexpr double beta[] = {n1 / 2 - n2 * 2 / 3 + n3 * 37 / 96 - n4 / 360,
                           n2 / 48 + n3 / 15 - n4 * 437 / 1440, n3 * 17 / 480 - n4 * 37 / 840,
                           n4 * 4397 / 161280};

struct Complex {
  double re = 0;
  double im = 0;
};

// Σ c[j] sin(2 (j + 1) z) over complex z, by Clenshaw's recurrence.
Complex sine_series(const double (&c)[4], Complex z) {
  const double sin_re = math::sin(2 * z.re), cos_re = math::cos(2 * z.re);
  const double sinh_im = math::sinh(2 * z.im), cosh_im = math::cosh(2 * z.im);
  const Complex twice_cos{2 * cos_re * cosh_im, -2 * sin_re * sinh_im};
  Complex b1, b2;
  for (int j = 3; j >= 0; --j) {
    const Complex b{c[j] + twice_cos.re * b1.re - twice_cos.im * b1.im - b2.re,
                    twice_cos.re * b1.im + twice_cos.im * b1.re - b2.im};
    b2 = b1;
    b1 = b;
  }
  const Complex sine{sin_re * cosh_im, cos_re * sinh_im};
  return {b1.re * sine.re - b1.im * sine.im, b1.re * sine.im + b1.im * sine.re};
}

// Tangent of the conformal latitude from that of the geographic one (Karney 2011, equations 7 to
// 9).
double conformal_tangent(double tau) {
  const double e = math::sqrt(e2);
  const double secant = math::sqrt(1 + tau * tau);
  const double sigma = math::sinh(e * math::atanh(e * tau / secant));
  return tau * math::sqrt(1 + sigma * sigma) - sigma * secant;
}

// Its inverse by Newton's method (equations 19 to 21); three steps reach the last bits everywhere.
double geographic_tangent(double tau_conformal) {
  double tau = tau_conformal / (1 - e2);
  for (int step = 0; step < 3; ++step) {
    const double guess = conformal_tangent(tau);
    const double slope = (1 - e2) * math::sqrt(1 + guess * guess) * math::sqrt(1 + tau * tau) /
                         (1 + (1 - e2) * tau * tau);
    tau += (tau_conformal - guess) / slope;
  }
  return tau;
}

Point project(double lat, double lon_from_meridian) {
  const double tau = conformal_tangent(math::tan(lat));
  const double cos_lon = math::cos(lon_from_meridian), sin_lon = math::sin(lon_from_meridian);
  const Complex sphere{math::atan2(tau, cos_lon),
                       math::asinh(sin_lon / math::sqrt(tau * tau + cos_lon * cos_lon))};
  const Complex correction = sine_series(alpha, sphere);
  return {rectifying_radius_m * (sphere.im + correction.im),
          rectifying_radius_m * (sphere.re + correction.re)};
}

double limited(double v, double limit) {
  return v > limit ? limit : v > -limit ? v : -limit;
}

std::int32_t to_e7(double radians) {
  return static_cast<std::int32_t>(math::round_half_away(radians / math::degree * 1e7));
}

constexpr std::int64_t half_turn_e7 = 1'800'000'000;

std::int64_t shortest_turn(std::int64_t lon_e7) {
  if (lon_e7 > half_turn_e7) return lon_e7 - 2 * half_turn_e7;
  if (lon_e7 < -half_turn_e7) return lon_e7 + 2 * half_turn_e7;
  return lon_e7;
}

}  // namespace

double distance_m(Point a, Point b) {
  const double dx = a.x - b.x, dy = a.y - b.y;
  return math::sqrt(dx * dx + dy * dy);
}

Frame::Frame(LonLat origin) : origin_(origin) {
  origin_northing_ = project(origin.lat() * math::degree, 0).y;
}

Point Frame::to_local(LonLat place) const {
  const std::int64_t lon_e7 =
      shortest_turn(static_cast<std::int64_t>(place.lon_e7) - origin_.lon_e7);
  const Point p =
      project(place.lat() * math::degree, static_cast<double>(lon_e7) * 1e-7 * math::degree);
  return {p.x, p.y - origin_northing_};
}

LonLat Frame::to_lonlat(Point point) const {
  const Complex plane{limited((point.y + origin_northing_) / rectifying_radius_m, math::pi / 2),
                      limited(point.x / rectifying_radius_m, math::pi / 2)};
  const Complex correction = sine_series(beta, plane);
  const Complex sphere{plane.re - correction.re, plane.im - correction.im};
  const double sinh_im = math::sinh(sphere.im), cos_re = math::cos(sphere.re);
  const double tau = math::sin(sphere.re) / math::sqrt(sinh_im * sinh_im + cos_re * cos_re);
  const std::int64_t lon_e7 =
      static_cast<std::int64_t>(origin_.lon_e7) + to_e7(math::atan2(sinh_im, cos_re));
  return {static_cast<std::int32_t>(shortest_turn(lon_e7)),
          to_e7(math::atan(geographic_tangent(tau)))};
}

double great_circle_m(LonLat a, LonLat b) {
  const double lat_a = a.lat() * math::degree, lat_b = b.lat() * math::degree;
  const double half_lat = math::sin((lat_b - lat_a) / 2);
  const double half_lon = math::sin((b.lon() - a.lon()) * math::degree / 2);
  const double h = half_lat * half_lat + math::cos(lat_a) * math::cos(lat_b) * half_lon * half_lon;
  return 2 * mean_radius_m * math::asin(math::sqrt(h < 1 ? h : 1));
}

}  // namespace footfall::geo
