#include "ui/app.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui.h>

#include "core/text.hpp"
#include "sim/report/report.hpp"
#include "sim/study/study.hpp"
#include "ui/fonts.hpp"
#include "ui/hooks.hpp"
#include "ui/platform.hpp"
#include "ui/tr.hpp"
#include "ui/views/views.hpp"

namespace footfall::ui {
namespace {

constexpr double toast_ms = 5000, error_toast_ms = 12000;

std::string file_name_of(const std::string& name) {
  std::string out;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool safe = byte >= 0x80 || std::isalnum(byte) != 0 || c == '-' || c == '_';
    out += safe ? c : '_';
  }
  return out.empty() ? "scenario" : out;
}

std::shared_ptr<const Mesh> mesh_of(const scenario::Scenario& scenario) {
  return std::make_shared<const Mesh>(make_mesh(scenario, geo::Frame(scenario.origin())));
}

/// Round figures for the upper end of the legend.
float greatest_shown(float greatest) {
  for (const float step : {0.02f, 0.05f, 0.1f, 0.15f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.8f}) {
    if (greatest <= step) return step;
  }
  return 1;
}

}  // namespace

App::App(const Options& options) : fixed_language_(options.language), fixed_dark_(options.dark) {
  settings.language = fixed_language_.value_or(platform::language() == "zh" ? Language::chinese
                                                                            : Language::english);
  settings.dark = fixed_dark_.value_or(platform::prefers_dark());
  use_language(settings.language);
  platform::load("settings");
}

// --- what arrives

bool App::poll() {
  bool changed = false;
  while (take_event()) changed = true;
  changed = take_reply() || changed;
  changed = take_opened() || changed;
  changed = send_request() || changed;
  const double now = platform::now_ms();
  const auto expired = [now](const Toast& t) { return t.until_ms <= now; };
  const auto gone = std::remove_if(toasts.begin(), toasts.end(), expired);
  changed = changed || gone != toasts.end();
  toasts.erase(gone, toasts.end());
  if (!font_asked_ && document.is_open() && shows_chinese()) {
    font_asked_ = fonts_changed_ = true;
    platform::request_font();
  }
  return changed;
}

bool App::take_event() {
  auto event = platform::next_event();
  if (!event) return false;
  using Kind = platform::Event::Kind;
  switch (event->kind) {
    case Kind::file:
      open_file(std::move(event->name), std::move(event->bytes));
      break;
    case Kind::file_failed:
      toast(Toast::Kind::error,
            event->name.empty() ? event->text : event->name + ": " + event->text);
      break;
    case Kind::engine_progress:
      document.engine_progress(event->generation, event->share, event->text);
      break;
    case Kind::engine_reply:
      decode_reply(event->generation, std::move(event->bytes));
      break;
    case Kind::font:
      chinese_font_ = std::move(event->bytes);
      fonts_changed_ = true;
      break;
    case Kind::context_restored:
      context_restored_ = true;
      break;
    case Kind::saved:
      toast(Toast::Kind::success, tr("toast.saved", {event->name}));
      break;
    case Kind::stored:
      if (event->name == "settings") restore_settings(event->bytes);
      if (event->name == "edits") restore_edits(event->bytes);
      break;
  }
  return true;
}

bool App::send_request() {
  auto request = document.take_request(platform::now_ms());
  if (!request) return false;
  platform::engine_run(std::move(*request), document.generation());
  return true;
}

void App::open_file(std::string name, std::string bytes) {
  auto opening = std::make_shared<Opening>();
  opening_ = opening;  // an earlier one is not waited for
  platform::in_background([opening, name = std::move(name), bytes = std::move(bytes)] {
    opening->opened = Document::read(name, bytes);
    if (opening->opened) opening->mesh = mesh_of(opening->opened->scenario);
    opening->done = true;
  });
}

void App::decode_reply(std::uint64_t generation, std::string bytes) {
  auto arriving = std::make_shared<Arriving>();
  arriving->generation = generation;
  arriving_ = arriving;  // an earlier one is out of date
  platform::in_background([arriving, bytes = std::move(bytes)] {
    arriving->reply = study::decode_reply(bytes);
    arriving->done = true;
  });
}

bool App::take_reply() {
  if (!arriving_ || !arriving_->done) return false;
  const auto arriving = std::exchange(arriving_, nullptr);
  const bool computing = document.computing();
  document.engine_reply(arriving->generation, std::move(arriving->reply));
  if (computing && !document.computing() && !document.errors().empty()) toast(document.errors());
  return true;
}

