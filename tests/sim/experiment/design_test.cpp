#include "sim/experiment/design.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <doctest/doctest.h>

#include "core/parallel.hpp"

using namespace footfall;
using namespace footfall::experiment;

TEST_CASE("sobol: the first points of Joe and Kuo") {
  // As their own program prints them for dimensions 1 to 3 (without the shift).
  const double known[8][3] = {{0, 0, 0},
                              {0.5, 0.5, 0.5},
                              {0.75, 0.25, 0.25},
                              {0.25, 0.75, 0.75},
                              {0.375, 0.375, 0.625},
                              {0.875, 0.875, 0.125},
                              {0.625, 0.125, 0.875},
                              {0.125, 0.625, 0.375}};
  for (std::uint32_t i = 0; i < 8; ++i) {
    std::array<std::uint32_t, 3> bits{};
    sobol_point(i, bits);
    for (std::size_t d = 0; d < 3; ++d) CHECK(bits[d] * 0x1p-32 == known[i][d]);
  }
}

TEST_CASE("sobol: a later point in all dimensions") {
  // Point 1000 of scipy 1.10's qmc.Sobol(32, scramble=False), the same set D(6), times 1024.
  const std::array<std::uint32_t, sobol_dimensions> known{
      225, 99,  531,  693, 287, 929, 47,  921, 513, 71,  87, 261,  165, 393, 147, 379,
      737, 353, 1015, 743, 535, 563, 973, 553, 597, 929, 41, 1003, 61,  349, 151, 149};
  std::array<std::uint32_t, sobol_dimensions> bits{};
  sobol_point(1000, bits);
  for (std::size_t d = 0; d < sobol_dimensions; ++d) CHECK((bits[d] >> 22) == known[d]);
}

TEST_CASE("sobol: every dimension fills every dyadic slice once, shifted or not") {
  const Points p = sobol(256, sobol_dimensions, 5);
  for (std::size_t d = 0; d < p.dimensions; ++d) {
    std::set<int> slices;
    for (std::size_t i = 0; i < p.count; ++i) slices.insert(static_cast<int>(p.row(i)[d] * 256));
    CHECK(slices.size() == 256);
  }
  CHECK(sobol(256, 3, 6).values != sobol(256, 3, 7).values);
}

TEST_CASE("latin hypercube: each slice of each variable once, and another seed another order") {
  for (const std::size_t n : {1u, 2u, 7u, 100u}) {
    const Points p = latin_hypercube(n, 5, 11);
    for (std::size_t d = 0; d < 5; ++d) {
      std::set<std::size_t> slices;
      for (std::size_t i = 0; i < n; ++i) {
        CHECK(p.row(i)[d] >= 0);
        CHECK(p.row(i)[d] < 1);
        slices.insert(static_cast<std::size_t>(p.row(i)[d] * static_cast<double>(n)));
      }
      CHECK(slices.size() == n);
    }
  }
  CHECK(latin_hypercube(100, 5, 11).values != latin_hypercube(100, 5, 12).values);
}

TEST_CASE("grid: all combinations, the last variable fastest") {
  const std::size_t levels[] = {2, 1, 3};
  const Points p = grid(levels);
  REQUIRE(p.count == 6);
  CHECK(p.values == std::vector<double>{0, 0.5, 0, 0, 0.5, 0.5, 0, 0.5, 1,  //
                                        1, 0.5, 0, 1, 0.5, 0.5, 1, 0.5, 1});
  CHECK(grid({}).count == 1);
}

TEST_CASE("morris: each step moves one variable by two thirds, each variable once a path") {
  const std::size_t k = 6;
  const Points p = morris(40, k, 3);
  REQUIRE(p.count == 40 * (k + 1));
  std::array<int, 4> met{};
  for (std::size_t t = 0; t < 40; ++t) {
    std::set<std::size_t> moved;
    for (std::size_t s = 0; s < k; ++s) {
      const auto from = p.row(t * (k + 1) + s), to = p.row(t * (k + 1) + s + 1);
      for (std::size_t d = 0; d < k; ++d) {
        ++met[static_cast<std::size_t>(from[d] * 3 + 0.5)];
        if (from[d] == to[d]) continue;
        CHECK(std::max(from[d], to[d]) - std::min(from[d], to[d]) == doctest::Approx(2.0 / 3));
        moved.insert(d);
      }
    }
    CHECK(moved.size() == k);
  }
  for (const int count : met) CHECK(count > 250);  // of 1440 / 4 = 360
}

TEST_CASE("saltelli: a, b, and a with one variable of b") {
  const std::size_t k = 3;
  const Points p = saltelli(16, k, 9);
  REQUIRE(p.count == 16 * (k + 2));
  for (std::size_t j = 0; j < 16; ++j) {
    const auto a = p.row(j * (k + 2)), b = p.row(j * (k + 2) + 1);
    for (std::size_t i = 0; i < k; ++i) {
      const auto mixed = p.row(j * (k + 2) + 2 + i);
      for (std::size_t d = 0; d < k; ++d) CHECK(mixed[d] == (d == i ? b[d] : a[d]));
    }
  }
}

TEST_CASE("sobol integrates far better than random points") {
  // The mean of prod (3 x²) is 1; 4096 random points in 5 dimensions would be off by about 0.06.
  const Points p = sobol(4096, 5, 1);
  std::vector<double> f(p.count, 1.0);
  for (std::size_t i = 0; i < p.count; ++i) {
    for (const double x : p.row(i)) f[i] *= 3 * x * x;
  }
  CHECK(tree_sum(f) / 4096 == doctest::Approx(1).epsilon(0.01));
}
