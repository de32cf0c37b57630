// Results as people read them: figures as cards, tables, heat maps and charts. All of them take
// plain values, so that any study can be shown; which table goes into which chart is the
// workspace's business. Each fills the width of the present ImGui window from the cursor on.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/texts.hpp"
#include "ui/theme.hpp"

namespace footfall::ui {

class App;

/// "12.4 M CHF a year", "34.5 %", "1 204": short, with its unit in words.
std::string value_text(Language language, double value, std::string_view unit);

/// Cards of the figures with these ids that there are, in this order; of all where none are named.
/// As many beside each other as have room. Below the value: interval and what it comes from.
void figure_cards(const Results& results, std::span<const std::string_view> ids = {});

/// A table: sorted by a click on its head, numbers to the right, the head stays. Columns x_low and
/// x_high are shown as the interval of x. `version` changes with the contents. Height 0: all that
/// is left. With `selected`, rows are chosen by a click.
void table_view(App& app, std::string_view id, const Table& table, std::uint64_t version,
                float height = 0, std::uint64_t* selected = nullptr);
/// The tables of results with a choice of one; that of the parameters comes last.
void tables_view(App& app, const Results& results, std::uint64_t version, float height = 0);

/// A grid of values coloured by size; the value stands in its cell where it has room.
struct HeatMap {
  std::vector<std::string> rows, columns;
  std::vector<std::optional<double>> values;  ///< row by row
  std::string unit;
  std::string row_title, column_title;
  std::vector<std::optional<double>> expected;  ///< shown beside the value on hover; may be empty
};
/// From a table with one row for each cell; rows and columns in the order of their coming.
HeatMap heat_map_of(const Table& table, std::string_view row, std::string_view column,
                    std::string_view value);
/// Gives back the row that was clicked. Height 0: all that is left, cells at most 34 px high.
std::optional<std::size_t> heat_map(std::string_view id, const HeatMap& map, float height = 0);

/// Lines over a common x with an optional band.
struct Series {
  std::string name;
  Colour colour;
  std::vector<double> x, y, low, high;  ///< low and high empty: no band
  bool thin = false;                    ///< what others are compared with
};
/// `title` and legend above. Height 0: all that is left.
void line_chart(std::string_view id, std::string_view title, std::span<const Series> lines,
                std::string_view x_title, std::string_view unit, float height);

/// One number with its interval in a chart of dots: an estimate, or the truth (a diamond).
struct IntervalMark {
  std::string name;
  Colour colour;
  double value = 0;
  std::optional<double> low, high;
  bool truth = false;
};
struct IntervalRow {
  std::string label;
  std::vector<IntervalMark> marks;
};
/// Rows of dots on one scale with a line at zero; names and colours of the marks as a legend above.
void interval_chart(std::string_view id, std::string_view title, std::span<const IntervalRow> rows,
                    std::string_view unit);

/// Both take a table with columns truth, estimate, estimate_low and estimate_high (or low and
/// high), and where there are, unit, method and refused (why there is no estimate). An interval
/// that misses the truth is shown in the colour of errors. Bars of the truth with the estimate's
/// dot and interval over them, beside them by how much the estimate is off. All rows have one unit.
void truth_chart(std::string_view id, std::string_view title, const Table& table,
                 std::string_view label_column);
/// A card for each row: the truth in large print, below it the estimate and by how much it is off.
void truth_cards(std::string_view id, const Table& table, std::string_view label_column);

/// Two-sided bars by age, women to the left: the chosen over all.
struct Pyramid {
  std::vector<std::string> ages;  ///< youngest first
  std::vector<double> women, men, all_women, all_men;
};
void pyramid(std::string_view id, const Pyramid& pyramid, float height);

/// Number of a column at a row, whatever type its values have.
std::optional<double> number_at(const Table& table, std::string_view column, std::size_t row);
/// Text of a column at a row; ids of choices and roles in the window's language.
std::string text_at(const Table& table, std::string_view column, std::size_t row);

/// Colour of 0 to 1 from the panel's own to the strongest.
Colour heat_colour(double share);

/// A patch (or whisker, or diamond) with its name, to the right of the last item.
enum class LegendMark : std::uint8_t { patch, whisker, diamond, dot };
void legend_entry(std::string_view name, Colour colour, LegendMark mark = LegendMark::patch);
int number_tick(double value, char* text, int size, void*);

}  // namespace footfall::ui
