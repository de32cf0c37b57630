// A figure over the design points, and how it settles at one of them.
#include <algorithm>
#include <cmath>
#include <numeric>

#include <imgui.h>
#include <implot.h>

#include "core/text.hpp"
#include "ui/app.hpp"
#include "ui/fonts.hpp"
#include "ui/format.hpp"
#include "ui/platform.hpp"
#include "ui/tr.hpp"
#include "ui/views/result_views.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {
namespace {

using experiment::Estimate;

/// A design point in the chart.
struct Spot {
  std::uint64_t point = 0;
  double x = 0;
  Estimate y;
};

ImVec4 vec(Colour c) {
  return {c.r(), c.g(), c.b(), 1};
}

std::string unit_of(const Batch& batch, const std::string& figure) {
  const auto found = batch.figures().find(figure);
  return found == batch.figures().end() ? std::string() : found->second.unit;
}

std::string variable_label(const App& app, const std::string& name) {
  const bool path = name.find('.') != std::string::npos;
  return std::string(
      label(language_in_use(), "param", path ? name : app.batch.plan().study + "." + name));
}

/// Which variable lies along the chart; nothing: the points one after the other.
std::optional<std::size_t> axis_of(const App& app) {
  const auto& all = app.batch.plan().variables;
  if (all.size() == 1) return 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].name == app.runs.axis) return i;
  }
  return std::nullopt;
}

/// Places along the chart: numbers where all values are, else the order of their coming.
struct Along {
  std::vector<double> x;
  std::vector<std::string> names;  ///< of places that are no numbers
};

Along along(const Batch& batch, std::optional<std::size_t> variable) {
  Along out;
  std::vector<std::string> texts;
  for (std::size_t p = 0; p < batch.points(); ++p) {
    out.x.push_back(static_cast<double>(p));
    if (variable) texts.push_back(batch.values_of(p)[*variable]);
  }
  if (!variable) return out;
  bool numbers = true;
  for (std::size_t p = 0; p < texts.size(); ++p) {
    const auto number = parse_number(texts[p]);
    numbers = numbers && number;
    out.x[p] = number.value_or(0);
  }
  if (numbers) return out;
  for (std::size_t p = 0; p < texts.size(); ++p) {
    auto it = std::find(out.names.begin(), out.names.end(), texts[p]);
    if (it == out.names.end()) it = out.names.insert(it, texts[p]);
    out.x[p] = static_cast<double>(it - out.names.begin());
  }
  return out;
}

std::vector<Spot> spots_of(const Batch& batch, const std::string& figure, const Along& places) {
  std::vector<Spot> out;
  const auto& all = batch.estimates(figure);
  for (std::size_t p = 0; p < all.size(); ++p) {
    if (all[p].n > 0) out.push_back({p, places.x[p], all[p]});
  }
  std::stable_sort(out.begin(), out.end(), [](const Spot& a, const Spot& b) { return a.x < b.x; });
  return out;
}

struct Limits {
  double low = 1e300, high = -1e300;
  void take(double v) { low = std::min(low, v), high = std::max(high, v); }
  void pad(double share) {
    const double size = std::max({std::abs(low), std::abs(high), 1e-9});
    const double span = high > low ? high - low : size * 0.1;
    low -= span * share;
    high += span * share;
  }
  double span() const { return high - low; }
};

/// A tick's number with as many digits as the axis needs; the axis' span is behind `user`.
int span_tick(double value, char* text, int size, void* user) {
  const double span = *static_cast<const double*>(user);
  const double shown = std::abs(value) < span * 1e-9 ? 0 : value;
  return std::snprintf(text, static_cast<std::size_t>(size), "%s",
                       fine_number(language_in_use(), shown, span / 4).c_str());
}

constexpr ImPlotFlags plot_flags =
    ImPlotFlags_CanvasOnly | ImPlotFlags_NoInputs | ImPlotFlags_NoFrame;
constexpr ImPlotAxisFlags axis_flags = ImPlotAxisFlags_NoMenus | ImPlotAxisFlags_NoHighlight;

