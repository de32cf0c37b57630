// What is to be run: study, design, varied parameters, replications, when to stop.
#include <algorithm>
#include <cmath>
#include <set>

#include <imgui.h>

#include "core/text.hpp"
#include "ui/app.hpp"
#include "ui/fonts.hpp"
#include "ui/format.hpp"
#include "ui/platform.hpp"
#include "ui/tr.hpp"
#include "ui/views/form.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {
namespace {

using experiment::DesignKind;

constexpr DesignKind designs[] = {DesignKind::lhs, DesignKind::sobol, DesignKind::grid,
                                  DesignKind::list};

std::string name_of_design(DesignKind kind) {
  return tr("ui.design." + std::string(experiment::name_of(kind)));
}

std::string label_of(const Variation& v) {
  const std::string path = std::string(v.block) + "." + std::string(v.field);
  return std::string(label(language_in_use(), "param", path));
}

/// A combo over the panel's width with a small title; `draw` draws its choices.
template <class Draw>
void titled_combo(const char* id, std::string_view title, const std::string& shown, Draw&& draw) {
  text_small(title);
  ImGui::SetNextItemWidth(-1);
  const bool open = ImGui::BeginCombo(("##" + std::string(id)).c_str(), shown.c_str(),
                                      ImGuiComboFlags_HeightLarge);
  mark(id);
  if (!open) return;
  draw();
  ImGui::EndCombo();
}

bool choice(const std::string& id, const std::string& text, bool chosen) {
  const bool clicked = ImGui::Selectable((text + "##" + id).c_str(), chosen);
  mark(id);
  return clicked;
}

void run_row(App& app) {
  Batch& b = app.batch;
  if (b.running()) {
    const std::uint64_t over = b.done() + b.failures().size();
    return progress_row(
        app, tr("ui.runs_done", {whole_number(double(over)), whole_number(double(b.wanted()))}),
        b.share());
  }
  const bool stale = b.stale(app.document);
  const bool goes_on = b.started() && !stale && b.unfinished() && b.errors().empty();
  const bool complete = b.started() && !stale && !b.unfinished() && b.errors().empty();
  const std::uint64_t planned = b.planned_units();
  std::string text = tr(complete ? "ui.run_again" : "ui.run");
  if (goes_on) {
    text =
        tr("ui.run_continue", {whole_number(double(b.wanted() - b.done() - b.failures().size()))});
  } else if (!complete && planned > 0) {
    text = tr(b.setup.stops ? "ui.run_units_at_most" : "ui.run_units",
              {whole_number(double(planned))});
  }
  if (text_button("runs.run", text, !complete, ImGui::GetContentRegionAvail().x)) app.run_study();
  if (!b.started()) return;
  if (!b.errors().empty()) {
    state_row("warning", palette().error, trimmed(describe(b.errors(), 6)));
  } else if (stale) {
    state_row("info", palette().transferred, tr("ui.runs_stale"));
  } else if (goes_on) {
    state_row("info", palette().transferred, tr("ui.runs_stopped"));
  } else if (!b.failures().empty()) {
    state_row("warning", palette().error,
              tr("ui.runs_failed", {std::to_string(b.failures().size())}));
  } else {
    state_row("check", palette().success, tr("ui.state_current"));
  }
}

void range_fields(experiment::Variable& v, const Variation& of, bool grid) {
  const float room = ImGui::GetContentRegionAvail().x;
  const float third = grid ? 64 : 0, width = (room - third - (grid ? 2 : 1) * space::s) / 2;
  // Steps of the mouse follow the range, not all that is allowed.
  const double span = std::max(v.high - v.low, 1e-9);
  const std::string format = v.whole ? "%.0f" : number_format(span);
  const auto end = [&](const char* id, double& value, double min, double max, const char* tip) {
    ImGui::SetNextItemWidth(width);
    ImGui::DragScalar(id, ImGuiDataType_Double, &value, static_cast<float>(span / 200), &min, &max,
                      format.c_str(), ImGuiSliderFlags_AlwaysClamp);
    if (v.whole) value = std::round(value);
    mark("runs.vary." + v.name + (id + 2));
    if (ImGui::IsItemHovered()) tooltip(tr(tip));
  };
  const double least = v.whole ? 1 : span * 1e-3;
  end("##.low", v.low, of.min, v.high - least, "ui.vary_low");
  ImGui::SameLine(0, space::s);
  end("##.high", v.high, v.low + least, of.max, "ui.vary_high");
  if (!grid) return;
  ImGui::SameLine(0, space::s);
  ImGui::SetNextItemWidth(third);
  const std::int64_t min = 1, max = 1000;
  ImGui::DragScalar("##steps", ImGuiDataType_S64, &v.steps, 0.1f, &min, &max, "× %lld",
                    ImGuiSliderFlags_AlwaysClamp);
  mark("runs.vary." + v.name + ".steps");
  if (ImGui::IsItemHovered()) tooltip(tr("ui.vary_steps"));
}

void level_boxes(experiment::Variable& v, const Variation& of) {
  for (const std::string& level : of.variable.levels) {
    const auto it = std::find(v.levels.begin(), v.levels.end(), level);
    bool on = it != v.levels.end();
    const std::string name(label(language_in_use(), "choice", level));
    if (!ImGui::Checkbox((name + "##" + level).c_str(), &on)) continue;
    if (!on && v.levels.size() > 1) v.levels.erase(it);
    if (!on) continue;
    // In the order of the parameter's choices.
    std::vector<std::string> levels;
    for (const std::string& one : of.variable.levels) {
      const bool kept =
          one == level || std::find(v.levels.begin(), v.levels.end(), one) != v.levels.end();
      if (kept) levels.push_back(one);
    }
    v.levels = std::move(levels);
  }
}

void variables(BatchSetup& setup, const std::vector<Variation>& all) {
  text_small(tr("ui.varied"));
  const auto variation = [&](const std::string& name) {
    return std::find_if(all.begin(), all.end(),
                        [&](const Variation& v) { return v.variable.name == name; });
  };
  std::size_t removed = setup.variables.size();
  for (std::size_t i = 0; i < setup.variables.size(); ++i) {
    experiment::Variable& v = setup.variables[i];
    const auto of = variation(v.name);
    if (of == all.end()) continue;
    ImGui::PushID(v.name.c_str());
    ImGui::AlignTextToFramePadding();
    text_cut(label_of(*of), ImGui::GetContentRegionAvail().x - 80);
    ImGui::SameLine();
    text_small(unit_label(language_in_use(), of->unit));
    ImGui::SameLine();
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() +
                         std::max(0.0f, ImGui::GetContentRegionAvail().x - 22));
    if (icon_button("runs.remove." + v.name, "close", tr("ui.vary_remove"), true, false, 22)) {
      removed = i;
    }
    if (v.levels.empty()) {
      range_fields(v, *of, setup.design == DesignKind::grid);
    } else {
      level_boxes(v, *of);
    }
    ImGui::PopID();
  }
  if (removed < setup.variables.size()) {
    setup.variables.erase(setup.variables.begin() + static_cast<std::ptrdiff_t>(removed));
  }
  if (setup.variables.empty()) text_wrapped_small(tr("ui.vary_none"));
}

