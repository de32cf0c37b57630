#!/usr/bin/env bash
# Runs footfall-determinism in every build and variant and compares its hashes with
# tests/golden/determinism.txt. ./run test builds what is needed first.
#
#   tests/determinism/run.sh            compare
#   tests/determinism/run.sh --update   take the hashes of the release build as the new golden;
#                                       fails once, so that nobody does it unaware
#
# The program prints lines "name hash", takes --threads N and --simd baseline|avx2|avx512, and
# ends with status 77 where the processor has no such SIMD level.
set -uo pipefail
cd "$(dirname "$0")/../.."
golden=tests/golden/determinism.txt
native=build/release/footfall-determinism
masked=-AVX2,-FMA,-FMA4,-AVX2_Usable,-FMA_Usable
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT

if [ "${1:-}" = --update ]; then
  mkdir -p tests/golden
  "$native" --threads 1 >"$out/new" || exit 1
  diff "$golden" "$out/new" || true
  mv "$out/new" "$golden"
  echo "determinism: $golden written; say in the commit why it changed"
  exit 1
fi

passed=0
failed=0
# row LABEL COMMAND...: runs a variant and compares all of its lines.
row() {
  local label=$1 verdict status; shift
  "$@" >"$out/lines" 2>"$out/errors"
  status=$?
  if [ $status = 77 ]; then
    verdict="not on this machine"
  elif [ $status != 0 ]; then
    verdict="FAILED with status $status: $(head -n 1 "$out/errors")"
  elif cmp -s "$golden" "$out/lines"; then
    verdict="equal ($(wc -l <"$golden") hashes)"; passed=$((passed + 1))
  else
    verdict="DIFFERS: $(diff "$golden" "$out/lines" | sed -n 's/^[<>] \([^ ]*\) .*/\1/p' |
      sort -u | tr '\n' ' ')"
  fi
  case $verdict in FAILED* | DIFFERS*) failed=$((failed + 1)) ;; esac
  printf '  %-34s %s\n' "$label" "$verdict"
}

[ -f "$golden" ] || { echo "determinism: $golden is missing; see --update"; exit 1; }
node=(node --no-experimental-fetch)
for threads in 1 2 4; do row "native, $threads threads" "$native" --threads "$threads"; done
for level in baseline avx2 avx512; do row "native, SIMD $level" "$native" --simd "$level"; done
row "native, FMA masked in libc" env "GLIBC_TUNABLES=glibc.cpu.hwcaps=$masked" "$native"
row "native, everything at -O2" build/release-o2/footfall-determinism
row "wasm with SIMD" "${node[@]}" build/wasm-st/footfall-determinism.js
row "wasm without SIMD" "${node[@]}" build/wasm-scalar/footfall-determinism.js
for threads in 1 4; do
  row "wasm with threads, $threads" "${node[@]}" build/wasm-mt/footfall-determinism.js \
    --threads "$threads"
done
echo "determinism: $passed passed, $failed failed"
[ "$failed" = 0 ]
