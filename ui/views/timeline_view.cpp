// The day's film under the map: play, speed, day, and the hours to be dragged over.
#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "core/text.hpp"
#include "ui/app.hpp"
#include "ui/fonts.hpp"
#include "ui/format.hpp"
#include "ui/icons.hpp"
#include "ui/tr.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {
namespace {

constexpr std::size_t bins = 96;  // a quarter of an hour each

std::string clock_text(double second) {
  const auto minutes = static_cast<int>(second / 60);
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(minutes / 60) + ":" + two(minutes % 60);
}

void day_choice(App& app) {
  const auto days = app.film.days();
  command_button(app, "film.previous_day", 28);
  ImGui::SameLine(0, 0);
  ImGui::SetNextItemWidth(118);
  ImGui::SetNextWindowSizeConstraints(ImVec2(0, 0), ImVec2(400, 320));
  if (ImGui::BeginCombo("##day", days[app.film.day()].c_str())) {
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(days.size()));
    while (clipper.Step()) {
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
        const auto day = static_cast<std::size_t>(i);
        if (ImGui::Selectable(days[day].c_str(), day == app.film.day())) app.film.set_day(day);
      }
    }
    ImGui::EndCombo();
  }
  mark("film.day");
  ImGui::SameLine(0, 0);
  command_button(app, "film.next_day", 28);
}

void speed_choice(App& app) {
  const std::string text = "×" + fixed(app.film.speed(), app.film.speed() < 10 ? 1 : 0);
  auto speed = static_cast<float>(app.film.speed());
  ImGui::SetNextItemWidth(130);
  if (ImGui::SliderFloat("##speed", &speed, static_cast<float>(Playback::slowest),
                         static_cast<float>(Playback::fastest), text.c_str(),
                         ImGuiSliderFlags_Logarithmic)) {
    app.film.set_speed(static_cast<double>(speed));
  }
  mark("film.speed");
  if (ImGui::IsItemHovered()) tooltip(tr("ui.film_speed"));
}

void controls(App& app) {
  const bool playing = app.film.playing();
  const std::string tip = tr("command.film.play") + "   Space";
  if (icon_button("film.play", playing ? "pause" : "play", tip, true, playing)) {
    app.commands.run(app, "film.play");
  }
  ImGui::SameLine(0, space::m);
  const float y = ImGui::GetCursorPosY();
  ImGui::PushFont(fonts().large);
  ImGui::TextUnformatted(clock_text(app.film.second()).c_str());
  ImGui::PopFont();
  ImGui::SameLine(0, space::l);
  ImGui::SetCursorPosY(y + 1);
  day_choice(app);
  ImGui::SameLine(0, space::l);
  ImGui::SetCursorPosY(y + 1);
  speed_choice(app);
  ImGui::SameLine(0, space::l);
  ImGui::SetCursorPosY(y + 6);
  const std::string count =
      tr("ui.film_count", {whole_number(static_cast<double>(app.renderer.dot_count())),
                           whole_number(static_cast<double>(app.film.trips_of_day()))});
  if (ImGui::GetContentRegionAvail().x > 120) text_small(count);
}

/// How many are about at each time of the day, and the moment that is shown; drag it.
void hours(App& app) {
  const Palette& p = palette();
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  const float height = std::max(36.0f, room.y - 18);
  ImGui::InvisibleButton("film.hours", ImVec2(room.x, std::max(40.0f, room.y)));
  mark("film.hours", {at.x, at.y, room.x, height});
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (ImGui::IsItemActive()) {
    app.film.set_second(static_cast<double>((mouse.x - at.x) / room.x) * Playback::day_s);
  }
  if (ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(at, ImVec2(at.x + room.x, at.y + height), p.card.im(), 4);
  const std::vector<double> counts = app.film.profile(bins);
  const double most = std::max(1.0, *std::max_element(counts.begin(), counts.end()));
  const float step = room.x / static_cast<float>(bins);
  const auto now = static_cast<float>(app.film.second() / Playback::day_s) * room.x;
  for (std::size_t i = 0; i < bins; ++i) {
    const float x = at.x + step * static_cast<float>(i);
    if (counts[i] <= 0) continue;
    const float tall = (height - 4) * static_cast<float>(counts[i] / most);
    list->AddRectFilled(ImVec2(x + 0.5f, at.y + height - tall),
                        ImVec2(x + step - 0.5f, at.y + height),
                        (x < at.x + now ? p.net_new : p.net_new.faded(0.4f)).im(), 1);
  }
  ImFont* font = fonts().small;
  const float size = font->FontSize * ImGui::GetIO().FontGlobalScale;
  for (int hour = 0; hour < 24; hour += room.x < 500 ? 6 : 3) {
    const float x = at.x + room.x * static_cast<float>(hour) / 24;
    list->AddText(font, size, ImVec2(x + 2, at.y + height + 2), p.muted.im(),
                  clock_text(hour * 3600.0).c_str());
    list->AddLine(ImVec2(x, at.y + height), ImVec2(x, at.y + height + 5), p.muted.im());
  }
  list->AddLine(ImVec2(at.x + now, at.y), ImVec2(at.x + now, at.y + height), p.accent.im(), 2);
  list->AddCircleFilled(ImVec2(at.x + now, at.y + 2), 5, p.accent.im());
}

}  // namespace

void timeline_view(App& app) {
  if (app.film.empty()) {
    const study::Study* study = app.shown_study();
    const bool there = study != nullptr && app.studies.state(study->name).has_results;
    return text_small(tr(there ? "ui.film_no_trips" : "ui.film_hint"));
  }
  controls(app);
  hours(app);
}

}  // namespace footfall::ui
