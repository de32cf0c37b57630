// Sensors at a store's door and what they hear. Truth and observation are different types: a Frame
// or a Beam carries no person; who it was stands in a parallel column that only a scorer takes.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/rng.hpp"
#include "core/time.hpp"
#include "sim/floor/store_day.hpp"
#include "sim/probe/params.hpp"

namespace footfall::probe {

/// A person near the sensor, at one distance: all that this room needs to know of store and street.
/// A way is a row of presences with one key, in the order of time.
struct Presence {
  ShopperId person;
  DeviceId device;             ///< none: carries no phone
  std::uint64_t key = 0;       ///< of the draws: (person, day, ordinal)
  float from_s = 0, to_s = 0;  ///< since the day's midnight
  float distance_m = 0;        ///< from the sensor
  bool inside = false;
  bool moving = false;
};
/// The ways of a store day, one for each stay, in the order of its stays: along the street, at the
/// window, through the zones that were seen, waiting at the till, and away.
std::vector<Presence> presences(const Params& params, const floor::StoreDay& day, Day number,
                                PhiloxKey key, const population::Shoppers& shoppers);

/// A MAC address; bit 1 of the first octet (0x02) tells a locally administered, random one.
using Mac = std::array<std::uint8_t, 6>;
constexpr bool is_random(const Mac& mac) {
  return (mac[0] & 2) != 0;
}

/// One received probe request.
struct Frame {
  Micros time = 0;
  Mac mac{};
  std::uint16_t sequence = 0;  ///< 12 bits
  std::int8_t signal_dbm = 0;
  std::uint32_t fingerprint = 0;  ///< hash of the information elements: shared by phones of a model
};
/// One count of the infrared beam: somebody passed the door inwards, as the counter saw it.
struct Beam {
  Micros time = 0;
};

/// What the sensors of one store recorded on one day, in the order of time. A frame that several
/// channels received stands once, as sensors tell them by MAC and sequence number.
struct Capture {
  SensorId sensor;
  std::vector<Frame> frames;
  std::vector<Beam> beams;
};
/// Whose frame it was, for each frame of a capture: for scorers alone.
struct CaptureTruth {
  std::vector<DeviceId> device;
  std::vector<ShopperId> person;
};

struct Heard {
  Capture capture;
  CaptureTruth truth;
};
/// A store day through its sensors. Pure function; `key` is the same for all sensors and days of a
/// world, so that the MACs of a device that does not randomise, or randomises per network, are the
/// same on all days and in all stores. `presences`: rows of one way next to each other.
Heard hear(const Params& params, SensorId sensor, Day day, PhiloxKey key,
           std::span<const Presence> presences, const floor::StoreDay& store_day,
           const population::Shoppers& shoppers);

}  // namespace footfall::probe
