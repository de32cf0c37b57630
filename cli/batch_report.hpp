// What a person asks of a ledger: how far it is, what its figures say, which variable matters.
#pragma once

#include <string>
#include <vector>

#include "cli/batch_table.hpp"
#include "sim/experiment/replications.hpp"

namespace footfall::cli {

/// A figure over a whole batch.
struct FigureSummary {
  std::string id, unit;
  experiment::Estimate mean;   ///< of the whole design; see `over`
  double least = 0, most = 0;  ///< of single units
  std::string over;            ///< "replications" (a Student interval) or "points" (no interval)
};

/// With two replications and more of all points: the mean over the points of each replication, and
/// the interval from these means, which are independent while the points of one replication share
/// their luck. With fewer: the mean over all units, without an interval.
std::vector<FigureSummary> summarise(const Ledger& ledger, const UnitFigures& figures,
                                     double level = 0.95);

/// Each returns the program's exit code.
int print_status(const std::string& path, bool json);
int print_sensitivity(const std::string& path, const std::string& figure, bool json);

}  // namespace footfall::cli
