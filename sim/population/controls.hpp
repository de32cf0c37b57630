// What is known about the people of a scenario: a sample of real households (the seed) and totals
// that the whole population must meet (controls). They are tables of the scenario's folder:
//
//   seed_households.csv  household_id, weight (optional), any columns
//   seed_persons.csv     household_id, any columns
//   controls.csv         level, zone, table, category, target, importance (optional)
//   zones.csv            zone (a demand point's id) or district, then a column for each level above
//                        (optional)
//
// A category says who is counted: conditions joined by "&", each
// households.COLUMN=VALUE|VALUE or persons.COLUMN…, with = != < <= > >= ; "households" and
// "persons" alone count all. With a condition on persons, persons are counted who meet all of them
// (and live in households that meet the others); without one, households. households.size is there
// without being a column: the number of the household's persons. The format in full:
// docs/models/population.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "sim/population/shoppers.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::population {

/// A column of the seed: each row's value as the number of its text in `values`.
struct SeedColumn {
  std::string name;
  std::vector<std::string> values;  ///< distinct, sorted
  std::vector<std::uint32_t> code;  ///< of each row
};

/// Tags that the seed gives; -1 where it has none.
struct SeedPerson {
  std::int8_t age = -1, gender = -1, work = -1;
};
struct SeedHousehold {
  std::int8_t income = -1, spending = -1;
};

struct Seed {
  std::vector<SeedColumn> households, persons;  ///< without household_id and weight; with size
  std::vector<double> weight;                   ///< of each household, > 0
  std::vector<std::uint32_t> first;             ///< persons of household h: [first[h], first[h+1])
  std::vector<SeedHousehold> household_tags;
  std::vector<SeedPerson> person_tags;  ///< where ages are known, an adult stands first
  std::vector<std::string> tags;        ///< names of the tags that the seed gives
  std::size_t size() const { return weight.size(); }
  std::uint32_t persons_of(std::size_t h) const { return first[h + 1] - first[h]; }
};

/// Who is counted, as a number for each seed household, and how the people of a place name it.
struct Category {
  std::string text;
  bool persons = false;
  std::vector<double> count;  ///< of each seed household
};

/// Places that one control is about.
struct Group {
  std::string level, zone;
  std::vector<std::uint32_t> units;  ///< rising
};

struct Control {
  std::uint32_t group = 0, category = 0;
  std::string table;
  double target = 0;      ///< >= 0 or missing_target
  double importance = 0;  ///< 0: must hold
  std::size_t line = 0;   ///< in controls.csv
};

/// The smallest places that controls tell apart.
struct Unit {
  std::vector<std::uint32_t> zones;  ///< rows of the scenario's demand
  double residents = 0;
  std::string name;
};

struct Controls {
  Seed seed;
  std::vector<Unit> units;
  std::vector<Group> groups;
  std::vector<Category> categories;
  std::vector<Control> controls;

  /// "controls.csv" and the control's line, zone and category, for errors.
  Error error(std::size_t control, std::string message, std::string allowed = {}) const;
};

/// Reads the tables; nothing where the scenario has none of them. Errors, all that are found: a
/// table without its partner, missing columns, unknown levels, zones, columns and categories,
/// negative or bad numbers, households without persons, without an adult or with more than 255
/// persons, a control twice, places with people wanted and no residents, tables of the same zone
/// that count the same units and do not add up.
Result<std::optional<Controls>> read_controls(const scenario::Scenario& scenario);

}  // namespace footfall::population
