#include "ui/icons.hpp"

#include <iterator>

#include <imgui.h>

namespace footfall::ui {
namespace {

/// A stroke on a grid of 16 × 16: pairs of coordinates; `closed` joins the last to the first.
struct Stroke {
  float at[16];
  int points;
  bool closed = false;
};
/// A circle: x, y, radius; filled or not.
struct Dot {
  float x, y, r;
  bool filled = false;
};
struct Icon {
  std::string_view name;
  Stroke strokes[4];
  Dot dots[2];
};

constexpr Icon icons[] = {
    {"menu", {{{2, 4, 14, 4}, 2}, {{2, 8, 14, 8}, 2}, {{2, 12, 14, 12}, 2}}, {}},
    {"open",
     {{{1.5f, 13, 1.5f, 3, 6, 3, 7.5f, 5, 13, 5, 13, 7}, 6},
      {{1.5f, 13, 4, 7, 15, 7, 12.5f, 13}, 4, true}},
     {}},
    {"save",
     {{{8, 2, 8, 10}, 2},
      {{4.5f, 6.8f, 8, 10.3f, 11.5f, 6.8f}, 3},
      {{2, 10.5f, 2, 13.5f, 14, 13.5f, 14, 10.5f}, 4}},
     {}},
    {"undo",
     {{{5.5f, 2.5f, 2, 6, 5.5f, 9.5f}, 3},
      {{2, 6, 10, 6, 12.6f, 7.1f, 13.7f, 9.5f, 12.6f, 12, 10, 13, 7, 13}, 7}},
     {}},
    {"redo",
     {{{10.5f, 2.5f, 14, 6, 10.5f, 9.5f}, 3},
      {{14, 6, 6, 6, 3.4f, 7.1f, 2.3f, 9.5f, 3.4f, 12, 6, 13, 9, 13}, 7}},
     {}},
    {"delete",
     {{{2.5f, 4, 13.5f, 4}, 2},
      {{4, 4, 4.8f, 14, 11.2f, 14, 12, 4}, 4},
      {{6, 4, 6, 2, 10, 2, 10, 4}, 4}},
     {}},
    {"add",
     {{{8, 15, 4, 9.6f, 3.2f, 7.4f}, 3},
      {{8, 15, 12, 9.6f, 12.8f, 7.4f}, 3},
      {{8, 4, 8, 8.4f}, 2},
      {{5.8f, 6.2f, 10.2f, 6.2f}, 2}},
     {{8, 6.2f, 5}}},
    {"select", {{{4, 2, 4, 13, 7, 10, 9, 14.2f, 10.8f, 13.3f, 8.8f, 9.3f, 12.6f, 9}, 7, true}}, {}},
    {"fit",
     {{{2, 5.5f, 2, 2, 5.5f, 2}, 3},
      {{10.5f, 2, 14, 2, 14, 5.5f}, 3},
      {{14, 10.5f, 14, 14, 10.5f, 14}, 3},
      {{5.5f, 14, 2, 14, 2, 10.5f}, 3}},
     {}},
    {"plus", {{{8, 3, 8, 13}, 2}, {{3, 8, 13, 8}, 2}}, {}},
    {"minus", {{{3, 8, 13, 8}, 2}}, {}},
    {"close", {{{3.5f, 3.5f, 12.5f, 12.5f}, 2}, {{12.5f, 3.5f, 3.5f, 12.5f}, 2}}, {}},
    {"run", {{{4, 2.5f, 13, 8, 4, 13.5f}, 3, true}}, {}},
    {"runs",
     {{{4, 4, 4, 13}, 2}, {{12, 2.5f, 12, 10}, 2}, {{8, 6.5f, 8, 14}, 2}},
     {{4, 8.5f, 1.6f, true}, {12, 6.2f, 1.6f, true}}},
    {"search", {{{10.5f, 10.5f, 14.2f, 14.2f}, 2}}, {{6.8f, 6.8f, 5}}},
    {"theme",
     {{{8, 3, 11.5f, 4.4f, 13, 8, 11.5f, 11.6f, 8, 13}, 5}, {{8, 3, 8, 13}, 2}},
     {{8, 8, 5.5f}}},
    {"language",
     {{{2.2f, 8, 13.8f, 8}, 2},
      {{8, 2, 5.6f, 5, 5.2f, 8, 5.6f, 11, 8, 14}, 5},
      {{8, 2, 10.4f, 5, 10.8f, 8, 10.4f, 11, 8, 14}, 5}},
     {{8, 8, 6}}},
    {"report",
     {{{3, 1.8f, 10, 1.8f, 13, 4.8f, 13, 14.2f, 3, 14.2f}, 5, true},
      {{5.6f, 11.8f, 5.6f, 9}, 2},
      {{8, 11.8f, 8, 6.5f}, 2},
      {{10.4f, 11.8f, 10.4f, 8}, 2}},
     {}},
    {"reset",
     {{{3, 3, 3, 6.5f, 6.5f, 6.5f}, 3},
      {{3.2f, 6.3f, 5, 4, 8, 3.2f, 11.3f, 4.5f, 12.8f, 8, 11.3f, 11.5f, 8, 12.8f, 4.7f, 11.6f}, 8}},
     {}},
    {"info", {{{8, 7.3f, 8, 11.3f}, 2}}, {{8, 8, 6}, {8, 4.9f, 0.9f, true}}},
    {"left", {{{1.8f, 3, 14.2f, 3, 14.2f, 13, 1.8f, 13}, 4, true}, {{6, 3, 6, 13}, 2}}, {}},
    {"right", {{{1.8f, 3, 14.2f, 3, 14.2f, 13, 1.8f, 13}, 4, true}, {{10, 3, 10, 13}, 2}}, {}},
    {"bottom", {{{1.8f, 3, 14.2f, 3, 14.2f, 13, 1.8f, 13}, 4, true}, {{1.8f, 9, 14.2f, 9}, 2}}, {}},
    {"people",
     {{{1.5f, 13.5f, 2, 11, 4, 9.5f, 8, 9.5f, 10, 11, 10.5f, 13.5f}, 6},
      {{12, 9.8f, 13.6f, 11, 14.2f, 13}, 3},
      {{11, 3.4f, 12.6f, 4.2f, 12.9f, 6, 11.8f, 7.3f}, 4}},
     {{6, 5.2f, 2.7f}}},
    {"copy",
     {{{5.5f, 5.5f, 14, 5.5f, 14, 14, 5.5f, 14}, 4, true},
      {{10.5f, 5.5f, 10.5f, 2, 2, 2, 2, 10.5f, 5.5f, 10.5f}, 5}},
     {}},
    {"play", {{{4, 2.5f, 13, 8, 4, 13.5f}, 3, true}}, {}},
    {"pause", {{{5, 3, 5, 13}, 2}, {{11, 3, 11, 13}, 2}}, {}},
    {"previous", {{{10, 3, 5, 8, 10, 13}, 3}}, {}},
    {"next", {{{6, 3, 11, 8, 6, 13}, 3}}, {}},
    {"check", {{{3, 8.5f, 6.5f, 12, 13, 4.5f}, 3}}, {}},
    {"warning",
     {{{8, 2.5f, 14.5f, 13.5f, 1.5f, 13.5f}, 3, true}, {{8, 6.5f, 8, 9.8f}, 2}},
     {{8, 11.7f, 0.8f, true}}},
};

const Icon* find(std::string_view name) {
  for (const Icon& icon : icons) {
    if (icon.name == name) return &icon;
  }
  return nullptr;
}

}  // namespace

bool has_icon(std::string_view name) {
  return find(name) != nullptr;
}

void draw_icon(ImDrawList* list, std::string_view name, const ImVec2& centre, float size,
               std::uint32_t colour) {
  const Icon* icon = find(name);
  if (icon == nullptr) return;
  const float unit = size / 16;
  const auto at = [&](float x, float y) {
    return ImVec2(centre.x + (x - 8) * unit, centre.y + (y - 8) * unit);
  };
  const float thickness = 1.4f * unit;
  for (const Stroke& stroke : icon->strokes) {
    if (stroke.points == 0) continue;
    for (int i = 0; i < stroke.points; ++i) {
      list->PathLineTo(at(stroke.at[2 * i], stroke.at[2 * i + 1]));
    }
    list->PathStroke(colour, stroke.closed ? ImDrawFlags_Closed : 0, thickness);
  }
  for (const Dot& dot : icon->dots) {
    if (dot.r <= 0) continue;
    if (dot.filled) {
      list->AddCircleFilled(at(dot.x, dot.y), dot.r * unit, colour);
    } else {
      list->AddCircle(at(dot.x, dot.y), dot.r * unit, colour, 0, thickness);
    }
  }
}

}  // namespace footfall::ui
