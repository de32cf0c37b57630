#include "sim/visits/counts.hpp"

#include <map>

#include <doctest/doctest.h>

#include "core/math.hpp"
#include "core/parallel.hpp"
#include "sim/visits/calibrate.hpp"
#include "sim/visits/counters.hpp"
#include "tests/sim/visits/people.hpp"

using namespace footfall;
using namespace footfall::visits;
using namespace footfall::visits::testing;

namespace {

scenario::Scenario districts(scenario::Scenario town) {
  for (auto& point : town.demand) point.district = point.id.value % 3 == 0 ? "North" : "South";
  return town;
}

}  // namespace

TEST_CASE("counters: everything that happens is counted once, on any number of threads") {
  const auto town = districts(town_of(60, 7, 2, 400));
  const auto people = people_of(town);
  std::string first;
  for (const int threads : {1, 2, 4}) {
    set_thread_count(threads);
    Panel panel = panel_of(town, people);
    Keep keep(panel.blocks());
    Counters counters(town, people, panel, 100);
    const Job job;
    REQUIRE(panel.run(0, 28, {}, counters, job));
    const Counted counted = counters.counted();
    std::string text;
    for (const Tally& t : counted.in_person) text += std::to_string(t.minor) + ",";
    for (const std::int64_t n : counted.intervals) text += std::to_string(n) + ",";
    for (const std::int64_t money : counters.own_money()) text += std::to_string(money) + ",";
    if (first.empty()) first = text;
    CHECK(text == first);
    if (threads != 2) continue;

    std::map<std::uint32_t, Tally> in_person, delivered;
    Tally online, outside;
    std::int64_t own = 0;
    std::size_t sampled = 0;
    const auto all = visits_of(town, people, {}, 28);
    for (const Visit& v : all) {
      sampled += v.shopper.value % 100 == 0 ? 1 : 0;
      if (v.channel == Channel::store) in_person[v.store.value].add(v.planned_minor);
      if (v.channel == Channel::delivery) delivered[v.store.value].add(v.planned_minor);
      if (v.channel == Channel::online) online.add(v.planned_minor);
      if (v.channel == Channel::outside) outside.add(v.planned_minor);
      if (v.store && town.store(v.store)->role == scenario::Role::own) own += v.planned_minor;
    }
    std::int64_t from = 0, visits = 0, own_counted = 0;
    for (std::size_t k = 0; k < counted.stores.size(); ++k) {
      const std::uint32_t id = counted.stores[k].value;
      CHECK(counted.of_store(k).count == in_person[id].count);
      CHECK(counted.of_store(k).minor == in_person[id].minor);
      CHECK(counted.delivered[k].minor == delivered[id].minor);
      Tally by_hour, by_age;
      for (int h = 0; h < 24; ++h) by_hour += counted.of_store(k, h);
      for (int a = 0; a < population::age_bands; ++a) {
        by_age += counted.of_age(k, static_cast<population::AgeBand>(a));
      }
      CHECK(by_hour.minor == counted.of_store(k).minor);
      CHECK(by_age.minor == counted.of_store(k).minor);
      visits += counted.of_store(k).count;
      from += counted.from[k] + counted.from[counted.stores.size() + k];
    }
    for (const std::int64_t money : counters.own_money()) own_counted += money;
    CHECK(counted.online.minor == online.minor);
    CHECK(counted.outside.minor == outside.minor);
    CHECK(from == visits);
    CHECK(own_counted == own);
    CHECK(counted.days == 28);
    CHECK(counted.districts == std::vector<std::string>{"North", "South"});
    CHECK(counters.sample().size() == sampled);
    CHECK(sampled > 100);
  }
  set_thread_count(0);
}

