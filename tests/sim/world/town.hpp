// A small town whose whole chain runs in a fraction of a second.
#pragma once

#include "sim/population/synthesis.hpp"
#include "sim/scenario/generate.hpp"
#include "sim/world/world.hpp"

namespace footfall::world::testing {

inline scenario::Scenario small_town() {
  scenario::CityParams params;
  params.demand_points = 60;
  params.residents = 2500;
  params.radius_m = 2500;
  params.suburbs = 1;
  params.own_stores = 2;
  params.competitors = 3;
  params.candidates = 3;
  return *scenario::generate_city(params);
}

inline population::Shoppers people_of(const scenario::Scenario& town) {
  const Job job;
  return population::synthesise(town, {}, 1, job)->shoppers;
}

inline StoreId first_with(const scenario::Scenario& town, scenario::Role role) {
  for (const scenario::Store& store : town.stores) {
    if (store.role == role) return store.id;
  }
  return {};
}

inline Plan plan_of(Day days) {
  Plan plan;
  plan.days = days;
  plan.channels = campaign::standard_channels();
  return plan;
}

/// One campaign of each channel.
inline void add_campaigns(Plan& plan, StoreId store, Day from, Day to) {
  for (std::uint32_t c = 0; c < plan.channels.size(); ++c) {
    campaign::Campaign& campaign = plan.campaigns.emplace_back();
    campaign.id = {c + 1};
    campaign.channel = c;
    campaign.store = store;
    campaign.from = from;
    campaign.to = to;
    campaign.not_seen_days = 3;
    campaign.hold_out = 0.3;
  }
}

}  // namespace footfall::world::testing
