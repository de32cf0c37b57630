#include "sim/scenario/files.hpp"

#include <doctest/doctest.h>

#include "tests/geo/mutants.hpp"
#include "tests/sim/scenario/fixture.hpp"

using namespace footfall;
using namespace footfall::scenario;

TEST_CASE("a scenario comes back from its files, and the same bytes again") {
  const Scenario before = small_scenario();
  const FileSet files = write_scenario(before);
  CHECK(files.size() == 5);
  const auto after = read_scenario(files);
  REQUIRE_MESSAGE(after, problems(after));
  CHECK(after->name == before.name);
  CHECK(after->first_day == before.first_day);
  CHECK(after->parameters == before.parameters);
  CHECK(after->stores == before.stores);
  CHECK(after->last_store_id == 8);
  CHECK(after->next_store_id() == StoreId{9});
  REQUIRE(after->demand.size() == 3);
  CHECK(after->demand[2].place == LonLat{95'200'001, 470'999'999});
  CHECK(after->demand[2].district == "East, \"new\"");
  REQUIRE(after->roads.size() == 3);
  CHECK(after->roads[0].oneway == 1);
  CHECK(after->roads[1].walk == false);
  CHECK(after->roads[2].speed_kmh == 0);
  CHECK(after->areas.at(0).shape.parts == before.areas.at(0).shape.parts);
  CHECK(write_scenario(*after) == files);
  CHECK(scenario_hash(*after) == scenario_hash(before));
}

TEST_CASE("the hash follows the content") {
  Scenario s = small_scenario();
  const std::string before = scenario_hash(s);
  CHECK(before.size() == 64);
  s.demand[0].place.lon_e7 += 1;
  CHECK(scenario_hash(s) != before);
}

TEST_CASE("rows may come in any order, columns too; empty blocks mean defaults") {
  FileSet files = write_scenario(small_scenario());
  const FileSet canonical = files;
  files["demand.csv"] =
      "residents;lat;lon;id;spending_index;district\n300;47.0999999;9.5200001;9;0.25;\"East, "
      "\"\"new\"\"\"\n0;47.11;9.51;4;;\n12.5;47.1;9.5;1;1.1;Old Town\n";
  files["scenario.json"] =
      replaced(files["scenario.json"], "\"parameters\": {", "\"parameters\": {\"probe\": {},");
  const auto read = read_scenario(files);
  REQUIRE_MESSAGE(read, problems(read));
  FileSet again = write_scenario(*read);
  CHECK(again["scenario.json"] == canonical.at("scenario.json"));
  CHECK(again["stores.csv"] == canonical.at("stores.csv"));
  CHECK(read->demand[0].id == ZoneId{1});
  CHECK(read->demand[1].spending_index == 1);
}

TEST_CASE("each wrong value is one line with file, place, value and allowed range") {
  struct Case {
    const char *file, *from, *to, *expected;
  };
  const Case cases[] = {
      {"demand.csv", "12.5", "-1",
       R"(demand.csv: line 2, column residents: "-1" is out of range (a number from 0 to 10000000))"},
      {"demand.csv", "12.5", "nan", R"(line 2, column residents: "nan" is not a number)"},
      {"demand.csv", "4,9.51", "1,9.51",
       R"(line 3, column id: "1" is used already in line 2 (each id once))"},
      {"demand.csv", "4,9.51", "0,9.51", R"(line 3, column id: "0" is out of range)"},
      {"demand.csv", "4,9.51", "x,9.51", R"(line 3, column id: "x" is not a whole number)"},
      {"demand.csv", "9.51,47.11", "958000.5,5971000", "projected coordinate system"},
      {"demand.csv", "9.51,47.11", "9.51,91", R"(column lat: "91" is out of range)"},
      {"demand.csv", "0.25", "21", "a number from 0 to 20"},
      {"demand.csv", "residents", "people", R"(demand.csv: line 1: "residents" column is missing)"},
      {"demand.csv", "segment", "segments", R"(line 1: "segments" is not a known column)"},
      {"stores.csv", ",own,", ",mine,",
       R"("mine" is not a role (one of own, competitor, candidate))"},
      {"stores.csv", ",900,", ",0,",
       R"(column floor_area_m2: "0" is out of range (a number from 1 to 500000))"},
      {"stores.csv", ",900,", ",,", R"(column floor_area_m2: is not a number)"},
      {"stores.csv", "240000", "-5", "column rent_per_year"},
      {"stores.csv", "0.25", "1.25",
       R"(column margin: "1.25" is out of range (a number from 0 to 1))"},
      {"scenario.json", "\"CHF\"", "\"chf\"", "three capital letters"},
      {"scenario.json", "2026-03-01", "2026-02-30", "scenario.json: first_day"},
      {"scenario.json", "\"name\"", "\"nam\"", "name: is missing"},
      {"scenario.json", "\"name\"", "\"nam\"", "nam: is not a known member"},
      {"scenario.json", "\"last_store_id\": 8", "\"last_store_id\": -8", "last_store_id"},
      {"scenario.json", "\"last_store_id\": 8", "\"last_store_id\": 18446744073709551615",
       "last_store_id"},
      {"scenario.json", "\"a note\"", "3", "notes/0: \"3\" is not a text"},
      {"scenario.json", "\"catchment\": {", "\"probe\": 3, \"catchment\": {", "parameters/probe"},
      {"scenario.json", "\"format_version\": 1", "\"format_version\": 2",
       "is newer than this program knows"},
      {"scenario.json", "footfall-scenario", "another", "is another format"},
      {"scenario.json", "{", "[", "scenario.json"},
      {"roads.geojson", "\"speed_kmh\":50", "\"speed_kmh\":500",
       "feature 0, property speed_kmh: \"500.0\" is not allowed (a number from 0 to 150)"},
      {"roads.geojson", "\"oneway\":1", "\"oneway\":2", "one of -1, 0, 1"},
      {"roads.geojson", "\"oneway\":1", "\"one_way\":1", "is not a known property"},
      {"roads.geojson", "\"walk\":false", "\"walk\":0", "true or false"},
      {"areas.geojson", "Polygon", "Point", "areas.geojson"},
      {"areas.geojson", "[9.53,47.09],[9.53,47.12]", "[9.53,47.12],[9.53,47.09]", "areas.geojson"},
  };
  for (const Case& one : cases) {
    CAPTURE(std::string(one.expected));
    FileSet files = write_scenario(small_scenario());
    const std::string text = replaced(files[one.file], one.from, one.to);
    REQUIRE(text.rfind("fixture", 0) != 0);
    files[one.file] = text;
    const auto read = read_scenario(files);
    REQUIRE_FALSE(read);
    CHECK_MESSAGE(holds(problems(read), one.expected), problems(read));
  }
}

