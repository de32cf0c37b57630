// Ranking of candidate sites: expected sales, what they take from whom, whom they serve, what they
// earn, how sure the order is, and why, in plain words.
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

/// A value with its interval over the draws (central value: all parameters at their best value).
struct Spread {
  double value = 0, low = 0, high = 0;
};

struct StoreLoss {
  StoreId id;
  double loss = 0;   ///< currency a year
  double share = 0;  ///< of that store's base sales
};

struct SiteResult {
  StoreId id;
  Spread sales, net_new, transferred, from_competitors, from_outside;  ///< currency a year
  std::vector<StoreLoss> own_losses;         ///< hardest hit first; ties by id
  std::vector<StoreLoss> competitor_losses;  ///< hardest hit first; ties by id
  std::vector<bool> core50,
      core80;  ///< per demand point: in the core catchment of 50 / 80 % of sales
  double residents_5min = 0, residents_10min = 0,
         residents_15min = 0;    ///< by the scenario's measure, drive if straight and roads exist
  double residents_3km = 0;      ///< straight-line circle of 3 km
  std::optional<Spread> profit;  ///< currency a year: net new sales × margin - rent
  std::optional<Spread>
      payback_years;  ///< fit-out / profit; absent where data or profit are missing
  bool pays_back = false;
  double top1 = 0, top3 = 0,
         top5 = 0;  ///< share of draws in which it ranks that high by net-new sales
  bool far_from_roads = false;
  std::string reason_en, reason_zh;  ///< one or two sentences
};

struct Ranking {
  Field field;  ///< central
  std::vector<Supply> supplies;
  std::vector<Spread> store_sales;  ///< per supply
  std::vector<SiteResult> sites;    ///< best first: by central net-new sales, ties by id
};

/// `only`: evaluate just these candidates (empty: all). Same figures as in the whole ranking,
/// top1-5 aside.
Result<Ranking> rank(const Market& market, const scenario::Scenario& scenario, const Params& params,
                     const RankOptions& options, std::span<const StoreId> only, const Job& job);

}  // namespace footfall::catchment
