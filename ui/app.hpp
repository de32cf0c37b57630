// The window's program: what is shown and what the user does, whatever system it runs on.
//
//   poll()   takes what has arrived (files, engine, settings), sends what is due
//   frame()  one ImGui frame: all views, then the draw lists are ready
//   draw_map() the GL part, under ImGui
//
// Views (views/*.cpp) are functions of App. They read the document and change it only through its
// functions or a command, so that everything can be undone and done without the mouse.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/texts.hpp"
#include "ui/batch.hpp"
#include "ui/commands.hpp"
#include "ui/document.hpp"
#include "ui/map/camera.hpp"
#include "ui/map/renderer.hpp"
#include "ui/playback.hpp"
#include "ui/studies.hpp"

namespace footfall::ui {

namespace platform {
enum class Engine : std::uint8_t;
}

enum class Tool : std::uint8_t { select, add_site };
enum class Dialog : std::uint8_t { none, open, about, palette };
/// What the window is used for. Each has a study of the registry behind it; the runs have any.
enum class Workspace : std::uint8_t { sites, shoppers, world, runs };
inline constexpr std::size_t workspaces = 4;
std::string_view name_of(Workspace workspace);
/// The registry has the studies behind it.
bool has_studies(Workspace workspace);
/// Of the shoppers' workspace: who lives where, and where they go in a year.
enum class ShoppersMode : std::uint8_t { explore, year };

/// Tabs of the right panel, and of the one panel under the map of a narrow window.
enum class Tab : std::uint8_t { ranking, site, parameters, chart };

/// What survives a restart.
struct Settings {
  Language language = Language::english;
  bool dark = false;
  float left_width = 404, right_width = 340, chart_height = 232;  ///< logical pixels
  float form_width = 320, results_width = 470;                    ///< of the other workspaces
  bool show_left = true, show_right = true, show_chart = true;
  Workspace workspace = Workspace::sites;
};

/// What the mouse is doing on the map.
struct MapState {
  StoreId pressed;               ///< candidate under the button that is down
  bool moved = false;            ///< and it has moved enough to be a drag
  bool called_off = false;       ///< by a second finger, until all are up
  float grab_x = 0, grab_y = 0;  ///< from the mouse to the place of what is dragged
  ScreenPoint press;
  float greatest_share = 0.1f;  ///< upper end of the legend
  std::uint64_t shares_version = 0;
  std::vector<Live::Ring> rings;
  LonLat rings_place;
  StoreId rings_of;
  std::uint64_t rings_version = 0;
  std::string legend;       ///< what the dots' colours mean; empty: no dots of results
  std::string legend_most;  ///< value of the strongest
};

/// What the workspace of runs shows of its batch.
struct RunsView {
  std::string figure;  ///< empty: the first
  std::string axis;    ///< variable along the chart; empty: by itself
  std::size_t form_tab = 0, table_tab = 0;
};

struct Toast {
  enum class Kind : std::uint8_t { info, success, error };
  Kind kind = Kind::info;
  std::string text;
  double until_ms = 0;
};

class App {
 public:
  struct Options {
    std::optional<Language> language;  ///< absent: the stored one, else the system's
    std::optional<bool> dark;          ///< absent: the stored one, else the system's
  };
  explicit App(const Options& options);

  /// Takes all events of the platform and sends the engine what is due. True: a frame must be
  /// drawn.
  bool poll();
  /// Between ImGui::NewFrame() and ImGui::Render().
  void frame();
  /// Draws the base map and the demand points with GL; the frame buffer's size is in physical
  /// pixels.
  void draw_map(int width_px, int height_px);
  /// The engine computes, or a file is being read.
  bool busy() const { return opening_ != nullptr || computing(); }
  bool opening() const { return opening_ != nullptr; }
  /// Milliseconds until something is due by itself; < 0: never, until input arrives.
  double due_in_ms() const;
  /// Fonts must be made again before the next frame (language, pixel ratio, a font has arrived).
  bool fonts_changed();
  /// Chinese is shown: by the window itself, by the scenario, or as it is typed.
  bool needs_chinese() const { return font_asked_ || settings.language == Language::chinese; }
  /// The large Chinese font, empty until it has arrived.
  const std::string& chinese_font() const { return chinese_font_; }
  /// True once after a lost context has come back.
  bool take_context_restored();
  /// A key went down, with the modifiers of that moment: shortcuts are taken from here and not from
  /// ImGui's state, where a chord that is let go of within one frame loses its modifier.
  void press(const Shortcut& keys) { pressed_.push_back(keys); }
  /// Two fingers are down around this place. True where that is the map: what the first one had
  /// begun is called off, and they move the camera.
  bool take_fingers(float x, float y);
  void release_fingers() { map.called_off = false; }

