#include "sim/members/members.hpp"

#include <map>
#include <set>

#include <doctest/doctest.h>

#include "core/math.hpp"
#include "tests/sim/members/people.hpp"

using namespace footfall;
using namespace footfall::members;
using namespace footfall::members::testing;
using population::Shoppers;

namespace {

/// A count of n draws with chance p, within four standard errors.
void check_share(double count, double n, double p) {
  CAPTURE(count / n);
  CAPTURE(p);
  CHECK(std::abs(count - n * p) <= 4 * math::sqrt(n * p * (1 - p)) + 1e-9);
}

std::map<Way, double> by_way(const Book& book) {
  std::map<Way, double> out;
  for (const Account& account : book.accounts()) ++out[account.way];
  return out;
}

/// A book of people who buy on many days and open second accounts readily.
Book busy(const Shoppers& shoppers, Params params, std::uint64_t seed) {
  Book book(params, shoppers, seed);
  for (Day day = 0; day < 6; ++day) buy(book, 0, shoppers.size(), day);
  return book;
}

Params eager() {
  Params p = quiet();
  p.till_agrees = exactly(0.3);
  p.scans_code = p.wifi_page = exactly(0.2);
  p.shows_account = exactly(0.2);
  p.second_account = exactly(0.8);
  p.code_phone_number = exactly(0.6);
  p.wifi_phone_number = exactly(0.4);
  return p;
}

/// Who opened which accounts in what way, without the numbers of the accounts.
std::set<std::tuple<ShopperId, Way, Day, std::uint8_t>> openings(const Book& book) {
  std::set<std::tuple<ShopperId, Way, Day, std::uint8_t>> out;
  for (const Account& a : book.accounts()) out.emplace(book.owner(a.id), a.way, a.joined, a.tokens);
  return out;
}

}  // namespace

TEST_CASE("first visits: joining by each way has its closed form") {
  const std::size_t n = 40'000;
  Shoppers shoppers = people(n);
  for (std::size_t i = 0; i < n; i += 2) shoppers.messaging[i] = 255;
  Params p = quiet();
  p.till_asks = exactly(0.5);
  p.till_agrees = exactly(0.2);
  p.scans_code = exactly(0.1);
  p.wifi_page = exactly(0.05);
  p.code_phone_number = exactly(0.3);
  p.wifi_phone_number = exactly(0.7);
  Book book(p, shoppers, 1);
  const auto day = buy(book, 0, n, 0);
  // The second account needs second_account, which is 0: Wi-Fi page, else code, else till.
  auto ways = by_way(book);
  const double scan = (0.1 + 0.1 * 255 / 128) / 2;
  check_share(ways[Way::wifi_page], n, 0.05);
  check_share(ways[Way::scan_code], n, 0.95 * scan);
  check_share(ways[Way::till], n, 0.95 * (1 - scan) * 0.1);
  std::map<Way, double> with_number;
  for (const Account& a : book.accounts()) {
    with_number[a.way] += has(a.tokens, Token::phone_number) ? 1 : 0;
    CHECK(has(a.tokens, Token::messaging_id) == (a.way == Way::scan_code));
    CHECK(has(a.tokens, Token::device_mac) == (a.way == Way::wifi_page));
  }
  CHECK(with_number[Way::till] == ways[Way::till]);
  check_share(with_number[Way::scan_code], ways[Way::scan_code], 0.3);
  check_share(with_number[Way::wifi_page], ways[Way::wifi_page], 0.7);
  // Whoever has just joined is known at the till.
  std::size_t known = 0;
  for (const Receipt& r : day.receipts) known += r.account ? 1 : 0;
  CHECK(known == book.accounts().size());
}

TEST_CASE("the defaults make members of a share of the day's buyers as new services did") {
  // 12 % at one chain with scan-and-go (vendor): a band, here with 5 % paying so.
  const std::size_t n = 20'000;
  const Shoppers shoppers = people(n);
  auto list = purchases(0, n, 0, {1});
  for (std::size_t i = 0; i < n; i += 20) list[i].scan_and_go = true;
  Book book(Params(), shoppers, 5);
  book.take(0, {1}, list, {}, std::vector<CampaignId>(n));
  const double share = static_cast<double>(book.accounts().size()) / n;
  CHECK(share > 0.06);
  CHECK(share < 0.18);
}

TEST_CASE("members show their account with its chance; scan-and-go and coupons always") {
  const std::size_t n = 20'000;
  const Shoppers shoppers = people(n);
  Params p = quiet();
  p.till_agrees = exactly(1);
  p.shows_account = exactly(0.6);
  Book book(p, shoppers, 2);
  buy(book, 0, n, 0);
  REQUIRE(book.accounts().size() == n);
  double shown = 0;
  for (const Receipt& r : buy(book, 0, n, 1).receipts) shown += r.account ? 1 : 0;
  check_share(shown, n, 0.6);

  auto list = purchases(0, 100, 2, {1});
  std::vector<CampaignId> coupons(100);
  for (std::size_t i = 0; i < 100; ++i) {
    list[i].scan_and_go = i % 2 == 0;
    coupons[i] = {i % 2 == 0 ? 0u : 7u};
  }
  const auto day = book.take(2, {1}, list, {}, coupons);
  for (std::size_t i = 0; i < 100; ++i) {
    CHECK(book.owner(day.receipts[i].account) == list[i].shopper);
    CHECK(day.receipts[i].coupon == coupons[i]);
  }
}

