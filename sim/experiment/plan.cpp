#include "sim/experiment/plan.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "core/hash.hpp"
#include "core/rng.hpp"
#include "core/text.hpp"

namespace footfall::experiment {
namespace {

constexpr std::array<std::string_view, 6> kind_names{"list",  "grid",   "lhs",
                                                     "sobol", "morris", "saltelli"};
constexpr std::string_view room = "experiment unit";
constexpr std::string_view allowed_variable = "low:high, low:high:steps or values a,b,c";
constexpr std::int64_t max_steps = 1'000'000;

Json json_of(const Variable& v) {
  return {{"name", v.name},   {"low", v.low},     {"high", v.high},
          {"whole", v.whole}, {"steps", v.steps}, {"levels", v.levels}};
}

Variable variable_from(const Json& json) {
  Variable v;
  json.at("name").get_to(v.name);
  json.at("low").get_to(v.low);
  json.at("high").get_to(v.high);
  json.at("whole").get_to(v.whole);
  json.at("steps").get_to(v.steps);
  json.at("levels").get_to(v.levels);
  return v;
}

Json json_of(const std::optional<Until>& until) {
  if (!until) return nullptr;
  const Precision& p = until->precision;
  return {{"figure", until->figure},
          {"half_width", p.half_width},
          {"relative", p.relative},
          {"level", p.level},
          {"first", p.first}};
}

std::optional<Until> until_from(const Json& json) {
  if (json.is_null()) return std::nullopt;
  Until until;
  json.at("figure").get_to(until.figure);
  json.at("half_width").get_to(until.precision.half_width);
  json.at("relative").get_to(until.precision.relative);
  json.at("level").get_to(until.precision.level);
  json.at("first").get_to(until.precision.first);
  return until;
}

/// Levels that a variable has in a grid.
std::size_t grid_levels(const Variable& v) {
  if (!v.levels.empty()) return v.levels.size();
  return static_cast<std::size_t>(std::max<std::int64_t>(v.steps, 1));
}

Error problem(std::string place, std::string value, std::string message, std::string allowed) {
  return {"", std::move(place), std::move(value), std::move(message), std::move(allowed)};
}

void check_variables(const Plan& plan, Errors& errors) {
  const bool steered = plan.kind == DesignKind::morris || plan.kind == DesignKind::saltelli;
  const std::size_t k = plan.variables.size();
  if (plan.kind != DesignKind::list && plan.kind != DesignKind::grid && k == 0) {
    errors.push_back(problem("design", std::string(name_of(plan.kind)), "needs variables",
                             "one or more of --vary"));
  }
  const std::size_t most = plan.kind == DesignKind::saltelli ? sobol_dimensions / 2
                           : plan.kind == DesignKind::sobol  ? sobol_dimensions
                                                             : 1000;
  if (k > most) {
    errors.push_back(problem("design", std::to_string(k), "are too many variables",
                             "at most " + std::to_string(most)));
  }
  if (plan.kind == DesignKind::list && k > 0 && plan.rows.empty()) {
    errors.push_back(problem("design", "list", "has no rows", "1 or more"));
  }
  for (std::size_t i = 0; i < k; ++i) {
    const Variable& v = plan.variables[i];
    for (std::size_t j = 0; j < i; ++j) {
      if (plan.variables[j].name == v.name) {
        errors.push_back(problem(v.name, "", "is varied twice", "each variable once"));
      }
    }
    if (plan.kind == DesignKind::grid && v.levels.empty() && v.steps == 0) {
      errors.push_back(problem(v.name, "", "has no steps for a grid", "low:high:steps or a,b,c"));
    }
    if (steered && !v.levels.empty()) {
      errors.push_back(
          problem(v.name, "", "has values, where the design needs a range", "low:high"));
    }
  }
}

void check_precision(const Plan& plan, Errors& errors) {
  const Precision& p = plan.until->precision;
  if (!(p.half_width > 0) || !(p.half_width < 1e300) || (p.relative && p.half_width >= 1)) {
    errors.push_back(problem("until", shortest(p.half_width), "is not allowed",
                             p.relative ? "above 0 % and below 100 %" : "a number above 0"));
  }
  if (!(p.level >= 0.5 && p.level <= 0.999) || p.first < 2) {
    errors.push_back(problem("until", "", "is not allowed", "level 0.5 to 0.999, first from 2"));
  }
}

}  // namespace

std::string_view name_of(DesignKind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

std::optional<DesignKind> design_kind(std::string_view name) {
  const auto it = std::find(kind_names.begin(), kind_names.end(), name);
  if (it == kind_names.end()) return std::nullopt;
  return static_cast<DesignKind>(it - kind_names.begin());
}

std::string Variable::value_at(double u) const {
  const auto pick = [u](double count) {
    return std::min(static_cast<double>(static_cast<std::uint64_t>(u * count)), count - 1);
  };
  if (!levels.empty()) return levels[static_cast<std::size_t>(pick(double(levels.size())))];
  if (whole) return shortest(low + pick(high - low + 1));
  return shortest(u == 1 ? high : low + u * (high - low));
}

Result<Variable> parse_variable(std::string_view name, std::string_view text) {
  const auto wrong = [&] {
    return fail(problem(std::string(name), std::string(text), "is not allowed",
                        std::string(allowed_variable)));
  };
  Variable v;
  v.name = name;
  const auto range = split(text, ':');
  if (range.size() == 1) {
    for (const std::string& level : split(text, ',')) v.levels.emplace_back(trimmed(level));
    if (std::any_of(v.levels.begin(), v.levels.end(), [](auto& l) { return l.empty(); })) {
      return wrong();
    }
    return v;
  }
  const auto low = parse_number(range[0]), high = parse_number(range[1]);
  const auto steps = range.size() == 3 ? parse_integer(range[2]) : std::optional<std::int64_t>(0);
  if (range.size() > 3 || !low || !high || !steps || !(*low < *high)) return wrong();
  if (range.size() == 3 && (*steps < 1 || *steps > max_steps)) return wrong();
  v.low = *low;
  v.high = *high;
  v.steps = *steps;
  return v;
}

std::optional<Precision> parse_precision(std::string_view text) {
  std::string_view width = trimmed(text);
  Precision out;
  out.relative = width.ends_with('%');
  if (out.relative) width.remove_suffix(1);
  const auto number = parse_number(width);
  if (!number || !(*number > 0)) return std::nullopt;
  out.half_width = out.relative ? *number / 100 : *number;
  return out;
}

Json to_json(const Plan& plan) {
  Json variables = Json::array();
  for (const Variable& v : plan.variables) variables.push_back(json_of(v));
  return {{"version", plan.version},
          {"study", plan.study},
          {"scenario_hash", plan.scenario_hash},
          {"edits", plan.edits},
          {"options", plan.options},
          {"design", name_of(plan.kind)},
          {"size", plan.size},
          {"variables", std::move(variables)},
          {"rows", plan.rows},
          {"seed", plan.seed},
          {"replications", plan.replications},
          {"until", json_of(plan.until)},
          {"keep_results", plan.keep_results}};
}

Result<Plan> plan_from_json(const Json& json, std::string_view file) {
  Plan plan;
  try {
    json.at("version").get_to(plan.version);
    json.at("study").get_to(plan.study);
    json.at("scenario_hash").get_to(plan.scenario_hash);
    plan.edits = json.at("edits");
    plan.options = json.at("options");
    const auto kind = design_kind(json.at("design").get<std::string>());
    if (!kind) return fail(std::string(file), "design", "is not known");
    plan.kind = *kind;
    json.at("size").get_to(plan.size);
    for (const Json& v : json.at("variables")) plan.variables.push_back(variable_from(v));
    json.at("rows").get_to(plan.rows);
    json.at("seed").get_to(plan.seed);
    json.at("replications").get_to(plan.replications);
    plan.until = until_from(json.at("until"));
    json.at("keep_results").get_to(plan.keep_results);
  } catch (const Json::exception&) {
    return fail(std::string(file), "plan", "is no plan of a batch");
  }
  Errors errors = check(plan);
  for (Error& e : errors) e.file = file;
  if (!errors.empty()) return fail(std::move(errors));
  return plan;
}

std::string plan_hash(const Plan& plan) {
  return sha256_hex(to_json(plan).dump());
}

Errors check(const Plan& plan) {
  Errors errors;
  if (plan.size < 1 || plan.size > static_cast<std::int64_t>(max_units)) {
    errors.push_back(problem("points", std::to_string(plan.size), "is not allowed",
                             "a whole number from 1 to " + std::to_string(max_units)));
  }
  if (plan.replications < 1) {
    errors.push_back(problem("replications", "0", "is not allowed", "1 or more"));
  }
  check_variables(plan, errors);
  if (plan.until) check_precision(plan, errors);
  for (std::size_t r = 0; r < plan.rows.size(); ++r) {
    if (plan.rows[r].size() != plan.variables.size()) {
      errors.push_back(problem("row " + std::to_string(r + 1), "", "has another number of values",
                               std::to_string(plan.variables.size())));
    }
  }
  for (const Variable& v : plan.variables) {
    if (plan.kind != DesignKind::list && v.levels.empty() && !(v.low < v.high)) {
      errors.push_back(problem(v.name, "", "has no range", std::string(allowed_variable)));
    }
  }
  if (!errors.empty()) return errors;
  const std::uint64_t units = point_count(plan) * plan.replications;
  if (point_count(plan) > max_units || units > max_units) {
    errors.push_back(problem("units", std::to_string(units), "are too many",
                             "at most " + std::to_string(max_units)));
  }
  return errors;
}

std::uint64_t point_count(const Plan& plan) {
  const std::uint64_t k = plan.variables.size(), n = static_cast<std::uint64_t>(plan.size);
  switch (plan.kind) {
    case DesignKind::list:
      return plan.rows.empty() ? 1 : plan.rows.size();
    case DesignKind::lhs:
    case DesignKind::sobol:
      return n;
    case DesignKind::morris:
      return n * (k + 1);
    case DesignKind::saltelli:
      return n * (k + 2);
    case DesignKind::grid:
      break;
  }
  std::uint64_t count = 1;
  for (const Variable& v : plan.variables) count = std::min(count * grid_levels(v), max_units + 1);
  return count;
}

Points points_of(const Plan& plan) {
  const std::size_t k = plan.variables.size(), n = static_cast<std::size_t>(plan.size);
  switch (plan.kind) {
    case DesignKind::list:
      break;
    case DesignKind::lhs:
      return latin_hypercube(n, k, plan.seed);
    case DesignKind::sobol:
      return sobol(n, k, plan.seed);
    case DesignKind::morris:
      return morris(n, k, plan.seed);
    case DesignKind::saltelli:
      return saltelli(n, k, plan.seed);
    case DesignKind::grid: {
      std::vector<std::size_t> levels;
      for (const Variable& v : plan.variables) levels.push_back(grid_levels(v));
      return grid(levels);
    }
  }
  return {0, static_cast<std::size_t>(point_count(plan)), {}};
}

std::vector<std::string> values_of(const Plan& plan, const Points& points, std::uint64_t point) {
  const auto at = static_cast<std::size_t>(point);
  if (plan.kind == DesignKind::list) {
    return plan.rows.empty() ? std::vector<std::string>{} : plan.rows[at];
  }
  std::vector<std::string> out;
  for (std::size_t d = 0; d < points.dimensions; ++d) {
    out.push_back(plan.variables[d].value_at(points.row(at)[d]));
  }
  return out;
}

Unit unit_of(const Plan& plan, std::uint64_t points, std::uint64_t id) {
  const auto replication = static_cast<std::uint32_t>(id / points);
  return {id, id % points, replication, unit_seed(plan.seed, replication)};
}

std::uint64_t unit_seed(std::uint64_t seed, std::uint32_t replication) {
  const PhiloxKey key = random_key(seed, replication, room);
  return ((static_cast<std::uint64_t>(key[1]) << 32) | key[0]) >> 11;
}

}  // namespace footfall::experiment
