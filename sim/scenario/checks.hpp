// What this room allows in its files and edits, and how it collects what is wrong. Internal: other
// rooms include scenario.hpp, files.hpp and edit.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/json.hpp"
#include "geo/csv.hpp"
#include "geo/frame.hpp"
#include "geo/polygon.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::scenario {

/// Both ends included.
struct Range {
  double min = 0;
  double max = 0;
  bool holds(double value) const { return value >= min && value <= max; }
  std::string text() const;  ///< "a number from 1 to 500000"
};

inline constexpr Range lon_range{-180, 180};          ///< degrees
inline constexpr Range lat_range{-90, 90};            ///< degrees
inline constexpr Range residents_range{0, 1e7};       ///< persons at one place
inline constexpr Range spending_index_range{0, 20};   ///< 1 is the average
inline constexpr Range floor_area_range{1, 500'000};  ///< m²
inline constexpr Range money_range{0, 1e12};          ///< currency
inline constexpr Range margin_range{0, 1};            ///< share of sales
inline constexpr Range speed_range{0, 150};           ///< km/h
inline constexpr std::int64_t greatest_id = 2'147'483'647;
inline constexpr std::size_t longest_name = 200;  ///< code points of any name
inline constexpr std::string_view names_allowed = "at most 200 characters on one line";
inline constexpr std::size_t most_errors = 200;  ///< reported for one scenario

/// Collects problems; those beyond most_errors are dropped.
class Problems {
 public:
  void add(Error error);
  void add(Errors errors);
  bool full() const { return errors_.size() >= most_errors; }
  bool empty() const { return errors_.empty(); }
  Errors take() { return std::move(errors_); }

 private:
  Errors errors_;
};

/// What is wrong with a name: control characters, more than longest_name code points. Empty if
/// nothing.
std::string name_problem(std::string_view text);

/// The value as one line of at most 60 characters.
std::string excerpt(const Json& value);

/// Three capital letters (ISO 4217).
bool is_currency(std::string_view text);
inline constexpr std::string_view currencies_allowed = "three capital letters, such as \"EUR\"";

std::optional<Role> role_from(std::string_view text);
inline constexpr std::string_view roles_allowed = "one of own, competitor, candidate";

/// Degrees to integers of 1e-7 degree, rounded half away from zero. Requires a value in range.
std::int32_t to_e7(double degrees);
/// The double nearest to the decimal with seven places, so that text of it stays short.
double degrees(std::int32_t e7);

/// Cells of a CSV file by the names of their columns. Problems name line and column.
class CsvRows {
 public:
  /// Reports missing and unknown columns.
  CsvRows(const geo::Csv& csv, std::string_view file, Problems& problems,
          const std::vector<std::string_view>& required,
          const std::vector<std::string_view>& optional);
  bool usable() const { return usable_; }

  /// The cell's text without spaces around it; empty where the column is absent.
  std::string_view text(std::size_t row, std::string_view column) const;
  std::string name(std::size_t row, std::string_view column);
  /// Nothing, and a problem, where the cell is no number or out of range.
  std::optional<double> number(std::size_t row, std::string_view column, const Range& range);
  /// As number(), but an empty cell or an absent column is no problem.
  std::optional<double> optional_number(std::size_t row, std::string_view column,
                                        const Range& range);
  std::optional<std::uint32_t> id(std::size_t row);
  /// Columns lon and lat.
  std::optional<LonLat> place(std::size_t row);
  void problem(std::size_t row, std::string_view column, std::string message, std::string allowed);

  /// Reports ids that occur twice. `ids` holds (id, row).
  void check_unique(std::vector<std::pair<std::uint32_t, std::size_t>> ids);

 private:
  std::string_view cell(std::size_t row, std::string_view column) const;
  std::string where(std::size_t row, std::string_view column) const;
  const geo::Csv& csv_;
  std::string file_;
  Problems& problems_;
  bool usable_ = true;
};

/// Polygons of a shape in the local frame, unchecked.
geo::MultiPolygon to_polygons(const Shape& shape, const geo::Frame& frame);
/// What geo::checked() finds in them.
Errors area_problems(const Shape& shape, const geo::Frame& frame, std::string_view file,
                     std::string_view place);

}  // namespace footfall::scenario
