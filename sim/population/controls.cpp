#include "sim/population/controls.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "core/text.hpp"
#include "sim/population/read_tables.hpp"
#include "sim/population/weights.hpp"

namespace footfall::population {
namespace {

constexpr std::string_view controls_file = "controls.csv";
constexpr std::string_view zones_file = "zones.csv";
constexpr std::size_t most_problems = 50;

/// A way to cut the city: the name of each demand point's place, empty where it is in none.
using Levels = std::map<std::string, std::vector<std::string>, std::less<>>;

std::optional<Table> table_of(const scenario::Scenario& scenario, std::string_view file,
                              Errors& errors) {
  const auto found = scenario.tables.find(std::string(file));
  if (found == scenario.tables.end()) return std::nullopt;
  auto csv = geo::parse_csv(found->second, file);
  if (!csv) {
    append(errors, csv.error());
    return std::nullopt;
  }
  return Table{std::move(*csv), std::string(file)};
}

Levels own_levels(const scenario::Scenario& scenario) {
  Levels levels;
  for (const scenario::DemandPoint& point : scenario.demand) {
    levels["zone"].push_back(std::to_string(point.id.value));
    levels["district"].push_back(point.district);
    levels["all"].emplace_back("all");
  }
  return levels;
}

/// The levels of zones.csv, by its first column.
void add_levels(const Table& table, Levels& levels, Errors& errors) {
  const bool by_zone = table.csv.column("zone") != geo::Csv::npos;
  const std::string key = by_zone ? "zone" : "district";
  const std::size_t at = table.need(key, errors);
  if (at == geo::Csv::npos) return;
  const auto& places = levels.find(key)->second;
  const std::set<std::string, std::less<>> known(places.begin(), places.end());
  std::map<std::string_view, std::size_t> row_of;
  for (std::size_t r = 0; r < table.csv.rows.size(); ++r) {
    const std::string_view name = table.cell(r, at);
    if (!row_of.emplace(name, r).second)
      errors.push_back(table.problem(r, at, "is there twice", "each once"));
    if (known.find(name) == known.end())
      errors.push_back(table.problem(r, at, "is no " + key + " of demand.csv", ""));
  }
  for (std::size_t c = 0; c < table.csv.header.size(); ++c) {
    const std::string& name = table.csv.header[c];
    if (c == at) continue;
    if (levels.find(name) != levels.end()) {
      errors.push_back({table.file, "line 1", name, "is a level that is there already", ""});
      continue;
    }
    std::vector<std::string> labels;
    for (const std::string& place : places) {
      const auto row = row_of.find(place);
      labels.emplace_back(row == row_of.end() ? std::string_view{} : table.cell(row->second, c));
    }
    levels[name] = std::move(labels);
  }
}

std::string known_levels(const Levels& levels) {
  std::string out;
  for (const auto& [name, labels] : levels) out += (out.empty() ? "" : ", ") + name;
  return "one of " + out;
}

/// One line of controls.csv.
struct Line {
  std::string level, zone;
  Control control;
};

class Reader {
 public:
  Reader(const Table& table, const Levels& levels, Controls& out, Errors& errors)
      : table_(table), levels_(levels), out_(out), errors_(errors) {
    level_ = table.need("level", errors);
    zone_ = table.need("zone", errors);
    name_ = table.need("table", errors);
    category_ = table.need("category", errors);
    target_ = table.need("target", errors);
    importance_ = table.csv.column("importance");
    for (const auto& [name, labels] : levels)
      for (const std::string& label : labels)
        if (!label.empty()) places_[name].emplace(label, 0);
  }

  std::vector<Line> read() {
    std::vector<Line> lines;
    for (std::size_t r = 0; r < table_.csv.rows.size() && errors_.size() < most_problems; ++r)
      if (auto line = line_of(r)) lines.push_back(std::move(*line));
    return lines;
  }

