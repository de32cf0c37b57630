// Making shoppers for a scenario: from fitted household weights where controls are given
// (controls.hpp, fit.hpp), else from priors with ranges (params.hpp). The model and its limits:
// docs/models/population.md.
#pragma once

#include <string>
#include <vector>

#include "core/job.hpp"
#include "sim/population/params.hpp"
#include "sim/population/shoppers.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::population {

struct Synthesis {
  Shoppers shoppers;
  std::vector<std::string> assumptions;  ///< which tags came from priors, in plain words
};

/// Shoppers of all demand points. Where controls are, whole households of the sample, as many as
/// were fitted / people_per_shopper; elsewhere residents / people_per_shopper, rounded so that
/// running totals stay within half a shopper. `people_per_shopper` is the least whole number that
/// keeps the count at or below params.most_shoppers. The draws of a shopper are keyed by its zone's
/// id and its number in the zone, so that another zone changes nothing. Every household has an
/// adult, and so has every zone with shoppers. Errors: no residents, parameters that contradict
/// each other, those of read_controls() and fit(), too little memory, cancelled.
Result<Synthesis> synthesise(const scenario::Scenario& scenario, const Params& params,
                             std::uint64_t seed, const Job& job);

}  // namespace footfall::population
