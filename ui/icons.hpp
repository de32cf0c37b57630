// Small line icons, drawn as vectors so that they are sharp at any pixel ratio.
#pragma once

#include <cstdint>
#include <string_view>

struct ImDrawList;
struct ImVec2;

namespace footfall::ui {

/// Draws the icon of this name in a square of `size` around `centre`. Unknown names draw nothing.
void draw_icon(ImDrawList* list, std::string_view name, const ImVec2& centre, float size,
               std::uint32_t colour);
bool has_icon(std::string_view name);

}  // namespace footfall::ui
