#include "sim/study/shoppers_fit.hpp"

#include <doctest/doctest.h>

#include "core/texts.hpp"
#include "sim/scenario/files.hpp"
#include "tests/sim/population/towns.hpp"

using namespace footfall;
using population::testing::controlled_town;

namespace {

Result<study::Output> ran(const scenario::Scenario& town, const Json& options = Json::object()) {
  return study::run("shoppers fit", town, {}, options, Job());
}

}  // namespace

TEST_CASE("shoppers fit: figures, tables and a layer of a fit that holds") {
  const auto output = ran(controlled_town());
  REQUIRE_MESSAGE(output.has_value(), (output ? "" : describe(output.error())));
  const Results& r = output->results;
  CHECK(r.figure("households")->value == 430);
  CHECK(r.figure("srmse_fitted")->value < 1e-4);
  CHECK(r.figure("srmse_whole")->value < 5);
  CHECK(r.figure("copies_of_unique")->value == 430);
  CHECK(r.table("controls")->rows() == 12);
  CHECK(r.table("controls")->find("target")->text(11).empty());
  CHECK(r.table("control_tables")->rows() == 4);
  CHECK(r.table("fitted_zones")->rows() == 2);
  CHECK(r.layer("fitted_zones")->shapes.size() == 6);
  for (const Figure& f : r.figures) CHECK(label(Language::chinese, "figure", f.id) != f.id);
  for (const Table& t : r.tables) {
    if (t.id == "parameters") continue;
    for (const Column& c : t.columns) CHECK(label(Language::chinese, "column", c.id) != c.id);
  }
  for (const std::string& line : r.provenance.assumptions)
    CHECK(translated(Language::chinese, line) != line);
}

TEST_CASE("shoppers fit: both ways to whole households keep their number, and are named") {
  const auto rounded = ran(controlled_town());
  const auto sampled = ran(controlled_town(), {{"integers", "quasirandom"}});
  REQUIRE(sampled.has_value());
  const Results& r = sampled->results;
  CHECK(r.figure("households")->value == 430);
  CHECK(r.figure("srmse_fitted")->value == rounded->results.figure("srmse_fitted")->value);
  CHECK(r.figure("tae_whole")->value > rounded->results.figure("tae_whole")->value);
  CHECK(r.figure("srmse_whole")->value < 10);
  CHECK(r.provenance.assumptions[1].find("quasirandom integer sampling") != std::string::npos);
  CHECK(rounded->results.provenance.assumptions[1].find("controlled rounding") !=
        std::string::npos);
  for (const std::string& line : r.provenance.assumptions)
    CHECK(translated(Language::chinese, line) != line);
}

TEST_CASE("shoppers fit: each method, and what none of them can do") {
  CHECK(ran(controlled_town(), {{"method", "ipu"}}).has_value());
  const auto ipf = ran(controlled_town(), {{"method", "ipf"}});
  REQUIRE_FALSE(ipf.has_value());
  CHECK(ipf.error().front().file == "controls.csv");
  const auto capped = ran(controlled_town(), {{"cap", 1.01}});
  CHECK_FALSE(capped.has_value());
  const auto least = ran(controlled_town(), {{"cap", 1.01}, {"infeasible", "least"}});
  REQUIRE(least.has_value());
  CHECK_FALSE(least->results.provenance.warnings.empty());
  CHECK_FALSE(ran(population::testing::town_of({50, 60})).has_value());
}

TEST_CASE("a scenario keeps the tables of its rooms through its files, and its hash has them") {
  scenario::Scenario town = controlled_town();
  const auto back = scenario::read_scenario(scenario::write_scenario(town));
  REQUIRE_MESSAGE(back.has_value(), (back ? "" : describe(back.error())));
  CHECK(back->tables == town.tables);
  const std::string hash = scenario::scenario_hash(town);
  town.tables["controls.csv"] += "zone,1,n,households,5,1\n";
  CHECK(scenario::scenario_hash(town) != hash);
}

TEST_CASE("every parameter of people has a text in both languages") {
  for (const auto* block :
       {study::find_room("population"), &study::find_study("shoppers fit")->options})
    block->with_fields(Json::object(), [&](const Fields& fields) {
      for (const Field& field : fields) {
        const std::string key = "param." + std::string(block->name) + "." + std::string(field.name);
        CAPTURE(key);
        CHECK(text(Language::english, key) != key);
        for (const std::string_view choice : field.choices)
          CHECK(label(Language::chinese, "choice", choice) != choice);
      }
    });
}