bool App::take_opened() {
  if (!opening_ || !opening_->done) return false;
  const auto opening = std::exchange(opening_, nullptr);
  if (!opening->opened) return toast(opening->opened.error()), true;
  document.show(std::move(*opening->opened));
  mesh_ = std::move(opening->mesh);
  platform::engine_cancel();
  map = {};
  tool = Tool::select;
  dialog = Dialog::none;
  stored_edits_.clear();
  restore_asked_ = true;
  platform::load("edits");
  return true;
}

bool App::take_context_restored() {
  const bool restored = std::exchange(context_restored_, false);
  if (restored) renderer.forget();
  return restored;
}

bool App::fonts_changed() {
  return std::exchange(fonts_changed_, false);
}

bool App::shows_chinese() const {
  if (settings.language == Language::chinese) return true;
  if (has_chinese(palette_filter) || has_chinese(open_path)) return true;
  if (last_toast && has_chinese(last_toast->text)) return true;
  const scenario::Scenario& s = document.scenario();
  return has_chinese(s.name) ||
         std::any_of(s.stores.begin(), s.stores.end(),
                     [](const auto& store) { return has_chinese(store.name); });
}

double App::due_in_ms() const {
  if (busy()) return 33;
  const double now = platform::now_ms();
  double due = document.request_due_in_ms(now);
  for (const Toast& t : toasts) {
    const double left = std::max(0.0, t.until_ms - now);
    due = due < 0 ? left : std::min(due, left);
  }
  return due;
}

// --- what survives a restart

void App::restore_settings(std::string_view bytes) {
  const auto json = parse_json(bytes.empty() ? "{}" : bytes, "settings");
  if (!json || !json->is_object()) return;
  const auto number = [&](const char* key, float& out, float min, float max) {
    if (json->contains(key) && (*json)[key].is_number()) {
      out = std::clamp((*json)[key].get<float>(), min, max);
    }
  };
  const auto flag = [&](const char* key, bool& out) {
    if (json->contains(key) && (*json)[key].is_boolean()) out = (*json)[key].get<bool>();
  };
  number("left_width", settings.left_width, 240, 900);
  number("right_width", settings.right_width, 240, 900);
  number("chart_height", settings.chart_height, 120, 900);
  flag("show_left", settings.show_left);
  flag("show_right", settings.show_right);
  flag("show_chart", settings.show_chart);
  if (!fixed_dark_) flag("dark", settings.dark);
  if (!fixed_language_ && json->contains("language")) {
    set_language((*json)["language"] == "zh" ? Language::chinese : Language::english);
  }
}

void App::store_settings() {
  const Json json{{"left_width", settings.left_width},
                  {"right_width", settings.right_width},
                  {"chart_height", settings.chart_height},
                  {"show_left", settings.show_left},
                  {"show_right", settings.show_right},
                  {"show_chart", settings.show_chart},
                  {"dark", settings.dark},
                  {"language", code_of(settings.language)}};
  std::string text = json.dump();
  if (text == stored_settings_) return;
  if (!stored_settings_.empty()) platform::store("settings", text);
  stored_settings_ = std::move(text);
}

void App::restore_edits(std::string_view bytes) {
  if (!std::exchange(restore_asked_, false) || bytes.empty()) return;
  const auto json = parse_json(bytes, "edits");
  if (!json || !json->is_object() || !json->contains("edits") ||
      json->value("base_hash", Json()) != Json(document.base_hash())) {
    return;
  }
  const auto edits = scenario::edits_from_json({{"edits", (*json)["edits"]}}, "edits");
  if (!edits || edits->empty() || document.undo_depth() > 0) return;
  if (document.replay(*edits).empty()) {
    toast(Toast::Kind::info, tr("toast.restored", {std::to_string(edits->size())}));
  }
}

void App::store_edits() {
  if (!document.is_open() || restore_asked_ || stored_version_ == document.version()) return;
  stored_version_ = document.version();
  Json json = scenario::edits_to_json(document.edits());
  json["base_hash"] = document.base_hash();
  std::string text = json.dump();
  if (text == stored_edits_) return;
  if (!stored_edits_.empty() || document.undo_depth() > 0) platform::store("edits", text);
  stored_edits_ = std::move(text);
}

// --- what the user does

