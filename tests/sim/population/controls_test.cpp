#include "sim/population/controls.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "sim/population/weights.hpp"
#include "tests/sim/population/towns.hpp"

using namespace footfall;
using namespace footfall::population;
using namespace footfall::population::testing;

namespace {

/// All problems as text; "good" where there are none.
std::string problems(const scenario::Scenario& town) {
  const auto read = read_controls(town);
  return read ? "good" : describe(read.error(), 100);
}

std::string with_line(std::string line) {
  scenario::Scenario town = controlled_town();
  town.tables["controls.csv"] += std::move(line) + "\n";
  return problems(town);
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the tables are read: sample, places, categories, targets") {
  const auto read = read_controls(controlled_town());
  REQUIRE_MESSAGE(read.has_value(), (read ? "" : describe(read.error())));
  REQUIRE(read->has_value());
  const Controls& c = **read;
  CHECK(c.seed.size() == 12);
  CHECK(c.seed.weight[3] == 3);
  CHECK(c.seed.persons_of(2) == 4);
  CHECK(c.seed.tags == std::vector<std::string>{"age", "gender", "income"});
  CHECK(c.units.size() == 2);
  CHECK(c.units[0].name == "north");
  CHECK(c.units[1].residents == 750);
  CHECK(c.categories.size() == 7);
  CHECK(c.controls.size() == 12);
  const Category& children = c.categories[c.controls[3].category];
  CHECK(children.persons);
  CHECK(children.count == std::vector<double>{0, 1, 2, 0, 0, 0, 0, 0, 1, 0, 0, 3});
  CHECK(c.controls[11].target == missing_target);
  // The household of a child that stands first in the file begins with an adult.
  CHECK(static_cast<AgeBand>(c.seed.person_tags[c.seed.first[8]].age) == AgeBand::from_25);
  CHECK_FALSE(read_controls(town_of({5}))->has_value());
}

TEST_CASE("categories: conditions on both tables, alternatives, comparisons") {
  scenario::Scenario town = controlled_town();
  town.tables["controls.csv"] +=
      "zone,4,a,persons.gender=female & households.income=low|middle,3,\n"
      "zone,4,b,households.size!=1 & households.income=high,3,5\n"
      "zone,4,c,persons,3,\nall,,d,households,3,\n";
  const auto read = read_controls(town);
  REQUIRE_MESSAGE(read.has_value(), (read ? "" : describe(read.error())));
  const Controls& c = **read;
  const auto counts = [&](std::size_t i) { return c.categories[c.controls[i].category].count; };
  CHECK(counts(12) == std::vector<double>{1, 1, 0, 0, 1, 0, 2, 0, 1, 0, 0, 2});
  CHECK(counts(13) == std::vector<double>{0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0});
  CHECK(c.controls[13].importance == 5);
  CHECK(counts(14)[11] == 5);
  CHECK(counts(15) == std::vector<double>(12, 1));
  CHECK(c.units.size() == 3);  // north, zone 4, the rest of south
  CHECK(c.units[1].name == "4");
  CHECK(c.groups.back().units.size() == 3);
}

TEST_CASE("levels of zones.csv nest") {
  scenario::Scenario town = controlled_town();
  town.tables["zones.csv"] = "district,region\nnorth,R\nsouth,R\n";
  town.tables["controls.csv"] += "region,R,all,households,430,\n";
  const auto read = read_controls(town);
  REQUIRE_MESSAGE(read.has_value(), (read ? "" : describe(read.error())));
  CHECK((*read)->groups.back().units == std::vector<std::uint32_t>{0, 1});
  town.tables["zones.csv"] = "district,region,zone_x\nnorth,R,1\nnorth,R,1\nwest,Q,1\n";
  const std::string text = problems(town);
  CHECK(has(text, "zones.csv: line 3, column district: \"north\" is there twice"));
  CHECK(has(text, "zones.csv: line 4, column district: \"west\" is no district of demand.csv"));
}

TEST_CASE("each kind of bad line is told with its place and what is right") {
  CHECK(has(with_line("block,1,t,households,3,"), "line 14, column level: \"block\" is no level"));
  CHECK(has(with_line("zone,9,t,households,3,"), "\"9\" is no zone with demand"));
  CHECK(has(with_line("zone,1,t,households,-3,"), "\"-3\" is no target (a number from 0"));
  CHECK(has(with_line("zone,1,t,households,x,0"), "\"x\" is no target"));
  CHECK(has(with_line("zone,1,t,households,1,0"), "\"0\" is no importance"));
  CHECK(has(with_line("zone,1,t,households.car=1,3,"),
            "\"car\" is no column of the sample's households (one of income, size)"));
  CHECK(has(with_line("zone,1,t,households.income=poor,3,"),
            "\"poor\" is no value of households.income in the sample (one of high, low, middle)"));
  CHECK(has(with_line("zone,1,t,households.income>2,3,"), "compares a column that holds"));
  CHECK(has(with_line("zone,1,t,persons.age>x,3,"), "compares with what is no number"));
  CHECK(has(with_line("zone,1,t,people,3,"), "is no condition"));
  CHECK(has(with_line("zone,1,t,,3,"), "is no condition"));
  CHECK(has(with_line("zone,1,t,persons.age!3,3,"), "is no condition"));
  CHECK(has(with_line("district,north,t,households.size=1,3,"), "is there twice for this zone"));
  // All of them at once.
  const std::string all = with_line("block,1,t,households,-3,\nzone,9,t,people,1,x");
  CHECK(std::count(all.begin(), all.end(), '\n') == 5);
}

TEST_CASE("sums that disagree, places without people, samples that are broken") {
  CHECK(has(with_line("district,north,total,households,141,"),
            "controls.csv: district north: \"total\" sums to 141 and does not add up with table "
            "\"size\" (140)"));
  CHECK(with_line("district,north,total,households,140,") == "good");
  CHECK(with_line("district,north,total,households,141,10") == "good");  // may be missed
  scenario::Scenario town = controlled_town();
  town.demand.back().residents = 0;
  town.tables["controls.csv"] += "zone,6,t,households,3,\n";
  CHECK(has(problems(town), "wants people where demand.csv has no residents"));

  scenario::Scenario broken = controlled_town();
  broken.tables["seed_persons.csv"] += "99,1,female\n";
  replace(broken.tables["seed_households.csv"], "3,1,high", "3,-1,high");
  replace(broken.tables["seed_households.csv"], "12,1,middle", "13,1,middle\n1,1,low");
  const std::string text = problems(broken);
  CHECK(has(text, "\"99\" is no household of seed_households.csv"));
  CHECK(has(text, "line 4, column weight: \"-1\" is no weight"));
  CHECK(has(text, "\"13\" has 0 persons"));
  CHECK(has(text, "\"1\" is there twice"));

  scenario::Scenario orphan = controlled_town();
  replace(orphan.tables["seed_persons.csv"], "1,70,female", "1,7,female");
  CHECK(has(problems(orphan),
            "seed_households.csv: line 2, column household_id: \"1\" has nobody "
            "from 15 on (an adult)"));
  scenario::Scenario lone = controlled_town();
  lone.tables.erase("seed_persons.csv");
  lone.tables["controls.csv"] = "level,zone\n";
  CHECK(has(problems(lone), "seed_persons.csv: is missing in the scenario"));
  scenario::Scenario columns = controlled_town();
  columns.tables["controls.csv"] = "level,zone\n";
  const std::string missing = problems(columns);
  for (const char* name : {"table", "category", "target"})
    CHECK(has(missing, "\"" + std::string(name) + "\" is a missing column"));
}
