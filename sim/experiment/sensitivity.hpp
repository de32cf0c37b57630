// Which variable matters: elementary effects of the design morris() and variance-based indices of
// the design saltelli(), from one value of a figure at each point.
//
// Values come in the order of the points; a missing one (a failed run) is NaN, and the path or
// block that holds it is left out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/experiment/design.hpp"

namespace footfall::experiment {

/// A number and the interval that it lies in.
struct Index {
  double value = 0;
  double low = 0;
  double high = 0;
};

/// Elementary effects of one variable, in units of the figure for a move over the variable's whole
/// range (Morris 1991).
struct MorrisIndex {
  Index mu_star;     ///< mean of |effect| (Campolongo, Cariboni and Saltelli 2007), t interval
  double mu = 0;     ///< mean effect: with mu_star it tells whether effects cancel
  double sigma = 0;  ///< their standard deviation: interactions and curvature
};

struct MorrisResult {
  std::vector<MorrisIndex> variables;
  std::size_t used = 0;  ///< paths without a missing value
};

/// `points` as from morris(); values.size() == points.count.
MorrisResult morris_indices(const Points& points, std::span<const double> values, double level);

/// Shares of the figure's variance. Estimates scatter around the truth and may be below 0.
struct SobolIndex {
  Index first;  ///< due to the variable alone
  Index total;  ///< due to it and all that it takes part in
};

struct SobolResult {
  std::vector<SobolIndex> variables;
  double variance = 0;   ///< of the figure over a and b; 0: all indices are 0
  std::size_t used = 0;  ///< blocks without a missing value
};

/// First order: Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola, Comput. Phys. Commun.
/// 181 (2010), table 2 (b). Total: Jansen 1999, ibid. (f). Values are taken from their mean first,
/// which changes no expectation and narrows the first-order estimate. Intervals: percentiles of
/// `resamples` bootstrap samples of blocks, drawn by `seed`.
/// `values` as of saltelli(): blocks of dimensions + 2.
SobolResult sobol_indices(std::size_t dimensions, std::span<const double> values,
                          std::uint64_t seed, double level, std::size_t resamples = 1000);

}  // namespace footfall::experiment
