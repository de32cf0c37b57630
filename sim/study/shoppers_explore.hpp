// `shoppers explore`: who the synthetic shoppers are and where they live, all of them or those whom
// filters choose: a population pyramid, age by income, a profile of tags, and a map of zones.
#pragma once

#include "sim/study/study.hpp"

namespace footfall::study {

/// Each filter is the number of a choice: 0 takes everyone, i + 1 those with value i of the tag.
struct ShoppersExploreOptions {
  std::uint8_t age = 0;
  std::uint8_t gender = 0;
  std::uint8_t income = 0;
  std::uint8_t spending = 0;
  std::uint8_t work = 0;
  std::uint8_t phone = 0;
  std::uint8_t interest = 0;
  std::int64_t seed = 1;
};
Fields fields(ShoppersExploreOptions& options);

/// Results. Figures: shoppers_chosen and shoppers_all (persons), chosen_share (% of all),
/// chosen_spending_share (% of what all spend). Tables: pyramid (age; female, male, and the same
/// with _all), joint (age, income, people), profile (tag, value, people, share among the chosen,
/// index: 100 times that share over the one among all). Layer zones: points with zone, people
/// (chosen), all, share (% of the zone's).
Study shoppers_explore();
Result<Output> compute_shoppers_explore(const scenario::Scenario& scenario, const Json& options,
                                        const Job& job);

}  // namespace footfall::study
