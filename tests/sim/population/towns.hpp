// Towns for the tests of this room: zones of given residents, 300 m apart on a line.
#pragma once

#include <vector>

#include "geo/frame.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::population::testing {

inline LonLat place_at(double east_m, double north_m) {
  return geo::Frame({95'200'000, 471'400'000}).to_lonlat({east_m, north_m});
}

inline void add_zone(scenario::Scenario& town, std::uint32_t id, double residents,
                     std::string district = {}) {
  const auto east = 300.0 * static_cast<double>(town.demand.size());
  town.demand.push_back({{id}, place_at(east, 0), residents, std::move(district), "", 1});
}

inline scenario::Scenario town_of(const std::vector<double>& residents) {
  scenario::Scenario town;
  for (const double people : residents)
    add_zone(town, static_cast<std::uint32_t>(town.demand.size() + 1), people);
  return town;
}

}  // namespace footfall::population::testing
