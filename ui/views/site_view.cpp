// The selected store: its figures at its present place, why it ranks there, and its own data.
#include <algorithm>

#include <imgui.h>

#include "core/text.hpp"
#include "ui/app.hpp"
#include "ui/fonts.hpp"
#include "ui/format.hpp"
#include "ui/platform.hpp"
#include "ui/tr.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {
namespace {

std::string money(const App& app, double value) {
  return app.document.scenario().currency + " " + short_number(language_in_use(), value);
}

std::string interval(const SiteRow& row, const std::string& column) {
  if (row.pending) return tr("ui.interval_pending");
  const auto low = row.number(column + "_low"), high = row.number(column + "_high");
  if (!low || !high) return {};
  return short_range(language_in_use(), *low, *high);
}

void card(const App& app, const SiteRow& row, const char* column, const char* key, float width,
          Colour colour) {
  const auto value = row.number(column);
  figure_card(tr(key), value ? money(app, *value) : "–", interval(row, column), width, colour,
              row.pending);
}

void cards(const App& app, const SiteRow& row) {
  const Palette& p = palette();
  const float room = ImGui::GetContentRegionAvail().x, half = (room - space::s) / 2;
  card(app, row, "net_new_sales", "column.net_new_sales", room, p.net_new);
  card(app, row, "expected_sales", "column.expected_sales", half, p.accent);
  ImGui::SameLine();
  card(app, row, "transferred", "ui.column.transferred", half, p.transferred);
}

/// Where the sales come from, as one bar of three parts.
void sources(const App& app, const SiteRow& row) {
  struct Part {
    const char* column;
    Colour colour;
  };
  const Palette& p = palette();
  const Part parts[] = {
      {"from_competitors", p.net_new}, {"from_outside", p.own}, {"transferred", p.transferred}};
  const double sales = row.number("expected_sales").value_or(0);
  if (sales <= 0) return;
  section_title(tr("ui.sources"));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList* list = ImGui::GetWindowDrawList();
  float x = at.x;
  for (const Part& part : parts) {
    const auto share = static_cast<float>(row.number(part.column).value_or(0) / sales);
    const float w = std::max(0.0f, share * width);
    list->AddRectFilled(ImVec2(x, at.y), ImVec2(std::max(x, x + w - 1), at.y + 8), part.colour.im(),
                        2);
    x += w;
  }
  ImGui::Dummy(ImVec2(width, 8));
  for (const Part& part : parts) {
    const double value = row.number(part.column).value_or(0);
    const ImVec2 dot = ImGui::GetCursorScreenPos();
    list->AddCircleFilled(ImVec2(dot.x + 4, dot.y + 9), 4, part.colour.im());
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + space::l);
    text_small(label(language_in_use(), "column", part.column));
    ImGui::SameLine();
    ImGui::PushFont(fonts().small);
    text_right(money(app, value) + "   " + percent(value / sales), p.text);
    ImGui::PopFont();
  }
}

void fact(std::string_view name, const std::string& value) {
  text_small(name);
  ImGui::SameLine();
  ImGui::PushFont(fonts().small);
  text_right(value, palette().text);
  ImGui::PopFont();
}

std::string result_text(const App& app, const SiteRow& row, std::string_view column) {
  const Table* table = app.document.results().table("sites");
  const Column* found = table != nullptr ? table->find(column) : nullptr;
  return found != nullptr && row.result_row < found->size() ? found->text(row.result_row) : "";
}

/// What only the engine knows; of the state before while pending, then shown dimmed.
void details(const App& app, const SiteRow& row) {
  if (row.result_row == SiteRow::npos) return;
  const Language l = language_in_use();
  ImGui::PushStyleVar(ImGuiStyleVar_Alpha, row.pending ? 0.5f : 1.0f);
  section_title(tr("ui.why"));
  text_wrapped(result_text(app, row, "reason_" + std::string(code_of(l))));
  section_title(tr("ui.details"));
  const std::string hit = result_text(app, row, "hardest_hit");
  if (!hit.empty()) {
    fact(label(l, "column", "hardest_hit"),
         hit + "  −" + money(app, row.number("hardest_hit_loss").value_or(0)));
  }
  for (const char* column :
       {"residents_5min", "residents_10min", "residents_15min", "residents_3km"}) {
    if (const auto value = row.number(column))
      fact(label(l, "column", column), whole_number(*value));
  }
  for (const char* column : {"top1", "top3", "top5"}) {
    if (const auto value = row.number(column)) {
      fact(label(l, "column", column), fixed(*value, 0) + " %");
    }
  }
  if (const auto profit = row.number("profit"))
    fact(label(l, "column", "profit"), money(app, *profit));
  if (const auto years = row.number("payback_years")) {
    fact(label(l, "column", "payback_years"), fixed(*years, 1) + " " + unit_label(l, "years"));
  }
  ImGui::PopStyleVar();
}

// --- the store's own data

