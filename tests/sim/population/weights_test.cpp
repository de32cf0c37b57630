// IPU, minimum relative entropy and integers of them, on the example of Ye, Konduri et al. (2009).
#include "sim/population/weights.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "core/math.hpp"
#include "sim/population/entropy.hpp"
#include "sim/population/integerise.hpp"
#include "sim/population/ipu.hpp"
#include "tests/sim/population/problems.hpp"

using namespace footfall;
using namespace footfall::population;
using namespace footfall::population::testing;

namespace {

void check_near(const std::vector<double>& found, const std::vector<double>& wanted,
                double tolerance) {
  REQUIRE(found.size() == wanted.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CAPTURE(i);
    CHECK(std::abs(found[i] - wanted[i]) < tolerance);
  }
}

}  // namespace

TEST_CASE("IPU gives the published weights") {
  const FitWeights fit = ipu(konduri());
  CHECK(fit.missed.empty());
  check_near(fit.weight, {1.3596, 25.6608, 7.9796, 27.7913, 18.4521, 8.6421, 1.4725, 8.6421}, 1e-4);
  check_near(fit.total, {35, 65, 91, 65, 104}, 1e-8);
}

TEST_CASE("minimum relative entropy gives its own weights with the same totals") {
  const FitWeights fit = entropy(konduri());
  CHECK(fit.missed.empty());
  CHECK(fit.steps < 15);
  check_near(fit.weight,
             {8.937470268035907, 23.448579295569857, 2.6139504363942367, 25.899222684494628,
              14.347801980064482, 11.009561895885325, 2.7338515436702413, 11.009561895885325},
             1e-7);
  check_near(fit.total, {35, 65, 91, 65, 104}, 1e-8);
}

TEST_CASE("entropy: repeated controls, zero targets, missing ones and identical rows") {
  const FitWeights plain = entropy(konduri());
  FitProblem repeated = problem_of({{1, 1, 1, 0, 0, 0, 0, 0},
                                    {0, 0, 0, 1, 1, 1, 1, 1},
                                    {1, 1, 2, 1, 0, 1, 2, 1},
                                    {1, 0, 1, 0, 2, 1, 1, 1},
                                    {1, 1, 0, 2, 1, 0, 2, 0},
                                    {1, 1, 1, 1, 1, 1, 1, 1},
                                    {1, 1, 1, 0, 0, 0, 0, 0}},
                                   {35, 65, 91, 65, 104, 100, missing_target});
  check_near(entropy(repeated).weight, plain.weight, 1e-6);
  // Nobody of the first kind of person: only rows without one are left.
  FitProblem none = problem_of({{1, 1, 1}, {1, 0, 0}}, {10, 0});
  check_near(entropy(none).weight, {0, 5, 5}, 1e-8);
  check_near(ipu(none).weight, {0, 5, 5}, 1e-8);
  // Two identical rows share what one row of their summed prior gets.
  FitProblem split = problem_of({{1, 1, 1}, {1, 1, 2}}, {10, 14});
  FitProblem joined = problem_of({{1, 1}, {1, 2}}, {10, 14});
  split.prior = {0.5, 1.5, 1};
  joined.prior = {2, 1};
  const FitWeights s = entropy(split), j = entropy(joined);
  CHECK(s.weight[0] + s.weight[1] == doctest::Approx(j.weight[0]));
  CHECK(s.weight[1] == doctest::Approx(3 * s.weight[0]));
}

TEST_CASE("caps hold, and the rest makes up for them") {
  FitProblem capped = konduri();
  capped.most.assign(8, 24);
  for (const double w : ipu(capped, {1000, 1e-11}).weight) CHECK(w <= 24);
  const FitWeights fit = entropy(capped);
  CHECK(fit.missed.empty());
  for (const double w : fit.weight) CHECK(w <= 24);
  // Rows 5 and 7 are alike.
  CHECK(fit.weight[5] == doctest::Approx(fit.weight[7]));
  capped.most.assign(8, 10);
  const FitWeights never = entropy(capped);
  CHECK_FALSE(never.missed.empty());
  for (const double w : never.weight) CHECK(w <= 10);
}

