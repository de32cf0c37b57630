// A plan says everything about a batch before it starts: which study on which scenario, which
// variables over which design, how many replications. It knows no model: variables and values are
// texts that whoever runs the units understands, and a study is whatever is run for a unit.
//
// A unit is one (point, replication). Its id never changes, also when replications are added, and
// what it computes depends on nothing but the scenario, the plan's seed and its id.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/json.hpp"
#include "sim/experiment/design.hpp"
#include "sim/experiment/replications.hpp"

namespace footfall::experiment {

enum class DesignKind : std::uint8_t { list, grid, lhs, sobol, morris, saltelli };
std::string_view name_of(DesignKind kind);
std::optional<DesignKind> design_kind(std::string_view name);

/// A named variable and what it may be: a range, or levels.
struct Variable {
  std::string name;
  double low = 0;
  double high = 0;
  bool whole = false;               ///< whole numbers only, each equally likely
  std::int64_t steps = 0;           ///< levels of a range in a grid; 0 where none were given
  std::vector<std::string> levels;  ///< not empty: one of these instead of the range

  /// The value at coordinate u in [0, 1], as text that reads back to the same number.
  std::string value_at(double u) const;
};

/// Reads "low:high", "low:high:steps" or "a,b,c". Errors name `name`.
Result<Variable> parse_variable(std::string_view name, std::string_view text);

/// A wanted half-width: "120", or "5%" of the mean. Nothing where it is no number above 0.
std::optional<Precision> parse_precision(std::string_view text);

/// Replicate each point until a figure is known well enough.
struct Until {
  std::string figure;
  Precision precision;
};

struct Plan {
  std::string version;  ///< of the program that planned it
  std::string study;
  std::string scenario_hash;      ///< of the scenario without the edits
  Json edits = Json::array();     ///< for all units
  Json options = Json::object();  ///< of the study, for all units
  DesignKind kind = DesignKind::list;
  std::int64_t size = 1;  ///< points of lhs and sobol, paths of morris, blocks of saltelli
  std::vector<Variable> variables;
  std::vector<std::vector<std::string>> rows;  ///< of a list: a value for each variable
  std::uint64_t seed = 1;                      ///< 0 to 2^53
  std::uint32_t replications = 1;              ///< at most, where `until` is given
  std::optional<Until> until;
  bool keep_results = false;  ///< whole results, not figures only
};

/// More than this in one plan is refused.
inline constexpr std::uint64_t max_units = 10'000'000;

Json to_json(const Plan& plan);
/// Errors: missing members, wrong types, and all that check() finds.
Result<Plan> plan_from_json(const Json& json, std::string_view file);
/// SHA-256 of the JSON: plans are the same batch exactly where this is equal.
std::string plan_hash(const Plan& plan);
/// What cannot be carried out: too many units or variables, a design without variables, rows of
/// another length. Empty where all is well.
Errors check(const Plan& plan);

/// Number of points of the plan's design; never far above max_units.
std::uint64_t point_count(const Plan& plan);
/// The points of the plan's design, without rows of a list (then count only).
Points points_of(const Plan& plan);
/// The values of one point, in the order of the variables.
std::vector<std::string> values_of(const Plan& plan, const Points& points, std::uint64_t point);

struct Unit {
  std::uint64_t id = 0;  ///< replication × points + point
  std::uint64_t point = 0;
  std::uint32_t replication = 0;
  std::uint64_t seed = 0;
};
/// `points` of the design; id < points × replications.
Unit unit_of(const Plan& plan, std::uint64_t points, std::uint64_t id);

/// The seed of a replication, 53 bits so that JSON and every study's option can hold it. All points
/// share it (common random numbers), so that differences between points are not blurred by luck.
std::uint64_t unit_seed(std::uint64_t seed, std::uint32_t replication);

}  // namespace footfall::experiment
