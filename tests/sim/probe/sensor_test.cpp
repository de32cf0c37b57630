#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include <doctest/doctest.h>

#include "sim/probe/phones.hpp"
#include "sim/probe/probe.hpp"
#include "sim/probe/radio.hpp"
#include "tests/sim/floor/small_store.hpp"

using namespace footfall;
using namespace footfall::probe;
using namespace footfall::testing;

namespace {

const PhiloxKey key = random_key(9, 0, "probe");
constexpr SensorId sensor{1};

struct Made {
  population::Shoppers shoppers = some_shoppers(6000);
  floor::StoreDay day;
  std::vector<Presence> presences;
  Heard heard;
};

Made made(const Params& params, Day day = 2, std::size_t visits = 600) {
  Made m;
  const auto planned = some_visits(visits, day, 1);
  m.day = floor::store_day({}, {shop, 800, static_cast<double>(visits)}, day,
                           random_key(9, 0, "floor"), planned, m.shoppers, everyone(m.shoppers));
  m.presences = presences(params, m.day, day, key, m.shoppers);
  m.heard = hear(params, sensor, day, key, m.presences, m.day, m.shoppers);
  return m;
}

/// One person after the other, each `minutes` at one place inside.
Heard still(const Params& params, const population::Shoppers& shoppers, double distance_m,
            double minutes, Day day = 0) {
  std::vector<Presence> all;
  for (std::size_t row = 0; row < shoppers.size(); ++row) {
    Presence p;
    p.person = population::Shoppers::id(row);
    p.device = DeviceId{shoppers.phone[row] == population::Phone::none ? 0 : p.person.value};
    p.key = (std::uint64_t{p.person.value} << 32) | (static_cast<std::uint64_t>(day) << 8);
    p.from_s = 36'000;
    p.to_s = p.from_s + static_cast<float>(60 * minutes);
    p.distance_m = static_cast<float>(distance_m);
    p.inside = true;
    all.push_back(p);
  }
  return hear(params, sensor, day, key, all, {}, shoppers);
}

std::set<Mac> macs_of(const Capture& capture) {
  std::set<Mac> out;
  for (const Frame& frame : capture.frames) out.insert(frame.mac);
  return out;
}

}  // namespace

TEST_CASE("ways lead along the street, inside and away, without a gap") {
  const Made m = made({});
  std::map<std::uint64_t, std::vector<const Presence*>> ways;
  const Presence* last = nullptr;
  for (const Presence& p : m.presences) {
    CHECK(p.from_s < p.to_s);
    CHECK(p.from_s >= 0);
    CHECK(p.distance_m >= 2);
    CHECK(p.device.value == p.person.value);
    if (last != nullptr && last->key == p.key) {
      CHECK(p.from_s == doctest::Approx(static_cast<double>(last->to_s)).epsilon(1e-5));
    } else {
      CHECK(ways[p.key].empty());  // the rows of a way stand together
    }
    ways[p.key].push_back(&p);
    last = &p;
  }
  CHECK(ways.size() == m.day.stays.size());
  for (const floor::Stay& stay : m.day.stays) {
    double inside_s = 0;
    for (const Presence* p : ways.at(stay.key(2))) {
      if (p->inside) inside_s += static_cast<double>(p->to_s - p->from_s);
      CHECK((p->inside ? p->distance_m <= 25 : p->distance_m <= 62));
    }
    const double expected = stay.inside() ? static_cast<double>(stay.to_s - stay.from_s) : 0;
    CHECK(std::abs(inside_s - expected) < 0.2);
  }
}

TEST_CASE("a capture is in the order of time, its truth beside it, and no frame stands twice") {
  const Made m = made({});
  const auto& frames = m.heard.capture.frames;
  REQUIRE(frames.size() > 1000);
  CHECK(m.heard.capture.sensor == sensor);
  CHECK(m.heard.truth.device.size() == frames.size());
  CHECK(m.heard.truth.person.size() == frames.size());
  std::map<Mac, DeviceId> owner;
  std::set<std::tuple<Mac, std::uint16_t, Micros>> seen;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    CHECK((i == 0 || frames[i - 1].time <= frames[i].time));
    CHECK(day_of(frames[i].time) == 2);
    CHECK(frames[i].sequence < 4096);
    CHECK(frames[i].signal_dbm >= -97);
    CHECK(seen.insert({frames[i].mac, frames[i].sequence, frames[i].time}).second);
    CHECK(owner.emplace(frames[i].mac, m.heard.truth.device[i]).first->second ==
          m.heard.truth.device[i]);
  }
}

