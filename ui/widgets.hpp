// The few widgets that all views share, so that the window speaks one visual language. Each that
// can be clicked is marked for hooks.hpp under its id.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <imgui.h>

#include "ui/theme.hpp"

namespace footfall::ui {

class App;
struct Command;

/// A square button with an icon and a tooltip; `active`: a switch that is on.
bool icon_button(std::string_view id, std::string_view icon, std::string_view tooltip,
                 bool enabled = true, bool active = false, float size = 32);
/// The button of a command: its icon, text and shortcut; runs it.
void command_button(App& app, std::string_view id, float size = 32);
/// A button with a text; `main` has the accent's colour. Width 0: as wide as its text.
bool text_button(std::string_view id, std::string_view text, bool main = false, float width = 0);

/// Tabs in a row over a line: ids and text keys. Gives back the one that is chosen now.
struct TabItem {
  const char* id;
  const char* key;
};
std::size_t tab_row(std::span<const TabItem> tabs, std::size_t chosen);
/// The same as one control of connected buttons: a choice between modes.
std::size_t segments(std::span<const TabItem> items, std::size_t chosen, float height = 32);
float segments_width(std::span<const TabItem> items);

void text_small(std::string_view text);  ///< secondary line in muted small print
void text_wrapped_small(std::string_view text);
/// Wrapped at the panel's width; unlike ImGui's own, lines may also break between Chinese
/// characters.
void text_wrapped(std::string_view text);
void section_title(std::string_view text);
/// Text at the right end of the present cell or panel.
void text_right(std::string_view text, Colour colour);
void text_right_small(std::string_view text, Colour colour);
/// A rounded patch with a word in it.
void badge(std::string_view text, Colour colour);
/// Text cut with "…" where it is wider than `width`; the whole of it as a tooltip.
void text_cut(std::string_view text, float width);

/// A number on its range: track from `min` to `max`, the interval as a bar, the value as a dot.
/// `width` is taken from the cursor; draws 12 px of height. Takes no input.
void range_bar(float width, double min, double max, double low, double value, double high,
               Colour colour);

/// Card of a headline figure: label, value in large print, second line. As wide as told.
void figure_card(std::string_view label, std::string_view value, std::string_view second,
                 float width, Colour colour, bool pending);

/// A patch of the panel's colour with its own padding, on a panel of the chrome's. Height 0: as
/// high as what is in it. End with end_card().
void begin_card(const char* id, float width, float height);
void end_card();

/// Says why a view is empty and what to do.
void empty_state(std::string_view icon, std::string_view title, std::string_view hint);

/// A line between two panels that can be dragged; changes `size` within [min, max]. `sign`: 1 where
/// dragging right or down makes it larger, else -1.
bool splitter(std::string_view id, const ImVec2& from, const ImVec2& to, float& size, float min,
              float max, float sign);

/// Tooltip of the last item, in a calm width.
void tooltip(std::string_view title, std::string_view second = {});
/// A turning arc of 16 px: something is being computed.
void spinner(ImDrawList* list, const ImVec2& centre, float radius, Colour colour);

/// A panel: an ImGui window without decoration, in the panel's colour. End with ImGui::End().
void begin_panel(const char* id, const ImVec2& at, const ImVec2& size, ImGuiWindowFlags flags = 0,
                 bool padded = true);

}  // namespace footfall::ui
