#include "sim/population/ipf.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "core/rng.hpp"
#include "sim/population/weights.hpp"

using namespace footfall;
using namespace footfall::population;

namespace {

struct Known {
  const char* source;
  IpfTable seed;
  std::vector<IpfMargin> margins;
  std::vector<double> cells;
};

/// Published fixed points, computed again in double until nothing moved.
const std::vector<Known> known{
    {"ipfn tests test_numpy_2D",
     {{3, 4}, {8.0, 4.0, 6.0, 7.0, 3.0, 6.0, 5.0, 2.0, 9.0, 11.0, 3.0, 1.0}},
     {{"", {0}, {20.0, 18.0, 22.0}}, {"", {1}, {18.0, 16.0, 12.0, 14.0}}},
     {5.579361394022251, 2.162466941636891, 3.8918737151853158, 8.366297949155566,
      3.4331996764556223, 5.322602556147769, 5.3218275299375914, 3.922370237459019,
      8.987438929522126, 8.514930502215341, 2.7862987548770923, 1.7113318133854156}},
    {"ipfn tests test_numpy_3D",
     {{2, 4, 3}, {1.0, 2.0, 1.0, 3.0, 5.0, 5.0, 6.0, 2.0, 2.0, 1.0, 7.0, 2.0,
                  5.0, 4.0, 2.0, 5.0, 5.0, 5.0, 3.0, 8.0, 7.0, 2.0, 7.0, 6.0}},
     {{"", {0}, {52.0, 48.0}},
      {"", {1}, {20.0, 30.0, 35.0, 15.0}},
      {"", {2}, {35.0, 40.0, 25.0}},
      {"", {0, 1}, {9.0, 17.0, 19.0, 7.0, 11.0, 13.0, 16.0, 8.0}},
      {"", {1, 2}, {7.0, 9.0, 4.0, 8.0, 12.0, 10.0, 15.0, 12.0, 8.0, 5.0, 7.0, 3.0}}},
     {2.155122053831951, 4.7387616550394185, 2.10611629112863,   3.7923600977759375,
      7.204167219394943, 6.003472682829119,  12.0314159795811,   4.035121187466729,
      2.933462832952135, 2.0260148226508727, 4.037026427224442,  0.9369587501246858,
      4.844877946168049, 4.2612383449605815, 1.8938837088713698, 4.207639902224063,
      4.795832780605057, 3.996527317170881,  2.9685840204189,    7.964878812533271,
      5.066537167047865, 2.9739851773491273, 2.962973572775559,  2.0630412498753143}},
    {"humanleague test_IPF",
     {{2, 2}, {1.0, 1.0, 1.0, 1.0}},
     {{"", {0}, {52.0, 48.0}}, {"", {1}, {87.0, 13.0}}},
     {45.24, 6.76, 41.76, 6.24}},
    {"humanleague test_IPF",
     {{2, 2}, {0.7, 1.0, 1.0, 1.0}},
     {{"", {0}, {52.0, 48.0}}, {"", {1}, {87.0, 13.0}}},
     {44.24535938172538, 7.754640618274618, 42.75464061827462, 5.245359381725382}},
    {"humanleague test_IPF",
     {{2, 2}, {1.0, 0.7, 1.0, 1.0}},
     {{"", {0}, {52.0, 48.0}}, {"", {1}, {87.0, 13.0}}},
     {46.24516089368773, 5.75483910631227, 40.75483910631227, 7.24516089368773}},
};

}  // namespace

TEST_CASE("known fixed points are found to 1e-8") {
  for (const Known& k : known) {
    CAPTURE(k.source);
    const auto fit = ipf(k.seed, k.margins);
    REQUIRE(fit.has_value());
    for (std::size_t i = 0; i < k.cells.size(); ++i)
      CHECK(std::abs(fit->cells[i] - k.cells[i]) < 1e-8);
  }
}

