// Member accounts: how people join, which tokens tie them to an account, and what the brand sees.
// The brand sees accounts; whose they are is truth, kept apart.
#pragma once

#include <cstdint>
#include <optional>
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

/// Kinds of identity token that an account may hold; bits of Account::tokens.
enum class Token : std::uint8_t { phone_number = 1, messaging_id = 2, device_mac = 4 };

/// What the brand knows of an account.
struct Account {
  AccountId id;
  Way way = Way::till;
  std::uint8_t tokens = 0;
  StoreId joined_at;
  Day joined = 0;
  Day last_seen = 0;  ///< of a purchase or a scan tied to the account
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

/// All accounts, day by day.
class Book {
 public:
  Book(const Params& params, const population::Shoppers& shoppers, std::uint64_t seed);

  /// Takes one store day's purchases (ordered by time_s, shopper): who joins, who shows an account,
  /// who has two. `entered`: shoppers that came in without buying and may join by the Wi-Fi page or
  /// a code. Receipts are parallel to the purchases. `coupons`: the coupon that each purchase's
  /// shopper holds for this store (none: 0), parallel to the purchases.
  struct DayResult {
    std::vector<Receipt> receipts;
    std::vector<Signal> signals;
  };
  DayResult take(Day day, StoreId store, std::span<const Purchase> purchases,
                 std::span<const ShopperId> entered, std::span<const CampaignId> coupons);

  std::span<const Account> accounts() const;  ///< ordered by id; ids count from 1
  void opt_out(AccountId account);

  /// Truth, for scorers and for delivering a message to its person: owner of an account; accounts
  /// of a person.
  ShopperId owner(AccountId account) const;
  std::vector<AccountId> accounts_of(ShopperId shopper) const;

  /// What the brand believes after matching tokens: group number for each account (same group =
  /// taken for one person), with the errors of params (missed and false matches).
  std::vector<std::uint32_t> identity_groups() const;

 private:
  const Params params_;
  const population::Shoppers* shoppers_;
  PhiloxKey key_;
  std::vector<Account> accounts_;
  std::vector<ShopperId> owners_;
  std::vector<std::vector<AccountId>> of_shopper_;
};

}  // namespace footfall::members
