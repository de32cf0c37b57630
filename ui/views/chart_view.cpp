// What each candidate would add: bars of net-new sales, on top what comes from the chain's own
// stores, whiskers for the interval of net-new sales. Linked with map and table.
#include <algorithm>
#include <cmath>

#include <imgui.h>
#include <implot.h>

#include "ui/app.hpp"
#include "ui/fonts.hpp"
#include "ui/format.hpp"
#include "ui/tr.hpp"
#include "ui/views/result_views.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {
namespace {

constexpr double half_bar = 0.34;

double greatest_of(const std::vector<SiteRow>& sites) {
  double most = 1;
  for (const SiteRow& row : sites) {
    most = std::max({most, row.number("expected_sales").value_or(0),
                     row.number("net_new_sales_high").value_or(0)});
  }
  return most;
}

void draw_bar(App& app, const SiteRow& row, double x, ImDrawList* list) {
  const Palette& p = palette();
  const auto net_new = row.number("net_new_sales"), sales = row.number("expected_sales");
  if (!net_new || !sales) return;
  const bool strong = row.id == app.document.selected() || row.id == app.hovered;
  const bool any = app.document.selected() || app.hovered;
  const float alpha = strong || !any ? 1.0f : 0.62f;
  const auto px = [&](double vx, double vy) { return ImPlot::PlotToPixels(vx, vy); };
  const auto bar = [&](double from, double to, Colour colour, bool top) {
    const ImVec2 a = px(x - half_bar, to), b = px(x + half_bar, from);
    list->AddRectFilled(a, b, colour.faded(alpha).im(), top ? 3.0f : 0.0f,
                        ImDrawFlags_RoundCornersTop);
  };
  bar(0, *net_new, p.net_new, *sales <= *net_new);
  bar(*net_new, *sales, p.transferred, true);
  const auto low = row.number("net_new_sales_low"), high = row.number("net_new_sales_high");
  if (row.pending || !low || !high) return;
  const ImVec2 top = px(x, *high), bottom = px(x, *low);
  const std::uint32_t line = p.text.faded(0.85f).im();
  list->AddLine(top, bottom, line, 1.5f);
  const float cap = std::min(4.0f, 0.25f * (px(x + 1, 0).x - top.x));
  list->AddLine(ImVec2(top.x - cap, top.y), ImVec2(top.x + cap, top.y), line, 1.5f);
  list->AddLine(ImVec2(bottom.x - cap, bottom.y), ImVec2(bottom.x + cap, bottom.y), line, 1.5f);
}

void bar_tooltip(const App& app, const SiteRow& row) {
  const Language l = language_in_use();
  std::string text;
  for (const char* column : {"net_new_sales", "transferred", "expected_sales"}) {
    const auto value = row.number(column);
    if (!value) continue;
    text += std::string(text.empty() ? "" : "\n") + std::string(label(l, "column", column)) + ": " +
            app.document.scenario().currency + " " + short_number(l, *value);
  }
  tooltip(std::to_string(row.rank) + "  " + row.name, text);
}

void take_hover(App& app, const std::vector<SiteRow>& sites) {
  if (!ImPlot::IsPlotHovered()) return;
  const double x = std::round(ImPlot::GetPlotMousePos().x);
  if (x < 0 || x >= static_cast<double>(sites.size())) return;
  const SiteRow& row = sites[static_cast<std::size_t>(x)];
  app.hovered_next = row.id;
  bar_tooltip(app, row);
  if (ImGui::IsMouseClicked(0)) app.select(row.id);
}

}  // namespace

void chart_view(App& app) {
  const auto& sites = app.document.sites();
  ImGui::TextUnformatted(tr("ui.chart_title").c_str());
  legend_entry(tr("ui.column.net_new"), palette().net_new);
  legend_entry(tr("ui.column.transferred"), palette().transferred);
  legend_entry(tr("ui.interval"), palette().text, LegendMark::whisker);
  if (sites.empty()) return empty_state("report", tr("ui.no_sites"), tr("ui.no_sites_hint"));
  const auto n = static_cast<double>(sites.size());
  std::vector<double> ticks;
  std::vector<std::string> names;
  // As many ranks as have room below the bars.
  const double room = std::max(1.0f, ImGui::GetContentRegionAvail().x - 60);
  const auto every = static_cast<std::size_t>(std::ceil(20 * n / room));
  for (std::size_t i = 0; i < sites.size(); i += std::max<std::size_t>(1, every)) {
    ticks.push_back(static_cast<double>(i));
    names.push_back(std::to_string(i + 1));
  }
  std::vector<const char*> labels;
  for (const std::string& name : names) labels.push_back(name.c_str());
  ImGui::PushFont(fonts().small);
  const ImPlotFlags flags = ImPlotFlags_CanvasOnly | ImPlotFlags_NoInputs | ImPlotFlags_NoFrame;
  if (ImPlot::BeginPlot("##chart", ImVec2(-1, -1), flags)) {
    const ImPlotAxisFlags axis = ImPlotAxisFlags_NoMenus | ImPlotAxisFlags_NoHighlight;
    ImPlot::SetupAxes(nullptr, nullptr, axis | ImPlotAxisFlags_NoGridLines, axis);
    ImPlot::SetupAxesLimits(-0.6, n - 0.4, 0, greatest_of(sites) * 1.06, ImPlotCond_Always);
    ImPlot::SetupAxisTicks(ImAxis_X1, ticks.data(), static_cast<int>(ticks.size()), labels.data());
    ImPlot::SetupAxisFormat(ImAxis_Y1, number_tick);
    ImPlot::SetupFinish();
    ImPlot::PushPlotClipRect();
    for (std::size_t i = 0; i < sites.size(); ++i) {
      draw_bar(app, sites[i], static_cast<double>(i), ImPlot::GetPlotDrawList());
    }
    ImPlot::PopPlotClipRect();
    const ImVec2 at = ImPlot::GetPlotPos(), size = ImPlot::GetPlotSize();
    mark("chart", {at.x, at.y, size.x, size.y});
    take_hover(app, sites);
    ImPlot::EndPlot();
  }
  ImGui::PopFont();
}

}  // namespace footfall::ui
