// The figures of one candidate while it is dragged: the market as the window's own thread has it,
// and the step that every frame makes. The step is catchment::enter(), the very function behind a
// row of the ranking, so what is shown under the mouse and what the engine answers later agree to
// the byte.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/catchment/market.hpp"

namespace footfall::ui {

/// What may run on the window's own thread in a frame (docs/ARCHITECTURE.md). Where a step takes
/// longer the figures are shown as pending and the engine answers when the mouse rests.
inline constexpr double live_step_budget_ms = 4;

/// One candidate at one place.
struct LiveSite {
  StoreId id;
  LonLat place;
  double floor_area_m2 = 0;
  catchment::Entry entry;
  std::vector<float> shares;  ///< patronage probability of each demand point
};

class Live {
 public:
  /// Builds the market. Errors: as Market::build().
  Errors open(const scenario::Scenario& scenario);
  void close();
  bool is_open() const { return market_.has_value(); }
  catchment::Measure measure() const { return measure_; }
  /// Cheap enough for every frame: known, and true or false, from the first field on.
  bool is_quick() const { return step_ms_ && *step_ms_ <= live_step_budget_ms; }

  /// The base situation, from the engine's last reply. The market's first one is tried, to learn
  /// what a step costs. One of another market is not taken.
  void set_field(catchment::Field field);
  void forget_field() { field_.reset(); }
  bool has_field() const { return field_.has_value(); }

  /// What the site would do at this place. False, and nothing changes, without market or field.
  bool step(StoreId id, LonLat place, double floor_area_m2);
  void clear() { site_.reset(); }
  const LiveSite* site() const { return site_ ? &*site_ : nullptr; }
  /// Counts the steps that changed the shares, so that a drawer knows when to take them again.
  std::uint64_t version() const { return version_; }

  /// Outlines for drawing, in metres of frame(): 5, 10 and 15 minutes on the roads, or a circle of
  /// 3 km where straight distance is the measure. One entry for each limit; empty without a market.
  struct Ring {
    double limit = 0;  ///< minutes or kilometres
    bool minutes = true;
    std::vector<geo::Ring> outlines;
  };
  std::vector<Ring> rings(LonLat place) const;
  const geo::Frame& frame() const { return market_->frame(); }

 private:
  void try_step();

  std::optional<catchment::Market> market_;
  std::optional<catchment::Field> field_;
  std::optional<LiveSite> site_;
  catchment::Measure measure_ = catchment::Measure::drive_time;
  catchment::Market::Scratch scratch_;
  std::optional<double> step_ms_;
  std::uint64_t version_ = 0;
};

}  // namespace footfall::ui
