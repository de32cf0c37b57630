#include "sim/estimate/truth.hpp"

#include <algorithm>

namespace footfall::estimate {

TruthDay truth_of(const floor::StoreDay& day) {
  TruthDay out;
  for (const floor::Stay& stay : day.stays) {
    const auto hour =
        std::min<std::size_t>(hours - 1, static_cast<std::size_t>(stay.from_s / 3600));
    ++out.passed;
    ++out.passed_by_hour[hour];
    if (stay.look_s > 0 || stay.outcome == visits::Outcome::looked) ++out.looked;
    if (!stay.inside()) continue;
    ++out.entered;
    ++out.entered_by_hour[hour];
    out.deep += stay.deep;
    out.dwell_s += static_cast<double>(stay.to_s) - static_cast<double>(stay.from_s);
    if (stay.outcome != visits::Outcome::bought) continue;
    ++out.bought;
    out.queue_s += static_cast<double>(stay.queue_s);
    out.paid_minor += stay.paid_minor;
  }
  return out;
}

}  // namespace footfall::estimate
