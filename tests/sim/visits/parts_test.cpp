#include <doctest/doctest.h>

#include "core/math.hpp"
#include "core/simd.hpp"
#include "sim/visits/choice.hpp"
#include "sim/visits/intervals.hpp"
#include "sim/visits/many_draws.hpp"
#include "sim/visits/purposes.hpp"
#include "sim/visits/schedule.hpp"
#include "sim/visits/store_index.hpp"
#include "tests/sim/visits/people.hpp"

using namespace footfall;
using namespace footfall::visits;
using namespace footfall::visits::testing;

TEST_CASE("MeanOne: mean exactly 1, the law's variance, below() inverts at()") {
  for (const int shape : {1, 2, 5, 17}) {
    const MeanOne law = MeanOne::erlang(shape);
    double sum = 0, squares = 0;
    constexpr std::uint32_t n = 1 << 16;
    for (std::uint32_t i = 0; i < n; ++i) {
      const auto value = static_cast<double>(law.at(i << 16 | 0x8000));
      sum += value;
      squares += value * value;
      if (i % 997 == 0) {
        CHECK(law.below(value) == doctest::Approx((i + 0.5) / n).epsilon(1e-4));
        CHECK(law.quantile((i + 0.5) / n) == doctest::Approx(value).epsilon(1e-4));
      }
    }
    CAPTURE(shape);
    CHECK(sum / n == doctest::Approx(1).epsilon(1e-6));
    CHECK(squares / n - 1 == doctest::Approx(1.0 / shape).epsilon(0.01));
  }
  // 1 - exp(-2) and 1 - 3 exp(-2).
  CHECK(MeanOne::erlang(1).below(2) == doctest::Approx(0.864665).epsilon(1e-3));
  CHECK(MeanOne::erlang(2).below(1) == doctest::Approx(0.593994).epsilon(1e-3));
  const MeanOne certain = MeanOne::lognormal(0);
  CHECK(certain.at(0) == doctest::Approx(1));
  CHECK(certain.at(0xffffffff) == doctest::Approx(1));
  const MeanOne baskets = MeanOne::lognormal(1);
  CHECK(static_cast<double>(baskets.at(0x80000000)) ==
        doctest::Approx(1 / math::sqrt(2)).epsilon(1e-3));
  CHECK(baskets.below(-1) == 0);
  CHECK(baskets.below(1e9) == 1);
}

TEST_CASE("an hour is drawn by its weight, a second inside the open part") {
  std::array<double, 24> weights{};
  weights[9] = 1;
  weights[17] = 3;
  const HourProfile profile(weights);
  CHECK(profile.share(17) == 0.75);
  double late = 0;
  for (std::uint32_t i = 0; i < 4096; ++i) {
    const std::uint32_t second = profile.second(i << 20 | 0x80000, i * 16);
    CHECK((second / 3600 == 9 || second / 3600 == 17));
    late += second / 3600 == 17 ? 1 : 0;
  }
  CHECK(late / 4096 == doctest::Approx(0.75).epsilon(0.005));
}

TEST_CASE("trip time: the first year holds 365 days whatever the weights") {
  Params params;
  params.holidays = "2026-12-25";
  params.bad_weather_share = 0.3;
  params.bad_weather_effect = -0.5;
  const auto schedule = Schedule::make(params, {2026, 1, 1}, random_key(1, 0, "visits"));
  REQUIRE(schedule.has_value());
  CHECK(schedule->begin(0) == 0);
  CHECK(schedule->begin(365) == doctest::Approx(365.0 * day_of_trips).epsilon(1e-6));
  CHECK(schedule->kind(358) == DayKind::holiday);
  CHECK(schedule->begin(358) == schedule->end(358));
  CHECK(schedule->kind(3) == DayKind::sunday);
  const auto length = [&](Day day) {
    return static_cast<double>(schedule->end(day) - schedule->begin(day));
  };
  // Saturdays in bad weather have half the trips of those in good weather.
  std::vector<double> saturdays;
  for (Day day = 2; day < 300; day += 7) saturdays.push_back(length(day));
  std::sort(saturdays.begin(), saturdays.end());
  CHECK(saturdays.front() == doctest::Approx(saturdays.back() / 2).epsilon(1e-4));
  CHECK(saturdays[saturdays.size() / 2] == doctest::Approx(saturdays.back()).epsilon(1e-4));
}

