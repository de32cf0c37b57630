// Parts of read_controls(), one file each. Internal to this room.
#pragma once

#include <string>
#include <string_view>

#include "geo/csv.hpp"
#include "sim/population/controls.hpp"

namespace footfall::population {

/// A table and its name in errors.
struct Table {
  geo::Csv csv;
  std::string file;
  /// The column's place; a problem where it is missing.
  std::size_t need(std::string_view column, Errors& errors) const;
  /// Trimmed; empty where the column is npos.
  std::string_view cell(std::size_t row, std::size_t column) const;
  Error problem(std::size_t row, std::size_t column, std::string message,
                std::string allowed) const;
};

/// Null where there is none.
const SeedColumn* find_column(const std::vector<SeedColumn>& columns, std::string_view name);

Seed read_seed(const Table& households, const Table& persons, Errors& errors);

/// Who `text` counts in the seed. Errors have neither file nor place.
Result<Category> read_category(const Seed& seed, std::string_view text);

}  // namespace footfall::population
