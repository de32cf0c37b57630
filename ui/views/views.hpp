// The views: each a function that draws one part of the window from the App, into the ImGui window
// or rectangle that the layout gives it.
#pragma once

#include "ui/hooks.hpp"

namespace footfall::ui {

class App;

/// All of a frame: bars, panels, map, dialogs, toasts; side by side on wide windows, as tabs under
/// the map below 900 px.
void draw_layout(App& app);

void top_bar(App& app, const Rect& at);
void status_bar(App& app, const Rect& at);
/// Sets the camera's viewport to `at`, takes the mouse, draws what lies over the GL map.
void map_view(App& app, const Rect& at);
/// These four fill the present ImGui window.
void ranking_view(App& app);
void site_view(App& app);
void parameters_view(App& app);
void chart_view(App& app);

void dialogs_view(App& app);
void toasts_view(App& app, const Rect& over);

/// Over the map: rings, pins, stores, labels (map_overlay.cpp); legend, scale bar, attribution
/// (map_legend.cpp).
void draw_map_overlay(App& app);
void draw_map_legend(App& app);
/// The store at a place of the screen: pins of candidates first, the selected one before others.
struct Hit {
  std::uint32_t id = 0;
  bool candidate = false;
};
/// `reach`: how far beside a pin or store still counts.
Hit store_at(const App& app, float x, float y, float reach = 0);

}  // namespace footfall::ui
