#include "core/parallel.hpp"

#include <atomic>
#include <cmath>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include "core/rng.hpp"

using namespace footfall;

namespace {

struct Threads {
  explicit Threads(int n) { set_thread_count(n); }
  ~Threads() { set_thread_count(0); }
};

std::vector<double> seeded(std::size_t n) {
  Draws draws(random_key(3, 0, "parallel_test"), n, 0, 0);
  std::vector<double> values(n);
  for (double& v : values) v = draws.uniform(-1, 1) * std::pow(10.0, draws.uniform(-6, 6));
  return values;
}

}  // namespace

TEST_CASE("every block runs once with its own range, on any number of threads") {
  for (const int threads : {1, 2, 4, 9}) {
    const Threads use(threads);
    for (const std::size_t count : {0u, 1u, 99u, 100u, 101u, 12'345u}) {
      std::vector<int> hits(count);
      std::vector<int> blocks((count + 99) / 100);
      CHECK(parallel_blocks(count, 100, [&](std::size_t begin, std::size_t end, std::size_t block) {
        ++blocks[block];
        if (begin != block * 100 || end <= begin) ++blocks[block];
        for (std::size_t i = begin; i < end; ++i) ++hits[i];
      }));
      REQUIRE(std::accumulate(hits.begin(), hits.end(), 0) == static_cast<int>(count));
      for (const int n : blocks) REQUIRE(n == 1);
    }
  }
}

TEST_CASE("sums are the same bits for any number of threads") {
  const std::vector<double> values = seeded(100'003);
  std::vector<double> answers;
  for (const int threads : {1, 2, 3, 8}) {
    const Threads use(threads);
    std::vector<double> sums(101);
    parallel_blocks(values.size(), 1000,
                    [&](std::size_t begin, std::size_t end, std::size_t block) {
                      sums[block] = tree_sum(std::span(values).subspan(begin, end - begin));
                    });
    answers.push_back(tree_sum(sums));
  }
  for (const double a : answers) CHECK(a == answers[0]);
}

TEST_CASE("a cancelled job skips what is left and says so") {
  for (const int threads : {1, 4}) {
    const Threads use(threads);
    Job job;
    std::atomic<int> ran{0};
    CHECK_FALSE(parallel_blocks(
        1000, 1,
        [&](std::size_t, std::size_t, std::size_t) {
          if (++ran == 10) job.cancel();
        },
        &job));
    CHECK(ran >= 10);
    CHECK(ran < 10 + 4 * threads);
    CHECK_FALSE(parallel_blocks(
        5, 1, [&](auto, auto, auto) { ++ran; }, &job));
  }
}

TEST_CASE("nested loops run, and so do the loops after them") {
  const Threads use(4);
  std::atomic<int> inner{0};
  parallel_blocks(20, 1, [&](std::size_t, std::size_t, std::size_t) {
    for (int twice = 0; twice < 2; ++twice) {
      parallel_blocks(10, 1, [&](std::size_t, std::size_t, std::size_t) { ++inner; });
    }
  });
  CHECK(inner == 400);
  for (int i = 0; i < 500; ++i) {
    parallel_blocks(8, 1, [&](std::size_t, std::size_t, std::size_t) { ++inner; });
  }
  CHECK(inner == 4400);
}

TEST_CASE("thread counts are cut to what makes sense") {
  const int automatic = thread_count();
  CHECK(automatic >= 1);
  set_thread_count(10'000);
  CHECK(thread_count() <= 256);
  set_thread_count(-5);
  CHECK(thread_count() == automatic);
  CHECK(parallel_blocks(3, 0, [](std::size_t begin, std::size_t end, std::size_t block) {
    CHECK(begin == block);
    CHECK(end == block + 1);
  }));
  set_thread_count(0);
}

TEST_CASE("tree sums: empty, exact and close to compensated summation") {
  CHECK(tree_sum({}) == 0.0);
  for (const std::size_t n : {1u, 7u, 8u, 255u, 256u, 257u, 1000u, 65'537u}) {
    std::vector<double> ones(n, 1.0);
    CHECK(tree_sum(ones) == static_cast<double>(n));
    const std::vector<double> values = seeded(n);
    double sum = 0, rest = 0, size = 0;
    for (const double v : values) {  // Neumaier 1974
      const double t = sum + v;
      rest += std::abs(sum) >= std::abs(v) ? (sum - t) + v : (v - t) + sum;
      sum = t;
      size += std::abs(v);
    }
    CHECK(std::abs(tree_sum(values) - (sum + rest)) <= 50 * 1.2e-16 * size);
  }
}