TEST_CASE("heavy buyers") {
  CHECK(heavy_share({}, 0.2) == 0);
  CHECK(heavy_share(std::vector<std::int64_t>{0, 0}, 0.2) == 0);
  CHECK(heavy_share(std::vector<std::int64_t>{5, 0, 5, 5, 5, 5}, 0.2) == 0.2);
  CHECK(heavy_share(std::vector<std::int64_t>{1, 1, 1, 7}, 0.2) == 0.7);
  CHECK(heavy_share(std::vector<std::int64_t>{1, 2, 3}, 1) == 1);
}

TEST_CASE("repeat intervals and heavy buyers follow the closed forms of erratic shoppers") {
  // One store, no outside, everyone alike: trips are Poisson, money is a compound of lognormals.
  auto town = town_of(1, 1, 0, 6000);
  town.parameters["catchment"]["outside_area_m2"] = 0;
  town.parameters["catchment"]["online_share"] = 0;
  auto people = people_of(town, 1, false);
  for (std::size_t row = 0; row < people.size(); ++row) {
    people.household[row] = static_cast<std::uint32_t>(row);
    people.habit[row] = 0;
    people.spending_factor[row] = 1;
  }
  Params params;
  params.weekdays = "1 1 1 1 1 1 1";
  params.december_factor = 1;
  params.delivery_share = 0;
  params.basket_spread = 0;
  params.trips_per_household_week = 0.7;
  const Job job;
  Panel panel = panel_of(town, people, params);
  Counters counters(town, people, panel);
  REQUIRE(panel.run(0, 30, {}, counters, job));
  // Heavy-buyer share of a Poisson with mean 3 among those with at least one trip: trips above the
  // 80 % quantile of the zero-truncated distribution, by summing it up.
  double p = math::exp(-3.0), left = 0.2 * (1 - p), heavy = 0, all = 0;
  std::vector<double> probability{p};
  for (int k = 1; k < 40; ++k) probability.push_back(p *= 3.0 / k);
  for (std::size_t k = 39; k > 0; --k) {
    const double taken = std::min(left, probability[k]);
    heavy += taken * static_cast<double>(k);
    left -= taken;
    all += probability[k] * static_cast<double>(k);
  }
  CHECK(heavy_share(counters.own_money(), 0.2) == doctest::Approx(heavy / all).epsilon(0.03));
  // Days between trips: geometric over day boundaries, longer ones cut off by the end of the run.
  const Counted counted = counters.counted();
  REQUIRE(counted.intervals[3] > 0);
  CHECK(static_cast<double>(counted.intervals[3]) / static_cast<double>(counted.intervals[1]) ==
        doctest::Approx(math::exp(-0.2) * 27 / 29).epsilon(0.1));
}

TEST_CASE("counts have the panel's means, in every hour and from every district") {
  const auto town = districts(town_of(40, 6, 1, 100));
  const auto people = people_of(town);
  Params params;
  params.loyalty = 0.4;
  const std::vector<StoreId> opened{town.stores.back().id};
  const std::vector<Opening> openings{{opened[0], 0}};
  const Job job;
  Panel panel = panel_of(town, people, params, 1, openings);
  Counters counters(town, people, panel);
  REQUIRE(panel.run(0, 364, {}, counters, job));
  const Counted seen = counters.counted();
  const auto groups = groups_of(people, params, town.demand.size());
  const auto counts = count_visits(town, groups, params, 2, opened, 0, 364, job);
  REQUIRE(counts.has_value());
  for (std::size_t k = 0; k < counts->stores.size(); ++k) {
    const auto at = static_cast<std::size_t>(
        std::find(seen.stores.begin(), seen.stores.end(), counts->stores[k]) - seen.stores.begin());
    const auto visits = static_cast<double>(seen.of_store(at).count);
    CAPTURE(counts->stores[k].value);
    // Favourites: about 40 trips of the same shopper go the same way, in both.
    const auto close = [](double a, double b, double together) {
      return std::abs(a - b) < 4 * math::sqrt(together * (a + b) + 1);
    };
    CHECK(close(static_cast<double>(counts->of_store(k)), visits, 15));
    CHECK(static_cast<double>(counts->of_store(k)) ==
          doctest::Approx(364 * panel.mean_visits_per_day(counts->stores[k])).epsilon(0.15));
    std::uint64_t from = 0, delivered = 0;
    for (std::size_t d = 0; d < counts->districts.size(); ++d) {
      const std::uint64_t here = counts->from[d * counts->stores.size() + k];
      from += here;
      CHECK(close(static_cast<double>(here),
                  static_cast<double>(seen.from[d * seen.stores.size() + at]), 15));
    }
    CHECK(from == counts->of_store(k));
    for (int hour = 0; hour < 24; ++hour) {
      std::uint64_t sum = 0;
      for (Day day = 0; day < 364; ++day) sum += counts->at(day, k, hour);
      CHECK(close(static_cast<double>(sum), static_cast<double>(seen.of_store(at, hour).count), 3));
    }
    for (Day day = 0; day < 364; ++day) {
      delivered += counts->delivered[static_cast<std::size_t>(day) * counts->stores.size() + k];
    }
    CHECK(close(static_cast<double>(delivered), static_cast<double>(seen.delivered[at].count), 3));
  }
  std::uint64_t online = 0;
  for (const std::uint64_t n : counts->online) online += n;
  CHECK(static_cast<double>(online) ==
        doctest::Approx(static_cast<double>(seen.online.count)).epsilon(0.08));
  // Sundays are closed.
  for (int hour = 0; hour < 24; ++hour) CHECK(counts->at(3, 0, hour) == 0);
}

