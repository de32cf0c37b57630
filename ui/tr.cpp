#include "ui/tr.hpp"

namespace footfall::ui {
namespace {

Language in_use = Language::english;

}  // namespace

void use_language(Language language) {
  in_use = language;
}
Language language_in_use() {
  return in_use;
}

std::string tr(std::string_view key, std::initializer_list<std::string_view> values) {
  return filled(text(in_use, key), values);
}

std::string step_text(std::string_view step) {
  const auto bar = step.find('|');
  const std::string_view key = step.substr(0, bar);
  if (bar == std::string_view::npos) return tr(key);
  const std::string_view argument = step.substr(bar + 1);
  if (key == "ui.step.parameter") return tr(key, {label(in_use, "param", argument)});
  return tr(key, {argument});
}

}  // namespace footfall::ui
