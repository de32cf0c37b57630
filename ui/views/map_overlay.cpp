// What lies over the GL map: isochrones of the selected site, stores, pins with their ranks,
// labels.
#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "ui/app.hpp"
#include "ui/fonts.hpp"
#include "ui/format.hpp"
#include "ui/tr.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {
namespace {

constexpr float pin_radius = 11, pin_height = 27, small_pin_radius = 9;

struct Box {
  float x0, y0, x1, y1;
  bool meets(const Box& o) const { return x0 < o.x1 && o.x0 < x1 && y0 < o.y1 && o.y0 < y1; }
};

/// Labels that do not lie on each other; the first to come is the first to stay.
class LabelField {
 public:
  explicit LabelField(ImDrawList* list) : list_(list) {}
  void keep_free(const Box& box) { taken_.push_back(box); }
  bool add(ImVec2 at, const std::string& text, Colour colour, ImFont* font, bool always = false) {
    const float size = font->FontSize * ImGui::GetIO().FontGlobalScale;
    const ImVec2 wide = font->CalcTextSizeA(size, 10000, 0, text.c_str());
    const Box box{at.x - 2, at.y - 1, at.x + wide.x + 2, at.y + wide.y + 1};
    const auto hit = [&](const Box& other) { return other.meets(box); };
    if (!always && std::any_of(taken_.begin(), taken_.end(), hit)) return false;
    taken_.push_back(box);
    for (const auto& [dx, dy] : {std::pair{-1.f, 0.f},
                                 {1.f, 0.f},
                                 {0.f, -1.f},
                                 {0.f, 1.f},
                                 {-.8f, -.8f},
                                 {.8f, -.8f},
                                 {-.8f, .8f},
                                 {.8f, .8f}}) {
      list_->AddText(font, size, ImVec2(at.x + dx, at.y + dy), palette().map_halo.im(),
                     text.c_str());
    }
    list_->AddText(font, size, at, colour.im(), text.c_str());
    return true;
  }
  float width(const std::string& text, ImFont* font) const {
    return font
        ->CalcTextSizeA(font->FontSize * ImGui::GetIO().FontGlobalScale, 10000, 0, text.c_str())
        .x;
  }

