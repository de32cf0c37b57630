#include <cstdio>
#include <map>
#include <memory>

#include "cli/commands.hpp"
#include "cli/disk.hpp"
#include "cli/field_flags.hpp"
#include "cli/result_folder.hpp"
#include "cli/terminal.hpp"
#include "core/text.hpp"
#include "core/texts.hpp"
#include "sim/study/study.hpp"

namespace footfall::cli {
namespace {

/// What one study command was given; lives as long as the parser.
struct Given {
  std::string scenario, edits, out, language = "en";
  std::vector<std::string> settings;
  bool json = false;
  FieldFlags flags;
  std::map<std::string_view, std::string> inputs;  // table -> file
};

/// Puts the files of --counts and the like into the scenario, so that results and replays have
/// them.
Errors read_inputs(const Given& given, scenario::Scenario& scenario) {
  Errors errors;
  for (const auto& [table, file] : given.inputs) {
    if (file.empty()) continue;
    auto bytes = read_file(file);
    if (bytes)
      scenario.tables[std::string(table)] = std::move(*bytes);
    else
      append(errors, bytes.error());
  }
  return errors;
}

/// Errors in a table name the file that it came from.
void name_inputs(const Given& given, Errors& errors) {
  for (Error& e : errors) {
    const auto input = given.inputs.find(e.file);
    if (input != given.inputs.end() && !input->second.empty()) e.file = input->second;
  }
}

Result<std::vector<scenario::Edit>> edits_of(const Given& given, const scenario::Scenario& base) {
  std::vector<scenario::Edit> edits;
  if (!given.edits.empty()) {
    auto read = read_edits(given.edits);
    if (!read) return read;
    edits = std::move(*read);
  }
  scenario::Scenario edited = base;
  Errors errors = scenario::apply_all(edited, edits, given.edits);
  for (const std::string& setting : given.settings) {
    const auto equals = setting.find('=');
    if (equals == std::string::npos) {
      errors.push_back({"", "--set", setting, "has no value", "room.name=value"});
      continue;
    }
    auto edit =
        study::parameter_edit(edited, setting.substr(0, equals), setting.substr(equals + 1));
    if (!edit) {
      append(errors, edit.error());
    } else {
      scenario::apply(edited, *edit);
      edits.push_back(std::move(*edit));
    }
  }
  if (!errors.empty()) return fail(std::move(errors));
  return edits;
}

void print_table(const Table* table, const std::vector<Shown>& columns) {
  if (table != nullptr) std::printf("\n%s\n", table_text(*table, columns, 30).c_str());
}

void print_summary(const Results& results) {
  std::printf("%s\n", results.title.c_str());
  const Table* story = results.table("story");
  print_table(story, {{"quantity"},
                      {"unit"},
                      {"truth", true},
                      {"estimate", true},
                      {"error"},
                      {"method"},
                      {"refused"}});
  if (story == nullptr) std::printf("\n");
  for (const Figure& f : results.figures) {
    if (story != nullptr) break;
    std::string value = grouped(f.value, f.unit == "%" ? 1 : 0);
    if (f.basis == Basis::parameters || f.basis == Basis::replications)
      value += "  (" + grouped(f.low, 0) + " to " + grouped(f.high, 0) + ")";
    std::printf("  %-34s %s %s\n", std::string(label(Language::english, "figure", f.id)).c_str(),
                value.c_str(), unit_label(Language::english, f.unit).c_str());
  }
  print_table(results.table("sites"), {{"rank"},
                                       {"id"},
                                       {"name"},
                                       {"net_new_sales", true},
                                       {"expected_sales"},
                                       {"transferred"},
                                       {"hardest_hit"},
                                       {"residents_10min"},
                                       {"payback_years"},
                                       {"top3"}});
  print_table(results.table("campaigns"), {{"channel"},
                                           {"exposures"},
                                           {"held_out"},
                                           {"redeemed"},
                                           {"cost"},
                                           {"lift_true", true},
                                           {"lift_hold_out", true},
                                           {"lift_last_touch"}});
  print_table(results.table("counted_stores"), {{"id"},
                                                {"name"},
                                                {"observed_visits", true},
                                                {"visits_before"},
                                                {"visits_after"},
                                                {"residual"},
                                                {"attraction_factor", true}});
  for (const std::string& warning : results.provenance.warnings)
    std::printf("warning: %s\n", warning.c_str());
}

int run(const study::Study& study, const Given& given) {
  auto base = open_scenario(given.scenario);
  if (!base) return print_errors(base.error()), 1;
  Errors errors = read_inputs(given, *base);
  if (!errors.empty()) return print_errors(errors), 1;
  auto edits = edits_of(given, *base);
  if (!edits) return print_errors(edits.error()), 1;
  const Json options = study.options.with_fields(
      Json::object(), [&](const Fields& fields) { errors = given.flags.apply(fields); });
  if (!errors.empty()) return print_errors(errors), 1;

  Result<study::Output> output = [&] {
    TerminalJob job;
    return study::run(study.name, *base, *edits, options, job.job());
  }();
  if (!output) {
    name_inputs(given, output.error());
    print_errors(output.error());
    return output.error().front().message == cancelled_message ? 130 : 1;
  }
  if (!given.out.empty()) {
    const Language language = given.language == "zh" ? Language::chinese : Language::english;
    errors = write_folder(given.out, result_files(*output, *base, language), run_file);
    if (!errors.empty()) return print_errors(errors), 1;
  }
  if (given.json) {
    std::fputs(json_text(to_json(output->results)).c_str(), stdout);
    return 0;
  }
  print_summary(output->results);
  if (given.out.empty()) return 0;
  std::printf("Report: %s/report.html\n", given.out.c_str());
  if (!output->edits.empty()) {
    std::printf("What was found, for --edits: %s/%s\n", given.out.c_str(), edits_file);
  }
  return 0;
}

CLI::App* family(CLI::App& app, const std::string& name) {
  for (CLI::App* known : app.get_subcommands({})) {
    if (known->get_name() == name) return known;
  }
  return app.add_subcommand(name, "Studies of " + name)->require_subcommand(1);
}

}  // namespace

void add_study_commands(CLI::App& app, Action& action) {
  for (const study::Study& study : study::studies()) {
    const auto words = split(study.name, ' ');
    CLI::App* command =
        family(app, words.at(0))->add_subcommand(words.at(1), std::string(study.summary));
    command->footer("Example:\n  " + std::string(study.example));
    auto given = std::make_shared<Given>();
    command->add_option("scenario", given->scenario, "Scenario folder or .footfall file")
        ->required();
    command->add_option("--out", given->out,
                        "Folder to write report, tables, layers and run.json to");
    command
        ->add_option("--set", given->settings,
                     "Change a parameter of the scenario for this run: room.name=value, also "
                     "room.name.low and .high (repeatable)")
        ->type_name("PATH=VALUE");
    command->add_option("--edits", given->edits,
                        "File of edits to apply first, as the window and calibrations save it");
    command->add_flag("--json", given->json, "Print the whole result as JSON");
    command->add_option("--lang", given->language, "Language of the report")
        ->check(CLI::IsMember({"en", "zh"}));
    for (const study::Input& input : study.inputs) {
      command->add_option("--" + std::string(input.flag), given->inputs[input.table],
                          std::string(input.help));
    }
    study.options.with_fields(Json::object(),
                              [&](const Fields& fields) { given->flags.add(*command, fields); });
    command->callback(
        [&action, &study, given] { action = [&study, given] { return run(study, *given); }; });
  }
}

void add_replay_command(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("replay", "Run a recorded result again and compare the bytes");
  command->footer("Example:\n  footfall replay result/run.json");
  auto run_json = std::make_shared<std::string>();
  auto out = std::make_shared<std::string>();
  command->add_option("run", *run_json, "run.json of a result folder, or the folder")->required();
  command->add_option("--out", *out, "Folder to write the new result to");
  command->callback([&action, run_json, out] { action = [=] { return replay(*run_json, *out); }; });
}

}  // namespace footfall::cli
