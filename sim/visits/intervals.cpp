#include "sim/visits/intervals.hpp"

#include <algorithm>

#include "core/math.hpp"

namespace footfall::visits {
namespace {

/// 1 - distribution function of the sum of `shape` unit exponentials.
double erlang_beyond(int shape, double x) {
  double term = 1, sum = 1;
  for (int n = 1; n < shape; ++n) {
    term *= x / n;
    sum += term;
  }
  return sum * math::exp(-x);
}

/// The x with beyond(x) = 1 - p by bisection to the last bit that matters.
double erlang_quantile(int shape, double p) {
  double low = 0, high = 100;
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (1 - erlang_beyond(shape, middle) < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

/// The standard normal's quantile by bisection on erfc.
double normal_quantile(double p) {
  double low = -10, high = 10;
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (math::erfc(-middle * 0.70710678118654752440) / 2 < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

MeanOne MeanOne::from(const std::array<double, cells>& quantiles) {
  double sum = quantiles[0] / 2;  // of the cells' means but for the last knot's half
  for (std::size_t i = 1; i < cells; ++i) sum += quantiles[i];
  const double last = std::max(2 * (static_cast<double>(cells) - sum), quantiles[cells - 1]);
  const double scale = static_cast<double>(cells) / (sum + last / 2);
  MeanOne out;
  for (std::size_t i = 0; i < cells; ++i) {
    out.knots_[i] = static_cast<float>(quantiles[i] * scale);
  }
  out.knots_[cells] = static_cast<float>(last * scale);
  return out;
}

MeanOne MeanOne::erlang(int shape) {
  std::array<double, cells> quantiles;
  for (std::size_t i = 0; i < cells; ++i) {
    quantiles[i] = erlang_quantile(shape, static_cast<double>(i) / cells) / shape;
  }
  quantiles[0] = 0;
  return from(quantiles);
}

MeanOne MeanOne::lognormal(double variation) {
  const double variance = math::log(1 + variation * variation);
  const double sigma = math::sqrt(variance);
  std::array<double, cells> quantiles;
  quantiles[0] = 0;
  for (std::size_t i = 1; i < cells; ++i) {
    const double z = normal_quantile(static_cast<double>(i) / cells);
    quantiles[i] = math::exp(sigma * z - variance / 2);
  }
  if (!(variation > 0)) quantiles[0] = 1;
  return from(quantiles);
}

double MeanOne::below(double x) const {
  if (!(x > static_cast<double>(knots_[0]))) return 0;
  if (x >= static_cast<double>(knots_[cells])) return 1;
  const auto above = std::upper_bound(knots_.begin(), knots_.end(), static_cast<float>(x));
  const auto cell = std::clamp<std::ptrdiff_t>(above - knots_.begin() - 1, 0, cells - 1);
  const auto low = static_cast<double>(knots_[static_cast<std::size_t>(cell)]);
  const auto high = static_cast<double>(knots_[static_cast<std::size_t>(cell) + 1]);
  const double part = high > low ? std::clamp((x - low) / (high - low), 0.0, 1.0) : 0.5;
  return (static_cast<double>(cell) + part) / cells;
}

double MeanOne::quantile(double p) const {
  const double place = std::clamp(p, 0.0, 1.0) * cells;
  const auto cell = std::min(static_cast<std::size_t>(place), cells - 1);
  const auto low = static_cast<double>(knots_[cell]);
  return low + (place - static_cast<double>(cell)) * (static_cast<double>(knots_[cell + 1]) - low);
}

}  // namespace footfall::visits