/// Means and whiskers; of one variable, a line with a band.
void draw_spots(const std::vector<Spot>& spots, bool band) {
  const Palette& p = palette();
  std::vector<double> x, mean, low, high, bar_x, bar_y, half;
  for (const Spot& s : spots) {
    x.push_back(s.x);
    mean.push_back(s.y.mean);
    low.push_back(s.y.low);
    high.push_back(s.y.high);
    if (s.y.half_width() <= 0) continue;
    bar_x.push_back(s.x);
    bar_y.push_back(s.y.mean);
    half.push_back(s.y.half_width());
  }
  const auto n = static_cast<int>(spots.size());
  if (band) {
    ImPlot::SetNextFillStyle(vec(p.net_new), 0.18f);
    ImPlot::PlotShaded("##band", x.data(), low.data(), high.data(), n);
    ImPlot::SetNextLineStyle(vec(p.net_new), 2);
    ImPlot::PlotLine("##mean", x.data(), mean.data(), n);
  } else {
    ImPlot::SetNextErrorBarStyle(vec(p.net_new), n > 200 ? 0.0f : 7.0f, 1.6f);
    ImPlot::PlotErrorBars("##interval", bar_x.data(), bar_y.data(), half.data(),
                          static_cast<int>(half.size()));
  }
  ImPlot::SetNextMarkerStyle(ImPlotMarker_Circle, n > 200 ? 2.5f : 3.5f, vec(p.net_new), 0);
  ImPlot::PlotScatter("##means", x.data(), mean.data(), n);
}

void draw_selected(const std::vector<Spot>& spots, std::uint64_t selected) {
  const Palette& p = palette();
  for (const Spot& s : spots) {
    if (s.point != selected) continue;
    const ImVec2 at = ImPlot::PlotToPixels(s.x, s.y.mean);
    const ImVec2 low = ImPlot::PlotToPixels(s.x, s.y.low);
    const ImVec2 high = ImPlot::PlotToPixels(s.x, s.y.high);
    ImDrawList* list = ImPlot::GetPlotDrawList();
    list->AddLine(low, high, p.transferred.im(), 2.5f);
    list->AddCircleFilled(at, 6, p.transferred.im());
    list->AddCircle(at, 6, p.panel.im(), 0, 1.5f);
  }
}

/// The spot nearest to the mouse, within reach.
const Spot* spot_at_mouse(const std::vector<Spot>& spots) {
  constexpr float reach = 24;
  const ImVec2 mouse = ImGui::GetMousePos();
  const Spot* best = nullptr;
  float nearest = reach * reach;
  for (const Spot& s : spots) {
    const ImVec2 at = ImPlot::PlotToPixels(s.x, s.y.mean);
    const float dx = at.x - mouse.x, dy = (at.y - mouse.y) * 0.5f;
    if (dx * dx + dy * dy > nearest) continue;
    nearest = dx * dx + dy * dy;
    best = &s;
  }
  return best;
}

std::string estimate_text(const Estimate& e, std::string_view unit) {
  const Language l = language_in_use();
  const double span = e.n > 1 && e.half_width() > 0 ? e.half_width() : std::abs(e.mean) / 100;
  std::string text = fine_number(l, e.mean, span);
  if (e.n > 1) text += " ± " + fine_number(l, e.half_width(), span);
  const std::string words = unit_label(l, unit);
  if (!words.empty()) text += " " + words;
  return text + "\nn = " + std::to_string(e.n);
}

void hover_spots(App& app, const std::vector<Spot>& spots, std::string_view unit) {
  if (!ImPlot::IsPlotHovered()) return;
  const Spot* spot = spot_at_mouse(spots);
  if (spot == nullptr) return;
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (ImGui::IsMouseClicked(0)) app.batch.selected = spot->point;
  const auto values = app.batch.values_of(spot->point);
  std::string text = estimate_text(spot->y, unit);
  for (std::size_t v = 0; v < values.size(); ++v) {
    const std::string& name = app.batch.plan().variables[v].name;
    const auto number = parse_number(values[v]);
    text += "\n" + variable_label(app, name) + ": " +
            (number ? fine_number(language_in_use(), *number, std::abs(*number) / 100)
                    : std::string(label(language_in_use(), "choice", values[v])));
  }
  tooltip(tr("ui.point_number", {std::to_string(spot->point)}), text);
}

