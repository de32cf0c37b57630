// The market: demand, stores, and what it costs to get from one to the other; and the two
// computations on it that everything else is made of.
//
//   field()  base situation: for each demand point the money W and the sums of utilities over own
//            stores, G, and over all others, K; O(demand × stores).
//   enter()  what one more store at a given place would change: O(demand). A drag step of the
//   window
//            and a row of the ranking are both this one function, so their figures agree to the
//            byte.
//
// With S = U_0 + G + K and the newcomer's utility c, its sales are Σ W c/(S + c), of which G/S
// comes from own stores (is transferred), K/S from competitors and U_0/S from outside.
//
// Utilities are float (kernel.hpp: relative error about 1e-6), sums double in fixed lanes and
// trees, so that the bits depend neither on SIMD width nor on threads. A demand point that no store
// reaches spends its money outside, whether there is an outside option or not.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/job.hpp"
#include "geo/frame.hpp"
#include "geo/roads.hpp"
#include "sim/catchment/kernel.hpp"
#include "sim/catchment/params.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::catchment {

/// What it costs every demand point to reach one place: travel times without access_min, or just
/// the place where straight distance is the measure.
struct Costs {
  geo::Point place;
  std::vector<geo::TravelTime> times;  ///< one per demand point, or empty
  bool far = false;                    ///< more than 2 km from any road: by road, no one reaches it
};

/// Demand and roads in the local frame; order as in the scenario. Immutable after build. Places
/// further than 20,000 km from the frame's origin count as being that far along each axis.
class Market {
 public:
  /// Errors: no demand, no residents at all, a road measure without usable roads, cancelled.
  /// Warnings go to `warnings`: demand points or stores far from any road.
  static Result<Market> build(const scenario::Scenario& scenario, Measure measure, const Job& job);

  const geo::Frame& frame() const { return frame_; }
  Measure measure() const { return measure_; }
  bool by_road() const { return measure_ != Measure::straight_distance; }
  std::size_t demand_count() const { return x_.size(); }
  std::span<const float> x() const { return x_; }  ///< metres, local frame
  std::span<const float> y() const { return y_; }
  std::span<const double> residents() const { return residents_; }
  std::span<const double> spending_index() const { return spending_index_; }
  std::span<const geo::Point> places() const { return places_; }
  /// For the measure's mode of travel; for straight distance that of cars, if there are roads.
  const geo::RoadGraph& graph() const { return graph_; }
  const std::vector<std::string>& warnings() const { return warnings_; }

  /// For use on one thread, keeps buffers between calls.
  struct Scratch {
    geo::RoadGraph::Scratch roads;
    std::vector<geo::TravelTime> node_times;
  };
  /// Costs to a place, through the road graph where the measure needs it.
  Costs costs_to(LonLat place, Scratch& scratch) const;
  /// Travel times to a place whatever the measure; empty where there are no roads.
  std::vector<geo::TravelTime> times_to(geo::Point place, Scratch& scratch) const;

 private:
  Errors add_demand(const scenario::Scenario& scenario);
  Errors add_roads(const scenario::Scenario& scenario, const Job& job);
  void warn_of_far_places(const scenario::Scenario& scenario);

  geo::Frame frame_;
  Measure measure_ = Measure::drive_time;
  std::vector<float> x_, y_;
  std::vector<double> residents_, spending_index_;
  std::vector<geo::Point> places_;
  std::vector<geo::RoadGraph::Access> access_;
  geo::RoadGraph graph_;
  std::vector<std::string> warnings_;
};

/// One store as the model sees it.
struct Supply {
  StoreId id;
  double floor_area_m2 = 0;
  bool own = false;
  Costs costs;
  double attraction = 1;  ///< its factor in Params::attraction
};
/// α_j · A_j^area_exponent of a store.
float amplitude_of(const Choice& choice, const Supply& supply);
/// Own stores and competitors (not candidates) with their costs; in parallel over stores. Errors:
/// those of the block "catchment", factors of what is no such store, more than 500 million travel
/// times (1 GB), cancelled.
Result<std::vector<Supply>> supplies(const Market& market, const scenario::Scenario& scenario,
                                     const Job& job);

/// Base situation under one choice of parameters.
struct Field {
  Choice choice;
  Decayed decayed;            ///< f of the choice
  std::vector<float> weight;  ///< per demand point: W, money spent in stores and outside, a year
  std::vector<float> own;     ///< per demand point: G, Σ utilities of own stores
  std::vector<float> rivals;  ///< per demand point: K, Σ utilities of the other stores
  std::vector<double> sales;  ///< per supply, currency a year
  double outside = 0;         ///< money to the outside option, currency a year
  double online = 0;          ///< money that never reaches a store, currency a year
  double spending = 0;        ///< all money: online + outside + Σ sales, to 1e-12 relative
  double unserved = 0;        ///< the part of `outside` from points that no store reaches
  std::uint64_t unserved_points = 0;  ///< how many those are, if they have money

  float outside_utility() const;  ///< U_0, at least 2^-126, so that S is never 0
};
/// The choice must be for the market's measure (asserted). In parallel over blocks of demand
/// points; where `job` was cancelled, the result means nothing.
Field field(const Market& market, std::span<const Supply> supplies, const Choice& choice,
            const Job* job = nullptr);

/// What a new own store takes, and from whom; currency a year. sales = transferred +
/// from_competitors + from_outside, to 1e-12 relative; no part is negative.
struct Entry {
  double sales = 0;
  double transferred = 0;  ///< from own stores ("cannibalised")
  double from_competitors = 0;
  double from_outside = 0;
  double net_new() const { return sales - transferred; }
};
/// `shares` is empty or has one value per demand point: patronage probability of the new store.
/// Costs are those of the field's market (asserted).
Entry enter(const Market& market, const Field& field, const Costs& costs, double floor_area_m2,
            std::span<float> shares = {});

/// The loss of each supply to the new store, currency a year, same order as `supplies`. Their sum
/// is sales - from_outside, the own ones' is transferred, to 1e-6 relative. O(demand × stores);
/// where `job` was cancelled, the result means nothing.
std::vector<double> losses(const Market& market, const Field& field,
                           std::span<const Supply> supplies, const Costs& costs,
                           double floor_area_m2, const Job* job = nullptr);

/// The field as bytes for another instance of the program (window and worker), and back. Errors:
/// not a field, truncated, values out of range.
std::string pack(const Field& field);
Result<Field> unpack_field(std::string_view bytes);

}  // namespace footfall::catchment
