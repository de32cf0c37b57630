// The command `footfall`.
#include <cstdio>
#include <exception>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "core/parallel.hpp"
#include "core/version.hpp"

int main(int argc, char** argv) {
  using namespace footfall;
  CLI::App app("Footfall: simulation and planning of physical retail", "footfall");
  app.set_version_flag("--version", std::string(version));
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  int threads = 0;
  app.add_option("--threads", threads,
                 "Threads to use; 0 means one per processor; results do not depend on it")
      ->check(CLI::Range(0, 256));
  app.footer(
      "Help on a command: footfall COMMAND --help\nExample:\n  footfall sites rank my-city --out "
      "result");

  cli::Action action;
  cli::add_scenario_commands(app, action);
  cli::add_study_commands(app, action);
  cli::add_replay_command(app, action);
  cli::add_batch_commands(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  set_thread_count(threads);
  try {
    return action();
  } catch (const std::bad_alloc&) {
    std::fprintf(stderr, "not enough memory\n");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
  }
  return 1;
}
