#include "sim/probe/phones.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <set>
#include <vector>

#include <doctest/doctest.h>

using namespace footfall;
using namespace footfall::probe;
using System = population::Phone;

namespace {

const PhiloxKey key = random_key(2, 0, "probe");

struct Measured {
  std::array<double, 5> waits_s;  ///< quantiles 10, 25, 50, 75, 90 %, pooled over 22 phones
  int bursts;                     ///< in 20 minutes, median over phones
};
constexpr std::array<Measured, states> measured{{{{5, 5, 15, 20, 116}, 9},
                                                 {{3, 3, 5, 20, 35}, 10},
                                                 {{5, 5, 7, 60, 120}, 13},
                                                 {{5, 5, 7, 60, 120}, 18},
                                                 {{40, 40, 40, 300, 361}, 4},
                                                 {{60, 61, 65, 300, 338}, 3}}};

struct Window {
  std::vector<int> bursts;      ///< of each phone, sorted
  std::vector<double> waits_s;  ///< of all phones, sorted
};
Window watch(State state, std::uint32_t phones, double window_s) {
  const Params params;
  const Fleet fleet(params, key);
  Window out;
  for (std::uint32_t id = 1; id <= phones; ++id) {
    Bursts bursts(pace_of(state), fleet.own_pace(DeviceId{id}, state), Draws(key, id, 0, 99));
    int count = 0;
    for (double t = bursts.first_s(); t < window_s; ++count) {
      const double wait = bursts.next_s();
      t += wait;
      if (t < window_s) out.waits_s.push_back(wait);
    }
    out.bursts.push_back(count);
  }
  std::sort(out.bursts.begin(), out.bursts.end());
  std::sort(out.waits_s.begin(), out.waits_s.end());
  return out;
}

}  // namespace

TEST_CASE("phones: median bursts in 20 minutes as measured, to one burst") {
  for (int s = 0; s < states; ++s) {
    CAPTURE(s);
    const Window w = watch(static_cast<State>(s), 4001, 1200);
    const int expected = measured[static_cast<std::size_t>(s)].bursts;
    CHECK(std::abs(w.bursts[2000] - expected) <= 1);
  }
}