/// Names of places that are no numbers, as many as have room.
void name_places(const Along& places) {
  std::vector<std::string> names;
  std::vector<const char*> texts;
  for (const std::string& name : places.names) {
    names.emplace_back(label(language_in_use(), "choice", name));
  }
  for (const std::string& name : names) texts.push_back(name.c_str());
  ImPlot::SetupAxisTicks(ImAxis_X1, 0, static_cast<double>(texts.size() - 1),
                         static_cast<int>(texts.size()), texts.data());
}

void axis_choice(App& app) {
  const auto& all = app.batch.plan().variables;
  if (all.size() < 2) return;
  const auto now = axis_of(app);
  const auto named = [&](std::optional<std::size_t> v) {
    return v ? tr("ui.along", {variable_label(app, all[*v].name)}) : tr("ui.by_point");
  };
  ImGui::SameLine(0, space::m);
  ImGui::SetNextItemWidth(std::max(120.0f, std::min(240.0f, ImGui::GetContentRegionAvail().x)));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(space::s, 2));
  const bool open = ImGui::BeginCombo("##axis", named(now).c_str());
  ImGui::PopStyleVar();
  mark("runs.axis");
  if (!open) return;
  if (ImGui::Selectable(named(std::nullopt).c_str(), !now)) app.runs.axis.clear();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (ImGui::Selectable(named(i).c_str(), now == i)) app.runs.axis = all[i].name;
    mark("runs.axis." + all[i].name);
  }
  ImGui::EndCombo();
}

/// Under a plot, in its middle.
void axis_title(const std::string& text) {
  ImGui::PushFont(fonts().small);
  const float wide = ImGui::CalcTextSize(text.c_str()).x, room = ImGui::GetContentRegionAvail().x;
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0f, (room - wide) / 2));
  ImGui::PopFont();
  text_small(text);
}

/// Ticks at whole numbers.
void whole_ticks(const Limits& x) {
  double step = 1;
  for (int i = 0; x.span() / step > 8; ++i) step *= i % 3 == 1 ? 2.5 : 2;
  std::vector<double> at;
  for (double v = std::ceil(x.low / step) * step + 0.0; v <= x.high; v += step) at.push_back(v);
  ImPlot::SetupAxisTicks(ImAxis_X1, at.data(), static_cast<int>(at.size()));
}

/// A plot that takes no input, with limits as told; `places`: null where x counts something. False
/// where it is not drawn; else end it.
bool begin_plot(const char* id, float height, const Limits& x, const Limits& y, double& x_span,
                double& y_span, const Along* places) {
  if (!ImPlot::BeginPlot(id, ImVec2(-1, height), plot_flags)) return false;
  x_span = x.span();
  y_span = y.span();
  ImPlot::SetupAxes(nullptr, nullptr, axis_flags | ImPlotAxisFlags_NoGridLines, axis_flags);
  ImPlot::SetupAxesLimits(x.low, x.high, y.low, y.high, ImPlotCond_Always);
  ImPlot::SetupAxisFormat(ImAxis_Y1, span_tick, &y_span);
  if (places == nullptr) {
    whole_ticks(x);
  } else if (!places->names.empty()) {
    name_places(*places);
  } else {
    ImPlot::SetupAxisFormat(ImAxis_X1, span_tick, &x_span);
  }
  ImPlot::SetupFinish();
  return true;
}

}  // namespace

