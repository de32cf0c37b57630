// Where workers and students spend the day. No data say so, so residents stand for jobs: the chance
// of a zone j elsewhere is proportional to residents_j · exp(-d / commute_km), d straight in km
// (Wilson 1971, a production-constrained gravity model). Distances are taken between the cells of a
// grid of at most 1,024 used cells, so that cities of a million zones cost no more.
#pragma once

#include <cstdint>
#include <vector>

#include "core/job.hpp"
#include "core/rng.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::population {

class Daytime {
 public:
  /// The grid's squares are 0.01 degrees, doubled until few enough are used. Not to be used where
  /// `job` was cancelled.
  Daytime(const scenario::Scenario& scenario, double commute_km, const Job& job);
  /// A zone other than `home`; `home` itself where it is the only one with residents (or so alone
  /// that 64 draws find no other).
  std::uint32_t pick(std::uint32_t home, Draws& draws) const;

 private:
  std::vector<std::uint32_t> cell_;     // of each zone with residents
  std::vector<std::uint32_t> members_;  // zones with residents, by cell
  std::vector<double> residents_;       // running sum over members_, from 0 in each cell
  std::vector<std::size_t> first_;      // of each cell in members_; cells + 1
  std::vector<double> reach_;           // cells × cells, running sum along the row of a home cell
};

}  // namespace footfall::population
