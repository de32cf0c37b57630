// A form made from the fields of a parameter block: whatever a model lists, the window shows, with
// unit, range, help and source.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "sim/study/study.hpp"

namespace footfall::ui {

class App;

/// One block being shown. `change` takes a path in it ("decay_exponent.low") and the value as text;
/// `settled`: it is not one step of many. `reset` takes the name of a field.
struct Form {
  App& app;
  std::string_view block;
  const Json& defaults;
  std::function<void(const std::string& path, const std::string& value, bool settled)> change;
  std::function<void(const std::string& name)> reset;
};

/// How a number of this range is printed.
std::string number_format(double span);
/// A number that is dragged or typed (Ctrl+click); true while it changes.
bool drag_number(const char* id, double& value, double min, double max, float width,
                 const std::string& format);

/// Name, unit, reset button and the widgets of one field. `present`: the whole block as it is.
void field_row(Form& form, const Field& field, const Json& present);

/// All fields of a study's own options but the one named `without`. `set` takes the options as they
/// are to be.
void option_form(App& app, const study::Study& study, const Json& options,
                 const std::function<void(Json)>& set, std::string_view without = {});

}  // namespace footfall::ui
