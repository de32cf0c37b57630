// Shoppers of any number for benchmarks, in a square of straight distances.
#pragma once

#include "bench/market.hpp"
#include "sim/visits/panel.hpp"

namespace footfall::bench {

/// Evenly over the zones, in households of two.
inline population::Shoppers crowd(std::size_t count, std::size_t zones) {
  population::Shoppers out;
  Draws draws(random_key(1, 0, "bench"), 2, 0, 0);
  for (std::size_t i = 0; i < count; ++i) {
    const auto zone = static_cast<std::uint32_t>(i * zones / count);
    out.home.push_back(zone);
    out.daytime.push_back(draws.below(static_cast<std::uint32_t>(zones)));
    out.household.push_back(static_cast<std::uint32_t>(i / 2));
    out.work.push_back(draws.bernoulli(0.5) ? population::Work::employed : population::Work::none);
    out.age.push_back(static_cast<population::AgeBand>(1 + draws.below(6)));
    out.habit.push_back(static_cast<std::uint8_t>(draws.below(256)));
    out.online.push_back(static_cast<std::uint8_t>(draws.below(256)));
  }
  out.spending_factor.assign(count, 1);
  return out;
}

inline scenario::Scenario straight_square(std::size_t zones, std::size_t stores) {
  scenario::Scenario out = square(zones, stores);
  out.parameters["catchment"] = {{"measure", "straight_distance"}};
  return out;
}

}  // namespace footfall::bench
