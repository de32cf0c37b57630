// Minimum relative entropy: of all weights that meet the controls, those nearest to the prior ones.
//
//   minimise  Σ_r w_r ln(w_r / p_r) - w_r + p_r  +  Σ_c importance_c (Σ_r a_rc w_r - t_c)² / 2 m_c
//
// with m_c = max(t_c, 1), over 0 <= w_r <= most_r, subject to Σ_r a_rc w_r = t_c where importance_c
// is 0. Its dual has one unknown λ_c for each control, is concave and smooth, and gives the weights
// as w_r = min(p_r exp(Σ_c a_rc λ_c), most_r): Newton's method with a damped step solves it in
// about ten steps of rows × entries² + controls³ / 3 operations. Sources: Csiszár, "I-divergence
// geometry" (1975); Bar-Gera, Konduri, Sana, Ye, Pendyala, "Estimating survey weights with multiple
// constraints using entropy optimization methods" (TRB 2009), the relaxed form with importances;
// Deville, Särndal, "Calibration estimators in survey sampling" (1992), the caps.
#pragma once

#include "sim/population/weights.hpp"

namespace footfall::population {

struct EntropyOptions {
  int most_steps = 200;
  double tolerance = 1e-10;  ///< greatest |gradient| / max(1, target)
};

/// Targets that cannot hold together come back in `missed`; the weights are then the last step's,
/// finite and within the caps.
FitWeights entropy(const FitProblem& problem, const EntropyOptions& options = {});

/// The least-violating answer: as entropy(), but targets that must hold are given the importance
/// 10,000 each; `missed` says which still do not hold.
FitWeights least_violating(const FitProblem& problem, const EntropyOptions& options = {});

}  // namespace footfall::population
