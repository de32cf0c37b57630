// Counter-based random numbers: a draw is a pure function of what it is for, never of what was
// drawn before it. That is what makes runs equal on any number of threads, and what makes two
// scenarios share their luck: draws are keyed by stable ids, so adding a store moves no other draw.
//
// Generator: Philox4x32-10, Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2,
// 3" (SC 2011). key = hash(seed, replication, room); counter = (id low, id high, step, purpose and
// draw).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace footfall {

using Philox4 = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

/// One block of Philox4x32-10.
Philox4 philox4x32_10(Philox4 counter, PhiloxKey key);

/// The key of all draws of one room in one replication. `room` is a fixed text such as "catchment".
PhiloxKey random_key(std::uint64_t seed, std::uint32_t replication, std::string_view room);

/// A short sequence of draws for one purpose of one thing at one step. Cheap to make; not shared.
/// Up to 2^24 blocks of four words (then it throws nothing and wraps: no caller comes near).
class Draws {
 public:
  /// `id`: the stable id of the thing that draws. `step`: day, iteration or alternative.
  /// `purpose`: 0 to 255, a constant of the room that says what the draw decides.
  Draws(PhiloxKey key, std::uint64_t id, std::uint32_t step, std::uint8_t purpose);

  std::uint32_t bits32();
  std::uint64_t bits64();
  double uniform();                          ///< [0, 1) with 53 bits
  double uniform_open();                     ///< (0, 1): never 0 or 1, for logarithms
  double uniform(double low, double high);   ///< [low, high); requires low <= high
  std::uint32_t below(std::uint32_t bound);  ///< 0 to bound-1, unbiased (Lemire 2019); bound >= 1
  bool bernoulli(double p);                  ///< one draw, also for p = 0 and p = 1
  double normal();                           ///< standard normal, inverse CDF (Wichura AS 241)
  double exponential();                      ///< mean 1, inversion
  double gumbel();                           ///< standard Gumbel, -log(-log(u))
  double gamma(double shape);                ///< scale 1; Marsaglia and Tsang 2000; shape > 0
  double triangular(double low, double mode, double high);  ///< inversion; low <= mode <= high
  std::uint64_t poisson(
      double mean);  ///< mean 0 to 1e9; inversion below 10, PTRS (Hörmann 1993) above
  std::uint64_t binomial(std::uint64_t n,
                         double p);  ///< inversion for n·min(p,1-p) < 10, else BTRS (Hörmann 1993)

 private:
  Philox4 counter_;
  PhiloxKey key_;
  Philox4 block_{};
  int used_ = 4;
};

/// Fisher-Yates with draws.below(); the same order on every platform.
void shuffle(std::span<std::uint32_t> items, Draws& draws);

/// Walker's alias table (Vose 1991): one of n with given weights in O(1).
class AliasTable {
 public:
  /// Weights >= 0, finite, at least one > 0 (asserted); n < 2^32.
  explicit AliasTable(std::span<const double> weights);
  std::uint32_t sample(Draws& draws) const;
  std::size_t size() const { return threshold_.size(); }

 private:
  std::vector<double> threshold_;
  std::vector<std::uint32_t> alias_;
};

}  // namespace footfall