TEST_CASE("a road needs two places and must be a line") {
  FileSet files = write_scenario(small_scenario());
  files["roads.geojson"] =
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"class":"a","speed_kmh":5},)"
      R"("geometry":{"type":"LineString","coordinates":[[9.5,47.1]]}}]})";
  CHECK_FALSE(read_scenario(files));
  files["roads.geojson"] = files["areas.geojson"];
  CHECK(holds(problems(read_scenario(files)), "is no road (a line of two or more places)"));
}

TEST_CASE("problems of all files are reported together, 200 at most") {
  FileSet files = write_scenario(small_scenario());
  files["demand.csv"] = replaced(files["demand.csv"], "12.5", "many");
  files["stores.csv"] = replaced(files["stores.csv"], ",own,", ",mine,");
  files["scenario.json"] = replaced(files["scenario.json"], "\"CHF\"", "7");
  const auto read = read_scenario(files);
  REQUIRE_FALSE(read);
  CHECK(read.error().size() == 3);

  files["demand.csv"] = "id,lon,lat,residents\n";
  for (int i = 0; i < 1000; ++i) files["demand.csv"] += "x,y,z,w\n";
  const auto worse = read_scenario(files);
  REQUIRE_FALSE(worse);
  CHECK(worse.error().size() == 200);
}

TEST_CASE("missing, empty and binary files") {
  for (const char* name : {"scenario.json", "demand.csv", "stores.csv"}) {
    FileSet files = write_scenario(small_scenario());
    files.erase(name);
    CHECK(problems(read_scenario(files)) == std::string(name) + ": is missing in the scenario\n");
  }
  for (const char* name :
       {"scenario.json", "demand.csv", "stores.csv", "roads.geojson", "areas.geojson"}) {
    FileSet files = write_scenario(small_scenario());
    files[name] = "";
    CHECK(holds(problems(read_scenario(files)), std::string(name) + ": is empty"));
    files[name] = std::string(
        "\x7f"
        "ELF\0\1\2\xff\xfe",
        9);
    CHECK(holds(problems(read_scenario(files)), name));
  }
  FileSet files = write_scenario(small_scenario());
  files["photo.jpg"] = "anything";
  files.erase("roads.geojson");
  files.erase("areas.geojson");
  const auto read = read_scenario(files);
  REQUIRE(read);
  CHECK(read->roads.empty());
}

TEST_CASE("version 0 is upgraded, with a note") {
  FileSet files = write_scenario(small_scenario());
  files["scenario.json"] =
      replaced(files["scenario.json"], "\"format\": \"footfall-scenario\",", "");
  files["scenario.json"] = replaced(files["scenario.json"], "\"format_version\": 1,", "");
  files["stores.csv"] = replaced(files["stores.csv"], "floor_area_m2", "area");
  const auto read = read_scenario(files);
  REQUIRE_MESSAGE(read, problems(read));
  CHECK(read->stores == small_scenario().stores);
  CHECK(read->notes == std::vector<std::string>{"a note", "Upgraded from format version 0"});
  CHECK(holds(write_scenario(*read)["scenario.json"], "\"format_version\": 1"));
}

TEST_CASE("mutated files never crash, and what is read can be written and read again") {
  const FileSet good = write_scenario(small_scenario());
  for (const auto& file : good) {
    const std::string& name = file.first;
    for (std::uint32_t i = 0; i < geo::mutant_count(); ++i) {
      FileSet files = good;
      files[name] = geo::mutant(file.second, i);
      const auto read = read_scenario(files);
      if (!read) {
        REQUIRE_FALSE(read.error().empty());
        continue;
      }
      const FileSet written = write_scenario(*read);
      const auto again = read_scenario(written);
      REQUIRE_MESSAGE(again, name << " mutant " << i << ": " << problems(again));
      REQUIRE(write_scenario(*again) == written);
    }
  }
}