void perform(App& app, const scenario::Edit& edit, const scenario::Store& store,
             const std::string& merge) {
  const Errors errors =
      app.document.edit(edit, "ui.step.store|" + store.name, platform::now_ms(), merge);
  if (!errors.empty()) app.toast(errors);
}

void name_field(App& app, const scenario::Store& store) {
  static std::uint32_t of = 0;
  static std::string text;
  if (of != store.id.value || !ImGui::IsAnyItemActive()) text = store.name, of = store.id.value;
  text.resize(std::max<std::size_t>(text.size() + 64, 128));
  ImGui::SetNextItemWidth(-1);
  ImGui::InputText("##name", text.data(), text.size());
  mark("field.name");
  text.resize(std::char_traits<char>::length(text.c_str()));
  if (ImGui::IsItemDeactivatedAfterEdit() && text != store.name) {
    perform(app, scenario::set_store(app.document.scenario(), store.id, "name", text), store, "");
  }
}

/// A number of the store in the unit of the scenario; absent where the store has none.
void number_field(App& app, const scenario::Store& store, const char* field,
                  std::optional<double> value, const std::string& unit, double step, double max) {
  ImGui::PushID(field);
  ImGui::AlignTextToFramePadding();
  text_small(label(language_in_use(), "column", field));
  ImGui::SameLine();
  const float width = 150;
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() +
                       std::max(0.0f, ImGui::GetContentRegionAvail().x - width));
  ImGui::SetNextItemWidth(width);
  double shown = value.value_or(0);
  const std::string format = (step < 1 ? "%.2f " : "%.0f ") + unit;
  const std::string none = tr("ui.not_set");
  const double min = std::string_view(field) == "floor_area_m2" ? 1 : 0;
  const bool changed =
      ImGui::DragScalar("##value", ImGuiDataType_Double, &shown, static_cast<float>(step), &min,
                        &max, value ? format.c_str() : none.c_str(), ImGuiSliderFlags_AlwaysClamp);
  mark(std::string("field.") + field);
  if (changed) {
    perform(app, scenario::set_store(app.document.scenario(), store.id, field, shown), store,
            std::string("field.") + field + std::to_string(store.id.value));
  }
  if (ImGui::IsItemDeactivated()) app.document.end_merge();
  ImGui::PopID();
}

void own_data(App& app, const scenario::Store& store) {
  section_title(tr("ui.store_data"));
  const std::string currency = app.document.scenario().currency;
  number_field(app, store, "floor_area_m2", store.floor_area_m2, "m²", 5, 500'000);
  if (store.role != scenario::Role::candidate) return;
  number_field(app, store, "rent_per_year", store.rent_per_year, currency, 500, 1e9);
  number_field(app, store, "fitout", store.fitout, currency, 1000, 1e9);
  number_field(app, store, "margin", store.margin, "", 0.005, 1);
  const LonLat place = app.document.place_of(store);
  fact(tr("ui.place"), fixed(place.lat(), 5) + ", " + fixed(place.lon(), 5));
}

void existing_store(const App& app, const scenario::Store& store) {
  const Table* table =
      app.document.has_results() ? app.document.results().table("stores") : nullptr;
  const Column* ids = table != nullptr ? table->find("id") : nullptr;
  if (ids == nullptr) return;
  const Language l = language_in_use();
  for (std::size_t i = 0; i < ids->size(); ++i) {
    if (ids->text(i) != std::to_string(store.id.value)) continue;
    for (const char* id : {"sales", "sales_per_m2", "change_with_best"}) {
      const Column* column = table->find(id);
      const auto* values =
          column != nullptr ? std::get_if<Column::Numbers>(&column->values) : nullptr;
      if (values == nullptr || i >= values->size() || !(*values)[i]) continue;
      const double value = *(*values)[i];
      fact(label(l, "column", id),
           column->unit == "%" ? fixed(value, 1) + " %" : money(app, value));
    }
  }
}

}  // namespace

void site_view(App& app) {
  const scenario::Store* selected = app.document.scenario().store(app.document.selected());
  if (selected == nullptr) {
    return empty_state("select", tr("ui.no_selection"), tr("ui.no_selection_hint"));
  }
  const scenario::Store store = *selected;  // edits below may move it
  const Palette& p = palette();
  name_field(app, store);
  const bool candidate = store.role == scenario::Role::candidate;
  badge(label(language_in_use(), "role", scenario::name_of(store.role)),
        candidate                           ? p.candidate
        : store.role == scenario::Role::own ? p.own
                                            : p.competitor);
  if (!store.brand.empty()) {
    ImGui::SameLine();
    text_small(store.brand);
  }
  const SiteRow* row = candidate ? app.document.site(store.id) : nullptr;
  if (row != nullptr) {
    ImGui::SameLine();
    text_right(row->rank > 0 ? tr("ui.rank_of", {std::to_string(row->rank),
                                                 std::to_string(app.document.sites().size())})
                             : "",
               p.muted);
    const SiteRow shown = *row;
    cards(app, shown);
    sources(app, shown);
    details(app, shown);
  } else {
    existing_store(app, store);
  }
  own_data(app, store);
}

}  // namespace footfall::ui
