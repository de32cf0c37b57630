// Charts of results: heat maps, lines with bands, dots with intervals, bars of truth, a pyramid.
#include <algorithm>
#include <cmath>

#include <imgui.h>
#include <implot.h>

#include "core/text.hpp"
#include "ui/app.hpp"
#include "ui/fonts.hpp"
#include "ui/format.hpp"
#include "ui/hooks.hpp"
#include "ui/tr.hpp"
#include "ui/views/result_views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {
namespace {

constexpr float axis_height = 22;

/// Small print placed by hand.
struct Small {
  ImFont* font = fonts().small;
  float size = font->FontSize * ImGui::GetIO().FontGlobalScale;
  float width(const std::string& text) const {
    return font->CalcTextSizeA(size, 1e5f, 0, text.c_str()).x;
  }
  float height() const { return size; }
  void draw(ImDrawList* list, float x, float y, const std::string& text, Colour colour) const {
    list->AddText(font, size, ImVec2(x, y), colour.im(), text.c_str());
  }
  void draw_right(ImDrawList* list, float x, float y, const std::string& text, Colour c) const {
    draw(list, x - width(text), y, text, c);
  }
  void draw_middle(ImDrawList* list, float x, float y, const std::string& text, Colour c) const {
    draw(list, x - width(text) / 2, y, text, c);
  }
  /// Cut where it is wider.
  std::string cut(std::string text, float room) const {
    if (width(text) <= room) return text;
    while (!text.empty() && width(text + "…") > room) {
      do {
        text.pop_back();
      } while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80);
      if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0) text.pop_back();
    }
    return text + "…";
  }
};

Colour mixed(Colour a, Colour b, float t) {
  std::uint32_t out = 0;
  for (int shift = 24; shift >= 0; shift -= 8) {
    const auto ca = static_cast<float>(a.rgba >> shift & 255);
    const auto cb = static_cast<float>(b.rgba >> shift & 255);
    out |= static_cast<std::uint32_t>(ca + (cb - ca) * t + 0.5f) << shift;
  }
  return {out};
}

/// Of black and white-like, the one that is easier to read on a colour.
Colour readable_on(Colour ground) {
  const Palette& p = palette();
  return contrast(p.text, ground) >= contrast(p.panel, ground) ? p.text : p.panel;
}

/// Round steps: about `wanted` of them between low and high.
double round_step(double span, int wanted) {
  const double rough = span / std::max(1, wanted);
  const double power = std::pow(10.0, std::floor(std::log10(std::max(1e-12, rough))));
  for (const double step : {1.0, 2.0, 5.0, 10.0}) {
    if (step * power >= rough) return step * power;
  }
  return 10 * power;
}

void title_line(std::string_view title) {
  if (!title.empty()) ImGui::TextUnformatted(title.data(), title.data() + title.size());
}

void diamond(ImDrawList* list, ImVec2 at, float r, Colour colour) {
  list->AddQuadFilled(ImVec2(at.x, at.y - r), ImVec2(at.x + r, at.y), ImVec2(at.x, at.y + r),
                      ImVec2(at.x - r, at.y), colour.im());
}

void whisker(ImDrawList* list, float x0, float x1, float y, Colour colour) {
  list->AddLine(ImVec2(x0, y), ImVec2(x1, y), colour.im(), 2);
  for (const float x : {x0, x1}) {
    list->AddLine(ImVec2(x, y - 4), ImVec2(x, y + 4), colour.im(), 2);
  }
}

/// A scale along x in a rectangle, with its grid and the numbers below.
struct Scale {
  double low = 0, high = 1;
  float x0 = 0, x1 = 1;
  float at(double v) const { return x0 + (x1 - x0) * static_cast<float>((v - low) / (high - low)); }
};

