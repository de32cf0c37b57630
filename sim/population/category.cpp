// The language of categories: "persons.age=15_24|25_34 & households.size>=3".
#include <algorithm>
#include <optional>

#include "core/text.hpp"
#include "sim/population/read_tables.hpp"

namespace footfall::population {
namespace {

constexpr std::string_view grammar =
    "conditions joined by \"&\", each households.COLUMN=VALUE or persons.COLUMN=VALUE";

struct Condition {
  const SeedColumn* column = nullptr;  // null: everyone
  bool persons = false;
  std::vector<char> meets;  // by code of the column's values

  bool holds(std::size_t row) const { return column == nullptr || meets[column->code[row]] != 0; }
};

Error problem(std::string_view text, std::string message, std::string allowed) {
  return {"", "", shortened(text, 60), std::move(message), std::move(allowed)};
}

std::string names(const std::vector<SeedColumn>& columns) {
  std::string out;
  for (const SeedColumn& c : columns) out += (out.empty() ? "" : ", ") + c.name;
  return "one of " + out;
}

std::string first_values(const SeedColumn& column) {
  std::string out;
  for (std::size_t i = 0; i < column.values.size() && i < 8; ++i)
    out += (i == 0 ? "" : ", ") + column.values[i];
  return "one of " + out + (column.values.size() > 8 ? ", …" : "");
}

bool compares(std::string_view op, double a, double b) {
  if (op == "<") return a < b;
  if (op == "<=") return a <= b;
  if (op == ">") return a > b;
  return a >= b;
}

/// Values by order: all of the column must be numbers.
Result<Condition> ordered(Condition c, std::string_view text, std::string_view op,
                          std::string_view value) {
  const auto bound = parse_number(value);
  if (!bound) return fail(problem(text, "compares with what is no number", "a number"));
  for (const std::string& known : c.column->values) {
    const auto number = parse_number(known);
    if (!number)
      return fail(problem(text, "compares a column that holds \"" + known + "\"", "numbers only"));
    c.meets.push_back(compares(op, *number, *bound));
  }
  return c;
}

Result<Condition> read_condition(const Seed& seed, std::string_view text) {
  Condition c;
  if (text == "households") return c;
  c.persons = text.substr(0, 7) == "persons";
  if (text == "persons") return c;
  const std::size_t dot = text.find('.'), at = text.find_first_of("=!<>");
  const std::string_view table = text.substr(0, dot);
  if (dot == std::string_view::npos || at == std::string_view::npos || at < dot ||
      (table != "households" && table != "persons"))
    return fail(problem(text, "is no condition", std::string(grammar)));
  const std::string_view name = trimmed(text.substr(dot + 1, at - dot - 1));
  const auto& columns = c.persons ? seed.persons : seed.households;
  c.column = find_column(columns, name);
  if (c.column == nullptr)
    return fail(
        problem(name, "is no column of the sample's " + std::string(table), names(columns)));
  const bool two = at + 1 < text.size() && text[at + 1] == '=' && text[at] != '=';
  const std::string_view op = text.substr(at, two ? 2 : 1),
                         value = trimmed(text.substr(at + op.size()));
  if (op == "!") return fail(problem(text, "is no condition", std::string(grammar)));
  if (op != "=" && op != "!=") return ordered(std::move(c), text, op, value);
  c.meets.assign(c.column->values.size(), op == "!=");
  for (const std::string& part : split(value, '|')) {
    const std::string wanted(trimmed(part));
    const auto& known = c.column->values;
    const auto found = std::lower_bound(known.begin(), known.end(), wanted);
    if (found == known.end() || *found != wanted)
      return fail(problem(
          wanted, "is no value of " + std::string(table) + "." + c.column->name + " in the sample",
          first_values(*c.column)));
    c.meets[static_cast<std::size_t>(found - known.begin())] = op == "=";
  }
  return c;
}

}  // namespace

Result<Category> read_category(const Seed& seed, std::string_view text) {
  std::vector<Condition> conditions;
  Category out;
  out.text = text;
  for (const std::string& part : split(text, '&')) {
    auto condition = read_condition(seed, trimmed(part));
    if (!condition) return fail(std::move(condition.error()));
    out.persons |= condition->persons;
    conditions.push_back(std::move(*condition));
  }
  const auto all = [&](bool persons, std::size_t row) {
    return std::all_of(conditions.begin(), conditions.end(),
                       [&](const Condition& c) { return c.persons != persons || c.holds(row); });
  };
  out.count.resize(seed.size());
  for (std::size_t h = 0; h < seed.size(); ++h) {
    if (!all(false, h)) continue;
    if (!out.persons) {
      out.count[h] = 1;
      continue;
    }
    for (std::uint32_t p = seed.first[h]; p < seed.first[h + 1]; ++p)
      if (all(true, p)) ++out.count[h];
  }
  return out;
}

}  // namespace footfall::population