TEST_CASE("scan-and-go makes a member of everyone, with a messaging id") {
  const Shoppers shoppers = people(50);
  Book book(quiet(), shoppers, 3);
  auto list = purchases(0, 50, 0, {4});
  for (Purchase& purchase : list) purchase.scan_and_go = true;
  const auto day = book.take(0, {4}, list, {}, std::vector<CampaignId>(50));
  REQUIRE(book.accounts().size() == 50);
  for (std::uint32_t i = 0; i < 50; ++i) {
    const Account& a = book.accounts()[i];
    CHECK(a.id.value == i + 1);
    CHECK(a.way == Way::scan_code);
    CHECK(a.joined_at == StoreId{4});
    CHECK(day.receipts[i].account == a.id);
  }
}

TEST_CASE("receipts add up to the accounts, signals tell of them") {
  const Shoppers shoppers = people(3000);
  Book book(eager(), shoppers, 4);
  std::map<AccountId, std::pair<std::uint32_t, std::int64_t>> sums;
  std::map<AccountId, Day> seen;
  std::size_t joined = 0;
  for (Day day = 0; day < 5; ++day) {
    const auto result = buy(book, 0, 3000, day);
    REQUIRE(result.receipts.size() == 3000);
    std::size_t tied = 0, told = 0;
    for (const Receipt& r : result.receipts) {
      if (!r.account) continue;
      ++tied;
      ++sums[r.account].first;
      sums[r.account].second += r.paid_minor;
    }
    for (const Signal& s : result.signals) {
      joined += s.kind == Signal::Kind::joined ? 1 : 0;
      told += s.kind == Signal::Kind::purchase ? 1 : 0;
      seen[s.account] = day;
    }
    CHECK(told == tied);
  }
  CHECK(joined == book.accounts().size());
  for (const Account& a : book.accounts()) {
    CHECK(a.purchases == sums[a.id].first);
    CHECK(a.spent_minor == sums[a.id].second);
    CHECK(a.last_seen == seen[a.id]);
  }
}

TEST_CASE("a second account is of another way, and none without the parameter") {
  const Shoppers shoppers = people(5000);
  const Book book = busy(shoppers, eager(), 6);
  std::size_t several = 0;
  for (std::size_t row = 0; row < 5000; ++row) {
    const auto accounts = book.accounts_of(Shoppers::id(row));
    std::set<Way> ways;
    for (const AccountId id : accounts) {
      CHECK(book.owner(id) == Shoppers::id(row));
      ways.insert(book.accounts()[id.value - 1].way);
    }
    CHECK(ways.size() == accounts.size());
    CHECK(std::is_sorted(accounts.begin(), accounts.end()));
    several += accounts.size() > 1 ? 1 : 0;
  }
  CHECK(several > 1000);
  Params single = eager();
  single.second_account = exactly(0);
  const Book one_each = busy(shoppers, single, 6);
  for (std::size_t row = 0; row < 5000; ++row)
    CHECK(one_each.accounts_of(Shoppers::id(row)).size() <= 1);
}

TEST_CASE("who only comes in may join by code or Wi-Fi page; without a phone nobody does") {
  const std::size_t n = 20'000;
  Shoppers shoppers = people(n);
  for (std::size_t i = n / 2; i < n; ++i) shoppers.phone[i] = population::Phone::none;
  Params p = quiet();
  p.scans_code = exactly(0.2);
  p.till_agrees = exactly(1);
  Book book(p, shoppers, 7);
  std::vector<ShopperId> entered;
  for (std::size_t i = n; i-- > 0;) {
    entered.push_back(Shoppers::id(i));
    entered.push_back(Shoppers::id(i));
  }
  const auto day = book.take(0, {1}, {}, entered, {});
  CHECK(day.receipts.empty());
  check_share(static_cast<double>(book.accounts().size()), n / 2, 0.2);
  for (const Account& a : book.accounts()) {
    CHECK(Shoppers::row(book.owner(a.id)) < n / 2);
    CHECK(a.way == Way::scan_code);
  }
  CHECK(day.signals.size() == 2 * book.accounts().size());  // joined and scan, each once
}

TEST_CASE("a visit's luck does not depend on other people, nor on the order of stores") {
  const Shoppers shoppers = people(4000);
  const Book all = busy(shoppers, eager(), 8);
  Book half(eager(), shoppers, 8);
  for (Day day = 0; day < 6; ++day) buy(half, 1000, 2000, day);
  const auto expected = openings(all);
  for (const auto& opening : openings(half)) CHECK(expected.count(opening) == 1);
  std::size_t of_half = 0;
  for (const auto& opening : expected) {
    const std::size_t row = Shoppers::row(std::get<0>(opening));
    of_half += row >= 1000 && row < 2000 ? 1 : 0;
  }
  CHECK(of_half == half.accounts().size());

  // Two stores with different customers: the numbers differ, the people do not.
  Book ascending(eager(), shoppers, 9), descending(eager(), shoppers, 9);
  for (Day day = 0; day < 4; ++day) {
    buy(ascending, 0, 2000, day, {1});
    buy(ascending, 2000, 4000, day, {2});
    buy(descending, 2000, 4000, day, {2});
    buy(descending, 0, 2000, day, {1});
  }
  CHECK(openings(ascending) == openings(descending));
}

TEST_CASE("opting out stays with the account") {
  const Shoppers shoppers = people(10);
  Params p = quiet();
  p.till_agrees = exactly(1);
  Book book(p, shoppers, 1);
  buy(book, 0, 10, 0);
  book.opt_out({3});
  buy(book, 0, 10, 1);
  for (const Account& a : book.accounts()) CHECK(a.opted_out == (a.id.value == 3));
}
