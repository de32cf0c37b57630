// The market: demand, stores, and what it costs to get from one to the other; and the two
// computations on it that everything else is made of.
//
//   field()  base situation: for each demand point the money W, the sum of utilities S over all
//   stores
//            and the outside option, and the part G of it that is the chain's own; O(demand ×
//            stores).
//   enter()  what one more store at a given place would change: O(demand). A drag step of the
//   window and
//            a row of the ranking are both this one function, so their figures agree to the byte.
//
// Utilities are computed in float by the kernels of kernel.hpp (relative error <= 2e-7), sums in
// double.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/job.hpp"
#include "geo/frame.hpp"
#include "geo/roads.hpp"
#include "sim/catchment/params.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::catchment {

/// What it costs every demand point to reach one place: travel times without access_min, or just
/// the place where straight distance is the measure.
struct Costs {
  geo::Point place;
  std::vector<geo::TravelTime> times;  ///< one per demand point, or empty
  bool far = false;  ///< the place is far from any road (then by foot from the road)
};

/// Demand and stores in the local frame; order as in the scenario. Immutable after build.
class Market {
 public:
  /// Errors: no demand, no residents at all, a road measure without roads.
  /// Warnings go to `warnings`: demand points or stores far from any road.
  static Result<Market> build(const scenario::Scenario& scenario, Measure measure, const Job& job);

  const geo::Frame& frame() const { return frame_; }
  Measure measure() const { return measure_; }
  std::size_t demand_count() const { return x_.size(); }
  std::span<const float> x() const { return x_; }  ///< metres, local frame
  std::span<const float> y() const { return y_; }
  std::span<const double> residents() const { return residents_; }
  std::span<const double> spending_index() const { return spending_index_; }
  std::span<const geo::Point> places() const { return places_; }
  const geo::RoadGraph& graph() const { return graph_; }
  const std::vector<std::string>& warnings() const { return warnings_; }

  /// Costs to a place, through the road graph where the measure needs it. For use on one thread,
  /// with its own scratch.
  struct Scratch {
    geo::RoadGraph::Scratch roads;
    std::vector<geo::TravelTime> node_times;
  };
  Costs costs_to(LonLat place, Scratch& scratch) const;

 private:
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
};
/// Own stores and competitors (not candidates) with their costs; in parallel over stores.
Result<std::vector<Supply>> supplies(const Market& market, const scenario::Scenario& scenario,
                                     const Job& job);

/// Base situation under one choice of parameters. One value per demand point.
struct Field {
  Choice choice;
  std::vector<double> weight;  ///< W: money spent in stores and outside, currency a year
  std::vector<double> total;   ///< S: U_0 + Σ utilities
  std::vector<double> own;     ///< G: Σ utilities of own stores
  std::vector<double> sales;   ///< per supply, currency a year
  double outside = 0;          ///< money to the outside option, currency a year
  double online = 0;           ///< money that never reaches a store, currency a year
  double spending = 0;         ///< all money: online + outside + Σ sales, to 1e-12 relative
};
Field field(const Market& market, std::span<const Supply> supplies, const Choice& choice,
            const Job* job = nullptr);

/// What a new own store takes, and from whom; currency a year. sales = transferred +
/// from_competitors + from_outside, to 1e-12 relative.
struct Entry {
  double sales = 0;
  double transferred = 0;  ///< from own stores ("cannibalised")
  double from_competitors = 0;
  double from_outside = 0;
  double net_new() const { return sales - transferred; }
};
/// `shares` is empty or has one value per demand point: patronage probability of the new store.
Entry enter(const Market& market, const Field& field, const Costs& costs, double floor_area_m2,
            std::span<float> shares = {});

/// The loss of each supply to the new store, currency a year, same order as `supplies`.
std::vector<double> losses(const Market& market, const Field& field,
                           std::span<const Supply> supplies, const Costs& costs,
                           double floor_area_m2);

/// The field as bytes for another instance of the program (window and worker), and back.
std::string pack(const Field& field);
Result<Field> unpack_field(std::string_view bytes);

}  // namespace footfall::catchment