TEST_CASE("importances: a target of little importance gives way as the closed form says") {
  // One row, prior 1, target 2, importance k: w = exp(λ), w - 2 + 2 λ / k = 0.
  FitProblem one = problem_of({{1}}, {2});
  for (const double k : {0.01, 1.0, 100.0}) {
    one.importance = {k};
    const double w = entropy(one).weight[0];
    CHECK(w - 2 + 2 * math::log(w) / k == doctest::Approx(0).epsilon(1e-8));
  }
  // Two that contradict each other: the important one wins.
  FitProblem two = problem_of({{1, 1}, {1, 1}}, {10, 20});
  two.importance = {1000, 1};
  const FitWeights fit = entropy(two);
  CHECK(fit.missed.empty());
  CHECK(std::abs(fit.total[0] - 10) < 0.1);
}

TEST_CASE("targets that cannot hold are named, and the least-violating answer shares the miss") {
  FitProblem p = problem_of({{1, 1, 0}, {0, 0, 1}, {1, 1, 1}}, {10, 5, 30});
  for (const FitWeights& fit : {entropy(p), ipu(p)}) {
    CHECK_FALSE(fit.missed.empty());
    for (const double w : fit.weight) CHECK(std::isfinite(w));
  }
  const FitWeights least = least_violating(p);
  CHECK(least.missed.size() == 3);
  // Misses m1 = m2 = m and 15 - 2 m over scales 10, 5, 30: the least sum of squares over scales.
  const double m1 = least.total[0] - 10, m2 = least.total[1] - 5, m3 = 30 - least.total[2];
  CHECK(m1 / 10 == doctest::Approx(m3 / 30).epsilon(0.01));
  CHECK(m2 / 5 == doctest::Approx(m3 / 30).epsilon(0.01));
  CHECK(least_violating(konduri()).missed.size() <= 5);
  FitProblem nobody = problem_of({{1, 1}, {0, 0}}, {10, 3});
  CHECK(entropy(nobody).missed == std::vector<std::uint32_t>{1});
}

TEST_CASE("whole households: exact total, controls as near as swaps bring them") {
  const FitProblem p = konduri();
  for (const FitWeights& fit : {entropy(p), ipu(p)}) {
    for (std::uint32_t zone = 0; zone < 50; ++zone) {
      Draws draws(random_key(1, 0, "test"), zone, 0, 0);
      const auto n = integerised(p, fit.weight, 100, draws);
      double sum = 0, off = 0;
      const std::vector<double> totals = totals_of(p, std::vector<double>(n.begin(), n.end()));
      for (const std::uint32_t count : n) sum += count;
      for (std::size_t c = 0; c < 5; ++c) off += std::abs(totals[c] - p.target[c]);
      CHECK(sum == 100);
      CHECK(off <= 2);  // total absolute error over 360 counted units; 0 is the best there is
    }
  }
}

TEST_CASE("rare kinds are not lost over many small zones") {
  const std::size_t rows = 60;
  FitProblem p = problem_of({std::vector<double>(rows, 1)}, {3});
  const std::vector<double> weight(rows, 0.05);
  std::vector<double> seen(rows);
  for (std::uint32_t zone = 0; zone < 4000; ++zone) {
    Draws draws(random_key(2, 0, "test"), zone, 0, 0);
    const auto n = integerised(p, weight, 3, draws);
    for (std::size_t r = 0; r < rows; ++r) seen[r] += n[r];
  }
  for (const double n : seen) CHECK(std::abs(n - 200) < 75);  // five standard errors
  Draws draws(random_key(2, 0, "test"), 1, 0, 0);
  CHECK(integerised(p, weight, 0, draws) == std::vector<std::uint32_t>(rows, 0));
}

