// A day of a large store: 2,000 planned visits and 10,000 passers-by, and what one sensor at the
// door hears of it. The limit for the day is 2 ms.
#include <benchmark/benchmark.h>

#include "sim/probe/probe.hpp"
#include "tests/sim/floor/small_store.hpp"

namespace footfall::bench {
namespace {

using namespace footfall::testing;

constexpr floor::StoreTraits store{shop, 1500, 2000};

void store_day(benchmark::State& state) {
  const population::Shoppers shoppers = some_shoppers(50'000);
  const floor::Street street = everyone(shoppers);
  const auto visits = some_visits(2000, 0, 1);
  const PhiloxKey key = random_key(1, 0, "floor");
  const floor::Params params;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        floor::store_day(params, store, 0, key, visits, shoppers, street).stays.size());
  }
  state.counters["limit_ms"] = 2;
}
BENCHMARK(store_day)->Name("store_day/day")->Unit(benchmark::kMillisecond);

void heard_day(benchmark::State& state) {
  const population::Shoppers shoppers = some_shoppers(50'000);
  const auto visits = some_visits(2000, 0, 1);
  const floor::StoreDay day = floor::store_day({}, store, 0, random_key(1, 0, "floor"), visits,
                                               shoppers, everyone(shoppers));
  const PhiloxKey key = random_key(1, 0, "probe");
  const probe::Params params;
  std::size_t frames = 0;
  for (auto _ : state) {
    const auto presences = probe::presences(params, day, 0, key, shoppers);
    frames =
        probe::hear(params, SensorId{1}, 0, key, presences, day, shoppers).capture.frames.size();
  }
  state.counters["frames"] = static_cast<double>(frames);
}
BENCHMARK(heard_day)->Name("store_day/heard")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace footfall::bench
