// An estimate is what a retailer could compute from observations alone: captures of sensors, counts
// by hand, receipts, accounts, what was sent. No function of this room takes truth but those of
// truth.hpp, which sum up what really happened so that a scorer can put it beside.
#pragma once

#include <string>
#include <string_view>

namespace footfall::estimate {

struct Estimate {
  double value = 0;
  double low = 0, high = 0;  ///< interval of the method itself; both equal to value: none
  std::string_view method;   ///< key of the texts "method.*"
  std::string_view refused;  ///< key of the texts "refused.*": why there is no value

  bool has_value() const { return refused.empty(); }
};

/// One quantity as it was and as it was estimated. `error_share` of an estimate is
/// (value - truth) / truth.
struct Scored {
  std::string_view id;    ///< key of the texts "column.*"
  std::string_view unit;  ///< as Figure::unit
  double truth = 0;
  Estimate estimate;
};

}  // namespace footfall::estimate
