// Parameters of sensors, radio and phones (docs/models/probe.md).
#pragma once

#include "core/params.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::probe {

/// How a sensor listens to the three channels that probes are sent on.
enum class Listening : std::uint8_t {
  fixed,    ///< one radio on the middle channel
  hopping,  ///< one radio that visits all channels
  three     ///< three radios, one on each
};
std::string_view name_of(Listening value);

/// A day is computed with the best values. "Measured" means: on public captures of labelled phones
/// of 2021 and of a room with recorded occupancy.
struct Params {
  // Where people are. The sensor stands at the door.
  Ranged street_width_m{12, 5, 30};  ///< passers-by walk between 2 m and this far away
  double street_reach_m = 60;        ///< followed this far along the street, to both sides
  Ranged store_depth_m{25, 8, 60};   ///< people inside are between 2 m and this far away

  // Radio: received power at distance d is signal_at_1m - 10 · exponent · log10(d) - wall +
  // shadowing + fading (log-distance path loss, Rappaport 2002).
  Ranged signal_at_1m_dbm{-42, -50, -35};
  Ranged path_loss_exponent{2.6, 2.2, 3.0};  ///< 2.2 open, 3.0 between shelves
  Ranged wall_db{8, 3, 15};                  ///< loss of glass and wall between street and store
  Ranged shadowing_db{5, 4, 6};     ///< standard deviation, alike at places near each other
  Ranged shadowing_m{10, 3, 20};    ///< distance over which it is correlated
  Ranged fading_db{4.5, 3.7, 5.8};  ///< standard deviation from frame to frame, measured
  double floor_dbm = -97;           ///< weaker frames are not received; measured

  // Sensor.
  Listening listening = Listening::fixed;
  Ranged hopping_duty{0.15, 0.08, 0.33};  ///< chance to listen while a phone is on a channel
  Ranged leak_share{0.135, 0.05, 0.25};  ///< of frames received on a neighbouring channel, measured
  Ranged lost_frames{0.3, 0.1, 0.6};     ///< by collisions and a busy radio

  // Phones. State and Wi-Fi are drawn anew for each time that a person is near.
  Ranged screen_active_share{0.4, 0.1, 0.8};
  Ranged power_saving_share{0.2, 0.05, 0.4};
  Ranged off_sends_share{0.5, 0.3, 0.7};  ///< of phones that send though Wi-Fi is "off", measured
  Ranged real_mac_android{0.35, 0.05, 0.6};  ///< of phones that never randomise (5 of 22, measured)
  Ranged real_mac_ios{0, 0, 0.05};
  Ranged real_mac_other{0.6, 0.2, 1};
  Ranged per_network_share{0.05, 0, 0.2};  ///< of randomising phones: one random MAC for ever
  Ranged per_day_share{0.05, 0, 0.2};      ///< one for each day; the rest: new ones each burst
  Ranged sequence_continues_share{0.53, 0.3, 0.8};  ///< across a change of MAC (9 of 17, measured)
  Ranged frames_per_burst{15.5, 14, 17};            ///< over the three channels, median; measured
  Ranged frames_per_burst_ios{7.5, 6, 9};
  Ranged real_mac_frames{2, 1, 3};       ///< times as many where the MAC is real: chosen so that
                                         ///< 56 % of frames have a random one, as measured
  Ranged ios_macs_per_burst{6.5, 1, 7};  ///< measured
  Ranged frame_gap_ms{23, 20, 26};       ///< measured
  std::int64_t phone_models = 60;        ///< of each system, sold as 1 : 1/2 : 1/3 : …

  // Infrared beam at the door.
  Ranged beam_group_s{1.5, 1, 2};     ///< people this close together hide each other
  Ranged beam_missed{0.4, 0.2, 0.6};  ///< chance that the second is missed: -10 to -30 % in pairs
};
Fields fields(Params& params);

/// Reads the block "probe" of a scenario; absent members have their defaults.
Result<Params> read_params(const scenario::Scenario& scenario);

}  // namespace footfall::probe