TEST_CASE("counts: their cost and their spread do not depend on the number of people") {
  const auto town = town_of(20, 5, 0, 10);
  std::vector<Group> groups;
  for (std::uint32_t z = 0; z < 20; ++z) groups.push_back({z, Pace::resident, 5'000'000, 0.2});
  const Job job;
  set_thread_count(1);
  const auto one = count_visits(town, groups, {}, 1, {}, 0, 7, job);
  set_thread_count(4);
  const auto four = count_visits(town, groups, {}, 1, {}, 0, 7, job);
  set_thread_count(0);
  REQUIRE(one.has_value());
  CHECK(one->by_hour == four->by_hour);
  CHECK(one->from == four->from);
  CHECK(one->of_store(0) > 100'000);
  const auto none = count_visits(town, {}, {}, 1, {}, 3, 3, job);
  REQUIRE(none.has_value());
  CHECK(none->by_hour.empty());
  const std::vector<Group> lost{{20, Pace::worker, 1, 0.1}};
  CHECK_FALSE(count_visits(town, lost, {}, 1, {}, 0, 1, job).has_value());
}

TEST_CASE("calibration finds the factors and hours that made the counts") {
  const auto town = town_of(60, 6, 0, 100);
  const auto people = people_of(town);
  const Job job;
  Params truth;
  auto true_town = town;
  true_town.parameters["catchment"]["attraction"] = "2:2, 3:0.5, 5:1.4";
  truth.hours_resident = "0 0 0 0 0 0 0 0 9 8 7 6 5 5 5 5 5 4 3 2 0 0 0 0";
  Panel panel = panel_of(true_town, people, truth);
  std::vector<Observed> observed;
  for (const auto& store : town.stores) {
    if (store.id.value == 6) continue;  // not counted: keeps factor 1
    observed.push_back({store.id, {}, {}, panel.mean_visits_per_day(store.id)});
  }
  const auto fit = calibrate(town, people, {}, observed, job);
  REQUIRE_MESSAGE(fit.has_value(), (fit ? "" : describe(fit.error())));
  const std::map<std::uint32_t, double> factors{{1, 1}, {2, 2}, {3, 0.5}, {4, 1}, {5, 1.4}};
  REQUIRE(fit->stores.size() == 5);
  for (const StoreFit& store : fit->stores) {
    CAPTURE(store.store.value);
    CHECK(store.factor == doctest::Approx(factors.at(store.store.value)).epsilon(1e-3));
    CHECK(store.after == doctest::Approx(store.observed).epsilon(1e-5));
  }
  CHECK(std::abs(fit->stores[1].before - fit->stores[1].observed) > 1);
  CHECK(fit->hours.empty());
  CHECK(fit->params.hours_resident == Params{}.hours_resident);
  auto fitted_town = town;
  fitted_town.parameters["catchment"]["attraction"] = fit->attraction;
  Panel again = panel_of(fitted_town, people, fit->params);
  CHECK(again.mean_visits_per_day({3}) ==
        doctest::Approx(panel.mean_visits_per_day({3})).epsilon(1e-4));

  // Hours from four weeks of simulated counts.
  Counters counters(town, people, panel);
  REQUIRE(panel.run(0, 28, {}, counters, job));
  const Counted counted = counters.counted();
  std::vector<Observed> hourly;
  for (std::size_t k = 0; k < counted.stores.size(); ++k) {
    for (int h = 0; h < 24; ++h) {
      const auto count = static_cast<double>(counted.of_store(k, h).count) / 28;
      hourly.push_back({counted.stores[k], {}, h, count});
    }
  }
  const auto fitted = calibrate(town, people, {}, hourly, job);
  REQUIRE(fitted.has_value());
  REQUIRE(fitted->hours.size() == 24);
  double before = 0, after = 0;
  for (const HourFit& h : fitted->hours) {
    before += std::abs(h.before - h.observed) / 2;
    after += std::abs(h.after - h.observed) / 2;
  }
  CHECK(before > 0.03);
  CHECK(after < before / 3);
}

TEST_CASE("calibration refuses what cannot be fitted, and says why") {
  const auto town = town_of(10, 3, 1, 50);
  const auto people = people_of(town);
  const Job job;
  const auto errors_of = [&](std::vector<Observed> observed) {
    const auto fit = calibrate(town, people, {}, observed, job);
    REQUIRE_FALSE(fit.has_value());
    return describe(fit.error());
  };
  const auto has = [](const std::string& text, const char* part) {
    CHECK_MESSAGE(text.find(part) != std::string::npos, text);
  };
  has(errors_of({}), "has no counts");
  has(errors_of({{{99}, {}, {}, 5}}), "is no open store");
  has(errors_of({{town.stores[3].id, {}, {}, 5}}), "is no open store");
  has(errors_of({{{1}, {}, {}, 0}}), "no count to fit");
  has(errors_of({{{1}, {}, {}, 1e6}}), "more visits a day than");
  has(errors_of({{{1}, 3, {}, 5}}), "stores are closed");  // a Sunday
  has(errors_of({{{1}, {}, 3, 5}}), "has none in");
  has(errors_of({{{1}, longest_run, {}, 5}}), "too late");
}

TEST_CASE("observed counts are read from CSV, and every wrong cell is named") {
  const Date first{2026, 1, 1};
  const auto good =
      parse_observed("store;day;hour;count\n3;2026-01-02;9;12\n3;1;10;7.5\n", "c.csv", first);
  REQUIRE(good.has_value());
  CHECK(good->at(0).day == Day{1});
  CHECK(good->at(1).day == Day{1});
  CHECK(good->at(1).hour == 10);
  CHECK(good->at(1).count == 7.5);
  const auto text = [&](const char* csv) {
    const auto bad = parse_observed(csv, "c.csv", first);
    REQUIRE_FALSE(bad.has_value());
    return describe(bad.error());
  };
  CHECK(text("store,day\n1,2\n").find("lacks a column") != std::string::npos);
  CHECK(text("store,hour,count\n").find("has no rows") != std::string::npos);
  CHECK(text("store,hour,count\n1,9,2\n1,9,3\n").find("repeats") != std::string::npos);
  const std::string all = text("store,hour,day,count\n0,24,2025-12-31,-1\n1,1,soon,1\n");
  for (const char* part : {"column store", "column hour", "column day", "column count", "line 3"}) {
    CHECK_MESSAGE(all.find(part) != std::string::npos, all);
  }
  CHECK(text("").find("c.csv") != std::string::npos);
}
