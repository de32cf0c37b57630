// Ranking of candidate sites: expected sales, what they take from whom, whom they serve, what they
// earn, how sure the order is, and why, in plain words.
//
// A candidate is judged alone: no other candidate opens. Intervals come from draws of the
// parameters from their ranges, the same draws for every site (common random numbers), so that
// differences between sites are surer than their sizes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/catchment/market.hpp"

namespace footfall::catchment {

struct RankOptions {
  std::uint64_t seed = 1;
  std::int64_t draws = 200;  ///< 0: no intervals
  double level = 0.9;        ///< of the intervals: 5th to 95th percentile
};

/// A value with its interval over the draws. `value` has all parameters at their best value. low
/// and high are quantiles by linear interpolation between order statistics (type 7 of Hyndman and
/// Fan 1996), stretched to hold the value where it lies outside; without draws both equal it.
struct Spread {
  double value = 0, low = 0, high = 0;
};

struct StoreLoss {
  StoreId id;
  double loss = 0;   ///< currency a year
  double share = 0;  ///< of that store's base sales
};

/// No payback is told that is longer than this.
inline constexpr double longest_payback_years = 100;

struct SiteResult {
  StoreId id;
  Spread sales, net_new, transferred, from_competitors, from_outside;  ///< currency a year
  std::vector<StoreLoss> own_losses;         ///< hardest hit first; ties by id
  std::vector<StoreLoss> competitor_losses;  ///< hardest hit first; ties by id
  /// Per demand point: in the core catchment of 50 / 80 % of sales. Points are taken by descending
  /// patronage probability (ties in the order of the scenario) until the share is reached (the
  /// primary trade area of Applebaum 1966, "Methods for determining store trade areas").
  std::vector<bool> core50, core80;
  /// By the measure's way of travelling, by car where it is straight distance; without roads 0.
  double residents_5min = 0, residents_10min = 0, residents_15min = 0;
  double residents_3km = 0;  ///< straight-line circle of 3 km
  std::optional<Spread>
      profit;  ///< currency a year: net-new sales × margin - rent, where both given
  /// Fit-out / profit, where there is a fit-out and the central profit is above 0. The interval's
  /// ends are those of the profit; held to longest_payback_years.
  std::optional<Spread> payback_years;
  bool pays_back = false;
  double top1 = 0, top3 = 0, top5 = 0;  ///< share of draws that rank it so high by net-new sales
  bool far_from_roads = false;
  std::string reason_en, reason_zh;  ///< two or three short sentences
};

struct Ranking {
  Field field;  ///< central
  std::vector<Supply> supplies;
  std::vector<Spread> store_sales;    ///< per supply
  std::vector<SiteResult> sites;      ///< best first: by central net-new sales, ties by id
  std::vector<std::string> warnings;  ///< beyond those of the market
};

/// `only`: evaluate just these candidates (empty: all). Same figures as in the whole ranking,
/// top1-5 aside. Central figures are those of enter(), to the bit. Errors: those of supplies(),
/// cancelled. Progress: job.travel_times, job.shares, job.draws.
Result<Ranking> rank(const Market& market, const scenario::Scenario& scenario, const Params& params,
                     const RankOptions& options, std::span<const StoreId> only, const Job& job);

}  // namespace footfall::catchment
