#include "sim/report/parameters.hpp"

#include <optional>
#include <string>

#include "core/text.hpp"

namespace footfall::report {
namespace {

struct Shown {
  std::string value;
  std::optional<double> low, high;
};

Shown shown(const Field& field) {
  return std::visit(
      [&](const auto* target) -> Shown {
        using T = std::remove_cvref_t<decltype(*target)>;
        if constexpr (std::is_same_v<T, bool>) {
          return {*target ? "yes" : "no", {}, {}};
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
          return {std::to_string(*target), {}, {}};
        } else if constexpr (std::is_same_v<T, double>) {
          return {shortest(*target), {}, {}};
        } else if constexpr (std::is_same_v<T, Ranged>) {
          if (target->low == target->high) return {shortest(target->value), {}, {}};
          return {shortest(target->value), target->low, target->high};
        } else if constexpr (std::is_same_v<T, std::uint8_t>) {
          return {
              std::string(*target < field.choices.size() ? field.choices[*target] : ""), {}, {}};
        } else {
          return {*target, {}, {}};
        }
      },
      field.target);
}

void add_text(Table& table, std::size_t column, std::string_view value) {
  std::get<Column::Texts>(table.columns[column].values).emplace_back(value);
}

void add_number(Table& table, std::size_t column, std::optional<double> value) {
  std::get<Column::Numbers>(table.columns[column].values).push_back(value);
}

}  // namespace

Table parameter_table() {
  constexpr int decimals = 4;
  return {"parameters",
          {{"room", "", Column::Texts{}, 0},
           {"name", "", Column::Texts{}, 0},
           {"value", "", Column::Texts{}, 0},
           {"low", "", Column::Numbers{}, decimals},
           {"high", "", Column::Numbers{}, decimals},
           {"unit", "", Column::Texts{}, 0},
           {"help", "", Column::Texts{}, 0},
           {"source", "", Column::Texts{}, 0}}};
}

void add_parameters(Table& table, std::string_view room, const Fields& fields) {
  for (const Field& field : fields) {
    const Shown s = shown(field);
    add_text(table, 0, room);
    add_text(table, 1, field.name);
    add_text(table, 2, s.value);
    add_number(table, 3, s.low);
    add_number(table, 4, s.high);
    add_text(table, 5, field.unit);
    add_text(table, 6, field.help);
    add_text(table, 7, field.source);
  }
}

}  // namespace footfall::report
