// Figures and tables of results.
#include <algorithm>
#include <map>

#include <imgui.h>

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

constexpr float named_card = 128, any_card = 190, widest_cell = 260, least_cell = 44,
                sort_arrow = 16;
constexpr std::size_t sampled_rows = 200;  // for the width of a column

/// One column as it is shown.
struct Shown {
  const Column* value = nullptr;
  const Column* low = nullptr;
  const Column* high = nullptr;
  bool number = false;
  std::string head, unit;
  float width = 0;
};

/// What is kept of a table between frames.
struct Kept {
  std::uint64_t version = 0;
  Language language = Language::english;
  int sorted_by = -1;
  bool down = false;
  std::vector<std::uint32_t> order;
  std::vector<float> widths;
};

bool is_text(const Column& column) {
  return std::holds_alternative<Column::Texts>(column.values);
}

std::optional<double> number_of(const Column& column, std::size_t row) {
  if (const auto* numbers = std::get_if<Column::Numbers>(&column.values)) return (*numbers)[row];
  if (const auto* integers = std::get_if<Column::Integers>(&column.values)) {
    return static_cast<double>((*integers)[row]);
  }
  return std::nullopt;
}

/// What stands in a cell, in the window's language where it is the name of something.
std::string text_of(const Column& column, std::size_t row) {
  const std::string text = column.text(row);
  if (column.id == "parameter") return std::string(label(language_in_use(), "param", text));
  return value_label(language_in_use(), column.id, text);
}

std::string cell_text(const Column& column, std::size_t row) {
  if (is_text(column)) return text_of(column, row);
  const auto value = number_of(column, row);
  if (!value) return "–";
  return grouped(*value, column.decimals);
}

/// A column may also be a figure or a parameter.
std::string head_of(Language l, const std::string& id) {
  for (const char* section : {"column", "figure"}) {
    const std::string_view text = label(l, section, id);
    if (text != id) return std::string(text);
  }
  return std::string(label(l, "param", id));
}

std::vector<Shown> shown_columns(const Table& table) {
  const auto suffix = [&](const Column& c, const char* end) { return table.find(c.id + end); };
  const auto ends = [](const std::string& id, std::string_view end) {
    return id.size() > end.size() && id.substr(id.size() - end.size()) == end;
  };
  std::vector<Shown> columns;
  const Language l = language_in_use();
  for (const Column& c : table.columns) {
    const bool part = ends(c.id, "_low") || ends(c.id, "_high");
    const std::string base = part ? c.id.substr(0, c.id.rfind('_')) : "";
    if (part && table.find(base) != nullptr) continue;
    // Reasons are written once in each language.
    if (ends(c.id, l == Language::english ? "_zh" : "_en")) continue;
    Shown shown{&c, suffix(c, "_low"), suffix(c, "_high"), !is_text(c), "", "", 0};
    shown.head = head_of(l, c.id);
    shown.unit = unit_label(l, c.unit);
    columns.push_back(std::move(shown));
  }
  return columns;
}

float text_width(const std::string& text) {
  return ImGui::CalcTextSize(text.c_str()).x;
}

std::string interval_of(const Shown& c, std::size_t row) {
  if (c.low == nullptr || c.high == nullptr) return {};
  const auto low = number_of(*c.low, row), high = number_of(*c.high, row);
  if (!low || !high || *low == *high) return {};
  return grouped(*low, c.value->decimals) + " – " + grouped(*high, c.value->decimals);
}

void measure(const Table& table, std::vector<Shown>& columns, Kept& kept) {
  kept.widths.clear();
  for (const Shown& c : columns) {
    float width = std::max(least_cell, text_width(c.head) + sort_arrow);
    for (std::size_t row = 0; row < std::min(sampled_rows, table.rows()); ++row) {
      width = std::max(
          {width, text_width(cell_text(*c.value, row)), 0.87f * text_width(interval_of(c, row))});
    }
    kept.widths.push_back(std::min(widest_cell, width + 2));
  }
}

void sort_rows(const Table& table, const std::vector<Shown>& columns, Kept& kept) {
  const ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
  const bool sorted = specs != nullptr && specs->SpecsCount > 0;
  const int by = sorted ? specs->Specs[0].ColumnIndex : -1;
  const bool down = sorted && specs->Specs[0].SortDirection == ImGuiSortDirection_Descending;
  if (kept.order.size() == table.rows() && kept.sorted_by == by && kept.down == down) return;
  kept.sorted_by = by;
  kept.down = down;
  kept.order.resize(table.rows());
  for (std::size_t i = 0; i < kept.order.size(); ++i) kept.order[i] = static_cast<unsigned>(i);
  if (by < 0 || by >= static_cast<int>(columns.size())) return;
  const Column& column = *columns[static_cast<std::size_t>(by)].value;
  std::stable_sort(kept.order.begin(), kept.order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (is_text(column)) {
      const std::string ta = text_of(column, a), tb = text_of(column, b);
      return down ? tb < ta : ta < tb;
    }
    const auto va = number_of(column, a), vb = number_of(column, b);
    if (!va || !vb) return va.has_value() && !vb.has_value();  // what is missing comes last
    return down ? *vb < *va : *va < *vb;
  });
}

