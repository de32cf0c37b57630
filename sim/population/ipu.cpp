#include "sim/population/ipu.hpp"

#include <algorithm>
#include <cmath>

namespace footfall::population {
namespace {

/// The problem's matrix by control.
struct ByControl {
  std::vector<std::uint32_t> first, row;
  std::vector<double> count;

  explicit ByControl(const FitProblem& p) : first(p.controls() + 1) {
    for (const std::uint32_t c : p.control) ++first[c + 1];
    for (std::size_t c = 0; c < p.controls(); ++c) first[c + 1] += first[c];
    row.resize(p.control.size());
    count.resize(p.control.size());
    std::vector<std::uint32_t> at(first.begin(), first.end() - 1);
    for (std::size_t r = 0; r < p.rows(); ++r)
      for (std::uint32_t e = p.first[r]; e < p.first[r + 1]; ++e) {
        const std::uint32_t to = at[p.control[e]]++;
        row[to] = static_cast<std::uint32_t>(r);
        count[to] = p.count[e];
      }
  }
};

}  // namespace

FitWeights ipu(const FitProblem& p, const IpuOptions& options) {
  const ByControl by(p);
  std::vector<double> weight = p.prior;
  int sweep = 0;
  double worst = 1;
  while (sweep < options.most_sweeps && worst > options.tolerance) {
    ++sweep;
    worst = 0;
    for (std::size_t c = 0; c < p.controls(); ++c) {
      const double target = p.target[c];
      if (target == missing_target) continue;
      double total = 0;
      for (std::uint32_t e = by.first[c]; e < by.first[c + 1]; ++e)
        total += by.count[e] * weight[by.row[e]];
      if (!(total > 0)) continue;
      worst = std::max(worst, std::abs(total - target) / std::max(1.0, target));
      const double factor = target / total;
      for (std::uint32_t e = by.first[c]; e < by.first[c + 1]; ++e) {
        double& w = weight[by.row[e]];
        w *= factor;
        if (!p.most.empty()) w = std::min(w, p.most[by.row[e]]);
      }
    }
  }
  return finished(p, std::move(weight), sweep);
}

}  // namespace footfall::population
