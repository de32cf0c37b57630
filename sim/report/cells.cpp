#include "sim/report/cells.hpp"

#include <algorithm>
#include <cmath>

namespace footfall::report {
namespace {

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() > end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

std::optional<double> number_at(const Column* column, std::size_t row) {
  if (column == nullptr || row >= column->size()) return std::nullopt;
  std::optional<double> value;
  if (const auto* numbers = std::get_if<Column::Numbers>(&column->values)) {
    value = (*numbers)[row];
  } else if (const auto* integers = std::get_if<Column::Integers>(&column->values)) {
    value = static_cast<double>((*integers)[row]);
  }
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<double> number_at(const Table& table, std::string_view column, std::size_t row) {
  return number_at(table.find(column), row);
}

std::string text_at(const Column* column, std::size_t row) {
  return column != nullptr && row < column->size() ? column->text(row) : std::string();
}

std::string text_at(const Table& table, std::string_view column, std::size_t row) {
  return text_at(table.find(column), row);
}

double largest(const Column* column) {
  double most = 0;
  for (std::size_t i = 0; column != nullptr && i < column->size(); ++i) {
    most = std::max(most, std::abs(number_at(column, i).value_or(0)));
  }
  return most;
}

const Column* find_in_language(const Table& table, std::string_view id, Language language) {
  return table.find(std::string(id) + "_" + std::string(code_of(language)));
}

bool is_hidden(const Table& table, const Column& column, Language language) {
  const std::string_view id = column.id;
  for (const std::string_view end : {"_low", "_high"}) {
    if (ends_with(id, end) && table.find(id.substr(0, id.size() - end.size()))) return true;
  }
  for (const Language other : {Language::english, Language::chinese}) {
    const std::string end = "_" + std::string(code_of(other));
    if (other != language && ends_with(id, end)) {
      return find_in_language(table, id.substr(0, id.size() - end.size()), language) != nullptr;
    }
  }
  return false;
}

std::string shown_text(const Column& column, std::size_t row, Language language) {
  return value_label(language, column.id, text_at(&column, row));
}

}  // namespace footfall::report