void runs_chart(App& app, float height) {
  const Batch& batch = app.batch;
  const std::string figure = app.runs_figure();
  const float bottom = ImGui::GetCursorPosY() + height;
  ImGui::TextUnformatted(std::string(label(language_in_use(), "figure", figure)).c_str());
  ImGui::SameLine(0, space::s);
  const bool intervals = batch.plan().replications > 1;
  const std::string unit = unit_label(language_in_use(), unit_of(batch, figure));
  text_small(tr(intervals ? "ui.mean_interval" : "ui.one_run") +
             (unit.empty() ? "" : " · " + unit));
  axis_choice(app);
  const auto axis = axis_of(app);
  const Along places = along(batch, axis);
  const auto spots = spots_of(batch, figure, places);
  if (spots.empty()) return;
  Limits x, y;
  for (const double at : places.x) x.take(at);
  for (const Spot& s : spots) y.take(s.y.low), y.take(s.y.high);
  if (places.names.empty()) {
    x.pad(0.03);
  } else {
    x = {-0.5, static_cast<double>(places.names.size()) - 0.5};
  }
  y.pad(0.08);
  ImGui::PushFont(fonts().small);
  double x_span = 1, y_span = 1;
  if (begin_plot("##runs", bottom - ImGui::GetCursorPosY() - 22, x, y, x_span, y_span,
                 axis ? &places : nullptr)) {
    draw_spots(spots, axis && batch.plan().variables.size() == 1 && places.names.empty());
    draw_selected(spots, batch.selected);
    const ImVec2 at = ImPlot::GetPlotPos(), size = ImPlot::GetPlotSize();
    mark("runs.chart", {at.x, at.y, size.x, size.y});
    hover_spots(app, spots, unit_of(batch, figure));
    ImPlot::EndPlot();
  }
  ImGui::PopFont();
  axis_title(axis ? variable_label(app, batch.plan().variables[*axis].name)
                  : tr("ui.design_points"));
}

void runs_settling_chart(App& app, float height) {
  const Batch& batch = app.batch;
  const std::string figure = app.runs_figure();
  const float bottom = ImGui::GetCursorPosY() + height;
  text_cut(tr("ui.settling", {std::to_string(batch.selected)}), ImGui::GetContentRegionAvail().x);
  // As long as nothing arrives and another point is not chosen, they stay.
  static std::vector<Estimate> all;
  static std::string key;
  const std::string now =
      figure + " " + std::to_string(batch.selected) + " " + std::to_string(batch.version());
  if (key != now) all = batch.running_estimates(figure, batch.selected), key = now;
  if (all.size() < 2) return text_wrapped_small(tr("ui.needs_two"));
  const auto& values =
      batch.figures().find(figure)->second.values[static_cast<std::size_t>(batch.selected)];
  std::vector<double> n(all.size()), mean, low, high;
  std::iota(n.begin(), n.end(), 1.0);
  Limits x, y;
  for (std::size_t i = 0; i < all.size(); ++i) {
    mean.push_back(all[i].mean);
    low.push_back(all[i].low);
    high.push_back(all[i].high);
    y.take(values[i]);
    y.take(all[i].mean);
    // Of two or three values it is so wide that nothing else could be seen.
    if (i + 1 >= std::min<std::size_t>(5, all.size())) y.take(all[i].low), y.take(all[i].high);
  }
  x.take(1);
  x.take(n.back());
  const bool scatters = y.high > y.low;
  x.pad(0.03);
  y.pad(0.08);
  const auto count = static_cast<int>(all.size());
  const Palette& p = palette();
  ImGui::PushFont(fonts().small);
  double x_span = 1, y_span = 1;
  if (begin_plot("##settling", bottom - ImGui::GetCursorPosY() - 22, x, y, x_span, y_span,
                 nullptr)) {
    ImPlot::SetNextFillStyle(vec(p.transferred), 0.16f);
    ImPlot::PlotShaded("##band", n.data() + 1, low.data() + 1, high.data() + 1, count - 1);
    ImPlot::SetNextMarkerStyle(ImPlotMarker_Circle, 2.2f, vec(p.muted), 0);
    ImPlot::PlotScatter("##values", n.data(), values.data(), count);
    ImPlot::SetNextLineStyle(vec(p.transferred), 2);
    ImPlot::PlotLine("##mean", n.data(), mean.data(), count);
    const ImVec2 at = ImPlot::GetPlotPos(), size = ImPlot::GetPlotSize();
    mark("runs.settling", {at.x, at.y, size.x, size.y});
    if (ImPlot::IsPlotHovered()) {
      const double mouse = std::round(ImPlot::GetPlotMousePos().x);
      const auto i = static_cast<std::size_t>(std::clamp(mouse, 1.0, n.back())) - 1;
      tooltip(tr("ui.after_n", {std::to_string(i + 1)}),
              estimate_text(all[i], unit_of(batch, figure)));
    }
    ImPlot::EndPlot();
  }
  ImGui::PopFont();
  axis_title(tr(scatters ? "ui.replications" : "ui.no_scatter"));
}

}  // namespace footfall::ui
