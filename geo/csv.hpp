// CSV as people have it: RFC 4180 with comma, semicolon or tab (whichever the header line has most
// of), quotes, CRLF or LF, an optional byte order mark, UTF-8. Empty lines are skipped. A quote
// inside a cell that does not start with one is plain text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace footfall::geo {

struct Csv {
  std::vector<std::string> header;                  ///< trimmed
  std::vector<std::vector<std::string>> rows;       ///< each as long as the header; not trimmed
  std::vector<std::size_t> lines;                   ///< line number of each row in the file, from 1
  std::size_t column(std::string_view name) const;  ///< npos where there is none
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

/// Errors: empty file, no UTF-8 (with the byte's place), unclosed quote, text behind a closing
/// quote, a row with another number of cells than the header, a repeated or empty column name, more
/// than `max_rows` rows. A header without rows is a table without rows. After 1,000 problems the
/// rest is not read.
Result<Csv> parse_csv(std::string_view bytes, std::string_view file,
                      std::size_t max_rows = 5'000'000);

/// One cell, quoted where it holds a separator (of any of the three kinds), a quote or a line end,
/// or begins or ends with a space. Rows of one empty cell must be written as "" by the caller.
std::string csv_cell(std::string_view text);

}  // namespace footfall::geo
