#include <algorithm>

#include "core/math.hpp"
#include "sim/probe/probe.hpp"

namespace footfall::probe {
namespace {

constexpr double walk_mps = 1.34;  // Weidmann 1993
constexpr double nearest_m = 2;    // from the sensor at the door
constexpr double till_m = 4;       // tills stand near the door
constexpr int steps = 3;           // of the way along the street, to each side
constexpr int most_zones = 8;      // of one way; more are merged
constexpr double shortest_wait_s = 1;

/// Writes the presences of one way.
class Way {
 public:
  Way(const Params& params, const Presence& form, Draws draws, std::vector<Presence>& out)
      : params_(params), form_(form), draws_(draws), out_(out) {
    form_.inside = false;
    lateral_m_ = draws_.uniform(nearest_m, std::max(nearest_m, params.street_width_m.value));
  }

  /// Along the street until `at_s`, when the person is right in front of the door.
  void arrive(double at_s) { walk(at_s, -steps, 0); }
  void leave(double at_s) { walk(at_s, 0, steps); }
  void look(double from_s, double to_s) {
    add(from_s, to_s, draws_.uniform(nearest_m, nearest_m + 1), false);
  }
  void shop(const floor::Stay& stay) {
    form_.inside = true;
    const auto from_s = static_cast<double>(stay.from_s), to_s = static_cast<double>(stay.to_s);
    const double wait_s = stay.queue_s >= shortest_wait_s ? static_cast<double>(stay.queue_s) : 0;
    const double end_s = std::max(from_s, to_s - wait_s);
    const int zones = std::clamp<int>(stay.zones, 1, most_zones);
    const double depth_m = std::max(nearest_m, params_.store_depth_m.value);
    for (int i = 0; i < zones; ++i) {
      const double distance_m = draws_.uniform(nearest_m, depth_m);
      add(from_s + (end_s - from_s) * i / zones, from_s + (end_s - from_s) * (i + 1) / zones,
          distance_m, true);
    }
    if (wait_s > 0) add(end_s, to_s, till_m, false);
    form_.inside = false;
  }

 private:
  void walk(double at_s, int from_step, int to_step) {
    const double step_m = params_.street_reach_m / steps;
    for (int i = from_step; i < to_step; ++i) {
      const double middle_m = (i + 0.5) * step_m;
      const double distance_m = math::sqrt(lateral_m_ * lateral_m_ + middle_m * middle_m);
      add(at_s + i * step_m / walk_mps, at_s + (i + 1) * step_m / walk_mps, distance_m, true);
    }
  }
  void add(double from_s, double to_s, double distance_m, bool moving) {
    form_.from_s = static_cast<float>(std::max(0.0, from_s));
    form_.to_s = static_cast<float>(to_s);
    if (!(form_.from_s < form_.to_s)) return;
    form_.distance_m = static_cast<float>(distance_m);
    form_.moving = moving;
    out_.push_back(form_);
  }

  const Params& params_;
  Presence form_;
  Draws draws_;
  std::vector<Presence>& out_;
  double lateral_m_;
};

void add_way(Way& way, const floor::Stay& stay) {
  const auto from_s = static_cast<double>(stay.from_s), to_s = static_cast<double>(stay.to_s);
  const auto look_s = static_cast<double>(stay.look_s);
  if (stay.inside()) {
    way.arrive(from_s - look_s);
    way.look(from_s - look_s, from_s);
    way.shop(stay);
    way.leave(to_s);
    return;
  }
  const double at_s = from_s + (to_s - from_s - look_s) / 2;
  way.arrive(at_s);
  way.look(at_s, at_s + look_s);
  way.leave(at_s + look_s);
}

}  // namespace

std::vector<Presence> presences(const Params& params, const floor::StoreDay& day, Day number,
                                PhiloxKey key, const population::Shoppers& shoppers) {
  std::vector<Presence> out;
  out.reserve(day.stays.size() * (2 * steps + 1));
  const PhiloxKey place_key{key[0] ^ 0x504c4143u, key[1]};
  for (const floor::Stay& stay : day.stays) {
    Presence form;
    form.person = stay.person;
    const bool phone =
        shoppers.phone[population::Shoppers::row(stay.person)] != population::Phone::none;
    form.device = DeviceId{phone ? stay.person.value : 0};
    form.key = stay.key(number);
    Way way(params, form, Draws(place_key, form.key, 0, 0), out);
    add_way(way, stay);
  }
  return out;
}

}  // namespace footfall::probe