void draw_scale(ImDrawList* list, const Scale& s, float top, float bottom, std::string_view unit,
                bool strong_zero) {
  const Palette& p = palette();
  const Small small;
  const double step = round_step(s.high - s.low, std::max(4, static_cast<int>((s.x1 - s.x0) / 90)));
  for (double v = std::ceil(s.low / step) * step; v <= s.high + step * 1e-6; v += step) {
    const bool zero = std::abs(v) < step * 1e-6;
    const float x = s.at(v);
    list->AddLine(ImVec2(x, top), ImVec2(x, bottom), (zero && strong_zero ? p.muted : p.line).im(),
                  zero && strong_zero ? 1.4f : 1);
    const std::string text = unit == "%" ? fixed(v, step < 1 ? 1 : 0) + " %"
                                         : short_number(language_in_use(), zero ? 0 : v);
    small.draw_middle(list, x, bottom + 4, text, p.muted);
  }
}

/// A row of a table with truth and estimate.
struct Compared {
  std::string label, unit, method, refused;
  std::optional<double> truth, estimate, low, high;

  /// By how much a value differs from the truth, per cent.
  std::optional<double> off(const std::optional<double>& value) const {
    if (!truth || *truth == 0 || !value) return std::nullopt;
    return (*value - *truth) / std::abs(*truth) * 100;
  }
  bool has_interval() const { return low && high && *low < *high; }
  /// The interval holds the truth; an estimate without an interval claims none.
  bool covered() const { return !has_interval() || !truth || (*low <= *truth && *truth <= *high); }
  std::string number(double value) const {
    return unit == "%" ? value_text(language_in_use(), value, unit)
                       : short_number(language_in_use(), value);
  }
  std::string words() const {
    const auto full = [](double v) { return grouped(v, std::abs(v) < 100 ? 1 : 0); };
    std::string text;
    if (truth) text += tr("ui.truth") + ": " + full(*truth);
    if (estimate) text += "\n" + tr("ui.estimate") + ": " + full(*estimate);
    if (estimate && has_interval()) text += "  (" + full(*low) + " – " + full(*high) + ")";
    if (!method.empty()) text += "\n" + method;
    if (!refused.empty()) text += "\n" + refused;
    return text;
  }
};

std::vector<Compared> compared_rows(const Table& table, std::string_view label_column) {
  std::vector<Compared> rows;
  const auto interval = [&](const char* name, std::size_t i) {
    const auto value = number_at(table, std::string("estimate_") + name, i);
    return value ? value : number_at(table, name, i);
  };
  for (std::size_t i = 0; i < table.rows(); ++i) {
    Compared row;
    row.label = text_at(table, label_column, i);
    const Column* units = table.find("unit");
    if (units != nullptr) row.unit = units->text(i);
    row.method = text_at(table, "method", i);
    row.refused = text_at(table, "refused", i);
    row.truth = number_at(table, "truth", i);
    row.estimate = number_at(table, "estimate", i);
    row.low = interval("low", i);
    row.high = interval("high", i);
    rows.push_back(std::move(row));
  }
  return rows;
}

/// Bar, dot, numbers and error of one row around the height `y`.
void compared_row(ImDrawList* list, const Compared& row, const Scale& bars, const Scale& error,
                  float y, float numbers) {
  const Palette& p = palette();
  const Small small;
  if (row.truth) {
    list->AddRectFilled(ImVec2(bars.x0, y - 9),
                        ImVec2(std::max(bars.x0 + 1.5f, bars.at(*row.truth)), y + 9),
                        p.own.faded(0.55f).im(), 3);
  }
  if (row.estimate) {
    if (row.has_interval()) whisker(list, bars.at(*row.low), bars.at(*row.high), y, p.transferred);
    list->AddCircleFilled(ImVec2(bars.at(*row.estimate), y), 4.5f, p.transferred.im());
  }
  const float right = bars.x1 + numbers, top = y - small.height() / 2;
  small.draw_right(list, right - 68, top, row.truth ? row.number(*row.truth) : "–", p.own);
  small.draw_right(list, right, top, row.estimate ? row.number(*row.estimate) : "–",
                   row.estimate ? p.text : p.muted);
  if (!row.estimate) {
    const std::string why = small.cut(row.refused, error.x1 - error.x0);
    const float middle = (error.x0 + error.x1) / 2, half = small.width(why) / 2 + space::xs;
    list->AddRectFilled(ImVec2(middle - half, top - 2), ImVec2(middle + half, top + 18),
                        p.panel.im(), 3);
    small.draw_middle(list, middle, top, why, p.muted);
    return;
  }
  const auto of = [&](const std::optional<double>& v) {
    return error.at(std::clamp(row.off(v).value_or(0), error.low, error.high));
  };
  const Colour colour = row.covered() ? p.transferred : p.error;
  if (row.has_interval()) whisker(list, of(row.low), of(row.high), y, colour);
  list->AddCircleFilled(ImVec2(of(row.estimate), y), 4.5f, colour.im());
}

