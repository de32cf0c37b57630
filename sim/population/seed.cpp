// seed_households.csv and seed_persons.csv.
#include <algorithm>
#include <map>
#include <numeric>

#include "core/text.hpp"
#include "geo/csv.hpp"
#include "sim/population/read_tables.hpp"

namespace footfall::population {
namespace {

constexpr std::uint32_t most_in_household = 255;

SeedColumn column_of(std::string name, std::vector<std::string> texts) {
  SeedColumn out{std::move(name), texts, {}};
  std::sort(out.values.begin(), out.values.end());
  out.values.erase(std::unique(out.values.begin(), out.values.end()), out.values.end());
  out.code.reserve(texts.size());
  for (const std::string& text : texts) {
    const auto at = std::lower_bound(out.values.begin(), out.values.end(), text);
    out.code.push_back(static_cast<std::uint32_t>(at - out.values.begin()));
  }
  return out;
}

/// The columns of a table but for `left_out`, rows in the order of `rows`.
std::vector<SeedColumn> columns_of(const geo::Csv& csv, const std::vector<std::size_t>& rows,
                                   const std::vector<std::string_view>& left_out) {
  std::vector<SeedColumn> out;
  for (std::size_t c = 0; c < csv.header.size(); ++c) {
    if (std::find(left_out.begin(), left_out.end(), csv.header[c]) != left_out.end()) continue;
    std::vector<std::string> texts;
    texts.reserve(rows.size());
    for (const std::size_t r : rows) texts.emplace_back(trimmed(csv.rows[r][c]));
    out.push_back(column_of(csv.header[c], std::move(texts)));
  }
  return out;
}

std::int8_t age_band(std::string_view text) {
  for (int a = 0; a < age_bands; ++a)
    if (text == name_of(static_cast<AgeBand>(a))) return static_cast<std::int8_t>(a);
  const auto years = parse_number(text);
  if (!years || *years < 0 || *years > 150) return -1;
  if (*years < 15) return 0;
  return static_cast<std::int8_t>(std::min(6.0, 1 + (*years - 15) / 10));
}

template <class Tag, int n>
std::int8_t named(std::string_view text) {
  for (int i = 0; i < n; ++i)
    if (text == name_of(static_cast<Tag>(i))) return static_cast<std::int8_t>(i);
  return -1;
}

/// Sets a tag from the column of its name where all of its values have a meaning.
template <class Row>
bool set_tag(const std::vector<SeedColumn>& columns, std::string_view name,
             std::int8_t (*meaning)(std::string_view), std::int8_t Row::*tag,
             std::vector<Row>& rows) {
  const SeedColumn* column = find_column(columns, name);
  if (column == nullptr) return false;
  std::vector<std::int8_t> meanings;
  for (const std::string& value : column->values) meanings.push_back(meaning(value));
  if (std::find(meanings.begin(), meanings.end(), -1) != meanings.end()) return false;
  for (std::size_t r = 0; r < rows.size(); ++r) rows[r].*tag = meanings[column->code[r]];
  return true;
}

void set_tags(Seed& seed) {
  seed.household_tags.resize(seed.size());
  seed.person_tags.resize(seed.first.back());
  const auto note = [&](bool given, const char* name) {
    if (given) seed.tags.emplace_back(name);
  };
  note(set_tag(seed.persons, "age", age_band, &SeedPerson::age, seed.person_tags), "age");
  note(set_tag(seed.persons, "gender", named<Gender, 2>, &SeedPerson::gender, seed.person_tags),
       "gender");
  note(set_tag(seed.persons, "work", named<Work, 4>, &SeedPerson::work, seed.person_tags), "work");
  note(set_tag(seed.households, "income", named<Income, incomes>, &SeedHousehold::income,
               seed.household_tags),
       "income");
  note(set_tag(seed.households, "spending", named<Spending, spendings>, &SeedHousehold::spending,
               seed.household_tags),
       "spending");
}

/// Puts an adult first; false where there is none though ages are known.
bool adult_first(Seed& seed, std::size_t h) {
  const auto begin = seed.person_tags.begin() + seed.first[h];
  const auto end = seed.person_tags.begin() + seed.first[h + 1];
  const auto adult = std::find_if(begin, end, [](const SeedPerson& p) { return p.age != 0; });
  if (adult == end) return false;
  std::iter_swap(begin, adult);
  return true;
}

}  // namespace

const SeedColumn* find_column(const std::vector<SeedColumn>& columns, std::string_view name) {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const SeedColumn& c) { return c.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

std::size_t Table::need(std::string_view column, Errors& errors) const {
  const std::size_t at = csv.column(column);
  if (at == geo::Csv::npos)
    errors.push_back({file, "line 1", std::string(column), "is a missing column", ""});
  return at;
}

std::string_view Table::cell(std::size_t row, std::size_t column) const {
  return column == geo::Csv::npos ? std::string_view{} : trimmed(csv.rows[row][column]);
}

Error Table::problem(std::size_t row, std::size_t column, std::string message,
                     std::string allowed) const {
  const std::string place = "line " + std::to_string(csv.lines[row]) +
                            (column == geo::Csv::npos ? "" : ", column " + csv.header[column]);
  return {file, place, shortened(cell(row, column), 60), std::move(message), std::move(allowed)};
}

Seed read_seed(const Table& households, const Table& persons, Errors& errors) {
  const std::size_t before = errors.size();
  Seed seed;
  const std::size_t id = households.need("household_id", errors);
  const std::size_t lives_in = persons.need("household_id", errors);
  if (errors.size() > before) return seed;

  const std::size_t weight = households.csv.column("weight");
  std::map<std::string_view, std::uint32_t> number;
  for (std::size_t r = 0; r < households.csv.rows.size(); ++r) {
    if (!number.emplace(households.cell(r, id), static_cast<std::uint32_t>(r)).second)
      errors.push_back(households.problem(r, id, "is there twice", "each household once"));
    seed.weight.push_back(1);
    if (weight == geo::Csv::npos) continue;
    const auto value = parse_number(households.cell(r, weight));
    if (value && *value > 0 && *value <= 1e9)
      seed.weight.back() = *value;
    else
      errors.push_back(households.problem(r, weight, "is no weight", "a number above 0, to 1e9"));
  }
  if (seed.weight.empty()) errors.push_back({households.file, "", "", "has no households", ""});

  std::vector<std::pair<std::uint32_t, std::size_t>> living;  // (household, row of the person)
  for (std::size_t r = 0; r < persons.csv.rows.size(); ++r) {
    const auto found = number.find(persons.cell(r, lives_in));
    if (found == number.end())
      errors.push_back(persons.problem(r, lives_in, "is no household of " + households.file, ""));
    else
      living.emplace_back(found->second, r);
  }
  std::sort(living.begin(), living.end());
  seed.first.assign(seed.size() + 1, 0);
  std::vector<std::size_t> order;
  for (const auto& [household, row] : living) {
    ++seed.first[household + 1];
    order.push_back(row);
  }
  std::partial_sum(seed.first.begin(), seed.first.end(), seed.first.begin());
  for (std::size_t h = 0; h < seed.size(); ++h)
    if (seed.persons_of(h) == 0 || seed.persons_of(h) > most_in_household)
      errors.push_back(households.problem(
          h, id, "has " + std::to_string(seed.persons_of(h)) + " persons in " + persons.file,
          "1 to 255"));
  if (errors.size() > before) return seed;

  std::vector<std::size_t> all(seed.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  seed.households = columns_of(households.csv, all, {"household_id", "weight"});
  seed.persons = columns_of(persons.csv, order, {"household_id"});
  if (find_column(seed.households, "size") == nullptr) {
    std::vector<std::string> sizes;
    for (std::size_t h = 0; h < seed.size(); ++h)
      sizes.push_back(std::to_string(seed.persons_of(h)));
    seed.households.push_back(column_of("size", std::move(sizes)));
  }
  set_tags(seed);
  for (std::size_t h = 0; h < seed.size(); ++h)
    if (!adult_first(seed, h))
      errors.push_back(households.problem(h, id, "has nobody from 15 on", "an adult"));
  return seed;
}

}  // namespace footfall::population
