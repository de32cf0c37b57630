// How often who goes shopping: the rates that the panel, the counts and the calibration share.
#pragma once

#include <vector>

#include "sim/population/shoppers.hpp"
#include "sim/visits/choice.hpp"
#include "sim/visits/params.hpp"
#include "sim/visits/schedule.hpp"

namespace footfall::visits {

/// By shopper: shopping occasions on an average day, those online included; 0 for children. The
/// household's occasions are shared by its grown-ups.
std::vector<float> trip_rates(const population::Shoppers& shoppers, const Params& params);

/// Probability that an occasion of a zone's shopper is online: linear in its propensity, with the
/// catchment model's online share as its mean over the zone's money, and as steep as that allows
/// inside [0, 1].
struct Online {
  std::vector<float> base, by_byte;  ///< by zone
  double of(const population::Shoppers& shoppers, std::size_t row) const {
    const std::size_t zone = shoppers.home[row];
    return static_cast<double>(base[zone]) +
           static_cast<double>(by_byte[zone]) * shoppers.online[row];
  }
};
/// `first`: zone_rows() of the shoppers.
Online online_shares(const population::Shoppers& shoppers, const std::vector<std::uint32_t>& first,
                     double online_share);

inline bool works_away(const population::Shoppers& shoppers, std::size_t row) {
  return shoppers.daytime[row] != shoppers.home[row];
}

/// Share of trip time that lies on working days.
double working_share(const Schedule& schedule);

/// By zone: trips on an average day that start there and are not online, weighted to residents.
struct Flows {
  std::vector<double> home, daytime;
};
Flows flows(const population::Shoppers& shoppers, const Params& params, const Choices& choices,
            const Schedule& schedule);

/// Share of the trips from home to the place that are made in person, the others are delivered.
double in_person(const Params& params, const Choices& choices, std::size_t zone, Place at);

/// The first row whose zones the demand does not have, as an error; empty if there is none.
Errors check_zones(const population::Shoppers& shoppers, std::size_t zones);

}  // namespace footfall::visits
