#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

#include "core/math.hpp"
#include "sim/probe/infrared.hpp"
#include "sim/probe/phones.hpp"
#include "sim/probe/probe.hpp"
#include "sim/probe/radio.hpp"

namespace footfall::probe {
namespace {

/// What a draw decides: part of the counter of its random numbers, so fixed for ever. The first
/// belong to the phone, whoever hears it; the others to the sensor.
enum class Drawn : std::uint8_t { state, waits, sequence, burst, shadow, frames };

constexpr std::uint32_t channels = 3;  // 1, 6 and 11 of the 2.4 GHz band
constexpr std::uint32_t own_channel = 1;
constexpr double frames_spread = 0.25;  // standard deviation of the logarithm, from burst to burst
constexpr std::uint32_t most_frames = 1000;
constexpr double reach_sd = 5;  // fading beyond this many standard deviations never lifts a frame

/// A key for the draws of one thing, so that its own steps and purposes are free.
PhiloxKey key_of(PhiloxKey key, std::uint64_t id, std::uint32_t step) {
  const Philox4 words = philox4x32_10(
      {static_cast<std::uint32_t>(id), static_cast<std::uint32_t>(id >> 32), step, 0x5741u}, key);
  return {words[0], words[1]};
}

Draws draws_of(PhiloxKey key, Drawn purpose, std::uint64_t id = 0) {
  return Draws(key, id, 0, static_cast<std::uint8_t>(purpose));
}

/// The state in which a phone is near, or none: it sends nothing.
std::optional<State> state_of(const Params& params, const Phone& phone, double wifi, Draws draws) {
  const bool on = draws.bernoulli(wifi);
  const bool active = draws.bernoulli(params.screen_active_share.value);
  const bool saving = draws.bernoulli(params.power_saving_share.value);
  if (!on && !phone.sends_when_off) return {};
  if (!on) return active ? State::off_active : State::off_standby;
  if (active) return saving ? State::active_saving : State::active;
  return saving ? State::standby_saving : State::standby;
}

/// That one frame is received, each on its own.
class Chance {
 public:
  explicit Chance(double p) : p_(p), log_missed_(p < 1 ? math::log1p(-p) : 0) {}
  /// Frames missed before the next one that is received.
  double skip(Draws& draws) const {
    const double u = draws.uniform_open();
    if (p_ >= 1) return 0;
    return p_ > 0 ? math::floor(math::log(u) / log_missed_) : most_frames;
  }

 private:
  double p_, log_missed_;
};

struct HeardFrame {
  Frame frame;
  ShopperId person;
  DeviceId device;
};

/// One phone on one way, as one sensor hears it.
class Listener {
 public:
  Listener(const Params& params, SensorId sensor, Day day, PhiloxKey key, const Fleet& fleet,
           const population::Shoppers& shoppers, std::vector<HeardFrame>& out)
      : params_(params),
        day_(day),
        key_(key),
        sensor_key_(key_of(key, sensor.value, 0x53454eu)),
        fleet_(fleet),
        shoppers_(shoppers),
        out_(out),
        tuned_(1 - params.lost_frames.value),
        leaked_(params.leak_share.value * (1 - params.lost_frames.value)),
        never_(0) {}

  void follow(std::span<const Presence> way) {
    const Presence& start = way.front();
    const std::size_t row = population::Shoppers::row(start.person);
    if (!start.device || shoppers_.phone[row] == population::Phone::none) return;
    start_ms_ = static_cast<std::uint32_t>(static_cast<double>(start.from_s) * 1000);
    way_key_ = key_of(key_, start.key, start_ms_);
    heard_key_ = key_of(sensor_key_, start.key, start_ms_);
    phone_ = fleet_.phone(start.device, shoppers_.phone[row]);
    const auto state = state_of(params_, phone_, population::share_of(shoppers_.wifi[row]),
                                draws_of(way_key_, Drawn::state));
    if (!state) return;
    send(way, *state);
  }

 private:
  void send(std::span<const Presence> way, State state) {
    Bursts bursts(pace_of(state), fleet_.own_pace(phone_.id, state),
                  draws_of(way_key_, Drawn::waits));
    Shadowing shadowing(params_, draws_of(heard_key_, Drawn::shadow));
    Draws sequences = draws_of(way_key_, Drawn::sequence);
    sequence_ = sequences.below(4096);
    double at_s = static_cast<double>(way.front().from_s) + bursts.first_s();
    double last_m = static_cast<double>(way.front().distance_m);
    std::uint32_t burst = 0;
    for (const Presence& place : way) {
      const auto distance_m = static_cast<double>(place.distance_m);
      const double shadow_db =
          shadowing.at(distance_m < last_m ? last_m - distance_m : distance_m - last_m);
      last_m = distance_m;
      const double mean_dbm = mean_signal_dbm(params_, distance_m, place.inside) + shadow_db;
      for (; at_s < static_cast<double>(place.to_s); at_s += bursts.next_s(), ++burst) {
        if (at_s >= static_cast<double>(place.from_s)) {
          send_burst(place, at_s, burst, mean_dbm, sequences);
        }
      }
    }
  }