void heat_legend(ImDrawList* list, float x, float y, const std::string& most) {
  const Small small;
  constexpr int steps = 24;
  small.draw(list, x, y, "0", palette().muted);
  const float from = x + 14, step = 5;
  for (int i = 0; i < steps; ++i) {
    const float at = from + step * static_cast<float>(i);
    list->AddRectFilled(ImVec2(at, y + 3), ImVec2(at + step, y + 11),
                        heat_colour((i + 0.5) / steps).im());
  }
  small.draw(list, from + step * steps + 6, y, most, palette().muted);
}

/// The grid's measures on the screen.
struct Grid {
  ImVec2 at;
  float left = 0, cell_w = 0, cell_h = 0, top = 0;
  std::size_t rows = 0, columns = 0;
  ImVec2 corner(std::size_t row, std::size_t column) const {
    return {at.x + left + cell_w * static_cast<float>(column),
            at.y + top + cell_h * static_cast<float>(row)};
  }
};

void draw_cells(const HeatMap& m, const Grid& g, double most, ImDrawList* list) {
  const Small small;
  const Language l = language_in_use();
  for (std::size_t r = 0; r < g.rows; ++r) {
    for (std::size_t c = 0; c < g.columns; ++c) {
      const auto value = m.values[r * g.columns + c];
      if (!value) continue;
      const ImVec2 a = g.corner(r, c);
      const Colour fill = heat_colour(*value / most);
      list->AddRectFilled(ImVec2(a.x + 0.5f, a.y + 0.5f),
                          ImVec2(a.x + g.cell_w - 0.5f, a.y + g.cell_h - 0.5f), fill.im(), 2);
      const std::string text =
          m.unit == "%" ? fixed(*value, *value < 10 ? 1 : 0) : short_number(l, *value);
      if (g.cell_h >= 17 && small.width(text) + 4 <= g.cell_w) {
        small.draw_middle(list, a.x + g.cell_w / 2, a.y + (g.cell_h - small.height()) / 2, text,
                          readable_on(fill));
      }
    }
  }
}

void draw_heads(const HeatMap& m, const Grid& g, ImDrawList* list) {
  const Small small;
  const Palette& p = palette();
  float widest = 8;
  for (const std::string& c : m.columns) widest = std::max(widest, small.width(c));
  const auto every = static_cast<std::size_t>(std::ceil((widest + 6) / g.cell_w));
  for (std::size_t c = 0; c < g.columns; c += std::max<std::size_t>(1, every)) {
    small.draw_middle(list, g.corner(0, c).x + g.cell_w / 2, g.at.y + 2, m.columns[c], p.muted);
  }
  for (std::size_t r = 0; r < g.rows; ++r) {
    const ImVec2 a = g.corner(r, 0);
    small.draw(list, g.at.x, a.y + (g.cell_h - small.height()) / 2,
               small.cut(m.rows[r], g.left - space::s), p.text);
  }
}

void cell_tooltip(const HeatMap& m, std::size_t row, std::size_t column) {
  const Language l = language_in_use();
  const std::size_t i = row * m.columns.size() + column;
  const std::string title = m.rows[row] +
                            (m.column_title.empty() ? ", " : ", " + m.column_title + " ") +
                            m.columns[column];
  std::string text = m.values[i] ? value_text(l, *m.values[i], m.unit) : "–";
  if (i < m.expected.size() && m.expected[i]) {
    text += "\n" + tr("ui.control", {value_text(l, *m.expected[i], m.unit)});
  }
  tooltip(title, text);
}

}  // namespace

