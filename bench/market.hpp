// A market of any size for benchmarks: points and stores at random in a square of 20 km.
#pragma once

#include <string>

#include "core/rng.hpp"
#include "sim/catchment/market.hpp"

namespace footfall::bench {

inline scenario::Scenario square(std::size_t points, std::size_t stores) {
  Draws draws(random_key(1, 0, "bench"), 1, 0, 0);
  const geo::Frame frame({95'200'000, 471'400'000});
  const auto place = [&] {
    const double east = draws.uniform(-10'000, 10'000), north = draws.uniform(-10'000, 10'000);
    return frame.to_lonlat({east, north});
  };
  scenario::Scenario out;
  out.demand.resize(points);
  for (std::size_t i = 0; i < points; ++i) {
    out.demand[i].id = {static_cast<std::uint32_t>(i + 1)};
    out.demand[i].place = place();
    out.demand[i].residents = draws.uniform(1, 20);
  }
  for (std::size_t k = 0; k < stores; ++k) {
    scenario::Store& store = out.stores.emplace_back();
    store.id = {static_cast<std::uint32_t>(k + 1)};
    store.place = place();
    store.role = k % 10 == 0 ? scenario::Role::own : scenario::Role::competitor;
    store.floor_area_m2 = draws.uniform(200, 4000);
  }
  return out;
}

/// Straight distance, power decay; the exponent is not whole, so that no one can take a short cut.
inline catchment::Choice power_choice() {
  catchment::Choice choice;
  choice.measure = catchment::Measure::straight_distance;
  choice.decay_value = 1.9;
  choice.access = 0.2;
  choice.outside_utility = 0.02;
  choice.spending_per_head = 3500;
  return choice;
}

struct Case {
  catchment::Market market;
  std::vector<catchment::Supply> stores;
};

inline Case made(std::size_t points, std::size_t stores) {
  const Job job;
  const scenario::Scenario scenario = square(points, stores);
  auto market = catchment::Market::build(scenario, catchment::Measure::straight_distance, job);
  auto list = catchment::supplies(*market, scenario, job);
  return {std::move(*market), std::move(*list)};
}

}  // namespace footfall::bench
