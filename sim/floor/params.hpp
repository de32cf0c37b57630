// Parameters of a store's day in the reduced model (docs/models/store_reduced.md).
#pragma once

#include "core/params.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::floor {

/// Of what happens in front of the window, inside and at the tills. A day is computed with the best
/// values. Where a field names no source there is no good one, and the range is wide on purpose.
struct Params {
  // The street. Passers-by come during the opening hours: a share street_peaked of them with a
  // triangle's density around street_peak_h, the others evenly.
  Ranged passers_per_visit{5, 1, 20};   ///< passers-by for each planned visit of a mean day
  double street_peak_h = 17;            ///< hour of the day
  Ranged street_peaked{0.5, 0, 1};      ///< share
  Ranged front_m{15, 5, 40};            ///< length of the shop front
  Ranged walk_mps{1.34, 1.08, 1.6};     ///< past it (Weidmann 1993: 1.34, standard deviation 0.26)
  Ranged looked_share{0.1, 0.03, 0.3};  ///< of passers-by look at the window
  Ranged look_s{8, 3, 20};              ///< mean time there, exponential
  Ranged window_capture{0.1, 0.02, 0.3};  ///< of those who looked come in

  // Inside. Time in the shop before the till is log-normal; medians hold for 1,000 m² and grow with
  // (area / 1,000 m²)^dwell_area_exponent, so that a third of the trips to a supermarket and two
  // thirds of those to small shops take less than ten minutes.
  Ranged dwell_one_item_min{6, 3, 10};  ///< median, mission one_item
  Ranged dwell_list_min{20, 12, 35};    ///< median, mission list
  Ranged dwell_browse_min{18, 8, 40};   ///< median, mission browse
  Ranged dwell_passer_min{5, 2, 10};    ///< median, passers-by who came in
  Ranged dwell_spread{0.7, 0.5, 0.9};   ///< standard deviation of the logarithm
  Ranged dwell_area_exponent{0.3, 0, 0.6};
  Ranged dwell_without_purchase{0.6, 0.3, 1};  ///< times the dwell of those who buy
  std::int64_t zones = 20;                     ///< equal parts of the floor
  Ranged coverage_min{100, 50, 200};           ///< time in which 63 % of 1,000 m² would be seen
  double deep_dwell_min = 10;                  ///< a visit is deep from this dwell on …
  double deep_zone_share = 0.4;                ///< … or from this share of the zones on

  // Buying. Planned money is what is meant to be spent on average: a planned visit buys with
  // probability purchase_share and then pays planned / purchase_share.
  Ranged purchase_share{0.9, 0.3, 1};
  Ranged items_list{9, 4, 20};            ///< mean of those who buy, mission list
  Ranged items_browse{2.5, 1.2, 5};       ///< mean, mission browse; one_item: always one
  Ranged impulse_share{0.15, 0.03, 0.4};  ///< of passers-by who came in buy something
  Ranged impulse_minor{500, 200, 1500};   ///< mean of what they pay, minor units

  // Tills.
  Ranged self_service_share{0.45, 0.2, 0.6};  ///< of the baskets
  Ranged scan_and_go_share{0.05, 0, 0.25};    ///< of the baskets of people with a phone
  Ranged item_s{2.5, 2, 3};                   ///< at a staffed till, each item
  Ranged payment_s{17.5, 15, 20};
  Ranged self_scan_factor{4, 3, 5};         ///< times item_s where customers scan at the till
  Ranged scan_exit_s{10, 5, 20};            ///< scan-and-go: check at the exit
  Ranged service_spread{0.4, 0.2, 0.6};     ///< standard deviation of the logarithm
  std::int64_t staffed_tills = 0;           ///< 0: as many as a mean day needs
  std::int64_t self_service_tills = 0;      ///< likewise
  Ranged busy_hour_share{0.12, 0.09, 0.2};  ///< of the day's visits, to plan the tills for
  Ranged basket_items{6, 2, 12};            ///< mean basket, to plan the tills for
  Ranged till_utilisation{0.7, 0.5, 0.85};  ///< in the busiest hour, to plan the tills for
  Ranged balk_queue{8, 4, 15};       ///< persons waiting for a till from which some leave …
  Ranged balk_share{0.5, 0.1, 0.9};  ///< … without buying: this share of them
};
Fields fields(Params& params);

/// Reads the block "floor" of a scenario; absent members have their defaults.
Result<Params> read_params(const scenario::Scenario& scenario);

}  // namespace footfall::floor
