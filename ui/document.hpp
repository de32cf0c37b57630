// The open scenario with all that belongs to it: edits and their undo, selection, the drag under
// way, results and the live figures. It knows no screen: the window shows it, tests drive it.
//
// State of the results. Each state of the scenario has a key (edits in force, a drag's place among
// them, and the study's options). Results carry the key that they were asked for: where it is not
// the present one, they are pending. take_request() says when to ask the engine: at once after a
// finished edit, after rest_ms of rest during a drag or while a parameter is being moved. Where
// nothing is known of the present market yet (a new scenario, another parameter) the engine is
// asked twice: without draws, which gives figures and the live field soon, then for the intervals.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "sim/scenario/edit.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/study/session.hpp"
#include "ui/live.hpp"

namespace footfall::ui {

/// The mouse counts as resting after this time without a change.
inline constexpr double rest_ms = 150;
/// The study behind the window.
inline constexpr std::string_view main_study = "sites rank";

/// One candidate as the views show it: the row of the results with the live figures put over it.
struct SiteRow {
  StoreId id;
  std::string name;
  LonLat place;                   ///< where it is now, in the middle of a drag too
  int rank = 0;                   ///< by net-new sales; 0: no figures yet
  bool pending = true;            ///< the intervals are not of the present state
  bool live = false;              ///< the values are of this frame
  std::size_t result_row = npos;  ///< row of the table "sites", npos: not in it
  std::map<std::string, double, std::less<>> numbers;  ///< by the columns of the table "sites"
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  std::optional<double> number(std::string_view column) const;
};

class Document {
 public:
  /// A scenario that can be shown at once: what takes long has been done.
  struct Opened {
    scenario::Scenario scenario;
    std::string hash;    ///< SHA-256
    std::string packed;  ///< as one file, for the engine
    Live live;
  };
  /// Reads, checks and prepares a packed scenario, on any thread.
  static Result<Opened> read(const std::string& name, std::string_view bytes);
  static Result<Opened> prepare(scenario::Scenario scenario);
  /// Shows a scenario as new: no edits, no results, nothing selected.
  void show(Opened opened);

  /// Reads and shows a packed scenario. On errors nothing changes.
  Errors open(const std::string& name, std::string_view bytes);
  Errors open(scenario::Scenario scenario);
  bool is_open() const { return open_; }

  const scenario::Scenario& scenario() const { return scenario_; }
  /// All people of the scenario.
  double residents() const { return residents_; }
  /// SHA-256 of the scenario as it was opened, and as it is now.
  const std::string& base_hash() const { return base_hash_; }
  std::string present_hash() const;
  /// The scenario as it was opened, as one file.
  const std::string& packed_base() const { return base_packed_; }
  /// The scenario as one file, with the edits carried out.
  std::string packed() const;
  /// Grows with every change of the scenario's contents; views keep what they made for a version.
  std::uint64_t version() const { return version_; }
  /// Grows when another scenario is opened.
  std::uint64_t base_version() const { return base_version_; }

  // --- edits. Errors change nothing.
  /// `label` is a text key and, after a '|', its argument.
  Errors edit(scenario::Edit edit, std::string label, double now_ms, std::string merge_key = {});
  void end_merge() { history_.end_merge(); }
  bool undo();
  bool redo();
  std::size_t undo_depth() const { return history_.undo_depth(); }
  std::size_t redo_depth() const { return history_.redo_depth(); }
  std::string undo_label() const { return history_.undo_label(); }
  std::string redo_label() const { return history_.redo_label(); }
  std::vector<scenario::Edit> edits() const { return history_.edits(); }
  /// The same where scenario and edits in force are the same (a drag under way is no edit).
  std::string edits_key() const;
  /// Carries out edits of an earlier run of the window; all or nothing.
  Errors replay(const std::vector<scenario::Edit>& edits);

  /// A new candidate: sales area like the median candidate's, named after the nearest road or
  /// district.
  Errors add_candidate(LonLat place, double now_ms);
  Errors remove(StoreId id, double now_ms);

