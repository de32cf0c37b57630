// A generated city with known parameters: source of benchmarks, of parameter-recovery tests, and of
// a demo where real data cannot go.
#pragma once

#include "core/params.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::scenario {

struct CityParams {
  std::int64_t demand_points = 5000;  ///< 1 to 2,000,000
  double residents = 100'000;         ///< in the whole city
  double radius_m = 6000;             ///< from centre to edge
  std::int64_t suburbs = 4;           ///< secondary centres, 0 to 50
  double block_m = 220;               ///< mesh of the road grid; 0: no roads
  bool river = true;                  ///< crosses the city
  std::int64_t bridges = 4;           ///< over the river, 1 to 100
  std::int64_t own_stores = 3;
  std::int64_t competitors = 12;
  std::int64_t candidates = 20;
  std::int64_t seed = 1;
  std::string name = "Generated city";
  LonLat centre{95'200'000, 471'400'000};
};
Fields fields(CityParams& params);

/// Population density: a Clark (1951) exponential around the centre plus one for each suburb;
/// segments (young, family, senior) with their own spending index whose mix changes with the
/// distance from the centre. A grid of streets with faster arterials and a ring, broken by a river
/// with bridges. Stores where people are, with lognormal areas; candidates along arterials with
/// rent by distance from the centre. A pure function of its parameters.
Result<Scenario> generate_city(const CityParams& params);

}  // namespace footfall::scenario
