// Rules by which counts are made from what sensors recorded (docs/models/estimate.md).
#pragma once

#include <cstdint>

#include "core/params.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::estimate {

struct Params {
  // A visit by Wi-Fi: Cisco CMX's rule.
  std::int64_t visit_observations = 5;
  double visit_window_s = 1200;
  double first_dbm = -75;
  double session_dbm = -80;
  double session_timeout_s = 900;  ///< Cloud4Wi: 15 min
  double burst_gap_s = 1;          ///< frames of one fingerprint closer than this are one burst
  double most_random_share = 0.2;  ///< above it unique and returning visitors are refused
  std::int64_t hand_hours = 6;     ///< hours counted by hand, one on each of the first open days
  double hand_error = 0.03;        ///< relative error of a count by hand, one standard deviation
  double touch_window_days = 7;    ///< last touch: days after a message that it may claim
  double level = 0.95;             ///< of all intervals
};
Fields fields(Params& params);

/// Reads the block "estimate" of a scenario; absent members have their defaults.
Result<Params> read_params(const scenario::Scenario& scenario);

}  // namespace footfall::estimate
