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
  for (const std::uint8_t habit : {std::uint8_t{0}, std::uint8_t{255}}) {
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
    const std::uint8_t habit = shape > 1 ? 255 : 0;
    std::fill(people.habit.begin(), people.habit.end(), habit);
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

TEST_CASE("hours: the profile's shares, and nobody outside opening hours") {
  const auto town = town_of(40, 3, 0, 50);
  const auto people = people_of(town);
  Params params = plain();
  params.opens_h = 8.5;
  params.closes_h = 19;
  const Schedule schedule = *Schedule::make(params, town.first_day, {});
  std::array<double, 24> workers{}, residents{};
  double worker_visits = 0, resident_visits = 0;
  for (const Visit& v : visits_of(town, people, params, 200)) {
    CHECK(v.arrival_s >= 30'600);
    CHECK(v.arrival_s < 19 * 3600);
    if (schedule.kind(v.day) != DayKind::weekday) continue;
    const bool works = people.work[v.shopper.value - 1] == population::Work::employed;
    (works ? workers : residents)[v.arrival_s / 3600] += 1;
    (works ? worker_visits : resident_visits) += 1;
  }
  for (int h = 0; h < 24; ++h) {
    const auto at = static_cast<std::size_t>(h);
    const double worker = schedule.hours(DayKind::weekday, Pace::worker).share(h);
    const double resident = schedule.hours(DayKind::weekday, Pace::resident).share(h);
    CAPTURE(h);
    // Four standard errors of a share.
    CHECK(std::abs(workers[at] / worker_visits - worker) <= 4 * math::sqrt(worker / worker_visits));
    CHECK(std::abs(residents[at] / resident_visits - resident) <=
          4 * math::sqrt(resident / resident_visits));
  }
}

TEST_CASE("closed days have no visits; Sundays and holidays are closed by default") {
  const auto town = town_of(10, 3);
  const auto people = people_of(town);
  Params params;
  params.holidays = "2026-01-01, 2026-01-06";  // Thursday, Tuesday
  std::set<Day> open;
  for (const Visit& v : visits_of(town, people, params, 14)) open.insert(v.day);
  CHECK(open == std::set<Day>{1, 2, 4, 6, 7, 8, 9, 11, 12, 13});
}

TEST_CASE("online and daytime shares, delivery radius, missions, channels") {
  auto town = town_of(30, 8, 0, 40);
  town.parameters["catchment"]["online_share"] = 0.3;
  const auto people = people_of(town);
  Params params = plain();
  params.daytime_share = 0.4;
  params.delivery_share = 0.5;
  params.delivery_radius_km = 2;
  const Job job;
  const auto choice = choices(town, {}, job);
  REQUIRE(choice.has_value());
  const Schedule schedule = *Schedule::make(params, town.first_day, {});
  double all = 0, online = 0, browse = 0, one_item = 0, away = 0, could = 0, near = 0, brought = 0;
  for (const Visit& v : visits_of(town, people, params, 100)) {
    const std::size_t row = v.shopper.value - 1;
    ++all;
    browse += v.mission == Mission::browse ? 1 : 0;
    one_item += v.mission == Mission::one_item ? 1 : 0;
    CHECK((v.store.value == 0) == (v.channel == Channel::online || v.channel == Channel::outside));
    if (v.channel == Channel::online) {
      ++online;
      continue;
    }
    const bool may =
        schedule.kind(v.day) == DayKind::weekday && people.daytime[row] != people.home[row];
    could += may ? 1 : 0;
    away += v.origin == Origin::daytime ? 1 : 0;
    CHECK((may || v.origin == Origin::home));
    if (v.channel == Channel::outside || v.origin == Origin::daytime) continue;
    const bool reach =
        choice->distance_km(people.home[row], choice->find(v.store)) <= params.delivery_radius_km;
    CHECK((reach || v.channel == Channel::store));
    near += reach ? 1 : 0;
    brought += v.channel == Channel::delivery ? 1 : 0;
  }
  const auto close = [](double hits, double n, double p) {
    return std::abs(hits / n - p) < 4 * math::sqrt(p * (1 - p) / n);
  };
  CHECK(online / all == doctest::Approx(0.3).epsilon(0.05));  // over money it is exact, not trips
  CHECK(close(away, could, 0.4));
  CHECK(close(brought, near, 0.5));
  CHECK(close(one_item, all, 0.25));
  CHECK(close(browse, all, 0.75 * 0.1));
}

TEST_CASE("the expected visits of a store are those that come") {
  const auto town = town_of(40, 6, 1, 100);
  const auto people = people_of(town);
  Params params;
  params.daytime_share = 0.3;
  params.loyalty = 0;
  const std::vector<Opening> openings{{town.stores.back().id, 0}};
  const Job job;
  Panel panel = panel_of(town, people, params, 1, openings);
  Keep keep(panel.blocks());
  REQUIRE(panel.run(0, 365, {}, keep, job));
  std::map<std::uint32_t, double> seen;
  for (const Visit& v : keep.sorted()) seen[v.store.value] += v.channel == Channel::store ? 1 : 0;
  for (const auto& store : town.stores) {
    const double expected = 365 * panel.mean_visits_per_day(store.id);
    CAPTURE(store.id.value);
    CHECK(expected > 100);
    CHECK(std::abs(seen[store.id.value] - expected) < 4 * math::sqrt(expected));
  }
  CHECK(panel.mean_visits_per_day({9999}) == 0);
}

TEST_CASE("an opening moves shoppers only to it, from its day on, whatever else opens") {
  const auto town = town_of(40, 6, 3, 30);
  const auto people = people_of(town);
  const StoreId a = town.stores[6].id, b = town.stores[7].id, c = town.stores[8].id;
  const std::vector<Opening> two{{b, 0}, {c, 20}}, three{{a, 30}, {b, 0}, {c, 20}};
  const auto before = visits_of(town, people, {}, 60, {}, two);
  const auto after = visits_of(town, people, {}, 60, {}, three);
  REQUIRE(before.size() == after.size());
  int moved = 0, early = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    Visit same_but_place = after[i];
    if (after[i].store == a) {
      ++moved;
      early += after[i].day < 30 ? 1 : 0;
      same_but_place.store = before[i].store;
      same_but_place.channel = before[i].channel;
    }
    CHECK(same(before[i], same_but_place));
  }
  CHECK(early == 0);
  CHECK(moved > 100);

  // Its share is the logit's: expected visits over the last month, all channels.
  const Job job;
  const std::vector<StoreId> ids{a, b, c};
  const auto choice = choices(town, ids, job);
  const std::vector<std::uint8_t> open(3, 1);
  double expected = 0, trips = 0;
  for (const Visit& v : after) {
    if (v.day < 30 || v.channel == Channel::online) continue;
    ++trips;
    expected += choice->share(people.home[v.shopper.value - 1], choice->find(a), open);
  }
  // Favourites make the trips of one shopper alike: about 10 trips each in 30 days.
  CHECK(std::abs(moved - expected) < 4 * math::sqrt(10 * expected));
}

TEST_CASE("a nudge moves only its shopper, only to its store; no nudge changes nothing") {
  const auto town = town_of(30, 5, 0, 40);
  const auto people = people_of(town);
  const StoreId target = town.stores[2].id;
  const auto before = visits_of(town, people, {}, 60);
  CHECK(same(before, visits_of(town, people, {}, 60, {})));

  std::vector<Nudge> nudges;
  for (std::uint32_t id = 3; id <= people.size(); id += 3) {
    nudges.push_back({{id}, target, 20, 27, 3.0f, 0.5f, {7}});
  }
  nudges.push_back({{2}, {999}, 0, 60, 5.0f, 0, {8}});         // no such store
  nudges.push_back({{999'999}, target, 0, 60, 5.0f, 0, {8}});  // no such shopper
  const auto after = visits_of(town, people, {}, 60, nudges);
  const auto of = [](const std::vector<Visit>& all, bool nudged, Day from, Day to) {
    std::vector<Visit> out;
    for (const Visit& v : all) {
      if ((v.shopper.value % 3 == 0) == nudged && v.day >= from && v.day < to) out.push_back(v);
    }
    return out;
  };
  CHECK(same(of(before, false, 0, 60), of(after, false, 0, 60)));
  CHECK(same(of(before, true, 0, 20), of(after, true, 0, 20)));
  double there_before = 0, there_after = 0;
  std::map<std::uint64_t, Visit> old;
  for (const Visit& v : of(before, true, 20, 27)) {
    old[v.key()] = v;
    there_before += v.store == target ? 1 : 0;
  }
  for (const Visit& v : of(after, true, 20, 27)) {
    CHECK((!v.cause || (v.cause == CampaignId{7} && v.store == target)));
    there_after += v.store == target ? 1 : 0;
  }
  // On the first day, before clocks have been reset: unchanged or moved to the target.
  for (const Visit& v : of(after, true, 20, 21)) {
    if (v.cause || v.ordinal > 0) continue;
    const auto it = old.find(v.key());
    REQUIRE(it != old.end());
    Visit expected = it->second;
    if (v.store == target) expected.planned_minor = v.planned_minor;
    CHECK(same(expected, v));
    if (v.store == target) {
      CHECK(v.planned_minor == doctest::Approx(it->second.planned_minor * 1.6487).epsilon(0.01));
    }
  }
  CHECK(there_after > 2 * there_before);
  // The dip: those who came because of it come less in the week after.
  CHECK(of(after, true, 28, 35).size() < of(before, true, 28, 35).size());
}

TEST_CASE("nudges of either sign follow the logit over no trip and all stores") {
  // One zone, so that every shopper has the same probabilities; erratic, so that q is constant.
  const auto town = town_of(1, 4, 0, 30'000);
  auto people = people_of(town, 1, false);
  std::fill(people.habit.begin(), people.habit.end(), std::uint8_t{0});
  for (std::size_t row = 0; row < people.size(); ++row) {
    people.household[row] = static_cast<std::uint32_t>(row);
    people.online[row] = 100;
  }
  Params params = plain();
  params.loyalty = 0;
  const StoreId target = town.stores[1].id;
  const auto counts = [&](float utility) {
    std::vector<Nudge> nudges;
    for (std::uint32_t id = 1; utility != 0 && id <= people.size(); ++id) {
      nudges.push_back({{id}, target, 0, 1, utility, 0, {1}});
    }
    std::map<int, double> out;  // by outcome of the first trip: 0 to 4 stores and outside, 5 online
    double none = static_cast<double>(people.size());
    for (const Visit& v : visits_of(town, people, params, 1, nudges)) {
      if (v.ordinal > 0) continue;
      --none;
      ++out[v.channel == Channel::online ? -1 : static_cast<int>(v.store.value)];
    }
    out[-2] = none;
    return out;
  };
  const double n = static_cast<double>(people.size());
  const Job job;
  const auto choice = choices(town, {}, job);
  const double trip = 1 - math::exp(-2.2 / 7);  // a Poisson process of 2.2 a week, one day
  std::map<int, double> base{{-2, 1 - trip}, {-1, trip * choice->online_share}};
  for (Place at = 0; at <= choice->outside(); ++at) {
    base[static_cast<int>(choice->store(at).value)] =
        trip * (1 - choice->online_share) * choice->share(0, at, {});
  }
  for (const float utility : {0.0f, 2.0f, -2.0f, 0.3f}) {
    const double growth = math::exp(static_cast<double>(utility));
    const double d = 1 + base[static_cast<int>(target.value)] * (growth - 1);
    for (const auto& entry : counts(utility)) {
      const int outcome = entry.first;
      const double seen = entry.second;
      const double p = base[outcome] * (outcome == static_cast<int>(target.value) ? growth : 1) / d;
      CAPTURE(utility);
      CAPTURE(outcome);
      CHECK(std::abs(seen - n * p) < 4 * math::sqrt(n * p * (1 - p)) + 0.001 * n * p);
    }
  }
}

TEST_CASE("the strongest nudge counts, ties go to the lowest campaign") {
  const auto town = town_of(5, 4, 0, 200);
  const auto people = people_of(town, 1, false);
  const auto run = [&](std::vector<std::pair<float, std::uint32_t>> list) {
    std::vector<Nudge> nudges;
    for (std::uint32_t id = 1; id <= people.size(); ++id) {
      for (const auto& [utility, campaign] : list) {
        nudges.push_back({{id}, town.stores[campaign].id, 3, 5, utility, 0, {campaign}});
      }
    }
    return visits_of(town, people, {}, 10, nudges);
  };
  CHECK(same(run({{1.0f, 1}, {2.0f, 2}}), run({{2.0f, 2}})));
  CHECK(same(run({{2.0f, 2}, {1.0f, 1}, {-1.5f, 3}}), run({{2.0f, 2}})));
  CHECK(same(run({{2.0f, 3}, {2.0f, 1}}), run({{2.0f, 1}})));
}

TEST_CASE("the same bytes on any number of threads, in one run or many") {
  const auto town = town_of(60, 8, 1, 400);  // three blocks
  const auto people = people_of(town);
  std::vector<Nudge> nudges;
  for (std::uint32_t id = 1; id <= people.size(); id += 5) {
    nudges.push_back({{id}, town.stores[id % 8].id, 2, 9, id % 2 != 0 ? 2.0f : -1.0f, 0, {1}});
  }
  const std::vector<Opening> openings{{town.stores.back().id, 5}};
  set_thread_count(1);
  const auto one = visits_of(town, people, {}, 30, nudges, openings);
  for (const int threads : {2, 4}) {
    set_thread_count(threads);
    CHECK(same(one, visits_of(town, people, {}, 30, nudges, openings)));
  }
  set_thread_count(0);
  Panel panel = panel_of(town, people, {}, 1, openings);
  CHECK(panel.blocks() == 3);
  Keep keep(panel.blocks());
  const Job job;
  for (Day day = 0; day < 30; ++day) REQUIRE(panel.run(day, day + 1, nudges, keep, job));
  CHECK(same(one, keep.sorted()));
  for (std::size_t i = 1; i < one.size(); ++i) {
    CHECK(((one[i - 1].day < one[i].day) || (one[i - 1].shopper < one[i].shopper) ||
           (one[i - 1].shopper == one[i].shopper && one[i - 1].ordinal + 1 == one[i].ordinal)));
  }
}

TEST_CASE("children make no trips; one more zone moves no one else's") {
  auto town = town_of(20, 4, 0, 30);
  const auto people = people_of(town);
  const auto before = visits_of(town, people, {}, 30);
  for (const Visit& v : before) CHECK_FALSE(people.is_child(v.shopper.value - 1));
  town.demand.push_back({{21}, town.demand[3].place, 30, "", "", 1});
  CHECK(same(before, visits_of(town, people, {}, 30)));
}

TEST_CASE("nobody, nowhere, no day, cancelled") {
  auto town = town_of(5, 3, 0, 20);
  const population::Shoppers nobody;
  CHECK(visits_of(town, nobody, {}, 10).empty());
  const auto people = people_of(town);
  CHECK(visits_of(town, people, {}, 0).empty());
  const Job job;
  {
    Panel panel = panel_of(town, people);
    Keep keep(panel.blocks());
    CHECK(panel.run(5, 3, {}, keep, job));
    CHECK(panel.run(longest_run, longest_run + 5, {}, keep, job));
    CHECK(keep.sorted().empty());
    Job stopped;
    stopped.cancel();
    CHECK_FALSE(panel.run(0, 3, {}, keep, stopped));
    CHECK_FALSE(Panel::build(town, people, {}, 1, {}, stopped).has_value());
  }
  // No store at all: everything goes outside or is online.
  auto empty = town;
  empty.stores.clear();
  for (const Visit& v : visits_of(empty, people, {}, 20)) CHECK(v.store.value == 0);
  // Shoppers of another scenario.
  auto small = town;
  small.demand.resize(2);
  CHECK_FALSE(Panel::build(small, people, {}, 1, {}, job).has_value());
}

TEST_CASE("bad openings and bad lists are all named") {
  const auto town = town_of(5, 3, 1, 20);
  const auto people = people_of(town);
  const Job job;
  const auto errors_of = [&](const Params& params, std::vector<Opening> openings = {},
                             const char* attraction = "") {
    auto changed = town;
    changed.parameters["catchment"]["attraction"] = attraction;
    const auto panel = Panel::build(changed, people, params, 1, openings, job);
    REQUIRE_FALSE(panel.has_value());
    return describe(panel.error());
  };
  CHECK(errors_of({}, {{town.stores[0].id, 0}}).find("is no candidate") != std::string::npos);
  CHECK(errors_of({}, {{StoreId{77}, 0}}).find("77") != std::string::npos);
  const StoreId site = town.stores[3].id;
  CHECK(errors_of({}, {{site, 0}, {site, 3}}).find("opens twice") != std::string::npos);
  Params params;
  params.weekdays = "1 2 3";
  params.hours_worker = "much";
  params.holidays = "2026-13-01, 2026-02-02";
  const std::string text = errors_of(params);
  for (const char* part : {"weekdays", "hours_worker", "2026-13-01"}) {
    CHECK_MESSAGE(text.find(part) != std::string::npos, text);
  }
  params = {};
  params.opens_h = 20;
  params.closes_h = 9;
  CHECK(errors_of(params).find("while stores are open") != std::string::npos);
  CHECK(errors_of({}, {}, "1:2, x:3, 4").find("x:3") != std::string::npos);
  CHECK(errors_of({}, {}, "1:2, 1:3").find("second factor") != std::string::npos);
  CHECK(errors_of({}, {}, "99:2").find("is no open store") != std::string::npos);
}
