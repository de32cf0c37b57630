// Small towns for the tests of the catchment room, and the model once more in plain double.
#pragma once

#include <string>
#include <vector>

#include "core/math.hpp"
#include "core/rng.hpp"
#include "sim/catchment/market.hpp"

namespace footfall::catchment::testing {

inline constexpr LonLat town_centre{95'200'000, 471'400'000};

inline LonLat place_at(double east_m, double north_m) {
  return geo::Frame(town_centre).to_lonlat({east_m, north_m});
}

inline void add_people(scenario::Scenario& town, double east_m, double north_m, double residents) {
  const auto id = static_cast<std::uint32_t>(town.demand.size() + 1);
  town.demand.push_back({{id}, place_at(east_m, north_m), residents, "", "", 1});
}

inline scenario::Store& add_store(scenario::Scenario& town, double east_m, double north_m,
                                  double area_m2, scenario::Role role) {
  const StoreId id = town.next_store_id();
  town.last_store_id = id.value;
  scenario::Store& store = town.stores.emplace_back();
  store.id = id;
  store.place = place_at(east_m, north_m);
  store.name = "Store " + std::to_string(id.value);
  store.role = role;
  store.floor_area_m2 = area_m2;
  return store;
}

/// People and stores at random in 10 × 10 km; every third store is own.
inline scenario::Scenario random_town(std::uint64_t seed, int points, int stores,
                                      int candidates = 0) {
  Draws draws(random_key(seed, 0, "test"), 1, 0, 0);
  scenario::Scenario town;
  for (int i = 0; i < points; ++i) {
    const double east = draws.uniform(-5000, 5000), north = draws.uniform(-5000, 5000);
    add_people(town, east, north, draws.uniform(0, 50));
    town.demand.back().spending_index = draws.uniform(0.5, 1.5);
  }
  for (int j = 0; j < stores + candidates; ++j) {
    const double east = draws.uniform(-5000, 5000), north = draws.uniform(-5000, 5000);
    const scenario::Role role = j >= stores  ? scenario::Role::candidate
                                : j % 3 == 0 ? scenario::Role::own
                                             : scenario::Role::competitor;
    add_store(town, east, north, draws.uniform(200, 4000), role);
  }
  return town;
}

/// A straight street of 10 km through the centre with a junction every 500 m.
inline void add_street(scenario::Scenario& town) {
  for (int i = -10; i < 10; ++i) {
    town.roads.push_back({{place_at(i * 500.0, 0), place_at(i * 500.0 + 500, 0)}, "primary"});
  }
}

inline Choice straight_choice(Decay decay = Decay::power, double decay_value = 2) {
  Choice choice;
  choice.measure = Measure::straight_distance;
  choice.decay = decay;
  choice.decay_value = decay_value;
  choice.access = 0.2;
  choice.outside_utility = 0.02;
  choice.online_share = 0.03;
  choice.spending_per_head = 3500;
  return choice;
}

inline double exact_decay(const Choice& choice, double cost) {
  return choice.decay == Decay::power ? math::pow(cost, -choice.decay_value)
                                      : math::exp(-choice.decay_value * cost);
}

/// Utility in double, from the same places as the kernels'.
inline double exact_utility(const Market& market, const Choice& choice, const Supply& store,
                            std::size_t i) {
  double cost = 0;
  if (market.by_road()) {
    if (store.costs.times[i] == geo::unreachable) return 0;
    cost = geo::seconds(store.costs.times[i]) / 60;
  } else {
    const double dx = static_cast<double>(market.x()[i]) -
                      static_cast<double>(static_cast<float>(store.costs.place.x));
    const double dy = static_cast<double>(market.y()[i]) -
                      static_cast<double>(static_cast<float>(store.costs.place.y));
    cost = math::sqrt(dx * dx + dy * dy) / 1000;
  }
  return math::pow(store.floor_area_m2 / 1000, choice.area_exponent) *
         exact_decay(choice, cost + choice.access);
}

/// Sales of each store in double, store by store and point by point.
inline std::vector<double> exact_sales(const Market& market, const std::vector<Supply>& stores,
                                       const Choice& choice) {
  std::vector<double> sales(stores.size());
  for (std::size_t i = 0; i < market.demand_count(); ++i) {
    double total = choice.outside_utility;
    for (const Supply& store : stores) total += exact_utility(market, choice, store, i);
    if (!(total > 0)) continue;
    const double money = market.residents()[i] * market.spending_index()[i] *
                         choice.spending_per_head * (1 - choice.online_share);
    for (std::size_t k = 0; k < stores.size(); ++k) {
      sales[k] += money * exact_utility(market, choice, stores[k], i) / total;
    }
  }
  return sales;
}

}  // namespace footfall::catchment::testing
