#include "ui/fonts.hpp"

#include <string_view>

#include <imgui.h>

extern const unsigned char footfall_font_ui[];
extern const unsigned footfall_font_ui_size;

namespace footfall::ui {
namespace {

Fonts made;

// What tools/fonts.py cuts.
constexpr ImWchar
    latin[] = {0x20,   0x7E,   0xA0,   0x24F,  0x2010, 0x2044, 0x20AC, 0x20AC,
               0x2190, 0x2199, 0x2200, 0x2265, 0x25A0, 0x25CF, 0x2605, 0x2606,
               0x2713, 0x2717, 0x4E07, 0x4E07, 0x4EBF, 0x4EBF,  // 万 亿, for headline figures
               0};
constexpr ImWchar all[] = {0x20, 0xFFFF, 0};

ImFont* add(const void* bytes, std::size_t size, float pixels, const ImWchar* ranges, bool merge) {
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.MergeMode = merge;
  config.OversampleH = 2;
  config.OversampleV = 1;
  config.PixelSnapH = true;
  config.GlyphRanges = ranges;
  return ImGui::GetIO().Fonts->AddFontFromMemoryTTF(const_cast<void*>(bytes),
                                                    static_cast<int>(size), pixels, &config);
}

ImFont* add_size(float pixels, bool chinese, const std::string& large) {
  ImFont* font = add(footfall_font_ui, footfall_font_ui_size, pixels, chinese ? all : latin, false);
  if (!large.empty()) add(large.data(), large.size(), pixels, all, true);
  return font;
}

}  // namespace

const Fonts& fonts() {
  return made;
}

void make_fonts(double pixel_ratio, bool chinese, const std::string& large) {
  ImGuiIO& io = ImGui::GetIO();
  const auto ratio = static_cast<float>(pixel_ratio);
  io.Fonts->Clear();
  io.Fonts->TexDesiredWidth = large.empty() ? 1024 : 4096;
  io.Fonts->Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  made.body = add_size(15 * ratio, chinese, large);
  made.small = add_size(13 * ratio, chinese, large);
  made.large = add(footfall_font_ui, footfall_font_ui_size, 22 * ratio, latin, false);
  io.FontGlobalScale = 1 / ratio;
  io.FontDefault = made.body;
  io.Fonts->Build();
}

bool has_chinese(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    if (first >= 0xE3 && first <= 0xE9) return true;  // U+3000 to U+9FFF in UTF-8
  }
  return false;
}

}  // namespace footfall::ui
