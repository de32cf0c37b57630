// Priors of the shoppers' tags: what is assumed where no controls say better. Each has the range in
// which it may lie; most have no source that holds for all places, and say so
// (docs/models/population.md).
#pragma once

#include <array>
#include <string_view>

#include "core/params.hpp"
#include "sim/population/shoppers.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::population {

/// Shares are 0 to 1. Shares of age bands are scaled so that they sum to 1.
struct Params {
  std::int64_t most_shoppers = 1'000'000;  ///< more residents than this are sampled

  // EU-27 in 2020, rounded (Eurostat, population by age group).
  std::array<Ranged, age_bands> age_share{{{0.15, 0.10, 0.28},
                                           {0.11, 0.08, 0.18},
                                           {0.12, 0.10, 0.18},
                                           {0.13, 0.11, 0.16},
                                           {0.14, 0.11, 0.17},
                                           {0.14, 0.08, 0.16},
                                           {0.21, 0.08, 0.30}}};
  Ranged female_share{0.51, 0.48, 0.54};      ///< Eurostat 2020: 0.51
  Ranged mean_household_size{2.2, 1.8, 3.2};  ///< persons; Eurostat 2020: 2.2
  Ranged employed_share{0.75, 0.6, 0.85};     ///< of those 15 to 64 who do not study
  Ranged student_share{0.6, 0.4, 0.8};        ///< of those 15 to 24
  Ranged away_share{0.7, 0.4, 0.95};          ///< of workers and students: daytime place elsewhere
  Ranged commute_km{5, 2, 15};                ///< scale of the exponential decay of commuting
  Ranged size_exponent{0.7, 0.5, 1.0};        ///< household need = size ^ this; 0.5: OECD 2011
  Ranged income_ratio{2.0, 1.2, 4.0};         ///< spending of the highest fifth / the lowest
  Ranged tier_ratio{3.0, 1.5, 6.0};           ///< spending of lavish households / thrifty ones
  Ranged tier_share{0.25, 0.15, 0.35};        ///< of households that are thrifty; as many: lavish
  Ranged interest_share{0.3, 0.1, 0.6};       ///< of people who have an interest; each alike
  Ranged online_young{0.40, 0.20, 0.60};      ///< mean propensity at 15 to 24 …
  Ranged online_old{0.15, 0.05, 0.30};        ///< … and from 65; straight in between
  Ranged messaging_young{0.85, 0.60, 0.95};   ///< the same for the messaging app
  Ranged messaging_old{0.45, 0.20, 0.80};
  Ranged phone_share{0.90, 0.75, 0.98};         ///< of those from 15 who carry a phone
  Ranged ios_share{0.30, 0.10, 0.60};           ///< of phones
  Ranged other_phone_share{0.02, 0.005, 0.05};  ///< of phones that are neither Android nor iOS
  Ranged wifi_on{0.80, 0.50, 0.95};             ///< share of the time
  Ranged habit_mean{0.5, 0.3, 0.7};             ///< 0: erratic, 1: like clockwork
  Ranged spread{0.6, 0.3, 1.0};  ///< of propensities between people, see draw_share() in synthesis
};
Fields fields(Params& params);

/// Reads the block "population" of a scenario; absent members have their defaults.
Result<Params> read_params(const scenario::Scenario& scenario);

/// What contradicts itself: no ages, more children than households leave room for, shares that
/// exceed 1 together. Empty if nothing.
Errors check(const Params& params);

}  // namespace footfall::population
