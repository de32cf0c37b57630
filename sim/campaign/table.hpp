// campaigns.csv: one campaign a row.
//
//   id, channel, store, from, to                                  required
//   name, not_seen_days, radius_km, daily_share, budget_minor, hold_out   optional
//
// `channel` is a channel's name, `store` a store's id, days count from the scenario's first, which
// is 0. Empty optional cells have the defaults of Campaign.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/campaign/campaign.hpp"

namespace footfall::campaign {

inline constexpr std::string_view campaigns_file = "campaigns.csv";

/// A number of a campaign: its name, column and allowed range, both ends included.
struct Number {
  std::string_view name;
  double Campaign::*target;
  double min, max;
};
std::span<const Number> numbers();
inline constexpr Day last_day = 36'500;

/// All problems with line and column: missing and unknown columns, what is no number or out of
/// range, unknown channels, `to` not after `from`, repeated ids. Stores are checked by
/// Runner::build. The campaigns are in the order of the rows.
Result<std::vector<Campaign>> campaigns_from_csv(std::string_view bytes,
                                                 std::span<const Channel> channels);
/// Reads back to the same campaigns. Requires that each campaign's channel exists.
std::string campaigns_to_csv(std::span<const Campaign> campaigns,
                             std::span<const Channel> channels);

}  // namespace footfall::campaign
