#include <array>

#include "core/parallel.hpp"

namespace footfall {

namespace {

constexpr std::size_t leaf = 256;

// Eight running sums, so that the compiler may use vectors, joined in a fixed order.
double leaf_sum(std::span<const double> values) {
  std::array<double, 8> sums{};
  std::size_t i = 0;
  for (; i + 8 <= values.size(); i += 8) {
    for (std::size_t lane = 0; lane < 8; ++lane) sums[lane] += values[i + lane];
  }
  for (std::size_t lane = 0; i + lane < values.size(); ++lane) sums[lane] += values[i + lane];
  return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

}  // namespace

double tree_sum(std::span<const double> values) {
  if (values.size() <= leaf) return leaf_sum(values);
  std::size_t half = leaf;
  while (half < values.size() - half) half *= 2;
  return tree_sum(values.first(half)) + tree_sum(values.subspan(half));
}

}  // namespace footfall
