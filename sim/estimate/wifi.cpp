#include "sim/estimate/wifi.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace footfall::estimate {
namespace {

using Frames = std::span<const probe::Frame>;

std::vector<std::uint32_t> order_by(Frames frames, auto key) {
  std::vector<std::uint32_t> order(frames.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tuple(key(frames[a]), frames[a].time, a) <
           std::tuple(key(frames[b]), frames[b].time, b);
  });
  return order;
}

Micros micros(double seconds) {
  return static_cast<Micros>(seconds * micros_per_second);
}

/// The frames of one MAC in the order of time: visits by the threshold rule and their lengths.
struct Visits {
  std::uint64_t count = 0;
  double dwell_s = 0;
};
Visits visits_of(const Params& p, const std::vector<const probe::Frame*>& frames) {
  Visits out;
  for (std::size_t i = 0; i < frames.size();) {
    if (frames[i]->signal_dbm < p.first_dbm) {
      ++i;
      continue;
    }
    const Micros start = frames[i]->time;
    Micros last = start;
    std::int64_t in_window = 0;
    std::size_t j = i;
    for (; j < frames.size() && frames[j]->time - last <= micros(p.session_timeout_s); ++j) {
      if (frames[j]->signal_dbm < p.session_dbm) continue;
      last = frames[j]->time;
      if (last - start <= micros(p.visit_window_s)) ++in_window;
    }
    if (in_window >= p.visit_observations) {
      ++out.count;
      out.dwell_s += static_cast<double>(last - start) / micros_per_second;
    }
    i = j;
  }
  return out;
}

void count_macs(const Params& p, Frames frames, WifiDay& day) {
  const auto order = order_by(frames, [](const probe::Frame& f) { return f.mac; });
  std::vector<const probe::Frame*> of_mac;
  for (std::size_t i = 0; i < order.size();) {
    const probe::Mac mac = frames[order[i]].mac;
    of_mac.clear();
    for (; i < order.size() && frames[order[i]].mac == mac; ++i)
      of_mac.push_back(&frames[order[i]]);
    const bool random = probe::is_random(mac);
    ++day.macs;
    day.random_macs += random;
    day.random_frames += random ? of_mac.size() : 0;
    const Visits visits = visits_of(p, of_mac);
    day.visits += visits.count;
    if (random || visits.count == 0) continue;
    day.real_visits += visits.count;
    day.real_dwell_s += visits.dwell_s;
    day.real_visitors.push_back(mac);
  }
}

void count_bursts(const Params& p, Frames frames, WifiDay& day) {
  const auto order = order_by(frames, [](const probe::Frame& f) { return f.fingerprint; });
  for (std::size_t i = 0; i < order.size();) {
    const probe::Frame& first = frames[order[i]];
    Micros last = first.time;
    for (++i; i < order.size(); ++i) {
      const probe::Frame& next = frames[order[i]];
      if (next.fingerprint != first.fingerprint || next.time - last > micros(p.burst_gap_s)) break;
      last = next.time;
    }
    const Micros in_day = time_of_day(first.time);
    const auto hour = static_cast<std::size_t>(in_day / (3600 * micros_per_second));
    ++day.bursts[hour];
  }
}

}  // namespace

WifiDay read_day(const Params& params, std::span<const probe::Frame> frames) {
  WifiDay day;
  day.frames = frames.size();
  count_macs(params, frames, day);
  count_bursts(params, frames, day);
  return day;
}

void Returning::take(const WifiDay& day) {
  frames_ += day.frames;
  random_frames_ += day.random_frames;
  for (const probe::Mac& mac : day.real_visitors) ++days_[mac];
}

Estimate Returning::share(const Params& params) const {
  Estimate out{0, 0, 0, "real_macs", {}};
  const double random =
      frames_ > 0 ? static_cast<double>(random_frames_) / static_cast<double>(frames_) : 0;
  if (frames_ == 0 || days_.empty()) {
    out.refused = "nothing_heard";
  } else if (random > params.most_random_share) {
    out.refused = "rotating_macs";
  } else {
    std::uint64_t again = 0;
    for (const auto& [mac, days] : days_) again += days > 1;
    out.value = out.low = out.high = static_cast<double>(again) / static_cast<double>(days_.size());
  }
  return out;
}

}  // namespace footfall::estimate
