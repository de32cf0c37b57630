#include "sim/estimate/attribution.hpp"

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "core/rng.hpp"

namespace footfall::estimate {
namespace {

/// People who spend an exponential sum; each addressed one `effect` more.
std::vector<Unit> people(std::uint32_t world, int n, double hold_out_share, double effect) {
  std::vector<Unit> units;
  for (int i = 0; i < n; ++i) {
    Draws draws(random_key(7, world, "test"), static_cast<std::uint64_t>(i), 0, 0);
    const bool held = draws.bernoulli(hold_out_share);
    units.push_back({held, 40 * draws.exponential() + (held ? 0 : effect)});
  }
  return units;
}

TEST_CASE("hold-out by hand") {
  std::vector<Unit> units;
  for (int i = 0; i < 40; ++i) units.push_back({false, i % 2 == 0 ? 10.0 : 14.0});
  for (int i = 0; i < 40; ++i) units.push_back({true, i % 2 == 0 ? 7.0 : 11.0});
  const Estimate e = hold_out(units, 0.95);
  CHECK(e.value == doctest::Approx(40 * 3.0));
  // Both variances of the mean are 160/39/40; Welch's degrees are 78; t = 1.99085.
  CHECK(e.high - e.value == doctest::Approx(40 * 1.99085 * std::sqrt(2 * 160.0 / 39 / 40)));
}

TEST_CASE("A/A: without an effect the interval misses 0 in one world of twenty") {
  int missed = 0;
  constexpr int worlds = 1000;
  for (std::uint32_t w = 0; w < worlds; ++w) {
    const Estimate e = hold_out(people(w, 600, 0.3, 0), 0.95);
    missed += e.low > 0 || e.high < 0;
  }
  CHECK(missed >= 36);  // 3.6 to 6.4 %
  CHECK(missed <= 64);
}

TEST_CASE("the interval covers a real effect") {
  int covered = 0;
  constexpr int worlds = 1000;
  for (std::uint32_t w = 0; w < worlds; ++w) {
    const auto units = people(w, 600, 0.3, 5);
    double truth = 0;
    for (const Unit& unit : units) truth += unit.held_out ? 0 : 5;
    const Estimate e = hold_out(units, 0.95);
    covered += e.low <= truth && truth <= e.high;
  }
  CHECK(covered >= 936);
  CHECK(covered <= 964);
}

TEST_CASE("small groups are refused, and so is what is made from them") {
  const Estimate e = hold_out(people(1, 60, 0.1, 5), 0.95);
  CHECK(e.refused == "groups_too_small");
  CHECK_FALSE(return_on_spending(e, 0.25, 100).has_value());
}

TEST_CASE("return on spending") {
  const Estimate lift{1000, 800, 1200, "hold_out", {}};
  const Estimate roi = return_on_spending(lift, 0.25, 100);
  CHECK(roi.value == doctest::Approx(1.5));
  CHECK(roi.low == doctest::Approx(1.0));
  CHECK(roi.high == doctest::Approx(2.0));
  CHECK(return_on_spending(lift, 0.25, 0).refused == "no_cost");
}

}  // namespace
}  // namespace footfall::estimate
