#include "sim/catchment/params.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "core/math.hpp"

using namespace footfall;
using namespace footfall::catchment;

TEST_CASE("defaults lie inside their own limits and survive JSON") {
  Params params;
  params.decay = Decay::exponential;
  params.decay_rate = {0.3, 0.1, 0.4};
  const Json json = to_json(fields(params));
  Params back;
  CHECK(from_json(json, fields(back), "f", "p").empty());
  CHECK(to_json(fields(back)) == json);
  CHECK(back.decay == Decay::exponential);
  CHECK(back.decay_rate == Ranged{0.3, 0.1, 0.4});
  for (const footfall::Field& field : fields(params)) {
    CAPTURE(field.name);
    CHECK_FALSE(field.help.empty());
    if (const auto* ranged = std::get_if<Ranged*>(&field.target)) {
      CHECK(field.min <= (*ranged)->low);
      CHECK((*ranged)->low <= (*ranged)->value);
      CHECK((*ranged)->value <= (*ranged)->high);
      CHECK((*ranged)->high <= field.max);
    }
  }
}

TEST_CASE("a scenario's block is read, and all that is wrong in it is told") {
  scenario::Scenario town;
  CHECK(read_params(town)->decay_exponent.value == 2.0);
  town.parameters["catchment"] = {{"decay_exponent", 1.7}, {"measure", "walk_time"}};
  const auto good = read_params(town);
  REQUIRE(good.has_value());
  CHECK(good->decay_exponent == Ranged{1.7, 1.7, 1.7});
  CHECK(good->measure == Measure::walk_time);
  town.parameters["catchment"] = {{"decay_exponent", 9}, {"decay", "linear"}, {"colour", 1}};
  const auto bad = read_params(town);
  REQUIRE_FALSE(bad.has_value());
  CHECK(bad.error().size() == 3);
  CHECK(describe(bad.error()).find("scenario.json: parameters/catchment/decay") !=
        std::string::npos);
}

TEST_CASE("the central choice has the best values and the measure's own access") {
  Params params;
  const Choice road = central(params);
  CHECK(road.access == 2.0);
  CHECK(road.decay_value == 2.0);
  CHECK(road.outside_utility == doctest::Approx(2.0 / 144).epsilon(1e-12));
  params.measure = Measure::straight_distance;
  params.decay = Decay::exponential;
  const Choice straight = central(params);
  CHECK(straight.access == 0.2);
  CHECK(straight.decay_value == 0.25);
  CHECK(straight.outside_utility == doctest::Approx(2 * math::exp(-3)).epsilon(1e-12));
  params.outside_area_m2 = {0, 0, 0};
  params.area_exponent = {0, 0, 0};
  CHECK(central(params).outside_utility == 0);
}

TEST_CASE("draws stay in their ranges, have the triangle's mean, and are keyed by the parameter") {
  Params params;
  double mean = 0;
  for (std::uint32_t d = 0; d < 4000; ++d) {
    const Choice choice = drawn(params, 3, d);
    CHECK(choice.decay_value >= 1.5);
    CHECK(choice.decay_value <= 2.5);
    CHECK(choice.spending_per_head >= 2800);
    CHECK(choice.spending_per_head <= 4200);
    mean += choice.spending_per_head / 4000;
  }
  // Standard error of the mean: 286 / sqrt(4000) = 4.5.
  CHECK(mean == doctest::Approx((2800 + 3500 + 4200) / 3.0).epsilon(0.006));

  const Choice base = drawn(params, 3, 17);
  Params certain = params;
  certain.decay_exponent = {1.9, 1.9, 1.9};
  const Choice other = drawn(certain, 3, 17);
  CHECK(other.decay_value == 1.9);
  CHECK(other.area_exponent == base.area_exponent);
  CHECK(other.access == base.access);
  CHECK(drawn(params, 3, 17).decay_value == base.decay_value);
  CHECK(drawn(params, 4, 17).decay_value != base.decay_value);
  CHECK(drawn(params, 3, 18).decay_value != base.decay_value);
}
