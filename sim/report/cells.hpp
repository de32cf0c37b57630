// Reading tables whose columns may be absent, short or of another type than expected: what is not
// there is missing, never an error.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/texts.hpp"

namespace footfall::report {

/// The number in a column of integers or numbers.
std::optional<double> number_at(const Column* column, std::size_t row);
std::optional<double> number_at(const Table& table, std::string_view column, std::size_t row);

/// The cell as text, "" where missing.
std::string text_at(const Column* column, std::size_t row);
std::string text_at(const Table& table, std::string_view column, std::size_t row);

/// The greatest absolute finite value of a column; 0 where there is none.
double largest(const Column* column);

/// The column "reason_en" or "reason_zh" for id "reason".
const Column* find_in_language(const Table& table, std::string_view id, Language language);

/// True for x_low and x_high beside x, and for columns of other languages: shown with another or
/// not at all.
bool is_hidden(const Table& table, const Column& column, Language language);

/// A name that stands as a value in data: "own" in column "role" -> "own store"; others as they
/// are.
std::string shown_text(const Column& column, std::size_t row, Language language);

}  // namespace footfall::report