 private:
  std::optional<Line> line_of(std::size_t r) {
    const std::size_t before = errors_.size();
    Line line;
    line.level = table_.cell(r, level_);
    line.zone = line.level == "all" ? std::string("all") : std::string(table_.cell(r, zone_));
    const auto level = places_.find(line.level);
    if (level == places_.end())
      errors_.push_back(table_.problem(r, level_, "is no level", known_levels(levels_)));
    else if (level->second.find(line.zone) == level->second.end())
      errors_.push_back(table_.problem(r, zone_, "is no " + line.level + " with demand", ""));
    line.control.table = table_.cell(r, name_);
    line.control.line = table_.csv.lines[r];
    line.control.target = missing_target;
    if (const std::string_view text = table_.cell(r, target_); !text.empty()) {
      const auto value = parse_number(text);
      if (value && *value >= 0 && *value <= 1e10)
        line.control.target = *value;
      else
        errors_.push_back(table_.problem(r, target_, "is no target",
                                         "a number from 0 to 1e10, or empty where not known"));
    }
    if (const std::string_view text = table_.cell(r, importance_); !text.empty()) {
      const auto value = parse_number(text);
      if (value && *value > 0 && *value <= 1e9)
        line.control.importance = *value;
      else
        errors_.push_back(table_.problem(r, importance_, "is no importance",
                                         "a number above 0, to 1e9, or empty: must hold"));
    }
    set_category(r, line.control);
    if (errors_.size() == before &&
        !seen_.emplace(line.level, line.zone, line.control.category).second)
      errors_.push_back(table_.problem(r, category_, "is there twice for this zone", ""));
    if (errors_.size() > before) return std::nullopt;
    return line;
  }

  void set_category(std::size_t r, Control& control) {
    const std::string text(table_.cell(r, category_));
    const auto known = numbers_.find(text);
    if (known != numbers_.end()) {
      control.category = known->second;
      return;
    }
    auto category = read_category(out_.seed, text);
    if (!category) {
      const Error& e = category.error().front();
      Error problem = table_.problem(r, category_, e.message, e.allowed);
      problem.value = e.value;
      errors_.push_back(std::move(problem));
      return;
    }
    control.category = static_cast<std::uint32_t>(out_.categories.size());
    numbers_.emplace(text, control.category);
    out_.categories.push_back(std::move(*category));
  }

  const Table& table_;
  const Levels& levels_;
  Controls& out_;
  Errors& errors_;
  std::size_t level_, zone_, name_, category_, target_, importance_;
  std::map<std::string, std::map<std::string, int, std::less<>>, std::less<>> places_;
  std::map<std::string, std::uint32_t> numbers_;
  std::set<std::tuple<std::string, std::string, std::uint32_t>> seen_;
};

/// Units are the demand points that all levels in use tell apart; points in none are left out.
void set_places(const scenario::Scenario& scenario, const Levels& levels,
                const std::vector<Line>& lines, Controls& out) {
  std::vector<std::string> used;
  for (const Line& line : lines) used.push_back(line.level);
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  std::map<std::pair<std::string, std::string>, std::uint32_t> group_of;
  for (const Line& line : lines) {
    const auto [at, added] = group_of.emplace(std::pair(line.level, line.zone),
                                              static_cast<std::uint32_t>(out.groups.size()));
    if (added) out.groups.push_back({line.level, line.zone, {}});
    out.controls.push_back(line.control);
    out.controls.back().group = at->second;
  }
  std::map<std::vector<std::uint32_t>, std::uint32_t> unit_of;  // by the groups that a point is in
  for (std::size_t z = 0; z < scenario.demand.size(); ++z) {
    std::vector<std::uint32_t> in;
    for (const std::string& level : used) {
      const auto found = group_of.find({level, levels.find(level)->second[z]});
      if (found != group_of.end()) in.push_back(found->second);
    }
    if (in.empty()) continue;
    const auto [at, added] = unit_of.emplace(in, static_cast<std::uint32_t>(out.units.size()));
    if (added) {
      out.units.emplace_back();
      for (const std::uint32_t g : in) out.groups[g].units.push_back(at->second);
    }
    Unit& unit = out.units[at->second];
    unit.zones.push_back(static_cast<std::uint32_t>(z));
    unit.residents += scenario.demand[z].residents;
  }
  for (std::size_t g = 0; g < out.groups.size(); ++g)
    for (const std::uint32_t u : out.groups[g].units) {
      std::string& name = out.units[u].name;
      if (name.empty() || out.groups[g].level == "zone" ||
          (out.groups[g].level == "district" && name == "all"))
        name = out.groups[g].zone;
    }
}

void check_residents(const Controls& c, Errors& errors) {
  for (std::size_t i = 0; i < c.controls.size() && errors.size() < most_problems; ++i) {
    double residents = 0;
    for (const std::uint32_t u : c.groups[c.controls[i].group].units)
      residents += c.units[u].residents;
    if (!(residents > 0) && c.controls[i].target > 0)
      errors.push_back(c.error(i, "wants people where demand.csv has no residents", "0"));
  }
}

/// Numbers the sums of categories over the seed, so that equal sums have equal numbers.
class CategorySums {
 public:
  explicit CategorySums(const Controls& controls) : c_(controls) {}

