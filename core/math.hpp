// Mathematical functions with the same bits on every build: native with any SIMD width, wasm with
// and without SIMD. The platform's own libm is not used anywhere in core/, geo/ and sim/, since its
// results differ between platforms and even between processors.
//
// exp and log are our own kernels of + - * / and integer operations; for lanes, also in float, they
// stand in core/math_lanes.hpp. The rest is musl's libm, compiled by us on both sides. The greatest
// errors are tested by tests/core/math_test.cpp and stated in docs/models/math.md.
#pragma once

#include <cstdint>
#include <span>

namespace footfall::math {

/// <= 1 ulp. exp underflows to 0 below -745.2 and is +inf above 709.8; log(0) = -inf, log of a
/// negative number is NaN; pow is IEEE 754's (musl).
double exp(double x);
double log(double x);
double pow(double x, double y);

/// Element by element over columns, out.size() == x.size(); bit-equal to the single versions.
/// The widest SIMD of the machine is chosen at run time. in and out may be the same memory.
void exp(std::span<const double> x, std::span<double> out);
void log(std::span<const double> x, std::span<double> out);

/// musl's libm.
double sin(double x);
double cos(double x);
double tan(double x);
double asin(double x);
double acos(double x);
double atan(double x);
double atan2(double y, double x);
double sinh(double x);
double cosh(double x);
double tanh(double x);
double asinh(double x);
double atanh(double x);
double expm1(double x);
double log1p(double x);
double cbrt(double x);
double hypot(double x, double y);
double lgamma(double x);
double erf(double x);
double erfc(double x);

/// Exact on every platform (IEEE 754): may be used directly, named here for completeness.
double sqrt(double x);
double floor(double x);
double round_half_away(double x);

inline constexpr double pi = 3.14159265358979323846;
inline constexpr double degree = pi / 180.0;

}  // namespace footfall::math
