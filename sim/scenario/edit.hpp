// An edit is a command with its old and its new value. Undo, redo, autosave, sharing and "the
// command line replays what was done in the window" are all lists of edits.
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/json.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::scenario {

/// Paths:
///   stores/12                 add (old null), remove (new null) or replace a whole store (an
///   object) stores/12/place           [lon, lat] in degrees, seven decimals stores/12/<field>
///   name, brand, role, floor_area_m2, rent_per_year, fitout, margin parameters/<room>/<name> null:
///   the default name, currency, own_brand
/// A removed store's id is not given again, also when the removal is the undo of an addition.
struct Edit {
  std::string path;
  Json before;
  Json after;

  friend bool operator==(const Edit&, const Edit&) = default;
};

/// Carries the edit out. Fails, and changes nothing, where the path leads nowhere, the value is not
/// allowed, or the present value is not `before` (the edit was made on something else).
Errors apply(Scenario& scenario, const Edit& edit);
/// The edit that takes it back.
Edit inverse(const Edit& edit);

/// Edits in the making: read the present value and make the edit; carry it out with apply().
Edit move_store(const Scenario& scenario, StoreId id, LonLat place);
Edit add_store(const Scenario& scenario, const Store& store);  ///< store.id as from next_store_id()
Edit remove_store(const Scenario& scenario, StoreId id);
Edit set_store(const Scenario& scenario, StoreId id, std::string_view field, Json value);
Edit set_parameter(const Scenario& scenario, std::string_view room, std::string_view name,
                   Json value);

/// {"edits": [{"path", "before", "after"}, …]}
Json edits_to_json(const std::vector<Edit>& edits);
Result<std::vector<Edit>> edits_from_json(const Json& json, std::string_view file);
/// All or nothing; errors name the edit's number.
Errors apply_all(Scenario& scenario, const std::vector<Edit>& edits, std::string_view file);

/// Done and undone edits of an open document. Edits with the same non-empty `merge_key` in a row
/// (the steps of one drag) become one.
class History {
 public:
  Errors perform(Scenario& scenario, Edit edit, std::string label, std::string merge_key = {});
  void end_merge();  ///< the drag is over: the next edit starts a new step
  bool undo(Scenario& scenario);
  bool redo(Scenario& scenario);
  std::size_t undo_depth() const { return position_; }
  std::size_t redo_depth() const { return steps_.size() - position_; }
  std::string undo_label()
      const;  ///< text key and argument of the step that undo() would take back
  std::string redo_label() const;
  /// The edits in force, first to last: what the command line replays.
  std::vector<Edit> edits() const;

 private:
  struct Step {
    Edit edit;
    std::string label, merge_key;
  };
  std::vector<Step> steps_;
  std::size_t position_ = 0;
};

}  // namespace footfall::scenario