  void toast(Toast::Kind kind, std::string text);
  void toast(const Errors& errors);
  void set_language(Language language);
  void set_dark(bool dark);
  void choose_file();
  void save_scenario();
  void save_edits();
  void show_report();
  void add_site(LonLat place);
  void select(StoreId id, bool centre = false);
  void set_workspace(Workspace workspace);
  bool on_sites() const { return settings.workspace == Workspace::sites; }
  /// The film of the year's visits is on the map.
  bool on_film() const;
  bool on_runs() const { return settings.workspace == Workspace::runs; }
  /// The study behind the workspace; null on the sites, whose study the document drives, and on the
  /// runs, which have a batch.
  const study::Study* shown_study() const;
  /// Results that the workspace shows; null where there are none.
  const Results* shown_results() const;
  void run_study();
  void cancel_study();
  /// The figure that the runs show; empty before there is one.
  std::string runs_figure() const;
  /// Saves the table of design points as CSV.
  void export_runs();
  /// Something is being computed, for whatever workspace.
  bool computing() const { return document.computing() || studies.computing() || batch.running(); }

  // Read by views and hooks.
  Document document;
  Studies studies;
  Batch batch;
  RunsView runs;
  Playback film;
  Commands commands;
  Settings settings;
  Camera camera;
  MapRenderer renderer;
  MapState map;
  Tool tool = Tool::select;
  Dialog dialog = Dialog::none;
  Tab tab = Tab::ranking;     ///< under the map of a narrow window
  Tab right_tab = Tab::site;  ///< site or parameters
  ShoppersMode shoppers_mode = ShoppersMode::explore;
  std::size_t form_tab = 0, results_tab = 0, narrow_tab = 0;  ///< of the other workspaces
  StoreId hovered;                                            ///< by any view, for all views
  StoreId hovered_next;                                       ///< gathered during a frame
  std::string palette_filter;
  std::string open_path;
  std::vector<Toast> toasts;
  std::optional<Toast> last_toast;
  bool fit_pending = false;  ///< fit the camera once the map's size is known
  bool map_shown = false;    ///< in this frame
  std::uint64_t frames = 0;
  double frame_ms = 0, frame_ms_max = 0;

 private:
  /// A file on its way to be shown.
  struct Opening {
    Result<Document::Opened> opened;
    std::shared_ptr<const Mesh> mesh;
    std::atomic<bool> done = false;
  };
  /// An answer of the engine on its way into the document.
  struct Arriving {
    std::uint64_t generation = 0;
    Result<study::Reply> reply;
    std::atomic<bool> done = false;
  };

  bool take_event();
  bool send_request();
  void take_shortcuts();
  void update_mesh();
  void update_shares();
  void update_film();
  void update_dots();
  void show_zones(const StudyState& state);
  bool send_study();
  bool send_batch();
  void open_file(std::string name, std::string bytes);
  bool take_opened();
  void decode_reply(platform::Engine engine, std::uint64_t generation, std::string bytes);
  bool take_reply();
  void restore_edits(std::string_view bytes);
  void restore_settings(std::string_view bytes);
  void store_settings();
  void store_edits();
  bool shows_chinese() const;

  std::vector<Shortcut> pressed_;
  std::shared_ptr<Opening> opening_;
  std::array<std::shared_ptr<Arriving>, 3> arriving_;  // of each engine
  std::shared_ptr<const Mesh> mesh_;                   ///< of the document, made while it was read
  std::string chinese_font_;
  bool font_asked_ = false, fonts_changed_ = true, context_restored_ = false;
  std::optional<Language> fixed_language_;
  std::optional<bool> fixed_dark_;
  std::string stored_settings_, stored_edits_;
  std::uint64_t mesh_version_ = 0, stored_version_ = 0;
  bool restore_asked_ = false;
  std::uint64_t film_version_ = 0;
  std::string dots_key_;
  double film_ms_ = 0;
};

}  // namespace footfall::ui
