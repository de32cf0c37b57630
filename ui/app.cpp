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
#include "ui/views/result_views.hpp"
#include "ui/views/views.hpp"

namespace footfall::ui {
namespace {

constexpr std::int64_t film_sample = 8;
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

constexpr std::string_view workspace_names[] = {"sites", "shoppers", "world", "runs"};

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

std::string_view name_of(Workspace workspace) {
  return workspace_names[static_cast<std::size_t>(workspace)];
}

bool has_studies(Workspace workspace) {
  switch (workspace) {
    case Workspace::sites:
    case Workspace::runs:
      return true;
    case Workspace::shoppers:
      return study::find_study("shoppers explore") != nullptr;
    case Workspace::world:
      return study::find_study("world run") != nullptr;
  }
  return false;
}

App::App(const Options& options) : fixed_language_(options.language), fixed_dark_(options.dark) {
  settings.language = fixed_language_.value_or(platform::language() == "zh" ? Language::chinese
                                                                            : Language::english);
  settings.dark = fixed_dark_.value_or(platform::prefers_dark());
  use_language(settings.language);
  // Without a sample there is no film; one in so many keeps the table small.
  studies.set_options("shoppers simulate", {{"sample", film_sample}});
  platform::load("settings");
}

// --- what arrives

bool App::poll() {
  bool changed = false;
  while (take_event()) changed = true;
  changed = take_reply() || changed;
  changed = take_opened() || changed;
  changed = send_request() || changed;
  changed = send_study() || changed;
  changed = send_batch() || changed;
  const double now = platform::now_ms();
  if (on_film() && film.playing()) {
    film.advance(std::min(100.0, now - film_ms_));
    changed = true;
  }
  film_ms_ = now;
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
      if (event->engine == platform::Engine::studies) {
        studies.engine_progress(event->generation, event->share, event->text);
      } else if (event->engine == platform::Engine::batch) {
        batch.engine_progress(event->generation, event->share, event->text);
      } else {
        document.engine_progress(event->generation, event->share, event->text);
      }
      break;
    case Kind::engine_reply:
      decode_reply(event->engine, event->generation, std::move(event->bytes));
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

bool App::send_study() {
  auto request = studies.take_request(document, platform::now_ms());
  if (!request) return false;
  platform::engine_run(platform::Engine::studies, std::move(*request), studies.generation());
  return true;
}

bool App::send_batch() {
  auto request = batch.take_request(document, platform::now_ms());
  if (!request) return false;
  platform::engine_run(platform::Engine::batch, std::move(*request), batch.generation());
  return true;
}

bool App::send_request() {
  auto request = document.take_request(platform::now_ms());
  if (!request) return false;
  platform::engine_run(platform::Engine::ranking, std::move(*request), document.generation());
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

void App::decode_reply(platform::Engine engine, std::uint64_t generation, std::string bytes) {
  auto arriving = std::make_shared<Arriving>();
  arriving->generation = generation;
  arriving_[static_cast<std::size_t>(engine)] = arriving;  // an earlier one is out of date
  platform::in_background([arriving, bytes = std::move(bytes)] {
    arriving->reply = study::decode_reply(bytes);
    arriving->done = true;
  });
}

bool App::take_reply() {
  auto& [ranking, study, units] = arriving_;
  if (units && units->done) {
    const auto arrived = std::exchange(units, nullptr);
    const bool over =
        batch.engine_reply(arrived->generation, std::move(arrived->reply), platform::now_ms());
    if (over) toast(batch.errors());
    return true;
  }
  if (study && study->done) {
    const auto arrived = std::exchange(study, nullptr);
    const auto over = studies.engine_reply(arrived->generation, std::move(arrived->reply));
    if (over) toast(studies.state(*over).errors);
    return true;
  }
  if (!ranking || !ranking->done) return false;
  const auto arrived = std::exchange(ranking, nullptr);
  const bool computing = document.computing();
  document.engine_reply(arrived->generation, std::move(arrived->reply));
  if (computing && !document.computing() && !document.errors().empty()) toast(document.errors());
  return true;
}

bool App::take_opened() {
  if (!opening_ || !opening_->done) return false;
  const auto opening = std::exchange(opening_, nullptr);
  if (!opening->opened) return toast(opening->opened.error()), true;
  document.show(std::move(*opening->opened));
  mesh_ = std::move(opening->mesh);
  platform::engine_cancel(platform::Engine::ranking);
  platform::engine_cancel(platform::Engine::studies);
  platform::engine_cancel(platform::Engine::batch);
  studies.reset();
  batch.reset(document.scenario());
  film.clear();
  film_version_ = 0;
  dots_key_.clear();
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
  if (on_film() && film.playing()) return 0;
  if (busy()) return 33;
  const double now = platform::now_ms();
  double due = document.request_due_in_ms(now);
  const double study_due = studies.request_due_in_ms(now);
  if (study_due >= 0) due = due < 0 ? study_due : std::min(due, study_due);
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
  number("form_width", settings.form_width, 240, 900);
  number("results_width", settings.results_width, 240, 1200);
  flag("show_left", settings.show_left);
  flag("show_right", settings.show_right);
  flag("show_chart", settings.show_chart);
  for (std::size_t i = 0; i < workspaces; ++i) {
    const auto workspace = static_cast<Workspace>(i);
    if (json->value("workspace", Json()) == Json(name_of(workspace))) set_workspace(workspace);
  }
  if (!fixed_dark_) flag("dark", settings.dark);
  if (!fixed_language_ && json->contains("language")) {
    set_language((*json)["language"] == "zh" ? Language::chinese : Language::english);
  }
}

void App::store_settings() {
  const Json json{
      {"left_width", settings.left_width},       {"right_width", settings.right_width},
      {"chart_height", settings.chart_height},   {"form_width", settings.form_width},
      {"results_width", settings.results_width}, {"workspace", name_of(settings.workspace)},
      {"show_left", settings.show_left},         {"show_right", settings.show_right},
      {"show_chart", settings.show_chart},       {"dark", settings.dark},
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
  const Results* results = shown_results();
  if (results == nullptr) return;
  platform::open_in_browser(
      "report.html",
      report::html(*results, study::base_map(document.scenario()), settings.language));
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

// --- workspaces and their studies

void App::set_workspace(Workspace workspace) {
  settings.workspace = has_studies(workspace) ? workspace : Workspace::sites;
  if (on_sites()) return;
  tool = Tool::select;
  document.cancel_drag(platform::now_ms());
}

bool App::on_film() const {
  return settings.workspace == Workspace::shoppers && shoppers_mode == ShoppersMode::year;
}

const study::Study* App::shown_study() const {
  if (on_sites() || on_runs()) return nullptr;
  if (settings.workspace == Workspace::world) return study::find_study("world run");
  return study::find_study(on_film() ? "shoppers simulate" : "shoppers explore");
}

const Results* App::shown_results() const {
  if (on_sites()) return document.has_results() ? &document.results() : nullptr;
  const study::Study* study = shown_study();
  if (study == nullptr) return nullptr;
  const StudyState& state = studies.state(study->name);
  return state.has_results ? &state.results : nullptr;
}

void App::run_study() {
  if (on_sites()) return document.run_again();
  if (on_runs()) return toast(batch.start(document, platform::now_ms()));
  if (const study::Study* study = shown_study()) studies.ask(study->name);
}

void App::cancel_study() {
  if (on_sites()) {
    platform::engine_cancel(platform::Engine::ranking);
    return document.engine_cancelled();
  }
  if (on_runs()) {
    if (batch.cancel()) platform::engine_cancel(platform::Engine::batch);
    return;
  }
  const study::Study* study = shown_study();
  if (study != nullptr && studies.cancel(study->name)) {
    platform::engine_cancel(platform::Engine::studies);
  }
}

std::string App::runs_figure() const {
  const auto& figures = batch.figures();
  if (figures.contains(runs.figure)) return runs.figure;
  if (batch.plan().until && figures.contains(batch.plan().until->figure)) {
    return batch.plan().until->figure;
  }
  return figures.empty() ? std::string() : figures.begin()->first;
}

void App::export_runs() {
  const std::string figure = runs_figure();
  platform::save_file(file_name_of(document.scenario().name) + "-" + figure + ".csv",
                      to_csv(batch.table(figure)), "text/csv");
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
  const LiveSite* live = on_sites() ? document.live() : nullptr;
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

void App::update_film() {
  const StudyState& state = studies.state("shoppers simulate");
  if (state.version == film_version_) return;
  film_version_ = state.version;
  film.clear();
  const Table* trips = state.results.table("sample_visits");
  if (trips != nullptr) film.load(*trips, document.scenario(), camera.frame());
}

void App::show_zones(const StudyState& state) {
  const Layer* layer = state.results.layer("zones");
  std::vector<Dot> dots;
  if (layer != nullptr) {
    const Column* people = layer->attributes.find("people");
    double most = 1e-9;
    std::vector<double> shares;
    const auto value = [&](const char* column, std::size_t row) {
      return number_at(layer->attributes, column, row).value_or(0);
    };
    for (std::size_t i = 0; people != nullptr && i < layer->shapes.size(); ++i) {
      most = std::max(most, value("people", i));
      shares.push_back(value("share", i));
    }
    // Few people make odd shares: the strongest colour starts where the upper twentieth does.
    std::sort(shares.begin(), shares.end());
    double greatest = shares.empty() ? 1 : std::max(1.0, shares[shares.size() * 19 / 20]);
    // Where everyone is chosen, all shares are alike: the colour then says how many live there.
    const Figure* share = state.results.figure("chosen_share");
    const bool all = share != nullptr && share->value >= 100;
    const char* shown = all ? "people" : "share";
    if (all) greatest = most;
    for (std::size_t i = 0; people != nullptr && i < layer->shapes.size(); ++i) {
      const geo::Point at = camera.frame().to_local(layer->shapes[i].parts[0][0]);
      const auto weight = static_cast<float>(std::sqrt(value("people", i) / most * 2));
      dots.push_back({static_cast<float>(at.x), static_cast<float>(at.y), 14 * weight,
                      0.8f + 1.3f * weight, 14, static_cast<float>(value(shown, i) / greatest)});
    }
    map.legend = tr(all ? "ui.legend_people" : "ui.legend_chosen");
    map.legend_most = (all ? "" : "≥ ") + value_text(settings.language, greatest, all ? "" : "%");
  }
  renderer.set_dots(std::move(dots));
}

void App::update_dots() {
  if (!document.is_open()) return;
  if (on_film() && !film.empty()) {
    std::vector<Dot> dots;
    film.dots(dots);
    renderer.set_dots(std::move(dots), true);
    renderer.hide_points(true);
    map.legend.clear();
    dots_key_ = "film";
    return;
  }
  const study::Study* study = shown_study();
  const StudyState& state = studies.state(study != nullptr ? study->name : "");
  std::string key = std::string(name_of(settings.workspace)) + std::to_string(state.version) +
                    std::string(code_of(settings.language));
  if (key == dots_key_) return;
  dots_key_ = std::move(key);
  renderer.hide_points(false);
  map.legend.clear();
  show_zones(state);
}

void App::frame() {
  const double start = platform::now_ms();
  clear_marks();
  map_shown = false;
  hovered_next = {};
  take_shortcuts();
  update_mesh();
  update_film();
  draw_layout(*this);
  update_shares();
  update_dots();
  hovered = hovered_next;
  store_settings();
  store_edits();
  ++frames;
  frame_ms = platform::now_ms() - start;
  frame_ms_max = std::max(frame_ms_max, frame_ms);
}

void App::draw_map(int width_px, int height_px) {
  if (!document.is_open() || !map_shown) return;
  const float ratio = static_cast<float>(width_px) / std::max(1.0f, ImGui::GetIO().DisplaySize.x);
  renderer.draw(camera, palette(), ratio, height_px);
}

}  // namespace footfall::ui
