// `footfall batch plan`: from what was given on the command line to a plan, every value checked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/batch_unit.hpp"

namespace footfall::cli {

/// As given; empty where not.
struct PlanGiven {
  std::string study, scenario, out, list, design, until, keep = "figures";
  std::vector<std::string> vary, options, settings;
  std::optional<std::int64_t> points;
  std::optional<std::uint32_t> replications;
  std::uint64_t seed = 1;
};

/// Most replications of a point with --until, where --replications does not say.
inline constexpr std::uint32_t most_replications = 1000;

/// Writes a ledger with the plan. Returns the program's exit code.
int plan_batch(const PlanGiven& given);

/// "lhs of 128 points x 5 replications = 640 units, seed 1"
std::string plan_text(const experiment::Plan& plan, std::uint64_t points);

}  // namespace footfall::cli
