// The bar at the top (menu, name, tools) and the one at the bottom (what is going on).
#include <algorithm>

#include <imgui.h>

#include "core/text.hpp"
#include "ui/app.hpp"
#include "ui/fonts.hpp"
#include "ui/format.hpp"
#include "ui/icons.hpp"
#include "ui/tr.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {
namespace {

constexpr ImGuiWindowFlags bar_flags =
    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;

void menu_items(App& app, Menu menu) {
  for (const Command& command : app.commands.all()) {
    if (command.menu != menu) continue;
    const std::string name = std::string(command_text(language_in_use(), command)) + "###menu." +
                             std::string(command.id);
    const bool on = command.checked != nullptr && command.checked(app);
    const std::string keys = shortcut_text(command.shortcut);
    if (ImGui::MenuItem(name.c_str(), keys.c_str(), on, command.enabled(app))) command.run(app);
    mark("menu." + std::string(command.id));
  }
}

void main_menu(App& app) {
  if (icon_button("menu", "menu", tr("ui.menu"))) ImGui::OpenPopup("main menu");
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(space::s, space::s));
  ImGui::SetNextWindowPos(ImVec2(space::s, 48));
  if (ImGui::BeginPopup("main menu")) {
    for (const Menu menu : {Menu::file, Menu::edit, Menu::view, Menu::run, Menu::help}) {
      if (menu != Menu::file) ImGui::Separator();
      text_small(tr(menu_key(menu)));
      menu_items(app, menu);
    }
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

constexpr float button_step = 34, divider_width = 17, buttons_y = 10;

/// Both put things at `x` of the bar and give back where the next begins.
float divider(float x) {
  ImGui::GetWindowDrawList()->AddLine(ImVec2(x + 8, buttons_y + 6), ImVec2(x + 8, buttons_y + 26),
                                      palette().line.im());
  return x + divider_width;
}

float buttons(App& app, float x, std::initializer_list<const char*> ids) {
  for (const char* id : ids) {
    ImGui::SetCursorPos(ImVec2(x, buttons_y));
    command_button(app, id);
    x += button_step;
  }
  return x;
}

/// The product's mark: a pin whose head is a ring.
void logo(float x, float y) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Palette& p = palette();
  list->PathArcTo(ImVec2(x, y - 3), 8, 2.5f, 6.92f, 24);
  list->PathLineTo(ImVec2(x, y + 12));
  list->PathFillConvex(p.accent.im());
  list->AddCircleFilled(ImVec2(x, y - 3), 3.4f, p.panel.im());
}

std::string counts(const App& app) {
  const scenario::Scenario& s = app.document.scenario();
  std::size_t own = 0, competitors = 0, candidates = 0;
  for (const auto& store : s.stores) {
    own += store.role == scenario::Role::own;
    competitors += store.role == scenario::Role::competitor;
    candidates += store.role == scenario::Role::candidate;
  }
  return tr("ui.counts", {std::to_string(candidates), std::to_string(own),
                          std::to_string(competitors), whole_number(app.document.residents())});
}

void opening() {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  spinner(ImGui::GetWindowDrawList(), ImVec2(at.x + 7, at.y + 10), 5.5f, palette().accent);
  ImGui::Dummy(ImVec2(16, 20));
  ImGui::SameLine();
  text_small(tr("ui.opening"));
}

void progress(App& app, double done, const std::string& stage) {
  const auto share = static_cast<float>(std::clamp(done, 0.0, 1.0));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList* list = ImGui::GetWindowDrawList();
  spinner(list, ImVec2(at.x + 7, at.y + 10), 5.5f, palette().accent);
  ImGui::Dummy(ImVec2(16, 20));
  ImGui::SameLine();
  text_small(stage.empty() ? tr("ui.computing") : tr(stage));
  ImGui::SameLine();
  const ImVec2 bar = ImGui::GetCursorScreenPos();
  list->AddRectFilled(ImVec2(bar.x, bar.y + 7), ImVec2(bar.x + 140, bar.y + 11),
                      palette().line.im(), 2);
  list->AddRectFilled(ImVec2(bar.x, bar.y + 7), ImVec2(bar.x + 140 * share, bar.y + 11),
                      palette().accent.im(), 2);
  ImGui::Dummy(ImVec2(140, 20));
  ImGui::SameLine();
  command_button(app, "run.cancel", 20);
}

void state_line(bool wrong, bool waiting) {
  const Palette& p = palette();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const char* icon = wrong ? "warning" : waiting ? "info" : "check";
  const Colour colour = wrong ? p.error : waiting ? p.muted : p.success;
  draw_icon(ImGui::GetWindowDrawList(), icon, ImVec2(at.x + 7, at.y + 10), 15, colour.im());
  ImGui::Dummy(ImVec2(16, 20));
  ImGui::SameLine();
  text_small(tr(wrong ? "ui.state_error" : waiting ? "ui.state_pending" : "ui.state_current"));
}

void state_of_sites(App& app) {
  const Document& d = app.document;
  if (d.computing()) return progress(app, d.progress_share(), d.progress_stage());
  state_line(!d.errors().empty(), d.pending());
}

void state_of_study(App& app, const study::Study& study) {
  const StudyState& s = app.studies.state(study.name);
  if (s.busy()) return progress(app, s.share, s.stage);
  if (!s.has_results && s.errors.empty()) return text_small(tr("ui.state_not_run"));
  state_line(!s.errors.empty(), app.studies.stale(study.name, app.document));
}

void state_of_runs(App& app) {
  const Batch& b = app.batch;
  if (b.running()) return progress(app, b.share(), b.stage());
  if (!b.started()) return text_small(tr("ui.state_not_run"));
  state_line(!b.errors().empty(), b.unfinished() || b.stale(app.document));
}

/// The three or so things that the window is used for; narrower where there is little room.
void workspace_switch(App& app, float x0, float x1) {
  static constexpr TabItem items[workspaces] = {{"view.sites", "ui.sites"},
                                                {"view.shoppers", "ui.shoppers"},
                                                {"view.world", "ui.world"},
                                                {"view.runs", "ui.runs"}};
  // As many as there are studies for; they come in this order.
  std::size_t count = 1;
  while (count < workspaces && has_studies(static_cast<Workspace>(count))) ++count;
  const std::span<const TabItem> shown(items, count);
  const float width = segments_width(shown);
  ImGui::SetCursorPos(ImVec2(std::max(x0, (x0 + x1 - width) / 2), buttons_y));
  const auto now = static_cast<std::size_t>(app.settings.workspace);
  const std::size_t chosen = segments(shown, now);
  if (chosen != now) app.set_workspace(static_cast<Workspace>(chosen));
}

}  // namespace

