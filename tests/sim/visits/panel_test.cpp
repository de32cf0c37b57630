#include "sim/visits/panel.hpp"

#include <map>
#include <set>

#include <doctest/doctest.h>

#include "core/math.hpp"
#include "core/parallel.hpp"
#include "sim/visits/choice.hpp"
#include "tests/sim/visits/people.hpp"

using namespace footfall;
using namespace footfall::visits;
using namespace footfall::visits::testing;

namespace {

/// All trips to stores, in person, without weekday effects: closed forms hold exactly.
Params plain() {
  Params p;
  p.weekdays = "1 1 1 1 1 1 1";
  p.december_factor = 1;
  p.delivery_share = 0;
  return p;
}

}  // namespace

TEST_CASE("a year's trips and money are those of the parameters and of the catchment model") {
  const auto town = town_of(60, 12, 0, 200);
  const auto people = people_of(town);
  Params params = plain();
  params.loyalty = 0;
  const auto visits = visits_of(town, people, params, 365);

  // Trips: 2.2 a week per household with an adult.
  std::set<std::uint32_t> households;
  for (std::size_t row = 0; row < people.size(); ++row) {
    if (!people.is_child(row)) households.insert(people.household[row]);
  }
  const double expected = 2.2 / 7 * 365 * static_cast<double>(households.size());
  // A regular process varies less than a Poisson one: four of its standard errors are enough.
  CHECK(std::abs(static_cast<double>(visits.size()) - expected) < 4 * math::sqrt(expected));

  // Money: sales of each store against the field, within 4.5 standard errors of the compound sum.
  const Job job;
  const auto catchment_params = catchment::read_params(town);
  const auto market = catchment::Market::build(town, catchment_params->measure, job);
  const auto supplies = catchment::supplies(*market, town, job);
  const auto field = catchment::field(*market, *supplies, catchment::central(*catchment_params));
  std::map<std::uint32_t, double> money, squares;
  double online = 0, outside = 0, all = 0;
  for (const Visit& v : visits) {
    const double value = v.planned_minor / 100.0;
    all += value;
    if (v.channel == Channel::online) online += value;
    if (v.channel == Channel::outside) outside += value;
    money[v.store.value] += value;
    squares[v.store.value] += value * value;
  }
  for (std::size_t k = 0; k < supplies->size(); ++k) {
    const std::uint32_t id = (*supplies)[k].id.value;
    CAPTURE(id);
    CHECK(std::abs(money[id] - field.sales[k]) < 4.5 * math::sqrt(squares[id]));
    CHECK(math::sqrt(squares[id]) < 0.05 * field.sales[k]);  // or the check above says nothing
  }
  CHECK(online == doctest::Approx(field.online).epsilon(0.05));
  CHECK(outside == doctest::Approx(field.outside).epsilon(0.05));
  CHECK(all == doctest::Approx(field.spending).epsilon(0.01));
}

TEST_CASE("the mean rate holds for regular and erratic shoppers, with any weekdays") {
  const auto town = town_of(40, 3);
  auto people = people_of(town, 3, false);
  for (const std::uint8_t habit : {0, 255}) {
    for (const char* weekdays : {"1 1 1 1 1 1 1", "0 0 1 0 0 5 0"}) {
      std::fill(people.habit.begin(), people.habit.end(), habit);
      Params params = plain();
      params.weekdays = weekdays;
      params.regularity = 8;
      const auto visits = visits_of(town, people, params, 364);
      std::set<std::uint32_t> households(people.household.begin(), people.household.end());
      const double expected = 2.2 / 7 * 364 * static_cast<double>(households.size());
      CAPTURE(int{habit});
      CAPTURE(weekdays);
      // Of 365 days of trip time, the last may hold up to 1 / 52 of a week's: Wednesday here.
      CHECK(static_cast<double>(visits.size()) == doctest::Approx(expected).epsilon(0.012));
    }
  }
}

TEST_CASE("intervals: exponential for the erratic, Erlang for the regular") {
  const auto town = town_of(30, 3);
  auto people = people_of(town, 3, false);
  for (std::size_t row = 0; row < people.size(); ++row) {
    people.household[row] = static_cast<std::uint32_t>(row);  // all alike: 2.2 trips a week
  }
  Params params = plain();
  params.trips_per_household_week = 0.35;  // 20 days: whole days are fine enough
  for (const int shape : {1, 6}) {
    std::fill(people.habit.begin(), people.habit.end(),
              shape > 1 ? std::uint8_t{255} : std::uint8_t{0});
    params.regularity = 6;
    const auto visits = visits_of(town, people, params, 2000);
    std::vector<Day> last(people.size(), -1);
    double n = 0, sum = 0, squares = 0, below_mean = 0;
    for (const Visit& v : visits) {
      Day& before = last[v.shopper.value - 1];
      if (before >= 0) {
        const double gap = v.day - before;
        ++n;
        sum += gap;
        squares += gap * gap;
        below_mean += gap < 20 ? 1 : gap < 21 ? 0.5 : 0;
      }
      before = v.day;
    }
    const double mean = sum / n;
    const double variation = math::sqrt(squares / n - mean * mean) / mean;
    CAPTURE(shape);
    CHECK(mean == doctest::Approx(20).epsilon(0.015));
    CHECK(variation == doctest::Approx(1 / math::sqrt(shape)).epsilon(0.02));
    // P(T < mean): 1 - 1/e, and 0.5543 for the sum of six (Poisson tail).
    CHECK(below_mean / n == doctest::Approx(shape == 1 ? 0.6321 : 0.5543).epsilon(0.02));
  }
}
