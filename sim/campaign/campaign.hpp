// One mechanism for all campaigns: who is reached (audience and trigger), through which channel (a
// row of data), what it costs, and how it bends visits (nudges). Reach → exposure → nudge → visit.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/params.hpp"
#include "sim/members/members.hpp"
#include "sim/population/shoppers.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/visits/visit.hpp"

namespace footfall::campaign {

/// A channel is a row of data.
struct Channel {
  std::string name;           ///< "sms_recall", "location_ad", "scan_coupon"
  bool needs_account = true;  ///< reaches members; otherwise anyone in the area
  double cost_minor = 0;      ///< minor units for each exposure
  Ranged reach;               ///< share of those addressed who notice it, 0 to 1
  Ranged utility;             ///< of the nudge at distance 0, see visits::Nudge
  double delay_days = 0;      ///< mean of the exponential delay until it works
  double duration_days = 7;   ///< how long the nudge lasts
  Ranged halving_km;          ///< distance at which the utility is half
  Ranged fatigue;             ///< utility is multiplied by exp(-fatigue × messages of 30 days)
  double opt_out = 0;         ///< chance for each exposure, members only
  bool coupon = false;        ///< leaves a coupon that is redeemed with the purchase
  double discount = 0;        ///< of a redeemed coupon, share of the purchase
};
/// The three channels of the thin chain, with sources.
std::vector<Channel> standard_channels();

/// One campaign of one store.
struct Campaign {
  CampaignId id;
  std::string name;
  std::uint32_t channel = 0;  ///< index into the channels
  StoreId store;
  Day from = 0, to = 0;  ///< sends on the days [from, to)
  // Trigger and audience; which of them count is told by the channel.
  double not_seen_days = 30;  ///< sms_recall: members whose last purchase is at least so long ago
  double radius_km = 3;       ///< location_ad: people whose home or daytime place is so near
  double daily_share = 0.05;  ///< location_ad: of the audience addressed each day
  double budget_minor = 0;    ///< sending stops before it is exceeded; 0: no limit
  double hold_out = 0.1;      ///< share of the audience that is never addressed, by person/account
};

/// One message that reached (or would have reached) one person.
struct Exposure {
  CampaignId campaign;
  ShopperId shopper;      ///< truth
  AccountId account;      ///< none where the channel needs none
  bool held_out = false;  ///< in the hold-out group: not sent, no cost
  bool noticed = false;   ///< truth
  Day day = 0;
};

struct DayResult {
  std::vector<Exposure> exposures;
  std::vector<visits::Nudge> nudges;  ///< sorted by (shopper, from, campaign)
  double cost_minor = 0;
};

class Runner {
 public:
  /// Errors: unknown store or channel, dates, a budget below the cost of one exposure.
  static Result<Runner> build(const scenario::Scenario& scenario,
                              const population::Shoppers& shoppers, std::vector<Channel> channels,
                              std::vector<Campaign> campaigns, std::uint64_t seed);

  /// The morning of `day`: what is sent, from yesterday's signals and the brand's accounts.
  /// `deliver`: tells whose account it is (the messenger knows, the brand does not).
  DayResult step(Day day, const members::Book& book, std::span<const members::Signal> signals);

  std::span<const Campaign> campaigns() const { return campaigns_; }
  std::span<const Channel> channels() const { return channels_; }
  double spent_minor(CampaignId campaign) const;

 private:
  Runner() = default;
  std::vector<Channel> channels_;
  std::vector<Campaign> campaigns_;
  const population::Shoppers* shoppers_ = nullptr;
  PhiloxKey key_{};
  std::vector<double> spent_minor_;
  struct Audience;
  std::vector<std::vector<std::uint32_t>> audiences_;  ///< rows of shoppers, per campaign
  std::vector<std::uint8_t> recent_messages_;          ///< per shopper, decayed
};

}  // namespace footfall::campaign
