// The workspace of runs: a batch that is planned, watched and read. Form on the left; above how far
// it is, then the charts, below the table of design points.
#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "core/text.hpp"
#include "ui/app.hpp"
#include "ui/format.hpp"
#include "ui/platform.hpp"
#include "ui/tr.hpp"
#include "ui/views/result_views.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {
namespace {

constexpr float gap = 6, least_chart = 230, least_table = 180, two_columns_from = 760;

std::string plan_text(const Batch& b) {
  const experiment::Plan& plan = b.plan();
  const Language l = language_in_use();
  const std::string replications =
      (plan.until ? "≤ " : "") + whole_number(double(plan.replications));
  return tr(plan.replications == 1 ? "ui.batch_plan_once" : "ui.batch_plan",
            {label(l, "study", plan.study),
             tr("ui.design." + std::string(experiment::name_of(plan.kind))),
             whole_number(double(b.points())), replications, std::to_string(plan.seed)});
}

void figure_choice(App& app) {
  const Language l = language_in_use();
  const std::string now = app.runs_figure();
  ImGui::SetNextItemWidth(-(28 + space::s));
  if (ImGui::BeginCombo("##figure", std::string(label(l, "figure", now)).c_str(),
                        ImGuiComboFlags_HeightLarge)) {
    for (const auto& [id, figure] : app.batch.figures()) {
      const std::string name(label(l, "figure", id));
      if (ImGui::Selectable((name + "##" + id).c_str(), id == now)) app.runs.figure = id;
      mark("runs.figure." + id);
    }
    ImGui::EndCombo();
  }
  mark("runs.figure");
  ImGui::SameLine(0, space::s);
  command_button(app, "file.runs", 28);
}

/// The point whose interval is widest against its mean.
struct Widest {
  std::size_t point = 0;
  double share = -1;  ///< < 0: no point has an interval
};
Widest widest(const std::vector<experiment::Estimate>& all) {
  Widest out;
  for (std::size_t p = 0; p < all.size(); ++p) {
    if (all[p].n < 2 || all[p].mean == 0) continue;
    const double share = all[p].half_width() / std::abs(all[p].mean);
    if (share > out.share) out = {p, share};
  }
  return out;
}

void cards(const App& app) {
  const Batch& b = app.batch;
  const Palette& p = palette();
  const float room = ImGui::GetContentRegionAvail().x;
  const std::size_t columns = room < 560 ? 2 : 4;
  const float width = (room - space::s * float(columns - 1)) / float(columns);
  std::size_t shown = 0;
  const auto card = [&](const char* id, const char* name, const std::string& value,
                        const std::string& second, Colour colour, bool pending = false) {
    if (shown++ % columns != 0) ImGui::SameLine(0, space::s);
    figure_card(tr(name), value, second, width, colour, pending);
    mark(id);
  };
  const std::string wanted = whole_number(double(b.wanted()));
  const bool open_end = b.plan().until && b.running();
  card("runs.card.done", "ui.units_done", whole_number(double(b.done())),
       tr(open_end ? "ui.of_units_or_more" : "ui.of_units", {wanted}), p.net_new, b.running());
  const auto left = b.seconds_left(platform::now_ms());
  const double units = double(b.wanted() - std::min(b.wanted(), b.done() + b.failures().size()));
  const double pace = left && *left > 0 ? units / *left : 0;
  card("runs.card.left", "ui.time_left", left ? clock_text(*left) : "–",
       pace > 0 ? tr("ui.units_a_second", {fixed(pace, pace < 10 ? 1 : 0)})
                : tr(b.running()      ? "ui.computing"
                     : b.unfinished() ? "ui.runs_stopped"
                                      : "ui.runs_complete"),
       p.muted);
  card("runs.card.failed", "ui.failed_units", std::to_string(b.failures().size()), "",
       b.failures().empty() ? p.line : p.error);
  const Widest w = widest(b.estimates(app.runs_figure()));
  card("runs.card.widest", "ui.widest_interval",
       w.share < 0    ? "–"
       : w.share == 0 ? "± 0 %"
                      : "± " + fixed(w.share * 100, w.share < 0.0995 ? 2 : 1) + " %",
       w.share < 0 ? "" : tr("ui.of_the_mean", {std::to_string(w.point)}), p.transferred);
}

void progress_line(const Batch& b) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const auto over = static_cast<float>(b.share());
  const auto failed =
      static_cast<float>(b.wanted() == 0 ? 0.0 : double(b.failures().size()) / double(b.wanted()));
  list->AddRectFilled(at, ImVec2(at.x + width, at.y + 6), p.line.im(), 3);
  list->AddRectFilled(at, ImVec2(at.x + width * over, at.y + 6), p.net_new.im(), 3);
  if (failed > 0) {
    list->AddRectFilled(ImVec2(at.x + width * (over - failed), at.y),
                        ImVec2(at.x + width * over, at.y + 6), p.error.im(), 3);
  }
  ImGui::Dummy(ImVec2(width, 6));
  mark("runs.progress");
}

