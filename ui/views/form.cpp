#include "ui/views/form.hpp"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "core/text.hpp"
#include "ui/app.hpp"
#include "ui/fonts.hpp"
#include "ui/format.hpp"
#include "ui/tr.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {

std::string number_format(double span) {
  return span > 200 ? "%.0f" : span > 20 ? "%.1f" : span > 2 ? "%.2f" : "%.3f";
}

bool drag_number(const char* id, double& value, double min, double max, float width,
                 const std::string& format) {
  ImGui::SetNextItemWidth(width);
  const auto speed = static_cast<float>((max - min) / 400);
  return ImGui::DragScalar(id, ImGuiDataType_Double, &value, speed, &min, &max, format.c_str(),
                           ImGuiSliderFlags_AlwaysClamp);
}

namespace {

std::string path_of(const Form& form, const Field& field) {
  return std::string(form.block) + "." + std::string(field.name);
}

void after(Form& form) {
  if (ImGui::IsItemDeactivated()) form.app.document.end_merge();
}

void ranged(Form& form, const Field& field, const Ranged& given) {
  Ranged r = given;
  const std::string name(field.name);
  const float room = ImGui::GetContentRegionAvail().x;
  // A calm scale: the allowed range may be far wider than what anyone would choose.
  const double reach = std::max({r.high - r.value, r.value - r.low, std::abs(r.value) * 0.5, 1e-6});
  const double from = std::max(field.min, r.low - reach), to = std::min(field.max, r.high + reach);
  range_bar(room, from, to, r.low, r.value, r.high, palette().accent);
  const float third = (room - 2 * space::s) / 3;
  const std::string format = number_format(to - from);
  const auto part = [&](const char* id, const char* suffix, double& value, double min, double max) {
    if (drag_number(id, value, min, max, third, format)) {
      form.change(name + suffix, shortest(value), false);
    }
    mark(path_of(form, field) + suffix);
    after(form);
    if (ImGui::IsItemHovered()) {
      tooltip(tr(id[2] == 'l' ? "ui.low" : id[2] == 'h' ? "ui.high" : "ui.best_value"));
    }
  };
  ImGui::PushStyleColor(ImGuiCol_Text, palette().muted.im());
  part("##low", ".low", r.low, field.min, r.value);
  ImGui::PopStyleColor();
  ImGui::SameLine();
  part("##value", "", r.value, r.low, r.high);
  ImGui::SameLine();
  ImGui::PushStyleColor(ImGuiCol_Text, palette().muted.im());
  part("##high", ".high", r.high, r.value, field.max);
  ImGui::PopStyleColor();
}

void choice(Form& form, const Field& field, std::uint8_t chosen) {
  const Language l = language_in_use();
  const std::string shown(chosen < field.choices.size() ? label(l, "choice", field.choices[chosen])
                                                        : std::string_view("?"));
  ImGui::SetNextItemWidth(-1);
  const bool open = ImGui::BeginCombo("##value", shown.c_str());
  mark(path_of(form, field));
  if (!open) return;
  for (std::size_t i = 0; i < field.choices.size(); ++i) {
    const std::string name(label(l, "choice", field.choices[i]));
    if (ImGui::Selectable(name.c_str(), i == chosen)) {
      form.change(std::string(field.name), std::string(field.choices[i]), true);
    }
    mark(path_of(form, field) + "." + std::string(field.choices[i]));
  }
  ImGui::EndCombo();
}

void text_field(Form& form, const Field& field, const std::string& value) {
  static std::string editing, buffer;
  const std::string path = path_of(form, field);
  std::string text = editing == path ? buffer : value;
  text.resize(text.size() + 128);
  ImGui::SetNextItemWidth(-1);
  ImGui::InputText("##value", text.data(), text.size());
  mark(path);
  text.resize(std::char_traits<char>::length(text.c_str()));
  if (ImGui::IsItemActive()) editing = path, buffer = text;
  if (!ImGui::IsItemDeactivated()) return;
  editing.clear();
  if (text != value) form.change(std::string(field.name), text, true);
}

void integer(Form& form, const Field& field, std::int64_t value) {
  const auto min = static_cast<std::int64_t>(field.min), max = static_cast<std::int64_t>(field.max);
  ImGui::SetNextItemWidth(-1);
  const float speed = std::min(5.0f, static_cast<float>((field.max - field.min) / 400));
  if (ImGui::DragScalar("##value", ImGuiDataType_S64, &value, std::max(0.1f, speed), &min, &max,
                        nullptr, ImGuiSliderFlags_AlwaysClamp)) {
    form.change(std::string(field.name), std::to_string(value), false);
  }
  mark(path_of(form, field));
  after(form);
}

void number(Form& form, const Field& field, double value) {
  if (drag_number("##value", value, field.min, field.max, -1,
                  number_format(field.max - field.min))) {
    form.change(std::string(field.name), shortest(value), false);
  }
  mark(path_of(form, field));
  after(form);
}

void value_of(Form& form, const Field& field) {
  std::visit(
      [&](auto* target) {
        using T = std::remove_pointer_t<decltype(target)>;
        if constexpr (std::is_same_v<T, Ranged>) {
          ranged(form, field, *target);
        } else if constexpr (std::is_same_v<T, double>) {
          number(form, field, *target);
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
          integer(form, field, *target);
        } else if constexpr (std::is_same_v<T, std::string>) {
          text_field(form, field, *target);
        } else if constexpr (std::is_same_v<T, std::uint8_t>) {
          choice(form, field, *target);
        } else {
          bool on = *target;
          if (ImGui::Checkbox("##value", &on)) {
            form.change(std::string(field.name), on ? "true" : "false", true);
          }
          mark(path_of(form, field));
        }
      },
      field.target);
}

}  // namespace

