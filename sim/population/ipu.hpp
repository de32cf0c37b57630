// Iterative proportional updating: household and person controls at once.
//
// In turn for each control, the weights of all households that count in it at all are multiplied
// by target / total. Ye, Konduri, Pendyala, Sana, Waddell, "A methodology to match distributions of
// both household and person attributes in the generation of synthetic populations" (TRB 2009).
// Where every household counts at most once in each control, this is iterative proportional
// fitting. Its fixed point depends on the order of the controls; entropy.hpp's does not.
#pragma once

#include "sim/population/weights.hpp"

namespace footfall::population {

struct IpuOptions {
  int most_sweeps = 20'000;
  double tolerance = 1e-11;  ///< greatest |total - target| / max(1, target) seen in a last sweep
};

/// Importances are not known to this method: every target counts as one that must hold. Caps are
/// put on after each control; targets that they keep it from come back in `missed`, even where
/// entropy() finds weights that meet them.
FitWeights ipu(const FitProblem& problem, const IpuOptions& options = {});

}  // namespace footfall::population
