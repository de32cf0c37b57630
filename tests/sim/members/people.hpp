// Shoppers made by hand, and days of purchases for them.
#pragma once

#include <vector>

#include "sim/members/members.hpp"

namespace footfall::members::testing {

/// `count` average adults with a phone, Wi-Fi on half of the time, all at home in zone 0.
inline population::Shoppers people(std::size_t count) {
  population::Shoppers s;
  s.home.assign(count, 0);
  s.daytime.assign(count, 0);
  s.household.resize(count);
  for (std::size_t i = 0; i < count; ++i) s.household[i] = static_cast<std::uint32_t>(i);
  s.spending_factor.assign(count, 1);
  s.age.assign(count, population::AgeBand::from_25);
  s.gender.assign(count, population::Gender::female);
  s.work.assign(count, population::Work::employed);
  s.household_size.assign(count, 1);
  s.income.assign(count, population::Income::middle);
  s.spending.assign(count, population::Spending::average);
  s.interest_bits.assign(count, 0);
  s.online.assign(count, 128);
  s.messaging.assign(count, 128);
  s.phone.assign(count, population::Phone::android);
  s.wifi.assign(count, 128);
  s.price_sensitivity.assign(count, 128);
  s.channel_response.assign(count, 128);
  s.habit.assign(count, 128);
  return s;
}

inline std::uint64_t visit_key(ShopperId shopper, Day day) {
  return static_cast<std::uint64_t>(shopper.value) << 32 | static_cast<std::uint64_t>(day) << 8;
}

/// One purchase of 1,000 each, in the order of the ids.
inline std::vector<Purchase> purchases(std::size_t from, std::size_t to, Day day, StoreId store) {
  std::vector<Purchase> out;
  for (std::size_t i = from; i < to; ++i) {
    const ShopperId id = population::Shoppers::id(i);
    out.push_back(
        {id, store, visit_key(id, day), static_cast<std::uint32_t>(i % 86'400), 1000, false, {}});
  }
  return out;
}

/// A day on which the rows [from, to) buy and nobody else comes in.
inline Book::DayResult buy(Book& book, std::size_t from, std::size_t to, Day day,
                           StoreId store = {1}) {
  const auto list = purchases(from, to, day, store);
  const std::vector<CampaignId> none(list.size());
  return book.take(day, store, list, {}, none);
}

inline Ranged exactly(double value) {
  return {value, value, value};
}

/// Nobody joins, members always show their account, matching is perfect.
inline Params quiet() {
  Params p;
  p.till_asks = p.till_agrees = p.shows_account = exactly(1);
  p.till_agrees = p.scans_code = p.wifi_page = p.second_account = exactly(0);
  p.code_phone_number = p.wifi_phone_number = p.missed_match = p.false_match = exactly(0);
  return p;
}

}  // namespace footfall::members::testing