void add_variable(BatchSetup& setup, const std::vector<Variation>& all) {
  ImGui::SetNextItemWidth(-1);
  const bool open =
      ImGui::BeginCombo("##add", ("+  " + tr("ui.vary")).c_str(), ImGuiComboFlags_HeightLargest);
  mark("runs.add");
  if (!open) return;
  // Grouped as the scenario is; within a group, ranged ones first.
  std::vector<std::string_view> blocks;
  for (const Variation& v : all) {
    if (std::find(blocks.begin(), blocks.end(), v.block) == blocks.end()) blocks.push_back(v.block);
  }
  for (const std::string_view one : blocks) {
    text_small(label(language_in_use(), "room", one));
    for (const Variation& v : all) {
      const bool taken =
          std::any_of(setup.variables.begin(), setup.variables.end(),
                      [&](const auto& there) { return there.name == v.variable.name; });
      if (v.block != one || taken) continue;
      if (choice("runs.add." + v.variable.name, label_of(v), false)) {
        setup.variables.push_back(v.variable);
      }
    }
  }
  ImGui::EndCombo();
}

void list_field(BatchSetup& setup) {
  text_wrapped_small(tr("ui.list_hint"));
  const auto grow = [](ImGuiInputTextCallbackData* data) {
    auto& text = *static_cast<std::string*>(data->UserData);
    text.resize(static_cast<std::size_t>(data->BufTextLen));
    data->Buf = text.data();
    return 0;
  };
  ImGui::InputTextMultiline("##list", setup.list.data(), setup.list.capacity() + 1, ImVec2(-1, 150),
                            ImGuiInputTextFlags_CallbackResize, grow, &setup.list);
  mark("runs.list");
}

/// Whole numbers beside each other, each with a small title.
struct Whole {
  const char* id;
  std::string title;
  std::int64_t* value;
  std::int64_t min, max;
};
void whole_numbers(std::initializer_list<Whole> numbers) {
  const auto n = static_cast<float>(numbers.size());
  const float width = (ImGui::GetContentRegionAvail().x - (n - 1) * space::s) / n;
  const ImVec2 at = ImGui::GetCursorPos();
  float x = at.x;
  for (const Whole& number : numbers) {
    ImGui::SetCursorPos(ImVec2(x, at.y));
    x += width + space::s;
    ImGui::BeginGroup();
    text_small(number.title);
    ImGui::SetNextItemWidth(width);
    ImGui::DragScalar(("##" + std::string(number.id)).c_str(), ImGuiDataType_S64, number.value,
                      0.2f, &number.min, &number.max, nullptr, ImGuiSliderFlags_AlwaysClamp);
    mark(number.id);
    ImGui::EndGroup();
  }
}

