// Scaling a sensor by counts made by hand in a few hours: the ratio estimator of survey sampling
// (Cochran, Sampling Techniques, 3rd ed. 1977, ch. 6): k = Σ hand / Σ sensor, with the standard
// error of its residuals and Student's t.
#pragma once

#include <span>

#include "core/error.hpp"
#include "sim/estimate/estimate.hpp"

namespace footfall::estimate {

/// One hour as both counted it.
struct Pair {
  double by_hand = 0;
  double by_sensor = 0;
};

struct Ratio {
  double factor = 1;
  double standard_error = 0;
  int hours = 0;
};
/// Refused (factor 0) where there are fewer than two hours or the sensor counted nothing in them.
Ratio calibrate(std::span<const Pair> pairs);

/// The sensor's total, scaled, with the interval of the factor at `level`.
Estimate scaled(const Ratio& ratio, double sensor_total, double level, std::string_view method);

}  // namespace footfall::estimate
