// Tables of results as HTML: numbers right-aligned in one scale per unit, intervals below their
// values, headings that sort.
#pragma once

#include <string>

#include "sim/report/report.hpp"

namespace footfall::report {

/// Rows of a table that a report shows, of things with a name and of anything else; the CSV file
/// has them all.
inline constexpr std::size_t most_named_rows = 200;
inline constexpr std::size_t most_other_rows = 30;

/// Columns lon, lat and reason_* are left to other places.
std::string table_html(const Table& table, Language language);

/// An id as the stem of a file name: letters, digits, "-" and "_" stay, the rest becomes "_".
std::string file_stem(std::string_view id);

}  // namespace footfall::report
