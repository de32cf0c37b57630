// footfall batch plan | run | resume | status | merge | export | verify | sensitivity
#include <cstdio>
#include <memory>

#include "cli/batch_columns.hpp"
#include "cli/batch_plan.hpp"
#include "cli/batch_report.hpp"
#include "cli/batch_run.hpp"
#include "cli/batch_table.hpp"
#include "cli/commands.hpp"
#include "cli/disk.hpp"
#include "cli/terminal.hpp"
#include "core/version.hpp"
#include "sim/scenario/files.hpp"

namespace footfall::cli {
namespace {

int failed(const Errors& errors) {
  print_errors(errors);
  return 1;
}

std::string whole_of(const Ledger& ledger) {
  return "a whole number from 0 to " + std::to_string(ledger.unit_count() - 1);
}

// --- run and resume

struct RunGiven {
  std::string ledger, scenario, shard = "1/1";
  std::optional<std::uint64_t> id;
  bool json = false;
};

/// Only the version that planned a batch may run it: another may compute other bytes.
Errors check_version(const Ledger& ledger) {
  if (ledger.plan().version == version) return {};
  return {{ledger.path(), "", "", "was planned by version " + ledger.plan().version,
           "this is " + std::string(version) + ": plan it again"}};
}

Errors check_scenario(const Ledger& ledger, const std::string& given) {
  if (given.empty()) return {};
  auto scenario = open_scenario(given);
  if (!scenario) return scenario.error();
  experiment::Plan other = ledger.plan();
  other.scenario_hash = scenario::scenario_hash(*scenario);
  if (other.scenario_hash == ledger.plan().scenario_hash) return {};
  return {other_plan(ledger.path(), ledger.plan(), given, other)};
}

int run_alone(const Ledger& ledger, const UnitWork& work, std::uint64_t id) {
  if (id >= ledger.unit_count()) {
    return failed(
        {{ledger.path(), "--id", std::to_string(id), "is no unit of this plan", whole_of(ledger)}});
  }
  TerminalJob job;
  auto results = work.run(experiment::unit_of(ledger.plan(), ledger.points(), id), job.job());
  if (!results) {
    print_errors(results.error());
    return results.error().front().message == cancelled_message ? 130 : 1;
  }
  std::fputs(results_text(*results).c_str(), stdout);
  return 0;
}

int run(const RunGiven& given, bool again) {
  const auto shard = parse_shard(given.shard);
  if (!shard) return failed(shard.error());
  auto lock = given.id ? Result<LedgerLock>(fail(Errors{})) : LedgerLock::take(given.ledger);
  auto ledger = Ledger::open(given.ledger);
  if (!ledger) return failed(ledger.error());
  if (!lock && !given.id) return failed(lock.error());
  for (const Errors& errors : {check_version(*ledger), check_scenario(*ledger, given.scenario)}) {
    if (!errors.empty()) return failed(errors);
  }
  auto work = unit_work(*ledger);
  if (!work) return failed(work.error());
  if (given.id) return run_alone(*ledger, *work, *given.id);
  return run_batch(*ledger, *work, {*shard, again, given.json});
}

void add_run_like(CLI::App& family, Action& action, bool again) {
  CLI::App* command =
      again ? family.add_subcommand("resume", "Run what is left of a batch and what failed")
            : family.add_subcommand("run", "Run the units of a batch that are not done");
  command->footer(again ? "Examples:\n  footfall batch resume runs.ledger"
                        : "Examples:\n"
                          "  footfall batch run runs.ledger\n"
                          "  footfall batch run shard-3.ledger --shard 3/10\n"
                          "  footfall batch run runs.ledger --id 17 > unit-17.json\n"
                          "Ctrl+C stops it; nothing that is finished is lost.");
  auto given = std::make_shared<RunGiven>();
  command->add_option("ledger", given->ledger, "Ledger, as batch plan writes it")->required();
  command->add_option("scenario", given->scenario,
                      "Refuse to run if the ledger was not planned for this scenario");
  command->add_option("--shard", given->shard, "Run only part I of N, for a copy on each machine")
      ->type_name("I/N");
  command->add_flag("--json", given->json, "Print one line of JSON for each unit that ends");
  if (!again) {
    command->add_option(
        "--id", given->id,
        "Run this unit alone and print its whole result; the ledger stays as it is");
  }
  command->callback([&action, given, again] { action = [=] { return run(*given, again); }; });
}

// --- plan

void add_plan(CLI::App& family, Action& action) {
  CLI::App* command = family.add_subcommand("plan", "Write down a batch, to be run later");
  command->footer(
      "Examples:\n"
      "  footfall batch plan \"sites rank\" my-city --out runs.ledger --replications 1000\n"
      "  footfall batch plan \"sites rank\" my-city --out runs.ledger --design saltelli \\\n"
      "    --points 256 --vary catchment.decay_exponent=1.5:2.5 --vary catchment.access_min=1:3 "
      "\\\n"
      "    --option draws=0\n"
      "  footfall batch plan \"sites rank\" my-city --out runs.ledger --list points.csv \\\n"
      "    --until best_top1_share=2%");
  auto given = std::make_shared<PlanGiven>();
  command->add_option("study", given->study, "Study, such as \"sites rank\"")->required();
  command->add_option("scenario", given->scenario, "Scenario folder or .footfall file")->required();
  command->add_option("--out,-o", given->out, "Ledger to write")->required();
  command
      ->add_option("--vary", given->vary,
                   "A variable of the design: a parameter (room.name) or an option of the study; "
                   "as low:high, low:high:steps or values a,b,c (repeatable)")
      ->type_name("NAME=RANGE");
  command
      ->add_option("--design", given->design,
                   "How points are chosen; default lhs, or list with --list")
      ->check(CLI::IsMember({"list", "grid", "lhs", "sobol", "morris", "saltelli"}));
  command->add_option("--list", given->list, "CSV with a column for each variable, a row a point");
  command->add_option("--points", given->points,
                      "Points of lhs and sobol, paths of morris, blocks of saltelli; default 128, "
                      "morris 20");
  command->add_option("--replications", given->replications,
                      "Replications of each point; with --until, at most (then 1000); default 1");
  command
      ->add_option("--until", given->until,
                   "Replicate a point until the 95 % interval of this figure's mean is as narrow: "
                   "figure=1000 or figure=5%")
      ->type_name("FIGURE=WIDTH");
  command->add_option("--seed", given->seed, "Seed of design and replications; default 1")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1} << 53));
  command->add_option("--option", given->options, "An option of the study (repeatable)")
      ->type_name("NAME=VALUE");
  command
      ->add_option("--set", given->settings,
                   "Change a parameter of the scenario for all units: room.name=value (repeatable)")
      ->type_name("PATH=VALUE");
  command->add_option("--keep", given->keep, "What is kept of each unit; default figures")
      ->check(CLI::IsMember({"figures", "results"}));
  command->callback([&action, given] { action = [given] { return plan_batch(*given); }; });
}

