// One step of dragging a candidate over a million demand points: what it costs to get there, and
// enter() with the share of each point; the widest SIMD level of the machine. The limit is a frame
// of the window.
#include <benchmark/benchmark.h>

#include "bench/market.hpp"
#include "core/parallel.hpp"

namespace footfall::bench {
namespace {

void drag(benchmark::State& state, bool shares, bool by_road = false) {
  set_thread_count(static_cast<int>(state.range(0)));
  const catchment::Choice choice = by_road ? road_choice() : power_choice();
  const Case c = made(1'000'000, 20, choice.measure);
  const catchment::Field field = catchment::field(c.market, c.stores, choice);
  catchment::Market::Scratch scratch;
  std::vector<float> out(shares ? c.market.demand_count() : 0);
  std::int32_t step = 0;
  for (auto _ : state) {
    const LonLat place{95'200'000 + 1000 * (++step % 100), 471'400'000};
    const catchment::Costs costs = c.market.costs_to(place, scratch);
    benchmark::DoNotOptimize(catchment::enter(c.market, field, costs, 1500, out).sales);
  }
  set_thread_count(0);
}

BENCHMARK_CAPTURE(drag, with_shares, true)
    ->Name("drag/with_shares")
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(drag, sums_only, false)
    ->Name("drag/sums_only")
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(drag, by_road, true, true)
    ->Name("drag/by_road")
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace footfall::bench
