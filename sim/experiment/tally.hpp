// Where a batch stands: which units are done, failed, running, and which are to be run next.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/experiment/plan.hpp"

namespace footfall::experiment {

enum class UnitState : std::uint8_t { planned, running, done, failed };
std::string_view name_of(UnitState state);

/// Part `index` (from 1) of `count` of a batch. Units are dealt out in turn; where points are
/// replicated until they are known well enough, whole points are.
struct Shard {
  std::uint64_t index = 1;
  std::uint64_t count = 1;
};

class Tally {
 public:
  Tally() = default;
  /// `points` of the plan's design.
  Tally(Plan plan, std::uint64_t points, Shard shard = {});

  /// Takes note of a unit that has been run. `figures` of one that is done: a JSON object, id ->
  /// [value, …]; read where the plan has an `until` only. Errors, of `file`: its figure is not
  /// among them.
  Errors note(std::uint64_t id, UnitState state, std::string_view figures, std::string_view file);

  /// Ids to run now, ascending. With `failed`, those that failed too. With `until` this is one
  /// round: when it has been noted, there may be more.
  std::vector<std::uint64_t> pending(bool failed) const;

  std::uint64_t done() const { return count(UnitState::done); }
  std::uint64_t failed() const { return count(UnitState::failed); }
  /// Units of the shard; with `until`, those known so far to be wanted.
  std::uint64_t wanted() const;

 private:
  std::uint64_t count(UnitState state) const;
  bool mine(std::uint64_t id) const;
  std::uint32_t wanted_at(std::uint64_t point) const;

  Plan plan_;
  std::uint64_t points_ = 1;
  Shard shard_;
  std::vector<UnitState> states_;  ///< by id
  std::vector<double> values_;     ///< by id: the figure of `until`; empty without
};

}  // namespace footfall::experiment
