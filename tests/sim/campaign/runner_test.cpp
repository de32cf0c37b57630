#include <map>
#include <set>

#include <doctest/doctest.h>

#include "core/math.hpp"
#include "tests/sim/campaign/town.hpp"

using namespace footfall;
using namespace footfall::campaign;
using namespace footfall::campaign::testing;
using members::Book;
using members::Signal;
using members::testing::people;
using population::Shoppers;

namespace {

Runner runner_of(const Shoppers& shoppers, std::vector<Channel> channels,
                 std::vector<Campaign> campaigns, std::uint64_t seed = 1) {
  auto runner =
      Runner::build(street(10), shoppers, std::move(channels), std::move(campaigns), seed);
  REQUIRE_MESSAGE(runner.has_value(), (runner ? "" : describe(runner.error())));
  return std::move(*runner);
}

Book nobody(const Shoppers& shoppers) {
  return Book(members::testing::quiet(), shoppers, 1);
}

void check_share(double count, double n, double p) {
  CAPTURE(count / n);
  CHECK(std::abs(count - n * p) <= 4 * math::sqrt(n * p * (1 - p)));
}

std::size_t held_out(const DayResult& day) {
  std::size_t count = 0;
  for (const Exposure& e : day.exposures) count += e.held_out ? 1 : 0;
  return count;
}

/// Everything that a step gives, for comparing.
using Event = std::tuple<CampaignId, ShopperId, AccountId, bool, bool, Day>;
std::vector<Event> events(const DayResult& day) {
  std::vector<Event> out;
  for (const Exposure& e : day.exposures)
    out.emplace_back(e.campaign, e.shopper, e.account, e.held_out, e.noticed, e.day);
  return out;
}

}  // namespace

TEST_CASE("location ads: the audience is who lives or works within the radius and has a phone") {
  Shoppers s = people(12);
  for (std::uint32_t i = 0; i < 10; ++i) s.home[i] = s.daytime[i] = i;
  s.daytime[9] = 1;  // lives 9 km away, works at 1 km
  s.home[10] = s.daytime[10] = 0;
  s.phone[10] = population::Phone::none;
  s.age[11] = population::AgeBand::under_15;
  Campaign c = campaign_of(1, Trigger::nearby);
  c.radius_km = 3.01;
  Runner runner = runner_of(s, plain_channels(), {c});
  std::set<std::size_t> rows;
  for (const Exposure& e : runner.step(0, nobody(s), {}).exposures) {
    rows.insert(Shoppers::row(e.shopper));
    CHECK_FALSE(e.account);
  }
  CHECK(rows == std::set<std::size_t>{0, 1, 2, 3, 9});
}

TEST_CASE("exposures, notices and the hold-out have their expectations") {
  const std::size_t n = 20'000;
  const Shoppers s = people(n);
  auto channels = plain_channels();
  channels[1].reach = exactly(0.3);
  Campaign c = campaign_of(1, Trigger::nearby);
  c.daily_share = 0.2;
  c.hold_out = 0.25;
  Runner runner = runner_of(s, channels, {c});
  const Book book = nobody(s);
  std::map<ShopperId, bool> arm;
  std::map<ShopperId, int> times;
  double addressed = 0, sent = 0, noticed = 0, cost = 0;
  for (Day day = 0; day < 10; ++day) {
    const DayResult r = runner.step(day, book, {});
    std::set<ShopperId> seen;
    for (const Exposure& e : r.exposures) {
      ++addressed;
      sent += e.held_out ? 0 : 1;
      noticed += e.noticed ? 1 : 0;
      CHECK_FALSE((e.held_out && e.noticed));
      CHECK(arm.emplace(e.shopper, e.held_out).first->second == e.held_out);  // stable
      if (e.noticed) seen.insert(e.shopper);
    }
    CHECK(r.nudges.size() == seen.size());
    for (const auto& nudge : r.nudges) CHECK(seen.count(nudge.shopper) == 1);
    cost += r.cost_minor;
  }
  check_share(addressed, 10.0 * n, 0.2);
  check_share(noticed, sent, 0.3);
  double held = 0;
  for (const auto& [shopper, out] : arm) held += out ? 1 : 0;
  check_share(held, static_cast<double>(arm.size()), 0.25);
  check_share(static_cast<double>(arm.size()), n, 1 - math::pow(0.8, 10));
  CHECK(cost == sent);
  CHECK(runner.spent_minor({1}) == sent);
  CHECK(runner.spent_minor({9}) == 0);
}

