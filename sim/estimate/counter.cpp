#include "sim/estimate/counter.hpp"

#include <algorithm>

#include "core/math.hpp"
#include "sim/experiment/replications.hpp"

namespace footfall::estimate {

Ratio calibrate(std::span<const Pair> pairs) {
  double hand = 0, sensor = 0;
  for (const Pair& p : pairs) {
    hand += p.by_hand;
    sensor += p.by_sensor;
  }
  if (pairs.size() < 2 || !(sensor > 0)) return {0, 0, static_cast<int>(pairs.size())};
  const double n = static_cast<double>(pairs.size());
  const double factor = hand / sensor;
  double squares = 0;
  for (const Pair& p : pairs) {
    const double residual = p.by_hand - factor * p.by_sensor;
    squares += residual * residual;
  }
  const double deviation = math::sqrt(squares / (n - 1));
  return {factor, deviation * math::sqrt(n) / sensor, static_cast<int>(pairs.size())};
}

Estimate scaled(const Ratio& ratio, double sensor_total, double level, std::string_view method) {
  Estimate out{0, 0, 0, method, {}};
  if (!(ratio.factor > 0)) {
    out.refused = "not_calibrated";
    return out;
  }
  const double t = experiment::student_t_quantile(0.5 + level / 2, ratio.hours - 1);
  const double half = t * ratio.standard_error * sensor_total;
  out.value = ratio.factor * sensor_total;
  out.low = std::max(0.0, out.value - half);
  out.high = out.value + half;
  return out;
}

}  // namespace footfall::estimate
