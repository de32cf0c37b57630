// The shoppers' workspace: who lives where (explorer), and where they go in a year, hour by hour.
#include <algorithm>
#include <map>

#include <imgui.h>

#include "ui/app.hpp"
#include "ui/format.hpp"
#include "ui/platform.hpp"
#include "ui/tr.hpp"
#include "ui/views/result_views.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {
namespace {

constexpr float gap = 6, timeline_height = 126;
// Moving a filter asks again after this rest.
constexpr double filter_rest_ms = 150;

// --- explorer

Pyramid pyramid_of(const Table& table) {
  Pyramid out;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    out.ages.push_back(text_at(table, "age", i));
    out.women.push_back(number_at(table, "female", i).value_or(0));
    out.men.push_back(number_at(table, "male", i).value_or(0));
    out.all_women.push_back(number_at(table, "female_all", i).value_or(0));
    out.all_men.push_back(number_at(table, "male_all", i).value_or(0));
  }
  return out;
}

/// Age down, income across. Where the study has controls they are shown on hover.
HeatMap joint_of(const Table& table) {
  HeatMap map = heat_map_of(table, "age", "income", "people");
  if (table.find("control") != nullptr) {
    map.expected = heat_map_of(table, "age", "income", "control").values;
  }
  map.column_title = label(language_in_use(), "column", "income");
  return map;
}

void explorer_results(App& app, const study::Study& study) {
  if (study_missing(app, study)) return;
  const StudyState& state = app.studies.state(study.name);
  static constexpr std::string_view cards[] = {"shoppers_chosen", "chosen_share",
                                               "chosen_spending_share"};
  figure_cards(state.results, cards);
  if (const Table* table = state.results.table("pyramid")) {
    section_title(tr("ui.pyramid"));
    pyramid("pyramid", pyramid_of(*table), 236);
  }
  if (const Table* table = state.results.table("joint")) {
    section_title(tr("ui.age_income"));
    heat_map("joint", joint_of(*table), 7 * 28 + 44);
  }
  section_title(tr("ui.tables"));
  tables_view(app, state.results, state.version, 320);
}

// --- a year of visits

/// Stores by their total, the greatest first: what matters stands on top.
void order_rows(HeatMap& map) {
  const std::size_t n = map.columns.size();
  std::vector<std::pair<double, std::size_t>> totals;
  for (std::size_t r = 0; r < map.rows.size(); ++r) {
    double total = 0;
    for (std::size_t c = 0; c < n; ++c) total += map.values[r * n + c].value_or(0);
    totals.emplace_back(-total, r);
  }
  std::sort(totals.begin(), totals.end());
  HeatMap out = map;
  for (std::size_t r = 0; r < totals.size(); ++r) {
    const std::size_t from = totals[r].second;
    out.rows[r] = map.rows[from];
    for (std::size_t c = 0; c < n; ++c) out.values[r * n + c] = map.values[from * n + c];
  }
  map = std::move(out);
}

/// Visits of each store by hour, on days of one kind or on all.
HeatMap hours_of(const Table& table, std::size_t kind) {
  static constexpr const char* kinds[] = {"weekday", "saturday", "sunday", "holiday"};
  int first = 24, last = 0;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    const auto hour = static_cast<int>(number_at(table, "hour", i).value_or(0));
    first = std::min(first, hour), last = std::max(last, hour);
  }
  HeatMap map;
  for (int hour = first; hour <= last; ++hour) map.columns.push_back(std::to_string(hour));
  std::map<std::string, std::size_t> rows;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    const auto [it, added] = rows.emplace(text_at(table, "id", i), map.rows.size());
    if (added) {
      map.rows.push_back(text_at(table, "name", i));
      map.values.resize(map.rows.size() * map.columns.size(), 0.0);
    }
    double visits = 0;
    for (std::size_t k = 0; k < std::size(kinds); ++k) {
      if (kind == 0 || kind == k + 1) visits += number_at(table, kinds[k], i).value_or(0);
    }
    const auto hour = static_cast<int>(number_at(table, "hour", i).value_or(0)) - first;
    map.values[it->second * map.columns.size() + static_cast<std::size_t>(hour)] = visits;
  }
  map.column_title = label(language_in_use(), "column", "hour");
  order_rows(map);
  return map;
}

void hours_map(const Results& results) {
  static constexpr TabItem kinds[] = {{"hours.all", "ui.all_days"},
                                      {"hours.weekday", "ui.weekdays"},
                                      {"hours.saturday", "ui.saturdays"},
                                      {"hours.sunday", "ui.sundays"}};
  static std::size_t kind = 0;
  const Table* table = results.table("store_hours");
  if (table == nullptr || table->rows() == 0) return text_small(tr("ui.empty_table"));
  kind = segments(kinds, kind, 28);
  text_small(tr("ui.store_hour"));
  const HeatMap map = hours_of(*table, kind);
  heat_map("store_hour", map, 24 * static_cast<float>(map.rows.size()) + 42);
}

void origins_map(const Results& results) {
  const Table* table = results.table("origins");
  if (table == nullptr || table->rows() == 0) return text_small(tr("ui.empty_table"));
  text_small(tr("ui.origins"));
  HeatMap map = heat_map_of(*table, "name", "district", "visits");
  order_rows(map);
  heat_map("origins", map, 24 * static_cast<float>(map.rows.size()) + 42);
}

