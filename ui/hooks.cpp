#include "ui/hooks.hpp"

#include <algorithm>
#include <utility>

#include <imgui.h>
#include <imgui_internal.h>

#include "core/text.hpp"
#include "ui/app.hpp"
#include "ui/platform.hpp"

namespace footfall::ui {
namespace {

using Marks = std::map<std::string, Rect, std::less<>>;
Marks marks_now;

std::string two_decimals(double value) {
  return fixed(value, 2);
}

Json site_json(const App& app, const SiteRow& row) {
  const ScreenPoint at = app.camera.to_screen(row.place);
  Json out{{"id", row.id.value}, {"name", row.name}, {"x", at.x},
           {"y", at.y},          {"rank", row.rank}, {"pending", row.pending}};
  for (const auto& [column, value] : row.numbers) out[column] = two_decimals(value);
  out["lon"] = fixed(row.place.lon(), 7);
  out["lat"] = fixed(row.place.lat(), 7);
  return out;
}

Json live_json(const App& app) {
  const LiveSite* live = app.document.live();
  if (live == nullptr) return nullptr;
  const catchment::Entry& entry = live->entry;
  return {{"id", live->id.value},
          {"lon", fixed(live->place.lon(), 7)},
          {"lat", fixed(live->place.lat(), 7)},
          {"expected_sales", two_decimals(entry.sales)},
          {"net_new_sales", two_decimals(entry.net_new())},
          {"transferred", two_decimals(entry.transferred)},
          {"from_competitors", two_decimals(entry.from_competitors)},
          {"from_outside", two_decimals(entry.from_outside)}};
}

Json scenario_json(const App& app) {
  if (!app.document.is_open()) return nullptr;
  const scenario::Scenario& s = app.document.scenario();
  return {{"name", s.name},
          {"hash", app.document.present_hash()},
          {"demand", s.demand.size()},
          {"stores", s.stores.size()}};
}

/// Of the study that the workspace shows.
Json study_json(const App& app) {
  const study::Study* study = app.shown_study();
  if (study == nullptr) return nullptr;
  const StudyState& state = app.studies.state(study->name);
  Json tables = Json::object(), figures = Json::object();
  for (const Table& table : state.results.tables) tables[table.id] = table.rows();
  for (const Figure& f : state.results.figures) figures[f.id] = two_decimals(f.value);
  return {{"name", study->name},
          {"options", state.options},
          {"waiting", state.waiting},
          {"running", state.running},
          {"share", state.share},
          {"has_results", state.has_results},
          {"stale", app.studies.stale(study->name, app.document)},
          {"error", describe(state.errors, 4)},
          {"figures", std::move(figures)},
          {"tables", std::move(tables)}};
}

Json runs_json(const App& app) {
  if (!app.on_runs()) return nullptr;
  const Batch& b = app.batch;
  const std::string figure = app.runs_figure();
  Json table = Json::array(), failures = Json::object();
  const auto& all = b.estimates(figure);
  for (std::size_t p = 0; p < all.size(); ++p) {
    table.push_back({{"point", p},
                     {"values", b.values_of(p)},
                     {"n", all[p].n},
                     {"mean", shortest(all[p].mean)},
                     {"half_width", shortest(all[p].half_width())}});
  }
  for (const auto& [id, message] : b.failures()) failures[std::to_string(id)] = message;
  return {{"setup", to_json(b.setup)}, {"started", b.started()},
          {"running", b.running()},    {"stale", b.stale(app.document)},
          {"points", b.points()},      {"wanted", b.wanted()},
          {"done", b.done()},          {"failures", std::move(failures)},
          {"share", b.share()},        {"error", describe(b.errors(), 4)},
          {"figure", figure},          {"selected", b.selected},
          {"table", std::move(table)}};
}

Json film_json(const App& app) {
  if (!app.on_film() || app.film.empty()) return nullptr;
  return {{"day", app.film.days()[app.film.day()]},
          {"days", app.film.days().size()},
          {"second", app.film.second()},
          {"playing", app.film.playing()},
          {"speed", app.film.speed()},
          {"trips", app.film.trips_of_day()},
          {"dots", app.renderer.dot_count()}};
}

Json toast_json(const App& app) {
  if (!app.last_toast) return nullptr;
  static constexpr const char* kinds[] = {"info", "success", "error"};
  return {{"kind", kinds[static_cast<std::size_t>(app.last_toast->kind)]},
          {"text", app.last_toast->text}};
}

Json caret_json() {
  const ImGuiContext* context = ImGui::GetCurrentContext();
  if (context == nullptr || !context->IO.WantTextInput) return nullptr;
  const ImGuiPlatformImeData& ime = context->PlatformImeData;
  return {{"x", ime.InputPos.x}, {"y", ime.InputPos.y}, {"height", ime.InputLineHeight}};
}

Json rect_json(const std::optional<Rect>& rect) {
  if (!rect) return nullptr;
  return {{"x", rect->x}, {"y", rect->y}, {"width", rect->width}, {"height", rect->height}};
}

bool is_idle(const App& app) {
  const double now = platform::now_ms();
  return app.due_in_ms() < 0 ||
         (!app.busy() && !app.document.dragging() && !app.film.playing() &&
          app.document.request_due_in_ms(now) < 0 && app.studies.request_due_in_ms(now) < 0);
}

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string snapshot(App& app) {
  const Document& d = app.document;
  static constexpr const char* dialogs[] = {"", "open", "about", "palette"};
  Json sites = Json::array();
  for (const SiteRow& row : d.sites()) sites.push_back(site_json(app, row));
  Json out{{"frame", app.frames},
           {"idle", is_idle(app)},
           {"language", code_of(app.settings.language)},
           {"theme", app.settings.dark ? "dark" : "light"},
           {"workspace", name_of(app.settings.workspace)},
           {"study", study_json(app)},
           {"runs", runs_json(app)},
           {"film", film_json(app)},
           {"dots", app.renderer.dot_count()},
           {"scenario", scenario_json(app)},
           {"selection", d.selected().value},
           {"hovered", app.hovered.value},
           {"undo_depth", d.undo_depth()},
           {"redo_depth", d.redo_depth()},
           {"dialog", dialogs[static_cast<std::size_t>(app.dialog)]},
           {"tool", app.tool == Tool::select ? "select" : "add_site"},
           {"toast", toast_json(app)},
           {"opening", app.opening()},
           {"progress", nullptr},
           {"pending", d.is_open() && d.pending()},
           {"dragging", d.dragging()},
           {"error", describe(d.errors(), 4)},
           {"sites", std::move(sites)},
           {"live", live_json(app)},
           {"map", rect_json(Rect{app.camera.x(), app.camera.y(), app.camera.width(),
                                  app.camera.height()})},
           {"text_input", caret_json()},
           {"frame_ms", app.frame_ms},
           {"frame_ms_max", std::exchange(app.frame_ms_max, 0)},
           {"gl",
            {{"ok", app.renderer.ok()},
             {"uploads", app.renderer.uploads()},
             {"grounds", app.renderer.grounds()}}}};
  if (d.computing()) {
    out["progress"] = {{"share", d.progress_share()}, {"stage", d.progress_stage()}};
  }
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  out["window"] = {{"width", size.x}, {"height", size.y}, {"pixel_ratio", platform::pixel_ratio()}};
  return dumped(out);
}

std::string commands_json(App& app) {
  Json out = Json::array();
  for (const Command& command : app.commands.all()) {
    out.push_back({{"id", command.id},
                   {"text", command_text(app.settings.language, command)},
                   {"shortcut", shortcut_text(command.shortcut)},
                   {"enabled", command.enabled(app)}});
  }
  return dumped(out);
}

bool run_command(App& app, std::string_view id) {
  return app.commands.run(app, id);
}

std::string edits_json(App& app) {
  return json_text(scenario::edits_to_json(app.document.edits()));
}

std::optional<Rect> item_rect(std::string_view id) {
  // Between frames marks_now is the whole last frame.
  const auto it = marks_now.find(id);
  return it == marks_now.end() ? std::nullopt : std::optional(it->second);
}

void mark(std::string_view id) {
  const ImVec2 a = ImGui::GetItemRectMin(), b = ImGui::GetItemRectMax();
  if (ImGui::IsItemVisible()) mark(id, {a.x, a.y, b.x - a.x, b.y - a.y});
}

void mark(std::string_view id, const Rect& rect) {
  marks_now[std::string(id)] = rect;
}

void clear_marks() {
  marks_now.clear();
}

std::vector<std::string> marked() {
  std::vector<std::string> ids;
  for (const auto& [id, rect] : marks_now) ids.push_back(id);
  return ids;
}

std::string answer(App& app, std::string_view line) {
  const auto space = line.find(' ');
  const std::string_view verb = line.substr(0, space);
  const std::string_view rest =
      space == std::string_view::npos ? std::string_view() : line.substr(space + 1);
  if (verb == "snapshot") return snapshot(app);
  if (verb == "commands") return commands_json(app);
  if (verb == "rect") return dumped(rect_json(item_rect(rest)));
  if (verb == "items") return dumped(Json(marked()));
  if (verb == "command") return run_command(app, rest) ? "true" : "false";
  if (verb == "edits") return dumped(scenario::edits_to_json(app.document.edits()));
  return "null";
}

}  // namespace footfall::ui
