// Kinds of households: those of the seed that no category tells apart. Fitting works on kinds, so a
// sample of many thousand households costs no more than its differences. Internal to this room.
#pragma once

#include <vector>

#include "sim/population/controls.hpp"

namespace footfall::population {

struct Kinds {
  std::vector<std::uint32_t> first;     ///< entries of kind k: [first[k], first[k + 1])
  std::vector<std::uint32_t> category;  ///< of each entry, rising within a kind
  std::vector<double> count;            ///< of each entry, > 0
  std::vector<double> weight;           ///< sum of the members' weights in the sample
  std::vector<std::uint32_t> member_first, members;  ///< seed households of each kind
  std::size_t size() const { return weight.size(); }
};

/// In the order of their entries, so that neighbours are alike.
Kinds kinds_of(const Controls& controls);

}  // namespace footfall::population
