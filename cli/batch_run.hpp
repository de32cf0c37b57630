// Running units of a ledger: in parallel over units, each serial inside, each written as it ends.
#pragma once

#include <string>
#include <vector>

#include "cli/batch_tally.hpp"
#include "cli/batch_unit.hpp"
#include "cli/ledger.hpp"

namespace footfall::cli {

struct RunChoice {
  Shard shard;
  bool failed = false;  ///< failed units again
  bool json = false;    ///< one line for each unit on stdout instead of a summary
};

/// Runs what is to be run, round by round. Call it with the lock held. Returns the program's exit
/// code: 0; 1 where units failed or the ledger cannot be written; 130 after Ctrl+C.
int run_batch(Ledger& ledger, const UnitWork& work, const RunChoice& choice);

/// Runs these units, whatever their state.
int run_units(Ledger& ledger, const UnitWork& work, const std::vector<std::uint64_t>& ids);

}  // namespace footfall::cli
