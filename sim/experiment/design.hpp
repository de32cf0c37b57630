// Designs: which points of the unit cube a study is run at. A point has one coordinate in [0, 1]
// for each variable; plan.hpp turns coordinates into values. Every design is a pure function of its
// arguments: the same points on every machine and thread count.
//
//   grid             every combination of levels
//   latin_hypercube  each of n equal slices of each variable once (McKay, Beckman and Conover 1979)
//   sobol            digital (t, s) sequence, fills the cube evenly at any length (Sobol 1967)
//   morris           paths that move one variable at a time (Morris 1991)
//   saltelli         pairs of samples for variance-based indices (Saltelli et al. 2010)
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace footfall::experiment {

/// Points of the unit cube, one row each. `dimensions` may be 0: then there is one empty point.
struct Points {
  std::size_t dimensions = 0;
  std::size_t count = 0;
  std::vector<double> values;  ///< count × dimensions

  std::span<const double> row(std::size_t point) const {
    return std::span(values).subspan(point * dimensions, dimensions);
  }
};

/// All combinations, the last variable changing fastest. Variable i has levels[i] >= 1 coordinates
/// from 0 to 1, equally far apart; a single level stands at 0.5.
Points grid(std::span<const std::size_t> levels);

/// Slices and places inside them drawn by (seed, variable, slice).
Points latin_hypercube(std::size_t count, std::size_t dimensions, std::uint64_t seed);

/// Number of variables that sobol() can serve; saltelli() half of it.
inline constexpr std::size_t sobol_dimensions = 32;

/// Point `index` (< 2^32) of the sequence in Gray code order, as 32-bit fractions. Direction
/// numbers: Joe and Kuo, "Constructing Sobol sequences with better two-dimensional projections",
/// SIAM J. Sci. Comput. 30 (2008), their set D(6).
void sobol_point(std::uint32_t index, std::span<std::uint32_t> bits);

/// The first points of the sequence under a random digital shift by (seed, variable): evenness is
/// kept, and the corner (0, 0, …) is a point like any other (Owen 2020 on why none is dropped).
Points sobol(std::size_t count, std::size_t dimensions, std::uint64_t seed);

/// Levels of each variable in morris(): coordinates 0, 1/3, 2/3, 1, steps of ±2/3 (Morris 1991).
inline constexpr std::size_t morris_levels = 4;

/// `trajectories` paths of dimensions + 1 points. From one point of a path to the next exactly one
/// variable moves; every variable moves once.
Points morris(std::size_t trajectories, std::size_t dimensions, std::uint64_t seed);

/// `base` blocks of dimensions + 2 points: a, b, then for each variable a with that variable of b.
/// a and b are halves of sobol() in 2 × dimensions; a `base` that is a power of two is best.
Points saltelli(std::size_t base, std::size_t dimensions, std::uint64_t seed);

}  // namespace footfall::experiment
