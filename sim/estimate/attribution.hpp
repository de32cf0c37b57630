// What a campaign brought, as a retailer would compute it: by last touch, and by the hold-out
// group. What it really brought is the same people's run without it (sim/world).
#pragma once

#include <cstdint>
#include <span>

#include "sim/estimate/estimate.hpp"

namespace footfall::estimate {

/// One addressed or held-out person or account, and what receipts tie to it since the first day
/// that it would have been addressed.
struct Unit {
  bool held_out = false;
  double spent = 0;
};

/// Lift in money over all addressed units: n_t (mean_t - mean_h), with Welch's interval (Welch
/// 1947) at `level`. Refused where a group has fewer than 30 units.
Estimate hold_out(std::span<const Unit> units, double level);

/// (lift × margin - cost) / cost, the interval carried along; refused without cost, or where the
/// lift is.
Estimate return_on_spending(const Estimate& lift, double margin, double cost);

}  // namespace footfall::estimate
