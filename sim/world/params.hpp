// What ties the rooms together and belongs to none of them.
#pragma once

#include "core/params.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::world {

struct Params {
  double street_reach_km = 1;  ///< who passes a store: weight exp(-distance of home or daytime
                               ///< place / reach)
  double margin = 0.25;        ///< gross margin of what campaigns sell, where the store has none
};
Fields fields(Params& params);

/// Reads the block "world" of a scenario; absent members have their defaults.
Result<Params> read_params(const scenario::Scenario& scenario);

}  // namespace footfall::world
