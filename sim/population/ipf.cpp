#include "sim/population/ipf.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/simd.hpp"
#include "core/text.hpp"
#include "sim/population/weights.hpp"

namespace footfall::population {
namespace {

constexpr double agreement = 1e-10;  // of margins about a total, and the least that is accepted
constexpr std::size_t most_problems = 20;

/// Where each run along the last axis finds its cells in a margin.
struct Runs {
  std::vector<std::uint32_t> at;  // of each run
  bool along = false;             // the margin has the last axis
};

/// cells *= factors of one margin, and the sums of the other margin over the new cells.
template <class S>
FOOTFALL_INLINE void update_body(double* cells, std::size_t runs, std::size_t length,
                                 const double* factor, const std::uint32_t* factor_at,
                                 bool factor_along, double* sum, const std::uint32_t* sum_at,
                                 bool sum_along) {
  using F = typename S::f64;
  for (std::size_t r = 0; r < runs; ++r) {
    double* x = cells + r * length;
    const double* f = factor + factor_at[r];
    double* s = sum + sum_at[r];
    const F same = *f;
    F total = 0.0;
    std::size_t i = 0;
    for (; i + F::size <= length; i += F::size) {
      const F now = F::load(x + i) * (factor_along ? F::load(f + i) : same);
      now.store(x + i);
      if (sum_along)
        (F::load(s + i) + now).store(s + i);
      else
        total += now;
    }
    if (i < length) {
      const std::size_t left = length - i;
      const F now = F::load_some(x + i, left) * (factor_along ? F::load_some(f + i, left) : same);
      now.store_some(x + i, left);
      if (sum_along)
        (F::load_some(s + i, left) + now).store_some(s + i, left);
      else
        total += now;
    }
    if (!sum_along) *s += simd::lane_sum(total);
  }
}
FOOTFALL_KERNEL(void, update,
                (double* cells, std::size_t runs, std::size_t length, const double* factor,
                 const std::uint32_t* factor_at, bool factor_along, double* sum,
                 const std::uint32_t* sum_at, bool sum_along),
                (cells, runs, length, factor, factor_at, factor_along, sum, sum_at, sum_along))

std::string margin_text(const IpfMargin& margin, std::size_t number) {
  return "margin " + (margin.name.empty() ? std::to_string(number) : margin.name);
}

/// "cell 2 0": the categories of a cell of a margin, counted from 0.
std::string cell_text(const IpfTable& seed, const IpfMargin& margin, std::size_t cell) {
  std::string out;
  for (std::size_t a = margin.axes.size(); a-- > 0;) {
    const std::size_t size = seed.sizes[margin.axes[a]];
    out = std::to_string(cell % size) + (out.empty() ? "" : " " + out);
    cell /= size;
  }
  return "cell " + out;
}

bool is_amount(double value) {
  return std::isfinite(value) && value >= 0;
}

std::size_t cells_of(const IpfTable& seed, const std::vector<std::size_t>& axes) {
  std::size_t n = 1;
  for (const std::size_t a : axes) n *= seed.sizes[a];
  return n;
}

Errors shape_problems(const IpfTable& seed, const std::vector<IpfMargin>& margins) {
  Errors errors;
  std::size_t cells = 1;
  for (const std::size_t size : seed.sizes) cells *= size;
  if (seed.sizes.empty() || cells == 0 || cells != seed.cells.size() || cells > 0xffffffff)
    errors.push_back({"", "seed", "", "does not have the cells of its axes", ""});
  if (!std::all_of(seed.cells.begin(), seed.cells.end(), is_amount))
    errors.push_back({"", "seed", "", "has a cell that is negative or no number", "0 or more"});
  for (std::size_t m = 0; m < margins.size(); ++m) {
    const IpfMargin& margin = margins[m];
    const std::string place = margin_text(margin, m);
    bool good = !margin.axes.empty();
    for (std::size_t a = 0; a < margin.axes.size(); ++a)
      good = good && margin.axes[a] < seed.sizes.size() &&
             (a == 0 || margin.axes[a - 1] < margin.axes[a]);
    if (!good) {
      errors.push_back({"", place, "", "has wrong axes", "axes of the seed in rising order"});
    } else if (margin.targets.size() != cells_of(seed, margin.axes)) {
      errors.push_back({"", place, std::to_string(margin.targets.size()),
                        "is the wrong number of targets",
                        std::to_string(cells_of(seed, margin.axes))});
    }
    for (const double target : margin.targets)
      if (target != missing_target && !is_amount(target))
        errors.push_back({"", place, std::isfinite(target) ? shortest(target) : "", "is no target",
                          "0 or more"});
  }
  return errors;
}

/// Targets of a margin summed down to fewer axes; empty where one is missing.
std::vector<double> projected(const IpfTable& seed, const IpfMargin& margin,
                              const std::vector<std::size_t>& axes) {
  std::vector<double> out(cells_of(seed, axes));
  for (std::size_t cell = 0; cell < margin.targets.size(); ++cell) {
    if (margin.targets[cell] == missing_target) return {};
    std::size_t rest = cell, to = 0, step = 1;
    for (std::size_t a = margin.axes.size(); a-- > 0;) {
      const std::size_t size = seed.sizes[margin.axes[a]];
      if (std::binary_search(axes.begin(), axes.end(), margin.axes[a])) {
        to += rest % size * step;
        step *= size;
      }
      rest /= size;
    }
    out[to] += margin.targets[cell];
  }
  return out;
}

/// Margins that state different numbers for the same people.
Errors disagreements(const IpfTable& seed, const std::vector<IpfMargin>& margins) {
  Errors errors;
  for (std::size_t b = 0; b < margins.size(); ++b)
    for (std::size_t a = 0; a < b && errors.size() < most_problems; ++a) {
      std::vector<std::size_t> common;
      std::set_intersection(margins[a].axes.begin(), margins[a].axes.end(), margins[b].axes.begin(),
                            margins[b].axes.end(), std::back_inserter(common));
      const auto left = projected(seed, margins[a], common);
      const auto right = projected(seed, margins[b], common);
      if (left.empty() || right.empty()) continue;
      double total = 0;
      for (const double value : left) total += value;
      for (std::size_t i = 0; i < left.size(); ++i) {
        if (std::abs(left[i] - right[i]) <= agreement * std::max(total, 1.0)) continue;
        errors.push_back({"", margin_text(margins[b], b), shortest(right[i]),
                          "does not add up with " + margin_text(margins[a], a), shortest(left[i])});
        break;
      }
    }
  return errors;
}

class Fitter {
 public:
  Fitter(const IpfTable& seed, const std::vector<IpfMargin>& margins)
      : seed_(seed), margins_(margins), cells_(seed.cells), length_(seed.sizes.back()) {
    runs_ = cells_.size() / length_;
    for (const IpfMargin& margin : margins) where_.push_back(runs_of(margin));
    for (const IpfMargin& margin : margins) {
      double sum = 0;
      for (const double target : margin.targets)
        if (target != missing_target) sum += target;
      total_ = std::max(total_, sum);
    }
    factors_.resize(margins.size());
    for (std::size_t m = 0; m < margins.size(); ++m)
      factors_[m].assign(margins[m].targets.size(), 1);
  }

