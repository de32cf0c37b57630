// Where the batch of a ledger stands.
#pragma once

#include <string>

#include "cli/ledger.hpp"

namespace footfall::cli {

using experiment::Shard;
using experiment::Tally;

/// Reads "3/10".
Result<Shard> parse_shard(const std::string& text);

Result<Tally> read_tally(const Ledger& ledger, Shard shard = {});

}  // namespace footfall::cli
