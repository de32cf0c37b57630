#include "core/math.hpp"

#include <cassert>
#include <cmath>

#include "core/math_lanes.hpp"
#include "musl_math.h"

namespace footfall::math {

namespace {

template <class S>
FOOTFALL_INLINE void exp_column_body(const double* in, double* out, std::size_t n) {
  using F = typename S::f64;
  std::size_t i = 0;
  for (; i + F::size <= n; i += F::size) exp_lanes(F::load(in + i)).store(out + i);
  for (; i < n; ++i) out[i] = exp_lanes(in[i]);
}
FOOTFALL_KERNEL(void, exp_column, (const double* in, double* out, std::size_t n), (in, out, n))

template <class S>
FOOTFALL_INLINE void log_column_body(const double* in, double* out, std::size_t n) {
  using F = typename S::f64;
  std::size_t i = 0;
  for (; i + F::size <= n; i += F::size) log_lanes(F::load(in + i)).store(out + i);
  for (; i < n; ++i) out[i] = log_lanes(in[i]);
}
FOOTFALL_KERNEL(void, log_column, (const double* in, double* out, std::size_t n), (in, out, n))

}  // namespace

double exp(double x) {
  return exp_lanes(x);
}
double log(double x) {
  return log_lanes(x);
}
double pow(double x, double y) {
  return footfall_musl_pow(x, y);
}

void exp(std::span<const double> x, std::span<double> out) {
  assert(out.size() == x.size());
  exp_column(x.data(), out.data(), x.size());
}
void log(std::span<const double> x, std::span<double> out) {
  assert(out.size() == x.size());
  log_column(x.data(), out.data(), x.size());
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
    value = log(size) + 0.693147180559945309417232;  // log 2
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
