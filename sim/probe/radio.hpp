// Received power by log-distance path loss (Rappaport 2002, "Wireless Communications", ch. 4),
// with shadowing that is alike at places near each other (Gudmundson 1991).
#pragma once

#include "core/rng.hpp"
#include "sim/probe/params.hpp"

namespace footfall::probe {

/// Mean received power in dBm; distances below 0.5 m count as that.
double mean_signal_dbm(const Params& params, double distance_m, bool inside);

/// Shadowing along a way: from place to place correlated by exp(-moved / shadowing_m).
class Shadowing {
 public:
  Shadowing(const Params& params, Draws draws);
  double at(double moved_m);  ///< dB; `moved_m` since the place before, >= 0

 private:
  const Params* params_;
  Draws draws_;
  double standard_ = 0;
  bool begun_ = false;
};

}  // namespace footfall::probe
