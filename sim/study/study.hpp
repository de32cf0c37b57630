// The registry: every computation by name. Flags of the command line, forms of the window, messages to a
// worker and batch units are made from it, so they cannot drift apart.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/job.hpp"
#include "core/params.hpp"
#include "core/result.hpp"
#include "sim/catchment/market.hpp"
#include "sim/report/report.hpp"
#include "sim/scenario/edit.hpp"
#include "sim/scenario/files.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::study {

/// What a study gives back beside its results: the live field, so that a window can go on from it.
struct Output {
  Results results;
  catchment::Field field;
};

/// A study's own options as an object with fields; one instance per run.
class Options {
 public:
  virtual ~Options() = default;
  virtual Fields fields() = 0;
};

struct Study {
  std::string_view name;     ///< two words: "sites rank"
  std::string_view summary;  ///< one English sentence
  std::string_view example;  ///< a command line
  std::vector<std::string_view> rooms;  ///< whose parameter blocks it reads
  std::unique_ptr<Options> (*options)();
  Result<Output> (*run)(const scenario::Scenario&, Options&, const Job&);
};

/// All studies, in the order of help texts.
std::span<const Study> studies();
const Study* find_study(std::string_view name);

/// Parameter blocks of all rooms: name and fields over a block read from the scenario.
struct Room {
  std::string_view name;
  Json (*defaults)();
  Errors (*check)(const Json& block);          ///< all problems of a block
  Json (*schema)();
  /// Calls visit with the fields of the block in the scenario; the edited block is returned.
  Json (*with_fields)(const Json& block, const std::function<void(Fields&)>& visit);
};
std::span<const Room> rooms();

/// Everything that can be wrong in a scenario beyond its files: all rooms' blocks.
Errors check(const scenario::Scenario& scenario);

/// Runs a study on scenario + edits. `options` is a JSON object of the study's fields (absent: defaults).
/// Fills the provenance.
Result<Output> run(std::string_view study, const scenario::Scenario& scenario,
                   const std::vector<scenario::Edit>& edits, const Json& options, const Job& job);

/// The base map of a scenario for reports.
report::BaseMap base_map(const scenario::Scenario& scenario);

}  // namespace footfall::study
