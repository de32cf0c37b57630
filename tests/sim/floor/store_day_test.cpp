#include "sim/floor/store_day.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "tests/sim/floor/small_store.hpp"

using namespace footfall;
using namespace footfall::floor;
using namespace footfall::testing;
using visits::Outcome;

namespace {

const PhiloxKey key = random_key(5, 0, "floor");

StoreTraits traits(double area_m2, double visits) {
  return {shop, area_m2, visits};
}

struct Made {
  population::Shoppers shoppers;
  std::vector<visits::Visit> visits;
  StoreDay day;
};

Made made(const Params& params, std::size_t visit_count, double area_m2 = 1000, Day day = 3) {
  Made m{some_shoppers(20'000), some_visits(visit_count, day, 1), {}};
  m.day = store_day(params, traits(area_m2, static_cast<double>(visit_count)), day, key, m.visits,
                    m.shoppers, everyone(m.shoppers));
  return m;
}

double count_if(const StoreDay& day, bool (*what)(const Stay&)) {
  return static_cast<double>(std::count_if(day.stays.begin(), day.stays.end(), what));
}
bool is_passer(const Stay& s) {
  return s.visit == Stay::none;
}

/// Four standard errors of a share of n.
double error_of(double share, double n) {
  return 4 * std::sqrt(share * (1 - share) / n);
}

}  // namespace

TEST_CASE("every visit comes in once, and what a stay says fits together") {
  const Made m = made({}, 2000);
  std::set<std::uint64_t> keys;
  std::vector<int> seen(m.visits.size());
  const Stay* last = nullptr;
  for (const Stay& s : m.day.stays) {
    CHECK_MESSAGE(keys.insert(s.key(3)).second, "a key stands once");
    if (last != nullptr) {
      CHECK(std::tie(last->from_s, last->person, last->ordinal) <
            std::tie(s.from_s, s.person, s.ordinal));
    }
    last = &s;
    CHECK(s.from_s <= s.to_s);
    CHECK(s.queue_s >= 0);
    const bool bought = s.outcome == Outcome::bought;
    CHECK(bought == (s.paid_minor > 0));
    CHECK(bought == (s.items > 0));
    CHECK(bought == (s.till != Till::none));
    CHECK((s.queue_s > 0 ? bought : true));
    CHECK(s.inside() == (s.zones > 0));
    CHECK(s.zones <= 20);
    CHECK((s.outcome == Outcome::looked ? s.look_s > 0 : true));
    if (is_passer(s)) {
      CHECK(s.ordinal >= 128);
      CHECK(s.from_s >= 8 * 3600);
      CHECK((s.inside() ? s.look_s > 0 : s.to_s < 20.5 * 3600));
    } else {
      ++seen[s.visit];
      CHECK(s.inside());
      CHECK(s.person == m.visits[s.visit].shopper);
      CHECK(s.from_s == static_cast<float>(m.visits[s.visit].arrival_s));
      CHECK(s.key(3) == m.visits[s.visit].key());
    }
  }
  CHECK(std::all_of(seen.begin(), seen.end(), [](int n) { return n == 1; }));
}

TEST_CASE("shares of the funnel are the parameters") {
  const Made m = made({}, 5000);
  const double passers = count_if(m.day, is_passer);
  CHECK(std::abs(passers - 25'000) < 4 * std::sqrt(25'000));
  const double looked = count_if(m.day, [](const Stay& s) { return is_passer(s) && s.look_s > 0; });
  CHECK(std::abs(looked / passers - 0.1) < error_of(0.1, passers));
  const double came_in = count_if(m.day, [](const Stay& s) { return is_passer(s) && s.inside(); });
  CHECK(std::abs(came_in / looked - 0.1) < error_of(0.1, looked));
  const double bought =
      count_if(m.day, [](const Stay& s) { return !is_passer(s) && s.outcome == Outcome::bought; });
  CHECK(std::abs(bought / 5000 - 0.9) < error_of(0.9, 5000));  // nobody balks on a mean day
  double look_s = 0;
  for (const Stay& s : m.day.stays) look_s += static_cast<double>(s.look_s);
  CHECK(std::abs(look_s / looked - 8) < 4 * 8 / std::sqrt(looked));
}

TEST_CASE("the street is busiest around its peak, and empty while the shop is closed") {
  Params params;
  params.street_peaked = {1, 1, 1};
  params.passers_per_visit = {20, 20, 20};
  const Made m = made(params, 1000);
  // Triangle from 8 to 20 with its mode at 17: a share of 9/12 before the mode.
  const double passers = count_if(m.day, is_passer);
  const double early =
      count_if(m.day, [](const Stay& s) { return is_passer(s) && s.from_s < 17 * 3600; });
  CHECK(std::abs(early / passers - 0.75) < error_of(0.75, passers));
}

TEST_CASE("people pass and look at a closed store, and nobody comes in") {
  const auto shoppers = some_shoppers(20'000);
  StoreTraits store = traits(1000, 1000);
  const auto day = [&] { return store_day({}, store, 3, key, {}, shoppers, everyone(shoppers)); };
  CHECK(count_if(day(), [](const Stay& s) { return s.inside(); }) > 0);
  store.open = false;
  const StoreDay closed = day();
  CHECK(count_if(closed, is_passer) > 1000);
  CHECK(count_if(closed, [](const Stay& s) { return s.outcome == Outcome::looked; }) > 0);
  CHECK(count_if(closed, [](const Stay& s) { return s.inside(); }) == 0);
  CHECK(closed.staff_hours == 0);
  store.closes_h = store.opens_h;
  CHECK(day().stays.empty());
}

TEST_CASE("money that was planned is paid, on average, whatever the share that buys") {
  for (const double share : {1.0, 0.9, 0.5, 0.3}) {
    CAPTURE(share);
    Params params;
    params.purchase_share = {share, share, share};
    params.passers_per_visit = {0, 0, 0};
    params.balk_share = {0, 0, 0};
    double planned = 0, paid = 0, variance = 0;
    for (Day day = 0; day < 5; ++day) {
      const Made m = made(params, 4000, 1000, day);
      for (const visits::Visit& v : m.visits) {
        planned += v.planned_minor;
        variance += static_cast<double>(v.planned_minor) * v.planned_minor * (1 / share - 1);
      }
      for (const Stay& s : m.day.stays) paid += s.paid_minor;
    }
    if (share == 1.0) {
      CHECK(paid == planned);
    } else {
      CHECK(std::abs(paid - planned) < 4 * std::sqrt(variance));
    }
  }
}

TEST_CASE(
    "times, baskets and coverage as measured: a third of supermarket trips and two thirds of "
    "those to small shops under ten minutes, one item most often, under a quarter seen") {
  const auto short_share = [](double area_m2) {
    const Made m = made({}, 5000, area_m2);
    double under = 0;
    for (const Stay& s : m.day.stays) under += !is_passer(s) && s.to_s - s.from_s < 600;
    return under / 5000;
  };
  CHECK(short_share(1000) == doctest::Approx(1 / 3.0).epsilon(0.15));
  CHECK(short_share(100) == doctest::Approx(2 / 3.0).epsilon(0.1));

  const Made m = made({}, 5000);
  std::map<int, int> baskets;
  double under_quarter = 0, under_half = 0, inside = 0;
  for (const Stay& s : m.day.stays) {
    if (s.items > 0) ++baskets[s.items];
    if (!s.inside()) continue;
    ++inside;
    under_quarter += s.zones < 5;
    under_half += s.zones < 10;
  }
  for (const auto& [items, count] : baskets) CHECK((items == 1 || count < baskets[1]));
  CHECK(under_quarter / inside > 0.5);
  CHECK(under_half / inside > 0.9);
}

TEST_CASE("a passer-by changes nothing for those who planned to come, but at the tills") {
  Params none;
  none.passers_per_visit = {0, 0, 0};
  const Made with = made({}, 800), without = made(none, 800);
  std::map<std::uint32_t, const Stay*> planned;
  for (const Stay& s : with.day.stays) {
    if (!is_passer(s)) planned[s.visit] = &s;
  }
  for (const Stay& s : without.day.stays) {
    const Stay& other = *planned.at(s.visit);
    CHECK(s.zones == other.zones);
    CHECK(s.paid_minor == other.paid_minor);
    CHECK(s.till == other.till);
  }
}

TEST_CASE("one more visit moves nobody else but in the queue") {
  const Made base = made({}, 500);
  std::vector<visits::Visit> more = base.visits;
  visits::Visit extra = more[250];
  extra.shopper = population::Shoppers::id(15'000);
  more.insert(more.begin() + 251, extra);
  const StoreDay day =
      store_day({}, traits(1000, 500), 3, key, more, base.shoppers, everyone(base.shoppers));
  REQUIRE(day.stays.size() == base.day.stays.size() + 1);
  std::map<std::uint64_t, const Stay*> before;
  for (const Stay& s : base.day.stays) before[s.key(3)] = &s;
  for (const Stay& s : day.stays) {
    if (s.person == extra.shopper && !is_passer(s)) continue;
    const Stay& other = *before.at(s.key(3));
    CHECK(s.from_s == other.from_s);
    CHECK(s.items == other.items);
    CHECK(s.paid_minor == other.paid_minor);
  }
}

TEST_CASE("fewer tills, longer queues, and some who leave without buying") {
  Params params;
  params.self_service_share = {0, 0, 0};
  params.scan_and_go_share = {0, 0, 0};
  std::uint32_t longest = 0;
  double bought = 1e9;
  for (const int tills : {8, 4, 2, 1}) {
    CAPTURE(tills);
    params.staffed_tills = tills;
    const Made m = made(params, 2500);
    CHECK(m.day.longest_queue >= longest);
    CHECK(m.day.staff_hours == tills * 12.0);
    longest = m.day.longest_queue;
    const double buyers =
        count_if(m.day, [](const Stay& s) { return s.outcome == Outcome::bought; });
    CHECK(buyers <= bought);
    bought = buyers;
  }
  CHECK(longest > 8);
  CHECK(bought < 0.85 * 2500);
  params.balk_share = {1, 1, 1};
  params.balk_queue = {5, 5, 5};
  CHECK(made(params, 2500).day.longest_queue <= 5);
}

TEST_CASE("tills planned for a mean day are busy, not blocked") {
  for (const std::size_t visits : {50, 400, 3000}) {
    CAPTURE(visits);
    const Made m = made({}, visits);
    double wait_s = 0, buyers = 0;
    for (const Stay& s : m.day.stays) {
      if (s.outcome != Outcome::bought) continue;
      wait_s += static_cast<double>(s.queue_s);
      ++buyers;
    }
    CHECK(wait_s / buyers < 60);
    CHECK(m.day.staff_hours >= 12);
  }
}

TEST_CASE("scan-and-go needs a phone; kinds of till by their shares") {
  Params params;
  params.scan_and_go_share = {0.25, 0.25, 0.25};
  Made m = made(params, 4000);
  for (auto& phone : m.shoppers.phone) phone = population::Phone::none;
  const StoreDay no_phones =
      store_day(params, traits(1000, 4000), 3, key, m.visits, m.shoppers, everyone(m.shoppers));
  CHECK(count_if(no_phones, [](const Stay& s) { return s.till == Till::scan_and_go; }) == 0);
  const double buyers = count_if(m.day, [](const Stay& s) { return s.outcome == Outcome::bought; });
  const double scan = count_if(m.day, [](const Stay& s) { return s.till == Till::scan_and_go; });
  const double self = count_if(m.day, [](const Stay& s) { return s.till == Till::self_service; });
  CHECK(std::abs(scan / buyers - 0.25) < error_of(0.25, buyers));
  CHECK(std::abs(self / (buyers - scan) - 0.45) < error_of(0.45, buyers - scan));
}

TEST_CASE("a lone person walks by at most 128 times; no visits, no money") {
  const population::Shoppers one = some_shoppers(1);
  const StoreDay day = store_day({}, traits(500, 1000), 0, key, {}, one, everyone(one));
  CHECK(day.stays.size() == 128);
  Params params;
  params.passers_per_visit = {0, 0, 0};
  CHECK(store_day(params, traits(500, 1000), 0, key, {}, one, everyone(one)).stays.empty());
}

TEST_CASE("a sample of the shoppers has as much fewer passers-by and tills") {
  population::Shoppers shoppers = some_shoppers(5000);
  shoppers.people_per_shopper = 10;
  const auto visits = some_visits(300, 3, 1);
  Params params;
  params.staffed_tills = 20;
  const StoreDay day =
      store_day(params, traits(1000, 3000), 3, key, visits, shoppers, everyone(shoppers));
  CHECK(day.staff_hours == 24);
  CHECK(std::abs(count_if(day, is_passer) - 1500) < 4 * std::sqrt(1500));
}

TEST_CASE("names of tills") {
  CHECK(name_of(Till::none) == "none");
  CHECK(name_of(Till::scan_and_go) == "scan_and_go");
}