Colour heat_colour(double share) {
  const Palette& p = palette();
  const std::array<Colour, 6> stops{p.card,     p.share[1], p.share[2],
                                    p.share[3], p.share[4], p.share[5]};
  const double at = std::clamp(share, 0.0, 1.0) * 5;
  const auto i = std::min<std::size_t>(4, static_cast<std::size_t>(at));
  return mixed(stops[i], stops[i + 1], static_cast<float>(at - static_cast<double>(i)));
}

int number_tick(double value, char* text, int size, void*) {
  return std::snprintf(text, static_cast<std::size_t>(size), "%s",
                       short_number(language_in_use(), value).c_str());
}

void legend_entry(std::string_view name, Colour colour, LegendMark mark) {
  ImGui::SameLine(0, space::l);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList* list = ImGui::GetWindowDrawList();
  switch (mark) {
    case LegendMark::whisker:
      list->AddLine(ImVec2(at.x + 5, at.y + 3), ImVec2(at.x + 5, at.y + 15), colour.im(), 1.6f);
      list->AddLine(ImVec2(at.x + 2, at.y + 3), ImVec2(at.x + 8, at.y + 3), colour.im(), 1.6f);
      list->AddLine(ImVec2(at.x + 2, at.y + 15), ImVec2(at.x + 8, at.y + 15), colour.im(), 1.6f);
      break;
    case LegendMark::diamond:
      diamond(list, ImVec2(at.x + 5, at.y + 9), 5.5f, colour);
      break;
    case LegendMark::dot:
      list->AddCircleFilled(ImVec2(at.x + 5, at.y + 9), 4.5f, colour.im());
      break;
    case LegendMark::patch:
      list->AddRectFilled(ImVec2(at.x, at.y + 4), ImVec2(at.x + 10, at.y + 14), colour.im(), 3);
      break;
  }
  ImGui::Dummy(ImVec2(10, 16));
  ImGui::SameLine(0, 6);
  text_small(name);
}

HeatMap heat_map_of(const Table& table, std::string_view row, std::string_view column,
                    std::string_view value) {
  HeatMap map;
  const auto place = [](std::vector<std::string>& names, const std::string& name) {
    const auto it = std::find(names.begin(), names.end(), name);
    const auto at = static_cast<std::size_t>(it - names.begin());
    if (at == names.size()) names.push_back(name);
    return at;
  };
  struct Cell {
    std::size_t row, column;
    std::optional<double> value;
  };
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    cells.push_back({place(map.rows, text_at(table, row, i)),
                     place(map.columns, text_at(table, column, i)), number_at(table, value, i)});
  }
  map.values.resize(map.rows.size() * map.columns.size());
  for (const Cell& cell : cells)
    map.values[cell.row * map.columns.size() + cell.column] = cell.value;
  if (const Column* found = table.find(value)) map.unit = found->unit;
  return map;
}

std::optional<std::size_t> heat_map(std::string_view id, const HeatMap& m, float height) {
  if (m.rows.empty() || m.columns.empty()) return std::nullopt;
  const Small small;
  const ImVec2 room = ImGui::GetContentRegionAvail();
  Grid g;
  g.at = ImGui::GetCursorScreenPos();
  g.rows = m.rows.size();
  g.columns = m.columns.size();
  for (const std::string& name : m.rows) g.left = std::max(g.left, small.width(name) + space::m);
  g.left = std::min(g.left, std::min(180.0f, room.x * 0.3f));
  g.top = 20;
  const float legend = 22, free = (height > 0 ? height : room.y) - g.top - legend;
  g.cell_h = std::clamp(free / static_cast<float>(g.rows), 16.0f, 34.0f);
  g.cell_w = (room.x - g.left) / static_cast<float>(g.columns);
  double most = 1e-12;
  for (const auto& value : m.values) most = std::max(most, value.value_or(0));
  ImDrawList* list = ImGui::GetWindowDrawList();
  const std::string name(id);
  const float total = g.top + g.cell_h * static_cast<float>(g.rows) + legend;
  const bool pressed = ImGui::InvisibleButton(name.c_str(), ImVec2(room.x, total));
  mark(id);
  const bool hovered = ImGui::IsItemHovered();
  draw_heads(m, g, list);
  draw_cells(m, g, most, list);
  heat_legend(list, g.at.x + g.left, g.at.y + total - 16,
              value_text(language_in_use(), most, m.unit));
  if (!hovered) return std::nullopt;
  const ImVec2 mouse = ImGui::GetIO().MousePos, first = g.corner(0, 0);
  const float r = (mouse.y - first.y) / g.cell_h, c = (mouse.x - first.x) / g.cell_w;
  if (r < 0 || c < 0 || r >= static_cast<float>(g.rows) || c >= static_cast<float>(g.columns)) {
    return std::nullopt;
  }
  const auto row = static_cast<std::size_t>(r), column = static_cast<std::size_t>(c);
  const ImVec2 a = g.corner(row, column);
  list->AddRect(a, ImVec2(a.x + g.cell_w, a.y + g.cell_h), palette().text.im(), 2, 0, 1.5f);
  cell_tooltip(m, row, column);
  return pressed ? std::optional(row) : std::nullopt;
}

