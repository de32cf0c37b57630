// Whole households from fractional weights, by one of two methods.
//
// Controlled rounding: a start by systematic sampling over the rows (each row's expected count is
// its weight, so that rare kinds are not lost where every zone needs few of them), then swaps of
// one household for another while they bring the counts of the controls nearer: the objective is
// Σ_c (n·a_c - t_c)² / max(t_c, 1) plus a small multiple of Σ_r (n_r - w_r)². Cox, "A constructive
// procedure for unbiased controlled rounding" (1987) for the aim; the swaps are a plain descent.
//
// Quasirandom integer sampling, after Smith, Lovelace and Birkin, "Population synthesis with
// quasirandom integer sampling" (2017): the whole part of each weight stands, and the households
// that are still wanting are drawn without replacement from the parts that are left, at the points
// of a low-discrepancy sequence. Theirs fills a table of single persons and keeps its margins; rows
// here count in controls of households and persons at once, so what is kept is the total and each
// row to within one household, and controls hold as far as alike rows stand together. It looks at
// no control, and its cost is O(rows + households · log rows).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/rng.hpp"
#include "sim/population/weights.hpp"

namespace footfall::population {

enum class Integers : std::uint8_t { rounding, quasirandom };
std::string_view name_of(Integers value);

/// Whole counts of the rows that sum to `households` exactly. `weight`: of the rows of `problem`,
/// not all 0 where households > 0; they are scaled to that sum. Targets that are missing do not
/// count. One draw is taken.
std::vector<std::uint32_t> integerised(const FitProblem& problem, const std::vector<double>& weight,
                                       std::uint32_t households, Draws& draws,
                                       Integers method = Integers::rounding);

/// Quasirandom integer sampling of weights that sum to `households`. The points are the radical
/// inverse in base 2 (van der Corput 1935; the first coordinate of Sobol 1967), whose bits `shift`
/// turns over, so that every zone has points of its own.
std::vector<std::uint32_t> quasirandom(const std::vector<double>& weight, std::uint32_t households,
                                       std::uint32_t shift);

}  // namespace footfall::population