void App::toast(Toast::Kind kind, std::string text) {
  const double stay = kind == Toast::Kind::error ? error_toast_ms : toast_ms;
  last_toast = Toast{kind, std::move(text), platform::now_ms() + stay};
  toasts.push_back(*last_toast);
  if (toasts.size() > 4) toasts.erase(toasts.begin());
}

void App::toast(const Errors& errors) {
  if (errors.empty() || errors.front().message == cancelled_message) return;
  toast(Toast::Kind::error, std::string(trimmed(describe(errors, 4))));
}

void App::set_language(Language language) {
  settings.language = language;
  use_language(language);
  fonts_changed_ = true;
}

void App::set_dark(bool dark) {
  settings.dark = dark;
}

void App::choose_file() {
  if (platform::has_file_chooser()) return platform::choose_file();
  dialog = Dialog::open;
}

void App::save_scenario() {
  platform::save_file(file_name_of(document.scenario().name) + ".footfall", document.packed(),
                      "application/x-tar");
}

void App::save_edits() {
  platform::save_file(file_name_of(document.scenario().name) + "-edits.json", edits_json(*this),
                      "application/json");
}

void App::show_report() {
  const auto language = settings.language;
  platform::open_in_browser(
      "report.html",
      report::html(document.results(), study::base_map(document.scenario()), language));
}

void App::add_site(LonLat place) {
  const Errors errors = document.add_candidate(place, platform::now_ms());
  if (!errors.empty()) return toast(errors);
  right_tab = Tab::site;
}

void App::select(StoreId id, bool centre) {
  document.select(id);
  if (id) right_tab = Tab::site;
  const scenario::Store* store = centre ? document.scenario().store(id) : nullptr;
  if (store != nullptr) {
    camera.set(camera.frame().to_local(document.place_of(*store)), camera.scale());
  }
}

bool App::take_fingers(float x, float y) {
  if (!document.is_open() || dialog != Dialog::none || !camera.contains({x, y})) return false;
  document.cancel_drag(platform::now_ms());
  map.pressed = {};
  map.called_off = true;
  return true;
}

void App::take_shortcuts() {
  const bool typing = ImGui::GetIO().WantTextInput;
  for (const Shortcut& pressed : std::exchange(pressed_, {})) {
    for (const Command& command : commands.all()) {
      if (pressed.key == 0 || !(command.shortcut == pressed)) continue;
      // Text fields keep their own keys, dialogs all but what leaves them.
      const bool file = command.menu == Menu::file || command.id == "help.palette";
      if (typing && !(pressed.ctrl && file) && command.id != "edit.cancel") continue;
      if (dialog != Dialog::none && !file && command.id != "edit.cancel") continue;
      if (command.enabled(*this)) command.run(*this);
    }
  }
}

// --- frames

void App::update_mesh() {
  if (!document.is_open() || mesh_version_ == document.base_version()) return;
  mesh_version_ = document.base_version();
  camera.set_frame(geo::Frame(document.scenario().origin()));
  auto mesh = std::exchange(mesh_, nullptr);
  renderer.set_mesh(mesh ? std::move(mesh) : mesh_of(document.scenario()));
  map = {};
  fit_pending = true;
}

void App::update_shares() {
  const LiveSite* live = document.live();
  const std::uint64_t version = live != nullptr ? document.live_model().version() : 0;
  if (version == map.shares_version) return;
  if (live == nullptr && document.dragging()) return;  // too slow to follow: the last ones stay
  map.shares_version = version;
  if (live == nullptr) return renderer.set_shares({}, 1);
  const auto greatest = std::max_element(live->shares.begin(), live->shares.end());
  const float shown = greatest_shown(greatest == live->shares.end() ? 0.1f : *greatest);
  // The legend must not flicker under a drag: it only grows.
  map.greatest_share = document.dragging() ? std::max(map.greatest_share, shown) : shown;
  renderer.set_shares(live->shares, map.greatest_share);
}

void App::frame() {
  const double start = platform::now_ms();
  clear_marks();
  hovered_next = {};
  take_shortcuts();
  update_mesh();
  draw_layout(*this);
  update_shares();
  hovered = hovered_next;
  store_settings();
  store_edits();
  ++frames;
  frame_ms = platform::now_ms() - start;
  frame_ms_max = std::max(frame_ms_max, frame_ms);
}

void App::draw_map(int width_px, int height_px) {
  if (!document.is_open()) return;
  const float ratio = static_cast<float>(width_px) / std::max(1.0f, ImGui::GetIO().DisplaySize.x);
  renderer.draw(camera, palette(), ratio, height_px);
}

}  // namespace footfall::ui