 private:
  ImDrawList* list_;
  std::vector<Box> taken_;
};

ImVec2 vec(ScreenPoint p) {
  return {p.x, p.y};
}

float radius_of(const App& app, const SiteRow& row) {
  const bool large = row.id == app.document.selected() || row.id == app.hovered;
  return large ? pin_radius + 2 : row.rank > 0 && row.rank <= 5 ? pin_radius : small_pin_radius;
}

// --- isochrones

void update_rings(App& app) {
  MapState& m = app.map;
  const scenario::Store* store = app.document.scenario().store(app.document.selected());
  if (store == nullptr || app.document.dragging()) {
    m.rings.clear();
    m.rings_of = {};
    return;
  }
  if (m.rings_of == store->id && m.rings_place == store->place &&
      m.rings_version == app.document.version()) {
    return;
  }
  m.rings_of = store->id;
  m.rings_place = store->place;
  m.rings_version = app.document.version();
  m.rings = app.document.live_model().rings(store->place);
}

void draw_rings(App& app, ImDrawList* list, LabelField& labels) {
  const Palette& p = palette();
  const Camera& camera = app.camera;
  float alpha = 0.95f;
  std::vector<ImVec2> points;
  for (const Live::Ring& ring : app.map.rings) {
    ImVec2 top(0, 1e9f);
    for (const geo::Ring& outline : ring.outlines) {
      points.clear();
      for (const geo::Point place : outline) {
        const ImVec2 at = vec(camera.to_screen(place));
        if (!points.empty() && std::abs(points.back().x - at.x) < 1 &&
            std::abs(points.back().y - at.y) < 1) {
          continue;
        }
        points.push_back(at);
        if (at.y < top.y) top = at;
      }
      if (points.size() < 3) continue;
      list->AddPolyline(points.data(), static_cast<int>(points.size()), p.accent.faded(alpha).im(),
                        ImDrawFlags_Closed, 1.6f);
    }
    const std::string text =
        ring.minutes ? tr("report.within_minutes", {std::to_string(static_cast<int>(ring.limit))})
                     : tr("report.within_km", {std::to_string(static_cast<int>(ring.limit))});
    if (top.y < 1e8f) {
      labels.add(ImVec2(top.x - labels.width(text, fonts().small) / 2, top.y - 16), text, p.accent,
                 fonts().small);
    }
    alpha -= 0.25f;
  }
}

// --- stores and pins

void draw_store(ImDrawList* list, ImVec2 at, const scenario::Store& store, bool large) {
  const Palette& p = palette();
  const float r = (store.role == scenario::Role::own ? 6.0f : 4.5f) + (large ? 2.0f : 0);
  if (store.role == scenario::Role::own) {
    list->AddRectFilled(ImVec2(at.x - r - 1.5f, at.y - r - 1.5f),
                        ImVec2(at.x + r + 1.5f, at.y + r + 1.5f), p.panel.im(), 4);
    list->AddRectFilled(ImVec2(at.x - r, at.y - r), ImVec2(at.x + r, at.y + r), p.own.im(), 3);
  } else {
    list->AddCircleFilled(at, r + 1.5f, p.panel.im());
    list->AddCircleFilled(at, r, p.competitor.im());
  }
}

void draw_pin(ImDrawList* list, ImVec2 tip, float r, int rank, bool selected, bool hovered,
              bool pending) {
  const Palette& p = palette();
  const ImVec2 head(tip.x, tip.y - pin_height + pin_radius - (r - pin_radius));
  const Colour fill = selected ? p.accent : p.panel;
  const Colour line = p.candidate;
  list->AddCircleFilled(ImVec2(tip.x, tip.y), 2.5f, line.im());
  // Tangents from the tip to the head.
  const float dy = tip.y - head.y, angle = std::acos(std::min(1.0f, r / dy));
  list->PathArcTo(head, r, 1.5707963f + angle, 7.8539816f - angle, 32);
  list->PathLineTo(tip);
  list->PathFillConvex(fill.im());
  list->PathArcTo(head, r, 1.5707963f + angle, 7.8539816f - angle, 32);
  list->PathLineTo(tip);
  list->PathStroke(line.im(), ImDrawFlags_Closed, hovered || selected ? 2.4f : 1.7f);
  const std::string text = pending && rank == 0 ? "…" : rank > 0 ? std::to_string(rank) : "·";
  ImFont* font = fonts().small;
  const float size = font->FontSize * ImGui::GetIO().FontGlobalScale;
  const ImVec2 wide = font->CalcTextSizeA(size, 100, 0, text.c_str());
  list->AddText(font, size, ImVec2(head.x - wide.x / 2, head.y - wide.y / 2),
                (selected ? p.on_accent : p.text).im(), text.c_str());
}

/// Rows from the least to the most important, so that the last lie on top.
std::vector<const SiteRow*> drawing_order(const App& app) {
  std::vector<const SiteRow*> order;
  for (const SiteRow& row : app.document.sites()) order.push_back(&row);
  std::reverse(order.begin(), order.end());
  std::stable_partition(order.begin(), order.end(), [&](const SiteRow* row) {
    return row->id != app.document.selected() && row->id != app.hovered;
  });
  return order;
}

void draw_stores(App& app, ImDrawList* list, LabelField& labels) {
  for (const bool own : {false, true}) {
    for (const scenario::Store& store : app.document.scenario().stores) {
      if (store.role == scenario::Role::candidate) continue;
      if ((store.role == scenario::Role::own) != own) continue;
      const ScreenPoint at = app.camera.to_screen(store.place);
      if (!app.camera.contains(at)) continue;
      const bool large = store.id == app.hovered || store.id == app.document.selected();
      draw_store(list, vec(at), store, large);
      mark("store." + std::to_string(store.id.value), {at.x - 7, at.y - 7, 14, 14});
      labels.keep_free({at.x - 7, at.y - 7, at.x + 7, at.y + 7});
    }
  }
}

void draw_pins(App& app, ImDrawList* list, LabelField& labels) {
  if (!app.on_sites()) return;
  for (const SiteRow* row : drawing_order(app)) {
    const ScreenPoint at = app.camera.to_screen(row->place);
    if (!app.camera.contains({at.x, at.y - 4})) continue;
    const float r = radius_of(app, *row);
    draw_pin(list, vec(at), r, row->rank, row->id == app.document.selected(),
             row->id == app.hovered, row->pending);
    mark("site." + std::to_string(row->id.value), {at.x - r, at.y - pin_height, 2 * r, 2 * r});
    labels.keep_free({at.x - r, at.y - pin_height, at.x + r, at.y});
  }
}

// --- labels

void draw_labels(App& app, LabelField& labels) {
  const Palette& p = palette();
  const Camera& camera = app.camera;
  const auto beside = [&](const scenario::Store& store, float dx, bool always, Colour colour) {
    const ScreenPoint at = camera.to_screen(app.document.place_of(store));
    if (!camera.contains(at) || store.name.empty()) return;
    const float up = store.role == scenario::Role::candidate ? 24.0f : 8.0f;
    labels.add(ImVec2(at.x + dx, at.y - up), store.name, colour, fonts().small, always);
  };
  for (const StoreId id : {app.document.selected(), app.hovered}) {
    const scenario::Store* store = app.document.scenario().store(id);
    if (store == nullptr) continue;
    if (store->role == scenario::Role::candidate && !app.on_sites()) continue;
    beside(*store, 16, true, p.text);
  }
  if (app.renderer.mesh() != nullptr) {
    for (const MapLabel& label : app.renderer.mesh()->districts) {
      const ScreenPoint at = camera.to_screen(label.place);
      if (!camera.contains(at)) continue;
      const float wide = labels.width(label.text, fonts().body);
      // In the middle, else beside what stands there.
      for (const auto& [dx, dy] : {std::pair{-wide / 2, -8.f},
                                   {24.f, -8.f},
                                   {-wide - 24, -8.f},
                                   {-wide / 2, 16.f},
                                   {-wide / 2, -44.f}}) {
        if (labels.add(ImVec2(at.x + dx, at.y + dy), label.text, p.map_text, fonts().body)) break;
      }
    }
  }
  for (const scenario::Role role :
       {scenario::Role::own, scenario::Role::candidate, scenario::Role::competitor}) {
    const double from = role == scenario::Role::own ? 0.02 : 0.06;
    if (camera.scale() < from || (role == scenario::Role::candidate && !app.on_sites())) continue;
    for (const scenario::Store& store : app.document.scenario().stores) {
      const bool done = store.id == app.document.selected() || store.id == app.hovered;
      if (store.role != role || done) continue;
      beside(store, role == scenario::Role::candidate ? 14.0f : 10.0f, false,
             role == scenario::Role::own ? p.own : p.map_text);
    }
  }
}

void hover_tooltip(App& app) {
  if (!app.hovered_next || app.document.dragging() || !ImGui::IsItemHovered()) return;
  const scenario::Store* store = app.document.scenario().store(app.hovered_next);
  if (store == nullptr) return;
  const Language language = language_in_use();
  std::string second = std::string(label(language, "role", scenario::name_of(store->role))) + ", " +
                       whole_number(store->floor_area_m2) + " m²";
  const SiteRow* row = app.document.site(store->id);
  if (row != nullptr && row->number("net_new_sales")) {
    second += "\n" + std::string(label(language, "column", "net_new_sales")) + ": " +
              app.document.scenario().currency + " " +
              short_number(language, *row->number("net_new_sales"));
  }
  tooltip(store->name.empty() ? "–" : store->name, second);
}

}  // namespace

