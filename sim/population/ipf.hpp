// Iterative proportional fitting of a table of any number of axes to margins over any of its axes:
// the table nearest to the seed in relative entropy that has these margins (Deming, Stephan 1940;
// Csiszár 1975). Zero cells stay zero.
//
// The table itself is only read until the end: margins without the last axis have one factor for
// each run along it and are all met on the runs' totals, which one reading gives; each margin with
// the last axis takes a reading of its own. Runs are done in lanes: give the longest axis the last
// place.
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/job.hpp"

namespace footfall::population {

struct IpfTable {
  std::vector<std::size_t> sizes;  ///< categories of each axis
  std::vector<double> cells;       ///< row-major: the last axis is contiguous
};

struct IpfMargin {
  std::string name;               ///< in errors
  std::vector<std::size_t> axes;  ///< ascending
  std::vector<double> targets;    ///< row-major over the axes; >= 0 or missing_target (weights.hpp)
};

struct IpfOptions {
  int most_cycles = 10'000;
  /// Greatest |sum - target| / total of all margins but one that holds exactly.
  double tolerance = 1e-11;
};

struct IpfFit {
  std::vector<double> cells;
  int cycles = 0;
};

/// The seed's memory becomes the answer's: move it in where it is not needed any more. Errors, all
/// of them named: shapes that do not match, cells or targets that are negative or not
/// finite, margins that disagree about a total that both state (beyond 1e-10 of it), a target above
/// zero where the seed has only zeros, no convergence (the zeros of the seed leave no answer) with
/// the cells that are furthest off, cancelled.
Result<IpfFit> ipf(IpfTable seed, const std::vector<IpfMargin>& margins,
                   const IpfOptions& options = {}, const Job* job = nullptr);

}  // namespace footfall::population
