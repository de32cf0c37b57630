#include "sim/members/params.hpp"

#include <doctest/doctest.h>

#include "core/texts.hpp"
#include "sim/members/members.hpp"

using namespace footfall;
using namespace footfall::members;

TEST_CASE("the block of members: defaults, values, errors with place and range") {
  scenario::Scenario scenario;
  CHECK(read_params(scenario)->shows_account == Params().shows_account);
  scenario.parameters["members"] = Json{{"shows_account", 0.5}};
  CHECK(read_params(scenario)->shows_account.value == 0.5);
  scenario.parameters["members"] = Json{{"shows_account", 1.5}, {"till", 1}};
  const auto wrong = read_params(scenario);
  REQUIRE_FALSE(wrong.has_value());
  CHECK(wrong.error().size() == 2);
  const std::string text = describe(wrong.error());
  CHECK(text.find("parameters/members/shows_account") != std::string::npos);
  CHECK(text.find("from 0 to 1") != std::string::npos);
  CHECK(text.find("parameters/members/till") != std::string::npos);
}

TEST_CASE("defaults lie in their ranges, and every field and way has its texts") {
  Params params;
  CHECK(from_json(to_json(fields(params)), fields(params), "f", "p").empty());
  for (const Field& field : fields(params)) {
    for (const char* end : {"", ".help"}) {
      const std::string key = "param.members." + std::string(field.name) + end;
      CHECK(text(Language::english, key) != key);
    }
  }
  for (const Way way : {Way::till, Way::scan_code, Way::wifi_page})
    CHECK(label(Language::chinese, "choice", name_of(way)) != name_of(way));
}