Hit store_at(const App& app, float x, float y, float reach) {
  const auto near = [&](float cx, float cy, float r) {
    return (x - cx) * (x - cx) + (y - cy) * (y - cy) <= (r + reach) * (r + reach);
  };
  const auto order = app.on_sites() ? drawing_order(app) : std::vector<const SiteRow*>();
  for (auto it = order.rbegin(); it != order.rend(); ++it) {
    const ScreenPoint at = app.camera.to_screen((*it)->place);
    const float r = radius_of(app, **it);
    if (near(at.x, at.y - pin_height + pin_radius, r + 1) || near(at.x, at.y - 4, 6)) {
      return {(*it)->id.value, true};
    }
  }
  for (const scenario::Store& store : app.document.scenario().stores) {
    if (store.role == scenario::Role::candidate) continue;
    const ScreenPoint at = app.camera.to_screen(store.place);
    if (near(at.x, at.y, 9)) return {store.id.value, false};
  }
  return {};
}

void draw_map_overlay(App& app) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Camera& c = app.camera;
  list->PushClipRect(ImVec2(c.x(), c.y()), ImVec2(c.x() + c.width(), c.y() + c.height()), true);
  LabelField labels(list);
  hover_tooltip(app);
  if (app.on_sites()) {
    update_rings(app);
    draw_rings(app, list, labels);
  }
  draw_stores(app, list, labels);
  draw_pins(app, list, labels);
  draw_labels(app, labels);
  list->PopClipRect();
}

}  // namespace footfall::ui
