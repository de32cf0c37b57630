#!/usr/bin/env bash
# The rooms under sim/ and below may not call the C library's mathematical functions, whose bits
# differ between machines: core/math has its own. Exact ones (sqrt, floor, fmod, ...) are allowed.
set -euo pipefail
cd "$(dirname "$0")/../../build/release"

names='sin|cos|tan|sincos|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|exp|exp2|exp10'
names+='|expm1|log|log2|log10|log1p|pow|cbrt|hypot|erf|erfc|lgamma|lgamma_r|tgamma|fma'
bad=0
for library in libfootfall_*.a; do
  # The window and the import of files are no part of what must be the same everywhere.
  case $library in *_ui.a | *_geo_gdal.a | *_imgui.a | *_fonts.a) continue ;; esac
  # Also the vector variants of libmvec, such as _ZGVbN2v_exp.
  found=$(nm -u "$library" 2>/dev/null |
    sed -nE "s/^ *U ((_ZGV[a-zA-Z0-9]*_)?($names)[fl]?)\$/\1/p" | sort -u | tr '\n' ' ')
  [ -z "$found" ] || { echo "$library calls: $found"; bad=1; }
done
[ $bad = 0 ]
