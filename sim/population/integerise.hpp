// Whole households from fractional weights: controlled rounding.
//
// A start by systematic sampling over the rows (each row's expected count is its weight, so that
// rare kinds are not lost where every zone needs few of them), then swaps of one household for
// another while they bring the counts of the controls nearer: the objective is Σ_c (n·a_c - t_c)² /
// max(t_c, 1) plus a small multiple of Σ_r (n_r - w_r)². Cox, "A constructive procedure for
// unbiased controlled rounding" (1987) for the aim; the swaps are a plain descent.
#pragma once

#include <cstdint>
#include <vector>

#include "core/rng.hpp"
#include "sim/population/weights.hpp"

namespace footfall::population {

/// Whole counts of the rows that sum to `households` exactly. `weight`: of the rows of `problem`,
/// not all 0 where households > 0; they are scaled to that sum. Targets that are missing do not
/// count. One draw is taken.
std::vector<std::uint32_t> integerised(const FitProblem& problem, const std::vector<double>& weight,
                                       std::uint32_t households, Draws& draws);

}  // namespace footfall::population
