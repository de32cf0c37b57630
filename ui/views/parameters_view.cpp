// The parameters of the rooms that a study reads, and the study's own options.
#include <imgui.h>

#include "sim/study/study.hpp"
#include "ui/app.hpp"
#include "ui/platform.hpp"
#include "ui/tr.hpp"
#include "ui/views/form.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {
namespace {

void perform(App& app, const Result<scenario::Edit>& edit, const std::string& path,
             const std::string& merge) {
  if (!edit) return app.toast(edit.error());
  const Errors errors =
      app.document.edit(*edit, "ui.step.parameter|" + path, platform::now_ms(), merge);
  if (!errors.empty()) app.toast(errors);
}

void room_form(App& app, const study::Block& room) {
  const scenario::Scenario& scenario = app.document.scenario();
  const Json defaults = room.defaults();
  const std::string in(std::string(room.name) + ".");
  Form form{app, room.name, defaults,
            [&](const std::string& path, const std::string& value, bool settled) {
              perform(app, study::parameter_edit(scenario, in + path, value),
                      in + path.substr(0, path.find('.')), settled ? "" : "parameter." + in + path);
            },
            [&](const std::string& name) {
              perform(app, scenario::set_parameter(scenario, room.name, name, nullptr), in + name,
                      "");
            }};
  section_title(label(language_in_use(), "room", room.name));
  // The fields are those of a copy: changing one makes an edit and leaves this frame's values
  // alone.
  const Json present =
      room.with_fields(study::room_block(scenario, room.name), [](const Fields&) {});
  static_cast<void>(room.with_fields(present, [&](const Fields& fields) {
    for (const Field& field : fields) field_row(form, field, present);
  }));
}

}  // namespace

void room_forms(App& app, const study::Study& study) {
  text_wrapped_small(tr("ui.parameters_hint"));
  for (const std::string_view name : study.rooms) {
    const study::Block* room = study::find_room(name);
    if (room == nullptr) continue;
    ImGui::PushID(room->name.data());
    room_form(app, *room);
    ImGui::PopID();
  }
}

void parameters_view(App& app) {
  const study::Study* study = study::find_study(main_study);
  room_forms(app, *study);
  section_title(label(language_in_use(), "room", study->name));
  option_form(app, *study, app.document.options(), [&](Json options) {
    app.document.set_options(std::move(options), platform::now_ms());
  });
}

}  // namespace footfall::ui
