#include "core/json.hpp"

#include <doctest/doctest.h>

#include "core/rng.hpp"
#include "tests/core/fuzz.hpp"

using namespace footfall;

TEST_CASE("JSON is read with a byte order mark and written with sorted keys") {
  const auto json = parse_json("\xef\xbb\xbf{\"b\": 1.5, \"a\": [true, null]}", "x.json");
  REQUIRE(json);
  CHECK(json_text(*json) == "{\n  \"a\": [\n    true,\n    null\n  ],\n  \"b\": 1.5\n}\n");
  CHECK(json_text(Json("\xff")) == "\"\xef\xbf\xbd\"\n");
}

TEST_CASE("errors name file, line and column") {
  const auto place = [](std::string_view text) {
    const auto json = parse_json(text, "x.json");
    REQUIRE_FALSE(json);
    CHECK(json.error().size() == 1);
    CHECK(json.error()[0].file == "x.json");
    CHECK_FALSE(json.error()[0].message.empty());
    return json.error()[0].place;
  };
  CHECK(place("{\n  \"a\": x\n}") == "line 2, column 8");
  CHECK(place("") == "line 1, column 1");
  CHECK(place("[1, 2") == "line 1, column 5");
  CHECK(place("[1] []") == "line 1, column 5");
  CHECK(place("{\"a\": 1,\n\"a\": 2}") == "line 2, column 3");
  CHECK(place("[\"\xff\"]") == "line 1, column 3");
  CHECK(place("[1e999]") == "line 1, column 7");
}

TEST_CASE("repeated keys and deep nesting are refused") {
  const auto repeated = parse_json("{\"a\": {\"k\": 1, \"k\": 2}}", "x");
  REQUIRE_FALSE(repeated);
  CHECK(repeated.error()[0].value == "k");
  CHECK(parse_json("[{\"a\": 1}, {\"a\": 1}]", "x"));
  CHECK(parse_json(std::string(200, '[') + std::string(200, ']'), "x"));
  const auto deep = parse_json(std::string(201, '[') + std::string(201, ']'), "x");
  REQUIRE_FALSE(deep);
  CHECK(deep.error()[0].message.find("200") != std::string::npos);
  CHECK_FALSE(parse_json(std::string(1'000'000, '['), "x"));
}

TEST_CASE("mutants of JSON never crash, and what is accepted survives writing") {
  const std::string seed =
      "{\"a\": [1, -2.5e3, true, null, \"x\\u00e9\\n\"], \"b\": {\"c\": {}, \"d\": []}, \"e\": "
      "\"苏\"}";
  Draws draws(random_key(1, 0, "json_test"), 1, 0, 0);
  int accepted = 0;
  for (int i = 0; i < testing::fuzz_count(); ++i) {
    const auto json = parse_json(testing::mutant(seed, draws), "x.json");
    if (!json) {
      REQUIRE_FALSE(describe(json.error()).empty());
      continue;
    }
    ++accepted;
    REQUIRE(parse_json(json_text(*json), "x.json").value() == *json);
  }
  CHECK(accepted > 0);
}