TEST_CASE("random tables keep their odds ratios and their zeros and take their margins") {
  Draws draws(random_key(4, 0, "test"), 1, 0, 0);
  for (int round = 0; round < 20; ++round) {
    const std::size_t a = 2 + draws.below(5), b = 2 + draws.below(4), c = 2 + draws.below(21);
    IpfTable seed{{a, b, c}, {}};
    std::vector<double> truth;
    for (std::size_t i = 0; i < a * b * c; ++i) {
      seed.cells.push_back(draws.uniform() < 0.1 ? 0 : draws.uniform(0.1, 5));
      truth.push_back(seed.cells.back() * draws.uniform(0.5, 2));
    }
    IpfMargin ab{"ab", {0, 1}, std::vector<double>(a * b)}, last{"c", {2}, std::vector<double>(c)};
    for (std::size_t i = 0; i < truth.size(); ++i) {
      ab.targets[i / c] += truth[i];
      last.targets[i % c] += truth[i];
    }
    last.targets[0] = missing_target;
    const auto fit = ipf(seed, {ab, last});
    REQUIRE(fit.has_value());
    std::vector<double> sums(a * b), lasts(c);
    for (std::size_t i = 0; i < truth.size(); ++i) {
      CHECK((fit->cells[i] == 0) == (seed.cells[i] == 0));
      sums[i / c] += fit->cells[i];
      lasts[i % c] += fit->cells[i];
    }
    for (std::size_t i = 0; i < a * b; ++i) CHECK(sums[i] == doctest::Approx(ab.targets[i]));
    for (std::size_t i = 1; i < c; ++i) CHECK(lasts[i] == doctest::Approx(last.targets[i]));
    const auto x = [&](std::size_t i, std::size_t k) { return fit->cells[i * c + k]; };
    const auto s = [&](std::size_t i, std::size_t k) { return seed.cells[i * c + k]; };
    if (s(0, 0) * s(1, 1) * s(0, 1) * s(1, 0) > 0)
      CHECK(x(0, 0) * x(1, 1) / (x(0, 1) * x(1, 0)) ==
            doctest::Approx(s(0, 0) * s(1, 1) / (s(0, 1) * s(1, 0))));
  }
}

TEST_CASE("what has no answer is named") {
  const auto text = [](const IpfTable& seed, const std::vector<IpfMargin>& margins) {
    const auto fit = ipf(seed, margins, {200, 1e-11});
    return fit ? std::string("fitted") : describe(fit.error());
  };
  const IpfTable zero_row{{2, 2}, {0, 0, 1, 1}};
  CHECK(text(zero_row, {{"row", {0}, {5, 5}}, {"column", {1}, {5, 5}}}) ==
        "margin row, cell 0: \"5\" is infeasible, since the seed has only zeros there (0)\n");
  CHECK(text(zero_row, {{"row", {0}, {0, 10}}, {"column", {1}, {5, 5}}}) == "fitted");
  const IpfTable ones{{2, 2}, {1, 1, 1, 1}};
  CHECK(text(ones, {{"row", {0}, {5, 5}}, {"column", {1}, {5, 6}}}) ==
        "margin column: \"11\" does not add up with margin row (10)\n");
  // Diagonal zeros: the rows fix the table, the columns want another.
  const IpfTable diagonal{{2, 2}, {1, 0, 0, 1}};
  const std::string infeasible = text(diagonal, {{"row", {0}, {4, 6}}, {"column", {1}, {6, 4}}});
  CHECK(infeasible.find("margin row, cell 0") != std::string::npos);
  CHECK(infeasible.find("infeasible with the other margins") != std::string::npos);
  // The rows empty a cell that must have something; the seed has no zeros.
  const double any = missing_target;
  CHECK(text(ones, {{"row", {0}, {0, 10}}, {"cell", {0, 1}, {5, any, any, any}}})
            .find("margin cell, cell 0 0: \"5\" is infeasible with the other margins") !=
        std::string::npos);
  CHECK(text(ones, {{"cell", {0, 1}, {5, any, any, any}}, {"row", {0}, {0, 10}}}) != "fitted");
  CHECK(text({{2, 2}, {1, 1, 1}}, {}).find("seed") != std::string::npos);
  CHECK(text({{2, 2}, {1, 1, -1, 1}}, {}).find("negative") != std::string::npos);
  CHECK(text(ones, {{"row", {0}, {5, -5}}, {"column", {1, 0}, {5, 6}}, {"", {1}, {1}}}) ==
        "margin row: \"-5\" is no target (0 or more)\n"
        "margin column: has wrong axes (axes of the seed in rising order)\n"
        "margin 2: \"1\" is the wrong number of targets (2)\n");
  Job job;
  job.cancel();
  CHECK_FALSE(ipf(ones, {{"row", {0}, {5, 5}}}, {}, &job).has_value());
}