TEST_CASE("quasirandom integers: points of the sequence without replacement, done by hand") {
  // Four households among eight halves. The points 0, 1/2, 1/4, 3/4 of what is left: 0 of 8 halves,
  // 3.5 of 7, 1.5 of 6, 3.75 of 5.
  const std::vector<double> halves(8, 0.5);
  CHECK(quasirandom(halves, 4, 0) == std::vector<std::uint32_t>{1, 0, 1, 0, 1, 0, 1, 0});
  // The first bit turned over: 1/2, 0, 3/4, 1/4.
  CHECK(quasirandom(halves, 4, 0x80000000u) == std::vector<std::uint32_t>{1, 0, 1, 0, 1, 0, 1, 0});
  CHECK(quasirandom({2.5, 0, 1, 3.5}, 7, 0) == std::vector<std::uint32_t>{3, 0, 1, 3});
  CHECK(quasirandom({2.5, 0, 1, 3.5}, 7, 0x80000000u) == std::vector<std::uint32_t>{2, 0, 1, 4});
  CHECK(quasirandom({0.2, 0.3, 0.5}, 1, 0xffffffffu) == std::vector<std::uint32_t>{0, 0, 1});
  CHECK(quasirandom({0.2, 0.3, 0.5}, 1, 0) == std::vector<std::uint32_t>{1, 0, 0});
  CHECK(quasirandom({1, 2, 0}, 3, 77) == std::vector<std::uint32_t>{1, 2, 0});
  CHECK(quasirandom({0, 0}, 0, 5) == std::vector<std::uint32_t>{0, 0});
}

TEST_CASE("quasirandom integers: exact total, each row within one household, every row its share") {
  for (std::uint32_t seeded = 0; seeded < 200; ++seeded) {
    CAPTURE(seeded);
    Draws draws(random_key(5, 0, "test"), seeded, 0, 0);
    const std::size_t rows = 1 + draws.below(300);
    FitProblem p = problem_of({std::vector<double>(rows, 1)}, {1});
    std::vector<double> weight(rows);
    double total = 0;
    for (double& w : weight) {
      w = draws.bernoulli(0.2) ? 0 : draws.uniform(0, seeded % 3 == 0 ? 0.1 : 4);
      total += w;
    }
    if (!(total > 0)) continue;
    const std::uint32_t households = draws.below(500);
    Draws one(random_key(6, 0, "test"), seeded, 0, 0), two = one;
    const auto n = integerised(p, weight, households, one, Integers::quasirandom);
    CHECK(n == integerised(p, weight, households, two, Integers::quasirandom));
    std::uint32_t sum = 0;
    for (std::size_t r = 0; r < rows; ++r) {
      sum += n[r];
      CHECK(std::abs(n[r] - weight[r] / total * households) < 1);
    }
    CHECK(sum == households);
  }
  // Over many zones alike rows come equally often.
  const std::size_t rows = 60;
  FitProblem p = problem_of({std::vector<double>(rows, 1)}, {3});
  std::vector<double> seen(rows);
  for (std::uint32_t zone = 0; zone < 4000; ++zone) {
    Draws draws(random_key(7, 0, "test"), zone, 0, 0);
    const auto n = integerised(p, std::vector<double>(rows, 0.05), 3, draws, Integers::quasirandom);
    for (std::size_t r = 0; r < rows; ++r) seen[r] += n[r];
  }
  for (const double n : seen) CHECK(std::abs(n - 200) < 75);  // five standard errors
}

TEST_CASE("quasirandom integers: controls of alike rows are nearer than by chance") {
  // Rows in order of one attribute with ten values; its counts against independent draws.
  const std::size_t rows = 400, values = 10;
  double even = 0, chance = 0;
  for (std::uint32_t zone = 0; zone < 200; ++zone) {
    Draws draws(random_key(8, 0, "test"), zone, 0, 0);
    std::vector<double> weight(rows), target(values), by_chance(values), by_points(values);
    double total = 0;
    for (double& w : weight) total += w = draws.uniform(0, 1);
    const std::uint32_t households = 100;
    for (std::size_t r = 0; r < rows; ++r) {
      weight[r] *= households / total;
      target[r * values / rows] += weight[r];
    }
    const auto n = quasirandom(weight, households, draws.bits32());
    for (std::size_t r = 0; r < rows; ++r) by_points[r * values / rows] += n[r];
    for (std::uint32_t i = 0; i < households; ++i) {
      double point = draws.uniform() * households;
      std::size_t r = 0;
      while (r + 1 < rows && point >= weight[r]) point -= weight[r++];
      by_chance[r * values / rows] += 1;
    }
    for (std::size_t v = 0; v < values; ++v) {
      even += (by_points[v] - target[v]) * (by_points[v] - target[v]);
      chance += (by_chance[v] - target[v]) * (by_chance[v] - target[v]);
    }
  }
  CAPTURE(even / chance);
  CHECK(even < chance / 5);
}