TEST_CASE("the utility halves with the distance of the nearer place, and follows the response") {
  Shoppers s = people(10);
  for (std::uint32_t i = 0; i < 10; ++i) s.home[i] = s.daytime[i] = i;
  s.daytime[7] = 2;
  s.channel_response[4] = 64;
  s.price_sensitivity.assign(10, 255);  // counts for coupons only
  Campaign c = campaign_of(1, Trigger::nearby);
  c.radius_km = 100;
  Runner runner = runner_of(s, plain_channels(), {c});
  const DayResult r = runner.step(0, nobody(s), {});
  REQUIRE(r.nudges.size() == 10);
  for (std::size_t i = 0; i < 10; ++i) {
    const double km = i == 7 ? 2 : static_cast<double>(i);
    const double response = i == 4 ? 0.5 : 1;
    CHECK(r.nudges[i].utility == doctest::Approx(response * math::pow(0.5, km / 2)).epsilon(1e-5));
    CHECK(r.nudges[i].spending == 0);
    CHECK(r.nudges[i].store == StoreId{1});
    CHECK(r.nudges[i].cause == CampaignId{1});
  }
}

TEST_CASE("fatigue: messages before this one, fading with 30 days, of all campaigns together") {
  const Shoppers s = people(1);
  auto channels = plain_channels();
  channels[1].fatigue = exactly(0.2);
  Campaign daily = campaign_of(1, Trigger::nearby);
  daily.to = 3;
  Campaign later = campaign_of(2, Trigger::nearby);
  later.from = 2;
  later.to = 33;
  Runner runner = runner_of(s, channels, {later, daily});
  const Book book = nobody(s);
  const double d = math::exp(-1.0 / 30);
  const auto expect = [&](Day day, std::vector<double> messages) {
    const DayResult r = runner.step(day, book, {});
    REQUIRE(r.nudges.size() == messages.size());
    for (std::size_t i = 0; i < messages.size(); ++i)
      CHECK(r.nudges[i].utility == doctest::Approx(math::exp(-0.2 * messages[i])).epsilon(1e-5));
  };
  expect(0, {0});
  expect(1, {d});
  expect(2, {d + d * d, 1 + d + d * d});
  // Day 32, the days between left out: the four messages are 30, 30, 31 and 32 days old.
  expect(32, {math::exp(-1.0) * (2 + d + d * d)});
}

TEST_CASE("a budget is never exceeded, is used up, and leaves the hold-out's share alone") {
  const std::size_t n = 8000;
  Shoppers s = people(n);
  s.people_per_shopper = 10;  // each exposure stands for ten
  auto channels = plain_channels();
  channels[1].cost_minor = 3;
  Campaign c = campaign_of(1, Trigger::nearby);
  c.daily_share = 0.25;
  c.hold_out = 0.5;
  c.budget_minor = 3.0 * 10 * 1700 + 29;
  Runner runner = runner_of(s, channels, {c});
  const Book book = nobody(s);
  double sent = 0, held = 0, low_half = 0;
  for (Day day = 0; day < 20; ++day) {
    for (const Exposure& e : runner.step(day, book, {}).exposures) {
      (e.held_out ? held : sent) += 1;
      if (day > 0 && !e.held_out) low_half += Shoppers::row(e.shopper) < n / 2 ? 1 : 0;
    }
    CHECK(runner.spent_minor({1}) * 10 <= c.budget_minor);
  }
  CHECK(sent == 1700);
  CHECK(runner.spent_minor({1}) == 1700 * 3);
  check_share(held, sent + held, 0.5);
  // The last day takes people at random, not the first rows.
  CHECK(low_half > 0.4 * (sent - n / 8.0));
  CHECK(low_half < 0.6 * (sent - n / 8.0));
}

TEST_CASE("recall: once on the day that a member of the store has been away so long") {
  const Shoppers s = people(30);
  Book book = all_members(s);
  members::testing::buy(book, 0, 10, 5);  // rows 0 to 9 come again on day 5
  members::testing::buy(book, 0, 5, 40);  // rows 0 to 4 on day 40, after their message
  Campaign c = campaign_of(1, Trigger::not_seen);
  c.not_seen_days = 20;
  c.from = 10;
  Campaign other = campaign_of(2, Trigger::not_seen);
  other.store = {2};  // has no members
  Runner runner = runner_of(s, plain_channels(), {c, other});
  // The book is that of day 40, so rows 0 to 4 count from 40 on.
  std::map<Day, std::size_t> sent;
  for (Day day = 0; day < 100; ++day) {
    const auto r = runner.step(day, book, {});
    if (!r.exposures.empty()) sent[day] = r.exposures.size();
    for (const Exposure& e : r.exposures) {
      CHECK(e.campaign == CampaignId{1});
      CHECK(book.owner(e.account) == e.shopper);
    }
  }
  CHECK(sent == std::map<Day, std::size_t>{{20, 20}, {25, 5}, {60, 5}});
}

