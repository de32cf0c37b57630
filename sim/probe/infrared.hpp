// The infrared beam at the door: counts who comes in, but for those who come in right behind
// somebody else.
#pragma once

#include <vector>

#include "sim/probe/probe.hpp"

namespace footfall::probe {

std::vector<Beam> beams(const Params& params, Day day, PhiloxKey key,
                        const floor::StoreDay& store_day);

}  // namespace footfall::probe
