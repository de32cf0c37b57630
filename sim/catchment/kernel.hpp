// The hot loops of store choice, over tiles of 128 demand points.
//
// A utility is A^area_exponent · f(c) in float. Two ways to f:
//
//   by road     a table over all travel times (whole quarters of a second), filled in double
//   straight    c = sqrt(dx² + dy²) + access from the places themselves, then 2^(-λ log2 c) or
//               2^(-rate log2(e) c)
//
// The straight form is the one loop that must run at the speed of the machine: demand × stores ×
// draws. It does not use pow_lanes() of core/math_lanes.hpp, since a third of that function's work
// is spent on its last bit. With c = 2^e m metres, m in [√½, √2), s = (m - 1)/(m + 1) it evaluates
//
//   log2 m = s (a0 + a1 s² + a2 s⁴)      absolute error 3.0e-8
//   2^r    = polynomial of degree 5      relative error 9.2e-8, |r| <= ½; exact at 0
//
// (least maximum error, found by iteratively reweighted least squares) and keeps -λ e exact by
// splitting λ into 16 upper bits and the rest. A factor of -λ stands in a0, a1, a2, and the change
// from metres to kilometres in the amplitude. Greatest relative error of a utility, rounding of the
// distance included: 1e-6 for λ <= 3; with exponential decay 1e-6 for rate · c <= 4 and 4e-6 for
// rate · c <= 16, where what float leaves of the distance is multiplied by rate · c
// (tests/sim/catchment/kernel_test.cpp).
//
// Each formula is a loop over a tile with the values between in small arrays: compilers make vector
// code of any width from it, many independent chains hide the latency of root and division, and
// since every element is computed by itself the bits do not depend on the width. Root and division
// keep a part of the processor busy that the polynomials do not need. So where a tile meets many
// stores, one loop takes the root for the store after next, the division for the next one and the
// polynomials for this one.
//
// Ranges, kept by the limits of params.cpp and Market: 2^-30 <= amplitude <= 2^27, 0.01 <= c <= 6e4
// km or 350 min, 0 <= λ, rate <= 5. So a utility is 0 or normal, and sums stay finite. Where f <
// 2^-95 the utility is 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "geo/roads.hpp"
#include "sim/catchment/params.hpp"

namespace footfall::catchment {

inline constexpr std::size_t tile_size = 128;  ///< demand points of a tile
inline constexpr std::size_t lane_count = 16;  ///< of a sum: point i is added to lane i mod 16

/// f over straight distance. Power decay works in metres, exponential decay in kilometres.
struct Straight {
  float access = 0;      ///< m; km
  float unit = 0;        ///< 1000^λ: a utility in metres times this is one in kilometres; 0.001
  float slope = 0;       ///< -λ 2^-23; -rate log2(e): 16 upper bits …
  float slope_rest = 0;  ///< … and the rest, exact to 40 bits together
  float series[3] = {};  ///< -λ a0, -λ a1, -λ a2; unused
};

/// f of one choice, ready for the loops.
struct Decayed {
  bool exponential = false;
  Straight straight;
  std::vector<float> by_time;  ///< f of a TravelTime; 0 where unreachable; empty: straight distance
};
Decayed decayed(const Choice& choice);

/// A^area_exponent, A in 1,000 m². Areas are held to the scenario's range of 1 to 500,000 m².
float amplitude_of(const Choice& choice, double floor_area_m2);

/// A store in the loops.
struct Source {
  float x = 0, y = 0;  ///< metres
  float amplitude = 0;
  bool own = false;
  const geo::TravelTime* times = nullptr;  ///< one per demand point, where f is by road
};

/// The columns of the demand, one value per demand point each.
struct Places {
  const float* x;  ///< metres
  const float* y;
};
struct Balance {
  const float* weight;  ///< W
  const float* own;     ///< Σ utilities of own stores
  const float* rivals;  ///< Σ utilities of the others
  float outside;        ///< U_0, at least 2^-126
};

/// Utilities of one store for the demand points [begin, end), end - begin <= tile_size.
void utilities(const Decayed& f, const Places& places, const Source& source, std::size_t begin,
               std::size_t end, float* out);

/// Both passes of field() for the demand points [begin, end): U into `buffer` and their sums, then
/// what each store gets. own and rivals are whole columns; the rest belongs to the block.
struct FieldBlock {
  const double* weight;               ///< column W
  double outside_utility;             ///< U_0, at least 2^-126
  float* own;                         ///< column, written
  float* rivals;                      ///< column, written
  float* buffer;                      ///< tile_size values per store
  double* sales;                      ///< lane_count values per store, added to
  double outside = 0;                 ///< money to the outside option
  double unserved = 0;                ///< the part of it from points that no store reaches
  std::uint64_t unserved_points = 0;  ///< with W > 0
};
void field_block(const Decayed& f, const Places& places, const Source* sources, std::size_t stores,
                 std::size_t begin, std::size_t end, FieldBlock* block);

/// What the store `site` takes from own stores, from the others and from outside in [begin, end).
struct Taken {
  double own = 0, rivals = 0, outside = 0;
};
/// `shares`: column of patronage probabilities, written, or null.
void enter_block(const Decayed& f, const Places& places, const Balance& balance, const Source& site,
                 std::size_t begin, std::size_t end, float* shares, Taken* taken);

/// Adds what each store loses to `site` in [begin, end) to its lanes.
void losses_block(const Decayed& f, const Places& places, const Balance& balance,
                  const Source* sources, std::size_t stores, const Source& site, std::size_t begin,
                  std::size_t end, double* lanes);

/// Sum of lane_count values by a fixed tree.
double lane_total(const double* lanes);

}  // namespace footfall::catchment
