#include "sim/estimate/counter.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "core/rng.hpp"

namespace footfall::estimate {
namespace {

TEST_CASE("a sensor that counts in proportion is scaled exactly and without doubt") {
  const std::vector<Pair> pairs{{20, 10}, {40, 20}, {60, 30}};
  const Ratio ratio = calibrate(pairs);
  CHECK(ratio.factor == 2);
  CHECK(ratio.standard_error == 0);
  const Estimate e = scaled(ratio, 50, 0.95, "m");
  CHECK(e.value == 100);
  CHECK(e.low == 100);
  CHECK(e.high == 100);
}

TEST_CASE("ratio estimator by hand") {
  // k = 30 / 20; residuals 10 - 15, 20 - 15: s² = 50, se = √50 · √2 / 20 = ½.
  const std::vector<Pair> pairs{{10, 10}, {20, 10}};
  const Ratio ratio = calibrate(pairs);
  CHECK(ratio.factor == doctest::Approx(1.5));
  CHECK(ratio.standard_error == doctest::Approx(0.5));
  const Estimate e = scaled(ratio, 10, 0.95, "m");
  CHECK(e.value == doctest::Approx(15));
  CHECK(e.high - e.value == doctest::Approx(12.7062 * 0.5 * 10).epsilon(1e-4));  // t(0.975, 1)
  CHECK(e.low == 0);  // never below nothing
}

TEST_CASE("too little to calibrate by is refused") {
  CHECK(scaled(calibrate({}), 10, 0.95, "m").refused == "not_calibrated");
  const std::vector<Pair> one{{10, 5}};
  CHECK_FALSE(scaled(calibrate(one), 10, 0.95, "m").has_value());
  const std::vector<Pair> deaf{{10, 0}, {20, 0}};
  CHECK_FALSE(scaled(calibrate(deaf), 10, 0.95, "m").has_value());
}

TEST_CASE("the interval covers the truth as often as it says") {
  // 2,000 worlds: the sensor hears a binomial share of each hour's people; 10 hours are counted.
  int covered = 0;
  constexpr int worlds = 2000;
  for (std::uint32_t w = 0; w < worlds; ++w) {
    Draws draws(random_key(5, 0, "test"), w, 0, 0);
    std::vector<Pair> pairs;
    double sensor_total = 0, truth_total = 0;
    for (int hour = 0; hour < 400; ++hour) {
      const auto people = draws.poisson(60);
      const auto heard = draws.binomial(people, 0.4);
      truth_total += static_cast<double>(people);
      sensor_total += static_cast<double>(heard);
      if (hour < 10) pairs.push_back({static_cast<double>(people), static_cast<double>(heard)});
    }
    const Estimate e = scaled(calibrate(pairs), sensor_total, 0.95, "m");
    covered += e.low <= truth_total && truth_total <= e.high;
  }
  CHECK(covered > 0.93 * worlds);
  CHECK(covered < 0.97 * worlds);
}

}  // namespace
}  // namespace footfall::estimate
