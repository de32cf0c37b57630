// Fitting the model to counted visits: a factor on each counted store's attraction, and the hours.
//
// Stores: with factors α the modelled visits of store j are v_j(α) = Σ_z V_z α_j U_zj / (U_0 + Σ_k
// α_k U_zk). Each round multiplies α_j by observed / modelled (iterative proportional scaling, as
// the balancing factors of Wilson 1971); the outside option takes up the rest, so it converges
// where the observed total leaves something for the others. Stores without counts keep the factor
// that they have. The factors are the catchment model's (its Params::attraction), so that whatever
// chooses stores honours them: ranking, panel and counts alike.
//
// Hours: the target of each hour is the posterior mean under a Dirichlet prior at the present
// profile worth `prior_visits` visits, so that few counts change little; then all four profiles
// are scaled hour by hour until their mix has the target.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/job.hpp"
#include "sim/population/shoppers.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/visits/choice.hpp"
#include "sim/visits/params.hpp"

namespace footfall::visits {

/// The table of a scenario that holds counts (scenario::room_tables); errors name it.
inline constexpr std::string_view counts_file = "counts.csv";

struct Observed {
  StoreId store;
  std::optional<Day> day;   ///< none: of an average day
  std::optional<int> hour;  ///< 0 to 23; none: of the whole day
  double count = 0;         ///< visits in person, of all people
  std::size_t line = 0;     ///< of the file, for errors; 0: of none
};

/// CSV with columns store and count, and day and hour where they are known; day is a date or a
/// number from 0. Errors: every cell that is none of these, a repeated (store, day, hour), no rows.
Result<std::vector<Observed>> parse_observed(std::string_view bytes, std::string_view file,
                                             Date first_day);

struct StoreFit {
  StoreId store;
  double observed = 0, before = 0, after = 0;  ///< visits on an average day
  double factor = 1;                           ///< in all: on the utility without any factor
};
struct HourFit {
  double observed = 0, before = 0, after = 0;  ///< shares of a day's visits, over counted stores
};
struct Calibration {
  Params params;                 ///< with profiles, where hours were counted
  std::string attraction;        ///< the factors of all stores that have one, for the catchment
  std::vector<StoreFit> stores;  ///< ordered by id
  std::vector<HourFit> hours;    ///< 24, or none where no hours were counted
  int rounds = 0;
  double worst = 0;  ///< greatest |after / observed - 1| of a store with counts
};

inline constexpr double prior_visits = 100;

/// Errors: unknown stores and candidates, stores counted as 0 or that the model sends no one to,
/// visits while the model's stores are closed, more visits than trips, no convergence.
Result<Calibration> calibrate(const scenario::Scenario& scenario,
                              const population::Shoppers& shoppers, const Params& params,
                              std::span<const Observed> observed, const Job& job);

}  // namespace footfall::visits
