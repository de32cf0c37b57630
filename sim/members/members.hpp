// Member accounts: how people join, which tokens tie them to an account, and what the brand sees.
// The brand sees accounts; whose they are is truth, kept apart.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/rng.hpp"
#include "sim/members/params.hpp"
#include "sim/population/shoppers.hpp"
#include "sim/visits/visit.hpp"

namespace footfall::members {

enum class Way : std::uint8_t { till, scan_code, wifi_page };  ///< how an account was opened
std::string_view name_of(Way value);

/// Kinds of identity token that an account may hold; bits of Account::tokens. By the till: the
/// phone number. By a code: the messaging id, maybe the phone number. By the Wi-Fi page: the
/// device's MAC, maybe the phone number.
enum class Token : std::uint8_t { phone_number = 1, messaging_id = 2, device_mac = 4 };

constexpr bool has(std::uint8_t tokens, Token token) {
  return (tokens & static_cast<std::uint8_t>(token)) != 0;
}

/// What the brand knows of an account.
struct Account {
  AccountId id;
  Way way = Way::till;
  std::uint8_t tokens = 0;
  StoreId joined_at;
  Day joined = 0;
  Day last_seen = 0;  ///< of joining, or a purchase or scan tied to the account
  std::uint32_t purchases = 0;
  std::int64_t spent_minor = 0;
  bool opted_out = false;  ///< of messages
};

/// A purchase as it happened.
struct Purchase {
  ShopperId shopper;
  StoreId store;
  std::uint64_t visit_key = 0;
  std::uint32_t time_s = 0;
  std::int32_t paid_minor = 0;
  bool scan_and_go = false;  ///< always tied to an account
  CampaignId cause;          ///< of the visit; truth
};
/// The same purchase as the brand sees it: with an account where the shopper showed one.
struct Receipt {
  AccountId account;  ///< none: anonymous
  StoreId store;
  Day day = 0;
  std::uint32_t time_s = 0;
  std::int32_t paid_minor = 0;
  CampaignId coupon;  ///< of a redeemed coupon, none without one
};

/// What a campaign may react to.
struct Signal {
  enum class Kind : std::uint8_t { purchase, scan, joined, detected };
  AccountId account;
  Kind kind = Kind::purchase;
  StoreId store;
  std::uint32_t time_s = 0;
};

/// All accounts, day by day. Days must follow one another, and on each day stores come by ascending
/// id, so that account ids are ordered by (day, store, time) whatever order the stores were
/// computed in. A person who visits two stores on a day is met store by store.
///
/// Draws are keyed by (person, visit) and by the account's id: the same visit has the same luck
/// whatever happens to others.
class Book {
 public:
  /// `shoppers` must live as long as the book.
  Book(const Params& params, const population::Shoppers& shoppers, std::uint64_t seed);

  /// Takes one store day's purchases (ordered by time_s, shopper): who joins, who shows an account,
  /// who has two. `entered`: shoppers that came in without buying and may join by the Wi-Fi page or
  /// a code; in any order, each counts once; they come after the purchases. Receipts are parallel
  /// to the purchases. `coupons`: the coupon that is redeemed with each purchase (none: 0),
  /// parallel to the purchases; whoever redeems one shows the account.
  struct DayResult {
    std::vector<Receipt> receipts;
    std::vector<Signal> signals;  ///< in the order of the visits; time_s is 0 for `entered`
  };
  DayResult take(Day day, StoreId store, std::span<const Purchase> purchases,
                 std::span<const ShopperId> entered, std::span<const CampaignId> coupons);

  std::span<const Account> accounts() const { return accounts_; }  ///< row r has id r + 1
  void opt_out(AccountId account);

  /// Truth, for scorers and for delivering a message to its person: owner of an account; accounts
  /// of a person, by id.
  ShopperId owner(AccountId account) const { return owners_[account.value - 1]; }
  std::vector<AccountId> accounts_of(ShopperId shopper) const;

  /// What the brand believes after matching tokens: group number for each account (same group =
  /// taken for one person), with the errors of params; groups count from 0 by their first account.
  /// An account that shares a token with an earlier one of its person is matched with it but for
  /// missed_match; an account not matched so is, with false_match, taken for a random earlier
  /// account's person. What was matched stays matched as the book grows.
  std::vector<std::uint32_t> identity_groups() const;

 private:
  struct Luck;
  struct Moment;
  AccountId find(ShopperId shopper, Way way) const;
  AccountId any(ShopperId shopper, double luck) const;
  AccountId in_app(ShopperId shopper, double luck) const;
  bool may_open(const Moment& moment, Way way) const;
  AccountId open(Way way, const Moment& moment, std::vector<Signal>& signals);
  AccountId in_store(const Moment& moment, std::vector<Signal>& signals);
  AccountId at_till(const Moment& moment, bool surely, bool scan_and_go,
                    std::vector<Signal>& signals);
  Luck luck_of(std::uint64_t id, std::uint32_t step, std::uint8_t purpose) const;
  std::uint32_t matched_row(std::uint32_t row) const;

  Params params_;
  const population::Shoppers* shoppers_;
  PhiloxKey key_;
  std::vector<Account> accounts_;
  // A person's accounts are a list through these columns; 0 ends it.
  std::vector<ShopperId> owners_;     // by row of accounts_
  std::vector<std::uint32_t> next_;   // account id, by row of accounts_
  std::vector<std::uint32_t> first_;  // account id, by row of shoppers
};

}  // namespace footfall::members
