#include "sim/catchment/market.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>

#include "core/parallel.hpp"
#include "core/text.hpp"

namespace footfall::catchment {
namespace {

constexpr double furthest_m = 2e7;
constexpr std::size_t most_times = 500'000'000;
constexpr std::size_t access_block = 4096;

double bounded(double metres) {
  return metres >= -furthest_m ? std::min(metres, furthest_m) : -furthest_m;
}
geo::Point bounded(geo::Point p) {
  return {bounded(p.x), bounded(p.y)};
}

/// A junction's name for the road graph: never 0, which means that there is none.
std::uint64_t junction(LonLat place) {
  const auto lon = static_cast<std::uint64_t>(static_cast<std::uint32_t>(place.lon_e7));
  return ((lon << 32) | static_cast<std::uint32_t>(place.lat_e7)) ^ 0x8000000000000000u;
}

std::vector<geo::Road> roads_of(const scenario::Scenario& scenario, const geo::Frame& frame) {
  std::vector<geo::Road> roads;
  roads.reserve(scenario.roads.size());
  for (const scenario::RoadLine& from : scenario.roads) {
    geo::Road& road = roads.emplace_back();
    for (const LonLat place : from.line) road.line.push_back(bounded(frame.to_local(place)));
    const bool cars = from.speed_kmh > 0;
    if (cars) road.speed_kmh = from.speed_kmh;
    road.drive_forward = cars && from.oneway >= 0;
    road.drive_backward = cars && from.oneway <= 0;
    road.walk = from.walk;
    road.from_node = junction(from.line.front());
    road.to_node = junction(from.line.back());
  }
  return roads;
}

tl::unexpected<Errors> cancelled() {
  return fail({}, {}, std::string(cancelled_message));
}

std::string number(std::size_t value) {
  return grouped(static_cast<double>(value), 0);
}

}  // namespace

Errors Market::add_demand(const scenario::Scenario& scenario) {
  if (scenario.demand.empty()) return {{"demand.csv", {}, {}, "has no demand points", {}}};
  double all = 0;
  for (const scenario::DemandPoint& point : scenario.demand) {
    const geo::Point place = bounded(frame_.to_local(point.place));
    places_.push_back(place);
    x_.push_back(static_cast<float>(place.x));
    y_.push_back(static_cast<float>(place.y));
    residents_.push_back(point.residents);
    spending_index_.push_back(point.spending_index);
    all += point.residents;
  }
  if (all > 0) return {};
  return {{"demand.csv", "column residents", {}, "has no residents at all", "a sum above 0"}};
}

Errors Market::add_roads(const scenario::Scenario& scenario, const Job& job) {
  const geo::Mode mode = measure_ == Measure::walk_time ? geo::Mode::walk : geo::Mode::drive;
  graph_ = geo::RoadGraph::build(roads_of(scenario, frame_), mode);
  if (graph_.node_count() == 0) {
    if (!by_road()) return {};
    return {{"roads.geojson",
             {},
             {},
             scenario.roads.empty() ? "is missing: travel times need roads"
                                    : "has no roads for this way of travelling",
             "roads, or catchment.measure = straight_distance"}};
  }
  access_.resize(places_.size());
  const bool done = parallel_blocks(
      places_.size(), access_block,
      [&](std::size_t begin, std::size_t end, std::size_t) {
        for (std::size_t i = begin; i < end; ++i) access_[i] = graph_.access(places_[i]);
      },
      &job);
  if (!done) return {{{}, {}, {}, std::string(cancelled_message), {}}};
  if (by_road()) warn_of_far_places(scenario);
  return {};
}

void Market::warn_of_far_places(const scenario::Scenario& scenario) {
  std::size_t points = 0;
  double residents = 0;
  for (std::size_t i = 0; i < access_.size(); ++i) {
    if (!access_[i].far) continue;
    ++points;
    residents += residents_[i];
  }
  if (points > 0) {
    warnings_.push_back(number(points) + " of " + number(access_.size()) + " demand points (" +
                        grouped(residents, 0) +
                        " residents) lie more than 2 km from any road: they reach no store, and "
                        "their spending counts as outside.");
  }
  for (const scenario::Store& store : scenario.stores) {
    if (store.role == scenario::Role::candidate) continue;
    if (!graph_.access(bounded(frame_.to_local(store.place))).far) continue;
    warnings_.push_back("Store " + std::to_string(store.id.value) + " (" + store.name +
                        ") lies more than 2 km from any road: no one reaches it.");
  }
}

Result<Market> Market::build(const scenario::Scenario& scenario, Measure measure, const Job& job) {
  Market market;
  market.frame_ = geo::Frame(scenario.origin());
  market.measure_ = measure;
  Errors errors = market.add_demand(scenario);
  if (job.cancelled()) return cancelled();
  for (Error& error : market.add_roads(scenario, job)) errors.push_back(std::move(error));
  if (!errors.empty()) return fail(std::move(errors));
  return market;
}

std::vector<geo::TravelTime> Market::times_to(geo::Point place, Scratch& scratch) const {
  std::vector<geo::TravelTime> times;
  if (graph_.node_count() == 0) return times;
  times.resize(demand_count());
  geo::times_to(graph_, graph_.access(place), place, access_, places_, geo::longest, times,
                scratch.roads, scratch.node_times);
  return times;
}

Costs Market::costs_to(LonLat place, Scratch& scratch) const {
  Costs costs;
  costs.place = bounded(frame_.to_local(place));
  if (!by_road()) return costs;
  costs.times = times_to(costs.place, scratch);
  costs.far = graph_.access(costs.place).far;
  return costs;
}

namespace {

/// Factors by the stores that have one.
Result<std::map<StoreId, double>> factors_of(const scenario::Scenario& scenario) {
  const auto params = read_params(scenario);
  if (!params) return fail(params.error());
  const auto factors = parse_factors(params->attraction);
  if (!factors) return fail(factors.error());
  std::map<StoreId, double> out;
  Errors errors;
  for (const Factor& f : *factors) {
    const scenario::Store* store = scenario.store(f.store);
    if (store == nullptr || store->role == scenario::Role::candidate) {
      errors.push_back({"scenario.json", "parameters/catchment/attraction",
                        std::to_string(f.store.value), "is no open store",
                        "ids of own stores and competitors"});
    }
    out[f.store] = f.factor;
  }
  if (!errors.empty()) return fail(std::move(errors));
  return out;
}

}  // namespace

Result<std::vector<Supply>> supplies(const Market& market, const scenario::Scenario& scenario,
                                     const Job& job) {
  const auto factors = factors_of(scenario);
  if (!factors) return fail(factors.error());
  std::vector<const scenario::Store*> stores;
  for (const scenario::Store& store : scenario.stores) {
    if (store.role != scenario::Role::candidate) stores.push_back(&store);
  }
  if (market.by_road() && stores.size() > most_times / market.demand_count()) {
    return fail({"stores.csv",
                 {},
                 number(stores.size()),
                 "are too many stores for travel times from " + number(market.demand_count()) +
                     " demand points",
                 "up to " + number(most_times / market.demand_count()) +
                     ", or catchment.measure = straight_distance"});
  }
  std::vector<Supply> out(stores.size());
  const bool done = parallel_blocks(
      stores.size(), 1,
      [&](std::size_t begin, std::size_t, std::size_t) {
        const scenario::Store& store = *stores[begin];
        const auto factor = factors->find(store.id);
        Market::Scratch scratch;
        out[begin] = {store.id, store.floor_area_m2, store.role == scenario::Role::own,
                      market.costs_to(store.place, scratch),
                      factor == factors->end() ? 1 : factor->second};
      },
      &job);
  if (!done) return cancelled();
  return out;
}

}  // namespace footfall::catchment
