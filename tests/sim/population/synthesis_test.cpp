#include "sim/population/synthesis.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "core/parallel.hpp"
#include "tests/sim/population/towns.hpp"

using namespace footfall;
using namespace footfall::population;
using namespace footfall::population::testing;

namespace {

double share(const Shoppers& s, bool (*holds)(const Shoppers&, std::size_t)) {
  std::size_t n = 0;
  for (std::size_t r = 0; r < s.size(); ++r)
    if (holds(s, r)) ++n;
  return static_cast<double>(n) / static_cast<double>(s.size());
}

double mean_of(const std::vector<std::uint8_t>& column) {
  double sum = 0;
  for (const std::uint8_t byte : column) sum += share_of(byte);
  return sum / static_cast<double>(column.size());
}

}  // namespace

TEST_CASE("everyone is placed, household by household, zone by zone") {
  const scenario::Scenario town = town_of({3, 0, 1, 250.4, 17, 0.3, 4000});
  const auto made = synthesise(town, {}, 5, Job());
  REQUIRE(made.has_value());
  const Shoppers& s = made->shoppers;
  CHECK(s.people_per_shopper == 1);
  CHECK(s.size() == 4272);  // of 4271.7
  const auto first = zone_rows(s, town.demand.size());
  double running = 0;
  for (std::size_t z = 0; z < town.demand.size(); ++z) {
    running += town.demand[z].residents;
    CHECK(std::abs(first[z + 1] - running) <= 0.5);
    double spending = 0;
    for (std::size_t r = first[z]; r < first[z + 1]; ++r) spending += s.spending_factor[r];
    if (first[z + 1] > first[z])
      CHECK(spending / (first[z + 1] - first[z]) == doctest::Approx(1).epsilon(1e-6));
  }
  bool whole = true, sound = true;
  for (std::size_t r = 0; r < s.size(); ++r) {
    const std::size_t head = s.household[r];
    whole &= head <= r && r < head + s.household_size[head] && s.home[head] == s.home[r] &&
             s.household_size[r] == s.household_size[head] && !s.is_child(head);
    sound &= s.is_child(r) ? s.spending_factor[r] == 0 && s.phone[r] == Phone::none
                           : s.spending_factor[r] > 0;
    sound &= s.work[r] == Work::employed || s.work[r] == Work::student || s.daytime[r] == s.home[r];
    sound &= town.demand[s.daytime[r]].residents > 0;
  }
  CHECK(whole);
  CHECK(sound);
}

TEST_CASE("tags have the shares of the priors") {
  const scenario::Scenario town = town_of(std::vector<double>(400, 500));
  const Params p;
  const auto made = synthesise(town, p, 1, Job());
  REQUIRE(made.has_value());
  const Shoppers& s = made->shoppers;
  double ages = 0;
  for (const Ranged& r : p.age_share) ages += r.value;
  // Standard errors of shares of 200,000 are below 0.0012; of household tags below 0.002.
  for (int a = 0; a < age_bands; ++a) {
    std::size_t n = 0;
    for (const AgeBand age : s.age)
      if (static_cast<int>(age) == a) ++n;
    CHECK(static_cast<double>(n) / 200'000 ==
          doctest::Approx(p.age_share[static_cast<std::size_t>(a)].value / ages).epsilon(0.03));
  }
  CHECK(std::abs(share(s, [](const Shoppers& x,
                             std::size_t r) { return x.gender[r] == Gender::female; }) -
                 0.51) < 0.005);
  CHECK(std::abs(share(s, [](const Shoppers& x, std::size_t r) { return x.household[r] == r; }) -
                 1 / 2.2) < 0.002);
  CHECK(std::abs(share(s,
                       [](const Shoppers& x, std::size_t r) {
                         return x.household[r] == r && x.household_size[r] == 1;
                       }) *
                     2.2 -
                 0.3012) < 0.005);  // exp(-1.2)
  CHECK(std::abs(share(s,
                       [](const Shoppers& x, std::size_t r) {
                         return x.household[r] == r && x.income[r] == Income::highest;
                       }) *
                     2.2 -
                 0.2) < 0.008);
  CHECK(std::abs(share(s,
                       [](const Shoppers& x, std::size_t r) {
                         return x.household[r] == r && x.spending[r] == Spending::lavish;
                       }) *
                     2.2 -
                 0.25) < 0.008);
  CHECK(std::abs(mean_of(s.wifi) - 0.8) < 0.003);
  CHECK(std::abs(mean_of(s.price_sensitivity) - 0.5) < 0.004);
  CHECK(std::abs(share(s,
                       [](const Shoppers& x, std::size_t r) {
                         return (x.interest_bits[r] >> static_cast<int>(Interest::sport) & 1) != 0;
                       }) -
                 0.3) < 0.005);
  // Of those who work or study away, everyone is in another zone.
  std::size_t busy = 0, away = 0;
  for (std::size_t r = 0; r < s.size(); ++r) {
    if (s.is_child(r) || (s.work[r] != Work::employed && s.work[r] != Work::student)) continue;
    ++busy;
    if (s.daytime[r] != s.home[r]) ++away;
  }
  CHECK(static_cast<double>(away) / static_cast<double>(busy) ==
        doctest::Approx(0.7).epsilon(0.01));
}

