// The registry: every computation by name. Flags of the command line, forms of the window, messages
// to a worker and batch units are made from it, so they cannot drift apart.
//
// What a study computes stands in its own file as compute_<name>() and is called by run() alone:
// programs that only describe studies, as the browser's window does, do not link the models.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/job.hpp"
#include "core/result.hpp"
#include "sim/catchment/market.hpp"
#include "sim/report/report.hpp"
#include "sim/scenario/edit.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/study/block.hpp"

namespace footfall::study {

/// What a study gives back: its results and, where it has one, the live field from which a window
/// goes on; and what it found for the scenario, as edits on the edited scenario (a calibration).
struct Output {
  Results results;
  catchment::Field field;
  std::vector<scenario::Edit> edits;
};

/// A table of the scenario (scenario::room_tables) that a command line may bring in a file of its
/// own.
struct Input {
  std::string_view flag;   ///< "counts"
  std::string_view table;  ///< "counts.csv"
  std::string_view help;
};

struct Study {
  std::string_view name;                ///< two words: "sites rank"
  std::string_view summary;             ///< one English sentence
  std::string_view example;             ///< a command line
  Block options;                        ///< the study's own parameters
  std::vector<std::string_view> rooms;  ///< whose parameter blocks it reads
  std::vector<Input> inputs = {};
};

/// All studies, in the order of help texts.
std::span<const Study> studies();
const Study* find_study(std::string_view name);

/// The parameter blocks of all rooms, in the order of forms.
std::span<const Block> rooms();
const Block* find_room(std::string_view name);

/// The block of a room in a scenario, an empty object where it has none.
const Json& room_block(const scenario::Scenario& scenario, std::string_view room);

/// The edit that `--set room.name=value` and a field of the window's form make. `path` may end in
/// .low or .high. Errors name the path and the allowed range.
Result<scenario::Edit> parameter_edit(const scenario::Scenario& scenario, std::string_view path,
                                      std::string_view value);

/// Everything that can be wrong in a scenario beyond its files: all rooms' blocks, blocks of no
/// room.
Errors check(const scenario::Scenario& scenario);

/// The JSON Schema of scenario.json with the blocks of all rooms.
Json scenario_schema();

/// Runs a study on scenario + edits. `options` is a JSON object of the study's own fields (absent
/// ones have their defaults). `scenario_hash` goes into the provenance: who runs many studies on
/// one scenario knows it; empty: it is computed. Errors of the input, of the edits, of the blocks;
/// or that it was cancelled.
Result<Output> run(std::string_view study, const scenario::Scenario& scenario,
                   const std::vector<scenario::Edit>& edits, const Json& options, const Job& job,
                   std::string_view scenario_hash = {});

/// The base map of a scenario for reports.
report::BaseMap base_map(const scenario::Scenario& scenario);

}  // namespace footfall::study
