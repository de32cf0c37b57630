// Huff shares and sales on one core: field() at every SIMD level that the machine has. "shares" has
// 1,000 stores and 100,000 demand points, straight distance; "shares_road" 300 stores with their
// tables of travel times, which are made beforehand. The peers are the same computations in numpy,
// bench/peers/shares_numpy.py.
#include <benchmark/benchmark.h>

#include "bench/market.hpp"
#include "core/parallel.hpp"
#include "core/simd.hpp"

namespace footfall::bench {
namespace {

void run(benchmark::State& state, SimdLevel level, std::size_t stores,
         const catchment::Choice& choice) {
  const SimdLevel widest = simd_level();
  if (!set_simd_level(level)) {
    state.SkipWithError("not on this machine");
    return;
  }
  set_thread_count(1);
  const Case c = made(100'000, stores, choice.measure);
  for (auto _ : state) {
    benchmark::DoNotOptimize(catchment::field(c.market, c.stores, choice).outside);
  }
  set_thread_count(0);
  set_simd_level(widest);
}

void shares(benchmark::State& state, SimdLevel level) {
  run(state, level, 1000, power_choice());
}

void shares_road(benchmark::State& state, SimdLevel level) {
  run(state, level, 300, road_choice());
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
BENCHMARK_CAPTURE(shares_road, baseline, SimdLevel::baseline)
    ->Name("shares_road/baseline")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(shares_road, avx2, SimdLevel::avx2)
    ->Name("shares_road/avx2")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(shares_road, avx512, SimdLevel::avx512)
    ->Name("shares_road/avx512")
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace footfall::bench
