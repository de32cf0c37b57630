// exp, log and pow for kernels (core/simd.hpp). Each is written once over F, which is lanes or one
// plain value: both give the same bits. Only + - * / and integer operations are used, without FMA.
//
// Polynomials were fitted by tests/core/fit_polynomials.py; the errors measured are in
// docs/models/math.md.
//
//   exp_lanes(x), log_lanes(x)           F of double: math::exp and math::log are these
//   log2_lanes(x), exp2_lanes(x),
//   exp_lanes(x), pow_lanes(x, y)        F of float
#pragma once

#include <cstdint>

#include "core/simd.hpp"

namespace footfall::math {

namespace detail {

using simd::bits;
using simd::from_bits;
using simd::select;
using simd::shifted_down;
using simd::to_float;

// Adding 1.5 * 2^52 (2^23) rounds a number to the nearest whole one and leaves it in the low bits.
inline constexpr double whole_f64 = 6755399441055744.0;
inline constexpr float whole_f32 = 12582912.0f;

// 2^k for whole k from -1022 to 1023.
template <class F>
FOOTFALL_INLINE F power_of_two(const F& k) {
  return from_bits<F>(bits(k + (whole_f64 + 1023.0)) << 52);
}

// 2^r for |r| <= 1/2; relative error 2^-28 before rounding.
template <class F>
FOOTFALL_INLINE F exp2_small(const F& r) {
  const F r2 = r * r;
  const F low = 0.693147182f + r * 0.240226507f;
  const F middle = 0.0555035919f + r * 0.00961806532f;
  const F high = 0.00133911741f + r * 0.000154616777f;
  return 1.0f + r * (low + r2 * (middle + r2 * high));
}

// log2(1 + f) - f for -1/4 <= f < 1/2; absolute error 2^-27.
template <class F>
FOOTFALL_INLINE F log2_rest(const F& f) {
  const F f2 = f * f;
  const F a = 0.442695022f + f * -0.721349359f;
  const F b = 0.480902493f + f * -0.360532492f;
  const F c = 0.288155586f + f * -0.243319333f;
  const F d = (0.217128396f + f * -0.172127321f) + f2 * 0.0746831745f;
  const F f4 = f2 * f2;
  return f * ((a + f2 * b) + f4 * (c + f2 * d));
}

// x = 2^e (1 + f) with -1/4 <= f < 1/2, both exact, for positive normal x.
template <class F>
FOOTFALL_INLINE void split(const F& x, F& e, F& f) {
  const auto above = bits(x) - 0x3f400000;
  e = to_float(above >> 23);
  f = from_bits<F>(bits(x) - (above & ~0x7fffff)) - 1.0f;
}

// p 2^k, where `rounded` is k + whole_f32 and t the exponent to judge overflow by.
template <class F>
FOOTFALL_INLINE F scaled(const F& p, const F& rounded, const F& t) {
  const F value = from_bits<F>(bits(p) + (bits(rounded) << 23));
  const F high = select(t < 127.999f, value, F(__builtin_inff()));
  return select(t < -126.0f, F(0.0f), high);
}

// The upper 12 significant bits: products of two such numbers are exact.
template <class F>
FOOTFALL_INLINE F upper_bits(const F& x) {
  return from_bits<F>(bits(x) & ~0xfff);
}

}  // namespace detail

/// Base-2 logarithm. x positive and normal (0 counts as 2^-127).
template <class F>
FOOTFALL_INLINE F log2_lanes(const F& x) {
  F e, f;
  detail::split(x, e, f);
  return e + (f + detail::log2_rest(f));
}

/// 2^x. 0 below -126, infinity from 127.999.
template <class F>
FOOTFALL_INLINE F exp2_lanes(const F& x) {
  const F rounded = x + detail::whole_f32;
  const F r = x - (rounded - detail::whole_f32);
  return detail::scaled(detail::exp2_small(r), rounded, x);
}

/// x^y for x positive and normal (0 counts as 2^-127). Results below 2^-126 are 0, from 2^127.999
/// infinity. The error does not grow with the exponent of x, and stays within 2 ulp for |y| <= 3:
///
///   y log2(x) = y e + y f + y g,   x = 2^e (1 + f),   g = log2(1 + f) - f
///
/// y is split into 12 upper bits and the rest, and so is f. The products of upper bits are exact,
/// and the whole part k of the sum leaves them without rounding; what is rounded is small.
template <class F>
FOOTFALL_INLINE F pow_lanes(const F& x, const F& y) {
  F e, f;
  detail::split(x, e, f);
  const F g = detail::log2_rest(f);
  const F w = e + f;
  const F t = (w + g) * y;
  const F rounded = t + detail::whole_f32;
  const F k = rounded - detail::whole_f32;
  const F y_upper = detail::upper_bits(y);
  const F f_upper = detail::upper_bits(f);
  const F exact = (e * y_upper - k) + f_upper * y_upper;
  const F small = (w * (y - y_upper) + (f - f_upper) * y_upper) + g * y;
  return detail::scaled(detail::exp2_small(exact + small), rounded, t);
}

namespace detail {

// exp in float by 2^(x / log 2): the reduction keeps what the product would lose.
template <class F>
FOOTFALL_INLINE F exp_f32(const F& x) {
  constexpr float log2_e = 1.44269504f;
  constexpr float ln2_upper = 0.693359375f;  // 10 bits
  constexpr float ln2_lower = -2.12194440e-4f;
  const F t = x * log2_e;
  const F rounded = t + whole_f32;
  const F k = rounded - whole_f32;
  const F r = (x - k * ln2_upper) - k * ln2_lower;
  return scaled(exp2_small(r * log2_e), rounded, t);
}

// exp(x) = 2^k exp(r), |r| <= log(2) / 2; exp(r) = 1 + r + r^2 q(r). c is what rounding took from
// r.
template <class F>
FOOTFALL_INLINE F exp_f64(const F& x) {
  constexpr double log2_e = 1.44269504088896338700;
  constexpr double ln2_upper = 6.93147180369123816490e-01;  // 33 bits
  constexpr double ln2_lower = 1.90821492927058770002e-10;
  const F low = select(x < -750.0, F(-750.0), x);
  const F clamped = select(low > 710.0, F(710.0), low);
  const F k = (clamped * log2_e + whole_f64) - whole_f64;
  const F upper = clamped - k * ln2_upper;
  const F lower = k * ln2_lower;
  const F r = upper - lower;
  const F c = (upper - r) - lower;
  const F r2 = r * r;
  const F r4 = r2 * r2;
  const F q0 = 0.5000000000000013 + r * 0.16666666666666674;
  const F q1 = 0.04166666666651139 + r * 0.008333333333323284;
  const F q2 = 0.00138888889479325 + r * 0.00019841269882542775;
  const F q3 = 2.4801489095037327e-05 + r * 2.75572473754083e-06;
  const F q4 = 2.763155511073807e-07 + r * 2.510805081134055e-08;
  const F q = (q0 + r2 * q1) + r4 * ((q2 + r2 * q3) + r4 * q4);
  const F sum = 1.0 + r;
  const F rest = (1.0 - sum) + r;
  const F p = sum + (rest + (r2 * q + c));
  // In two steps, since 2^k may be out of range where the product is not.
  const F half = (k * 0.5 + whole_f64) - whole_f64;
  return p * power_of_two(half) * power_of_two(k - half);
}

// log(x) = k log(2) + log(1 + f), sqrt(1/2) <= 1 + f < sqrt(2); with s = f / (2 + f) and z = s^2,
// log(1 + f) = f - (f^2 / 2 - s (f^2 / 2 + z q(z))).
template <class F>
FOOTFALL_INLINE F log_f64(const F& x) {
  constexpr double ln2_upper = 6.93147180369123816490e-01;
  constexpr double ln2_lower = 1.90821492927058770002e-10;
  constexpr std::int64_t exponent_bits = 0x7ff0000000000000;
  constexpr std::int64_t one = 0x3ff0000000000000;
  constexpr std::int64_t root_half = 0x3fe6a09e667f3bcd;
  const auto subnormal = x < 0x1p-1022;
  const F normal = select(subnormal, x * 0x1p54, x);
  const auto above = bits(normal) + (one - root_half);
  const auto exponent = shifted_down(above & exponent_bits, 52);
  const F biased = from_bits<F>(exponent | std::int64_t{0x4330000000000000}) - 0x1p52;
  const F k = biased - select(subnormal, F(1023.0 + 54.0), F(1023.0));
  const F f = from_bits<F>(bits(normal) - ((above & exponent_bits) - one)) - 1.0;
  const F s = f / (2.0 + f);
  const F z = s * s;
  const F z2 = z * z;
  const F q_low = (0.6666666666666735 + z * 0.3999999999940986) +
                  z2 * (0.2857142874349598 + z * 0.22222198454845682);
  const F q_high = (0.18183570733992657 + z * 0.1531387984175313) + z2 * 0.14797725823703572;
  const F rest = z * (q_low + z2 * z2 * q_high);
  const F half_square = 0.5 * f * f;
  const F tail = half_square - (s * (half_square + rest) + k * ln2_lower);
  const F value = k * ln2_upper - (tail - f);
  const F finite = select(x < F(__builtin_inf()), value, x);
  const F positive = select(x == 0.0, F(-__builtin_inf()), finite);
  return select(x < 0.0, F(__builtin_nan("")), positive);
}

template <class F>
struct ValueOf {
  using type = typename F::Value;
};
template <>
struct ValueOf<float> {
  using type = float;
};
template <>
struct ValueOf<double> {
  using type = double;
};

}  // namespace detail

/// e^x. Double: 0 below -745.2, infinity above 709.8, NaN stays NaN. Float: 0 below 2^-126,
/// infinity from 2^127.999.
template <class F>
FOOTFALL_INLINE F exp_lanes(const F& x) {
  if constexpr (std::is_same_v<typename detail::ValueOf<F>::type, float>) {
    return detail::exp_f32(x);
  } else {
    return detail::exp_f64(x);
  }
}

/// Natural logarithm in double: -infinity at 0, NaN below.
template <class F>
FOOTFALL_INLINE F log_lanes(const F& x) {
  return detail::log_f64(x);
}

}  // namespace footfall::math
