#include "sim/estimate/wifi.hpp"

#include <algorithm>

#include <doctest/doctest.h>

namespace footfall::estimate {
namespace {

constexpr probe::Mac real_mac{0x00, 0x11, 0x22, 0, 0, 1}, random_mac{0x02, 0x11, 0x22, 0, 0, 1};

probe::Frame frame(double at_s, probe::Mac mac, int signal_dbm, std::uint32_t fingerprint = 1) {
  probe::Frame f;
  f.time = static_cast<Micros>(at_s * micros_per_second);
  f.mac = mac;
  f.signal_dbm = static_cast<std::int8_t>(signal_dbm);
  f.fingerprint = fingerprint;
  return f;
}

/// n frames, one a minute.
std::vector<probe::Frame> stay(probe::Mac mac, int n, int signal_dbm, double from_s = 36'000) {
  std::vector<probe::Frame> out;
  for (int i = 0; i < n; ++i) out.push_back(frame(from_s + 60 * i, mac, signal_dbm));
  return out;
}

TEST_CASE("no frames: nothing") {
  const WifiDay day = read_day({}, {});
  CHECK(day.frames == 0);
  CHECK(day.macs == 0);
  CHECK(day.visits == 0);
  Returning returning;
  returning.take(day);
  CHECK(returning.share({}).refused == "nothing_heard");
}

TEST_CASE("a visit takes enough frames, the first one strong, in the window") {
  const Params params;
  CHECK(read_day(params, stay(real_mac, 5, -60)).visits == 1);
  CHECK(read_day(params, stay(real_mac, 4, -60)).visits == 0);
  CHECK(read_day(params, stay(real_mac, 9, -76)).visits == 0);  // never strong enough to begin
  auto spread = stay(real_mac, 5, -60);
  for (std::size_t i = 0; i < spread.size(); ++i)
    spread[i].time = static_cast<Micros>(i) * 800 * micros_per_second;  // 2 within 1,200 s
  CHECK(read_day(params, spread).visits == 0);
  auto weak = stay(real_mac, 5, -60);
  weak[2].signal_dbm = -81;  // does not count in the session
  CHECK(read_day(params, weak).visits == 0);
}

TEST_CASE("silence ends a visit, and its length is from first to last frame") {
  const Params params;
  auto frames = stay(real_mac, 6, -60);
  const auto second = stay(real_mac, 11, -60, 50'000);
  frames.insert(frames.end(), second.begin(), second.end());
  const WifiDay day = read_day(params, frames);
  CHECK(day.visits == 2);
  CHECK(day.real_visits == 2);
  CHECK(day.real_dwell_s == 5 * 60 + 10 * 60);
  CHECK(day.real_visitors.size() == 1);
  CHECK(day.macs == 1);
}

TEST_CASE("random MACs count as MACs and visits, never as people known again") {
  const WifiDay day = read_day({}, stay(random_mac, 6, -60));
  CHECK(day.macs == 1);
  CHECK(day.random_macs == 1);
  CHECK(day.random_frames == 6);
  CHECK(day.visits == 1);
  CHECK(day.real_visits == 0);
  CHECK(day.real_visitors.empty());
}

TEST_CASE("a burst is one whatever MACs it uses; order of frames does not matter") {
  std::vector<probe::Frame> frames;
  for (int i = 0; i < 6; ++i) {  // six MACs within one burst of one phone
    probe::Mac mac = random_mac;
    mac[5] = static_cast<std::uint8_t>(i);
    frames.push_back(frame(3600 * 9 + i * 0.025, mac, -70, 7));
  }
  frames.push_back(frame(3600 * 9 + 30, random_mac, -70, 7));  // the next burst
  frames.push_back(frame(3600 * 9, random_mac, -70, 8));       // another model at the same time
  const WifiDay day = read_day({}, frames);
  CHECK(day.bursts[9] == 3);
  std::reverse(frames.begin(), frames.end());
  CHECK(read_day({}, frames).bursts == day.bursts);
  CHECK(read_day({}, frames).macs == day.macs);
}

TEST_CASE("returning visitors: told from real MACs, refused where MACs rotate") {
  Params params;
  probe::Mac other = real_mac;
  other[5] = 2;
  Returning returning;
  auto first = stay(real_mac, 6, -60);
  const auto also = stay(other, 6, -60);
  first.insert(first.end(), also.begin(), also.end());
  returning.take(read_day(params, first));
  returning.take(read_day(params, stay(real_mac, 6, -60)));
  const Estimate share = returning.share(params);
  CHECK(share.has_value());
  CHECK(share.value == 0.5);
  returning.take(read_day(params, stay(random_mac, 10, -60)));
  CHECK(returning.share(params).refused == "rotating_macs");
}

}  // namespace
}  // namespace footfall::estimate
