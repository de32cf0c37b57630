// `shoppers calibrate`: the factor on each counted store's attraction and the hour profiles that
// bring the model to counted visits (sim/visits/calibrate.hpp), how far off it was and is, and the
// edits that put them into the scenario.
#pragma once

#include "sim/study/study.hpp"

namespace footfall::study {

struct ShoppersCalibrateOptions {
  std::int64_t seed = 1;
  std::int64_t shoppers = 200'000;  ///< at most; more residents are sampled
};
Fields fields(ShoppersCalibrateOptions& options);

Study shoppers_calibrate();
/// Counts are the scenario's table counts.csv.
Result<Output> compute_shoppers_calibrate(const scenario::Scenario& scenario, const Json& options,
                                          const Job& job);

}  // namespace footfall::study
