// Where everything goes.
#include <algorithm>
#include <array>

#include <imgui.h>

#include "ui/app.hpp"
#include "ui/platform.hpp"
#include "ui/tr.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {
namespace {

// Of the width, so that the map keeps a third at least.
constexpr float most_left = 0.36f, most_right = 0.3f;
constexpr float top_height = 52, status_height = 28, gap = 6, narrow_width = 900;
constexpr float switch_height = 52;

constexpr Tab narrow_tabs[] = {Tab::ranking, Tab::site, Tab::parameters, Tab::chart};
constexpr Tab right_tabs[] = {Tab::site, Tab::parameters};

TabItem item_of(Tab tab) {
  static constexpr TabItem items[] = {{"tab.ranking", "ui.ranking"},
                                      {"tab.site", "ui.site"},
                                      {"tab.parameters", "ui.parameters"},
                                      {"tab.chart", "ui.chart"}};
  return items[static_cast<std::size_t>(tab)];
}

template <std::size_t n>
void tab_row(const Tab (&tabs)[n], Tab& chosen) {
  std::array<TabItem, n> items;
  std::size_t at = 0;
  for (std::size_t i = 0; i < n; ++i) {
    items[i] = item_of(tabs[i]);
    if (tabs[i] == chosen) at = i;
  }
  chosen = tabs[footfall::ui::tab_row(items, at)];
}

void view_of(App& app, Tab tab) {
  switch (tab) {
    case Tab::ranking:
      return ranking_view(app);
    case Tab::site:
      return site_view(app);
    case Tab::parameters:
      return parameters_view(app);
    case Tab::chart:
      return chart_view(app);
  }
}

template <std::size_t n>
void tabbed_panel(App& app, const char* id, const Rect& r, const Tab (&tabs)[n], Tab& chosen) {
  begin_panel(id, ImVec2(r.x, r.y), ImVec2(r.width, r.height), ImGuiWindowFlags_NoScrollbar);
  tab_row(tabs, chosen);
  ImGui::BeginChild("content", ImVec2(0, 0));
  view_of(app, chosen);
  ImGui::EndChild();
  ImGui::End();
}

void plain_panel(App& app, const char* id, const Rect& r, Tab tab) {
  begin_panel(id, ImVec2(r.x, r.y), ImVec2(r.width, r.height), ImGuiWindowFlags_NoScrollbar);
  view_of(app, tab);
  ImGui::End();
}

void narrow_layout(App& app, const Rect& body) {
  const float map_height = std::max(120.0f, body.height * 0.5f);
  map_view(app, {body.x, body.y, body.width, map_height});
  tabbed_panel(app, "##below", {body.x, body.y + map_height, body.width, body.height - map_height},
               narrow_tabs, app.tab);
}

void wide_layout(App& app, const Rect& body) {
  Settings& s = app.settings;
  const float left = s.show_left ? std::min(s.left_width, body.width * most_left) : 0;
  const float right = s.show_right ? std::min(s.right_width, body.width * most_right) : 0;
  const float chart = s.show_chart ? std::min(s.chart_height, body.height * 0.6f) : 0;
  const float left_gap = left > 0 ? gap : 0, right_gap = right > 0 ? gap : 0;
  const float chart_gap = chart > 0 ? gap : 0;
  const float x = body.x + left + left_gap;
  const float width = body.width - left - left_gap - right - right_gap;
  const float height = body.height - chart - chart_gap;
  map_view(app, {x, body.y, width, height});
  if (left > 0) {
    plain_panel(app, "##left", {body.x, body.y, left, body.height}, Tab::ranking);
    splitter("splitter.left", ImVec2(body.x + left, body.y), ImVec2(x, body.y + body.height),
             s.left_width, 260, body.width * most_left, 1);
  }
  if (right > 0) {
    const float at = x + width + gap;
    tabbed_panel(app, "##right", {at, body.y, right, body.height}, right_tabs, app.right_tab);
    splitter("splitter.right", ImVec2(x + width, body.y), ImVec2(at, body.y + body.height),
             s.right_width, 280, body.width * most_right, -1);
  }
  if (chart > 0) {
    plain_panel(app, "##chart", {x, body.y + height + gap, width, chart}, Tab::chart);
    splitter("splitter.chart", ImVec2(x, body.y + height), ImVec2(x + width, body.y + height + gap),
             s.chart_height, 140, body.height * 0.6f, -1);
  }
}

void welcome(const Rect& body) {
  begin_panel("##welcome", ImVec2(body.x, body.y), ImVec2(body.width, body.height));
  empty_state("open", tr("ui.welcome"), tr("ui.welcome_hint"));
  ImGui::End();
}

}  // namespace

void form_and_content(App& app, const Rect& body, bool narrow,
                      const std::function<void(const Rect&)>& form,
                      const std::function<void(const Rect&)>& content) {
  Settings& s = app.settings;
  if (narrow) {
    const float height = body.height * 0.4f;
    form({body.x, body.y, body.width, height});
    return content({body.x, body.y + height + gap, body.width, body.height - height - gap});
  }
  const float most = body.width * 0.35f;
  const float left = s.show_left ? std::min(s.form_width, most) : 0;
  const float x = body.x + left + (left > 0 ? gap : 0);
  content({x, body.y, body.x + body.width - x, body.height});
  if (left <= 0) return;
  form({body.x, body.y, left, body.height});
  splitter("splitter.form", ImVec2(body.x + left, body.y), ImVec2(x, body.y + body.height),
           s.form_width, 260, most, 1);
}

void draw_layout(App& app) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  top_bar(app, {0, 0, size.x, top_height});
  const bool narrow = size.x < narrow_width;
  const float top = top_height + (narrow && app.document.is_open() ? switch_height : 0);
  const Rect body{0, top, size.x, std::max(1.0f, size.y - top - status_height)};
  if (top > top_height) workspace_bar(app, {0, top_height, size.x, switch_height});
  if (!app.document.is_open()) {
    welcome(body);
  } else if (app.settings.workspace == Workspace::shoppers) {
    shoppers_workspace(app, body, narrow);
  } else if (app.settings.workspace == Workspace::world) {
    world_workspace(app, body, narrow);
  } else if (app.on_runs()) {
    runs_workspace(app, body, narrow);
  } else if (narrow) {
    narrow_layout(app, body);
  } else {
    wide_layout(app, body);
  }
  status_bar(app, {0, size.y - status_height, size.x, status_height});
  dialogs_view(app);
  toasts_view(app, app.document.is_open() ? Rect{app.camera.x(), app.camera.y(), app.camera.width(),
                                                 app.camera.height()}
                                          : body);
}

}  // namespace footfall::ui
