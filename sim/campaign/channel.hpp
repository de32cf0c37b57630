// A channel is a row of data, and so are the three channels of the thin chain. They are the
// parameters of the room: block "campaign" of a scenario.
#pragma once

#include <string>
#include <vector>

#include "core/params.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::campaign {

/// Who is addressed, and when.
enum class Trigger : std::uint8_t {
  not_seen,  ///< the store's members on the day that they have not been seen for so long
  nearby,    ///< people with a phone whose home or daytime place is near the store, some each day
  scan       ///< members who scanned the code in the store yesterday
};

struct Channel {
  std::string name;  ///< "sms_recall", "location_ad", "scan_coupon"
  Trigger trigger = Trigger::not_seen;
  bool needs_account = true;  ///< reaches members; otherwise anyone in the area (`nearby` only)
  std::uint8_t tokens = 0;    ///< members::Token bits, one of which the account must hold; 0: none
  double cost_minor = 0;      ///< minor units for each exposure
  Ranged reach;               ///< share of those addressed who notice it, 0 to 1
  Ranged utility;             ///< of the nudge at distance 0, see visits::Nudge
  double delay_days = 0;      ///< mean of the exponential delay until it works
  double duration_days = 7;   ///< how long the nudge lasts, and the coupon
  Ranged halving_km;          ///< distance at which the utility is half
  Ranged fatigue;             ///< utility is multiplied by exp(-fatigue × messages of 30 days)
  double opt_out = 0;         ///< chance for each exposure, members only
  bool coupon = false;        ///< leaves a coupon that is redeemed with the purchase
  double discount = 0;        ///< of a redeemed coupon, share of the purchase
  Ranged redeem;              ///< chance that the average holder redeems it at a purchase
};

/// Vendors' redemption rates and surveys are not causal effects, so utilities are inputs with wide
/// ranges. Sources in params.cpp and docs/models/campaign.md.
struct Params {
  Params();
  Channel sms_recall, location_ad, scan_coupon;
};
Fields fields(Params& params);

/// Reads the block "campaign" of a scenario; absent members have their defaults.
Result<Params> read_params(const scenario::Scenario& scenario);

/// The three channels of the thin chain: sms_recall, location_ad, scan_coupon.
std::vector<Channel> standard_channels(const Params& params = Params());

}  // namespace footfall::campaign
