// JSON as the rest of the program uses it: keys sorted, so that the same content gives the same
// text.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/error.hpp"

namespace footfall {

using Json = nlohmann::json;

/// Parses UTF-8 text (a leading byte order mark is allowed). `file` names it in the error, whose
/// place is "line L, column C". Nesting deeper than 200 is an error, not a crash.
Result<Json> parse_json(std::string_view text, std::string_view file);

/// The text of a document: two spaces of indent, a final newline, numbers in their shortest form
/// that reads back to the same double. Invalid UTF-8 is replaced by U+FFFD.
std::string json_text(const Json& json);

}  // namespace footfall