TEST_CASE("the share of frames with a random MAC is that of the captures") {
  // Median 56 %, 10 % quantile 37 %, 90 % quantile 61 % over mixes of phones.
  Params params;
  const Heard heard = still(params, some_shoppers(3000), 5, 20);
  double random = 0;
  for (const Frame& frame : heard.capture.frames) random += is_random(frame.mac);
  const double share = random / static_cast<double>(heard.capture.frames.size());
  CHECK(share == doctest::Approx(0.56).epsilon(0.09));
}

TEST_CASE("power within one MAC spreads by 3.7 to 5.8 dB for people at one place") {
  const Heard heard = still({}, some_shoppers(2000), 8, 20);
  struct Sums {
    double n = 0, sum = 0, squares = 0;
  };
  std::map<Mac, Sums> sums;
  for (const Frame& frame : heard.capture.frames) {
    Sums& s = sums[frame.mac];
    ++s.n;
    s.sum += frame.signal_dbm;
    s.squares += frame.signal_dbm * frame.signal_dbm;
  }
  std::vector<double> spread;
  for (const auto& [mac, s] : sums) {
    if (s.n >= 10) spread.push_back(std::sqrt((s.squares - s.sum * s.sum / s.n) / (s.n - 1)));
  }
  REQUIRE(spread.size() > 200);
  std::sort(spread.begin(), spread.end());
  CHECK(spread[spread.size() / 10] > 3.3);  // few frames a MAC spread the spread itself
  CHECK(spread[spread.size() / 2] > 3.7);
  CHECK(spread[spread.size() / 2] < 5.8);
  CHECK(spread[spread.size() * 9 / 10] < 6.2);
}

TEST_CASE("detection falls with distance, and with walls") {
  const population::Shoppers shoppers = some_shoppers(600);
  std::size_t last = 1'000'000'000;
  for (const double distance_m : {5.0, 40.0, 80.0, 160.0, 1500.0}) {
    CAPTURE(distance_m);
    const std::size_t frames = still({}, shoppers, distance_m, 10).capture.frames.size();
    CHECK(frames < last);
    last = frames;
  }
  CHECK(last < 10);
  const Params params;
  CHECK(mean_signal_dbm(params, 1, true) == doctest::Approx(-42));
  CHECK(mean_signal_dbm(params, 10, true) == doctest::Approx(-68));
  CHECK(mean_signal_dbm(params, 100, false) == doctest::Approx(-102));
  CHECK(mean_signal_dbm(params, 0, true) == mean_signal_dbm(params, 0.5, true));
}

TEST_CASE("shadowing has its spread, and is alike at places near each other") {
  const Params params;
  double square = 0, near = 0, far = 0;
  constexpr int n = 4000;
  for (std::uint32_t i = 0; i < n; ++i) {
    Shadowing shadowing(params, Draws(key, i, 0, 50));
    const double a = shadowing.at(0), b = shadowing.at(1), c = shadowing.at(1000);
    square += a * a / n;
    near += a * b / n;
    far += a * c / n;
  }
  CHECK(std::sqrt(square) == doctest::Approx(5).epsilon(0.05));
  CHECK(near / square == doctest::Approx(std::exp(-0.1)).epsilon(0.03));
  CHECK(std::abs(far / square) < 0.07);
}

