// The batch of the window's workspace "runs": what its form says, the units that the engine runs
// for it, and the figures that have arrived. It knows no screen: the window shows it, tests drive
// it. What a unit computes, which units are wanted and what an interval is are the command line's
// (sim/study/unit_work.hpp, sim/experiment/).
//
// The engine is asked for a few units at a time: one at first, then as many as it finishes in about
// a tenth of a second. So figures arrive as they are made, and a batch can be called off between
// two requests as well as within one.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "sim/experiment/tally.hpp"
#include "sim/study/session.hpp"
#include "ui/document.hpp"

namespace footfall::ui {

/// What the form says. What is not meant by the design is kept, but not used.
struct BatchSetup {
  std::string study = std::string(main_study);
  Json options = Json::object();  ///< of the study; what differs from the defaults
  experiment::DesignKind design = experiment::DesignKind::lhs;
  std::vector<experiment::Variable> variables;
  std::string list;  ///< CSV of a list: a column for each variable, a row for each point
  std::int64_t points = 16;
  std::uint32_t replications = 5;  ///< at most, where it stops early
  std::int64_t seed = 1;
  bool stops = false;  ///< replicate until the figure is known well enough
  std::string figure;
  double half_width_percent = 5;  ///< wanted: 95 % interval, half its width as a share of the mean
};
Json to_json(const BatchSetup& setup);

/// A parameter or option of a study that can be varied.
struct Variation {
  experiment::Variable variable;  ///< its range or levels as they are proposed
  std::string_view block;         ///< room, or study where it is an option
  std::string_view field, unit;
  double min = 0, max = 0;  ///< allowed
  bool ranged = false;      ///< the scenario itself says in which range it is
};
/// All that `footfall batch plan --vary` takes for the study; those with ranges of their own come
/// first. Ranges are the scenario's; of numbers without one, half to double their value.
std::vector<Variation> variations(const study::Study& study, const scenario::Scenario& scenario);

/// One figure over the whole batch.
struct BatchFigure {
  std::string unit;
  std::vector<std::vector<double>> values;  ///< by point, in the order of replications
};

class Batch {
 public:
  /// A larger one is refused: it is work for the command line.
  static constexpr std::uint64_t most_units = 100'000;
  static constexpr double level = 0.95;  ///< of all intervals

  BatchSetup setup;

  /// Another scenario is open: all goes but the setup, which is checked anew.
  void reset(const scenario::Scenario& scenario);
  /// Another study: options and variables go.
  void set_study(std::string_view study, const scenario::Scenario& scenario);

  /// Units that the form asks for (at most, where it stops early); 0 where that cannot be said.
  std::uint64_t planned_units() const;
  /// The plan that the form makes. All problems of it.
  Result<experiment::Plan> plan_of(const Document& document) const;

  /// Runs the plan of the form. Where it is the plan of the units that are there already and some
  /// are left, goes on with those; else all are run anew.
  Errors start(const Document& document, double now_ms);
  /// True: it was running, and the engine must be told. What has arrived stays.
  bool cancel();

  /// The bytes of the next request; nothing where none is due.
  std::optional<std::string> take_request(const Document& document, double now_ms);
  bool request_due() const { return running_ && asked_.empty(); }
  std::uint64_t generation() const { return generation_; }
  /// Those of an older generation are thrown away.
  void engine_progress(std::uint64_t generation, double share, std::string stage);
  /// True where the batch has ended by it.
  bool engine_reply(std::uint64_t generation, Result<study::Reply> reply, double now_ms);

  // --- what is shown. All of the plan that was started last.
  bool started() const { return started_; }
  bool running() const { return running_; }
  /// Units are left.
  bool unfinished() const { return done_ + failures_.size() < wanted_; }
  /// Form or scenario are no longer those of the plan.
  bool stale(const Document& document) const;
  const experiment::Plan& plan() const { return plan_; }
  std::uint64_t points() const { return points_.count; }
  std::vector<std::string> values_of(std::uint64_t point) const;
  std::uint64_t done() const { return done_; }
  std::uint64_t wanted() const { return wanted_; }  ///< known so far to be, where it stops early
  double share() const;
  const std::string& stage() const { return stage_; }
  /// By the pace so far; nothing before the first unit.
  std::optional<double> seconds_left(double now_ms) const;
  /// Why the batch itself ended.
  const Errors& errors() const { return errors_; }
  /// By unit: why it failed.
  const std::map<std::uint64_t, std::string>& failures() const { return failures_; }
  const std::map<std::string, BatchFigure, std::less<>>& figures() const { return figures_; }
  /// Mean and interval of a figure at each point; empty where there is no such figure.
  const std::vector<experiment::Estimate>& estimates(std::string_view figure) const;
  /// The same over the first 1, 2, … replications of one point.
  std::vector<experiment::Estimate> running_estimates(std::string_view figure,
                                                      std::uint64_t point) const;
  /// A row for each point: number, variables, n, mean, its interval and half its width.
  Table table(std::string_view figure) const;
  /// Grows whenever something of the above changes.
  std::uint64_t version() const { return version_; }

  std::uint64_t selected = 0;  ///< point
  /// Ids of the figures that the study is known to have: from its last batch.
  std::vector<std::string> known_figures() const;

 private:
  std::string key_of(const Document& document) const;
  void next_round();
  void adapt(double took_ms);
  void take_unit(const study::UnitReply& unit);
  void begin_anew(experiment::Plan plan);

  bool started_ = false, running_ = false;
  std::string key_;  ///< of form and scenario when it was started
  experiment::Plan plan_;
  experiment::Points points_;
  experiment::Tally tally_;
  std::deque<std::uint64_t> queue_;   ///< of the present round
  std::vector<std::uint64_t> asked_;  ///< what the engine runs
  std::size_t at_once_ = 1;
  double start_ms_ = 0, asked_ms_ = 0, quickest_ms_ = 1e300;
  std::uint64_t finished_ = 0;  ///< since the start
  std::uint64_t done_ = 0, wanted_ = 0, generation_ = 0, version_ = 0;
  std::string base_sent_;
  double share_ = 0;  ///< of what the engine runs
  std::string stage_;
  Errors errors_;
  std::map<std::uint64_t, std::string> failures_;
  std::map<std::string, BatchFigure, std::less<>> figures_;
  mutable std::map<std::string, std::vector<experiment::Estimate>, std::less<>> estimates_;
};

}  // namespace footfall::ui
