#include "sim/visits/rates.hpp"

#include <algorithm>

namespace footfall::visits {

std::vector<float> trip_rates(const population::Shoppers& shoppers, const Params& params) {
  const std::size_t count = shoppers.size();
  std::vector<float> out(count);
  const double per_household = params.trips_per_household_week / 7;
  for (std::size_t row = 0; row < count;) {
    std::size_t end = row, adults = 0;
    for (; end < count && shoppers.household[end] == shoppers.household[row] &&
           shoppers.home[end] == shoppers.home[row];
         ++end) {
      if (!shoppers.is_child(end)) ++adults;
    }
    for (; row < end; ++row) {
      if (shoppers.is_child(row)) continue;
      out[row] = static_cast<float>(per_household / static_cast<double>(adults));
    }
  }
  return out;
}

Online online_shares(const population::Shoppers& shoppers, const std::vector<std::uint32_t>& first,
                     double online_share) {
  const std::size_t zones = first.size() - 1;
  Online out;
  out.base.assign(zones, static_cast<float>(online_share));
  out.by_byte.assign(zones, 0);
  for (std::size_t z = 0; z < zones; ++z) {
    double money = 0, weighted = 0;
    std::uint8_t most = 0;
    for (std::size_t row = first[z]; row < first[z + 1]; ++row) {
      if (shoppers.is_child(row)) continue;
      const auto factor = static_cast<double>(shoppers.spending_factor[row]);
      money += factor;
      weighted += factor * shoppers.online[row];
      most = std::max(most, shoppers.online[row]);
    }
    if (!(weighted > 0)) continue;
    const double mean = weighted / money;
    double slope = online_share / mean;
    if (mean + 1e-9 < most) slope = std::min(slope, (1 - online_share) / (most - mean));
    out.base[z] = static_cast<float>(online_share - slope * mean);
    out.by_byte[z] = static_cast<float>(slope);
  }
  return out;
}

double working_share(const Schedule& schedule) {
  double working = 0;
  for (Day day = 0; day < 365; ++day) {
    if (schedule.kind(day) == DayKind::weekday) {
      working += static_cast<double>(schedule.end(day) - schedule.begin(day));
    }
  }
  return working / (365.0 * day_of_trips);
}

Flows flows(const population::Shoppers& shoppers, const Params& params, const Choices& choices,
            const Schedule& schedule) {
  const Online online =
      online_shares(shoppers, population::zone_rows(shoppers, choices.zones), choices.online_share);
  const std::vector<float> rates = trip_rates(shoppers, params);
  const double away_share = params.daytime_share * working_share(schedule);
  Flows out{std::vector<double>(choices.zones), std::vector<double>(choices.zones)};
  for (std::size_t row = 0; row < shoppers.size(); ++row) {
    const double trips = static_cast<double>(rates[row]) * (1 - online.of(shoppers, row)) *
                         shoppers.people_per_shopper;
    const double away = works_away(shoppers, row) ? trips * away_share : 0;
    out.home[shoppers.home[row]] += trips - away;
    out.daytime[shoppers.daytime[row]] += away;
  }
  return out;
}

double in_person(const Params& params, const Choices& choices, std::size_t zone, Place at) {
  const bool delivers = choices.is_store(at) && params.delivery_share > 0 &&
                        choices.distance_km(zone, at) <= params.delivery_radius_km;
  return delivers ? 1 - params.delivery_share : 1;
}

Errors check_zones(const population::Shoppers& shoppers, std::size_t zones) {
  for (std::size_t row = 0; row < shoppers.size(); ++row) {
    if (shoppers.home[row] < zones && shoppers.daytime[row] < zones) continue;
    return {{"shoppers", "row " + std::to_string(row), "", "lives or works in no zone",
             "zones of the scenario's demand"}};
  }
  return {};
}

}  // namespace footfall::visits
