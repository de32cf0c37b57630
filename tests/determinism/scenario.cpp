#include "sim/scenario/files.hpp"
#include "sim/scenario/generate.hpp"
#include "tests/determinism/determinism.hpp"

using namespace footfall;

FOOTFALL_GOLDEN(scenario_city) {
  scenario::CityParams params;
  params.demand_points = 20'000;
  params.seed = 42;
  const auto city = scenario::generate_city(params);
  return city ? scenario::scenario_hash(*city) : describe(city.error());
}
