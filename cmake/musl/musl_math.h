// Rare mathematical functions from musl's libm, compiled by us under names of our own so that
// every build gives the same bits, whatever the C library of the machine. Only core/math uses it.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

double footfall_musl_sin(double x);
double footfall_musl_cos(double x);
double footfall_musl_tan(double x);
double footfall_musl_asin(double x);
double footfall_musl_acos(double x);
double footfall_musl_atan(double x);
double footfall_musl_atan2(double y, double x);
double footfall_musl_sinh(double x);
double footfall_musl_cosh(double x);
double footfall_musl_tanh(double x);
double footfall_musl_exp(double x);
double footfall_musl_expm1(double x);
double footfall_musl_log(double x);
double footfall_musl_log1p(double x);
double footfall_musl_pow(double x, double y);
double footfall_musl_cbrt(double x);
double footfall_musl_hypot(double x, double y);
double footfall_musl_fmod(double x, double y);
double footfall_musl_erf(double x);
double footfall_musl_erfc(double x);
double footfall_musl_tgamma(double x);
// Stores the sign of the gamma function in *sign. Unlike lgamma of C it writes no global.
double footfall_musl_lgamma_r(double x, int* sign);

static inline double footfall_musl_lgamma(double x) {
  int sign;
  return footfall_musl_lgamma_r(x, &sign);
}

#ifdef __cplusplus
}
#endif
