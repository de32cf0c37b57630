// One mechanism for all campaigns: who is reached (audience and trigger), through which channel (a
// row of data), what it costs, and how it bends visits (nudges). Reach → exposure → nudge → visit.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/campaign/channel.hpp"
#include "sim/members/members.hpp"
#include "sim/population/shoppers.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/visits/visit.hpp"

namespace footfall::campaign {

/// One campaign of one store.
struct Campaign {
  CampaignId id;
  std::string name;
  std::uint32_t channel = 0;  ///< index into the channels
  StoreId store;
  Day from = 0, to = 0;  ///< sends on the days [from, to), 0 to 36,500
  // Trigger and audience; which of them count is told by the channel.
  double not_seen_days = 30;  ///< Trigger::not_seen: members who joined at the store and were last
                              ///< seen (purchase, scan, joining) so long ago; once until seen again
  double radius_km = 3;       ///< Trigger::nearby: people whose home or daytime place is so near
  double daily_share = 0.05;  ///< Trigger::nearby: of the audience addressed each day
  double budget_minor = 0;  ///< for all residents; sending stops before it is exceeded; 0: no limit
  double hold_out = 0.1;    ///< share of the audience that is never addressed, by person/account
};

/// One message that reached (or would have reached) one person.
struct Exposure {
  CampaignId campaign;
  ShopperId shopper;      ///< truth
  AccountId account;      ///< none where the channel needs none
  bool held_out = false;  ///< in the hold-out group: not sent, no cost
  bool noticed = false;   ///< truth; never in the hold-out group
  Day day = 0;
};

/// Can be redeemed at purchases in the store on the days [from, to).
struct Coupon {
  CampaignId campaign;
  ShopperId shopper;  ///< truth
  StoreId store;
  Day from = 0, to = 0;
  double discount = 0;  ///< share of the purchase
  double redeem = 0;    ///< chance that the average holder redeems it at a purchase
};

struct DayResult {
  std::vector<Exposure> exposures;    ///< by campaign, then by account or shopper
  std::vector<visits::Nudge> nudges;  ///< sorted by (shopper, from, campaign)
  std::vector<Coupon> coupons;        ///< for Coupons::add
  std::vector<AccountId> opted_out;   ///< ascending, each once; for Book::opt_out
  double cost_minor = 0;  ///< of the simulated shoppers; × people_per_shopper where it is reported
};

/// Sends all campaigns. An exposure that is noticed becomes a nudge of utility
///   utility × response/128 × (coupons: price sensitivity/128) × 2^(-d / halving_km)
///           × exp(-fatigue × m)
/// held to -5 and 5, where d is the straight distance from the store to the nearer of the person's
/// home and daytime place, and m counts the person's messages before this one, each weighing
/// exp(-age / 30 days). It works from day + floor(delay_days × standard exponential) on.
///
/// Draws are keyed by (person, way of the account, campaign, day); who is held out does not depend
/// on the day. So another campaign, store or person changes nobody's luck.
class Runner {
 public:
  /// Errors: no or repeated id, unknown store or channel, dates, values out of range, a budget
  /// below the cost of one exposure, channels that make no sense. Campaigns are taken by ascending
  /// id. `shoppers` must live as long as the runner.
  static Result<Runner> build(const scenario::Scenario& scenario,
                              const population::Shoppers& shoppers, std::vector<Channel> channels,
                              std::vector<Campaign> campaigns, std::uint64_t seed);

  /// The morning of `day`: what is sent, from yesterday's signals (of all stores, in any order) and
  /// the brand's accounts. The messenger knows whose account it is, the brand does not. Days must
  /// follow one another. Accounts that have opted out are left alone. Where a budget does not last
  /// for the day, whoever is addressed is random.
  DayResult step(Day day, const members::Book& book, std::span<const members::Signal> signals);

  std::span<const Campaign> campaigns() const { return campaigns_; }  ///< by ascending id
  std::span<const Channel> channels() const { return channels_; }
  /// So far; of the simulated shoppers, as DayResult::cost_minor. 0 for unknown campaigns.
  double spent_minor(CampaignId campaign) const;

 private:
  struct Target;
  using Targets = std::vector<Target>;
  Runner() = default;
  bool active(std::size_t row, Trigger trigger, Day day) const;
  void measure(const scenario::Scenario& scenario);
  void add_target(std::size_t row, ShopperId shopper, const members::Account* account,
                  Targets& targets) const;
  void find_not_seen(Day day, const members::Book& book, std::vector<Targets>& targets) const;
  void find_scans(Day day, const members::Book& book, std::span<const members::Signal> signals,
                  std::vector<Targets>& targets) const;
  void find_nearby(Day day, std::vector<Targets>& targets) const;
  void keep_to_budget(std::size_t row, Day day, Targets& targets) const;
  void send(std::size_t row, Day day, const Target& target, DayResult& out);
  double nearest_km(std::size_t row, std::size_t shopper) const;

  std::vector<Channel> channels_;
  std::vector<Campaign> campaigns_;
  const population::Shoppers* shoppers_ = nullptr;
  PhiloxKey key_{};
  // By campaign:
  std::vector<std::uint64_t> sent_;
  std::vector<std::uint64_t> most_;                    // exposures that the budget pays for
  std::vector<std::uint32_t> distances_;               // row of zone_km_
  std::vector<std::vector<std::uint32_t>> audiences_;  // rows of shoppers; Trigger::nearby only
  std::vector<std::vector<float>> zone_km_;            // by store with a campaign, then by zone
  std::vector<float> messages_;  // by shopper: messages before now, each exp(-age / 30 days)
  Day today_ = 0;
};

}  // namespace footfall::campaign
