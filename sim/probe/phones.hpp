// Phones: what a device is, when it sends bursts of probe requests, and under which names.
//
// A phone sends a burst, waits, sends the next. Two things were measured on 22 labelled phones of
// 2021: the quantiles of the waits, pooled over phones, and the median number of bursts that a
// phone sends in 20 minutes. Waits drawn independently from the pooled distribution G would give
// three times as many bursts, since the phones that send often bring most of the waits. Here each
// phone has a pace of its own in each state, g, and each wait is g with chance `kept`, else a fresh
// draw from G. Paces are distributed so that the pooled waits are exactly G: with chance `kept`
// from the length-biased distribution x G(dx) / mean, else from G. (Phones at pace g bring waits at
// a rate 1 / (kept g + (1 - kept) mean), which undoes the bias.) `kept` and the greatest wait were
// not measured; they are set so that the median bursts in 20 minutes are.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/rng.hpp"
#include "sim/probe/params.hpp"
#include "sim/probe/probe.hpp"

namespace footfall::probe {

enum class State : std::uint8_t {
  active,
  active_saving,
  standby,
  standby_saving,
  off_active,  ///< Wi-Fi switched "off"
  off_standby
};
inline constexpr int states = 6;

/// Waits between bursts in seconds: the 0, 10, 25, 50, 75, 90 and 100 % quantiles, linear between.
struct Pace {
  std::array<double, 7> quantile_s;
  double kept;
};
const Pace& pace_of(State state);
double mean_wait_s(const Pace& pace);
/// A wait from the pooled distribution; u in [0, 1).
double wait_s(const Pace& pace, double u);
/// From the length-biased distribution.
double biased_wait_s(const Pace& pace, double u);

/// Moments of a phone's bursts from any start on: a stationary renewal process at its own pace.
class Bursts {
 public:
  /// `own`: draws of (device, state) alone. `draws`: of this time that the phone is near.
  Bursts(const Pace& pace, Draws own, Draws draws);
  double first_s();  ///< after the start
  double next_s();   ///< after the burst before

 private:
  const Pace* pace_;
  double own_s_;
  Draws draws_;
};

enum class MacPolicy : std::uint8_t { real, per_network, per_day, per_burst };
std::string_view name_of(MacPolicy value);

/// A pure function of the device and the world's key.
struct Phone {
  DeviceId id;
  population::Phone system = population::Phone::none;
  std::uint32_t model = 0;  ///< of its system, from 0
  MacPolicy policy = MacPolicy::per_burst;
  bool sequence_continues = false;
  bool sends_when_off = false;
  double frames_per_burst = 1;
  std::uint32_t macs_per_burst = 1;
};

/// Makes phones; holds the market of models.
class Fleet {
 public:
  Fleet(const Params& params, PhiloxKey key);
  /// `system` is not none.
  Phone phone(DeviceId id, population::Phone system) const;
  /// Information elements of a model, one or two kinds; a tenth of the models share one with the
  /// model before (37 kinds of 22 phones, 4 of them shared, measured).
  std::uint32_t fingerprints(population::Phone system, std::uint32_t model) const;  ///< 1 or 2
  std::uint32_t fingerprint(population::Phone system, std::uint32_t model,
                            std::uint32_t kind) const;
  /// Draws of a device's own pace.
  Draws own_pace(DeviceId id, State state) const;

 private:
  const Params* params_;
  PhiloxKey key_;
  AliasTable models_;
};

/// What a random MAC address is tied to, beyond the device.
struct Epoch {
  Day day = 0;
  std::uint32_t start = 0;  ///< of the time that the phone is near
  std::uint32_t burst = 0;
  std::uint32_t index = 0;  ///< within the burst
};
/// The address under a policy; only what the policy asks for changes it.
Mac mac_of(PhiloxKey key, const Phone& phone, const Epoch& epoch);

}  // namespace footfall::probe
