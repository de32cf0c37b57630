// Statistics of independent replications: the mean with Student's t interval, and how many
// replications are enough.
#pragma once

#include <cstdint>
#include <span>

namespace footfall::experiment {

/// P(T <= t) of Student's distribution. `dof` > 0. By the regularised incomplete beta function as a
/// continued fraction (DLMF 8.17.22), evaluated by Lentz's method; relative error below 1e-10 for
/// dof up to 1e6.
double student_t_cdf(double t, double dof);

/// The t with student_t_cdf(t, dof) = p, 0 < p < 1, found by bisection to full precision.
double student_t_quantile(double p, double dof);

/// A mean and its interval. n = 1: low = high = mean, since nothing is known of the spread; n = 0:
/// all 0.
struct Estimate {
  double mean = 0;
  double low = 0;
  double high = 0;
  double deviation = 0;  ///< sample standard deviation (n - 1)
  std::uint64_t n = 0;

  double half_width() const { return (high - low) / 2; }
};

/// mean ± t(level, n-1) · deviation / sqrt(n). Exact for normal values, and good for means of
/// others by the central limit theorem. `level` in (0, 1).
Estimate estimate(std::span<const double> values, double level);

/// When replications are enough.
struct Precision {
  double half_width = 0;     ///< wanted, > 0
  bool relative = false;     ///< as a share of the mean's size
  double level = 0.95;       ///< of the interval
  std::uint32_t first = 10;  ///< replications before the first look
};

/// Law and Kelton's sequential procedure (Law, Simulation Modeling and Analysis, 5th ed., section
/// 9.4.1): replicate until the interval is as narrow as wanted. For a relative width γ the interval
/// must be within γ / (1 + γ) of the estimated mean, so that it is within γ of the true one.
///
/// Instead of after each replication, it is looked at after `first`, then each time after a quarter
/// more: replications between two looks can run in parallel, and fewer looks mean less of the
/// optimistic bias of stopping at the first lucky one.
///
/// `values`: replications 0, 1, 2, … without a gap, as many as there are. Returns how many are
/// wanted: a number up to values.size() where enough are there (it never changes when more values
/// arrive), else the next look, at most `most`.
std::uint32_t wanted_replications(std::span<const double> values, const Precision& precision,
                                  std::uint32_t most);

}  // namespace footfall::experiment
