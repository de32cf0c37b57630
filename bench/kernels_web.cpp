// The benchmarks of shares and drag in the browser's build, run under Node. Lines "name median
// unit".
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "bench/market.hpp"

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

}  // namespace

int main() {
  const catchment::Choice choice = bench::power_choice();
  double sink = 0;
  {
    const bench::Case c = bench::made(100'000, 1000);
    const double ms =
        median_ms(5, [&] { sink += catchment::field(c.market, c.stores, choice).outside; });
    std::printf("shares/wasm %.3f ms\n", ms);
  }
  const bench::Case c = bench::made(1'000'000, 20);
  const catchment::Field field = catchment::field(c.market, c.stores, choice);
  catchment::Market::Scratch scratch;
  std::vector<float> shares(c.market.demand_count());
  std::int32_t step = 0;
  const auto costs = [&] {
    return c.market.costs_to({95'200'000 + 1000 * (++step % 100), 471'400'000}, scratch);
  };
  std::printf("drag/with_shares/wasm %.3f ms\n", median_ms(50, [&] {
                sink += catchment::enter(c.market, field, costs(), 1500, shares).sales;
              }));
  std::printf("drag/sums_only/wasm %.3f ms\n", median_ms(50, [&] {
                sink += catchment::enter(c.market, field, costs(), 1500).sales;
              }));
  return sink > 0 ? 0 : 1;
}
