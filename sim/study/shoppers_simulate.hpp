// `shoppers simulate`: the people of the scenario, day by day: who goes where, when, how often.
#pragma once

#include "sim/study/study.hpp"

namespace footfall::study {

struct ShoppersSimulateOptions {
  std::int64_t days = 28;
  std::int64_t seed = 1;
  std::int64_t shoppers = 200'000;  ///< at most; more residents are sampled
  std::string open;                 ///< ids of candidates that open on day 0
  std::int64_t sample = 0;          ///< keep all visits of every n-th shopper; 0: none
};
Fields fields(ShoppersSimulateOptions& options);

Study shoppers_simulate();
Result<Output> compute_shoppers_simulate(const scenario::Scenario& scenario, const Json& options,
                                         const Job& job);

}  // namespace footfall::study
