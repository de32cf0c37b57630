// The fonts of the window: WenQuanYi Micro Hei in three sizes, drawn at the screen's own
// resolution.
#pragma once

#include <string>
#include <string_view>

struct ImFont;

namespace footfall::ui {

struct Fonts {
  ImFont* body = nullptr;   ///< 15 px
  ImFont* small = nullptr;  ///< 13 px: secondary lines, map labels
  ImFont* large = nullptr;  ///< 22 px, Latin and the scales 万, 亿: headline figures
};
const Fonts& fonts();

/// Puts the fonts into ImGui's atlas, cleared before. `pixel_ratio`: physical pixels per logical
/// pixel. `chinese`: with the Chinese characters of the window's own texts, which take several
/// times as long as the Latin ones. `large`: bytes of the font for what the built-in one lacks;
/// empty: without.
void make_fonts(double pixel_ratio, bool chinese, const std::string& large);

/// Whether a text holds characters beyond the Latin part of the font.
bool has_chinese(std::string_view text);

}  // namespace footfall::ui
