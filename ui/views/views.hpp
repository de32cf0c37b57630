// The views: each a function that draws one part of the window from the App, into the ImGui window
// or rectangle that the layout gives it.
#pragma once

#include <functional>
#include <string_view>

#include "sim/study/study.hpp"
#include "ui/hooks.hpp"
#include "ui/theme.hpp"

namespace footfall::ui {

class App;

/// All of a frame: bars, panels, map, dialogs, toasts; side by side on wide windows, as tabs under
/// the map below 900 px.
void draw_layout(App& app);

void top_bar(App& app, const Rect& at);
void status_bar(App& app, const Rect& at);
/// The switch of workspaces in a row of its own, where the top bar has no room for it.
void workspace_bar(App& app, const Rect& at);
/// Sets the camera's viewport to `at`, takes the mouse, draws what lies over the GL map.
void map_view(App& app, const Rect& at);
/// The workspaces beside the sites: all between the bars.
void shoppers_workspace(App& app, const Rect& body, bool narrow);
void world_workspace(App& app, const Rect& body, bool narrow);
void runs_workspace(App& app, const Rect& body, bool narrow);
/// A form on the left of its content, with a splitter between; above it where the window is narrow.
void form_and_content(App& app, const Rect& body, bool narrow,
                      const std::function<void(const Rect&)>& form,
                      const std::function<void(const Rect&)>& content);
/// Parts of the runs' workspace (runs_form.cpp, runs_charts.cpp); each fills the present ImGui
/// window.
void runs_form(App& app);
/// A figure over the design points, or over a variable.
void runs_chart(App& app, float height);
/// How mean and interval of the selected point settle as replications are added.
void runs_settling_chart(App& app, float height);
/// Of the study that the workspace shows: run button with progress, what is wrong, options and the
/// parameters of the rooms that it reads. Fills the present ImGui window.
void study_view(App& app, const study::Study& study);
/// What is being done and how far it is, with a cross that stops it.
void progress_row(App& app, std::string_view text, double share);
/// A line with an icon: what the results are worth.
void state_row(const char* icon, Colour colour, std::string_view text);
/// Says what to do where a study has no results; false where it has.
bool study_missing(App& app, const study::Study& study);
/// The parameters of the rooms that a study reads.
void room_forms(App& app, const study::Study& study);
/// The film's bar: play, speed, day, and the hours to be dragged over.
void timeline_view(App& app);
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