void line_chart(std::string_view id, std::string_view title, std::span<const Series> lines,
                std::string_view x_title, std::string_view unit, float height) {
  title_line(title);
  for (const Series& line : lines) legend_entry(line.name, line.colour);
  double x0 = 1e300, x1 = -1e300, most = 0;
  for (const Series& line : lines) {
    for (const double x : line.x) x0 = std::min(x0, x), x1 = std::max(x1, x);
    for (const double y : line.y) most = std::max(most, y);
    for (const double y : line.high) most = std::max(most, y);
  }
  if (!(x1 > x0)) return;
  ImGui::PushFont(fonts().small);
  const std::string name = "##" + std::string(id);
  const ImPlotFlags flags = ImPlotFlags_CanvasOnly | ImPlotFlags_NoInputs | ImPlotFlags_NoFrame;
  if (ImPlot::BeginPlot(name.c_str(), ImVec2(-1, height > 0 ? height : -1), flags)) {
    const ImPlotAxisFlags axis = ImPlotAxisFlags_NoMenus | ImPlotAxisFlags_NoHighlight;
    ImPlot::SetupAxes(nullptr, nullptr, axis | ImPlotAxisFlags_NoGridLines, axis);
    ImPlot::SetupAxesLimits(x0, x1, 0, most > 0 ? most * 1.06 : 1, ImPlotCond_Always);
    ImPlot::SetupAxisFormat(ImAxis_Y1, number_tick);
    ImPlot::SetupFinish();
    for (const Series& line : lines) {
      const auto n = static_cast<int>(line.x.size());
      const Colour c = line.colour;
      const ImVec4 colour(c.r(), c.g(), c.b(), 1);
      if (!line.low.empty()) {
        ImPlot::SetNextFillStyle(colour, 0.18f);
        ImPlot::PlotShaded(("##band" + line.name).c_str(), line.x.data(), line.low.data(),
                           line.high.data(), n);
      }
      ImPlot::SetNextLineStyle(colour, line.thin ? 1.3f : 2.0f);
      ImPlot::PlotLine(line.name.c_str(), line.x.data(), line.y.data(), n);
    }
    const ImVec2 at = ImPlot::GetPlotPos(), size = ImPlot::GetPlotSize();
    mark(id, {at.x, at.y, size.x, size.y});
    if (ImPlot::IsPlotHovered()) {
      const double x = std::round(ImPlot::GetPlotMousePos().x);
      const float px = ImPlot::PlotToPixels(x, 0).x;
      ImPlot::GetPlotDrawList()->AddLine(ImVec2(px, at.y), ImVec2(px, at.y + size.y),
                                         palette().muted.im());
      std::string text;
      for (const Series& line : lines) {
        const auto it = std::lower_bound(line.x.begin(), line.x.end(), x);
        if (it == line.x.end()) continue;
        const double y = line.y[static_cast<std::size_t>(it - line.x.begin())];
        text +=
            (text.empty() ? "" : "\n") + line.name + ": " + value_text(language_in_use(), y, unit);
      }
      tooltip(std::string(x_title) + " " + fixed(x, 0), text);
    }
    ImPlot::EndPlot();
  }
  ImGui::PopFont();
}

