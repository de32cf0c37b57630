#include "sim/probe/params.hpp"

#include <string>

#include <doctest/doctest.h>

#include "core/texts.hpp"

using namespace footfall;
using namespace footfall::probe;

TEST_CASE("probe: defaults lie inside their own limits, survive JSON, and have texts") {
  Params params;
  params.listening = Listening::hopping;
  const Json json = to_json(fields(params));
  Params back;
  CHECK(from_json(json, fields(back), "f", "p").empty());
  CHECK(to_json(fields(back)) == json);
  CHECK(back.listening == Listening::hopping);
  for (const footfall::Field& field : fields(params)) {
    CAPTURE(field.name);
    CHECK_FALSE(field.help.empty());
    const std::string key = "param.probe." + std::string(field.name);
    CHECK(text(Language::chinese, key) != key);
    for (const std::string_view choice : field.choices) {
      CHECK(label(Language::chinese, "choice", choice) != choice);
    }
    if (const auto* ranged = std::get_if<Ranged*>(&field.target)) {
      CHECK(field.min <= (*ranged)->low);
      CHECK((*ranged)->low <= (*ranged)->value);
      CHECK((*ranged)->value <= (*ranged)->high);
      CHECK((*ranged)->high <= field.max);
    }
  }
}

TEST_CASE("probe: a scenario's block is read, and all that is wrong in it is told") {
  scenario::Scenario town;
  CHECK(read_params(town)->floor_dbm == -97);
  town.parameters["probe"] = {{"listening", "three"}, {"path_loss_exponent", 3}};
  const auto good = read_params(town);
  REQUIRE(good.has_value());
  CHECK(good->listening == Listening::three);
  CHECK(name_of(good->listening) == "three");
  CHECK(good->path_loss_exponent == Ranged{3, 3, 3});
  town.parameters["probe"] = {{"listening", "loudly"}, {"lost_frames", 2}, {"colour", 1}};
  const auto bad = read_params(town);
  REQUIRE_FALSE(bad.has_value());
  CHECK(bad.error().size() == 3);
}
