#include "sim/study/table_builder.hpp"

#include <algorithm>

namespace footfall::study {
namespace {

void resize(Column& column, std::size_t rows) {
  std::visit([&](auto& values) { values.resize(rows); }, column.values);
}

}  // namespace

template <class Values>
Values& TableBuilder::column(std::string id, std::string unit, int decimals) {
  auto& columns = table_.columns;
  auto it =
      std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.id == id; });
  if (it == columns.begin())
    ++row_;  // also true for the very first cell, when there are no columns
  if (it == columns.end()) {
    columns.push_back({std::move(id), std::move(unit), Values{}, decimals});
    it = columns.end() - 1;
  }
  resize(*it, row_ - 1);
  return std::get<Values>(it->values);
}

void TableBuilder::text(std::string id, std::string value) {
  column<Column::Texts>(std::move(id), "", 0).push_back(std::move(value));
}

void TableBuilder::integer(std::string id, std::string unit, std::int64_t value) {
  column<Column::Integers>(std::move(id), std::move(unit), 0).push_back(value);
}

void TableBuilder::number(std::string id, std::string unit, int decimals,
                          std::optional<double> value) {
  column<Column::Numbers>(std::move(id), std::move(unit), decimals).push_back(value);
}

void TableBuilder::spread(const std::string& id, const std::string& unit, int decimals,
                          const catchment::Spread& value, bool interval) {
  optional_spread(id, unit, decimals, value, interval);
}

void TableBuilder::optional_spread(const std::string& id, const std::string& unit, int decimals,
                                   const std::optional<catchment::Spread>& value, bool interval) {
  const auto part = [&](double catchment::Spread::*member) {
    return value ? std::optional((*value).*member) : std::nullopt;
  };
  number(id, unit, decimals, part(&catchment::Spread::value));
  if (!interval) return;
  number(id + "_low", unit, decimals, part(&catchment::Spread::low));
  number(id + "_high", unit, decimals, part(&catchment::Spread::high));
}

Table TableBuilder::take() {
  for (Column& c : table_.columns) resize(c, row_);
  return std::move(table_);
}

}  // namespace footfall::study