void interval_chart(std::string_view id, std::string_view title, std::span<const IntervalRow> rows,
                    std::string_view unit) {
  title_line(title);
  if (rows.empty()) return;
  const Palette& p = palette();
  const Small small;
  const Language l = language_in_use();
  std::vector<std::string> named;  // a row may lack what another has
  for (const IntervalRow& row : rows) {
    for (const IntervalMark& m : row.marks) {
      if (std::find(named.begin(), named.end(), m.name) != named.end()) continue;
      named.push_back(m.name);
      legend_entry(m.name, m.colour, m.truth ? LegendMark::diamond : LegendMark::dot);
    }
  }
  Scale s{0, 0, 0, 0};
  float left = 60;
  std::size_t count = 0;
  for (const IntervalRow& row : rows) {
    left = std::max(left, small.width(row.label) + space::l);
    for (const IntervalMark& m : row.marks) {
      s.low = std::min({s.low, m.value, m.low.value_or(0)});
      s.high = std::max({s.high, m.value, m.high.value_or(0)});
    }
    count += std::max<std::size_t>(1, row.marks.size());
  }
  if (s.high <= s.low) s.high = s.low + 1;
  const double margin = (s.high - s.low) * 0.04;
  s.high += margin;
  if (s.low < 0) s.low -= margin;
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  left = std::min(left, room.x * 0.35f);
  constexpr float mark_step = 16, row_gap = 10;
  const float body =
      mark_step * static_cast<float>(count) + row_gap * static_cast<float>(rows.size());
  s.x0 = at.x + left;
  s.x1 = at.x + room.x - space::l;
  const std::string name(id);
  ImGui::InvisibleButton(name.c_str(), ImVec2(room.x, body + axis_height));
  mark(id);
  const bool hovered = ImGui::IsItemHovered();
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_scale(list, s, at.y, at.y + body, unit, true);
  float y = at.y;
  for (const IntervalRow& row : rows) {
    const auto marks = static_cast<float>(std::max<std::size_t>(1, row.marks.size()));
    const float height = mark_step * marks + row_gap;
    if (hovered && mouse.y >= y && mouse.y < y + height) {
      list->AddRectFilled(ImVec2(at.x, y), ImVec2(at.x + room.x, y + height),
                          p.hover.faded(0.5f).im(), 4);
      std::string text;
      for (const IntervalMark& m : row.marks) {
        text += (text.empty() ? "" : "\n") + m.name + ": " + value_text(l, m.value, unit);
        if (m.low && m.high) text += "  (" + short_range(l, *m.low, *m.high) + ")";
      }
      tooltip(row.label, text);
    }
    small.draw(list, at.x + 2, y + (height - small.height()) / 2,
               small.cut(row.label, left - space::s), p.text);
    float my = y + row_gap / 2 + mark_step / 2;
    for (const IntervalMark& m : row.marks) {
      if (m.low && m.high && *m.low < *m.high) {
        whisker(list, s.at(*m.low), s.at(*m.high), my, m.colour.faded(0.75f));
      }
      if (m.truth) {
        diamond(list, ImVec2(s.at(m.value), my), 6, m.colour);
      } else {
        list->AddCircleFilled(ImVec2(s.at(m.value), my), 4.5f, m.colour.im());
      }
      my += mark_step;
    }
    y += height;
  }
}

