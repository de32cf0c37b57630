// Where a batch stands: which units are done, failed, running, and which are to be run next.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/ledger.hpp"

namespace footfall::cli {

/// Part `index` (from 1) of `count` of a batch. Units are dealt out in turn; where points are
/// replicated until they are known well enough, whole points are.
struct Shard {
  std::uint64_t index = 1;
  std::uint64_t count = 1;
};
/// Reads "3/10".
Result<Shard> parse_shard(const std::string& text);

class Tally {
 public:
  static Result<Tally> read(const Ledger& ledger, Shard shard = {});

  /// Takes note of a unit that has been run. Errors: the figure of `--until` is not among its own.
  Errors note(const UnitRecord& record);

  /// Ids to run now, ascending. With `failed`, those that failed too. With `--until` this is one
  /// round: when it has been noted, there may be more.
  std::vector<std::uint64_t> pending(bool failed) const;

  std::uint64_t done() const { return count(UnitState::done); }
  std::uint64_t failed() const { return count(UnitState::failed); }
  /// Units of the shard; with `--until`, those known so far to be wanted.
  std::uint64_t wanted() const;

 private:
  std::uint64_t count(UnitState state) const;
  bool mine(std::uint64_t id) const;
  std::uint32_t wanted_at(std::uint64_t point) const;

  std::string path_;
  experiment::Plan plan_;
  std::uint64_t points_ = 1;
  Shard shard_;
  std::vector<UnitState> states_;  ///< by id
  std::vector<double> values_;     ///< by id: the figure of `--until`; empty without
};

}  // namespace footfall::cli
