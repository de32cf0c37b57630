#include "sim/estimate/attribution.hpp"

#include "core/math.hpp"
#include "sim/experiment/replications.hpp"

namespace footfall::estimate {
namespace {

constexpr std::uint64_t least_units = 30;

struct Group {
  std::uint64_t n = 0;
  double sum = 0, squares = 0;
  double mean() const { return sum / static_cast<double>(n); }
  /// Variance of the mean.
  double of_mean(double group_mean) const {
    const double count = static_cast<double>(n);
    return (squares - count * group_mean * group_mean) / (count - 1) / count;
  }
};

}  // namespace

Estimate hold_out(std::span<const Unit> units, double level) {
  Group groups[2];
  for (const Unit& unit : units) {
    Group& g = groups[unit.held_out ? 1 : 0];
    ++g.n;
    g.sum += unit.spent;
    g.squares += unit.spent * unit.spent;
  }
  const auto& [sent, held] = groups;
  Estimate out{0, 0, 0, "hold_out", {}};
  if (sent.n < least_units || held.n < least_units) {
    out.refused = "groups_too_small";
    return out;
  }
  const double mean_sent = sent.mean(), mean_held = held.mean();
  const double a = sent.of_mean(mean_sent), b = held.of_mean(mean_held);
  const double n = static_cast<double>(sent.n);
  out.value = n * (mean_sent - mean_held);
  double half = 0;
  if (a + b > 0) {
    const double degrees =
        (a + b) * (a + b) / (a * a / (n - 1) + b * b / (static_cast<double>(held.n) - 1));
    half = n * math::sqrt(a + b) * experiment::student_t_quantile(0.5 + level / 2, degrees);
  }
  out.low = out.value - half;
  out.high = out.value + half;
  return out;
}

Estimate return_on_spending(const Estimate& lift, double margin, double cost) {
  Estimate out = lift;
  if (!lift.has_value()) return out;
  if (!(cost > 0)) {
    out.refused = "no_cost";
    return out;
  }
  for (double* value : {&out.value, &out.low, &out.high}) *value = (*value * margin - cost) / cost;
  return out;
}

}  // namespace footfall::estimate
