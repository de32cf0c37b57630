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

/// Streets every 200 m over the square, both ways; every tenth is an arterial of 70 km/h.
inline void add_streets(scenario::Scenario& city) {
  const geo::Frame frame({95'200'000, 471'400'000});
  constexpr int streets = 101;
  const auto corner = [&](int x, int y) {
    return frame.to_lonlat({200.0 * x - 10'000, 200.0 * y - 10'000});
  };
  const auto add = [&](int x, int y, int to_x, int to_y, bool arterial) {
    scenario::RoadLine& road = city.roads.emplace_back();
    road.line = {corner(x, y), corner(to_x, to_y)};
    road.speed_kmh = arterial ? 70 : 40;
  };
  for (int y = 0; y < streets; ++y) {
    for (int x = 0; x < streets; ++x) {
      if (x + 1 < streets) add(x, y, x + 1, y, y % 10 == 0);
      if (y + 1 < streets) add(x, y, x, y + 1, x % 10 == 0);
    }
  }
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

/// By car, the same decay of minutes.
inline catchment::Choice road_choice() {
  catchment::Choice choice = power_choice();
  choice.measure = catchment::Measure::drive_time;
  choice.access = 2;
  return choice;
}

struct Case {
  catchment::Market market;
  std::vector<catchment::Supply> stores;
};

inline Case made(std::size_t points, std::size_t stores,
                 catchment::Measure measure = catchment::Measure::straight_distance) {
  const Job job;
  scenario::Scenario scenario = square(points, stores);
  if (measure != catchment::Measure::straight_distance) add_streets(scenario);
  auto market = catchment::Market::build(scenario, measure, job);
  auto list = catchment::supplies(*market, scenario, job);
  return {std::move(*market), std::move(*list)};
}

}  // namespace footfall::bench
