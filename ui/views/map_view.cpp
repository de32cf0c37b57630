// The map under the mouse: pan, zoom at the cursor, drag a candidate, add one.
#include <cmath>

#include <imgui.h>

#include "ui/app.hpp"
#include "ui/platform.hpp"
#include "ui/tr.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {
namespace {

constexpr float drag_threshold_px = 3, finger_threshold_px = 8;
constexpr float finger_reach_px = 10;
constexpr double zoom_per_notch = 1.25;

StoreId id_of(const Hit& hit) {
  return StoreId{hit.id};
}

bool is_finger() {
  return ImGui::GetIO().MouseSource == ImGuiMouseSource_TouchScreen;
}

/// A fingertip is wider than a pin: what it meets exactly, else what is near.
Hit hit_at(const App& app, ImVec2 mouse) {
  const Hit hit = store_at(app, mouse.x, mouse.y);
  return hit.id != 0 || !is_finger() ? hit : store_at(app, mouse.x, mouse.y, finger_reach_px);
}

void press(App& app, ImVec2 mouse) {
  MapState& m = app.map;
  m.press = {mouse.x, mouse.y};
  m.moved = false;
  m.pressed = {};
  if (app.tool == Tool::add_site) return;
  const Hit hit = hit_at(app, mouse);
  if (!hit.candidate || !app.on_sites()) return;
  m.pressed = id_of(hit);
  const scenario::Store* store = app.document.scenario().store(m.pressed);
  const ScreenPoint place = app.camera.to_screen(app.document.place_of(*store));
  m.grab_x = place.x - mouse.x;
  m.grab_y = place.y - mouse.y;
}

void move(App& app, ImVec2 mouse, ImVec2 delta) {
  MapState& m = app.map;
  if (m.called_off) return;
  const float dx = mouse.x - m.press.x, dy = mouse.y - m.press.y;
  const float threshold = is_finger() ? finger_threshold_px : drag_threshold_px;
  const bool first = !m.moved && dx * dx + dy * dy > threshold * threshold;
  if (first) {
    m.moved = true;
    if (m.pressed) app.document.begin_drag(m.pressed);
    if (!m.pressed) app.camera.pan(dx, dy);
  } else if (m.moved && !m.pressed) {
    app.camera.pan(delta.x, delta.y);
  }
  if (m.moved && m.pressed && app.document.dragging()) {
    app.document.drag_to(app.camera.to_lonlat({mouse.x + m.grab_x, mouse.y + m.grab_y}),
                         platform::now_ms());
  }
}

void release(App& app, ImVec2 mouse) {
  MapState& m = app.map;
  if (m.called_off) return;
  if (app.document.dragging()) {
    const Errors errors = app.document.end_drag(platform::now_ms());
    if (!errors.empty()) app.toast(errors);
  } else if (!m.moved && app.tool == Tool::add_site) {
    app.add_site(app.camera.to_lonlat({mouse.x, mouse.y}));
  } else if (!m.moved) {
    app.select(id_of(hit_at(app, mouse)));
  }
  m.pressed = {};
  m.moved = false;
}

void take_mouse(App& app) {
  const ImGuiIO& io = ImGui::GetIO();
  const ImVec2 mouse = io.MousePos;
  const bool over = ImGui::IsItemHovered();
  if (ImGui::IsItemActivated()) press(app, mouse);
  if (ImGui::IsItemActive()) move(app, mouse, io.MouseDelta);
  if (ImGui::IsItemDeactivated()) release(app, mouse);
  if (!over) return;
  if (io.MouseWheel != 0) {
    app.camera.zoom(std::pow(zoom_per_notch, static_cast<double>(io.MouseWheel)),
                    {mouse.x, mouse.y});
  }
  const Hit hit = store_at(app, mouse.x, mouse.y);
  if (hit.id != 0 && !app.map.moved) app.hovered_next = id_of(hit);
  if (app.tool == Tool::add_site) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  } else if (app.document.dragging() || (ImGui::IsItemActive() && app.map.moved)) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
  } else if (hit.id != 0) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  }
}

/// Buttons in the map's upper corners, on a patch of the panel's colour.
void patch(ImVec2 at, ImVec2 size) {
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 end(at.x + size.x, at.y + size.y);
  list->AddRectFilled(ImVec2(at.x, at.y + 1), ImVec2(end.x, end.y + 2), Colour{0x00000022}.im(),
                      space::rounding);
  list->AddRectFilled(at, end, p.panel.im(), space::rounding);
  list->AddRect(at, end, p.line.im(), space::rounding);
}

void map_buttons(App& app) {
  const Camera& c = app.camera;
  const float size = 32;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  const ImVec2 tools(c.x() + space::m, c.y() + space::m);
  if (app.on_sites()) {
    patch(tools, ImVec2(size * 2, size));
    ImGui::SetCursorScreenPos(tools);
    command_button(app, "edit.select");
    ImGui::SameLine();
    command_button(app, "edit.add_site");
  }
  const ImVec2 zoom(c.x() + c.width() - size - space::m, c.y() + space::m);
  patch(zoom, ImVec2(size, size * 3));
  float y = zoom.y;
  for (const char* id : {"view.zoom_in", "view.zoom_out", "view.fit"}) {
    ImGui::SetCursorScreenPos(ImVec2(zoom.x, y));
    command_button(app, id);
    y += size;
  }
  ImGui::PopStyleVar();
  if (app.tool != Tool::add_site) return;
  const std::string hint = tr("ui.add_hint");
  const ImVec2 text = ImGui::CalcTextSize(hint.c_str());
  const ImVec2 at(tools.x + 2 * size + space::s, tools.y);
  patch(at, ImVec2(text.x + 2 * space::m, size));
  ImGui::GetWindowDrawList()->AddText(ImVec2(at.x + space::m, at.y + (size - text.y) / 2),
                                      palette().text.im(), hint.c_str());
}

}  // namespace

void map_view(App& app, const Rect& at) {
  Camera& camera = app.camera;
  app.map_shown = true;
  camera.set_viewport(at.x, at.y, at.width, at.height);
  if (app.fit_pending && app.renderer.mesh() != nullptr) {
    camera.fit(app.renderer.mesh()->bounds);
    app.fit_pending = false;
  }
  begin_panel("##map", ImVec2(at.x, at.y), ImVec2(at.width, at.height),
              ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollbar |
                  ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav,
              false);
  ImGui::SetNextItemAllowOverlap();
  ImGui::InvisibleButton("canvas", ImVec2(at.width, at.height),
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
  mark("map");
  take_mouse(app);
  draw_map_overlay(app);
  draw_map_legend(app);
  map_buttons(app);
  ImGui::End();
}

}  // namespace footfall::ui
