#include "sim/experiment/sensitivity.hpp"

#include <algorithm>

#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "sim/experiment/replications.hpp"

namespace footfall::experiment {
namespace {

constexpr std::string_view room = "experiment sensitivity";

bool complete(std::span<const double> values) {
  return std::none_of(values.begin(), values.end(), [](double v) { return v != v; });
}

/// The terms of each block whose means make the indices: a, b, a², b², then for each variable
/// b (ab - a) and (a - ab)² / 2.
class Blocks {
 public:
  Blocks(std::size_t dimensions, std::span<const double> values)
      : dimensions_(dimensions), width_(4 + 2 * dimensions) {
    const std::size_t points = dimensions + 2;
    std::vector<double> pooled;
    for (std::size_t at = 0; at + points <= values.size(); at += points) {
      const auto block = values.subspan(at, points);
      if (!complete(block)) continue;
      pooled.push_back(block[0]);
      pooled.push_back(block[1]);
    }
    count_ = pooled.size() / 2;
    const double mean = count_ > 0 ? tree_sum(pooled) / static_cast<double>(pooled.size()) : 0;
    for (std::size_t at = 0; at + points <= values.size(); at += points) {
      if (complete(values.subspan(at, points))) add(values.subspan(at, points), mean);
    }
  }

  std::size_t count() const { return count_; }

  /// Indices from the sum over the blocks that `pick(i)` gives for i = 0 … count-1.
  template <class Pick>
  SobolResult indices(const Pick& pick) const {
    std::vector<double> sum(width_, 0.0);
    for (std::size_t i = 0; i < count_; ++i) {
      const double* const term = &terms_[pick(i) * width_];
      for (std::size_t t = 0; t < width_; ++t) sum[t] += term[t];
    }
    for (double& s : sum) s /= static_cast<double>(std::max<std::size_t>(count_, 1));
    SobolResult out;
    out.used = count_;
    out.variables.resize(dimensions_);
    const double mean = (sum[0] + sum[1]) / 2;
    out.variance = (sum[2] + sum[3]) / 2 - mean * mean;
    if (!(out.variance > 0)) return out.variance = 0, out;
    for (std::size_t d = 0; d < dimensions_; ++d) {
      out.variables[d].first.value = sum[4 + 2 * d] / out.variance;
      out.variables[d].total.value = sum[5 + 2 * d] / out.variance;
    }
    return out;
  }

 private:
  void add(std::span<const double> block, double mean) {
    const double a = block[0] - mean, b = block[1] - mean;
    for (const double term : {a, b, a * a, b * b}) terms_.push_back(term);
    for (std::size_t d = 0; d < dimensions_; ++d) {
      const double ab = block[2 + d] - mean;
      terms_.push_back(b * (ab - a));
      terms_.push_back((a - ab) * (a - ab) / 2);
    }
  }

  std::size_t dimensions_, width_, count_ = 0;
  std::vector<double> terms_;
};

/// Percentiles at both ends of the level; sorts the values.
void set_interval(Index& index, std::vector<double>& values, double level) {
  if (values.empty()) return;
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
  };
  index.low = at((1 - level) / 2);
  index.high = at((1 + level) / 2);
}

}  // namespace

MorrisResult morris_indices(const Points& points, std::span<const double> values, double level) {
  const std::size_t k = points.dimensions;
  std::vector<std::vector<double>> effects(k), sizes(k);
  MorrisResult out;
  out.variables.resize(k);
  for (std::size_t at = 0; at + k + 1 <= values.size(); at += k + 1) {
    if (!complete(values.subspan(at, k + 1))) continue;
    ++out.used;
    for (std::size_t step = at; step < at + k; ++step) {
      const auto from = points.row(step), to = points.row(step + 1);
      for (std::size_t d = 0; d < k; ++d) {
        if (from[d] == to[d]) continue;
        const double effect = (values[step + 1] - values[step]) / (to[d] - from[d]);
        effects[d].push_back(effect);
        sizes[d].push_back(effect < 0 ? -effect : effect);
      }
    }
  }
  for (std::size_t d = 0; d < k; ++d) {
    const Estimate mean = estimate(effects[d], level), size = estimate(sizes[d], level);
    out.variables[d] = {{size.mean, size.low, size.high}, mean.mean, mean.deviation};
  }
  return out;
}

SobolResult sobol_indices(std::size_t dimensions, std::span<const double> values,
                          std::uint64_t seed, double level, std::size_t resamples) {
  const Blocks blocks(dimensions, values);
  SobolResult out = blocks.indices([](std::size_t i) { return i; });
  for (SobolIndex& v : out.variables) {
    for (Index* index : {&v.first, &v.total}) index->low = index->high = index->value;
  }
  if (blocks.count() < 2 || out.variance == 0) return out;
  std::vector<SobolResult> again(resamples);
  parallel_blocks(resamples, 8, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t r = begin; r < end; ++r) {
      Draws draws(random_key(seed, 0, room), r, 0, 0);
      again[r] = blocks.indices(
          [&](std::size_t) { return draws.below(static_cast<std::uint32_t>(blocks.count())); });
    }
  });
  std::vector<double> sample;
  for (std::size_t d = 0; d < dimensions; ++d) {
    for (const auto which : {&SobolIndex::first, &SobolIndex::total}) {
      sample.clear();
      for (const SobolResult& r : again) sample.push_back((r.variables[d].*which).value);
      set_interval(out.variables[d].*which, sample, level);
    }
  }
  return out;
}

}  // namespace footfall::experiment
