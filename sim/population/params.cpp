#include "sim/population/params.hpp"

#include "core/text.hpp"

namespace footfall::population {
namespace {

constexpr std::string_view room = "population";
constexpr std::string_view eurostat = "Eurostat 2020, EU-27, rounded";
constexpr std::string_view none = "no good source: a range";

Error contradiction(std::string_view name, double value, std::string message, std::string allowed) {
  return {"scenario.json", "parameters/population/" + std::string(name), shortest(value),
          std::move(message), std::move(allowed)};
}

}  // namespace

Fields fields(Params& p) {
  return {
      {"most_shoppers", &p.most_shoppers, 1, 200'000'000, "persons",
       "Where more people live, a sample of at most this many is simulated"},
      {"age_under_15", &p.age_share[0], 0, 1, "", "Share of people under 15", eurostat},
      {"age_15_24", &p.age_share[1], 0, 1, "", "Share of people from 15 to 24", eurostat},
      {"age_25_34", &p.age_share[2], 0, 1, "", "Share of people from 25 to 34", eurostat},
      {"age_35_44", &p.age_share[3], 0, 1, "", "Share of people from 35 to 44", eurostat},
      {"age_45_54", &p.age_share[4], 0, 1, "", "Share of people from 45 to 54", eurostat},
      {"age_55_64", &p.age_share[5], 0, 1, "", "Share of people from 55 to 64", eurostat},
      {"age_65_over", &p.age_share[6], 0, 1, "", "Share of people from 65", eurostat},
      {"female_share", &p.female_share, 0, 1, "", "Share of people who are female", eurostat},
      {"mean_household_size", &p.mean_household_size, 1, 10, "persons",
       "Mean number of persons in a household", eurostat},
      {"employed_share", &p.employed_share, 0, 1, "",
       "Share of those from 15 to 64 and not studying who work",
       "Eurostat 2019: 0.73 of those 20 to 64"},
      {"student_share", &p.student_share, 0, 1, "", "Share of those from 15 to 24 who study", none},
      {"away_share", &p.away_share, 0, 1, "",
       "Share of workers and students who spend the day in another zone", none},
      {"commute_km", &p.commute_km, 0.1, 200, "km",
       "Distance at which the draw of a place of work falls to 37 %", none},
      {"size_exponent", &p.size_exponent, 0, 1, "",
       "How a household's need grows with its size: exponent of persons",
       "0.5: square-root scale, OECD 2011; 1: per head"},
      {"income_ratio", &p.income_ratio, 1, 20, "",
       "Spending of the highest fifth by income relative to the lowest", none},
      {"tier_ratio", &p.tier_ratio, 1, 20, "",
       "Spending of lavish households relative to thrifty ones of the same size and income", none},
      {"tier_share", &p.tier_share, 0, 0.5, "",
       "Share of households that are thrifty; as many are lavish", none},
      {"interest_share", &p.interest_share, 0, 1, "",
       "Share of people who have an interest, the same for each", none},
      {"online_young", &p.online_young, 0, 1, "", "Mean propensity to buy online at 15 to 24",
       none},
      {"online_old", &p.online_old, 0, 1, "", "Mean propensity to buy online from 65", none},
      {"messaging_young", &p.messaging_young, 0, 1, "",
       "Mean activity in the messaging app at 15 to 24", none},
      {"messaging_old", &p.messaging_old, 0, 1, "", "Mean activity in the messaging app from 65",
       none},
      {"phone_share", &p.phone_share, 0, 1, "", "Share of those from 15 who carry a phone", none},
      {"ios_share", &p.ios_share, 0, 1, "", "Share of phones that run iOS", none},
      {"other_phone_share", &p.other_phone_share, 0, 1, "",
       "Share of phones that run neither iOS nor Android", none},
      {"wifi_on", &p.wifi_on, 0, 1, "", "Share of the time that a phone's Wi-Fi is on", none},
      {"habit_mean", &p.habit_mean, 0, 1, "",
       "Mean regularity of shopping; 0 is erratic, 1 is like clockwork", none},
      {"spread", &p.spread, 0, 1, "",
       "How much people differ in propensities and sensitivities; 1: as much as their means allow",
       none},
  };
}

Result<Params> read_params(const scenario::Scenario& scenario) {
  Params params;
  Errors errors = scenario::read_block(scenario, room, fields(params));
  if (!errors.empty()) return fail(std::move(errors));
  return params;
}

Errors check(const Params& p) {
  Errors errors;
  double ages = 0;
  for (const Ranged& share : p.age_share) ages += share.value;
  const double adults = ages - p.age_share[0].value;
  if (!(adults > 0)) {
    errors.push_back(contradiction("age_15_24", adults, "leaves nobody from 15 on",
                                   "shares of adults of which one is above 0"));
  } else {
    const double room_for_children = 1 - 1 / p.mean_household_size.value;
    const double children = p.age_share[0].value / ages;
    if (children > room_for_children)
      errors.push_back(contradiction(
          "age_under_15", children, "is more children than households of this mean size have",
          "at most " + shortest(room_for_children) + ", or a larger mean_household_size"));
  }
  if (p.ios_share.value + p.other_phone_share.value > 1)
    errors.push_back(contradiction("other_phone_share", p.other_phone_share.value,
                                   "and ios_share are more than all phones", "a sum of at most 1"));
  return errors;
}

}  // namespace footfall::population
