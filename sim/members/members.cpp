#include "sim/members/members.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace footfall::members {
namespace {

/// What a draw decides: part of the counter of its random numbers, so fixed for ever.
enum Purpose : std::uint8_t { of_purchase, of_entry, of_missed, of_false };

/// A chance of the average shopper for one whose share is `byte`.
double scaled(double chance, std::uint8_t byte) {
  return std::min(1.0, chance * byte / 128.0);
}

constexpr std::uint8_t bit(Token token) {
  return static_cast<std::uint8_t>(token);
}

}  // namespace

std::string_view name_of(Way value) {
  constexpr std::array<std::string_view, 3> names{"till", "scan_code", "wifi_page"};
  return names[static_cast<std::size_t>(value)];
}

/// All draws of a visit, taken whether needed or not: what one decides moves no other.
struct Book::Luck {
  double wifi = 0, scan = 0, second = 0, phone_number = 0, pick = 0, show = 0, till = 0;
};

struct Book::Moment {
  ShopperId shopper;
  StoreId store;
  Day day = 0;
  std::uint32_t time_s = 0;
  Luck luck;
};

Book::Book(const Params& params, const population::Shoppers& shoppers, std::uint64_t seed)
    : params_(params),
      shoppers_(&shoppers),
      key_(random_key(seed, 0, "members")),
      first_(shoppers.size(), 0) {}

Book::Luck Book::luck_of(std::uint64_t id, std::uint32_t step, std::uint8_t purpose) const {
  Draws draws(key_, id, step, purpose);
  Luck luck;
  luck.wifi = draws.uniform();
  luck.scan = draws.uniform();
  luck.second = draws.uniform();
  luck.phone_number = draws.uniform();
  luck.pick = draws.uniform();
  luck.show = draws.uniform();
  luck.till = draws.uniform();
  return luck;
}

std::vector<AccountId> Book::accounts_of(ShopperId shopper) const {
  std::vector<AccountId> out;
  for (std::uint32_t id = first_[population::Shoppers::row(shopper)]; id != 0; id = next_[id - 1]) {
    out.push_back({id});
  }
  return out;
}

/// The person's account that was opened this way; a person has at most one of each way.
AccountId Book::find(ShopperId shopper, Way way) const {
  std::uint32_t id = first_[population::Shoppers::row(shopper)];
  while (id != 0 && accounts_[id - 1].way != way) id = next_[id - 1];
  return {id};
}

AccountId Book::any(ShopperId shopper, double luck) const {
  const std::uint32_t first = first_[population::Shoppers::row(shopper)];
  std::uint32_t count = 0;
  for (std::uint32_t id = first; id != 0; id = next_[id - 1]) ++count;
  std::uint32_t id = first;
  for (auto skip = static_cast<std::uint32_t>(luck * count); skip > 0; --skip) id = next_[id - 1];
  return {id};
}

/// The account in the messaging app, where codes are scanned and coupons shown, else any.
AccountId Book::in_app(ShopperId shopper, double luck) const {
  const AccountId own = find(shopper, Way::scan_code);
  return own ? own : any(shopper, luck);
}

bool Book::may_open(const Moment& moment, Way way) const {
  if (first_[population::Shoppers::row(moment.shopper)] == 0) return true;
  return !find(moment.shopper, way) && moment.luck.second < params_.second_account.value;
}

AccountId Book::open(Way way, const Moment& moment, std::vector<Signal>& signals) {
  const double phone_number = way == Way::till        ? 1
                              : way == Way::scan_code ? params_.code_phone_number.value
                                                      : params_.wifi_phone_number.value;
  Account account;
  account.id = {static_cast<std::uint32_t>(accounts_.size() + 1)};
  account.way = way;
  if (way == Way::scan_code) account.tokens = bit(Token::messaging_id);
  if (way == Way::wifi_page) account.tokens = bit(Token::device_mac);
  if (moment.luck.phone_number < phone_number) account.tokens |= bit(Token::phone_number);
  account.joined_at = moment.store;
  account.joined = account.last_seen = moment.day;

  std::uint32_t* end = &first_[population::Shoppers::row(moment.shopper)];
  while (*end != 0) end = &next_[*end - 1];
  *end = account.id.value;
  accounts_.push_back(account);
  owners_.push_back(moment.shopper);
  next_.push_back(0);
  signals.push_back({account.id, Signal::Kind::joined, moment.store, moment.time_s});
  return account.id;
}

