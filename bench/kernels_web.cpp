// The benchmarks of shares, drag and visits in the browser's build, run under Node. Lines "name
// median unit".
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "bench/crowd.hpp"
#include "sim/visits/counters.hpp"

namespace {

using namespace footfall;

template <class Run>
double median_ms(int repetitions, const Run& run) {
  std::vector<double> times;
  for (int i = 0; i <= repetitions; ++i) {
    const auto start = std::chrono::steady_clock::now();
    run();
    const std::chrono::duration<double, std::milli> spent =
        std::chrono::steady_clock::now() - start;
    if (i > 0) times.push_back(spent.count());
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

double shares() {
  double sink = 0;
  const bench::Case c = bench::made(100'000, 1000);
  const catchment::Choice choice = bench::power_choice();
  std::printf("shares/wasm %.3f ms\n",
              median_ms(5, [&] { sink += catchment::field(c.market, c.stores, choice).outside; }));
  return sink;
}

double drag(const char* name, const catchment::Choice& choice, bool with_shares) {
  double sink = 0;
  const bench::Case c = bench::made(1'000'000, 20, choice.measure);
  const catchment::Field field = catchment::field(c.market, c.stores, choice);
  catchment::Market::Scratch scratch;
  std::vector<float> out(with_shares ? c.market.demand_count() : 0);
  std::int32_t step = 0;
  std::printf("drag/%s/wasm %.3f ms\n", name, median_ms(50, [&] {
                const LonLat place{95'200'000 + 1000 * (++step % 100), 471'400'000};
                const catchment::Costs costs = c.market.costs_to(place, scratch);
                sink += catchment::enter(c.market, field, costs, 1500, out).sales;
              }));
  return sink;
}

/// A year of 100,000 shoppers with all counters.
void panel() {
  const Job job;
  const scenario::Scenario city = bench::straight_square(20'000, 300);
  const population::Shoppers people = bench::crowd(100'000, 20'000);
  std::printf("visits/panel_36m_shopper_days/wasm %.3f ms\n", median_ms(3, [&] {
                auto made = visits::Panel::build(city, people, {}, 1, {}, job);
                visits::Counters counters(city, people, *made);
                made->run(0, 365, {}, counters, job);
              }));
}

}  // namespace

int main() {
  double sink = shares();
  sink += drag("with_shares", bench::power_choice(), true);
  sink += drag("sums_only", bench::power_choice(), false);
  sink += drag("by_road", bench::road_choice(), true);
  panel();
  return sink > 0 ? 0 : 1;
}
