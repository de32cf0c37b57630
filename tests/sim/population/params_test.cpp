#include "sim/population/params.hpp"

#include <doctest/doctest.h>

using namespace footfall;
using namespace footfall::population;

TEST_CASE("defaults lie inside their own limits, agree, and survive JSON") {
  Params params;
  CHECK(check(params).empty());
  const Json json = to_json(fields(params));
  Params back;
  CHECK(from_json(json, fields(back), "f", "p").empty());
  CHECK(to_json(fields(back)) == json);
  for (const footfall::Field& field : fields(params)) {
    CAPTURE(field.name);
    CHECK_FALSE(field.help.empty());
    if (const auto* ranged = std::get_if<Ranged*>(&field.target)) {
      CHECK_FALSE(field.source.empty());
      CHECK(field.min <= (*ranged)->low);
      CHECK((*ranged)->low < (*ranged)->value);
      CHECK((*ranged)->value < (*ranged)->high);
      CHECK((*ranged)->high <= field.max);
    }
  }
}

TEST_CASE("a scenario's block is read, and all that is wrong in it is told") {
  scenario::Scenario town;
  town.parameters["population"] = {{"wifi_on", 0.7}, {"most_shoppers", 500}};
  const auto good = read_params(town);
  REQUIRE(good.has_value());
  CHECK(good->wifi_on == Ranged{0.7, 0.7, 0.7});
  CHECK(good->most_shoppers == 500);
  town.parameters["population"] = {{"wifi_on", 7}, {"most_shoppers", 0}, {"colour", 1}};
  const auto bad = read_params(town);
  REQUIRE_FALSE(bad.has_value());
  CHECK(bad.error().size() == 3);
}
