// Where a trip goes: the patronage probabilities of the catchment model, zone by zone, ready for
// drawing. Same utilities, same outside option as catchment::field().
//
// The base set is all own and competing stores and the outside; a draw from it is one look-up in
// the zone's cumulative shares. Openings come on top as a race: everyone has a clock, exponential
// with the utility as its rate, the whole base set one with rate S; whose rings first is chosen.
// P(newcomer k) = U_k / (S + Σ U) as the model wants it, and as the clocks are keyed by the store,
// one more opening takes trips from the others and moves none between them, whatever else opens.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/job.hpp"
#include "core/rng.hpp"
#include "geo/frame.hpp"
#include "sim/catchment/market.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/visits/store_index.hpp"

namespace footfall::visits {

/// Number of an alternative: base stores from 0, then the outside, then the openings.
using Place = std::uint16_t;

struct Choices {
  std::vector<StoreId> stores;  ///< base stores, order of the scenario
  std::vector<StoreId> opened;  ///< openings, order as given
  std::size_t zones = 0;
  /// Zone by zone, stores.size() values: probability of a base store up to this one, times 2^32.
  std::vector<std::uint32_t> up_to;
  /// Zone by zone, opened.size() values: U_new / S; infinite where nothing else is in reach.
  std::vector<float> newcomer;
  std::vector<double> money;  ///< of a resident of the zone in all, online too; a year
  double online_share = 0;    ///< of that money
  std::vector<geo::Point> zone_place, place;  ///< zones; stores and then openings
  std::vector<std::string> warnings;
  StoreIndex index;  ///< of stores and then openings

  Place outside() const { return static_cast<Place>(stores.size()); }
  Place places() const { return static_cast<Place>(stores.size() + 1 + opened.size()); }
  bool is_store(Place at) const { return at != outside() && at < places(); }
  StoreId store(Place at) const {
    return at < stores.size()    ? stores[at]
           : at == stores.size() ? StoreId{}
                                 : opened[at - stores.size() - 1];
  }
  /// places() where the store is not among them.
  Place find(StoreId id) const;
  /// Kilometres, straight.
  double distance_km(std::size_t zone, Place at) const;

  /// The base place of a random word.
  Place drawn(std::size_t zone, std::uint32_t bits) const;
  /// Probability of a base store or the outside without openings.
  double base_share(std::size_t zone, Place at) const;
  /// Probability with the openings k for which open[k]; 0 for the others.
  double share(std::size_t zone, Place at, std::span<const std::uint8_t> open) const;
};

/// Errors: those of the catchment model's market, an opening that is no candidate or opens twice,
/// more than 500 million shares (2 GB) or 65,000 stores, cancelled.
Result<Choices> choices(const scenario::Scenario& scenario, std::span<const StoreId> openings,
                        const Job& job);

}  // namespace footfall::visits
