// Numbers as the window shows them: short, in the language's own scales. Where bytes matter (hooks,
// files) core/text.hpp's fixed() is used instead.
#pragma once

#include <string>
#include <string_view>

#include "core/texts.hpp"

namespace footfall::ui {

/// "12.4 M", "-830 k", "950"; in Chinese "1240万", "1.24亿". Three significant digits.
std::string short_number(Language language, double value);
/// "6.18 – 8.39 M": the scale once where both ends have the same.
std::string short_range(Language language, double low, double high);
/// As short_number(), with as many digits as tell values apart that lie `span` from each other.
std::string fine_number(Language language, double value, double span);
/// "12 400 000".
std::string whole_number(double value);
/// "34.5 %" of a share between 0 and 1.
std::string percent(double share, int decimals = 0);
/// "0:48", "1:03:20".
std::string clock_text(double seconds);
/// "1.2 km", "800 m".
std::string length_text(Language language, double metres);

}  // namespace footfall::ui
