// Parameters of trips (docs/models/visits.md). Where to is the catchment model's business, with its
// own block; when, how often and with how much money is here.
//
// Lists stand in one text, so that they are short in a file and in a form: numbers separated by
// spaces, dates and "store:factor" pairs by commas.
#pragma once

#include <string>

#include "core/params.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::visits {

struct Params {
  /// Shopping occasions of a household in the category a week, those online included. United
  /// States, groceries: 2.2 in 2018, 2.6 in 2023 (FMI, U.S. Grocery Shopper Trends).
  double trips_per_household_week = 2.2;
  std::int64_t regularity = 4;  ///< Erlang shape of the most regular shoppers' intervals, 1 to 16

  // When. Relative weights; only their ratios count, as the mean over the first 365 days is 1.
  std::string weekdays = "0.9 0.85 0.9 1 1.2 1.5 0";  ///< Monday to Sunday; 0: closed
  std::string holidays;                               ///< dates "2026-12-25, 2026-12-26"
  double holiday_weight = 0;                          ///< of a holiday; 0: closed
  double december_factor = 1.2;
  double bad_weather_share = 0;       ///< of days; 0: no weather
  double bad_weather_effect = -0.05;  ///< on trips (Springboard, traditional peaks)
  double opens_h = 8, closes_h = 20;
  /// Trips by hour of the day, 24 weights from midnight; outside opening hours they do not count.
  /// The shape is that of TRR 1493: people without a job at midday, the employed just after work.
  std::string hours_resident = "0 0 0 0 0 0 0 1 4 8 11 11 9 7 8 9 9 8 6 4 2 1 0 0";
  std::string hours_worker = "0 0 0 0 0 0 1 3 3 3 3 4 8 7 4 5 8 14 15 10 5 2 1 0";
  std::string hours_weekend = "0 0 0 0 0 0 0 1 4 9 12 13 11 10 10 10 9 7 5 3 1 0 0 0";
  std::string hours_holiday = "0 0 0 0 0 0 0 0 1 5 9 11 11 11 12 12 11 9 6 3 1 0 0 0";

  // Where.
  /// Share of trips to the shopper's favourite store. Three quarters of the spending at the primary
  /// store (FMI 2011) are this and what chance brings there.
  double loyalty = 0.65;
  /// Working-day trips of people with a job or a school elsewhere that start there. Above 0 sales
  /// are no longer those of the catchment model, which starts all trips at home.
  double daytime_share = 0;
  double delivery_share = 0.03;   ///< of the orders within the radius
  double delivery_radius_km = 4;  ///< straight; 3 to 5 in the field

  // With how much.
  double basket_spread = 0.9;    ///< coefficient of variation of a basket, lognormal
  double one_item_share = 0.25;  ///< of trips: those with the smallest baskets
  double browse_share = 0.1;     ///< of the other trips
};
Fields fields(Params& params);

/// Reads the block "visits" of a scenario; absent members have their defaults. Lists are checked
/// where they are used (schedule.hpp, choice.hpp).
Result<Params> read_params(const scenario::Scenario& scenario);

}  // namespace footfall::visits
