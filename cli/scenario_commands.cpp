#include <cstdio>
#include <memory>

#include "cli/commands.hpp"
#include "cli/disk.hpp"
#include "cli/field_flags.hpp"
#include "cli/terminal.hpp"
#include "core/text.hpp"
#include "geo/csv.hpp"
#include "geo/gdal/osm.hpp"
#include "sim/scenario/generate.hpp"
#include "sim/scenario/import_osm.hpp"
#include "sim/study/study.hpp"

namespace footfall::cli {
namespace {

constexpr const char* scenario_marker = "scenario.json";

bool is_single_file(const std::string& path) {
  return path.ends_with(".footfall");
}

void print_summary(const scenario::Scenario& s) {
  double residents = 0;
  for (const auto& d : s.demand) residents += d.residents;
  std::size_t count[3] = {0, 0, 0};
  for (const auto& store : s.stores) ++count[static_cast<std::size_t>(store.role)];
  std::printf(
      "%s: %zu demand points with %s residents, %zu own stores, %zu competitors, %zu candidate "
      "sites, "
      "%zu roads, %zu areas\n",
      s.name.c_str(), s.demand.size(), grouped(residents, 0).c_str(), count[0], count[1], count[2],
      s.roads.size(), s.areas.size());
  for (const std::string& note : s.notes) std::printf("  note: %s\n", note.c_str());
}

int write_out(const scenario::Scenario& scenario, const std::string& out) {
  const auto files = scenario::write_scenario(scenario);
  const Errors errors = is_single_file(out) ? write_file(out, scenario::pack(files))
                                            : write_folder(out, files, scenario_marker);
  if (!errors.empty()) return print_errors(errors), 1;
  print_summary(scenario);
  std::printf("Written to %s\n", out.c_str());
  return 0;
}

int check(const std::string& path) {
  auto scenario = open_scenario(path);
  if (!scenario) return print_errors(scenario.error()), 1;
  const Errors errors = study::check(*scenario);
  if (!errors.empty()) return print_errors(errors), 1;
  print_summary(*scenario);
  std::printf("No errors\n");
  return 0;
}

void add_check(CLI::App& family, Action& action) {
  CLI::App* command =
      family.add_subcommand("check", "Read a scenario and list everything that is wrong in it");
  command->footer("Example:\n  footfall scenario check my-city");
  auto path = std::make_shared<std::string>();
  command->add_option("scenario", *path, "Scenario folder or .footfall file")->required();
  command->callback([&action, path] { action = [path] { return check(*path); }; });
}

void add_generate(CLI::App& family, Action& action) {
  struct Given {
    std::string out;
    scenario::CityParams params;
    FieldFlags flags;
  };
  CLI::App* command = family.add_subcommand("generate", "Make a city with known parameters");
  command->footer(
      "Example:\n  footfall scenario generate --demand-points 20000 --residents 300000 --out "
      "my-city");
  auto given = std::make_shared<Given>();
  command->add_option("--out", given->out, "Folder, or file ending in .footfall")->required();
  given->flags.add(*command, fields(given->params));
  command->callback([&action, given] {
    action = [given] {
      const Errors errors = given->flags.apply(fields(given->params));
      if (!errors.empty()) return print_errors(errors), 1;
      auto scenario = scenario::generate_city(given->params);
      if (!scenario) return print_errors(scenario.error()), 1;
      return write_out(*scenario, given->out);
    };
  });
}

struct OsmGiven {
  std::string map, population, out;
  scenario::OsmImportParams params;
  FieldFlags flags;
};

int import_osm(const OsmGiven& given_const) {
  OsmGiven given = given_const;
  const Errors errors = given_const.flags.apply(fields(given.params));
  if (!errors.empty()) return print_errors(errors), 1;
  auto population_bytes = read_file(given.population, std::size_t{256} << 20);
  if (!population_bytes) return print_errors(population_bytes.error()), 1;
  auto population = geo::parse_csv(*population_bytes, given.population);
  if (!population) return print_errors(population.error()), 1;
  auto scenario = [&]() -> Result<scenario::Scenario> {
    TerminalJob job;
    auto extract = geo::gdal::read_osm(given.map, job.job());
    if (!extract) return fail(std::move(extract.error()));
    return scenario::import_osm(*extract, *population, given.population, given.params, job.job());
  }();
  if (!scenario) return print_errors(scenario.error()), 1;
  return write_out(*scenario, given.out);
}

void add_import(CLI::App& family, Action& action) {
  CLI::App* import =
      family.add_subcommand("import", "Make a scenario from other data")->require_subcommand(1);
  CLI::App* command = import->add_subcommand(
      "osm", "From an OpenStreetMap extract and a table of residents per municipality");
  command->footer(
      "Example:\n  footfall scenario import osm liechtenstein.osm.pbf --population residents.csv "
      "--out liechtenstein");
  auto given = std::make_shared<OsmGiven>();
  command->add_option("map", given->map, "OpenStreetMap file (.osm.pbf or .osm)")->required();
  command
      ->add_option("--population", given->population,
                   "CSV with the columns municipality and residents")
      ->required();
  command->add_option("--out", given->out, "Folder, or file ending in .footfall")->required();
  given->flags.add(*command, fields(given->params));
  command->callback([&action, given] { action = [given] { return import_osm(*given); }; });
}

void add_convert(CLI::App& family, Action& action) {
  struct Given {
    std::string scenario, out, edits;
  };
  CLI::App* command = family.add_subcommand(
      "convert", "Write a scenario as folder or as one file, in the newest format");
  command->footer("Example:\n  footfall scenario convert my-city my-city.footfall");
  auto given = std::make_shared<Given>();
  command->add_option("scenario", given->scenario, "Scenario folder or .footfall file")->required();
  command->add_option("out", given->out, "Folder, or file ending in .footfall")->required();
  command->add_option("--edits", given->edits,
                      "File of edits to apply, as the window and calibrations save it");
  command->callback([&action, given] {
    action = [given] {
      auto scenario = open_scenario(given->scenario);
      if (!scenario) return print_errors(scenario.error()), 1;
      if (!given->edits.empty()) {
        const auto edits = read_edits(given->edits);
        if (!edits) return print_errors(edits.error()), 1;
        const Errors errors = scenario::apply_all(*scenario, *edits, given->edits);
        if (!errors.empty()) return print_errors(errors), 1;
      }
      return write_out(*scenario, given->out);
    };
  });
}

void add_schema(CLI::App& family, Action& action) {
  CLI::App* command = family.add_subcommand("schema", "Print the JSON Schema of scenario.json");
  command->footer("Example:\n  footfall scenario schema > scenario.schema.json");
  command->callback([&action] {
    action = [] {
      std::fputs(json_text(study::scenario_schema()).c_str(), stdout);
      return 0;
    };
  });
}

}  // namespace

void add_scenario_commands(CLI::App& app, Action& action) {
  CLI::App* family =
      app.add_subcommand("scenario", "Make, check and convert scenarios")->require_subcommand(1);
  add_check(*family, action);
  add_generate(*family, action);
  add_import(*family, action);
  add_convert(*family, action);
  add_schema(*family, action);
}

}  // namespace footfall::cli
