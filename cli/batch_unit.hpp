// What a unit of a batch does: a study of the registry on the ledger's scenario, with the values of
// one design point. A variable is a parameter path (room.name) or an option of the study.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/ledger.hpp"
#include "sim/study/study.hpp"

namespace footfall::cli {

class UnitWork {
 public:
  /// Errors: no such study, another scenario than the plan's, edits or options that do not fit.
  static Result<UnitWork> make(const experiment::Plan& plan, const experiment::Points& points,
                               const scenario::Scenario& base);
  static Result<UnitWork> make(const Ledger& ledger);

  /// All problems of one value of a variable, as an error of `file` and `place`.
  Errors check_value(std::string_view variable, std::string_view value) const;
  /// Whether the variable takes whole numbers only.
  bool is_whole(std::string_view variable) const;

  Result<Results> run(const experiment::Unit& unit, const Job& job) const;

 private:
  UnitWork() = default;
  const study::Study* study_ = nullptr;
  experiment::Plan plan_;
  experiment::Points points_;
  scenario::Scenario base_, edited_;
  std::vector<scenario::Edit> edits_;
};

/// The figures of a unit as the ledger keeps them: {"id": [value, low, high, unit], …}. Errors: a
/// number that is not finite.
Result<std::string> figures_text(const Results& results);

/// The whole results as `run --id` prints and the ledger keeps them.
std::string results_text(const Results& results);

}  // namespace footfall::cli
