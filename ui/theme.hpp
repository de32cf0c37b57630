// The window's look: one palette for each theme, one scale of spaces, one style for ImGui and
// ImPlot.
//
// Spaces are 4, 8, 12, 16, 24 logical pixels, corners are rounded by 6. Text on its background has
// a contrast of at least 4.5 : 1 in both themes (tests/ui/theme_test.cpp measures it). Blue and
// orange carry the meaning of net-new and transferred everywhere: they differ for all common kinds
// of colour blindness, in hue and in lightness.
#pragma once

#include <array>
#include <cstdint>

#include "ui/map/mesh.hpp"

namespace footfall::ui {

/// 0xRRGGBBAA.
struct Colour {
  std::uint32_t rgba = 0;
  constexpr float r() const { return static_cast<float>(rgba >> 24 & 255) / 255.0f; }
  constexpr float g() const { return static_cast<float>(rgba >> 16 & 255) / 255.0f; }
  constexpr float b() const { return static_cast<float>(rgba >> 8 & 255) / 255.0f; }
  constexpr float a() const { return static_cast<float>(rgba & 255) / 255.0f; }
  /// As ImGui packs it.
  constexpr std::uint32_t im() const {
    return (rgba >> 24 & 255) | (rgba >> 8 & 0xff00) | (rgba << 8 & 0xff0000) | (rgba << 24);
  }
  constexpr Colour faded(float alpha) const {
    return {(rgba & 0xffffff00) |
            static_cast<std::uint32_t>(static_cast<float>(rgba & 255) * alpha)};
  }
};

struct Palette {
  Colour chrome;  ///< behind bars and between panels
  Colour panel;   ///< panels, popups
  Colour card;    ///< cards and fields on a panel
  Colour hover;   ///< a row or button under the mouse
  Colour line;    ///< borders and separators
  Colour text;
  Colour muted;      ///< secondary text
  Colour accent;     ///< selection, links, the one main button
  Colour on_accent;  ///< text on it
  Colour selected_row;
  Colour net_new, transferred;        ///< in charts and bars
  Colour own, competitor, candidate;  ///< on the map
  Colour success, error;
  Colour toast, on_toast;

  Colour map_ground, map_border, map_text, map_halo, map_point;
  std::array<Colour, area_styles> areas;
  std::array<Colour, road_styles> roads, casings;
  std::array<Colour, 6> share;  ///< patronage share from none to the legend's greatest
};

const Palette& light_palette();
const Palette& dark_palette();
/// That of the theme in use.
const Palette& palette();

/// Sets ImGui's and ImPlot's style. Call between frames.
void apply_theme(bool dark);

/// WCAG 2.1 contrast of two opaque colours, 1 to 21.
double contrast(Colour a, Colour b);

namespace space {
inline constexpr float xs = 4, s = 8, m = 12, l = 16, xl = 24;
inline constexpr float rounding = 6;
}  // namespace space

}  // namespace footfall::ui
