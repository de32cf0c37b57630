// The results of `world run`: ten figures with truth and estimate side by side, all methods, the
// funnel, the stores, the days, the campaigns.
#pragma once

#include <vector>

#include "core/result.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/world.hpp"

namespace footfall::study {

/// One replication.
struct Season {
  world::Outcome outcome;
  double lift_of_all = 0;    ///< currency: with all campaigns less without any
  std::vector<double> lift;  ///< of each campaign: with all less without this one
};

struct Told {
  const scenario::Scenario& scenario;
  const world::Rooms& rooms;
  const world::Plan& plan;
  const population::Shoppers& shoppers;
  const std::vector<Season>& seasons;  ///< at least one
  StoreId focus;                       ///< the store that the story is about
  Basis basis = Basis::none;           ///< of the truths' intervals
};
Results tell(const Told& told);

}  // namespace footfall::study