TEST_CASE("no phone, no frames; no Wi-Fi, none but from phones that send though it is off") {
  population::Shoppers shoppers = some_shoppers(400);
  for (std::size_t i = 0; i < 400; i += 2) shoppers.phone[i] = population::Phone::none;
  const Heard half = still({}, shoppers, 5, 10);
  REQUIRE(half.capture.frames.size() > 100);
  for (const ShopperId person : half.truth.person) CHECK(person.value % 2 == 0);
  std::fill(shoppers.phone.begin(), shoppers.phone.end(), population::Phone::none);
  CHECK(still({}, shoppers, 5, 10).capture.frames.empty());

  shoppers = some_shoppers(2000);
  std::fill(shoppers.wifi.begin(), shoppers.wifi.end(), std::uint8_t{0});
  Params params;
  const Heard off = still(params, shoppers, 5, 20);
  std::set<DeviceId> devices(off.truth.device.begin(), off.truth.device.end());
  CHECK(static_cast<double>(devices.size()) / 2000 == doctest::Approx(0.49).epsilon(0.07));
  params.off_sends_share = {0, 0, 0};
  CHECK(still(params, shoppers, 5, 20).capture.frames.empty());
}

TEST_CASE("a fixed sensor close by hears 76 to 98 % of bursts; a hopping one few frames") {
  const population::Shoppers shoppers = some_shoppers(1500);
  Params params;
  const auto bursts = [](const Heard& heard) {
    // Frames of one device less than two seconds apart are one burst.
    std::map<DeviceId, Micros> last;
    std::size_t count = 0;
    for (std::size_t i = 0; i < heard.truth.device.size(); ++i) {
      Micros& before = last.try_emplace(heard.truth.device[i], -micros_per_day).first->second;
      const Micros now = heard.capture.frames[i].time;
      if (now - before > 2 * micros_per_second) ++count;
      before = now;
    }
    return static_cast<double>(count);
  };
  const Heard fixed = still(params, shoppers, 5, 20);
  params.listening = Listening::three;
  params.lost_frames = {0, 0, 0};
  const Heard all = still(params, shoppers, 5, 20);
  CHECK(bursts(fixed) / bursts(all) > 0.76);
  CHECK(bursts(fixed) / bursts(all) < 0.99);
  params.listening = Listening::hopping;
  const Heard hopping = still(params, shoppers, 5, 20);
  const double heard = static_cast<double>(hopping.capture.frames.size()) /
                       static_cast<double>(all.capture.frames.size());
  CHECK(heard == doctest::Approx(0.15).epsilon(0.05));  // 13 to 16 % measured
  CHECK(bursts(hopping) < 0.6 * bursts(all));
}

TEST_CASE("counting MACs counts many more than there are people") {
  const Heard heard = still({}, some_shoppers(500), 5, 20);
  // 25 to 31 MACs for each phone in 20 minutes, measured on mixes of labelled phones.
  const double naive = static_cast<double>(macs_of(heard.capture).size()) / 500;
  CHECK(naive > 20);
  CHECK(naive < 35);
}

TEST_CASE("most random MACs live for one burst") {
  const Heard heard = still({}, some_shoppers(1000), 5, 20);
  std::map<Mac, std::pair<Micros, Micros>> life;
  for (const Frame& frame : heard.capture.frames) {
    if (!is_random(frame.mac)) continue;
    auto& [first, last] = life.try_emplace(frame.mac, frame.time, frame.time).first->second;
    last = frame.time;
  }
  double one_burst = 0;
  for (const auto& [mac, times] : life) {
    one_burst += times.second - times.first < 2 * micros_per_second;
  }
  CHECK(one_burst / static_cast<double>(life.size()) > 0.97);
}

TEST_CASE("devices with a real MAC keep it over days, the others' random ones change") {
  const population::Shoppers shoppers = some_shoppers(800);
  const Heard monday = still({}, shoppers, 5, 20, 0), tuesday = still({}, shoppers, 5, 20, 1);
  const Params params;
  const Fleet fleet(params, key);
  std::map<DeviceId, std::set<Mac>> first, second;
  for (std::size_t i = 0; i < monday.truth.device.size(); ++i) {
    first[monday.truth.device[i]].insert(monday.capture.frames[i].mac);
  }
  for (std::size_t i = 0; i < tuesday.truth.device.size(); ++i) {
    second[tuesday.truth.device[i]].insert(tuesday.capture.frames[i].mac);
  }
  int kept = 0, changed = 0;
  for (const auto& [device, macs] : first) {
    if (second.count(device) == 0) continue;
    const std::size_t row = population::Shoppers::row(ShopperId{device.value});
    const MacPolicy policy = fleet.phone(device, shoppers.phone[row]).policy;
    if (policy <= MacPolicy::per_network) {
      CHECK(macs.size() == 1);
      CHECK(macs == second[device]);
      CHECK(is_random(*macs.begin()) == (policy == MacPolicy::per_network));
      ++kept;
    } else {
      for (const Mac& mac : macs) CHECK(second[device].count(mac) == 0);
      if (policy == MacPolicy::per_day) CHECK(macs.size() == 1);
      ++changed;
    }
  }
  CHECK(kept > 50);
  CHECK(changed > 100);
}

