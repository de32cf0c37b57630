// A positive random quantity of mean 1, drawn by one look-up: intervals between trips and baskets.
//
// The quantile function is cut into cells of equal probability and taken as straight inside a cell.
// The upper end of the last cell, where the true quantile is infinite, is where it makes the mean
// exactly 1. So means are exact and everything else is good to about a cell of probability.
#pragma once

#include <array>
#include <cstdint>

namespace footfall::visits {

class MeanOne {
 public:
  static constexpr int cell_bits = 10;
  static constexpr std::size_t cells = std::size_t{1} << cell_bits;

  /// Erlang with whole shape k, 1 to 17: the sum of k exponentials. Shape 1 is the interval of a
  /// Poisson process; 2 the "condensed" purchasing of Chatfield and Goodhardt 1973, "A consumer
  /// purchasing model with Erlang inter-purchase times", JASA 68.
  static MeanOne erlang(int shape);
  /// Lognormal with the given coefficient of variation, 0 to 3.
  static MeanOne lognormal(double variation);

  /// The quantile of (bits + ½) / 2^32: a draw, where bits are random.
  float at(std::uint32_t bits) const {
    const std::size_t cell = bits >> (32 - cell_bits);
    const float part = static_cast<float>(bits & (0xffffffffu >> cell_bits)) * cell_width;
    return knots_[cell] + part * (knots_[cell + 1] - knots_[cell]);
  }
  /// Probability of a value <= x: the inverse of at(), 0 to 1.
  double below(double x) const;
  /// The quantile of p, 0 to 1.
  double quantile(double p) const;

 private:
  static constexpr float cell_width = 1.0f / (1u << (32 - cell_bits));
  static MeanOne from(const std::array<double, cells>& quantiles);
  std::array<float, cells + 1> knots_{};
};

}  // namespace footfall::visits