void head(App& app) {
  const Batch& b = app.batch;
  const float room = ImGui::GetContentRegionAvail().x;
  const float choice = std::min(320.0f, room * 0.45f);
  ImGui::AlignTextToFramePadding();
  text_cut(plan_text(b), room - choice - space::m);
  ImGui::SameLine();
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() +
                       std::max(0.0f, ImGui::GetContentRegionAvail().x - choice));
  if (b.figures().empty()) {
    ImGui::Dummy(ImVec2(0, ImGui::GetFrameHeight()));
  } else {
    figure_choice(app);
  }
  progress_line(b);
  cards(app);
}

void failures(const Batch& b) {
  for (const auto& [id, message] : b.failures()) {
    const auto unit = experiment::unit_of(b.plan(), b.points(), id);
    text_small(tr("ui.unit_failed", {std::to_string(id), std::to_string(unit.point),
                                     std::to_string(unit.replication), std::to_string(unit.seed)}));
    text_wrapped(message);
    ImGui::Separator();
  }
}

/// The table of design points as it is read: ids and values as the texts know them, and of the
/// interval half its width alone.
const Table& shown_table(const App& app) {
  static Table table;
  static std::string key;
  const Batch& b = app.batch;
  const std::string figure = app.runs_figure();
  const Language l = language_in_use();
  const std::string now = figure + " " + std::to_string(b.version()) + std::string(code_of(l));
  if (key == now) return table;
  key = now;
  table = b.table(figure);
  std::erase_if(table.columns, [&](const Column& c) {
    return c.id == figure + "_low" || c.id == figure + "_high";
  });
  for (Column& column : table.columns) {
    for (const experiment::Variable& v : b.plan().variables) {
      if (column.id != v.name) continue;
      if (auto* texts = std::get_if<Column::Texts>(&column.values)) {
        for (std::string& text : *texts) text = label(l, "choice", text);
      }
      const bool option = v.name.find('.') == std::string::npos;
      if (option) column.id = b.plan().study + "." + v.name;
      break;
    }
  }
  return table;
}

void lower(App& app) {
  static constexpr TabItem tabs[] = {{"runs.tab.points", "table.design_points"},
                                     {"runs.tab.failed", "ui.failed_units"}};
  Batch& b = app.batch;
  if (b.failures().empty()) {
    app.runs.table_tab = 0;
    ImGui::TextUnformatted(tr("table.design_points").c_str());
  } else {
    app.runs.table_tab = tab_row(tabs, app.runs.table_tab);
  }
  if (app.runs.table_tab == 1) {
    ImGui::BeginChild("failures");
    failures(b);
    return ImGui::EndChild();
  }
  // The version of the table: widths and order are kept for it.
  const auto version = b.version() * 1024 + std::hash<std::string>{}(app.runs_figure()) % 1024;
  table_view(app, "runs", shown_table(app), version, 0, &b.selected);
}

void section(const char* id, float width, float height, App& app, void (*draw)(App& app)) {
  begin_card(id, width, height);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(space::s, space::s));
  draw(app);
  ImGui::PopStyleVar();
  end_card();
}

void monitor(App& app) {
  const Settings& s = app.settings;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(gap, gap));
  section("head", 0, 0, app, head);
  if (app.batch.figures().empty()) return ImGui::PopStyleVar();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const bool two = room.x >= two_columns_from;
  const float table = s.show_chart ? std::max(least_table, room.y * 0.42f) : 0;
  const float left_over = room.y - table - (s.show_chart ? gap : 0);
  const float height = std::max(least_chart, two ? left_over : least_chart);
  const auto main_chart = [](App& a) { runs_chart(a, ImGui::GetContentRegionAvail().y); };
  const auto settling = [](App& a) { runs_settling_chart(a, ImGui::GetContentRegionAvail().y); };
  const float main = two && s.show_right ? (room.x - gap) * 0.62f : 0;
  section("chart", main, height, app, main_chart);
  if (s.show_right) {
    if (two) ImGui::SameLine(0, gap);
    section("settling", 0, height, app, settling);
  }
  if (s.show_chart) section("lower", 0, table, app, lower);
  ImGui::PopStyleVar();
}

void content(App& app, const Rect& r) {
  begin_panel("##runs", ImVec2(r.x, r.y), ImVec2(r.width, r.height), 0, false);
  const Batch& b = app.batch;
  if (!b.started()) {
    empty_state("runs", tr("ui.runs_empty"), tr("ui.runs_hint"));
  } else {
    ImGui::GetWindowDrawList()->AddRectFilled(
        ImVec2(r.x, r.y), ImVec2(r.x + r.width, r.y + r.height), palette().chrome.im());
    monitor(app);
  }
  ImGui::End();
}

void form(App& app, const Rect& r) {
  begin_panel("##form", ImVec2(r.x, r.y), ImVec2(r.width, r.height));
  runs_form(app);
  ImGui::End();
}

}  // namespace

void runs_workspace(App& app, const Rect& body, bool narrow) {
  form_and_content(
      app, body, narrow, [&](const Rect& r) { form(app, r); },
      [&](const Rect& r) { content(app, r); });
}

}  // namespace footfall::ui