void truth_chart(std::string_view id, std::string_view title, const Table& table,
                 std::string_view label_column) {
  title_line(title);
  legend_entry(tr("ui.truth"), palette().own);
  legend_entry(tr("ui.estimate"), palette().transferred, LegendMark::dot);
  legend_entry(tr("ui.interval"), palette().transferred, LegendMark::whisker);
  const Small small;
  const std::vector<Compared> rows = compared_rows(table, label_column);
  double most = 1e-12, off = 5;  // per cent at least
  float left = 60;
  for (const Compared& row : rows) {
    left = std::max(left, small.width(row.label) + space::l);
    for (const auto& value : {row.truth, row.estimate, row.high}) {
      most = std::max(most, value.value_or(0));
    }
    for (const auto& value : {row.estimate, row.low, row.high}) {
      if (const auto e = row.off(value)) off = std::max(off, std::abs(*e));
    }
  }
  off = std::min(off * 1.1, 100.0);
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  left = std::min(left, room.x * 0.25f);
  constexpr float row_height = 38, numbers = 140;
  const float body = row_height * static_cast<float>(rows.size());
  const float free = room.x - left - numbers - 2 * space::xl;
  const Scale bars{0, most * 1.04, at.x + left, at.x + left + free * 0.58f};
  const Scale error{-off, off, bars.x1 + numbers + 2 * space::xl - space::s,
                    at.x + room.x - space::xl};
  const std::string name(id);
  ImGui::InvisibleButton(name.c_str(), ImVec2(room.x, body + axis_height));
  mark(id);
  const bool hovered = ImGui::IsItemHovered();
  const float mouse_y = ImGui::GetIO().MousePos.y;
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_scale(list, bars, at.y, at.y + body, "", false);
  draw_scale(list, error, at.y, at.y + body, "%", true);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const float y = at.y + row_height * static_cast<float>(i);
    if (hovered && mouse_y >= y && mouse_y < y + row_height) {
      list->AddRectFilled(ImVec2(at.x, y), ImVec2(at.x + room.x, y + row_height),
                          palette().hover.faded(0.5f).im(), 4);
      tooltip(rows[i].label, rows[i].words());
    }
    small.draw(list, at.x + 2, y + (row_height - small.height()) / 2,
               small.cut(rows[i].label, left - space::s), palette().text);
    compared_row(list, rows[i], bars, error, y + row_height / 2, numbers);
  }
}

void truth_cards(std::string_view id, const Table& table, std::string_view label_column) {
  const Palette& p = palette();
  const Small small;
  const Language l = language_in_use();
  const std::vector<Compared> rows = compared_rows(table, label_column);
  if (rows.empty()) return;
  constexpr float least = 176, height = 104;
  const float room = ImGui::GetContentRegionAvail().x;
  const auto fit = static_cast<std::size_t>((room + space::s) / (least + space::s));
  std::size_t columns = std::clamp<std::size_t>(fit, 1, rows.size());
  // Rows of equal length where that is possible with almost as many in one.
  const std::size_t lines = (rows.size() + columns - 1) / columns;
  columns = (rows.size() + lines - 1) / lines;
  const float width =
      (room - space::s * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Compared& row = rows[i];
    if (i % columns != 0) ImGui::SameLine(0, space::s);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy(ImVec2(width, height));
    mark(std::string(id) + "." + table.find(label_column)->text(i));
    if (ImGui::IsItemHovered()) tooltip(row.label, row.words());
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->PushClipRect(at, ImVec2(at.x + width, at.y + height), true);
    list->AddRectFilled(at, ImVec2(at.x + width, at.y + height), p.card.im(), space::rounding);
    const float x = at.x + space::m, right = at.x + width - space::m;
    small.draw(list, x, at.y + 8, small.cut(row.label, width - 2 * space::m), p.muted);
    ImFont* large = fonts().large;
    const float size = large->FontSize * ImGui::GetIO().FontGlobalScale;
    const std::string value = row.truth ? row.number(*row.truth) : "–";
    list->AddText(large, size, ImVec2(x, at.y + 25), p.own.im(), value.c_str());
    const float wide = large->CalcTextSizeA(size, 1e5f, 0, value.c_str()).x;
    small.draw(list, x + wide + 6, at.y + 34,
               small.cut(row.unit == "%" ? "" : unit_label(l, row.unit), right - x - wide - 6),
               p.muted);
    if (!row.estimate) {
      const std::string why = row.refused.empty() ? "–" : row.refused;
      list->AddText(small.font, small.size, ImVec2(x, at.y + 56), p.muted.im(), why.c_str(),
                    nullptr, width - 2 * space::m);
      list->PopClipRect();
      continue;
    }
    const Colour colour = row.covered() ? p.transferred : p.error;
    list->AddCircleFilled(ImVec2(x + 4, at.y + 65), 4, colour.im());
    small.draw(list, x + 14, at.y + 57, row.number(*row.estimate), p.text);
    if (const auto e = row.off(row.estimate)) {
      const std::string off = (*e > 0 ? "+" : "") + fixed(*e, std::abs(*e) < 10 ? 1 : 0) + " %";
      small.draw_right(list, right, at.y + 57, off, row.covered() ? p.muted : p.error);
    }
    if (row.has_interval()) {
      small.draw(list, x + 14, at.y + 76,
                 small.cut(row.unit == "%" ? fixed(*row.low, 1) + " – " + fixed(*row.high, 1) + " %"
                                           : short_range(l, *row.low, *row.high),
                           width - 2 * space::m - 14),
                 p.muted);
    } else {
      small.draw(list, x + 14, at.y + 76, small.cut(row.method, width - 2 * space::m - 14),
                 p.muted);
    }
    list->PopClipRect();
  }
}