/// The Wi-Fi page and the code in the store; gives the account opened, if one was.
AccountId Book::in_store(const Moment& moment, std::vector<Signal>& signals) {
  const std::size_t row = population::Shoppers::row(moment.shopper);
  AccountId opened;
  if (shoppers_->phone[row] == population::Phone::none) return opened;
  if (moment.luck.wifi < scaled(params_.wifi_page.value, shoppers_->wifi[row]) &&
      may_open(moment, Way::wifi_page)) {
    opened = open(Way::wifi_page, moment, signals);
  }
  if (moment.luck.scan < scaled(params_.scans_code.value, shoppers_->messaging[row])) {
    AccountId account;
    if (may_open(moment, Way::scan_code)) {
      account = opened = open(Way::scan_code, moment, signals);
    } else {
      account = in_app(moment.shopper, moment.luck.pick);
    }
    accounts_[account.value - 1].last_seen = moment.day;
    signals.push_back({account, Signal::Kind::scan, moment.store, moment.time_s});
  }
  return opened;
}

/// The account that a purchase is tied to; none: anonymous. `surely`: shows one if there is any.
AccountId Book::at_till(const Moment& moment, bool surely, bool scan_and_go,
                        std::vector<Signal>& signals) {
  const bool member = first_[population::Shoppers::row(moment.shopper)] != 0;
  if (member && surely) return in_app(moment.shopper, moment.luck.pick);
  if (member && moment.luck.show < params_.shows_account.value) {
    return any(moment.shopper, moment.luck.pick);
  }
  if (scan_and_go) return open(Way::scan_code, moment, signals);
  const double joins = params_.till_asks.value * params_.till_agrees.value;
  if (moment.luck.till < joins && may_open(moment, Way::till)) {
    return open(Way::till, moment, signals);
  }
  return {};
}

Book::DayResult Book::take(Day day, StoreId store, std::span<const Purchase> purchases,
                           std::span<const ShopperId> entered,
                           std::span<const CampaignId> coupons) {
  assert(coupons.size() == purchases.size());
  DayResult out;
  out.receipts.reserve(purchases.size());
  for (std::size_t i = 0; i < purchases.size(); ++i) {
    const Purchase& purchase = purchases[i];
    const Moment moment{purchase.shopper, store, day, purchase.time_s,
                        luck_of(purchase.visit_key, store.value, of_purchase)};
    AccountId account = in_store(moment, out.signals);
    if (!account) {
      const bool surely = purchase.scan_and_go || coupons[i];
      account = at_till(moment, surely, purchase.scan_and_go, out.signals);
    }
    if (account) {
      Account& known = accounts_[account.value - 1];
      known.last_seen = day;
      ++known.purchases;
      known.spent_minor += purchase.paid_minor;
      out.signals.push_back({account, Signal::Kind::purchase, store, purchase.time_s});
    }
    out.receipts.push_back({account, store, day, purchase.time_s, purchase.paid_minor, coupons[i]});
  }

  std::vector<ShopperId> visitors(entered.begin(), entered.end());
  std::sort(visitors.begin(), visitors.end());
  visitors.erase(std::unique(visitors.begin(), visitors.end()), visitors.end());
  for (const ShopperId shopper : visitors) {
    const std::uint64_t id = static_cast<std::uint64_t>(shopper.value) << 32 | store.value;
    in_store({shopper, store, day, 0, luck_of(id, static_cast<std::uint32_t>(day), of_entry)},
             out.signals);
  }
  return out;
}

void Book::opt_out(AccountId account) {
  accounts_[account.value - 1].opted_out = true;
}

/// Row of the earlier account that an account is matched with, or its own row.
std::uint32_t Book::matched_row(std::uint32_t row) const {
  const ShopperId owner = owners_[row];
  for (std::uint32_t id = first_[population::Shoppers::row(owner)]; id < row + 1;
       id = next_[id - 1]) {
    if ((accounts_[id - 1].tokens & accounts_[row].tokens) == 0) continue;
    if (Draws(key_, row + 1, 0, of_missed).bernoulli(params_.missed_match.value)) break;
    return id - 1;
  }
  if (row == 0) return row;
  Draws draws(key_, row + 1, 0, of_false);
  const bool mistaken = draws.bernoulli(params_.false_match.value);
  const std::uint32_t other = draws.below(row);
  return mistaken && owners_[other] != owner ? other : row;
}

std::vector<std::uint32_t> Book::identity_groups() const {
  std::vector<std::uint32_t> groups(accounts_.size());
  std::uint32_t count = 0;
  for (std::uint32_t row = 0; row < groups.size(); ++row) {
    const std::uint32_t other = matched_row(row);
    groups[row] = other == row ? count++ : groups[other];
  }
  return groups;
}

}  // namespace footfall::members
