#include "sim/probe/params.hpp"

#include <array>
#include <string>
#include <variant>

namespace footfall::probe {
namespace {

constexpr std::string_view room = "probe";
constexpr std::array<std::string_view, 3> listenings{"fixed", "hopping", "three"};
constexpr std::string_view phones = "22 labelled phones of 2021";
constexpr std::string_view sensors = "public captures";

Fields radio_fields(Params& p) {
  return {
      {"street_width_m", &p.street_width_m, 2, 200, "m",
       "How far from the sensor passers-by walk at most"},
      {"street_reach_m", &p.street_reach_m, 5, 500, "m",
       "How far along the street passers-by are followed, to both sides"},
      {"store_depth_m", &p.store_depth_m, 2, 500, "m",
       "How far from the sensor people inside are at most"},
      {"signal_at_1m_dbm", &p.signal_at_1m_dbm, -80, 0, "dBm", "Received power at one metre"},
      {"path_loss_exponent", &p.path_loss_exponent, 1.5, 5, "",
       "How fast power falls with distance: exponent, 2.2 open to 3.0 between shelves",
       "Rappaport 2002"},
      {"wall_db", &p.wall_db, 0, 60, "dB", "Loss between street and store"},
      {"shadowing_db", &p.shadowing_db, 0, 20, "dB", "Spread of power from place to place",
       "Rappaport 2002"},
      {"shadowing_m", &p.shadowing_m, 0.1, 100, "m",
       "Distance over which that spread is correlated", "Gudmundson 1991"},
      {"fading_db", &p.fading_db, 0, 20, "dB", "Spread of power from frame to frame", sensors},
      {"floor_dbm", &p.floor_dbm, -120, -40, "dBm", "Weaker frames are not received", sensors},
      {"listening",
       reinterpret_cast<std::uint8_t*>(&p.listening),
       0,
       0,
       "",
       "How the sensor listens to the three channels",
       {},
       listenings},
      {"hopping_duty", &p.hopping_duty, 0, 1, "",
       "Chance that a hopping sensor listens while a phone sends on a channel", sensors},
      {"leak_share", &p.leak_share, 0, 1, "",
       "Share of frames that are received on a neighbouring channel too", sensors},
      {"lost_frames", &p.lost_frames, 0, 1, "",
       "Share of frames lost by collisions and a busy radio", sensors},
  };
}

Fields phone_fields(Params& p) {
  return {
      {"screen_active_share", &p.screen_active_share, 0, 1, "",
       "Share of phones near the store whose screen is on"},
      {"power_saving_share", &p.power_saving_share, 0, 1, "", "Share of phones that save power"},
      {"off_sends_share", &p.off_sends_share, 0, 1, "",
       "Share of phones that still send while Wi-Fi is off", phones},
      {"real_mac_android", &p.real_mac_android, 0, 1, "",
       "Share of Android phones that never randomise their MAC address", phones},
      {"real_mac_ios", &p.real_mac_ios, 0, 1, "",
       "Share of iPhones that never randomise their MAC address", phones},
      {"real_mac_other", &p.real_mac_other, 0, 1, "",
       "Share of other phones that never randomise their MAC address"},
      {"per_network_share", &p.per_network_share, 0, 1, "",
       "Share of randomising phones that keep one random MAC address for ever"},
      {"per_day_share", &p.per_day_share, 0, 1, "",
       "Share of randomising phones that take a new MAC address each day"},
      {"sequence_continues_share", &p.sequence_continues_share, 0, 1, "",
       "Share of randomising phones that keep counting across a change of MAC address", phones},
      {"frames_per_burst", &p.frames_per_burst, 1, 200, "", "Median frames of a burst", phones},
      {"frames_per_burst_ios", &p.frames_per_burst_ios, 1, 200, "",
       "Median frames of an iPhone's burst", phones},
      {"real_mac_frames", &p.real_mac_frames, 0.1, 20, "",
       "Frames of a burst with a real MAC address, relative to others", phones},
      {"ios_macs_per_burst", &p.ios_macs_per_burst, 1, 50, "",
       "MAC addresses within an iPhone's burst", phones},
      {"frame_gap_ms", &p.frame_gap_ms, 1, 1000, "ms", "Time between the frames of a burst",
       phones},
      {"phone_models", &p.phone_models, 1, 1000, "",
       "Models of each phone system; phones of a model look alike"},
  };
}

Fields beam_fields(Params& p) {
  return {
      {"beam_group_s", &p.beam_group_s, 0, 60, "s",
       "People who come in this close together hide each other from the infrared beam"},
      {"beam_missed", &p.beam_missed, 0, 1, "",
       "Chance that the infrared beam misses the second of two such people"},
  };
}

}  // namespace

std::string_view name_of(Listening value) {
  return listenings[static_cast<std::size_t>(value)];
}

Fields fields(Params& params) {
  Fields all = radio_fields(params);
  for (const Fields& part : {phone_fields(params), beam_fields(params)}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

Result<Params> read_params(const scenario::Scenario& scenario) {
  Params params;
  Errors errors = scenario::read_block(scenario, room, fields(params));
  if (!errors.empty()) return fail(std::move(errors));
  return params;
}

}  // namespace footfall::probe
