#include "sim/population/integerise.hpp"

#include <algorithm>
#include <array>

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

/// What is left of each row, in whole ticks so that sums are exact, as a Fenwick tree: a row is
/// found by a point of the total, and taken out, in O(log rows).
class Remainders {
 public:
  explicit Remainders(const std::vector<std::uint64_t>& ticks) : tree_(ticks.size() + 1) {
    for (std::size_t i = 1; i < tree_.size(); ++i) {
      tree_[i] += ticks[i - 1];
      total_ += ticks[i - 1];
      const std::size_t next = i + (i & (~i + 1));
      if (next < tree_.size()) tree_[next] += tree_[i];
    }
    while (top_ * 2 < tree_.size()) top_ *= 2;
  }
  std::uint64_t total() const { return total_; }
  /// The row at `point` of the total; point < total().
  std::size_t find(std::uint64_t point) const {
    std::size_t row = 0;
    for (std::size_t step = top_; step > 0; step /= 2) {
      if (row + step >= tree_.size() || tree_[row + step] > point) continue;
      row += step;
      point -= tree_[row];
    }
    return row;
  }
  void remove(std::size_t row, std::uint64_t ticks) {
    total_ -= ticks;
    for (std::size_t i = row + 1; i < tree_.size(); i += i & (~i + 1)) tree_[i] -= ticks;
  }

 private:
  std::vector<std::uint64_t> tree_;
  std::uint64_t total_ = 0;
  std::size_t top_ = 1;
};

std::uint32_t reversed(std::uint32_t bits) {
  std::uint32_t out = 0;
  for (int i = 0; i < 32; ++i, bits >>= 1) out = (out << 1) | (bits & 1);
  return out;
}

}  // namespace

std::string_view name_of(Integers value) {
  static constexpr std::array<std::string_view, 2> names{"rounding", "quasirandom"};
  return names[static_cast<std::size_t>(value)];
}

std::vector<std::uint32_t> quasirandom(const std::vector<double>& weight, std::uint32_t households,
                                       std::uint32_t shift) {
  constexpr double ticks_per_household = 1 << 30;
  std::vector<std::uint32_t> out(weight.size());
  std::vector<std::uint64_t> ticks(weight.size());
  std::uint32_t placed = 0;
  for (std::size_t r = 0; r < weight.size(); ++r) {
    if (!(weight[r] > 0)) continue;
    const auto whole = static_cast<std::uint32_t>(weight[r]);
    out[r] = std::min(whole, households - placed);
    placed += out[r];
    ticks[r] = static_cast<std::uint64_t>((weight[r] - whole) * ticks_per_household);
  }
  Remainders rest(ticks);
  for (std::uint32_t i = 0; placed < households && rest.total() > 0; ++i, ++placed) {
    const double point = (reversed(i) ^ shift) * 0x1p-32;  // < 1, so below the total
    const auto row =
        rest.find(static_cast<std::uint64_t>(point * static_cast<double>(rest.total())));
    ++out[row];
    rest.remove(row, ticks[row]);
  }
  // Sums of weights are a little off their total: what no remainder asks for, the largest row has.
  if (placed < households) {
    out[static_cast<std::size_t>(std::max_element(weight.begin(), weight.end()) -
                                 weight.begin())] += households - placed;
  }
  return out;
}

std::vector<std::uint32_t> integerised(const FitProblem& problem, const std::vector<double>& weight,
                                       std::uint32_t households, Draws& draws, Integers method) {
  double total = 0;
  for (const double w : weight) total += w;
  std::vector<double> scaled(weight);
  for (double& w : scaled) w *= total > 0 ? households / total : 0;
  if (method == Integers::quasirandom) return quasirandom(scaled, households, draws.bits32());
  return Descent(problem, scaled, systematic(scaled, households, draws.uniform())).run();
}

}  // namespace footfall::population
