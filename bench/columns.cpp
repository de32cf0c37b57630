// Writing the table of a batch, 1,000,000 rows of id, point, replication, two variables and five
// figures: csv_bytes() and, as a peer, the same cells by fmt one after the other into one buffer on
// one core; column_bytes() and, as the physical limit, a copy of the same memory.
#include <cstring>
#include <iterator>

#include <benchmark/benchmark.h>
#include <fmt/compile.h>
#include <fmt/format.h>

#include "cli/batch_columns.hpp"
#include "core/rng.hpp"

namespace footfall::bench {
namespace {

constexpr std::size_t rows = 1'000'000;
constexpr std::size_t whole_columns = 3, number_columns = 7;

const cli::UnitTable& table() {
  static const cli::UnitTable made = [] {
    cli::UnitTable out;
    for (std::size_t c = 0; c < whole_columns; ++c) {
      std::vector<std::int64_t> values(rows);
      for (std::size_t r = 0; r < rows; ++r) values[r] = static_cast<std::int64_t>(r >> (3 * c));
      out.push_back({"whole" + std::to_string(c), std::move(values)});
    }
    for (std::size_t c = 0; c < number_columns; ++c) {
      Draws draws(random_key(1, 0, "bench"), c, 0, 0);
      std::vector<double> values(rows);
      for (double& x : values) x = draws.uniform(0, 1e6);
      out.push_back({"number" + std::to_string(c), std::move(values)});
    }
    return out;
  }();
  return made;
}

void counters(benchmark::State& state, std::size_t bytes) {
  state.counters["rows/s"] =
      benchmark::Counter(static_cast<double>(rows), benchmark::Counter::kIsIterationInvariantRate);
  state.counters["bytes/s"] =
      benchmark::Counter(static_cast<double>(bytes), benchmark::Counter::kIsIterationInvariantRate);
}

constexpr std::size_t raw_bytes = rows * (whole_columns + number_columns) * 8;

void csv(benchmark::State& state) {
  std::size_t size = 0;
  for (auto _ : state) size = cli::csv_bytes(table()).size();
  counters(state, size);
}

void csv_fmt(benchmark::State& state) {
  std::size_t size = 0;
  for (auto _ : state) {
    fmt::memory_buffer out;
    for (std::size_t r = 0; r < rows; ++r) {
      for (const cli::UnitColumn& column : table()) {
        std::visit(
            [&](const auto& values) {
              if constexpr (!std::is_same_v<std::decay_t<decltype(values[0])>, std::string>) {
                fmt::format_to(std::back_inserter(out), FMT_COMPILE("{},"), values[r]);
              }
            },
            column.values);
      }
      out.push_back('\n');
    }
    size = out.size();
  }
  counters(state, size);
}

void columns(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(cli::column_bytes(table()).size());
  counters(state, raw_bytes);
}

void memory(benchmark::State& state) {
  for (auto _ : state) {
    std::string out(raw_bytes, '\0');
    std::size_t at = 0;
    for (const cli::UnitColumn& column : table()) {
      std::visit(
          [&](const auto& values) {
            std::memcpy(&out[at], static_cast<const void*>(values.data()), rows * 8);
          },
          column.values);
      at += rows * 8;
    }
    benchmark::DoNotOptimize(out.data());
  }
  counters(state, raw_bytes);
}

BENCHMARK(csv)->Name("columns/csv")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(csv_fmt)->Name("columns/csv_fmt")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(columns)->Name("columns/zstd")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(memory)->Name("columns/memory_copy")->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace footfall::bench
