// Included before every source of musl: gives its functions the names of musl_math.h. The C
// library's own headers come first, so that their declarations keep their names.
#include <endian.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>

#include "musl_math.h"

#define hidden __attribute__((__visibility__("hidden")))
#define weak_alias(old, new) struct footfall_musl_no_alias

// Exact in hardware.
#undef sqrt
#undef fabs
#define sqrt(x) __builtin_sqrt(x)
#define fabs(x) __builtin_fabs(x)

double footfall_musl_floor(double x);
double footfall_musl_scalbn(double x, int n);
#define floor footfall_musl_floor
#define scalbn footfall_musl_scalbn

#define acos footfall_musl_acos
#define asin footfall_musl_asin
#define atan footfall_musl_atan
#define atan2 footfall_musl_atan2
#define cbrt footfall_musl_cbrt
#define cos footfall_musl_cos
#define cosh footfall_musl_cosh
#define erf footfall_musl_erf
#define erfc footfall_musl_erfc
#define exp footfall_musl_exp
#define expm1 footfall_musl_expm1
#define fmod footfall_musl_fmod
#define hypot footfall_musl_hypot
#define log footfall_musl_log
#define log1p footfall_musl_log1p
#define pow footfall_musl_pow
#define sin footfall_musl_sin
#define sinh footfall_musl_sinh
#define tan footfall_musl_tan
#define tanh footfall_musl_tanh
#define tgamma footfall_musl_tgamma

#define __cos footfall_musl_internal_cos
#define __cosl footfall_musl_internal_cosl
#define __exp_data footfall_musl_internal_exp_data
#define __expo2 footfall_musl_internal_expo2
#define __lgamma_r footfall_musl_lgamma_r
#define __log_data footfall_musl_internal_log_data
#define __math_divzero footfall_musl_internal_divzero
#define __math_invalid footfall_musl_internal_invalid
#define __math_oflow footfall_musl_internal_oflow
#define __math_uflow footfall_musl_internal_uflow
#define __math_xflow footfall_musl_internal_xflow
#define __pow_log_data footfall_musl_internal_pow_log_data
#define __rem_pio2 footfall_musl_internal_rem_pio2
#define __rem_pio2_large footfall_musl_internal_rem_pio2_large
#define __sin footfall_musl_internal_sin
#define __sinl footfall_musl_internal_sinl
#define __tan footfall_musl_internal_tan
#define __tanl footfall_musl_internal_tanl
