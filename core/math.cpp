#include "core/math.hpp"

#include <cassert>
#include <cmath>

#include "musl_math.h"

namespace footfall::math {

double exp(double x) {
  return footfall_musl_exp(x);
}
double log(double x) {
  return footfall_musl_log(x);
}
double pow(double x, double y) {
  return footfall_musl_pow(x, y);
}
void exp(std::span<const double> x, std::span<double> out) {
  for (std::size_t i = 0; i < x.size(); ++i) out[i] = exp(x[i]);
}
void log(std::span<const double> x, std::span<double> out) {
  for (std::size_t i = 0; i < x.size(); ++i) out[i] = log(x[i]);
}

double sin(double x) {
  return footfall_musl_sin(x);
}
double cos(double x) {
  return footfall_musl_cos(x);
}
double tan(double x) {
  return footfall_musl_tan(x);
}
double asin(double x) {
  return footfall_musl_asin(x);
}
double acos(double x) {
  return footfall_musl_acos(x);
}
double atan(double x) {
  return footfall_musl_atan(x);
}
double atan2(double y, double x) {
  return footfall_musl_atan2(y, x);
}
double sinh(double x) {
  return footfall_musl_sinh(x);
}
double cosh(double x) {
  return footfall_musl_cosh(x);
}
double tanh(double x) {
  return footfall_musl_tanh(x);
}
double expm1(double x) {
  return footfall_musl_expm1(x);
}
double log1p(double x) {
  return footfall_musl_log1p(x);
}
double cbrt(double x) {
  return footfall_musl_cbrt(x);
}
double hypot(double x, double y) {
  return footfall_musl_hypot(x, y);
}
double lgamma(double x) {
  return footfall_musl_lgamma(x);
}
double erf(double x) {
  return footfall_musl_erf(x);
}
double erfc(double x) {
  return footfall_musl_erfc(x);
}

double asinh(double x) {
  const double size = std::abs(x);
  const double square = size * size;
  double value = 0;
  if (size > 1e8) {
    value = log1p(size) + 0.693147180559945309417232;  // log 2
  } else {
    value = log1p(size + square / (1 + std::sqrt(1 + square)));
  }
  return x < 0 ? -value : value;
}

double atanh(double x) {
  const double size = std::abs(x);
  const double value = 0.5 * log1p(2 * size / (1 - size));
  return x < 0 ? -value : value;
}

double sqrt(double x) {
  return std::sqrt(x);
}
double floor(double x) {
  return std::floor(x);
}
double round_half_away(double x) {
  const double size = std::abs(x);
  double whole = std::floor(size);
  if (size - whole >= 0.5) whole += 1;
  return x < 0 ? -whole : whole;
}

}  // namespace footfall::math
