// Texts in the window's language.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "core/texts.hpp"

namespace footfall::ui {

void use_language(Language language);
Language language_in_use();

/// The text of a key, with {0} to {9} replaced by the values.
std::string tr(std::string_view key, std::initializer_list<std::string_view> values = {});
/// The label of an undo step, "key|argument"; the argument of a parameter step is the parameter's
/// name.
std::string step_text(std::string_view label);

}  // namespace footfall::ui