  Result<IpfFit> run(const IpfOptions& options, const Job* job) {
    if (margins_.empty()) return IpfFit{cells_, 0};
    if (Errors errors = empty_seeds(); !errors.empty()) return fail(std::move(errors));
    std::vector<double> sums = sums_of(0);
    double off = 0;
    for (int cycle = 1; cycle <= options.most_cycles; ++cycle) {
      if (job != nullptr && job->cancelled()) return fail("", "", std::string(cancelled_message));
      off = 0;
      for (std::size_t m = 0; m < margins_.size(); ++m) {
        off = std::max(off, set_factors(m, sums));
        const std::size_t next = m + 1 == margins_.size() ? 0 : m + 1;
        sums.assign(factors_[next].size(), 0);
        update(cells_.data(), runs_, length_, factors_[m].data(), where_[m].at.data(),
               where_[m].along, sums.data(), where_[next].at.data(), where_[next].along);
      }
      if (off <= options.tolerance * total_) return IpfFit{std::move(cells_), cycle};
    }
    if (off <= agreement * total_) return IpfFit{std::move(cells_), options.most_cycles};
    return fail(furthest());
  }

 private:
  Runs runs_of(const IpfMargin& margin) const {
    Runs out;
    out.at.resize(runs_);
    out.along = margin.axes.back() + 1 == seed_.sizes.size();
    std::vector<std::size_t> step(seed_.sizes.size(), 0);
    std::size_t n = 1;
    for (std::size_t a = margin.axes.size(); a-- > 0; n *= seed_.sizes[margin.axes[a]])
      step[margin.axes[a]] = n;
    for (std::size_t run = 0; run < runs_; ++run) {
      std::size_t rest = run, at = 0;
      for (std::size_t a = seed_.sizes.size() - 1; a-- > 0; rest /= seed_.sizes[a])
        at += rest % seed_.sizes[a] * step[a];
      out.at[run] = static_cast<std::uint32_t>(at);
    }
    return out;
  }

