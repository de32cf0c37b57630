// A street of zones a kilometre apart with a store at its western end, and campaigns for it.
#pragma once

#include "geo/frame.hpp"
#include "sim/campaign/campaign.hpp"
#include "tests/sim/members/people.hpp"

namespace footfall::campaign::testing {

using members::testing::exactly;

/// `zones` places at 0, 1, 2, … km east of stores 1 and 2; the middle of the street is the origin
/// of its frame.
inline scenario::Scenario street(std::size_t zones) {
  const geo::Frame frame({95'000'000, 471'000'000});
  scenario::Scenario out;
  for (std::size_t i = 0; i < zones; ++i) {
    auto& point = out.demand.emplace_back();
    point.id = {static_cast<std::uint32_t>(i + 1)};
    point.place = frame.to_lonlat({1000.0 * static_cast<double>(i), 0});
    point.residents = 100;
  }
  for (std::uint32_t id = 1; id <= 2; ++id) {
    auto& store = out.stores.emplace_back();
    store.id = {id};
    store.place = out.demand[0].place;
    store.role = scenario::Role::own;
    store.floor_area_m2 = 500;
  }
  return out;
}

/// Certain and simple channels of each trigger: all notice, nothing wears off, 1 minor unit each.
inline Channel plain(Trigger trigger) {
  Channel c;
  c.name = trigger == Trigger::not_seen ? "recall" : trigger == Trigger::nearby ? "ad" : "coupon";
  c.trigger = trigger;
  c.needs_account = trigger != Trigger::nearby;
  c.cost_minor = 1;
  c.reach = exactly(1);
  c.utility = exactly(1);
  c.halving_km = exactly(2);
  c.fatigue = exactly(0);
  c.coupon = trigger == Trigger::scan;
  c.discount = c.coupon ? 0.2 : 0;
  c.redeem = exactly(c.coupon ? 0.5 : 0);
  return c;
}
inline std::vector<Channel> plain_channels() {
  return {plain(Trigger::not_seen), plain(Trigger::nearby), plain(Trigger::scan)};
}

/// Days 0 to 99, store 1, the whole audience of 3 km each day, no hold-out.
inline Campaign campaign_of(std::uint32_t id, Trigger trigger) {
  Campaign c;
  c.id = {id};
  c.name = "c" + std::to_string(id);
  c.channel = static_cast<std::uint32_t>(trigger);
  c.store = {1};
  c.from = 0;
  c.to = 100;
  c.daily_share = 1;
  c.hold_out = 0;
  return c;
}

/// A book in which everyone has joined at the till of `store` on day 0: account = shopper.
inline members::Book all_members(const population::Shoppers& shoppers, StoreId store = {1}) {
  members::Params p = members::testing::quiet();
  p.till_agrees = exactly(1);
  members::Book book(p, shoppers, 1);
  members::testing::buy(book, 0, shoppers.size(), 0, store);
  return book;
}

}  // namespace footfall::campaign::testing
