// Huff shares and sales of 1,000 stores from 100,000 demand points on one core: field() at every
// SIMD level that the machine has. The peer is the same computation in numpy,
// bench/peers/shares_numpy.py.
#include <benchmark/benchmark.h>

#include "bench/market.hpp"
#include "core/parallel.hpp"
#include "core/simd.hpp"

namespace footfall::bench {
namespace {

void shares(benchmark::State& state, SimdLevel level) {
  const SimdLevel widest = simd_level();
  if (!set_simd_level(level)) {
    state.SkipWithError("not on this machine");
    return;
  }
  set_thread_count(1);
  const Case c = made(100'000, 1000);
  for (auto _ : state) {
    benchmark::DoNotOptimize(catchment::field(c.market, c.stores, power_choice()).outside);
  }
  set_thread_count(0);
  set_simd_level(widest);
}

BENCHMARK_CAPTURE(shares, baseline, SimdLevel::baseline)
    ->Name("shares/baseline")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(shares, avx2, SimdLevel::avx2)
    ->Name("shares/avx2")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(shares, avx512, SimdLevel::avx512)
    ->Name("shares/avx512")
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace footfall::bench
