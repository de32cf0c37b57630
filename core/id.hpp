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

using ZoneId = Id<struct ZoneTag>;          ///< A demand point: where people live or work.
using StoreId = Id<struct StoreTag>;        ///< A store: own, competing, or a candidate site.
using ShopperId = Id<struct ShopperTag>;    ///< One synthetic person.
using DeviceId = Id<struct DeviceTag>;      ///< A phone; truth, never seen by a sensor.
using SensorId = Id<struct SensorTag>;      ///< A Wi-Fi probe or a door counter.
using AccountId = Id<struct AccountTag>;    ///< A member account; a person may have several.
using CampaignId = Id<struct CampaignTag>;  ///< A campaign of a world.

}  // namespace footfall