// --- status, sensitivity

void add_status(CLI::App& family, Action& action) {
  CLI::App* command =
      family.add_subcommand("status", "How far a batch is, and what its figures say");
  command->footer("Example:\n  footfall batch status runs.ledger");
  auto ledger = std::make_shared<std::string>();
  auto json = std::make_shared<bool>(false);
  command->add_option("ledger", *ledger, "Ledger; it may be running")->required();
  command->add_flag("--json", *json, "As JSON");
  command->callback([=, &action] { action = [=] { return print_status(*ledger, *json); }; });
}

void add_sensitivity(CLI::App& family, Action& action) {
  CLI::App* command = family.add_subcommand(
      "sensitivity", "Which variable matters: indices of Morris or Sobol for each figure");
  command->footer("Example:\n  footfall batch sensitivity runs.ledger --figure best_net_new_sales");
  auto ledger = std::make_shared<std::string>();
  auto figure = std::make_shared<std::string>();
  auto json = std::make_shared<bool>(false);
  command->add_option("ledger", *ledger, "Ledger of a plan with --design morris or saltelli")
      ->required();
  command->add_option("--figure", *figure, "Only this figure");
  command->add_flag("--json", *json, "As JSON");
  command->callback(
      [=, &action] { action = [=] { return print_sensitivity(*ledger, *figure, *json); }; });
}

// --- merge

int merge(const std::vector<std::string>& parts, const std::string& out) {
  const Errors errors = merge_ledgers(parts, out);
  if (!errors.empty()) return failed(errors);
  return print_status(out, false);
}

void add_merge(CLI::App& family, Action& action) {
  CLI::App* command = family.add_subcommand("merge", "Join ledgers of one plan, run in shards");
  command->footer("Example:\n  footfall batch merge shard-1.ledger shard-2.ledger -o runs.ledger");
  auto parts = std::make_shared<std::vector<std::string>>();
  auto out = std::make_shared<std::string>();
  command->add_option("ledgers", *parts, "Ledgers of the same plan")->required();
  command->add_option("--out,-o", *out, "Ledger to write")->required();
  command->callback([=, &action] { action = [=] { return merge(*parts, *out); }; });
}

// --- export

struct ExportGiven {
  std::string ledger, csv, columns;
  std::optional<std::uint64_t> id;
};

