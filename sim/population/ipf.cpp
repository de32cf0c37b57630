#include "sim/population/ipf.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "core/simd.hpp"
#include "core/text.hpp"
#include "sim/population/weights.hpp"

namespace footfall::population {
namespace {

constexpr double agreement = 1e-10;  // of margins about a total, and the least that is accepted
constexpr std::size_t most_problems = 20;
/// Cells that are asked for before they are used. Readings are bound by memory: two pages ahead,
/// the next page is found by the time the processor's own look-ahead, which ends with a page, needs
/// it.
constexpr std::size_t ahead = 1024;
constexpr double greatest_factor = 1e20;  // products of some of them stay in the range of doubles

/// A margin that has the last axis: the factors of its cells, and where each run finds its own.
struct Along {
  const double* factor;
  const std::uint32_t* at;
};

/// The factors along run r: those of a single margin where they stand, else their products, which
/// are written to `product`.
FOOTFALL_INLINE const double* along_run(const Along* along, std::size_t alongs, std::size_t r,
                                        std::size_t length, double* product) {
  if (alongs == 1) return along->factor + along->at[r];
  for (std::size_t i = 0; i < length; ++i) product[i] = 1;
  for (std::size_t a = 0; a < alongs; ++a) {
    const double* factor = along[a].factor + along[a].at[r];
    for (std::size_t i = 0; i < length; ++i) product[i] *= factor[i];
  }
  return product;
}

/// Sum of each run's cells times their factors along it. `product`: room for a run.
template <class S>
FOOTFALL_INLINE void run_totals_body(const double* cells, std::size_t runs, std::size_t length,
                                     const Along* along, std::size_t alongs, double* product,
                                     double* total) {
  using F = typename S::f64;
  for (std::size_t r = 0; r < runs; ++r) {
    const double* x = cells + r * length;
    const double* f = along_run(along, alongs, r, length, product);
    F a = 0.0, b = 0.0, c = 0.0, d = 0.0;
    std::size_t i = 0;
    for (; i + 4 * F::size <= length; i += 4 * F::size) {
      for (std::size_t l = 0; l < 4; ++l) simd::prefetch(x + i + l * F::size + ahead);
      a += F::load(x + i) * F::load(f + i);
      b += F::load(x + i + F::size) * F::load(f + i + F::size);
      c += F::load(x + i + 2 * F::size) * F::load(f + i + 2 * F::size);
      d += F::load(x + i + 3 * F::size) * F::load(f + i + 3 * F::size);
    }
    for (; i + F::size <= length; i += F::size) a += F::load(x + i) * F::load(f + i);
    if (i < length) b += F::load_some(x + i, length - i) * F::load_some(f + i, length - i);
    total[r] = simd::lane_sum((a + b) + (c + d));
  }
}
FOOTFALL_KERNEL(void, run_totals,
                (const double* cells, std::size_t runs, std::size_t length, const Along* along,
                 std::size_t alongs, double* product, double* total),
                (cells, runs, length, along, alongs, product, total))

/// Sums of the table over the cells of a margin that has the last axis.
template <class S>
FOOTFALL_INLINE void along_sums_body(const double* cells, std::size_t runs, std::size_t length,
                                     const double* run_factor, const Along* along,
                                     std::size_t alongs, double* product,
                                     const std::uint32_t* sum_at, double* sum) {
  using F = typename S::f64;
  for (std::size_t r = 0; r < runs; ++r) {
    const double* x = cells + r * length;
    const double* f = along_run(along, alongs, r, length, product);
    double* s = sum + sum_at[r];
    const F factor = run_factor[r];
    std::size_t i = 0;
    for (; i + F::size <= length; i += F::size) {
      simd::prefetch(x + i + ahead);
      (F::load(s + i) + F::load(x + i) * (factor * F::load(f + i))).store(s + i);
    }
    if (i < length) {
      const std::size_t left = length - i;
      (F::load_some(s + i, left) + F::load_some(x + i, left) * (factor * F::load_some(f + i, left)))
          .store_some(s + i, left);
    }
  }
}
FOOTFALL_KERNEL(void, along_sums,
                (const double* cells, std::size_t runs, std::size_t length,
                 const double* run_factor, const Along* along, std::size_t alongs, double* product,
                 const std::uint32_t* sum_at, double* sum),
                (cells, runs, length, run_factor, along, alongs, product, sum_at, sum))

/// Cells times all their factors.
template <class S>
FOOTFALL_INLINE void multiply_body(double* cells, std::size_t runs, std::size_t length,
                                   const double* run_factor, const Along* along, std::size_t alongs,
                                   double* product) {
  using F = typename S::f64;
  for (std::size_t r = 0; r < runs; ++r) {
    double* x = cells + r * length;
    const double* f = along_run(along, alongs, r, length, product);
    const F factor = run_factor[r];
    std::size_t i = 0;
    for (; i + F::size <= length; i += F::size) {
      simd::prefetch(x + i + ahead);
      (F::load(x + i) * (factor * F::load(f + i))).store(x + i);
    }
    if (i < length) {
      const std::size_t left = length - i;
      (F::load_some(x + i, left) * (factor * F::load_some(f + i, left))).store_some(x + i, left);
    }
  }
}
FOOTFALL_KERNEL(void, multiply,
                (double* cells, std::size_t runs, std::size_t length, const double* run_factor,
                 const Along* along, std::size_t alongs, double* product),
                (cells, runs, length, run_factor, along, alongs, product))

/// Whether all are finite and none is negative.
template <class S>
FOOTFALL_INLINE bool all_amounts_body(const double* values, std::size_t count) {
  using F = typename S::f64;
  F low = 0.0, sum = 0.0;  // 0 * x is NaN where x is not finite
  std::size_t i = 0;
  for (; i + F::size <= count; i += F::size) {
    simd::prefetch(values + i + ahead);
    const F value = F::load(values + i);
    low = simd::select(value < low, value, low);
    sum += value * 0.0;
  }
  if (i < count) {
    const F value = F::load_some(values + i, count - i);
    low = simd::select(value < low, value, low);
    sum += value * 0.0;
  }
  return simd::lane_sum(low) >= 0 && simd::lane_sum(sum) == 0;
}
FOOTFALL_KERNEL(bool, all_amounts, (const double* values, std::size_t count), (values, count))

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
  if (!all_amounts(seed.cells.data(), seed.cells.size()))
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

/// The table is the seed times a factor for each run along the last axis (those of the margins
/// without that axis, multiplied out) times the factors along it.
class Fitter {
 public:
  Fitter(IpfTable seed, const std::vector<IpfMargin>& margins)
      : table_(std::move(seed)), margins_(margins), length_(table_.sizes.back()) {
    runs_ = table_.cells.size() / length_;
    run_factor_.assign(runs_, 1);
    run_total_.resize(runs_);
    product_.resize(length_);
    for (const IpfMargin& margin : margins) {
      at_.push_back(places_of(margin));
      double sum = 0;
      for (const double target : margin.targets)
        if (target != missing_target) sum += target;
      total_ = std::max(total_, sum);
      factors_.emplace_back(is_along(margin) ? margin.targets.size() : 0, 1);
    }
    for (std::size_t m = 0; m < margins.size(); ++m)
      if (is_along(margins[m])) along_.push_back({factors_[m].data(), at_[m].data()});
  }