TEST_CASE("commuting falls with distance as the exponential says") {
  // Two equal zones at 2 and at 10 km from a home; no one else.
  scenario::Scenario town = town_of({100'000, 1000, 1000});
  town.demand[1].place = place_at(2000, 0);
  town.demand[2].place = place_at(10'000, 0);
  Params p;
  p.commute_km = {5, 5, 5};
  const auto made = synthesise(town, p, 3, Job());
  REQUIRE(made.has_value());
  double near = 0, far = 0;
  for (std::size_t r = 0; r < 100'000; ++r) {
    if (made->shoppers.daytime[r] == 1) ++near;
    if (made->shoppers.daytime[r] == 2) ++far;
  }
  CHECK(near / far == doctest::Approx(4.953).epsilon(0.05));  // exp(8 / 5)
}

TEST_CASE("large places are sampled") {
  Params p;
  p.most_shoppers = 1000;
  const scenario::Scenario town = town_of({1200, 1300, 4, 6});
  const auto made = synthesise(town, p, 1, Job());
  REQUIRE(made.has_value());
  CHECK(made->shoppers.people_per_shopper == 3);
  CHECK(made->shoppers.size() == 837);
  p.most_shoppers = 1;
  const auto one = synthesise(town, p, 1, Job());
  REQUIRE(one.has_value());
  CHECK(one->shoppers.size() == 1);
  CHECK(one->shoppers.spending_factor[0] == 1);
}

TEST_CASE("another zone, seed or thread count changes only what it should") {
  const scenario::Scenario town = town_of({30, 50, 200});
  scenario::Scenario more = town;
  add_zone(more, 77, 500);
  const auto a = synthesise(town, {}, 1, Job()), b = synthesise(more, {}, 1, Job()),
             c = synthesise(town, {}, 2, Job());
  REQUIRE(a.has_value());
  const auto start = [&](const auto& column) {
    return std::vector(column.begin(), column.begin() + 280);
  };
  CHECK(a->shoppers.age == start(b->shoppers.age));
  CHECK(a->shoppers.spending_factor == start(b->shoppers.spending_factor));
  CHECK(a->shoppers.wifi == start(b->shoppers.wifi));
  CHECK(a->shoppers.age != c->shoppers.age);

  Params other;
  other.female_share = {0.4, 0.4, 0.4};
  const auto d = synthesise(town, other, 1, Job());
  CHECK(a->shoppers.gender != d->shoppers.gender);
  CHECK(a->shoppers.age == d->shoppers.age);
  CHECK(a->shoppers.daytime == d->shoppers.daytime);

  set_thread_count(3);
  const scenario::Scenario wide = town_of(std::vector<double>(500, 20));
  const auto many = synthesise(wide, {}, 1, Job());
  set_thread_count(1);
  const auto alone = synthesise(wide, {}, 1, Job());
  set_thread_count(0);
  CHECK(many->shoppers.daytime == alone->shoppers.daytime);
  CHECK(many->shoppers.habit == alone->shoppers.habit);
}

TEST_CASE("one lonely zone, and people who live in huge households") {
  Params p;
  p.mean_household_size = {10, 10, 10};
  const auto made = synthesise(town_of({100}), p, 1, Job());
  REQUIRE(made.has_value());
  for (const std::uint32_t zone : made->shoppers.daytime) CHECK(zone == 0);
  p.mean_household_size = {1, 1, 1};
  p.age_share[0] = {0, 0, 0};
  const auto singles = synthesise(town_of({100}), p, 1, Job());
  REQUIRE(singles.has_value());
  for (const std::uint8_t size : singles->shoppers.household_size) CHECK(size == 1);
}

TEST_CASE("what cannot be made is told") {
  const auto empty = synthesise(town_of({0, 0.2}), {}, 1, Job());
  REQUIRE_FALSE(empty.has_value());
  CHECK(describe(empty.error().front()) == "demand.csv: has no residents");
  Params p;
  p.mean_household_size = {1.1, 1.1, 1.1};
  p.ios_share = {0.99, 0.9, 1};
  const auto wrong = synthesise(town_of({5}), p, 1, Job());
  REQUIRE_FALSE(wrong.has_value());
  CHECK(wrong.error().size() == 2);
  for (Ranged& r : p.age_share) r = {};
  CHECK(check(p).front().message == "leaves nobody from 15 on");
  Job job;
  job.cancel();
  const auto cancelled = synthesise(town_of({5, 6}), {}, 1, job);
  REQUIRE_FALSE(cancelled.has_value());
  CHECK(cancelled.error().front().message == cancelled_message);
}
