// The panel's day loop: shopper-days a second on one core, with a sink that counts everything,
// beside what the machine could do at best: Philox blocks, and alias draws from the cache.
// 1,000,000 shoppers in 20,000 zones, 300 stores, 28 days; and counts alone for 100,000,000.
#include <benchmark/benchmark.h>

#include "bench/crowd.hpp"
#include "core/parallel.hpp"
#include "sim/visits/counters.hpp"
#include "sim/visits/counts.hpp"
#include "sim/visits/panel.hpp"

namespace footfall::bench {
namespace {

constexpr std::size_t zones = 20'000, stores = 300, shoppers = 1'000'000;
constexpr Day days = 28;

/// Takes nothing: what the loop itself costs.
class Nothing : public visits::VisitSink {
 public:
  void take(std::size_t, Day, std::span<const visits::Visit> visits) override {
    benchmark::DoNotOptimize(visits.data());
  }
};

void panel(benchmark::State& state, bool counting) {
  const Job job;
  const scenario::Scenario scenario = straight_square(zones, stores);
  const population::Shoppers people = crowd(shoppers, zones);
  set_thread_count(1);
  std::uint64_t done = 0;
  for (auto _ : state) {
    state.PauseTiming();
    auto made = visits::Panel::build(scenario, people, {}, 1, {}, job);
    visits::Counters counters(scenario, people, *made);
    Nothing nothing;
    state.ResumeTiming();
    made->run(0, days, {}, counting ? static_cast<visits::VisitSink&>(counters) : nothing, job);
    done += shoppers * static_cast<std::uint64_t>(days);
  }
  set_thread_count(0);
  state.counters["shopper_days/s"] =
      benchmark::Counter(static_cast<double>(done), benchmark::Counter::kIsRate);
}

/// A year of a country: counts of 300 stores by day and hour. Peer: bench/peers/visits_numpy.py.
void counts(benchmark::State& state) {
  const Job job;
  const scenario::Scenario scenario = straight_square(zones, stores);
  std::vector<visits::Group> groups;
  for (std::uint32_t z = 0; z < zones; ++z) {
    for (const auto pace : {visits::Pace::resident, visits::Pace::worker}) {
      groups.push_back({z, pace, 2500, 0.2});
    }
  }
  set_thread_count(1);
  for (auto _ : state) {
    const auto counted = visits::count_visits(scenario, groups, {}, 1, {}, 0, 365, job);
    benchmark::DoNotOptimize(counted->by_hour.data());
  }
  set_thread_count(0);
}

/// A million raw Philox blocks.
void philox(benchmark::State& state) {
  const PhiloxKey key = random_key(1, 0, "bench");
  for (auto _ : state) {
    std::uint32_t sum = 0;
    for (std::uint32_t i = 0; i < 1'000'000; ++i) sum += philox4x32_10({i, 0, 0, 0}, key)[0];
    benchmark::DoNotOptimize(sum);
  }
}

/// A million Philox blocks and an alias draw from a table of 300 with each.
void alias(benchmark::State& state) {
  Draws draws(random_key(1, 0, "bench"), 1, 0, 0);
  std::vector<double> weights;
  for (std::size_t k = 0; k < stores; ++k) weights.push_back(draws.uniform());
  const AliasTable table(weights);
  const PhiloxKey key = random_key(1, 0, "bench");
  for (auto _ : state) {
    std::uint32_t sum = 0;
    for (std::uint32_t i = 0; i < 1'000'000; ++i) {
      Draws own(key, i, 0, 1);
      sum += table.sample(own);
    }
    benchmark::DoNotOptimize(sum);
  }
}

BENCHMARK_CAPTURE(panel, counted, true)
    ->Name("visits/panel_28m_shopper_days")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(panel, alone, false)
    ->Name("visits/panel_without_counters")
    ->Unit(benchmark::kMillisecond);
BENCHMARK(counts)->Name("visits/counts_100m_people_year")->Unit(benchmark::kMillisecond);
BENCHMARK(philox)->Name("visits/limit_philox_1m_blocks")->Unit(benchmark::kMillisecond);
BENCHMARK(alias)->Name("visits/limit_alias_1m_draws")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace footfall::bench
