#!/usr/bin/env bash
# Runs all benchmarks and, in the same run, their peers, and writes bench/results/<name>.csv.
#
#   bench/run.sh [FILTER]     only benchmarks whose name matches; peers with theirs
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
# peer SCRIPT NAME…: a program that measures the same job, where a benchmark of these names runs.
peer() {
  local script=$1 name; shift
  for name in "$@"; do
    [[ $name =~ $filter ]] || continue
    /usr/bin/python3 "bench/peers/$script" | tee "$out/$script.txt"
    lines+=("$out/$script.txt")
    return
  done
}
if /usr/bin/python3 -c 'import numpy' 2>/dev/null; then
  peer shares_numpy.py shares shares_road
  peer visits_numpy.py visits/counts
  peer ipf_numpy.py ipf entropy
else
  echo "numpy is not here: no peers" >&2
fi
if [[ shares =~ $filter || drag =~ $filter || visits =~ $filter ]]; then
  if [ -f "$wasm" ]; then
    node --no-experimental-fetch "$wasm" | grep -E "$filter" | tee "$out/wasm"
    lines+=("$out/wasm")
  else
    echo "$wasm is not built: no figures for the browser" >&2
  fi
fi
/usr/bin/python3 bench/collect.py bench/results "$out/native.json" "${lines[@]}"
