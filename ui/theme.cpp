#include "ui/theme.hpp"

#include <algorithm>
#include <cmath>

#include <imgui.h>
#include <implot.h>

namespace footfall::ui {
namespace {

constexpr Palette light{
    .chrome = {0xeceff3ff},
    .panel = {0xffffffff},
    .card = {0xf4f6f9ff},
    .hover = {0xe8edf4ff},
    .line = {0xd9dfe7ff},
    .text = {0x1c2430ff},
    .muted = {0x5a6676ff},
    .accent = {0x1f5fd0ff},
    .on_accent = {0xffffffff},
    .selected_row = {0xdfe9fbff},
    .net_new = {0x2a6fdbff},
    .transferred = {0xe08a1eff},
    .own = {0x0b7a6eff},
    .competitor = {0x66707eff},
    .candidate = {0x1f5fd0ff},
    .success = {0x1a7f4bff},
    .error = {0xb3261eff},
    .toast = {0x232b36ff},
    .on_toast = {0xf5f7faff},
    .map_ground = {0xf3f1ecff},
    .map_border = {0x9d8fa8b0},
    .map_text = {0x3a4350ff},
    .map_halo = {0xfffffde0},
    .map_point = {0x8f99a866},
    .areas = {{{0xeceae4ff},    // other
               {0xf1eee0ff},    // farmland
               {0xe6eddaff},    // meadow
               {0xd9e8cdff},    // park
               {0xd3e1c8ff},    // forest
               {0xeae6e0ff},    // residential
               {0xe4e1e6ff},    // industrial
               {0xeee0dcff},    // commercial
               {0xf2dcd6ff},    // retail
               {0xb9d3e6ff},    // water
               {0xd8d2c8ff}}},  // building
    .roads = {{{0xdcd6caff},    // path
               {0xdcd6caff},    // track
               {0xffffffff},    // service
               {0xffffffff},    // residential
               {0xffffffff},    // tertiary
               {0xfff7dfff},    // secondary
               {0xffeec2ff},    // primary
               {0xffdf9dff},    // trunk
               {0xf9c97eff}}},  // motorway
    .casings = {{{0xdcd6ca00},
                 {0xdcd6ca00},
                 {0xdedad2ff},
                 {0xd6d1c7ff},
                 {0xcdc7bbff},
                 {0xd3c6a2ff},
                 {0xd5bd84ff},
                 {0xd3ab62ff},
                 {0xc99446ff}}},
    .share = {
        {{0xd8d3c6ff}, {0xf3c56bff}, {0xec8a4cff}, {0xcf4a5dff}, {0x8a2b6cff}, {0x3b1759ff}}}};

constexpr Palette dark{
    .chrome = {0x12161cff},
    .panel = {0x1b212aff},
    .card = {0x242c37ff},
    .hover = {0x2b3542ff},
    .line = {0x323c4aff},
    .text = {0xe8edf4ff},
    .muted = {0x9fabbaff},
    .accent = {0x74a9ffff},
    .on_accent = {0x0c1524ff},
    .selected_row = {0x263a5aff},
    .net_new = {0x5c9bffff},
    .transferred = {0xf0a54aff},
    .own = {0x46c5b4ff},
    .competitor = {0x8e99a8ff},
    .candidate = {0x74a9ffff},
    .success = {0x5fcf96ff},
    .error = {0xff8a80ff},
    .toast = {0xe6ebf2ff},
    .on_toast = {0x18202aff},
    .map_ground = {0x191e25ff},
    .map_border = {0x8d7fa09c},
    .map_text = {0xc9d2deff},
    .map_halo = {0x12161ce0},
    .map_point = {0x6f7c8d70},
    .areas = {{{0x1d232bff},
               {0x1e2329ff},
               {0x1d2727ff},
               {0x1c2a27ff},
               {0x1a2926ff},
               {0x20262eff},
               {0x22252fff},
               {0x292630ff},
               {0x2e2730ff},
               {0x15293bff},
               {0x2a313bff}}},
    .roads = {{{0x2b333dff},
               {0x2b333dff},
               {0x313a46ff},
               {0x37414eff},
               {0x3e4957ff},
               {0x485263ff},
               {0x545c6aff},
               {0x655f5eff},
               {0x76684fff}}},
    .casings = {{{0x191e2500},
                 {0x191e2500},
                 {0x171c22ff},
                 {0x171c22ff},
                 {0x161b21ff},
                 {0x161b21ff},
                 {0x15191fff},
                 {0x15191fff},
                 {0x15191fff}}},
    .share = {
        {{0x39434fff}, {0x4a4490ff}, {0x8a4296ff}, {0xd0586fff}, {0xf4935fff}, {0xfce591ff}}}};

bool dark_in_use = false;

ImVec4 im(Colour c) {
  return {c.r(), c.g(), c.b(), c.a()};
}

double luminance(Colour c) {
  const auto linear = [](double v) {
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(c.r()) + 0.7152 * linear(c.g()) + 0.0722 * linear(c.b());
}

void apply_colours(const Palette& p) {
  ImVec4* c = ImGui::GetStyle().Colors;
  for (int i = 0; i < ImGuiCol_COUNT; ++i) c[i] = im(p.card);
  const ImVec4 none(0, 0, 0, 0);
  c[ImGuiCol_Text] = im(p.text);
  c[ImGuiCol_TextDisabled] = im(p.muted);
  c[ImGuiCol_WindowBg] = c[ImGuiCol_PopupBg] = im(p.panel);
  c[ImGuiCol_ChildBg] = c[ImGuiCol_BorderShadow] = none;
  c[ImGuiCol_Border] = c[ImGuiCol_Separator] = im(p.line);
  c[ImGuiCol_FrameBg] = im(p.card);
  c[ImGuiCol_FrameBgHovered] = c[ImGuiCol_FrameBgActive] = im(p.hover);
  c[ImGuiCol_Button] = im(p.card);
  c[ImGuiCol_ButtonHovered] = im(p.hover);
  c[ImGuiCol_ButtonActive] = im(p.line);
  c[ImGuiCol_Header] = im(p.selected_row);
  c[ImGuiCol_HeaderHovered] = im(p.hover);
  c[ImGuiCol_HeaderActive] = im(p.selected_row);
  c[ImGuiCol_CheckMark] = c[ImGuiCol_SliderGrab] = c[ImGuiCol_SliderGrabActive] = im(p.accent);
  c[ImGuiCol_SeparatorHovered] = c[ImGuiCol_SeparatorActive] = im(p.accent);
  c[ImGuiCol_ScrollbarBg] = none;
  c[ImGuiCol_ScrollbarGrab] = im(p.line);
  c[ImGuiCol_ScrollbarGrabHovered] = c[ImGuiCol_ScrollbarGrabActive] = im(p.muted);
  c[ImGuiCol_TableHeaderBg] = im(p.panel);
  c[ImGuiCol_TableBorderLight] = c[ImGuiCol_TableBorderStrong] = im(p.line);
  c[ImGuiCol_TableRowBg] = c[ImGuiCol_TableRowBgAlt] = none;
  c[ImGuiCol_TextSelectedBg] = im(p.accent.faded(0.35f));
  c[ImGuiCol_NavHighlight] = im(p.accent);
  c[ImGuiCol_ModalWindowDimBg] = im(Colour{0x00000080});
  c[ImGuiCol_PlotHistogram] = im(p.accent);
}

void apply_plot(const Palette& p) {
  ImPlotStyle& s = ImPlot::GetStyle();
  s.Colors[ImPlotCol_FrameBg] = s.Colors[ImPlotCol_PlotBg] = ImVec4(0, 0, 0, 0);
  s.Colors[ImPlotCol_PlotBorder] = ImVec4(0, 0, 0, 0);
  s.Colors[ImPlotCol_LegendBg] = ImVec4(0, 0, 0, 0);
  s.Colors[ImPlotCol_LegendBorder] = ImVec4(0, 0, 0, 0);
  s.Colors[ImPlotCol_LegendText] = s.Colors[ImPlotCol_AxisText] = im(p.muted);
  s.Colors[ImPlotCol_TitleText] = s.Colors[ImPlotCol_InlayText] = im(p.text);
  s.Colors[ImPlotCol_AxisGrid] = im(p.line);
  s.Colors[ImPlotCol_AxisTick] = ImVec4(0, 0, 0, 0);
  s.Colors[ImPlotCol_AxisBgHovered] = s.Colors[ImPlotCol_AxisBgActive] = ImVec4(0, 0, 0, 0);
  s.PlotPadding = ImVec2(4, 4);
  s.LabelPadding = ImVec2(6, 4);
  s.PlotBorderSize = 0;
  s.MajorTickLen = s.MinorTickLen = ImVec2(0, 0);
  s.MajorGridSize = ImVec2(1, 1);
}

}  // namespace

const Palette& light_palette() {
  return light;
}
const Palette& dark_palette() {
  return dark;
}
const Palette& palette() {
  return dark_in_use ? dark : light;
}

void apply_theme(bool dark_theme) {
  dark_in_use = dark_theme;
  ImGuiStyle& s = ImGui::GetStyle();
  s.WindowPadding = ImVec2(space::m, space::m);
  s.FramePadding = ImVec2(space::s, 5);
  s.ItemSpacing = ImVec2(space::s, space::s);
  s.ItemInnerSpacing = ImVec2(space::s, space::xs);
  s.CellPadding = ImVec2(space::s, 5);
  s.IndentSpacing = space::l;
  s.ScrollbarSize = 10;
  s.GrabMinSize = 12;
  s.WindowRounding = s.ChildRounding = s.PopupRounding = s.FrameRounding = space::rounding;
  s.GrabRounding = s.ScrollbarRounding = s.TabRounding = space::rounding;
  s.WindowBorderSize = 0;
  s.PopupBorderSize = 1;
  s.FrameBorderSize = 0;
  s.WindowMinSize = ImVec2(8, 8);
  s.DisabledAlpha = 0.45f;
  apply_colours(palette());
  apply_plot(palette());
}

double contrast(Colour a, Colour b) {
  const double la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace footfall::ui