  // --- the study's own options (not part of the scenario).
  const Json& options() const { return options_; }
  void set_options(Json options, double now_ms);

  // --- selection.
  StoreId selected() const { return selected_; }
  void select(StoreId id);
  /// Next or previous candidate by rank.
  void select_neighbour(int step);

  // --- drag of a candidate. Nothing is edited before end_drag(), which makes one step of it.
  void begin_drag(StoreId id);
  void drag_to(LonLat place, double now_ms);
  Errors end_drag(double now_ms);
  void cancel_drag(double now_ms);
  bool dragging() const { return static_cast<bool>(dragged_); }
  StoreId dragged() const { return dragged_; }
  /// Where a store is shown: where it is dragged, else where it is.
  LonLat place_of(const scenario::Store& store) const;

  // --- the engine.
  /// The bytes of a request that is due now; nothing where none is.
  std::optional<std::string> take_request(double now_ms);
  /// Milliseconds until one is due; < 0: none is.
  double request_due_in_ms(double now_ms) const;
  void engine_progress(std::uint64_t generation, double share, std::string stage);
  /// Those of an older generation are thrown away. Decoding takes long where the scenario is large:
  /// study::decode_reply() may be called on any thread.
  void engine_reply(std::uint64_t generation, Result<study::Reply> reply);
  void engine_reply(std::uint64_t generation, std::string_view bytes) {
    engine_reply(generation, study::decode_reply(bytes));
  }
  /// The run was called off by the user: the results stay as they are until the next change.
  void engine_cancelled();
  /// Asks again, even where nothing changed.
  void run_again();
  std::uint64_t generation() const { return generation_; }
  bool computing() const { return computing_; }
  /// The results are not of the present state.
  bool pending() const;
  double progress_share() const { return progress_share_; }
  const std::string& progress_stage() const { return progress_stage_; }

  // --- results.
  bool has_results() const { return has_results_; }
  const Results& results() const { return results_; }
  /// Why the last run gave none.
  const Errors& errors() const { return errors_; }
  std::uint64_t results_version() const { return results_version_; }
  const std::vector<SiteRow>& sites() const { return sites_; }
  const SiteRow* site(StoreId id) const;
  /// The figures of the selected candidate at its present place; null where there are none.
  const LiveSite* live() const;
  const Live& live_model() const { return live_; }

 private:
  // What a request is asked for, and what the results and the live field are of.
  struct Asked {
    std::string key;        ///< state_key()
    bool draws = true;      ///< false: figures without intervals, the first of two requests
    std::string field_key;  ///< field_key()
    Json options;
    std::map<std::uint32_t, scenario::Store> candidates;
  };

  void edited(double now_ms, bool settled);
  void plan_request(double now_ms, bool settled);
  std::vector<scenario::Edit> present_edits() const;
  std::string state_key() const;
  std::string field_key() const;
  std::optional<scenario::Store> candidate_now(StoreId id) const;
  Asked asked_now() const;
  bool has_figures() const;
  void take_results(study::Reply reply);
  void update_live();
  void update_sites();
  void update_live_row();
  void rank_sites();
  SiteRow row_of(const scenario::Store& store) const;
  std::string name_near(LonLat place) const;

  bool open_ = false;
  scenario::Scenario scenario_;
  std::string base_hash_, base_packed_;
  double residents_ = 0;
  mutable std::string present_hash_;
  mutable std::uint64_t present_hash_version_ = 0;
  scenario::History history_;
  std::uint64_t version_ = 0, base_version_ = 0, results_version_ = 0;
  Json options_ = Json::object();

  StoreId selected_, dragged_;
  LonLat drag_place_;

  Live live_;

  Asked asked_, result_;
  std::string present_key_, present_field_key_;
  std::uint64_t generation_ = 0;
  bool computing_ = false, base_known_ = false;
  double due_ms_ = -1;
  double progress_share_ = 0;
  std::string progress_stage_;

  bool has_results_ = false;
  Results results_;
  Errors errors_;
  std::vector<SiteRow> sites_;
};

}  // namespace footfall::ui
