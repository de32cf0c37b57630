// Places on the earth as they stand in files: WGS 84, integers of 1e-7 degree (about 1 cm), so that
// a place has one identity on every platform. Metres live in geo/.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

namespace footfall {

struct LonLat {
  std::int32_t lon_e7 = 0;  ///< -1'800'000'000 to 1'800'000'000
  std::int32_t lat_e7 = 0;  ///< -900'000'000 to 900'000'000

  friend constexpr auto operator<=>(LonLat, LonLat) = default;
  constexpr double lon() const { return lon_e7 * 1e-7; }  ///< degrees east
  constexpr double lat() const { return lat_e7 * 1e-7; }  ///< degrees north
};

/// A shape in WGS 84. A point is one part with one place. A line is one part of two or more. A
/// polygon's parts are rings without the repeated last place: outer ring, its holes, next outer
/// ring, …
/// (`outer` marks the outer ones).
struct Shape {
  enum class Kind : std::uint8_t { point, line, polygon };
  Kind kind = Kind::point;
  std::vector<std::vector<LonLat>> parts;
  std::vector<bool> outer;  ///< for polygons: one flag for each part
};

}  // namespace footfall
