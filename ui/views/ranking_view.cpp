// The candidates as a table, best first; linked with map and chart by hover and selection.
#include <algorithm>

#include <imgui.h>

#include "ui/app.hpp"
#include "ui/fonts.hpp"
#include "ui/format.hpp"
#include "ui/tr.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {
namespace {

constexpr float row_height = 44;

struct ColumnSpec {
  const char* number;  ///< column of the results that it shows and sorts by; null: rank, name
  const char* key;
  float width;  ///< 0: the rest
};
constexpr ColumnSpec columns[] = {{nullptr, "ui.column.rank", 26},
                                  {nullptr, "column.name", 0},
                                  {"net_new_sales", "ui.column.net_new", 96},
                                  {"transferred", "ui.column.transferred", 78},
                                  {"expected_sales", "ui.column.expected", 70}};

std::vector<const SiteRow*> sorted_rows(const App& app) {
  std::vector<const SiteRow*> rows;
  for (const SiteRow& row : app.document.sites()) rows.push_back(&row);
  const ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
  if (specs == nullptr || specs->SpecsCount == 0) return rows;
  const int by = specs->Specs[0].ColumnIndex;
  const bool down = specs->Specs[0].SortDirection == ImGuiSortDirection_Descending;
  const auto key = [&](const SiteRow& row) {
    if (by == 0) return row.rank > 0 ? static_cast<double>(row.rank) : 1e9;
    return row.number(columns[by].number).value_or(-1e300);
  };
  std::stable_sort(rows.begin(), rows.end(), [&](const SiteRow* a, const SiteRow* b) {
    if (by == 1) return down ? b->name < a->name : a->name < b->name;
    return down ? key(*b) < key(*a) : key(*a) < key(*b);
  });
  return rows;
}

std::string interval_text(const SiteRow& row, const char* column) {
  const auto low = row.number(std::string(column) + "_low");
  const auto high = row.number(std::string(column) + "_high");
  if (row.pending) return tr("ui.pending");
  if (!low || !high) return {};
  return short_range(language_in_use(), *low, *high);
}

void number_cell(const SiteRow& row, const ColumnSpec& column, bool main) {
  const auto value = row.number(column.number);
  const std::string text = value ? short_number(language_in_use(), *value) : "–";
  text_right(text, main ? palette().text : palette().muted);
  if (main) text_right_small(interval_text(row, column.number), palette().muted);
}

void name_cell(const App& app, const SiteRow& row) {
  const float room = ImGui::GetContentRegionAvail().x;
  text_cut(row.name.empty() ? "–" : row.name, room);
  std::string second;
  const Table* table = app.document.has_results() ? app.document.results().table("sites") : nullptr;
  const Column* hit = table != nullptr ? table->find("hardest_hit") : nullptr;
  if (row.pending) {
    second = tr("ui.being_computed");
  } else if (hit != nullptr && row.result_row < hit->size() && !hit->text(row.result_row).empty()) {
    second = tr("ui.takes_from", {hit->text(row.result_row)});
  }
  ImGui::PushFont(fonts().small);
  ImGui::PushStyleColor(ImGuiCol_Text, palette().muted.im());
  text_cut(second, room);
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

void table_row(App& app, const SiteRow& row) {
  ImGui::TableNextRow(0, row_height);
  ImGui::TableSetColumnIndex(0);
  ImGui::PushID(static_cast<int>(row.id.value));
  const bool selected = row.id == app.document.selected();
  const ImVec2 at = ImGui::GetCursorPos();
  ImGui::PushStyleColor(ImGuiCol_HeaderHovered,
                        (selected ? palette().selected_row : palette().hover).im());
  if (row.id == app.hovered && !selected) {
    ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, palette().hover.im());
  }
  if (ImGui::Selectable("##row", selected,
                        ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowOverlap,
                        ImVec2(0, row_height - 10))) {
    app.select(row.id);
  }
  if (ImGui::IsMouseDoubleClicked(0) && ImGui::IsItemHovered()) app.select(row.id, true);
  ImGui::PopStyleColor();
  mark("row." + std::to_string(row.id.value));
  if (ImGui::IsItemHovered()) app.hovered_next = row.id;
  ImGui::SetCursorPos(at);
  text_right(row.rank > 0 ? std::to_string(row.rank) : "–",
             selected ? palette().accent : palette().text);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 1));
  ImGui::TableSetColumnIndex(1);
  name_cell(app, row);
  for (int i = 2; i < ImGui::TableGetColumnCount(); ++i) {
    if (ImGui::TableSetColumnIndex(i)) number_cell(row, columns[i], i == 2);
  }
  ImGui::PopStyleVar();
  ImGui::PopID();
}

void header_row(const App& app, int shown) {
  ImGui::TableNextRow(ImGuiTableRowFlags_Headers);
  ImGui::PushFont(fonts().small);
  ImGui::PushStyleColor(ImGuiCol_Text, palette().muted.im());
  ImGui::PushStyleColor(ImGuiCol_HeaderHovered, palette().hover.im());
  for (int i = 0; i < shown; ++i) {
    ImGui::TableSetColumnIndex(i);
    ImGui::TableHeader(ImGui::TableGetColumnName(i));
    mark(std::string("header.") + (i == 0 ? "rank" : i == 1 ? "name" : columns[i].number));
    if (i >= 2 && ImGui::IsItemHovered()) {
      tooltip(label(language_in_use(), "column", columns[i].number),
              app.document.scenario().currency);
    }
  }
  ImGui::PopStyleColor(2);
  ImGui::PopFont();
}

}  // namespace

void ranking_view(App& app) {
  const auto& sites = app.document.sites();
  ImGui::TextUnformatted(tr("ui.ranking").c_str());
  ImGui::SameLine();
  text_right(tr("ui.per_year", {app.document.scenario().currency}), palette().muted);
  if (sites.empty()) return empty_state("add", tr("ui.no_sites"), tr("ui.no_sites_hint"));
  const float room = ImGui::GetContentRegionAvail().x;
  const int shown = room < 300 ? 3 : room < 440 ? 4 : 5;  // the name needs its place
  const ImGuiTableFlags flags = ImGuiTableFlags_Sortable | ImGuiTableFlags_ScrollY |
                                ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_PadOuterX;
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, ImVec2(space::xs, 5));
  if (ImGui::BeginTable("sites", shown, flags)) {
    for (int i = 0; i < shown; ++i) {
      const ColumnSpec& c = columns[i];
      ImGuiTableColumnFlags f =
          c.width > 0 ? ImGuiTableColumnFlags_WidthFixed : ImGuiTableColumnFlags_WidthStretch;
      if (i == 0) f |= ImGuiTableColumnFlags_DefaultSort;
      if (i >= 2) f |= ImGuiTableColumnFlags_PreferSortDescending;
      ImGui::TableSetupColumn(tr(c.key).c_str(), f, c.width);
    }
    ImGui::TableSetupScrollFreeze(0, 1);
    header_row(app, shown);
    for (const SiteRow* row : sorted_rows(app)) table_row(app, *row);
    ImGui::EndTable();
  }
  ImGui::PopStyleVar();
}

}  // namespace footfall::ui
