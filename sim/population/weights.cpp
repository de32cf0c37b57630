#include "sim/population/weights.hpp"

#include <algorithm>
#include <cmath>

namespace footfall::population {

bool holds(double total, double target) {
  return std::abs(total - target) <= 1e-6 * std::max(1.0, target);
}

std::vector<double> totals_of(const FitProblem& problem, const std::vector<double>& weight) {
  std::vector<double> total(problem.controls());
  for (std::size_t r = 0; r < problem.rows(); ++r)
    for (std::uint32_t e = problem.first[r]; e < problem.first[r + 1]; ++e)
      total[problem.control[e]] += problem.count[e] * weight[r];
  return total;
}

FitWeights finished(const FitProblem& problem, std::vector<double> weight, int steps) {
  FitWeights out{std::move(weight), {}, {}, steps};
  out.total = totals_of(problem, out.weight);
  for (std::size_t c = 0; c < problem.controls(); ++c)
    if (problem.target[c] != missing_target && problem.importance[c] == 0 &&
        !holds(out.total[c], problem.target[c]))
      out.missed.push_back(static_cast<std::uint32_t>(c));
  return out;
}

}  // namespace footfall::population
