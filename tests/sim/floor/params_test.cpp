#include "sim/floor/params.hpp"

#include <string>

#include <doctest/doctest.h>

#include "core/texts.hpp"

using namespace footfall;
using namespace footfall::floor;

TEST_CASE("floor: defaults lie inside their own limits, survive JSON, and have texts") {
  Params params;
  const Json json = to_json(fields(params));
  Params back;
  CHECK(from_json(json, fields(back), "f", "p").empty());
  CHECK(to_json(fields(back)) == json);
  for (const footfall::Field& field : fields(params)) {
    CAPTURE(field.name);
    CHECK_FALSE(field.help.empty());
    const std::string key = "param.floor." + std::string(field.name);
    CHECK(text(Language::chinese, key) != key);
    if (const auto* ranged = std::get_if<Ranged*>(&field.target)) {
      CHECK(field.min <= (*ranged)->low);
      CHECK((*ranged)->low <= (*ranged)->value);
      CHECK((*ranged)->value <= (*ranged)->high);
      CHECK((*ranged)->high <= field.max);
    }
  }
}

TEST_CASE("floor: a scenario's block is read, and all that is wrong in it is told") {
  scenario::Scenario town;
  CHECK(read_params(town)->zones == 20);
  town.parameters["floor"] = {{"zones", 9}, {"purchase_share", 0.7}};
  const auto good = read_params(town);
  REQUIRE(good.has_value());
  CHECK(good->zones == 9);
  CHECK(good->purchase_share == Ranged{0.7, 0.7, 0.7});
  town.parameters["floor"] = {{"zones", 0}, {"purchase_share", 0}, {"colour", 1}};
  const auto bad = read_params(town);
  REQUIRE_FALSE(bad.has_value());
  CHECK(bad.error().size() == 3);
}