  Result<IpfFit> run(const IpfOptions& options, const Job* job) {
    if (margins_.empty()) return IpfFit{std::move(table_.cells), 0};
    double off = 0;
    std::size_t holding = 0;  // margins in a row that hold now
    for (int cycle = 1; cycle <= options.most_cycles; ++cycle) {
      if (job != nullptr && job->cancelled()) return fail("", "", std::string(cancelled_message));
      off = 0;
      for (std::size_t m = 0; m < margins_.size(); ++m) {
        const Met now = meet(m);
        if (now.empty && cycle == 1) {
          if (Errors errors = empty_seeds(); !errors.empty()) return fail(std::move(errors));
        }
        off = std::max(off, now.off);
        holding = now.off <= options.tolerance * total_ ? holding + 1 : now.empty ? 0 : 1;
        if (holding >= margins_.size()) {
          multiply_out();
          return IpfFit{std::move(table_.cells), cycle};
        }
      }
    }
    if (off <= agreement * total_) {
      multiply_out();
      return IpfFit{std::move(table_.cells), options.most_cycles};
    }
    return fail(furthest());
  }

 private:
  bool is_along(const IpfMargin& margin) const {
    return margin.axes.back() + 1 == table_.sizes.size();
  }

  /// Where each run along the last axis finds its cells in a margin.
  std::vector<std::uint32_t> places_of(const IpfMargin& margin) const {
    std::vector<std::uint32_t> out(runs_);
    std::vector<std::size_t> step(table_.sizes.size(), 0);
    std::size_t n = 1;
    for (std::size_t a = margin.axes.size(); a-- > 0; n *= table_.sizes[margin.axes[a]])
      step[margin.axes[a]] = n;
    for (std::size_t run = 0; run < runs_; ++run) {
      std::size_t rest = run, at = 0;
      for (std::size_t a = table_.sizes.size() - 1; a-- > 0; rest /= table_.sizes[a])
        at += rest % table_.sizes[a] * step[a];
      out[run] = static_cast<std::uint32_t>(at);
    }
    return out;
  }