  std::uint32_t number(std::vector<std::uint32_t> categories) {
    std::sort(categories.begin(), categories.end());
    const auto known = of_list_.find(categories);
    if (known != of_list_.end()) return known->second;
    std::vector<double> sum(c_.seed.size());
    for (const std::uint32_t category : categories)
      for (std::size_t h = 0; h < sum.size(); ++h) sum[h] += c_.categories[category].count[h];
    const auto next = static_cast<std::uint32_t>(of_sum_.size());
    const std::uint32_t number = of_sum_.emplace(std::move(sum), next).first->second;
    of_list_.emplace(std::move(categories), number);
    return number;
  }

 private:
  const Controls& c_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> of_list_;
  std::map<std::vector<double>, std::uint32_t> of_sum_;
};

/// Tables of a zone that count the same units of every household must have the same sum.
void check_sums(const Controls& c, Errors& errors) {
  struct Sum {
    std::vector<std::uint32_t> categories;
    double targets = 0;
    bool whole = true;
  };
  using Key = std::pair<std::uint32_t, std::string>;  // group and table
  std::map<Key, Sum> tables;
  for (const Control& control : c.controls) {
    Sum& sum = tables[{control.group, control.table}];
    sum.categories.push_back(control.category);
    sum.whole &= control.target != missing_target && control.importance == 0;
    sum.targets += control.target;
  }
  CategorySums sums(c);
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::pair<std::string, double>> same;
  for (const auto& [key, sum] : tables) {
    if (!sum.whole) continue;
    const auto [at, added] = same.emplace(std::pair(key.first, sums.number(sum.categories)),
                                          std::pair(key.second, sum.targets));
    const auto& [other, targets] = at->second;
    if (added || holds(sum.targets, targets)) continue;
    const Group& group = c.groups[key.first];
    errors.push_back(
        {std::string(controls_file), group.level + " " + group.zone, key.second,
         "sums to " + shortest(sum.targets) + " and does not add up with table \"" + other + "\"",
         shortest(targets)});
    if (errors.size() >= most_problems) return;
  }
}

}  // namespace

Error Controls::error(std::size_t control, std::string message, std::string allowed) const {
  const Control& c = controls[control];
  const Group& group = groups[c.group];
  return {std::string(controls_file),
          "line " + std::to_string(c.line) + ", " + group.level + " " + group.zone + ", " +
              categories[c.category].text,
          c.target == missing_target ? "" : shortest(c.target), std::move(message),
          std::move(allowed)};
}

Result<std::optional<Controls>> read_controls(const scenario::Scenario& scenario) {
  Errors errors;
  const auto table = table_of(scenario, controls_file, errors);
  const auto households = table_of(scenario, "seed_households.csv", errors);
  const auto persons = table_of(scenario, "seed_persons.csv", errors);
  const auto zones = table_of(scenario, zones_file, errors);
  if (!errors.empty()) return fail(std::move(errors));
  if (!table && !households && !persons && !zones) return std::optional<Controls>{};
  const auto need = [&](const std::optional<Table>& t, std::string_view file) {
    if (!t)
      errors.push_back({std::string(file), "", "", "is missing in the scenario",
                        "controls.csv, seed_households.csv and seed_persons.csv together"});
  };
  need(table, controls_file);
  need(households, "seed_households.csv");
  need(persons, "seed_persons.csv");
  if (!errors.empty()) return fail(std::move(errors));

  Controls out;
  out.seed = read_seed(*households, *persons, errors);
  Levels levels = own_levels(scenario);
  if (zones) add_levels(*zones, levels, errors);
  if (!errors.empty()) return fail(std::move(errors));
  Reader reader(*table, levels, out, errors);
  if (!errors.empty()) return fail(std::move(errors));
  const std::vector<Line> lines = reader.read();
  if (lines.empty() && errors.empty())
    errors.push_back({std::string(controls_file), "", "", "has no controls", ""});
  if (!errors.empty()) return fail(std::move(errors));
  set_places(scenario, levels, lines, out);
  check_residents(out, errors);
  check_sums(out, errors);
  if (!errors.empty()) return fail(std::move(errors));
  return std::optional<Controls>(std::move(out));
}

}  // namespace footfall::population
