// What the draws of this room decide: part of their counters, so fixed for ever. A counter is
// (shopper, extra, day, purpose and ordinal); `extra` is a store's id where draws belong to one.
#pragma once

#include <cstdint>

#include "core/rng.hpp"

namespace footfall::visits {

namespace purpose {
inline constexpr std::uint8_t when = 1;            ///< interval, store, hour, basket
inline constexpr std::uint8_t how = 2;             ///< habit and channel, mission, second, origin
inline constexpr std::uint8_t start = 3;           ///< first interval, favourite
inline constexpr std::uint8_t newcomer = 4;        ///< a newcomer's or the rest's clock on a trip
inline constexpr std::uint8_t newcomer_habit = 5;  ///< the same for the favourite
inline constexpr std::uint8_t nudge = 6;
inline constexpr std::uint8_t weather = 7;
inline constexpr std::uint8_t favourites = 8;  ///< counts: how many favour which store
inline constexpr std::uint8_t counts = 9;      ///< counts: hours and deliveries of a store
inline constexpr std::uint8_t districts = 10;  ///< counts: where they came from
}  // namespace purpose

inline Philox4 draw(PhiloxKey key, std::uint32_t shopper, std::uint32_t extra, std::uint32_t day,
                    std::uint8_t what, std::uint32_t ordinal = 0) {
  return philox4x32_10({shopper, extra, day, std::uint32_t{what} << 24 | ordinal}, key);
}

/// A word as a number in (0, 1).
inline double unit(std::uint32_t bits) {
  return (static_cast<double>(bits) + 0.5) * (1.0 / 4294967296.0);
}

}  // namespace footfall::visits