TEST_CASE("shares are those of the catchment's field") {
  const auto town = town_of(50, 9, 2);
  const Job job;
  const std::vector<StoreId> opened{town.stores[10].id};
  const auto choice = choices(town, opened, job);
  REQUIRE(choice.has_value());
  const auto params = catchment::read_params(town);
  const auto market = catchment::Market::build(town, params->measure, job);
  const auto supplies = catchment::supplies(*market, town, job);
  const auto field = catchment::field(*market, *supplies, catchment::central(*params));
  const std::vector<std::uint8_t> closed{0}, open{1};
  std::vector<float> newcomer(50);
  catchment::Market::Scratch scratch;
  catchment::enter(*market, field, market->costs_to(town.stores[10].place, scratch),
                   town.stores[10].floor_area_m2, newcomer);
  std::vector<double> sales(supplies->size());
  for (std::size_t z = 0; z < 50; ++z) {
    double sum = 0;
    for (Place at = 0; at < choice->places(); ++at) sum += choice->share(z, at, closed);
    CHECK(sum == doctest::Approx(1).epsilon(1e-9));
    CHECK(choice->share(z, choice->find(opened[0]), open) ==
          doctest::Approx(static_cast<double>(newcomer[z])).epsilon(1e-5));
    for (std::size_t k = 0; k < sales.size(); ++k) {
      sales[k] +=
          static_cast<double>(field.weight[z]) * choice->share(z, static_cast<Place>(k), closed);
    }
    // drawn() is the inverse of the cumulative shares.
    const std::uint32_t edge = choice->up_to[z * choice->stores.size() + 3];
    CHECK(choice->drawn(z, edge - 1) <= 3);
    CHECK(choice->drawn(z, edge) > 3);
    CHECK(choice->drawn(z, 0xffffffff) == choice->outside());
  }
  for (std::size_t k = 0; k < sales.size(); ++k) {
    CHECK(sales[k] == doctest::Approx(field.sales[k]).epsilon(1e-6));
  }
  CHECK(choice->find({12345}) == choice->places());
}

TEST_CASE("many draws at once are the single ones, at every SIMD level") {
  const PhiloxKey key = random_key(7, 0, "visits");
  std::array<std::uint32_t, many> ids{};
  for (std::size_t i = 0; i < many; ++i) ids[i] = static_cast<std::uint32_t>(i * i * 77'777 + 1);
  const SimdLevel widest = simd_level();
  for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
    if (!set_simd_level(level)) continue;
    ManyDraws out;
    draw_many(key, ids.data(), 123, purpose::how, &out);
    for (std::size_t i = 0; i < many; ++i) {
      CHECK(out.of(i) == draw(key, ids[i], 0, 123, purpose::how));
    }
  }
  set_simd_level(widest);
}

TEST_CASE("stores are found by any id") {
  std::vector<StoreId> ids;
  for (std::uint32_t i = 1; i < 2000; ++i) ids.push_back({i * 2654435761u | 1u});
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  const StoreIndex index(ids);
  for (std::size_t i = 0; i < ids.size(); ++i) CHECK(index.find(ids[i]) == i);
  CHECK(index.find({2}) == ids.size());
  CHECK(StoreIndex().find({1}) == 0);
}

TEST_CASE("names and minor units") {
  CHECK(minor_units("CHF") == 100);
  CHECK(minor_units("JPY") == 1);
  CHECK(minor_units("KWD") == 1000);
  CHECK(name_of(Channel::outside) == "outside");
  CHECK(name_of(Mission::list) == "list");
  CHECK(name_of(Outcome::bought) == "bought");
  CHECK(name_of(DayKind::holiday) == "holiday");
}

TEST_CASE("parameters: defaults lie in their limits and survive JSON") {
  Params params;
  params.loyalty = 0.31;
  params.holidays = "2026-08-01";
  const Json json = to_json(fields(params));
  Params back;
  CHECK(from_json(json, fields(back), "f", "p").empty());
  CHECK(to_json(fields(back)) == json);
  scenario::Scenario town;
  CHECK(read_params(town)->loyalty == Params{}.loyalty);
  town.parameters["visits"] = {{"loyalty", 2}, {"colour", 1}};
  const auto bad = read_params(town);
  REQUIRE_FALSE(bad.has_value());
  CHECK(bad.error().size() == 2);
}
