// Shoppers and visits made by hand, for the tests of store and sensors.
#pragma once

#include <algorithm>
#include <numeric>
#include <tuple>
#include <vector>

#include "core/rng.hpp"
#include "sim/floor/store_day.hpp"

namespace footfall::testing {

/// `count` grown-ups of one zone, all with a phone (two of three Android, one of three iOS) and
/// Wi-Fi on 80 % of the time.
inline population::Shoppers some_shoppers(std::size_t count) {
  population::Shoppers s;
  s.home.assign(count, 0);
  s.daytime.assign(count, 0);
  s.household.resize(count);
  std::iota(s.household.begin(), s.household.end(), 0u);
  s.spending_factor.assign(count, 1);
  s.age.assign(count, population::AgeBand::from_35);
  s.gender.assign(count, population::Gender::female);
  s.work.assign(count, population::Work::employed);
  s.household_size.assign(count, 1);
  s.income.assign(count, population::Income::middle);
  s.spending.assign(count, population::Spending::average);
  s.interest_bits.assign(count, 0);
  s.online.assign(count, 0);
  s.messaging.assign(count, 128);
  s.phone.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    s.phone[i] = i % 3 == 2 ? population::Phone::ios : population::Phone::android;
  }
  s.wifi.assign(count, population::byte_of(0.8));
  s.price_sensitivity.assign(count, 128);
  s.channel_response.assign(count, 128);
  s.habit.assign(count, 128);
  return s;
}

inline floor::Street everyone(const population::Shoppers& shoppers) {
  std::vector<std::uint32_t> rows(shoppers.size());
  std::iota(rows.begin(), rows.end(), 0u);
  return floor::Street(rows, std::vector<double>(shoppers.size(), 1.0));
}

inline constexpr StoreId shop{7};

/// Visits of one day, three of ten for one item, half with a list, two of ten to browse, 8 to 20 h,
/// each of a shopper of its own; planned money around 25.00.
inline std::vector<visits::Visit> some_visits(std::size_t count, Day day, std::uint64_t seed) {
  std::vector<visits::Visit> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    Draws draws(random_key(seed, 0, "test visits"), i, static_cast<std::uint32_t>(day), 0);
    visits::Visit& visit = out[i];
    visit.shopper = population::Shoppers::id(i);
    visit.store = shop;
    visit.day = day;
    visit.arrival_s = 8 * 3600 + draws.below(12 * 3600);
    visit.planned_minor = static_cast<std::int32_t>(100 + 2400 * draws.exponential());
    const double u = draws.uniform();
    visit.mission = u < 0.3   ? visits::Mission::one_item
                    : u < 0.8 ? visits::Mission::list
                              : visits::Mission::browse;
  }
  std::sort(out.begin(), out.end(), [](const visits::Visit& a, const visits::Visit& b) {
    return std::tie(a.arrival_s, a.shopper, a.ordinal) <
           std::tie(b.arrival_s, b.shopper, b.ordinal);
  });
  return out;
}

}  // namespace footfall::testing
