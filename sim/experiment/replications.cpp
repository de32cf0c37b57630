#include "sim/experiment/replications.hpp"

#include <algorithm>
#include <vector>

#include "core/math.hpp"
#include "core/parallel.hpp"

namespace footfall::experiment {
namespace {

constexpr double tiny = 1e-300;

double not_zero(double x) {
  return x > -tiny && x < tiny ? tiny : x;
}

/// I_x(a, b) for x below (a + 1) / (a + b + 2), where the fraction converges fast.
double beta_fraction(double x, double a, double b) {
  const double front = math::exp(math::lgamma(a + b) - math::lgamma(a) - math::lgamma(b) +
                                 a * math::log(x) + b * math::log1p(-x)) /
                       a;
  double c = 1, d = 1 / not_zero(1 - (a + b) * x / (a + 1)), value = d;
  for (int m = 1; m < 10'000; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / not_zero(1 + even * d);
    c = not_zero(1 + even / c);
    value *= c * d;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / not_zero(1 + odd * d);
    c = not_zero(1 + odd / c);
    value *= c * d;
    const double change = c * d - 1;
    if (change < 1e-15 && change > -1e-15) break;
  }
  return front * value;
}

/// P(T > t) for t >= 0.
double upper_tail(double t, double dof) {
  const double square = t * t, a = dof / 2;
  if (square == 0) return 0.5;
  const double x = dof / (dof + square);
  if (x <= 0) return 0;
  if (x < (a + 1) / (a + 2.5)) return beta_fraction(x, a, 0.5) / 2;
  return 0.5 - beta_fraction(square / (dof + square), 0.5, a) / 2;
}

bool narrow_enough(const Estimate& e, const Precision& p) {
  if (!p.relative) return e.half_width() <= p.half_width;
  const double size = e.mean < 0 ? -e.mean : e.mean;
  return e.half_width() <= p.half_width / (1 + p.half_width) * size;
}

}  // namespace

double student_t_cdf(double t, double dof) {
  return t >= 0 ? 1 - upper_tail(t, dof) : upper_tail(-t, dof);
}

double student_t_quantile(double p, double dof) {
  const double tail = p > 0.5 ? 1 - p : p;
  double low = 0, high = 1;
  while (upper_tail(high, dof) > tail && high < 1e300) high *= 2;
  for (;;) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    (upper_tail(middle, dof) > tail ? low : high) = middle;
  }
  return p > 0.5 ? high : -high;
}

Estimate estimate(std::span<const double> values, double level) {
  Estimate out;
  out.n = values.size();
  if (out.n == 0) return out;
  const auto n = static_cast<double>(out.n);
  out.mean = out.low = out.high = tree_sum(values) / n;
  if (out.n == 1) return out;
  std::vector<double> squares(values.begin(), values.end());
  for (double& x : squares) x = (x - out.mean) * (x - out.mean);
  out.deviation = math::sqrt(tree_sum(squares) / (n - 1));
  const double half = student_t_quantile(0.5 + level / 2, n - 1) * out.deviation / math::sqrt(n);
  out.low = out.mean - half;
  out.high = out.mean + half;
  return out;
}

std::uint32_t wanted_replications(std::span<const double> values, const Precision& precision,
                                  std::uint32_t most) {
  std::uint32_t look = std::min(std::max(precision.first, 2u), most);
  while (look <= values.size() && look < most) {
    if (narrow_enough(estimate(values.first(look), precision.level), precision)) return look;
    look = std::min(look + std::max(1u, look / 4), most);
  }
  return look;
}

}  // namespace footfall::experiment
