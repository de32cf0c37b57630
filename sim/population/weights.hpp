// The common shape of the problem "weigh households so that counts come out right", which IPU
// (ipu.hpp) and minimum relative entropy (entropy.hpp) solve each in its way: with the same totals
// they give different weights, so whoever shows weights must name the method.
#pragma once

#include <cstdint>
#include <vector>

namespace footfall::population {

/// A target that is not known.
inline constexpr double missing_target = -1;

/// Rows are kinds of households that no control tells apart. The counts are a sparse matrix: row r
/// has the entries [first[r], first[r + 1]).
struct FitProblem {
  std::vector<std::uint32_t> first;    ///< rows + 1
  std::vector<std::uint32_t> control;  ///< column of each entry
  std::vector<double> count;           ///< units that one such household adds, > 0
  std::vector<double> prior;           ///< weight of each row before fitting, >= 0
  std::vector<double> most;            ///< greatest weight of each row; empty: no caps
  std::vector<double> target;          ///< of each control, >= 0 or missing_target
  /// 0: the target must hold. Else a miss of m units of target t costs
  /// importance · m² / (2 max(t, 1)) on the scale of relative entropy in households.
  std::vector<double> importance;

  std::size_t rows() const { return prior.size(); }
  std::size_t controls() const { return target.size(); }
};

struct FitWeights {
  std::vector<double> weight;         ///< of each row: finite, >= 0, within the caps
  std::vector<double> total;          ///< of each control under these weights
  std::vector<std::uint32_t> missed;  ///< controls that must hold and do not
  int steps = 0;
};

/// Whether a total is as good as its target: to 1e-6 of it, or of one unit.
bool holds(double total, double target);

/// Totals of the controls under `weight`.
std::vector<double> totals_of(const FitProblem& problem, const std::vector<double>& weight);

/// Fills in total and missed from the weights.
FitWeights finished(const FitProblem& problem, std::vector<double> weight, int steps);

}  // namespace footfall::population
