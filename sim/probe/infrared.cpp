#include "sim/probe/infrared.hpp"

#include "core/math.hpp"

namespace footfall::probe {

std::vector<Beam> beams(const Params& params, Day day, PhiloxKey key,
                        const floor::StoreDay& store_day) {
  std::vector<Beam> out;
  double last_s = -1e9;  // stays are in the order of coming in
  for (const floor::Stay& stay : store_day.stays) {
    if (!stay.inside()) continue;
    const auto now_s = static_cast<double>(stay.from_s);
    const bool hidden = now_s - last_s < params.beam_group_s.value;
    last_s = now_s;
    Draws draws(key, stay.key(day), 0, 0);
    if (draws.bernoulli(params.beam_missed.value) && hidden) continue;
    out.push_back(
        {day * micros_per_day + static_cast<Micros>(math::floor(now_s * micros_per_second))});
  }
  return out;
}

}  // namespace footfall::probe
