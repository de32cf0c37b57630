// A small generated city that the tests of the study room share.
#pragma once

#include "sim/scenario/generate.hpp"

namespace footfall::testing {

inline scenario::Scenario small_city() {
  scenario::CityParams params;
  params.demand_points = 400;
  params.residents = 20'000;
  params.radius_m = 2500;
  params.suburbs = 2;
  params.own_stores = 2;
  params.competitors = 5;
  params.candidates = 6;
  params.seed = 7;
  auto city = scenario::generate_city(params);
  return city ? std::move(*city) : scenario::Scenario{};
}

}  // namespace footfall::testing
