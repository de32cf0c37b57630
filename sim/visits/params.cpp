#include "sim/visits/params.hpp"

namespace footfall::visits {

Fields fields(Params& p) {
  return {
      {"trips_per_household_week", &p.trips_per_household_week, 0.05, 14, "",
       "Shopping occasions of a household in the category a week, those online included",
       "FMI, U.S. Grocery Shopper Trends 2018: 2.2; 2023: 2.6"},
      {"regularity", &p.regularity, 1, 16, "",
       "How regular the most regular shoppers are: Erlang shape of their intervals; 1: all erratic",
       "Chatfield and Goodhardt 1973; Bhat et al. 2004"},
      {"weekdays", &p.weekdays, 0, 0, "",
       "Relative number of trips from Monday to Sunday, seven numbers; 0: closed"},
      {"holidays", &p.holidays, 0, 0, "", "Dates of holidays, separated by commas"},
      {"holiday_weight", &p.holiday_weight, 0, 10, "",
       "Relative number of trips on a holiday; 0: closed"},
      {"december_factor", &p.december_factor, 0.2, 5, "",
       "Trips of a December day over those of another",
       "Above 2 against September for all shopping: TRR 1493"},
      {"bad_weather_share", &p.bad_weather_share, 0, 1, "",
       "Share of days with bad weather; 0: no weather"},
      {"bad_weather_effect", &p.bad_weather_effect, -0.9, 1, "",
       "Change of trips on such a day, as a share", "Springboard: about -5 % at usual peaks"},
      {"opens_h", &p.opens_h, 0, 23, "h", "Stores open at this hour of the day"},
      {"closes_h", &p.closes_h, 1, 24, "h", "Stores close at this hour of the day"},
      {"hours_resident", &p.hours_resident, 0, 0, "",
       "Weekday trips by hour of those without a job, 24 numbers", "Shape: TRR 1493"},
      {"hours_worker", &p.hours_worker, 0, 0, "",
       "Weekday trips by hour of the employed, 24 numbers", "Shape: TRR 1493"},
      {"hours_weekend", &p.hours_weekend, 0, 0, "", "Weekend trips by hour, 24 numbers"},
      {"hours_holiday", &p.hours_holiday, 0, 0, "", "Holiday trips by hour, 24 numbers"},
      {"loyalty", &p.loyalty, 0, 1, "", "Share of trips that go to the shopper's favourite store",
       "FMI 2011: three quarters of spending at the primary store"},
      {"daytime_share", &p.daytime_share, 0, 1, "",
       "Share of working-day trips that start at work or school; 0 agrees with store choice"},
      {"delivery_share", &p.delivery_share, 0, 1, "",
       "Share of orders within the delivery radius that are brought home"},
      {"delivery_radius_km", &p.delivery_radius_km, 0, 50, "km", "How far stores deliver, straight",
       "Stores as front warehouses: 3 to 5 km"},
      {"basket_spread", &p.basket_spread, 0, 3, "",
       "Spread of baskets: standard deviation over mean"},
      {"one_item_share", &p.one_item_share, 0, 1, "",
       "Share of trips for one item, those with the smallest baskets"},
      {"browse_share", &p.browse_share, 0, 1, "", "Share of the other trips without a list"},
  };
}

Result<Params> read_params(const scenario::Scenario& scenario) {
  Params params;
  Errors errors = scenario::read_block(scenario, "visits", fields(params));
  if (!errors.empty()) return fail(std::move(errors));
  return params;
}

}  // namespace footfall::visits
