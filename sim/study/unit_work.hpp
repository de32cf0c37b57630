// What a unit of a batch does: a study of the registry on the plan's scenario, with the values of
// one design point. A variable is a parameter path (room.name) or an option of the study. The
// command line and the engine of the window run units by this.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/experiment/plan.hpp"
#include "sim/study/study.hpp"

namespace footfall::study {

/// What came of a unit.
struct UnitOutcome {
  std::string figures;  ///< JSON: {"id": [value, low, high, unit], …}; of a unit that is done
  std::string message;  ///< in one line, why it failed; empty where it is done
  Results results;      ///< of a unit that is done
  bool failed() const { return !message.empty(); }
};

class UnitWork {
 public:
  /// Errors: no such study, edits or options that do not fit.
  static Result<UnitWork> make(const experiment::Plan& plan, const experiment::Points& points,
                               const scenario::Scenario& base);

  /// All problems of one value of a variable, as an error of `file` and `place`.
  Errors check_value(std::string_view variable, std::string_view value) const;
  /// Whether the variable takes whole numbers only.
  bool is_whole(std::string_view variable) const;
  /// Sets which variables are whole, and checks every value that can occur: the ends of a range,
  /// all levels.
  Errors check_variables(std::vector<experiment::Variable>& variables) const;

  Result<Results> run(const experiment::Unit& unit, const Job& job) const;
  /// The same for whoever runs many: whatever goes wrong, memory too, is of this unit alone.
  /// Figures that are not finite are a failure.
  UnitOutcome outcome(const experiment::Unit& unit, const Job& job) const;

 private:
  UnitWork() = default;
  const Study* study_ = nullptr;
  experiment::Plan plan_;
  experiment::Points points_;
  scenario::Scenario base_, edited_;
  std::vector<scenario::Edit> edits_;
};

/// Reads the points of a list: a CSV with a column for each variable and a row for each point. Sets
/// variables and rows of the plan.
Errors read_points(std::string_view csv, const std::string& file, const UnitWork& work,
                   experiment::Plan& plan);

}  // namespace footfall::study