void head_row(std::string_view id, const std::vector<Shown>& columns) {
  ImGui::TableNextRow(ImGuiTableRowFlags_Headers);
  ImGui::PushFont(fonts().small);
  ImGui::PushStyleColor(ImGuiCol_HeaderHovered, palette().hover.im());
  const ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    ImGui::TableSetColumnIndex(static_cast<int>(i));
    const Shown& c = columns[i];
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x;
    ImGui::TableHeader(("##" + c.value->id).c_str());
    mark(std::string(id) + ".head." + c.value->id);
    if (ImGui::IsItemHovered()) tooltip(c.head, c.unit);
    const bool sorted = specs != nullptr && specs->SpecsCount > 0 &&
                        specs->Specs[0].ColumnIndex == static_cast<int>(i);
    const float wide = text_width(c.head);
    const float x = c.number ? at.x + room - wide - (sorted ? sort_arrow - 2 : 0) : at.x;
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->PushClipRect(at, ImVec2(at.x + room, at.y + 24), true);
    list->AddText(ImVec2(std::max(at.x, x), at.y), palette().muted.im(), c.head.c_str());
    list->PopClipRect();
  }
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

/// What is drawn first in a row that can be chosen.
void row_button(std::string_view id, std::size_t row, std::uint64_t& selected, float height) {
  ImGui::TableSetColumnIndex(0);
  const bool on = row == selected;
  const ImVec2 at = ImGui::GetCursorPos();
  if (on) ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, palette().selected_row.im());
  ImGui::PushStyleColor(ImGuiCol_HeaderHovered,
                        (on ? palette().selected_row : palette().hover).im());
  ImGui::PushID(static_cast<int>(row));
  if (ImGui::Selectable("##row", false,
                        ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowOverlap,
                        ImVec2(0, height - 8))) {
    selected = row;
  }
  mark(std::string(id) + ".row." + std::to_string(row));
  ImGui::PopID();
  ImGui::PopStyleColor();
  ImGui::SetCursorPos(at);
}

void body_row(const std::vector<Shown>& columns, std::size_t row, bool intervals) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!ImGui::TableSetColumnIndex(static_cast<int>(i))) continue;
    const Shown& c = columns[i];
    if (!c.number) {
      text_cut(cell_text(*c.value, row), ImGui::GetContentRegionAvail().x);
      continue;
    }
    text_right(cell_text(*c.value, row), palette().text);
    if (intervals && c.low != nullptr) text_right_small(interval_of(c, row), palette().muted);
  }
}

std::string basis_text(const Figure& f) {
  const Language l = language_in_use();
  if (f.basis == Basis::none) return {};
  if (f.basis == Basis::pending) return tr("ui.interval_pending");
  return filled(label(l, "basis", name_of(f.basis)), {std::to_string(f.n)});
}

}  // namespace

std::string value_text(Language language, double value, std::string_view unit) {
  if (unit == "%") return fixed(value, std::abs(value) < 10 ? 1 : 0) + " %";
  const std::string number = short_number(language, value);
  const std::string words = unit_label(language, unit);
  return words.empty() ? number : number + " " + words;
}

std::optional<double> number_at(const Table& table, std::string_view column, std::size_t row) {
  const Column* found = table.find(column);
  return found == nullptr || row >= found->size() ? std::nullopt : number_of(*found, row);
}

std::string text_at(const Table& table, std::string_view column, std::size_t row) {
  const Column* found = table.find(column);
  return found == nullptr || row >= found->size() ? std::string() : text_of(*found, row);
}

void figure_cards(const Results& results, std::span<const std::string_view> ids) {
  std::vector<const Figure*> figures;
  for (const std::string_view id : ids) {
    if (const Figure* f = results.figure(id)) figures.push_back(f);
  }
  if (ids.empty()) {
    for (const Figure& f : results.figures) figures.push_back(&f);
  }
  if (figures.empty()) return;
  // Figures that are named have short names.
  const float least = ids.empty() ? any_card : named_card;
  const float room = ImGui::GetContentRegionAvail().x;
  const auto fit = static_cast<std::size_t>((room + space::s) / (least + space::s));
  const std::size_t columns = std::clamp<std::size_t>(fit, 1, figures.size());
  const float width =
      (room - space::s * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  const Language l = language_in_use();
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const Figure& f = *figures[i];
    if (i % columns != 0) ImGui::SameLine(0, space::s);
    const std::string unit = f.unit == "%" ? "" : unit_label(l, f.unit);
    const std::string value =
        f.unit == "%" ? value_text(l, f.value, "%") : short_number(l, f.value);
    const bool interval = f.basis != Basis::none && f.low < f.high;
    std::string second = interval ? short_range(l, f.low, f.high) : unit;
    if (interval && !unit.empty()) second += " " + unit;
    figure_card(label(l, "figure", f.id), value, second, width,
                interval ? palette().net_new : palette().line, f.basis == Basis::pending);
    mark("figure." + f.id);
    if (ImGui::IsItemHovered()) {
      std::string more = value_text(l, f.value, f.unit);
      if (interval) more += "\n" + short_range(l, f.low, f.high) + ", " + basis_text(f);
      tooltip(label(l, "figure", f.id), more);
    }
  }
}