  std::vector<double> sums_of(std::size_t m) {
    std::vector<double> sums(factors_[m].size());
    const double one = 1;
    const std::vector<std::uint32_t> at(runs_);
    update(cells_.data(), runs_, length_, &one, at.data(), false, sums.data(), where_[m].at.data(),
           where_[m].along);
    return sums;
  }

  /// The greatest distance of a sum from its target.
  double set_factors(std::size_t m, const std::vector<double>& sums) {
    double off = 0;
    for (std::size_t c = 0; c < sums.size(); ++c) {
      const double target = margins_[m].targets[c];
      if (target == missing_target) continue;
      off = std::max(off, std::abs(sums[c] - target));
      factors_[m][c] = sums[c] > 0 ? target / sums[c] : 1;
    }
    return off;
  }

  Errors empty_seeds() {
    Errors errors;
    for (std::size_t m = 0; m < margins_.size(); ++m) {
      const std::vector<double> sums = sums_of(m);
      for (std::size_t c = 0; c < sums.size() && errors.size() < most_problems; ++c)
        if (margins_[m].targets[c] > 0 && sums[c] == 0)
          errors.push_back({"",
                            margin_text(margins_[m], m) + ", " + cell_text(seed_, margins_[m], c),
                            shortest(margins_[m].targets[c]),
                            "is infeasible, since the seed has only zeros there", "0"});
    }
    return errors;
  }

  /// The margins' cells that miss most, as errors.
  Errors furthest() {
    Errors errors;
    for (std::size_t m = 0; m < margins_.size(); ++m) {
      const std::vector<double> sums = sums_of(m);
      std::size_t worst = 0;
      double off = agreement * total_;
      for (std::size_t c = 0; c < sums.size(); ++c) {
        const double target = margins_[m].targets[c];
        if (target == missing_target || std::abs(sums[c] - target) <= off) continue;
        off = std::abs(sums[c] - target);
        worst = c;
      }
      if (off > agreement * total_)
        errors.push_back({"",
                          margin_text(margins_[m], m) + ", " + cell_text(seed_, margins_[m], worst),
                          shortest(margins_[m].targets[worst]),
                          "is infeasible with the other margins and the zeros of the seed",
                          fixed(sums[worst], 3) + " was reached"});
    }
    return errors;
  }

  const IpfTable& seed_;
  const std::vector<IpfMargin>& margins_;
  std::vector<double> cells_;
  std::size_t length_, runs_ = 0;
  std::vector<Runs> where_;
  std::vector<std::vector<double>> factors_;
  double total_ = 1e-300;
};

}  // namespace

Result<IpfFit> ipf(const IpfTable& seed, const std::vector<IpfMargin>& margins,
                   const IpfOptions& options, const Job* job) {
  Errors errors = shape_problems(seed, margins);
  if (errors.empty()) errors = disagreements(seed, margins);
  if (!errors.empty()) return fail(std::move(errors));
  return Fitter(seed, margins).run(options, job);
}

}  // namespace footfall::population
