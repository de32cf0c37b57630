#include "cli/field_flags.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace footfall::cli {
namespace {

std::string default_text(const Field& field) {
  const Json value = to_json(Fields{field}).at(std::string(field.name));
  if (value.is_object()) return shortest(value.at("value").get<double>());
  return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

void FieldFlags::add(CLI::App& app, const Fields& fields) {
  for (const Field& field : fields) {
    Flag& flag = flags_.emplace_back();
    flag.name = field.name;
    std::string dashed = "--" + flag.name;
    std::replace(dashed.begin(), dashed.end(), '_', '-');
    std::string help(field.help);
    if (!field.unit.empty()) help += " [" + std::string(field.unit) + "]";
    const std::string allowed = field.allowed();
    if (!allowed.empty()) help += "; " + allowed;
    const std::string standard = default_text(field);
    if (!standard.empty()) help += "; default " + standard;
    flag.option = app.add_option(dashed, flag.text, help)->type_name("");
  }
}

Errors FieldFlags::apply(const Fields& fields) const {
  Errors errors;
  for (const Flag& flag : flags_) {
    if (flag.option->count() == 0) continue;
    Errors found = set_field(fields, flag.name, flag.text, "--" + flag.name);
    append(errors, found);
  }
  return errors;
}

}  // namespace footfall::cli
