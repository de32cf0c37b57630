// `shoppers fit`: weights of a sample's households under the scenario's controls, how well they and
// the whole households made from them fit, and what those give away of the sample.
#pragma once

#include "sim/population/fit.hpp"
#include "sim/study/study.hpp"

namespace footfall::study {

struct ShoppersFitOptions {
  population::Method method = population::Method::entropy;
  double cap = 0;  ///< greatest weight relative to the prior; 0: none
  population::Infeasible infeasible = population::Infeasible::error;
  population::Integers integers = population::Integers::rounding;
  std::int64_t seed = 1;
};
Fields fields(ShoppersFitOptions& options);

Study shoppers_fit();
Result<Output> compute_shoppers_fit(const scenario::Scenario& scenario, const Json& options,
                                    const Job& job);

}  // namespace footfall::study
