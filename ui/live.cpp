#include "ui/live.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "geo/polygon.hpp"

namespace footfall::ui {
namespace {

// Outlines are to be read at a glance: rough, without holes, without single streets.
constexpr double ring_cell_m = 200, least_ring_m2 = 400'000;

double now_ms() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(now).count();
}

}  // namespace

Errors Live::open(const scenario::Scenario& scenario) {
  close();
  const auto params = catchment::read_params(scenario);
  if (!params) return params.error();
  const Job job;
  auto market = catchment::Market::build(scenario, params->measure, job);
  if (!market) return market.error();
  market_ = std::move(*market);
  measure_ = params->measure;
  return {};
}

void Live::close() {
  market_.reset();
  field_.reset();
  site_.reset();
  step_ms_.reset();
}

void Live::set_field(catchment::Field field) {
  if (!market_ || field.weight.size() != market_->demand_count()) return;
  field_ = std::move(field);
  if (!step_ms_) try_step();
}

// The best of three: others work on this machine too.
void Live::try_step() {
  constexpr double some_area_m2 = 1000;
  std::vector<float> shares(market_->demand_count());
  for (int i = 0; i < 3; ++i) {
    const double start = now_ms();
    const catchment::Costs costs = market_->costs_to(market_->frame().origin(), scratch_);
    static_cast<void>(catchment::enter(*market_, *field_, costs, some_area_m2, shares));
    const double took = now_ms() - start;
    step_ms_ = std::min(step_ms_.value_or(took), took);
  }
}

bool Live::step(StoreId id, LonLat place, double floor_area_m2) {
  if (!market_ || !field_) return false;
  if (!site_) site_.emplace();
  site_->id = id;
  site_->place = place;
  site_->floor_area_m2 = floor_area_m2;
  site_->shares.resize(market_->demand_count());
  const catchment::Costs costs = market_->costs_to(place, scratch_);
  site_->entry = catchment::enter(*market_, *field_, costs, floor_area_m2, site_->shares);
  ++version_;
  return true;
}

std::vector<Live::Ring> Live::rings(LonLat place) const {
  if (!market_) return {};
  const geo::Point centre = market_->frame().to_local(place);
  if (measure_ == catchment::Measure::straight_distance) {
    return {{3, false, {geo::circle(centre, 3000, 96)}}};
  }
  static constexpr double limits_s[] = {300, 600, 900};
  std::vector<Ring> rings;
  const auto access = market_->graph().access(centre);
  for (const auto& reached : geo::isochrones(market_->graph(), access, limits_s, ring_cell_m)) {
    Ring ring{limits_s[rings.size()] / 60, true, {}};
    for (const geo::Polygon& polygon : reached) {
      if (geo::signed_area_m2(polygon.outer) > least_ring_m2)
        ring.outlines.push_back(polygon.outer);
    }
    rings.push_back(std::move(ring));
  }
  return rings;
}

}  // namespace footfall::ui