void pyramid(std::string_view id, const Pyramid& data, float height) {
  const std::size_t n = data.ages.size();
  if (n == 0) return;
  const Palette& p = palette();
  const Small small;
  const Language l = language_in_use();
  double most = 1e-12;
  for (std::size_t i = 0; i < n; ++i) {
    most = std::max({most, data.all_women[i], data.all_men[i], data.women[i], data.men[i]});
  }
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  float middle_width = 40;
  for (const std::string& age : data.ages) {
    middle_width = std::max(middle_width, small.width(age) + space::l);
  }
  const float half = (room.x - middle_width) / 2 - space::s;
  const float left = at.x + half, right = left + middle_width;
  const float body = height - axis_height - 20, step = body / static_cast<float>(n);
  const std::string name(id);
  ImGui::InvisibleButton(name.c_str(), ImVec2(room.x, height));
  mark(id);
  const bool hovered = ImGui::IsItemHovered();
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  ImDrawList* list = ImGui::GetWindowDrawList();
  small.draw_right(list, left, at.y, std::string(label(l, "choice", "female")), p.muted);
  small.draw(list, right, at.y, std::string(label(l, "choice", "male")), p.muted);
  const float top = at.y + 20, unit = half / static_cast<float>(most);
  const double tick = round_step(most, 2);
  for (double v = 0; v <= most * 1.0001; v += tick) {
    const auto w = static_cast<float>(v) * unit;
    for (const float x : {left - w, right + w}) {
      list->AddLine(ImVec2(x, top), ImVec2(x, top + body), p.line.im());
      small.draw_middle(list, std::clamp(x, at.x + 10, at.x + room.x - 12), top + body + 4,
                        short_number(l, v), p.muted);
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    const float y = top + step * static_cast<float>(n - 1 - i);
    const float a = y + 2, b = y + step - 2;
    const auto bar = [&](double value, bool women, Colour colour) {
      const float w = static_cast<float>(value) * unit;
      list->AddRectFilled(ImVec2(women ? left - w : right, a), ImVec2(women ? left : right + w, b),
                          colour.im(), 2);
    };
    bar(data.all_women[i], true, p.transferred.faded(0.25f));
    bar(data.all_men[i], false, p.net_new.faded(0.25f));
    bar(data.women[i], true, p.transferred);
    bar(data.men[i], false, p.net_new);
    small.draw_middle(list, (left + right) / 2, y + (step - small.height()) / 2, data.ages[i],
                      p.text);
    if (hovered && mouse.y >= y && mouse.y < y + step) {
      const auto line = [&](const char* key, double some, double all) {
        return std::string(label(l, "choice", key)) + ": " +
               tr("ui.of", {short_number(l, some), short_number(l, all)});
      };
      tooltip(data.ages[i], line("female", data.women[i], data.all_women[i]) + "\n" +
                                line("male", data.men[i], data.all_men[i]));
    }
  }
}

}  // namespace footfall::ui
