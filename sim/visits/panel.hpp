// The panel: the same people, day by day. Whether a shopper goes out today depends on its rate, the
// day, and when it went last; where to, on store choice (sim/catchment) with its own habit; what it
// means to spend, on its household.
//
// With one nudge or none, and with any store opened later, draws are keyed by (shopper, day, what
// is decided), so that two runs differ only in what was changed (common random numbers): an opening
// moves shoppers only to the new store, a nudge moves only those it reaches, and only to its store.
//
// Choice in the long run: over many days the shares of the stores converge to those of the
// catchment model (same utilities, same outside option, same online share).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/job.hpp"
#include "sim/catchment/params.hpp"
#include "sim/population/shoppers.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/visits/params.hpp"
#include "sim/visits/schedule.hpp"
#include "sim/visits/visit.hpp"

namespace footfall::visits {

/// A candidate that becomes an own store.
struct Opening {
  StoreId store;
  Day day = 0;  ///< first day of trade
};

class Panel {
 public:
  /// `shoppers` must live as long as the panel. Stores: all own and competing ones, and the
  /// openings (candidates of the scenario). Errors: those of the catchment model's market, an
  /// opening that is no candidate, cancelled.
  static Result<Panel> build(const scenario::Scenario& scenario,
                             const population::Shoppers& shoppers, const Params& params,
                             std::uint64_t seed, std::span<const Opening> openings, const Job& job);
  Panel(Panel&&) noexcept;
  Panel& operator=(Panel&&) noexcept;
  ~Panel();

  std::size_t blocks() const;        ///< of shoppers, fixed
  const Schedule& schedule() const;  ///< which days and hours stores are open
  /// What the catchment model warns of: places far from any road.
  const std::vector<std::string>& warnings() const;
  /// Expected visits in person to a store on an average day of a year, from the catchment model,
  /// once all openings are open; weighted to residents; 0 for a store that the panel does not know.
  /// For street and staff models.
  double mean_visits_per_day(StoreId store) const;

  /// Runs the days [from, to) for everyone. Days must follow one another from 0. `nudges` are in
  /// force on top of the calendar's; at most one per shopper and day counts, the strongest, ties to
  /// the lowest campaign. False where cancelled: then the panel must not be used any more.
  bool run(Day from, Day to, std::span<const Nudge> nudges, VisitSink& sink, const Job& job);

 private:
  struct State;
  explicit Panel(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace footfall::visits
