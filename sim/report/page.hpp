// What stands in every report: its style and its script, both inside the file.
#pragma once

#include <string_view>

namespace footfall::report {

/// CSS: light and dark, screen and A4. Text and background differ by at least 4.5 : 1.
std::string_view style();

/// JavaScript: sorting of tables by their headings, and the same site lit up in map, chart and
/// table.
std::string_view script();

}  // namespace footfall::report
