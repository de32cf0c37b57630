#include "sim/estimate/params.hpp"

namespace footfall::estimate {

Fields fields(Params& p) {
  return {
      {"visit_observations", &p.visit_observations, 1, 100, "",
       "Frames of one MAC within the window that make a visit", "Cisco CMX visit rule"},
      {"visit_window_s", &p.visit_window_s, 1, 86'400, "s", "Window for the frames of a visit",
       "Cisco CMX visit rule"},
      {"first_dbm", &p.first_dbm, -100, 0, "dBm", "Least signal of a visit's first frame",
       "Cisco CMX visit rule"},
      {"session_dbm", &p.session_dbm, -100, 0, "dBm", "Least signal of a visit's other frames",
       "Cisco CMX visit rule"},
      {"session_timeout_s", &p.session_timeout_s, 1, 86'400, "s",
       "Silence after which a visit by Wi-Fi has ended", "Cloud4Wi default"},
      {"burst_gap_s", &p.burst_gap_s, 0.01, 60, "s",
       "Frames of one fingerprint closer than this are one burst",
       "frames of a burst are 20 to 26 ms apart (measured)"},
      {"most_random_share", &p.most_random_share, 0, 1, "",
       "Share of frames with a random MAC above which unique and returning visitors are refused",
       "no good source: a range"},
      {"hand_hours", &p.hand_hours, 2, 100, "h",
       "Hours counted by hand for calibration, one on each of the first days"},
      {"hand_error", &p.hand_error, 0, 0.5, "",
       "Relative error of a count by hand, one standard deviation", "no good source: a range"},
      {"touch_window_days", &p.touch_window_days, 0, 365, "days",
       "Days after a message during which last touch credits it with purchases",
       "7 days: common default of advertising platforms"},
      {"level", &p.level, 0.5, 0.99, "", "Level of the estimates' intervals"},
  };
}

Result<Params> read_params(const scenario::Scenario& scenario) {
  Params params;
  Errors errors = scenario::read_block(scenario, "estimate", fields(params));
  if (!errors.empty()) return fail(std::move(errors));
  return params;
}

}  // namespace footfall::estimate