TEST_CASE("phones: waits pooled over phones have the measured quantiles") {
  constexpr std::array<double, 5> level{0.1, 0.25, 0.5, 0.75, 0.9};
  for (int s = 0; s < states; ++s) {
    const Pace& pace = pace_of(static_cast<State>(s));
    const Window w = watch(static_cast<State>(s), 4000, 40'000);
    for (std::size_t q = 0; q < level.size(); ++q) {
      CAPTURE(s);
      CAPTURE(q);
      const double expected = measured[static_cast<std::size_t>(s)].waits_s[q];
      CHECK(wait_s(pace, level[q]) == doctest::Approx(expected));
      // The share of waits at or below each quantile: within 0.03, since a phone that keeps its
      // pace brings many equal waits.
      const auto below = std::upper_bound(w.waits_s.begin(), w.waits_s.end(), expected + 1e-9);
      const double share =
          static_cast<double>(below - w.waits_s.begin()) / static_cast<double>(w.waits_s.size());
      const bool step =
          q + 1 < level.size() && measured[static_cast<std::size_t>(s)].waits_s[q + 1] == expected;
      if (!step) CHECK(std::abs(share - level[q]) < 0.03);
    }
  }
}

TEST_CASE("phones: length-biased waits have the mean E[x²] / E[x]") {
  for (int s = 0; s < states; ++s) {
    const Pace& pace = pace_of(static_cast<State>(s));
    double first = 0, second = 0, biased = 0;
    constexpr int n = 100'000;
    for (int i = 0; i < n; ++i) {
      const double u = (i + 0.5) / n;
      first += wait_s(pace, u) / n;
      second += wait_s(pace, u) * wait_s(pace, u) / n;
      biased += biased_wait_s(pace, u) / n;
    }
    CHECK(mean_wait_s(pace) == doctest::Approx(first).epsilon(1e-6));
    CHECK(biased == doctest::Approx(second / first).epsilon(1e-6));
  }
}

TEST_CASE("phones: bursts come at the same rate at the start of a window and later") {
  const double rate = 1 / mean_wait_s(pace_of(State::standby_saving));
  const Window early = watch(State::standby_saving, 20'000, 10);
  double count = 0;
  for (const int bursts : early.bursts) count += bursts;
  CHECK(count / 20'000 == doctest::Approx(10 * rate).epsilon(0.05));
}

TEST_CASE("phones: shares of policies, systems and sequences") {
  const Params params;
  const Fleet fleet(params, key);
  constexpr std::uint32_t n = 20'000;
  std::array<double, 4> policy{};
  double continues = 0, off = 0, same = 0, ios_macs = 0;
  for (std::uint32_t id = 1; id <= n; ++id) {
    const Phone phone = fleet.phone(DeviceId{id}, System::android);
    policy[static_cast<std::size_t>(phone.policy)] += 1.0 / n;
    continues += phone.sequence_continues / static_cast<double>(n);
    off += phone.sends_when_off / static_cast<double>(n);
    CHECK(phone.macs_per_burst == 1);
    CHECK(phone.frames_per_burst == (phone.policy == MacPolicy::real ? 31 : 15.5));
    same += fleet.phone(DeviceId{id}, System::android).model == phone.model;
    const Phone apple = fleet.phone(DeviceId{id}, System::ios);
    CHECK(apple.policy != MacPolicy::real);
    ios_macs += apple.macs_per_burst / static_cast<double>(n);
  }
  CHECK(std::abs(policy[0] - 0.35) < 0.014);  // four standard errors
  CHECK(std::abs(policy[1] - 0.0325) < 0.005);
  CHECK(std::abs(policy[2] - 0.0325) < 0.005);
  CHECK(std::abs(continues - 9.0 / 17) < 0.015);
  CHECK(std::abs(off - 0.5) < 0.015);
  CHECK(same == n);
  CHECK(std::abs(ios_macs - 6.5) < 0.015);
}

TEST_CASE("phones: MAC addresses change when the policy says so and not before") {
  Phone phone;
  phone.id = DeviceId{77};
  const Epoch base{3, 1000, 5, 0};
  const std::vector<Epoch> others{
      {4, 1000, 5, 0}, {3, 1001, 5, 0}, {3, 1000, 6, 0}, {3, 1000, 5, 1}};
  const auto changes = [&](MacPolicy policy) {
    phone.policy = policy;
    const Mac mac = mac_of(key, phone, base);
    CHECK((mac[0] & 1) == 0);
    CHECK(is_random(mac) == (policy != MacPolicy::real));
    std::vector<bool> changed;
    for (const Epoch& epoch : others) changed.push_back(mac_of(key, phone, epoch) != mac);
    return changed;
  };
  CHECK(changes(MacPolicy::real) == std::vector<bool>{false, false, false, false});
  CHECK(changes(MacPolicy::per_network) == std::vector<bool>{false, false, false, false});
  CHECK(changes(MacPolicy::per_day) == std::vector<bool>{true, false, false, false});
  CHECK(changes(MacPolicy::per_burst) == std::vector<bool>{true, true, true, true});
  CHECK(name_of(MacPolicy::per_burst) == "per_burst");

  std::set<Mac> macs;
  phone.policy = MacPolicy::real;
  for (std::uint32_t id = 1; id <= 50'000; ++id) {
    phone.id = DeviceId{id};
    macs.insert(mac_of(key, phone, base));
  }
  CHECK(macs.size() == 50'000);
}

TEST_CASE("phones: 22 models have about 37 kinds of information elements, some shared") {
  const Params params;
  double kinds = 0, distinct = 0;
  constexpr int worlds = 200;
  for (std::uint32_t world = 0; world < worlds; ++world) {
    const Fleet fleet(params, random_key(world, 0, "probe"));
    std::set<std::uint32_t> seen;
    for (std::uint32_t model = 0; model < 22; ++model) {
      const std::uint32_t count = fleet.fingerprints(System::android, model);
      kinds += count;
      for (std::uint32_t k = 0; k < count; ++k) {
        seen.insert(fleet.fingerprint(System::android, model, k));
      }
    }
    distinct += static_cast<double>(seen.size());
  }
  CHECK(std::abs(kinds / worlds - 37) < 0.7);
  CHECK(distinct / worlds < kinds / worlds - 1);
  const Fleet fleet(params, key);
  CHECK(fleet.fingerprint(System::android, 3, 1) != fleet.fingerprint(System::ios, 3, 1));
}