void field_row(Form& form, const Field& field, const Json& present) {
  const Language l = language_in_use();
  const std::string name(field.name), path = path_of(form, field);
  ImGui::PushID(name.c_str());
  ImGui::Dummy(ImVec2(0, 2));
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(std::string(label(l, "param", path)).c_str());
  if (ImGui::IsItemHovered()) {
    const std::string_view help = label(l, "param", path + ".help");
    std::string second = field.allowed();
    if (!field.source.empty()) second += "\n" + tr("ui.source", {field.source});
    tooltip(help == path + ".help" ? field.help : help, second);
  }
  ImGui::SameLine();
  text_small(unit_label(l, field.unit));
  if (present.contains(name) && present[name] != form.defaults[name]) {
    ImGui::SameLine();
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() +
                         std::max(0.0f, ImGui::GetContentRegionAvail().x - 22));
    if (icon_button("reset." + path, "reset", tr("ui.reset"), true, false, 22)) {
      form.reset(name);
    }
  }
  value_of(form, field);
  ImGui::PopID();
}

void option_form(App& app, const study::Study& study, const Json& options,
                 const std::function<void(Json)>& set, std::string_view without) {
  const Json defaults = study.options.defaults();
  const Json present = study.options.with_fields(options, [](const Fields&) {});
  Form form{app, study.name, defaults,
            [&](const std::string& path, const std::string& value, bool) {
              Errors errors;
              Json changed = study.options.with_fields(options, [&](const Fields& fields) {
                errors = set_field(fields, path, value, study.name);
              });
              if (!errors.empty()) return app.toast(errors);
              set(std::move(changed));
            },
            [&](const std::string& name) {
              Json changed = options;
              changed.erase(name);
              set(std::move(changed));
            }};
  static_cast<void>(study.options.with_fields(present, [&](const Fields& fields) {
    for (const Field& field : fields) {
      if (field.name != without) field_row(form, field, present);
    }
  }));
}

}  // namespace footfall::ui