TEST_CASE("recall needs the channel's token, and leaves alone who has opted out") {
  const Shoppers s = people(20);
  auto channels = plain_channels();
  Campaign c = campaign_of(1, Trigger::not_seen);
  c.from = 30;
  Book book = all_members(s);
  book.opt_out({7});
  channels[0].tokens = static_cast<std::uint8_t>(members::Token::phone_number);
  CHECK(runner_of(s, channels, {c}).step(30, book, {}).exposures.size() == 19);
  channels[0].tokens = static_cast<std::uint8_t>(members::Token::messaging_id);
  CHECK(runner_of(s, channels, {c}).step(30, book, {}).exposures.empty());
}

TEST_CASE("members opt out with the channel's chance; the accounts are told") {
  const std::size_t n = 10'000;
  const Shoppers s = people(n);
  auto channels = plain_channels();
  channels[0].opt_out = 0.05;
  Campaign c = campaign_of(1, Trigger::not_seen);
  c.from = 30;
  c.hold_out = 0.5;
  const Book book = all_members(s);
  const DayResult r = runner_of(s, channels, {c}).step(30, book, {});
  check_share(static_cast<double>(held_out(r)), n, 0.5);
  check_share(static_cast<double>(r.opted_out.size()), n - static_cast<double>(held_out(r)), 0.05);
  std::set<AccountId> sent;
  for (const Exposure& e : r.exposures)
    if (!e.held_out) sent.insert(e.account);
  for (const AccountId id : r.opted_out) CHECK(sent.count(id) == 1);
  CHECK(std::is_sorted(r.opted_out.begin(), r.opted_out.end()));
}

TEST_CASE("scan coupons: yesterday's scans in the campaign's store, one each") {
  Shoppers s = people(10);
  s.price_sensitivity[2] = 64;
  const Book book = all_members(s);
  using Kind = Signal::Kind;
  const std::vector<Signal> signals{{{3}, Kind::scan, {1}, 10},  {{5}, Kind::purchase, {1}, 10},
                                    {{4}, Kind::scan, {2}, 10},  {{1}, Kind::scan, {1}, 10},
                                    {{6}, Kind::joined, {1}, 9}, {{3}, Kind::scan, {1}, 50}};
  Runner runner = runner_of(s, plain_channels(), {campaign_of(1, Trigger::scan)});
  const DayResult r = runner.step(1, book, signals);
  REQUIRE(r.exposures.size() == 2);
  CHECK(r.exposures[0].account == AccountId{1});
  CHECK(r.exposures[1].account == AccountId{3});
  REQUIRE(r.coupons.size() == 2);
  CHECK(r.coupons[1].shopper == ShopperId{3});
  CHECK(r.coupons[1].from == 1);
  CHECK(r.coupons[1].to == 8);
  CHECK(r.coupons[1].discount == 0.2);
  CHECK(r.nudges[0].utility == doctest::Approx(1));
  CHECK(r.nudges[1].utility == doctest::Approx(0.5));
}

TEST_CASE("delays are exponential in whole days; a nudge lasts its duration") {
  const std::size_t n = 20'000;
  const Shoppers s = people(n);
  auto channels = plain_channels();
  channels[1].delay_days = 2;
  channels[1].duration_days = 5;
  const DayResult r =
      runner_of(s, channels, {campaign_of(1, Trigger::nearby)}).step(0, nobody(s), {});
  std::map<Day, double> by_delay;
  for (const auto& nudge : r.nudges) {
    ++by_delay[nudge.from];
    CHECK(nudge.to - nudge.from == 5);
  }
  for (const Day day : {0, 1, 2, 5})
    check_share(by_delay[day], n, math::exp(-day / 2.0) - math::exp(-(day + 1) / 2.0));
}

TEST_CASE("nudges are sorted, and held to what a nudge may be") {
  const Shoppers s = people(500);
  auto channels = plain_channels();
  channels[1].delay_days = 3;
  channels[1].utility = exactly(5);
  Shoppers keen = s;
  keen.channel_response.assign(500, 255);
  Runner runner =
      runner_of(keen, channels, {campaign_of(2, Trigger::nearby), campaign_of(1, Trigger::nearby)});
  const DayResult r = runner.step(0, nobody(s), {});
  REQUIRE(r.nudges.size() == 1000);
  for (std::size_t i = 1; i < r.nudges.size(); ++i) {
    const auto& a = r.nudges[i - 1];
    const auto& b = r.nudges[i];
    CHECK(std::tuple(a.shopper, a.from, a.cause) < std::tuple(b.shopper, b.from, b.cause));
    CHECK(b.utility == 5.0f);
  }
}

