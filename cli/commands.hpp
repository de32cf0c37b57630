// The command families of `footfall`. Each adds its sub-commands; the chosen one sets `action`,
// which main() runs after parsing and whose value is the program's exit code.
#pragma once

#include <functional>

#include <CLI/CLI.hpp>

namespace footfall::cli {

using Action = std::function<int()>;

void add_scenario_commands(CLI::App& app, Action& action);
/// One command for each study of the registry.
void add_study_commands(CLI::App& app, Action& action);
void add_replay_command(CLI::App& app, Action& action);
void add_batch_commands(CLI::App& app, Action& action);

}  // namespace footfall::cli
