// Builds a Table cell by cell, row by row: the first row fixes the columns' order, and a cell that
// a row leaves out is missing there.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "core/result.hpp"
#include "sim/catchment/ranking.hpp"

namespace footfall::study {

class TableBuilder {
 public:
  explicit TableBuilder(std::string id) { table_.id = std::move(id); }

  void text(std::string id, std::string value);
  void integer(std::string id, std::string unit, std::int64_t value);
  void number(std::string id, std::string unit, int decimals, std::optional<double> value);
  /// The value and, with `interval`, columns `id`_low and `id`_high.
  void spread(const std::string& id, const std::string& unit, int decimals,
              const catchment::Spread& value, bool interval);
  void optional_spread(const std::string& id, const std::string& unit, int decimals,
                       const std::optional<catchment::Spread>& value, bool interval);

  /// Columns shorter than the longest are filled up with missing values.
  Table take();

 private:
  template <class Values>
  Values& column(std::string id, std::string unit, int decimals);
  Table table_;
  std::size_t row_ =
      0;  // number of the row being filled, from 1; a row starts with the first column
};

}  // namespace footfall::study
