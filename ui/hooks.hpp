// What tests and the page's accessible mirror see of the window: its state as JSON, and where each
// command or widget is on the screen. Always there, in every build: tests drive the product itself
// with real input and read the truth here, never from pixels.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace footfall::ui {

class App;

/// A rectangle on the screen, logical pixels.
struct Rect {
  float x = 0, y = 0, width = 0, height = 0;
};

/// The state as one line of JSON:
///   frame          frames drawn so far
///   idle           nothing computed, nothing animated, nothing waiting
///   language       "en" | "zh"
///   theme          "light" | "dark"
///   workspace      "sites" | "shoppers" | "world" | "runs"
///   runs           null but on the runs: {setup (what the form says), started, running, stale,
///                  points, wanted, done, failures (unit -> message), share, error, figure (that is
///                  shown), selected, table [{point, values, n, mean, half_width}]}; numbers as the
///                  shortest text that reads back to the same
///   study          null on the sites and the runs, else of the study behind the workspace: {name,
///   options (what
///                  differs from the defaults), waiting, running, share, has_results, stale, error,
///                  figures (id -> text with two decimals), tables (id -> rows)}
///   film           null, or {day, days, second, playing, speed, trips (of the day), dots}
///   dots           discs of results on the map
///   scenario       null, or {name, hash (of the state with its edits), demand, stores}
///   selection      id of the selected store, 0: none
///   hovered        id of the store under the mouse, 0: none
///   undo_depth, redo_depth
///   dialog         name of the open dialog, "" where none
///   tool           "select" | "add_site"
///   toast          {kind, text} of the newest one, null before the first
///   opening        a file is being read
///   progress       null, or {share, stage}
///   pending        the results are not of the present state: being computed, or about to be
///   dragging       a candidate is held
///   error          why there are no results, "" where there are
///   sites          [{id, name, lon, lat, x, y (logical pixels; on the map or not), rank, pending,
///   and the
///                  numbers of the results' table "sites" under its columns' names, as text with
///                  two decimals}], best first
///   live           null, or the same five figures of the selected candidate as computed in this
///   frame:
///                  {id, lon, lat, expected_sales, net_new_sales, transferred, from_competitors,
///                  from_outside}
///   window         {width, height, pixel_ratio}, logical pixels
///   map            {x, y, width, height}, logical pixels
///   text_input     null, or {x, y, height} of the caret where a text field has the focus
///   frame_ms       time of the last frame up to ImGui::Render(); frame_ms_max since the last
///   snapshot gl             {ok, uploads}: uploads counts how often the GL objects were made
std::string snapshot(App& app);

/// [{id, text, shortcut, enabled}] of all commands, in the order of the menus: texts in the
/// window's language. For the page's accessible mirror.
std::string commands_json(App& app);
/// Runs a command as a menu would. False: no such command, or not enabled.
bool run_command(App& app, std::string_view id);

/// The edits in force, as `footfall sites rank --edits FILE` reads them.
std::string edits_json(App& app);

/// Where an item of the last frame is: commands by their ids ("edit.undo"), widgets by the ids that
/// their view gave to mark(). Nothing where it was not drawn.
std::optional<Rect> item_rect(std::string_view id);

/// Names the item just drawn (ImGui's last item). Views call it after each.
void mark(std::string_view id);
void mark(std::string_view id, const Rect& rect);
/// Forgets the items of the frame before. App calls it.
void clear_marks();
/// Ids of all items of the last frame.
std::vector<std::string> marked();

/// One line of the test protocol, natively on stdin: "snapshot", "rect ID", "items", "commands",
/// "command ID", "edits". The answer is one line of JSON (null where there is nothing).
std::string answer(App& app, std::string_view line);

}  // namespace footfall::ui