void workspace_bar(App& app, const Rect& r) {
  begin_panel("##workspaces", ImVec2(r.x, r.y), ImVec2(r.width, r.height), bar_flags, false);
  ImGui::SetCursorPos(ImVec2(0, 0));
  workspace_switch(app, 0, r.width);
  ImGui::End();
}

void top_bar(App& app, const Rect& r) {
  begin_panel("##top", ImVec2(r.x, r.y), ImVec2(r.width, r.height), bar_flags, false);
  const bool narrow = r.width < 900;
  ImGui::SetCursorPos(ImVec2(space::s, 10));
  main_menu(app);
  ImGui::SameLine(0, space::s);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  logo(at.x + 10, at.y + 15);
  const float text_x = ImGui::GetCursorPosX() + 28;
  const bool tight = r.width < 1180;  // the workspaces need their place
  const float name_room = narrow ? std::max(60.0f, r.width - 330) : tight ? 130 : 230;
  if (app.document.is_open()) {
    ImGui::SetCursorPos(ImVec2(text_x, 8));
    text_cut(app.document.scenario().name, name_room);
    ImGui::SetCursorPos(ImVec2(text_x, 28));
    const std::size_t steps = app.document.undo_depth();
    text_small(steps == 0 ? "Footfall" : tr("ui.changes", {std::to_string(steps)}));
  } else {
    ImGui::SetCursorPos(ImVec2(text_x, 18));
    ImGui::TextUnformatted("Footfall");
  }
  float x = text_x + name_room;
  if (!tight) x = buttons(app, divider(x), {"file.open", "file.save", "file.report"});
  if (!narrow) x = divider(x);
  x = buttons(app, x, {"edit.undo", "edit.redo"});
  if (!narrow) x = buttons(app, x, {"edit.delete"});
  const float free_from = x + space::s;
  x = r.width - 3 * button_step - space::s;
  buttons(app, x, {"help.palette", "view.language", "view.theme"});
  if (!narrow) {
    x -= 3 * button_step + divider_width;
    divider(buttons(app, x, {"view.left", "view.chart", "view.right"}));
    if (app.document.is_open()) workspace_switch(app, free_from, x - space::s);
  }
  ImGui::GetWindowDrawList()->AddLine(ImVec2(r.x, r.y + r.height - 1),
                                      ImVec2(r.x + r.width, r.y + r.height - 1),
                                      palette().line.im());
  ImGui::End();
}

void status_bar(App& app, const Rect& r) {
  begin_panel("##status", ImVec2(r.x, r.y), ImVec2(r.width, r.height), bar_flags, false);
  ImGui::GetWindowDrawList()->AddLine(ImVec2(r.x, r.y), ImVec2(r.x + r.width, r.y),
                                      palette().line.im());
  ImGui::SetCursorPos(ImVec2(space::m, 5));
  if (app.opening()) opening();
  if (app.document.is_open()) {
    const study::Study* study = app.shown_study();
    if (app.opening()) {
    } else if (app.on_runs()) {
      state_of_runs(app);
    } else if (study == nullptr) {
      state_of_sites(app);
    } else {
      state_of_study(app, *study);
    }
    std::string right = counts(app);
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const bool map = app.on_sites() || app.settings.workspace == Workspace::shoppers;
    if (map && app.camera.contains({mouse.x, mouse.y})) {
      const LonLat place = app.camera.to_lonlat({mouse.x, mouse.y});
      right = fixed(place.lat(), 5) + ", " + fixed(place.lon(), 5) + "   " + right;
    }
    ImGui::PushFont(fonts().small);
    const float width = ImGui::CalcTextSize(right.c_str()).x;
    if (width < r.width - 420) {
      ImGui::SetCursorPos(ImVec2(r.width - width - space::m, 5));
      text_small(right);
    }
    ImGui::PopFont();
  }
  ImGui::End();
}

}  // namespace footfall::ui
