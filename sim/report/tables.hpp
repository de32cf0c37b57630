// Tables of results as HTML: numbers right-aligned in one scale per unit, intervals below their
// values, headings that sort.
#pragma once

#include <string>

#include "sim/report/report.hpp"

namespace footfall::report {

/// Rows of a table that a report shows; the CSV file has them all.
inline constexpr std::size_t most_rows = 100;

/// Columns named with lon, lat and reason are left to other places.
std::string table_html(const Table& table, Language language);

/// An id as the stem of a file name: letters, digits, "-" and "_" stay, the rest becomes "_".
std::string file_stem(std::string_view id);

}  // namespace footfall::report
