// The units of a ledger, and their whole results as text.
#pragma once

#include <string>

#include "cli/ledger.hpp"
#include "sim/study/unit_work.hpp"

namespace footfall::cli {

using study::UnitWork;

Result<UnitWork> unit_work(const Ledger& ledger);

/// The whole results as `run --id` prints and the ledger keeps them.
std::string results_text(const Results& results);

}  // namespace footfall::cli