void table_view(App& app, std::string_view id, const Table& table, std::uint64_t version,
                float height, std::uint64_t* selected) {
  static std::map<std::string, Kept, std::less<>> all_kept;
  std::vector<Shown> columns = shown_columns(table);
  if (columns.empty() || table.rows() == 0) {
    return text_small(tr("ui.empty_table"));
  }
  columns.resize(std::min<std::size_t>(columns.size(), 64));
  Kept& kept = all_kept[std::string(id) + "." + table.id];
  if (kept.version != version || kept.language != language_in_use() ||
      kept.widths.size() != columns.size()) {
    kept = {};
    kept.version = version;
    kept.language = language_in_use();
    measure(table, columns, kept);
  }
  float total = 0;
  for (const float w : kept.widths) total += w + 2 * space::s;
  const float room = ImGui::GetContentRegionAvail().x - 12;
  const bool wide = total > room;
  const bool intervals =
      std::any_of(columns.begin(), columns.end(), [](const Shown& c) { return c.low != nullptr; });
  ImGuiTableFlags flags = ImGuiTableFlags_Sortable | ImGuiTableFlags_SortTristate |
                          ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerH |
                          ImGuiTableFlags_NoSavedSettings;
  if (wide) flags |= ImGuiTableFlags_ScrollX;
  const std::string name = std::string(id) + table.id + (wide ? "x" : "");
  if (!ImGui::BeginTable(name.c_str(), static_cast<int>(columns.size()), flags,
                         ImVec2(0, height))) {
    return;
  }
  // Columns of numbers alone share what room there is.
  const bool even =
      !wide && std::all_of(columns.begin(), columns.end(), [](const Shown& c) { return c.number; });
  bool stretched = wide;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool stretch = !stretched && (!columns[i].number || i + 1 == columns.size());
    stretched = stretched || stretch;
    ImGuiTableColumnFlags f =
        stretch || even ? ImGuiTableColumnFlags_WidthStretch : ImGuiTableColumnFlags_WidthFixed;
    if (columns[i].number) f |= ImGuiTableColumnFlags_PreferSortDescending;
    ImGui::TableSetupColumn(columns[i].head.c_str(), f, stretch && !even ? 0 : kept.widths[i]);
  }
  ImGui::TableSetupScrollFreeze(wide && !columns[0].number ? 1 : 0, 1);
  head_row(id, columns);
  sort_rows(table, columns, kept);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 1));
  const float line = intervals ? 42.0f : 28.0f;
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(table.rows()), line);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const std::size_t row = kept.order[static_cast<std::size_t>(i)];
      ImGui::TableNextRow(0, line);
      if (selected != nullptr) row_button(id, row, *selected, line);
      body_row(columns, row, intervals);
    }
  }
  ImGui::PopStyleVar();
  ImGui::EndTable();
  mark(std::string(id) + ".table");
  static_cast<void>(app);
}

void tables_view(App& app, const Results& results, std::uint64_t version, float height) {
  static std::string chosen;
  if (results.tables.empty()) return;
  const Table* table = results.table(chosen);
  if (table == nullptr) table = &results.tables.front();
  const Language l = language_in_use();
  const float room = ImGui::GetContentRegionAvail().x;
  ImGui::SetNextItemWidth(std::min(280.0f, room - 120));
  if (ImGui::BeginCombo("##table", std::string(label(l, "table", table->id)).c_str())) {
    for (const Table& one : results.tables) {
      const std::string name(label(l, "table", one.id));
      if (ImGui::Selectable((name + "##" + one.id).c_str(), &one == table)) chosen = one.id;
      mark("table.choice." + one.id);
    }
    ImGui::EndCombo();
  }
  mark("table.choice");
  ImGui::SameLine();
  text_small(tr("ui.rows", {grouped(static_cast<double>(table->rows()), 0)}));
  ImGui::SameLine();
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() +
                       std::max(0.0f, ImGui::GetContentRegionAvail().x - 28));
  if (icon_button("table.copy", "copy", tr("ui.copy_table"), true, false, 28)) {
    ImGui::SetClipboardText(to_csv(*table).c_str());
    app.toast(Toast::Kind::info, tr("toast.copied", {label(l, "table", table->id)}));
  }
  table_view(app, "result", *table, version, height);
}

}  // namespace footfall::ui