TEST_CASE("luck depends on person, campaign and day alone") {
  const std::size_t n = 2000;
  const Shoppers s = people(n);
  auto channels = plain_channels();
  for (Channel& c : channels) c.reach = exactly(0.5);
  Campaign recall = campaign_of(3, Trigger::not_seen);
  recall.from = 30;
  recall.hold_out = 0.3;
  Campaign ad = campaign_of(5, Trigger::nearby);
  ad.daily_share = 0.1;
  const Book book = all_members(s);

  // Another order of campaigns, and another campaign at another store.
  Campaign more = campaign_of(4, Trigger::nearby);
  more.store = {2};
  more.hold_out = 0.2;
  Runner a = runner_of(s, channels, {recall, ad}, 7);
  Runner b = runner_of(s, channels, {more, ad, recall}, 7);
  for (Day day = 28; day < 32; ++day) {
    const auto of_a = events(a.step(day, book, {}));
    auto of_b = events(b.step(day, book, {}));
    of_b.erase(std::remove_if(of_b.begin(), of_b.end(),
                              [](const Event& e) { return std::get<0>(e) == CampaignId{4}; }),
               of_b.end());
    CHECK(of_a == of_b);
  }

  // Members whose accounts got other numbers.
  members::Params p = members::testing::quiet();
  p.till_agrees = exactly(1);
  Book turned_book(p, s, 1);
  members::testing::buy(turned_book, n / 2, n, 0);
  members::testing::buy(turned_book, 0, n / 2, 0);
  const auto who = [](const DayResult& day) {
    std::set<std::tuple<ShopperId, bool, bool>> out;
    for (const Exposure& e : day.exposures) out.emplace(e.shopper, e.held_out, e.noticed);
    return out;
  };
  CHECK(who(runner_of(s, channels, {recall}).step(30, book, {})) ==
        who(runner_of(s, channels, {recall}).step(30, turned_book, {})));
}

TEST_CASE("the order of signals does not matter") {
  const Shoppers s = people(50);
  const Book book = all_members(s);
  std::vector<Signal> signals;
  for (std::uint32_t i = 1; i <= 50; ++i)
    signals.push_back({{i}, Signal::Kind::scan, {1 + i % 2}, i});
  Campaign other = campaign_of(2, Trigger::scan);
  other.store = {2};
  Runner a = runner_of(s, plain_channels(), {campaign_of(1, Trigger::scan), other});
  Runner b = a;
  const auto first = events(a.step(1, book, signals));
  CHECK(first.size() == 50);
  std::reverse(signals.begin(), signals.end());
  CHECK(events(b.step(1, book, signals)) == first);
}

TEST_CASE("bad input: every problem is named, with what is allowed") {
  const Shoppers s = people(5);
  const auto errors_of = [&](std::vector<Channel> channels, std::vector<Campaign> campaigns) {
    auto runner = Runner::build(street(3), s, std::move(channels), std::move(campaigns), 1);
    REQUIRE_FALSE(runner.has_value());
    return describe(runner.error());
  };
  const auto names = [](const std::string& text, std::initializer_list<const char*> parts) {
    for (const char* part : parts) {
      CAPTURE(text);
      CHECK_MESSAGE(text.find(part) != std::string::npos, part);
    }
  };
  Campaign c = campaign_of(3, Trigger::not_seen);
  c.store = {9};
  c.channel = 7;
  c.from = 5;
  c.to = 5;
  c.hold_out = 1.5;
  c.radius_km = -1;
  names(errors_of(plain_channels(), {c}),
        {"campaign 3, store", "no store of the scenario", "campaign 3, channel", "0 to 2",
         "campaign 3, from, to", "campaign 3, hold_out", "from 0 to 1", "campaign 3, radius_km"});
  Campaign poor = campaign_of(1, Trigger::not_seen);
  poor.budget_minor = 0.5;
  names(errors_of(plain_channels(), {poor}),
        {"campaign 1, budget_minor", "below the cost of one exposure", "at least 1"});
  names(errors_of(plain_channels(), {campaign_of(1, Trigger::scan), campaign_of(1, Trigger::scan)}),
        {"campaign 1, id", "used twice"});
  names(errors_of(plain_channels(), {campaign_of(0, Trigger::scan)}), {"campaign 0, id"});
  auto channels = plain_channels();
  channels[0].needs_account = false;
  channels[1].halving_km = exactly(0);
  channels[2].reach = exactly(std::numeric_limits<double>::quiet_NaN());
  names(errors_of(channels, {}), {"channel recall, needs_account", "channel ad, halving_km",
                                  "channel coupon, reach", "is not a number"});
}
