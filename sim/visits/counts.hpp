// Visits without visitors: where only counts are wanted, they are drawn for whole groups of
// shoppers, at a cost that does not depend on how many people there are.
//
// What is drawn, and why it is the panel's law with erratic shoppers:
//   once       how many of a group favour which place: multinomial over the zone's shares;
//   each day   visits of a store in an hour: given the favourites, trips of all groups are
//              independent Poisson streams, so their sum is one Poisson draw (superposition);
//   at the end from which district they came: multinomial given the store's total (splitting).
// Regular shoppers vary a little less than Poisson, so counts are on the wide side for them.
// Trips of a day are those of a year with a common rate inside a group; openings are open from the
// first day on.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/job.hpp"
#include "sim/population/shoppers.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/visits/params.hpp"
#include "sim/visits/schedule.hpp"

namespace footfall::visits {

/// Shoppers of one zone with the same weekday profile.
struct Group {
  std::uint32_t zone = 0;  ///< row of the demand
  Pace pace = Pace::resident;
  std::uint64_t shoppers = 0;  ///< grown-ups; of residents, not of a sample
  double trips_per_day = 0;    ///< of one, mean over the year, those online included
};
/// By zone and pace; heads are multiplied by people_per_shopper and rounded, so that a sample of a
/// million stands for a country.
std::vector<Group> groups_of(const population::Shoppers& shoppers, const Params& params,
                             std::size_t zones);

struct Counts {
  std::vector<StoreId> stores;                 ///< own and competing, then the openings
  std::vector<std::string> districts;          ///< ordered by name
  std::vector<std::uint64_t> by_hour;          ///< in person: (day, store, hour)
  std::vector<std::uint64_t> delivered, from;  ///< (day, store); (district, store) in person
  std::vector<std::uint64_t> outside, online;  ///< by day
  Day first = 0, days = 0;

  std::uint64_t at(Day day, std::size_t store, int hour) const {
    return by_hour[(static_cast<std::size_t>(day - first) * stores.size() + store) * 24 +
                   static_cast<std::size_t>(hour)];
  }
  std::uint64_t of_store(std::size_t store) const;
};

/// Counts of the days [from, to), 0 <= from <= to <= longest_run. Params::daytime_share is not
/// taken (groups know no daytime place). Errors: those of choices() and Schedule::make(), groups in
/// zones that are none, cancelled.
Result<Counts> count_visits(const scenario::Scenario& scenario, std::span<const Group> groups,
                            const Params& params, std::uint64_t seed,
                            std::span<const StoreId> openings, Day from, Day to, const Job& job);

}  // namespace footfall::visits
