// What the brand believes: groups of accounts, against who they are.
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

/// Everyone joins on day 0, by code where codes are scanned, else at the till, and opens the other
/// account at the till on day 1. At the till all give their phone number, by code some do.
Book two_accounts(const Shoppers& shoppers, Params p, std::uint64_t seed) {
  p.till_agrees = p.second_account = exactly(1);
  p.shows_account = exactly(0);
  Book book(p, shoppers, seed);
  for (Day day = 0; day < 2; ++day) buy(book, 0, shoppers.size(), day);
  return book;
}

Params matched(double share, double missed, double mistaken) {
  Params p = quiet();
  p.code_phone_number = exactly(share);
  p.missed_match = exactly(missed);
  p.false_match = exactly(mistaken);
  return p;
}

std::size_t groups_of(const std::vector<std::uint32_t>& groups) {
  return std::set<std::uint32_t>(groups.begin(), groups.end()).size();
}

}  // namespace

TEST_CASE("perfect matching finds exactly those who share a token") {
  const std::size_t n = 2000;
  const Shoppers shoppers = people(n);
  Params p = matched(0.5, 0, 0);
  p.scans_code = exactly(1);
  const Book book = two_accounts(shoppers, p, 1);
  const auto groups = book.identity_groups();
  for (std::size_t row = 0; row < n; ++row) {
    const auto accounts = book.accounts_of(Shoppers::id(row));
    REQUIRE(accounts.size() == 2);
    const std::size_t a = accounts[0].value - 1, b = accounts[1].value - 1;
    const bool share = (book.accounts()[a].tokens & book.accounts()[b].tokens) != 0;
    CHECK((groups[a] == groups[b]) == share);
  }
}

TEST_CASE("missed and false matches have their closed form") {
  const std::size_t n = 20'000;
  const Shoppers shoppers = people(n);
  Params p = matched(0.5, 0.1, 0.05);
  p.scans_code = exactly(1);
  const Book book = two_accounts(shoppers, p, 2);
  const auto groups = book.identity_groups();
  const double accounts = static_cast<double>(groups.size());
  REQUIRE(accounts == 2 * n);

  double shared = 0, found = 0;
  for (std::size_t row = 0; row < n; ++row) {
    const auto of = book.accounts_of(Shoppers::id(row));
    const std::size_t a = of[0].value - 1, b = of[1].value - 1;
    if ((book.accounts()[a].tokens & book.accounts()[b].tokens) == 0) continue;
    ++shared;
    found += groups[a] == groups[b] ? 1 : 0;
  }
  // Found: not missed (the chance that two false matches meet by luck is of order 1/n).
  CHECK(std::abs(found - 0.9 * shared) <= 4 * math::sqrt(shared * 0.1 * 0.9));
  // Each account has at most one earlier one that it is matched with, so groups = accounts - links.
  const double unmatched = accounts - 0.9 * shared;
  const double expected = unmatched * (1 - 0.05);
  const double deviation = math::sqrt(shared * 0.09 + unmatched * 0.05 * 0.95);
  CHECK(std::abs(static_cast<double>(groups_of(groups)) - expected) <= 4 * deviation);
}

TEST_CASE("without false matches no group holds two people; without matching all stand alone") {
  const Shoppers shoppers = people(3000);
  Params p = matched(0.7, 0.3, 0);
  p.scans_code = exactly(1);
  const Book book = two_accounts(shoppers, p, 3);
  std::map<std::uint32_t, ShopperId> owner;
  const auto groups = book.identity_groups();
  for (std::uint32_t row = 0; row < groups.size(); ++row) {
    const auto [it, is_new] = owner.emplace(groups[row], book.owner({row + 1}));
    CHECK(it->second == book.owner({row + 1}));
  }
  p.missed_match = exactly(1);
  CHECK(groups_of(two_accounts(shoppers, p, 3).identity_groups()) == 6000);
  p = matched(0, 0, 1);  // everyone is taken for somebody who came before
  CHECK(groups_of(two_accounts(shoppers, p, 3).identity_groups()) == 1);
}

TEST_CASE("what was matched stays matched as the book grows, and groups count from 0") {
  const Shoppers shoppers = people(4000);
  Params p = matched(0.5, 0.1, 0.2);
  p.till_agrees = p.second_account = exactly(0.5);
  p.scans_code = exactly(0.2);
  Book book(p, shoppers, 4);
  buy(book, 0, 4000, 0);
  const auto before = book.identity_groups();
  for (Day day = 1; day < 4; ++day) buy(book, 0, 4000, day);
  const auto after = book.identity_groups();
  REQUIRE(after.size() > before.size());
  CHECK(std::equal(before.begin(), before.end(), after.begin()));
  std::uint32_t next = 0;
  for (const std::uint32_t group : after) {
    CHECK(group <= next);
    if (group == next) ++next;
  }
}

TEST_CASE("an empty book has no groups") {
  const Shoppers shoppers = people(3);
  CHECK(Book(Params(), shoppers, 1).identity_groups().empty());
}
