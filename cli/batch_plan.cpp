#include "cli/batch_plan.hpp"

#include <cstdio>
#include <filesystem>

#include "cli/disk.hpp"
#include "cli/terminal.hpp"
#include "core/text.hpp"
#include "core/version.hpp"
#include "sim/scenario/files.hpp"

namespace footfall::cli {
namespace {

using experiment::DesignKind;
using experiment::Plan;

/// "name=value" in two; an error of `flag` where there is no '='.
std::optional<std::pair<std::string, std::string>> in_two(const std::string& text, const char* flag,
                                                          Errors& errors) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    errors.push_back({"", flag, text, "has no value", "NAME=VALUE"});
    return std::nullopt;
  }
  return std::pair{std::string(trimmed(text.substr(0, equals))), text.substr(equals + 1)};
}

void read_options(const PlanGiven& given, Plan& plan, Errors& errors) {
  const study::Study* study = study::find_study(plan.study);
  for (const std::string& option : given.options) {
    const auto parts = in_two(option, "--option", errors);
    if (!parts || study == nullptr) continue;
    if (parts->first == "seed") {
      errors.push_back({"", "--option seed", "", "is set for each unit by the batch", "--seed"});
      continue;
    }
    Errors wrong;
    const Json all = study->options.with_fields(plan.options, [&](const Fields& fields) {
      wrong = set_field(fields, parts->first, parts->second, study->name);
    });
    append(errors, wrong);
    if (wrong.empty()) plan.options[parts->first] = all.at(parts->first);
  }
}

void read_settings(const PlanGiven& given, scenario::Scenario edited, Plan& plan, Errors& errors) {
  std::vector<scenario::Edit> edits;
  for (const std::string& setting : given.settings) {
    const auto parts = in_two(setting, "--set", errors);
    if (!parts) continue;
    auto edit = study::parameter_edit(edited, parts->first, parts->second);
    if (!edit) {
      append(errors, edit.error());
      continue;
    }
    append(errors, scenario::apply(edited, *edit));
    edits.push_back(std::move(*edit));
  }
  plan.edits = scenario::edits_to_json(edits).at("edits");
}

void read_variables(const PlanGiven& given, Plan& plan, Errors& errors) {
  for (const std::string& text : given.vary) {
    const auto parts = in_two(text, "--vary", errors);
    if (!parts) continue;
    auto variable = experiment::parse_variable(parts->first, parts->second);
    if (variable) {
      plan.variables.push_back(std::move(*variable));
    } else {
      append(errors, variable.error());
    }
  }
}

void read_design(const PlanGiven& given, Plan& plan, Errors& errors) {
  const bool list = !given.list.empty();
  if (given.design.empty()) {
    plan.kind = list || plan.variables.empty() ? DesignKind::list : DesignKind::lhs;
  } else {
    plan.kind = *experiment::design_kind(given.design);
  }
  if (list != (plan.kind == DesignKind::list) && (list || !given.vary.empty())) {
    errors.push_back({"", "--design", std::string(name_of(plan.kind)),
                      list ? "does not go with --list" : "needs --list FILE", ""});
  }
  if (list && !given.vary.empty()) {
    errors.push_back({"", "--vary", "", "does not go with --list", "columns of the file"});
  }
  const bool sized = plan.kind != DesignKind::list && plan.kind != DesignKind::grid;
  if (given.points && !sized) {
    errors.push_back({"", "--points", std::to_string(*given.points),
                      "does not go with a list or a grid", "lhs, sobol, morris, saltelli"});
  }
  if (sized) plan.size = given.points.value_or(plan.kind == DesignKind::morris ? 20 : 128);
}

void read_until(const PlanGiven& given, Plan& plan, Errors& errors) {
  plan.replications = given.replications.value_or(given.until.empty() ? 1 : most_replications);
  if (given.until.empty()) return;
  const auto parts = in_two(given.until, "--until", errors);
  if (!parts) return;
  const auto precision = experiment::parse_precision(parts->second);
  if (!precision) {
    errors.push_back({"", "--until", given.until, "is not allowed",
                      "FIGURE=HALF_WIDTH, a number above 0, or a share of the mean such as 5%"});
    return;
  }
  plan.until = experiment::Until{parts->first, *precision};
}

/// The plan, its variables checked against study and scenario.
Result<Plan> make_plan(const PlanGiven& given, const scenario::Scenario& base) {
  Plan plan;
  Errors errors;
  plan.version = version;
  plan.study = given.study;
  plan.scenario_hash = scenario::scenario_hash(base);
  plan.seed = given.seed;
  plan.keep_results = given.keep == "results";
  read_options(given, plan, errors);
  read_settings(given, base, plan, errors);
  read_variables(given, plan, errors);
  read_design(given, plan, errors);
  read_until(given, plan, errors);
  auto work = UnitWork::make(plan, {}, base);
  if (!work) {
    append(errors, work.error());
    return fail(std::move(errors));
  }
  append(errors, work->check_variables(plan.variables));
  if (!given.list.empty()) {
    auto bytes = read_file(given.list, std::size_t{256} << 20);
    if (!bytes) return fail(std::move(bytes.error()));
    append(errors, study::read_points(*bytes, given.list, *work, plan));
  }
  if (errors.empty()) append(errors, experiment::check(plan));
  if (!errors.empty()) return fail(std::move(errors));
  return plan;
}

/// Something stands where the ledger is to be: fine if it holds this very plan.
int already_there(const std::string& path, const Plan& plan) {
  auto ledger = Ledger::open(path);
  if (!ledger) {
    print_errors({{path, "", "", "is there already and is not replaced", "a name that is free"}});
    return 1;
  }
  if (experiment::plan_hash(ledger->plan()) != experiment::plan_hash(plan)) {
    print_errors({other_plan(path, ledger->plan(), "what was asked for", plan)});
    return 1;
  }
  std::printf("%s holds this plan already\n", path.c_str());
  return 0;
}

}  // namespace

std::string plan_text(const Plan& plan, std::uint64_t points) {
  std::string out = plan.study + ": " + std::string(name_of(plan.kind)) + " of " +
                    grouped(double(points), 0) + (points == 1 ? " point" : " points") + " x ";
  if (plan.until) out += "up to ";
  out += std::to_string(plan.replications) +
         (plan.replications == 1 ? " replication" : " replications") + " = " +
         grouped(double(points) * plan.replications, 0) + " units, seed " +
         std::to_string(plan.seed);
  return out;
}

int plan_batch(const PlanGiven& given) {
  auto base = open_scenario(given.scenario);
  if (!base) return print_errors(base.error()), 1;
  const Errors wrong = study::check(*base);
  if (!wrong.empty()) return print_errors(wrong), 1;
  auto plan = make_plan(given, *base);
  if (!plan) return print_errors(plan.error()), 1;
  std::error_code code;
  if (std::filesystem::exists(given.out, code)) return already_there(given.out, *plan);
  const Errors errors =
      Ledger::create(given.out, *plan, scenario::pack(scenario::write_scenario(*base)));
  if (!errors.empty()) return print_errors(errors), 1;
  std::printf("%s\n", plan_text(*plan, experiment::points_of(*plan).count).c_str());
  std::printf("Written to %s; run it by: footfall batch run %s\n", given.out.c_str(),
              given.out.c_str());
  return 0;
}

}  // namespace footfall::cli