  std::vector<double> sums_of(std::size_t m) {
    std::vector<double> sums(margins_[m].targets.size());
    if (is_along(margins_[m])) {
      along_sums(table_.cells.data(), runs_, length_, run_factor_.data(), along_.data(),
                 along_.size(), product_.data(), at_[m].data(), sums.data());
      return sums;
    }
    if (!totals_stand_) {
      run_totals(table_.cells.data(), runs_, length_, along_.data(), along_.size(), product_.data(),
                 run_total_.data());
      totals_stand_ = true;
    }
    for (std::size_t r = 0; r < runs_; ++r) sums[at_[m][r]] += run_factor_[r] * run_total_[r];
    return sums;
  }

  struct Met {
    double off = 0;      // greatest distance of a sum from its target, before
    bool empty = false;  // a sum is 0 and its target is not
  };
  /// Scales the table to a margin.
  Met meet(std::size_t m) {
    const std::vector<double> sums = sums_of(m);
    std::vector<double> step(sums.size(), 1);
    Met out;
    for (std::size_t c = 0; c < sums.size(); ++c) {
      const double target = margins_[m].targets[c];
      if (target == missing_target) continue;
      out.off = std::max(out.off, std::abs(sums[c] - target));
      if (sums[c] > 0) step[c] = target / sums[c];
      out.empty = out.empty || (sums[c] == 0 && target > 0);
    }
    bool extreme = false;
    const auto scale = [&](double& factor, double by) {
      factor *= by;
      extreme = extreme || factor > greatest_factor || (factor < 1 / greatest_factor && factor > 0);
    };
    if (is_along(margins_[m])) {
      for (std::size_t c = 0; c < step.size(); ++c) scale(factors_[m][c], step[c]);
      totals_stand_ = false;
    } else {
      for (std::size_t r = 0; r < runs_; ++r) scale(run_factor_[r], step[at_[m][r]]);
    }
    if (extreme) multiply_out();
    return out;
  }

  /// Puts the factors into the table: at the end, and before factors that go apart leave the range
  /// of doubles, as they do for ever where margins and zeros have no answer.
  void multiply_out() {
    multiply(table_.cells.data(), runs_, length_, run_factor_.data(), along_.data(), along_.size(),
             product_.data());
    std::fill(run_factor_.begin(), run_factor_.end(), 1);
    for (auto& factors : factors_) std::fill(factors.begin(), factors.end(), 1);
    totals_stand_ = false;
  }

  /// Targets above zero where the seed has only zeros.
  Errors empty_seeds() const {
    Errors errors;
    for (std::size_t m = 0; m < margins_.size(); ++m) {
      std::vector<char> some(margins_[m].targets.size());
      for (std::size_t x = 0; x < table_.cells.size(); ++x) {
        const std::size_t along = is_along(margins_[m]) ? x % length_ : 0;
        if (table_.cells[x] > 0) some[at_[m][x / length_] + along] = 1;
      }
      for (std::size_t c = 0; c < some.size() && errors.size() < most_problems; ++c)
        if (margins_[m].targets[c] > 0 && some[c] == 0)
          errors.push_back({"",
                            margin_text(margins_[m], m) + ", " + cell_text(table_, margins_[m], c),
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
        errors.push_back(
            {"", margin_text(margins_[m], m) + ", " + cell_text(table_, margins_[m], worst),
             shortest(margins_[m].targets[worst]),
             "is infeasible with the other margins and the zeros of the seed",
             fixed(sums[worst], 3) + " was reached"});
    }
    return errors;
  }

  IpfTable table_;  // without the factors
  const std::vector<IpfMargin>& margins_;
  std::size_t length_, runs_ = 0;
  std::vector<std::vector<std::uint32_t>> at_;  // by margin
  std::vector<double> run_factor_, run_total_;  // by run
  bool totals_stand_ = false;                   // no factor along the last axis has changed since
  std::vector<std::vector<double>> factors_;    // by margin; none where it lacks the last axis
  std::vector<Along> along_;
  std::vector<double> product_;  // room for the kernels
  double total_ = 1e-300;
};

}  // namespace

Result<IpfFit> ipf(IpfTable seed, const std::vector<IpfMargin>& margins, const IpfOptions& options,
                   const Job* job) {
  Errors errors = shape_problems(seed, margins);
  if (errors.empty()) errors = disagreements(seed, margins);
  if (!errors.empty()) return fail(std::move(errors));
  return Fitter(std::move(seed), margins).run(options, job);
}

}  // namespace footfall::population
