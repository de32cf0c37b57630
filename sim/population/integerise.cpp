#include "sim/population/integerise.hpp"

#include <algorithm>

#include "core/math.hpp"

namespace footfall::population {
namespace {

constexpr double closeness = 1e-3;      // weight of Σ (n - w)² in the objective
constexpr std::size_t candidates = 24;  // rows tried on either side of a swap
constexpr double least_gain = 1e-9;

std::vector<std::uint32_t> systematic(const std::vector<double>& weight, std::uint32_t households,
                                      double start) {
  std::vector<std::uint32_t> out(weight.size());
  double running = 0;
  std::uint32_t placed = 0;
  std::size_t last = 0;
  for (std::size_t r = 0; r < weight.size(); ++r) {
    running += weight[r];
    if (weight[r] > 0) last = r;
    const auto upto = static_cast<std::uint32_t>(
        std::clamp(math::floor(running + start), 0.0, static_cast<double>(households)));
    if (upto > placed) {
      out[r] = upto - placed;
      placed = upto;
    }
  }
  out[last] += households - placed;
  return out;
}

class Descent {
 public:
  Descent(const FitProblem& p, const std::vector<double>& weight, std::vector<std::uint32_t> count)
      : p_(p),
        weight_(weight),
        count_(std::move(count)),
        miss_(p.controls()),
        scale_(p.controls()) {
    std::vector<double> whole(count_.begin(), count_.end());
    const std::vector<double> totals = totals_of(p, whole);
    for (std::size_t c = 0; c < p.controls(); ++c) {
      if (p.target[c] == missing_target) continue;
      miss_[c] = totals[c] - p.target[c];
      scale_[c] = 1 / std::max(1.0, p.target[c]);
    }
  }

  std::vector<std::uint32_t> run() {
    while (improve()) {
    }
    return std::move(count_);
  }

 private:
  struct Move {
    double change;
    std::uint32_t row;
    friend bool operator<(const Move& a, const Move& b) {
      return a.change < b.change || (a.change == b.change && a.row < b.row);
    }
  };

  /// Change of the objective when row r gets `by` (+1 or -1) more.
  double change(std::size_t r, double by) const {
    double sum = closeness * (1 + 2 * by * (count_[r] - weight_[r]));
    for (std::uint32_t e = p_.first[r]; e < p_.first[r + 1]; ++e) {
      const std::uint32_t c = p_.control[e];
      sum += scale_[c] * p_.count[e] * (p_.count[e] + 2 * by * miss_[c]);
    }
    return sum;
  }

  void add(std::size_t r, double by) {
    for (std::uint32_t e = p_.first[r]; e < p_.first[r + 1]; ++e)
      if (scale_[p_.control[e]] > 0) miss_[p_.control[e]] += by * p_.count[e];
    count_[r] = static_cast<std::uint32_t>(count_[r] + by);
  }

  static void keep_best(std::vector<Move>& moves) {
    const std::size_t n = std::min(candidates, moves.size());
    std::partial_sort(moves.begin(), moves.begin() + static_cast<std::ptrdiff_t>(n), moves.end());
    moves.resize(n);
  }

  /// Makes the best swap among the most promising rows; false where none helps.
  bool improve() {
    out_.clear();
    in_.clear();
    for (std::size_t r = 0; r < count_.size(); ++r) {
      if (!(weight_[r] > 0)) continue;
      const auto row = static_cast<std::uint32_t>(r);
      if (count_[r] > 0) out_.push_back({change(r, -1), row});
      in_.push_back({change(r, 1), row});
    }
    keep_best(out_);
    keep_best(in_);
    double best = -least_gain;
    std::uint32_t from = 0, to = 0;
    for (const Move& down : out_) {
      add(down.row, -1);
      for (const Move& up : in_) {
        if (up.row == down.row) continue;
        const double gain = down.change + change(up.row, 1);
        if (gain >= best) continue;
        best = gain;
        from = down.row;
        to = up.row;
      }
      add(down.row, 1);
    }
    if (!(best < -least_gain)) return false;
    add(from, -1);
    add(to, 1);
    return true;
  }

  const FitProblem& p_;
  const std::vector<double>& weight_;
  std::vector<std::uint32_t> count_;
  std::vector<double> miss_, scale_;
  std::vector<Move> out_, in_;
};

}  // namespace

std::vector<std::uint32_t> integerised(const FitProblem& problem, const std::vector<double>& weight,
                                       std::uint32_t households, Draws& draws) {
  const double start = draws.uniform();
  double total = 0;
  for (const double w : weight) total += w;
  std::vector<double> scaled(weight);
  for (double& w : scaled) w *= total > 0 ? households / total : 0;
  return Descent(problem, scaled, systematic(scaled, households, start)).run();
}

}  // namespace footfall::population
