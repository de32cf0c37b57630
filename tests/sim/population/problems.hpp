// Small fitting problems for the tests of this room.
#pragma once

#include <vector>

#include "sim/population/weights.hpp"

namespace footfall::population::testing {

/// From a dense matrix, a line for each control; prior weights of 1, all targets must hold.
inline FitProblem problem_of(const std::vector<std::vector<double>>& lines,
                             std::vector<double> targets) {
  FitProblem out;
  const std::size_t rows = lines.front().size();
  out.first.push_back(0);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < lines.size(); ++c) {
      if (lines[c][r] == 0) continue;
      out.control.push_back(static_cast<std::uint32_t>(c));
      out.count.push_back(lines[c][r]);
    }
    out.first.push_back(static_cast<std::uint32_t>(out.control.size()));
  }
  out.prior.assign(rows, 1);
  out.importance.assign(targets.size(), 0);
  out.target = std::move(targets);
  return out;
}

/// Eight kinds of household, two controls of households, three of persons.
inline FitProblem konduri() {
  return problem_of({{1, 1, 1, 0, 0, 0, 0, 0},
                     {0, 0, 0, 1, 1, 1, 1, 1},
                     {1, 1, 2, 1, 0, 1, 2, 1},
                     {1, 0, 1, 0, 2, 1, 1, 1},
                     {1, 1, 0, 2, 1, 0, 2, 0}},
                    {35, 65, 91, 65, 104});
}

}  // namespace footfall::population::testing