void sizes(BatchSetup& setup) {
  std::int64_t replications = setup.replications;
  const Whole points{"runs.points", tr("ui.design_points"), &setup.points, 1, 10'000};
  const Whole times{"runs.replications", tr(setup.stops ? "ui.at_most" : "ui.replications"),
                    &replications, 1, 10'000};
  const Whole seed{"runs.seed", tr("ui.seed"), &setup.seed, 0, std::int64_t{1} << 53};
  const bool sized = setup.design == DesignKind::lhs || setup.design == DesignKind::sobol;
  if (sized && !setup.variables.empty()) {
    whole_numbers({points, times, seed});
  } else {
    whole_numbers({times, seed});
  }
  setup.replications = static_cast<std::uint32_t>(replications);
}

/// Ids of figures that the study is known to have, from whatever has been run.
std::vector<std::string> figures_of(const App& app) {
  const std::string& study = app.batch.setup.study;
  std::vector<std::string> ids = app.batch.known_figures();
  if (!ids.empty()) return ids;
  const Results& results =
      study == main_study ? app.document.results() : app.studies.state(study).results;
  for (const Figure& f : results.figures) ids.push_back(f.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

void stopping(App& app) {
  constexpr std::uint32_t most = 200;
  BatchSetup& setup = app.batch.setup;
  const auto ids = figures_of(app);
  ImGui::BeginDisabled(ids.empty());
  if (ImGui::Checkbox((tr("ui.stop_early") + "###stops").c_str(), &setup.stops) && setup.stops) {
    setup.replications = std::max(setup.replications, most);
    if (setup.figure.empty()) setup.figure = app.runs_figure();
    if (setup.figure.empty()) setup.figure = ids.front();
  }
  ImGui::EndDisabled();
  mark("runs.stops");
  if (ids.empty()) return text_wrapped_small(tr("ui.stop_unknown"));
  if (!setup.stops) return;
  const Language l = language_in_use();
  titled_combo("runs.until", tr("ui.figure"), std::string(label(l, "figure", setup.figure)), [&] {
    for (const std::string& id : ids) {
      const std::string name(label(l, "figure", id));
      if (choice("runs.until." + id, name, id == setup.figure)) setup.figure = id;
    }
  });
  text_small(tr("ui.stop_width"));
  drag_number("##width", setup.half_width_percent, 0.1, 50, -1, "± %.1f %%");
  mark("runs.width");
}

void design_form(App& app, const study::Study& study) {
  BatchSetup& setup = app.batch.setup;
  const Language l = language_in_use();
  titled_combo("runs.study", tr("ui.runs_study"), std::string(label(l, "study", setup.study)), [&] {
    for (const study::Study& one : study::studies()) {
      const std::string id(one.name), name(label(l, "study", one.name));
      if (choice("runs.study." + id, name, id == setup.study) && id != setup.study) {
        app.batch.set_study(id, app.document.scenario());
      }
    }
  });
  titled_combo("runs.design", tr("ui.design"), name_of_design(setup.design), [&] {
    for (const DesignKind kind : designs) {
      const std::string id = "runs.design." + std::string(experiment::name_of(kind));
      if (choice(id, name_of_design(kind), kind == setup.design)) setup.design = kind;
    }
  });
  ImGui::Dummy(ImVec2(0, 2));
  if (setup.design == DesignKind::list) {
    list_field(setup);
  } else {
    const auto all = variations(study, app.document.scenario());
    variables(setup, all);
    add_variable(setup, all);
  }
  ImGui::Dummy(ImVec2(0, 2));
  sizes(setup);
  ImGui::Dummy(ImVec2(0, 2));
  stopping(app);
}

}  // namespace

void runs_form(App& app) {
  static constexpr TabItem tabs[] = {{"runs.tab.design", "ui.design"},
                                     {"runs.tab.options", "ui.options"}};
  BatchSetup& setup = app.batch.setup;
  const study::Study* study = study::find_study(setup.study);
  if (study == nullptr) return;
  run_row(app);
  app.runs.form_tab = tab_row(tabs, app.runs.form_tab);
  ImGui::BeginChild("form", ImVec2(0, 0));
  if (app.runs.form_tab == 0) {
    design_form(app, *study);
  } else {
    option_form(
        app, *study, setup.options,
        [&](Json options) { setup.options = differing_options(*study, std::move(options)); },
        "seed");
  }
  ImGui::EndChild();
}

}  // namespace footfall::ui