TEST_CASE("two sensors hear the same frames, each with its own luck") {
  const Made m = made({});
  const Heard other = hear({}, SensorId{2}, 2, key, m.presences, m.day, m.shoppers);
  std::map<std::pair<Mac, std::uint16_t>, int> first;
  for (const Frame& frame : m.heard.capture.frames) {
    first[{frame.mac, frame.sequence}] = frame.signal_dbm;
  }
  double both = 0, squares = 0;
  for (const Frame& frame : other.capture.frames) {
    const auto it = first.find({frame.mac, frame.sequence});
    if (it == first.end()) continue;
    ++both;
    squares += (it->second - frame.signal_dbm) * (it->second - frame.signal_dbm);
  }
  CHECK(both / static_cast<double>(other.capture.frames.size()) > 0.5);
  CHECK(both / static_cast<double>(other.capture.frames.size()) < 0.9);
  // Same-frame difference between two sensors in one room: 8.4 dB measured.
  CHECK(std::sqrt(squares / both) > 6);
  CHECK(std::sqrt(squares / both) < 11);
}

TEST_CASE("the infrared beam counts who comes in, and 10 to 30 % less where they come in pairs") {
  const Params params;
  floor::StoreDay day;
  for (std::uint32_t i = 0; i < 8000; ++i) {
    floor::Stay stay;
    stay.person = ShopperId{i + 1};
    stay.outcome = i % 4 == 3 ? visits::Outcome::looked : visits::Outcome::entered;
    stay.from_s = 30'000.0f + 5.0f * static_cast<float>(i);
    day.stays.push_back(stay);
  }
  const auto population = some_shoppers(8000);
  const auto alone = hear(params, sensor, 1, key, {}, day, population).capture.beams;
  REQUIRE(alone.size() == 6000);
  CHECK(alone.front().time == micros_per_day + 30'000 * micros_per_second);
  for (std::size_t i = 0; i < day.stays.size(); ++i) {  // now in pairs, half a second apart
    day.stays[i].outcome = visits::Outcome::entered;
    day.stays[i].from_s =
        30'000.0f + 5.0f * static_cast<float>(i / 2) + 0.5f * static_cast<float>(i % 2);
  }
  const auto pairs = hear(params, sensor, 1, key, {}, day, population).capture.beams;
  CHECK(std::abs(static_cast<double>(pairs.size()) / 8000 - 0.8) < 0.02);
  CHECK(std::is_sorted(pairs.begin(), pairs.end(),
                       [](const Beam& a, const Beam& b) { return a.time < b.time; }));
}

TEST_CASE("one more person changes no frame of the others") {
  const Made m = made({});
  std::vector<Presence> fewer;
  const std::uint64_t gone = m.presences[m.presences.size() / 2].key;
  for (const Presence& p : m.presences) {
    if (p.key != gone) fewer.push_back(p);
  }
  const Heard without = hear({}, sensor, 2, key, fewer, m.day, m.shoppers);
  std::multiset<std::tuple<Micros, Mac, int>> all;
  for (const Frame& f : m.heard.capture.frames) all.insert({f.time, f.mac, f.signal_dbm});
  for (const Frame& f : without.capture.frames) CHECK(all.count({f.time, f.mac, f.signal_dbm}) > 0);
  CHECK(without.capture.frames.size() <= m.heard.capture.frames.size());
}