  void send_burst(const Presence& place, double at_s, std::uint32_t burst, double mean_dbm,
                  Draws& sequences) {
    Draws draws = draws_of(way_key_, Drawn::burst, burst);
    const double size = phone_.frames_per_burst * math::exp(frames_spread * draws.normal());
    const auto frames = static_cast<std::uint32_t>(
        std::clamp(math::round_half_away(size), 1.0, static_cast<double>(most_frames)));
    const std::uint32_t kind = draws.below(fleet_.fingerprints(phone_.system, phone_.model));
    const std::uint32_t macs =
        phone_.policy == MacPolicy::per_burst ? std::min(phone_.macs_per_burst, frames) : 1;
    const bool audible = mean_dbm + reach_sd * params_.fading_db.value >= params_.floor_dbm;
    const std::uint32_t fingerprint =
        audible ? fleet_.fingerprint(phone_.system, phone_.model, kind) : 0;
    Reception reception(*this, frames, draws_of(heard_key_, Drawn::frames, burst));
    std::uint32_t i = audible ? reception.next(0) : frames;
    for (std::uint32_t index = 0; index < macs; ++index) {
      const bool new_name = phone_.policy == MacPolicy::per_burst && (burst > 0 || index > 0);
      if (new_name && !phone_.sequence_continues) sequence_ = sequences.below(4096);
      const std::uint32_t from = frames * index / macs, to = frames * (index + 1) / macs;
      Frame frame;
      frame.fingerprint = fingerprint;
      if (i < to) frame.mac = mac_of(key_, phone_, {day_, start_ms_, burst, index});
      for (; i < to; i = reception.next(i + 1)) {
        const double time_s = at_s + i * params_.frame_gap_ms.value / 1000;
        frame.time =
            day_ * micros_per_day + static_cast<Micros>(math::floor(time_s * micros_per_second));
        frame.sequence = static_cast<std::uint16_t>((sequence_ + (i - from)) & 4095);
        const double fading_db = params_.fading_db.value * reception.draws().normal();
        take(frame, mean_dbm + fading_db, place);
      }
      sequence_ = (sequence_ + (to - from)) & 4095;
    }
  }

  void take(Frame frame, double signal_dbm, const Presence& place) {
    if (signal_dbm < params_.floor_dbm) return;
    frame.signal_dbm =
        static_cast<std::int8_t>(std::clamp(math::floor(signal_dbm + 0.5), -127.0, 0.0));
    out_.push_back({frame, place.person, phone_.id});
  }

  /// Which frames of a burst the radio receives, apart from too weak ones.
  class Reception {
   public:
    Reception(const Listener& listener, std::uint32_t frames, Draws draws)
        : listener_(listener), frames_(frames), draws_(draws) {}

    /// The first received frame from number `i` on, or the number of frames. Frames in between are
    /// skipped by a geometric number.
    std::uint32_t next(std::uint32_t i) {
      while (i < frames_) {
        const std::uint32_t channel = i * channels / frames_;
        const std::uint32_t end = ((channel + 1) * frames_ + channels - 1) / channels;
        if (channel != channel_) {
          channel_ = channel;
          chance_ = &listener_.chance_on(channel, draws_);
        }
        const double skipped = chance_->skip(draws_);
        if (skipped < end - i) return i + static_cast<std::uint32_t>(skipped);
        i = end;
      }
      return frames_;
    }
    Draws& draws() { return draws_; }

   private:
    const Listener& listener_;
    std::uint32_t frames_;
    Draws draws_;
    std::uint32_t channel_ = channels;  // at first none
    const Chance* chance_ = nullptr;
  };

  const Chance& chance_on(std::uint32_t channel, Draws& draws) const {
    switch (params_.listening) {
      case Listening::fixed:
        return channel == own_channel ? tuned_ : leaked_;
      case Listening::three:
        return tuned_;
      case Listening::hopping:
        return draws.bernoulli(params_.hopping_duty.value) ? tuned_ : never_;
    }
    return never_;
  }

  const Params& params_;
  Day day_;
  PhiloxKey key_, sensor_key_;
  const Fleet& fleet_;
  const population::Shoppers& shoppers_;
  std::vector<HeardFrame>& out_;
  Chance tuned_, leaked_, never_;

  std::uint32_t start_ms_ = 0;
  PhiloxKey way_key_{}, heard_key_{};
  Phone phone_;
  std::uint32_t sequence_ = 0;
};

/// In the order of time; frames of one moment in the order of the ways.
Heard in_order(SensorId sensor, const std::vector<HeardFrame>& frames) {
  std::vector<std::pair<Micros, std::uint32_t>> order(frames.size());
  for (std::size_t i = 0; i < frames.size(); ++i) {
    order[i] = {frames[i].frame.time, static_cast<std::uint32_t>(i)};
  }
  std::sort(order.begin(), order.end());
  Heard heard;
  heard.capture.sensor = sensor;
  heard.capture.frames.reserve(frames.size());
  heard.truth.device.reserve(frames.size());
  heard.truth.person.reserve(frames.size());
  for (const auto& [time, i] : order) {
    heard.capture.frames.push_back(frames[i].frame);
    heard.truth.device.push_back(frames[i].device);
    heard.truth.person.push_back(frames[i].person);
  }
  return heard;
}

}  // namespace

Heard hear(const Params& params, SensorId sensor, Day day, PhiloxKey key,
           std::span<const Presence> presences, const floor::StoreDay& store_day,
           const population::Shoppers& shoppers) {
  const Fleet fleet(params, key);
  std::vector<HeardFrame> frames;
  Listener listener(params, sensor, day, key, fleet, shoppers, frames);
  for (std::size_t i = 0; i < presences.size();) {
    std::size_t end = i + 1;
    while (end < presences.size() && presences[end].key == presences[i].key) ++end;
    listener.follow(presences.subspan(i, end - i));
    i = end;
  }
  Heard heard = in_order(sensor, frames);
  heard.capture.beams = beams(params, day, key_of(key, sensor.value, 0x424541u), store_day);
  return heard;
}

}  // namespace footfall::probe
