// The world's workspace: a season of the whole chain, truth beside every estimate.
#include <algorithm>

#include <imgui.h>

#include "ui/app.hpp"
#include "ui/tr.hpp"
#include "ui/views/result_views.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {
namespace {

constexpr float gap = 6, chart_height = 210, two_columns_from = 820;

Series series(const Table& table, const char* y, Colour colour) {
  Series line{std::string(label(language_in_use(), "column", y)), colour, {}, {}, {}, {}, false};
  for (std::size_t i = 0; i < table.rows(); ++i) {
    const auto value = number_at(table, y, i), day = number_at(table, "day", i);
    if (!value || !day) continue;
    line.x.push_back(*day + 1);
    line.y.push_back(*value);
  }
  return line;
}

void day_chart(const Table& table, const char* id, const char* title,
               std::initializer_list<std::pair<const char*, Colour>> columns) {
  std::vector<Series> lines;
  std::string unit;
  for (const auto& [column, colour] : columns) {
    const Column* found = table.find(column);
    if (found == nullptr) continue;
    unit = found->unit;
    lines.push_back(series(table, column, colour));
  }
  line_chart(id, tr(title), lines, label(language_in_use(), "column", "day"), unit, chart_height);
}

std::vector<IntervalRow> campaign_rows(const Table& table, const std::string& prefix) {
  const Palette& p = palette();
  std::vector<IntervalRow> rows;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    IntervalRow row{text_at(table, "channel", i), {}};
    const auto add = [&](const char* way, Colour colour, bool truth) {
      const std::string column = prefix + way;
      const auto value = number_at(table, column, i);
      if (!value) return;
      row.marks.push_back({tr("ui.lift_" + std::string(way)), colour, *value,
                           number_at(table, column + "_low", i),
                           number_at(table, column + "_high", i), truth});
    };
    add("last_touch", p.muted, false);
    add("hold_out", p.transferred, false);
    add("true", p.own, true);
    rows.push_back(std::move(row));
  }
  return rows;
}

void campaigns(const Results& results, const char* prefix, const char* title) {
  const Table* table = results.table("campaigns");
  if (table == nullptr || table->rows() == 0) {
    ImGui::TextUnformatted(tr(title).c_str());
    return text_wrapped_small(tr("ui.no_campaigns"));
  }
  const Column* column = table->find(std::string(prefix) + "true");
  interval_chart(prefix, tr(title), campaign_rows(*table, prefix),
                 column != nullptr ? column->unit : "");
}

float campaigns_height(const Results& results) {
  const Table* table = results.table("campaigns");
  return 96 + 58 * static_cast<float>(table != nullptr ? table->rows() : 0);
}

void dashboard(App& app, const StudyState& state) {
  const Results& results = state.results;
  const Palette& p = palette();
  const float room = ImGui::GetContentRegionAvail().x;
  const bool two = room >= two_columns_from;
  const float half = two ? (room - gap) / 2 : 0;
  const auto beside = [&] {
    if (two) ImGui::SameLine(0, gap);
  };
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(gap, gap));
  const auto section = [&](const char* id, float width, float height, auto&& draw) {
    begin_card(id, width, height);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(space::s, space::s));
    draw();
    ImGui::PopStyleVar();
    end_card();
  };
  if (const Table* story = results.table("story")) {
    section("story", 0, 0, [&] {
      ImGui::TextUnformatted(tr("ui.story").c_str());
      legend_entry(tr("ui.truth"), p.own);
      legend_entry(tr("ui.estimate"), p.transferred, LegendMark::dot);
      truth_cards("story", *story, "quantity");
    });
  } else if (!results.figures.empty()) {
    section("figures", 0, 0, [&] { figure_cards(results); });
  }
  if (const Table* funnel = results.table("funnel")) {
    section("funnel", 0, 0, [&] { truth_chart("funnel", tr("ui.funnel"), *funnel, "stage"); });
  }
  if (const Table* days = results.table("days")) {
    const float height = chart_height + 52;
    section("people", half, height, [&] {
      day_chart(*days, "days.people", "ui.days_chart",
                {{"passers", p.competitor}, {"entries", p.net_new}, {"buyers", p.own}});
    });
    beside();
    section("sales", half, height, [&] {
      day_chart(*days, "days.sales", "ui.sales_by_day", {{"sales", p.net_new}});
    });
    section("members", half, height, [&] {
      day_chart(*days, "days.members", "ui.members_over_time", {{"members", p.own}});
    });
    beside();
    section("sensors", half, height, [&] {
      day_chart(*days, "days.sensors", "ui.sensors_by_day",
                {{"entries", p.own}, {"infrared", p.transferred}});
    });
  }
  const float height = campaigns_height(results);
  section("lift", half, height, [&] { campaigns(results, "lift_", "ui.lift"); });
  beside();
  section("roi", half, height, [&] { campaigns(results, "roi_", "ui.roi"); });
  section("tables", 0, 420, [&] { tables_view(app, results, state.version); });
  ImGui::PopStyleVar();
}

void report_row(App& app, const StudyState& state) {
  if (!state.has_results) return;
  if (text_button("world.report", tr("ui.report"), false, ImGui::GetContentRegionAvail().x)) {
    app.show_report();
  }
}

void content(App& app, const study::Study& study, const Rect& r) {
  begin_panel("##world", ImVec2(r.x, r.y), ImVec2(r.width, r.height), 0, false);
  const bool missing = study_missing(app, study);
  if (!missing) {
    ImGui::GetWindowDrawList()->AddRectFilled(
        ImVec2(r.x, r.y), ImVec2(r.x + r.width, r.y + r.height), palette().chrome.im());
    dashboard(app, app.studies.state(study.name));
  }
  ImGui::End();
}

void form(App& app, const study::Study& study, const Rect& r) {
  begin_panel("##form", ImVec2(r.x, r.y), ImVec2(r.width, r.height));
  report_row(app, app.studies.state(study.name));
  study_view(app, study);
  ImGui::End();
}

}  // namespace

void world_workspace(App& app, const Rect& body, bool narrow) {
  const study::Study* study = app.shown_study();
  if (study == nullptr) return;
  form_and_content(
      app, body, narrow, [&](const Rect& r) { form(app, *study, r); },
      [&](const Rect& r) { content(app, *study, r); });
}

}  // namespace footfall::ui
