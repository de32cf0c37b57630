// Strong ids over 32-bit integers. They are stored in the scenario, never reused, and are the only
// names by which rooms speak of things to each other: row numbers never leave a room.
#pragma once

#include <compare>
#include <cstdint>

namespace footfall {

template <class Tag>
struct Id {
  std::uint32_t value = 0;  ///< 0 means "none"; ids count from 1.

  friend constexpr auto operator<=>(Id, Id) = default;
  constexpr explicit operator bool() const { return value != 0; }
};

using ZoneId = Id<struct ZoneTag>;    ///< A demand point: where people live or work.
using StoreId = Id<struct StoreTag>;  ///< A store: own, competing, or a candidate site.

}  // namespace footfall
