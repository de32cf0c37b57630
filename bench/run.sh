#!/usr/bin/env bash
# Runs all benchmarks and, in the same run, their peers, and writes bench/results/<name>.csv.
#
#   bench/run.sh [FILTER]     only benchmarks whose name matches; peers of shares and visits run if theirs do
#
# Needs footfall-bench in build/release (./run bench builds it). The browser's kernels are measured
# where build/wasm-st/footfall-bench-wasm.js has been built, numpy where Debian's python3-numpy is.
set -euo pipefail
cd "$(dirname "$0")/.."
filter=${1:-.}
native=${FOOTFALL_BENCH:-build/release/footfall-bench}
wasm=${FOOTFALL_BENCH_WASM:-build/wasm-st/footfall-bench-wasm.js}
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT

"$native" --benchmark_filter="$filter" --benchmark_repetitions=5 \
  --benchmark_report_aggregates_only=true --benchmark_out="$out/native.json" \
  --benchmark_out_format=json

lines=()
if [[ shares =~ $filter ]]; then
  if /usr/bin/python3 -c 'import numpy' 2>/dev/null; then
    /usr/bin/python3 bench/peers/shares_numpy.py | tee "$out/numpy"
    lines+=("$out/numpy")
  else
    echo "numpy is not here: no peer for shares" >&2
  fi
  if [ -f "$wasm" ]; then
    node --no-experimental-fetch "$wasm" | tee "$out/wasm"
    lines+=("$out/wasm")
  else
    echo "$wasm is not built: no figures for the browser" >&2
  fi
fi
if [[ visits =~ $filter ]] && /usr/bin/python3 -c 'import numpy' 2>/dev/null; then
  /usr/bin/python3 bench/peers/visits_numpy.py | tee "$out/numpy_visits"
  lines+=("$out/numpy_visits")
fi
/usr/bin/python3 bench/collect.py bench/results "$out/native.json" "${lines[@]}"
