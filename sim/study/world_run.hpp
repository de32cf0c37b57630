// `world run`: the whole chain, end to end, over a number of days, with its truth beside every
// estimate.
#pragma once

#include "sim/study/study.hpp"

namespace footfall::study {

/// What differs between the seasons after the first.
enum class Vary : std::uint8_t {
  luck,       ///< the random draws
  parameters  ///< and every parameter that has a range
};

struct WorldRunOptions {
  std::int64_t days = 84;
  std::int64_t seed = 1;
  std::int64_t replications = 3;
  Vary vary = Vary::luck;
  std::string open = "best";  ///< "best", "none", or the id of a candidate
  std::string campaigns = "sms_recall,location_ad,scan_coupon";
  std::int64_t campaign_from = 28;  ///< first day of sending
  std::int64_t campaign_days = 28;
  double budget = 20'000;     ///< currency for each campaign
  double hold_out = 0.2;      ///< share of each audience that is not addressed
  double radius_km = 3;       ///< of the location ad
  double not_seen_days = 14;  ///< of the SMS recall
};
Fields fields(WorldRunOptions& options);

Study world_run();
Result<Output> compute_world_run(const scenario::Scenario& scenario, const Json& options,
                                 const Job& job);

}  // namespace footfall::study
