// A city that an engine ranks in a moment: no roads, straight distances.
#pragma once

#include <doctest/doctest.h>

#include "sim/scenario/generate.hpp"

namespace footfall::ui::testing {

inline scenario::Scenario small_city(int demand_points) {
  scenario::CityParams params;
  params.demand_points = demand_points;
  params.candidates = 3;
  params.block_m = 0;
  auto made = scenario::generate_city(params);
  REQUIRE(made);
  made->parameters["catchment"] = {{"measure", "straight_distance"}};
  return std::move(*made);
}

}  // namespace footfall::ui::testing
