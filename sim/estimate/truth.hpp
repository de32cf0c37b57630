// What really happened at a store: for scorers alone. Nothing here may feed an estimate.
#pragma once

#include <array>
#include <cstdint>

#include "sim/estimate/wifi.hpp"
#include "sim/floor/store_day.hpp"

namespace footfall::estimate {

struct TruthDay {
  std::uint64_t passed = 0;  ///< everyone in front of the store or inside
  std::uint64_t looked = 0, entered = 0, deep = 0, bought = 0;
  double dwell_s = 0;  ///< Σ over those who entered
  double queue_s = 0;  ///< Σ over those who bought
  std::int64_t paid_minor = 0;
  std::array<std::uint32_t, hours> passed_by_hour{}, entered_by_hour{};
};
TruthDay truth_of(const floor::StoreDay& day);

}  // namespace footfall::estimate
