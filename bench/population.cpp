// People: IPF of a table of 8 million cells, 800 zones fitted by minimum relative entropy, whole
// households from them, and a million shoppers from priors, each on one core. The peers of the
// first two are the same computations in numpy, bench/peers/ipf_numpy.py.
#include <benchmark/benchmark.h>

#include "bench/market.hpp"
#include "core/parallel.hpp"
#include "sim/population/entropy.hpp"
#include "sim/population/integerise.hpp"
#include "sim/population/ipf.hpp"
#include "sim/population/synthesis.hpp"

namespace footfall::bench {
namespace {

using namespace footfall::population;

constexpr std::size_t side = 200;
constexpr std::size_t zones = 800, controls = 13, kinds = 61;

/// A table of random cells and the three margins of another one.
void ipf_cube(benchmark::State& state) {
  Draws draws(random_key(1, 0, "bench"), 1, 0, 0);
  IpfTable seed{{side, side, side}, std::vector<double>(side * side * side)};
  std::vector<IpfMargin> margins;
  for (std::size_t a = 0; a < 3; ++a) margins.push_back({"", {a}, std::vector<double>(side)});
  for (std::size_t i = 0; i < seed.cells.size(); ++i) {
    seed.cells[i] = draws.uniform(0.1, 1);
    const double truth = seed.cells[i] * draws.uniform(0.5, 2);
    margins[0].targets[i / (side * side)] += truth;
    margins[1].targets[i / side % side] += truth;
    margins[2].targets[i % side] += truth;
  }
  int cycles = 0;
  for (auto _ : state) {
    state.PauseTiming();
    IpfTable table = seed;
    state.ResumeTiming();
    const auto fit = ipf(std::move(table), margins);
    cycles = fit ? fit->cycles : 0;
  }
  const auto cells = static_cast<double>(seed.cells.size());
  state.counters["cell_updates"] =
      benchmark::Counter(3 * cells * cycles, benchmark::Counter::kIsIterationInvariantRate);
}

/// A household problem of a zone whose targets some weights meet: kinds count in five controls.
FitProblem zone_problem(std::uint32_t zone) {
  Draws draws(random_key(2, 0, "bench"), zone, 0, 0);
  FitProblem p;
  p.first.push_back(0);
  p.target.assign(controls, 0);
  p.importance.assign(controls, 0);
  for (std::size_t k = 0; k < kinds; ++k) {
    const double truth = draws.uniform(1, 20);
    for (std::size_t c = k % 2; c < controls; c += 2 + k % 3) {
      p.control.push_back(static_cast<std::uint32_t>(c));
      p.count.push_back(1 + draws.below(3));
      p.target[c] += truth * p.count.back();
    }
    p.first.push_back(static_cast<std::uint32_t>(p.control.size()));
    p.prior.push_back(draws.uniform(1, 20));
  }
  return p;
}

std::vector<FitProblem> zone_problems() {
  std::vector<FitProblem> out;
  for (std::uint32_t z = 0; z < zones; ++z) out.push_back(zone_problem(z));
  return out;
}

void entropy_zones(benchmark::State& state) {
  const std::vector<FitProblem> problems = zone_problems();
  for (auto _ : state)
    for (const FitProblem& p : problems) {
      if (!entropy(p).missed.empty()) state.SkipWithError("targets were missed");
    }
}

void integers_zones(benchmark::State& state, Integers method) {
  const std::vector<FitProblem> problems = zone_problems();
  std::vector<std::vector<double>> weights;
  for (const FitProblem& p : problems) weights.push_back(entropy(p).weight);
  for (auto _ : state)
    for (std::uint32_t z = 0; z < zones; ++z) {
      Draws draws(random_key(3, 0, "bench"), z, 0, 0);
      benchmark::DoNotOptimize(integerised(problems[z], weights[z], 640, draws, method));
    }
}

void synthesis(benchmark::State& state) {
  scenario::Scenario city = square(100'000, 1);
  for (scenario::DemandPoint& point : city.demand) point.residents = 10;
  set_thread_count(1);
  for (auto _ : state) benchmark::DoNotOptimize(synthesise(city, {}, 1, Job())->shoppers.size());
  set_thread_count(0);
  state.counters["persons"] =
      benchmark::Counter(1e6, benchmark::Counter::kIsIterationInvariantRate);
}

BENCHMARK(ipf_cube)->Name("ipf/cube")->Unit(benchmark::kMillisecond);
BENCHMARK(entropy_zones)->Name("entropy/zones")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(integers_zones, rounding, Integers::rounding)
    ->Name("integers/rounding")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(integers_zones, quasirandom, Integers::quasirandom)
    ->Name("integers/quasirandom")
    ->Unit(benchmark::kMillisecond);
BENCHMARK(synthesis)->Name("synthesis/million")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace footfall::bench
