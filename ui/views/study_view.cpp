// The study behind a workspace: run it, see how far it is, change what it is asked.
#include <algorithm>

#include <imgui.h>

#include "core/text.hpp"
#include "sim/study/study.hpp"
#include "ui/app.hpp"
#include "ui/fonts.hpp"
#include "ui/format.hpp"
#include "ui/icons.hpp"
#include "ui/platform.hpp"
#include "ui/tr.hpp"
#include "ui/views/form.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {

void progress_row(App& app, std::string_view text, double share) {
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList* list = ImGui::GetWindowDrawList();
  spinner(list, ImVec2(at.x + 8, at.y + 10), 5.5f, palette().accent);
  ImGui::Dummy(ImVec2(16, 20));
  ImGui::SameLine();
  text_small(text);
  const std::string done = percent(share);
  ImGui::SameLine();
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() +
                       std::max(0.0f, ImGui::GetContentRegionAvail().x - 74));
  text_small(done);
  ImGui::SameLine();
  ImGui::SetCursorScreenPos(ImVec2(at.x + width - 26, at.y - 3));
  if (icon_button("study.cancel", "close", tr("command.run.cancel"), true, false, 26)) {
    app.cancel_study();
  }
  const float y = at.y + 26, x = at.x;
  const float filled = width * static_cast<float>(std::clamp(share, 0.0, 1.0));
  list->AddRectFilled(ImVec2(x, y), ImVec2(x + width, y + 4), palette().line.im(), 2);
  list->AddRectFilled(ImVec2(x, y), ImVec2(x + filled, y + 4), palette().accent.im(), 2);
  ImGui::SetCursorScreenPos(ImVec2(at.x, y + 4));
  ImGui::Dummy(ImVec2(width, 4));
}

void state_row(const char* icon, Colour colour, std::string_view text) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_icon(ImGui::GetWindowDrawList(), icon, ImVec2(at.x + 8, at.y + 9), 15, colour.im());
  ImGui::Dummy(ImVec2(18, 18));
  ImGui::SameLine();
  ImGui::BeginGroup();
  ImGui::PushFont(fonts().small);
  ImGui::PushStyleColor(ImGuiCol_Text, palette().muted.im());
  text_wrapped(text);
  ImGui::PopStyleColor();
  ImGui::PopFont();
  ImGui::EndGroup();
}

namespace {

void run_row(App& app, const study::Study& study) {
  const StudyState& state = app.studies.state(study.name);
  if (state.busy()) {
    return progress_row(app,
                        state.running && !state.stage.empty() ? tr(state.stage)
                        : state.running                       ? tr("ui.computing")
                                                              : tr("ui.waits_for_engine"),
                        state.share);
  }
  const bool stale = app.studies.stale(study.name, app.document);
  const bool fresh = state.has_results && !stale && state.errors.empty();
  if (text_button("study.run", tr(state.has_results ? "ui.run_again" : "ui.run"), !fresh,
                  ImGui::GetContentRegionAvail().x)) {
    app.run_study();
  }
  if (!state.errors.empty()) {
    state_row("warning", palette().error, trimmed(describe(state.errors, 6)));
  } else if (stale) {
    state_row("info", palette().transferred, tr("ui.stale"));
  } else if (fresh) {
    state_row("check", palette().success, tr("ui.state_current"));
  }
}

}  // namespace

void study_view(App& app, const study::Study& study) {
  static constexpr TabItem tabs[] = {{"study.tab.options", "ui.options"},
                                     {"study.tab.parameters", "ui.parameters"}};
  run_row(app, study);
  app.form_tab = tab_row(tabs, app.form_tab);
  ImGui::BeginChild("form", ImVec2(0, 0));
  if (app.form_tab == 0) {
    option_form(app, study, app.studies.state(study.name).options,
                [&](Json options) { app.studies.set_options(study.name, std::move(options)); });
  } else {
    room_forms(app, study);
  }
  ImGui::EndChild();
}

bool study_missing(App& app, const study::Study& study) {
  const StudyState& state = app.studies.state(study.name);
  if (state.has_results) return false;
  const std::string title(label(language_in_use(), "study", study.name));
  if (state.busy()) {
    empty_state("run", title, tr("ui.being_computed"));
  } else if (!state.errors.empty()) {
    empty_state("warning", tr("ui.state_error"), trimmed(describe(state.errors, 4)));
  } else {
    empty_state("run", title, tr("ui.run_hint"));
  }
  return true;
}

}  // namespace footfall::ui
