#include "sim/floor/params.hpp"

#include <string>
#include <variant>

namespace footfall::floor {
namespace {

constexpr std::string_view room = "floor";
constexpr std::string_view trips = "Ehrenberg-Bass report 64";

Fields street_fields(Params& p) {
  return {
      {"passers_per_visit", &p.passers_per_visit, 0, 1000, "",
       "Passers-by for each planned visit of a mean day"},
      {"street_peak_h", &p.street_peak_h, 0, 24, "h",
       "Hour of the day at which most people walk by"},
      {"street_peaked", &p.street_peaked, 0, 1, "",
       "Share of the passers-by that gathers around that hour"},
      {"front_m", &p.front_m, 1, 200, "m", "Length of the shop front"},
      {"walk_mps", &p.walk_mps, 0.3, 3, "m/s", "Speed of passers-by", "Weidmann 1993"},
      {"looked_share", &p.looked_share, 0, 1, "", "Share of passers-by who look at the window"},
      {"look_s", &p.look_s, 0, 600, "s", "Mean time in front of the window"},
      {"window_capture", &p.window_capture, 0, 1, "",
       "Share of those who looked at the window and then come in"},
  };
}

Fields inside_fields(Params& p) {
  return {
      {"dwell_one_item_min", &p.dwell_one_item_min, 0.1, 300, "min",
       "Median time in a store of 1,000 m² of a trip for one item, before the till", trips},
      {"dwell_list_min", &p.dwell_list_min, 0.1, 300, "min",
       "Median time in a store of 1,000 m² of a trip with a list, before the till", trips},
      {"dwell_browse_min", &p.dwell_browse_min, 0.1, 300, "min",
       "Median time in a store of 1,000 m² of people who look around, before the till", trips},
      {"dwell_passer_min", &p.dwell_passer_min, 0.1, 300, "min",
       "Median time in a store of 1,000 m² of passers-by who came in"},
      {"dwell_spread", &p.dwell_spread, 0, 2, "",
       "Spread of the time inside: standard deviation of its logarithm", trips},
      {"dwell_area_exponent", &p.dwell_area_exponent, 0, 1, "",
       "How the time inside grows with the sales area: exponent", trips},
      {"dwell_without_purchase", &p.dwell_without_purchase, 0.05, 2, "",
       "Time inside of those who buy nothing, relative to those who buy"},
      {"zones", &p.zones, 1, 255, "", "Equal parts of the sales floor"},
      {"coverage_min", &p.coverage_min, 1, 10'000, "min",
       "Time in which a shopper would see 63 % of 1,000 m²", trips},
      {"deep_dwell_min", &p.deep_dwell_min, 0, 600, "min",
       "Time inside from which a visit counts as deep"},
      {"deep_zone_share", &p.deep_zone_share, 0, 1, "",
       "Share of the zones from which a visit counts as deep"},
  };
}

Fields purchase_fields(Params& p) {
  return {
      {"purchase_share", &p.purchase_share, 0.05, 1, "",
       "Share of planned visits that buy; what they pay is scaled so that money is conserved"},
      {"items_list", &p.items_list, 1, 200, "", "Mean items of a basket on a trip with a list"},
      {"items_browse", &p.items_browse, 1, 200, "",
       "Mean items of a basket of people who look around"},
      {"impulse_share", &p.impulse_share, 0, 1, "",
       "Share of passers-by who came in and buy something"},
      {"impulse_minor", &p.impulse_minor, 0, 1'000'000, "minor",
       "Mean of what such a passer-by pays, in minor units of the currency"},
  };
}

Fields till_fields(Params& p) {
  return {
      {"self_service_share", &p.self_service_share, 0, 1, "",
       "Share of baskets that go to self-service tills", "a vendor's 55 % of transactions"},
      {"scan_and_go_share", &p.scan_and_go_share, 0, 1, "",
       "Share of baskets of people with a phone that are scanned on the way"},
      {"item_s", &p.item_s, 0, 60, "s", "Time for an item at a staffed till"},
      {"payment_s", &p.payment_s, 0, 600, "s", "Time to pay"},
      {"self_scan_factor", &p.self_scan_factor, 0.5, 20, "",
       "How many times longer an item takes at a self-service till"},
      {"scan_exit_s", &p.scan_exit_s, 0, 600, "s", "Check at the exit after scan-and-go"},
      {"service_spread", &p.service_spread, 0, 2, "",
       "Spread of the time at the till: standard deviation of its logarithm"},
      {"staffed_tills", &p.staffed_tills, 0, 200, "",
       "Staffed tills; 0: as many as a mean day needs"},
      {"self_service_tills", &p.self_service_tills, 0, 200, "",
       "Self-service tills; 0: as many as a mean day needs"},
      {"busy_hour_share", &p.busy_hour_share, 0.01, 1, "",
       "Share of a day's visits in the busiest hour, for which tills are planned"},
      {"basket_items", &p.basket_items, 1, 200, "",
       "Items of a mean basket, for which tills are planned"},
      {"till_utilisation", &p.till_utilisation, 0.1, 0.99, "",
       "Share of the busiest hour in which a till is meant to be busy"},
      {"balk_queue", &p.balk_queue, 1, 1000, "",
       "Persons waiting from which some leave without buying"},
      {"balk_share", &p.balk_share, 0, 1, "", "Share of shoppers who then leave without buying"},
  };
}

}  // namespace

Fields fields(Params& params) {
  Fields all = street_fields(params);
  for (const Fields& part : {inside_fields(params), purchase_fields(params), till_fields(params)}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

Result<Params> read_params(const scenario::Scenario& scenario) {
  Params params;
  Errors errors = scenario::read_block(scenario, room, fields(params));
  if (!errors.empty()) return fail(std::move(errors));
  return params;
}

}  // namespace footfall::floor