int export_one(const Ledger& ledger, std::uint64_t id) {
  if (id >= ledger.unit_count()) {
    return failed(
        {{ledger.path(), "--id", std::to_string(id), "is no unit of this plan", whole_of(ledger)}});
  }
  auto unit = ledger.unit(id);
  if (!unit) return failed(unit.error());
  if (unit->results.empty()) {
    return failed({{ledger.path(), "unit " + std::to_string(id), "", "has no results in it",
                    "a unit that is done, of a plan with --keep results"}});
  }
  std::fputs(unit->results.c_str(), stdout);
  return 0;
}

int export_batch(const ExportGiven& given) {
  auto ledger = Ledger::open(given.ledger);
  if (!ledger) return failed(ledger.error());
  if (given.id) return export_one(*ledger, *given.id);
  auto figures = read_figures(*ledger);
  if (!figures) return failed(figures.error());
  const UnitTable table = unit_table(*ledger, std::move(*figures));
  if (given.csv.empty() && given.columns.empty()) {
    const std::string csv = csv_bytes(table);
    std::fwrite(csv.data(), 1, csv.size(), stdout);
    return 0;
  }
  if (!given.csv.empty()) {
    const Errors errors = write_file(given.csv, csv_bytes(table));
    if (!errors.empty()) return failed(errors);
  }
  if (!given.columns.empty()) {
    const Errors errors = write_file(given.columns, column_bytes(table));
    if (!errors.empty()) return failed(errors);
  }
  std::printf("%zu units, %zu columns\n", rows_of(table), table.size());
  return 0;
}

void add_export(CLI::App& family, Action& action) {
  CLI::App* command =
      family.add_subcommand("export", "Write the finished units as a table, one row each");
  command->footer(
      "Examples:\n"
      "  footfall batch export runs.ledger --csv units.csv\n"
      "  footfall batch export runs.ledger --columns units.columns\n"
      "  footfall batch export runs.ledger --id 17 > unit-17.json\n"
      "Without --csv, --columns and --id the CSV goes to standard output.");
  auto given = std::make_shared<ExportGiven>();
  command->add_option("ledger", given->ledger, "Ledger; it may be running")->required();
  command->add_option("--csv", given->csv, "File for the table as CSV");
  command->add_option("--columns", given->columns,
                      "File for the table as compressed columns (docs/batch.md)");
  command->add_option("--id", given->id, "Print the whole kept result of this unit instead");
  command->callback([&action, given] { action = [given] { return export_batch(*given); }; });
}

// --- verify

int verify(const std::string& path) {
  auto there = Ledger::open(path);
  if (!there) return failed(there.error());
  there = fail(Errors{});  // closed: healing replaces the file
  auto lock = LedgerLock::take(path);
  if (!lock) return failed(lock.error());
  auto healing = heal(path);
  if (!healing) return failed(healing.error());
  std::printf("%llu units have the right checksum\n",
              static_cast<unsigned long long>(healing->kept));
  if (healing->findings.empty()) return 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(healing->findings.size(), 20); ++i) {
    std::printf("damaged: %s\n", healing->findings[i].c_str());
  }
  auto ledger = Ledger::open(path);
  if (!ledger) return failed(ledger.error());
  const Errors errors = check_version(*ledger);
  if (!errors.empty()) return failed(errors);
  auto work = unit_work(*ledger);
  if (!work) return failed(work.error());
  const int code = run_units(*ledger, *work, healing->lost);
  if (code == 0) {
    std::printf("healed: written anew, %zu units run again\n", healing->lost.size());
  }
  return code;
}

void add_verify(CLI::App& family, Action& action) {
  CLI::App* command = family.add_subcommand(
      "verify", "Check every byte of a ledger that matters, and run again what is damaged");
  command->footer("Example:\n  footfall batch verify runs.ledger");
  auto ledger = std::make_shared<std::string>();
  command->add_option("ledger", *ledger, "Ledger")->required();
  command->callback([=, &action] { action = [=] { return verify(*ledger); }; });
}

}  // namespace

void add_batch_commands(CLI::App& app, Action& action) {
  CLI::App* family = app.add_subcommand("batch", "Many runs of a study: plan, run, resume, export")
                         ->require_subcommand(1);
  family->footer(
      "Example:\n"
      "  footfall batch plan \"sites rank\" my-city --out runs.ledger --replications 1000\n"
      "  footfall batch run runs.ledger\n"
      "  footfall batch export runs.ledger --csv units.csv");
  add_plan(*family, action);
  add_run_like(*family, action, false);
  add_run_like(*family, action, true);
  add_status(*family, action);
  add_sensitivity(*family, action);
  add_merge(*family, action);
  add_export(*family, action);
  add_verify(*family, action);
}

}  // namespace footfall::cli
