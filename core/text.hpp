// Numbers and text in their one canonical form: the same bytes on every platform and in every
// locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace footfall {

/// The shortest decimal that reads back to the same double ("0.1", "1e+30"). Requires a finite
/// value.
std::string shortest(double value);

/// Fixed point with `decimals` digits (0 to 9), rounded half away from zero on the exact binary
/// value; never "-0". Requires |value| < 1e15.
std::string fixed(double value, int decimals);

/// Digits shown where the rows of a column have different units: none from 100 on, else one.
constexpr int decimals_by_size(double value) {
  return value >= 100 || value <= -100 ? 0 : 1;
}

/// As fixed(), with a thin grouping of thousands by `separator` ("1 234 567").
std::string grouped(double value, int decimals, std::string_view separator = " ");

/// Reads a whole text as a decimal number: optional sign, digits, point, exponent; spaces around it
/// are allowed; nothing else ("nan", "inf", hexadecimal and "1,5" are refused). Correctly rounded.
std::optional<double> parse_number(std::string_view text);
std::optional<std::int64_t> parse_integer(std::string_view text);

std::string_view trimmed(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);

/// True for well-formed UTF-8 without NUL.
bool is_utf8(std::string_view text);

/// At most `characters` code points of the text, with "…" where something was cut.
std::string shortened(std::string_view text, std::size_t characters);

/// Escapes & < > " ' for HTML, SVG and XML text and attributes.
std::string html_escaped(std::string_view text);

}  // namespace footfall