void cycle_chart(const Results& results) {
  const Table* table = results.table("intervals");
  if (table == nullptr || table->rows() < 2) return text_small(tr("ui.empty_table"));
  Series line{tr("ui.tab_cycle"), palette().net_new, {}, {}, {}, {}, false};
  for (std::size_t i = 0; i < table->rows(); ++i) {
    line.x.push_back(number_at(*table, "days", i).value_or(0));
    line.y.push_back(number_at(*table, "share", i).value_or(0));
  }
  text_small(tr("ui.cycle"));
  line_chart("cycle", "", {&line, 1}, label(language_in_use(), "column", "days"), "%", 260);
}

void year_results(App& app, const study::Study& study) {
  if (study_missing(app, study)) return;
  static constexpr TabItem tabs[] = {{"results.tab.figures", "ui.tab_figures"},
                                     {"results.tab.hours", "ui.tab_hours"},
                                     {"results.tab.origins", "ui.tab_origins"},
                                     {"results.tab.cycle", "ui.tab_cycle"},
                                     {"results.tab.tables", "ui.tables"}};
  app.results_tab = tab_row(tabs, std::min(app.results_tab, std::size(tabs) - 1));
  const StudyState& state = app.studies.state(study.name);
  ImGui::BeginChild("results", ImVec2(0, 0));
  switch (app.results_tab) {
    case 0:
      figure_cards(state.results);
      break;
    case 1:
      hours_map(state.results);
      break;
    case 2:
      origins_map(state.results);
      break;
    case 3:
      cycle_chart(state.results);
      break;
    default:
      tables_view(app, state.results, state.version);
  }
  ImGui::EndChild();
}

// --- both

void mode_switch(App& app) {
  static constexpr TabItem modes[] = {{"shoppers.explore", "ui.explorer"},
                                      {"shoppers.year", "ui.year"}};
  const auto now = static_cast<std::size_t>(app.shoppers_mode);
  const std::size_t chosen = segments(modes, now);
  if (chosen != now) app.shoppers_mode = static_cast<ShoppersMode>(chosen);
}

void left_panel(App& app, const study::Study* study) {
  mode_switch(app);
  ImGui::Dummy(ImVec2(0, 0));
  if (study != nullptr) study_view(app, *study);
}

void right_panel(App& app, const study::Study* study) {
  if (study == nullptr) return;
  if (app.on_film()) return year_results(app, *study);
  explorer_results(app, *study);
}

/// The explorer answers by itself, as soon as a filter rests.
void keep_explorer_fresh(App& app, const study::Study* study) {
  if (study == nullptr || app.on_film()) return;
  if (app.studies.wanting(study->name, app.document)) {
    app.studies.ask(study->name, platform::now_ms() + filter_rest_ms);
  }
}

void panel(const char* id, const Rect& r) {
  begin_panel(id, ImVec2(r.x, r.y), ImVec2(r.width, r.height));
}

void narrow_shoppers(App& app, const Rect& body, const study::Study* study) {
  const bool film = app.on_film();
  const float map_height = body.height * 0.42f, bar = film ? timeline_height : 0;
  map_view(app, {body.x, body.y, body.width, map_height});
  if (film) {
    panel("##film", {body.x, body.y + map_height, body.width, bar});
    timeline_view(app);
    ImGui::End();
  }
  const float y = body.y + map_height + bar;
  static constexpr TabItem tabs[] = {{"narrow.study", "ui.study"},
                                     {"narrow.results", "ui.results"}};
  panel("##below", {body.x, y, body.width, body.y + body.height - y});
  app.narrow_tab = tab_row(tabs, app.narrow_tab);
  ImGui::BeginChild("content", ImVec2(0, 0));
  if (app.narrow_tab == 0) {
    left_panel(app, study);
  } else {
    right_panel(app, study);
  }
  ImGui::EndChild();
  ImGui::End();
}

void wide_shoppers(App& app, const Rect& body, const study::Study* study) {
  Settings& s = app.settings;
  const bool film = app.on_film() && s.show_chart;
  const float most_left = body.width * 0.3f, most_right = body.width * 0.45f;
  const float left = s.show_left ? std::min(s.form_width, most_left) : 0;
  const float right = s.show_right ? std::min(s.results_width, most_right) : 0;
  const float bar = film ? timeline_height : 0;
  const float x = body.x + left + (left > 0 ? gap : 0);
  const float width = body.x + body.width - right - (right > 0 ? gap : 0) - x;
  const float height = body.height - bar - (film ? gap : 0);
  map_view(app, {x, body.y, width, height});
  if (left > 0) {
    panel("##form", {body.x, body.y, left, body.height});
    left_panel(app, study);
    ImGui::End();
    splitter("splitter.form", ImVec2(body.x + left, body.y), ImVec2(x, body.y + body.height),
             s.form_width, 260, most_left, 1);
  }
  if (right > 0) {
    const float at = x + width + gap;
    panel("##results", {at, body.y, right, body.height});
    right_panel(app, study);
    ImGui::End();
    splitter("splitter.results", ImVec2(x + width, body.y), ImVec2(at, body.y + body.height),
             s.results_width, 300, most_right, -1);
  }
  if (film) {
    panel("##film", {x, body.y + height + gap, width, bar});
    timeline_view(app);
    ImGui::End();
  }
}

}  // namespace

void shoppers_workspace(App& app, const Rect& body, bool narrow) {
  const study::Study* study = app.shown_study();
  keep_explorer_fresh(app, study);
  if (narrow) {
    narrow_shoppers(app, body, study);
  } else {
    wide_shoppers(app, body, study);
  }
}

}  // namespace footfall::ui
