#include "sim/study/shoppers_explore.hpp"

#include <doctest/doctest.h>

#include "sim/scenario/generate.hpp"

using namespace footfall;

namespace {

scenario::Scenario city() {
  scenario::CityParams params;
  params.demand_points = 80;
  params.block_m = 0;
  return *scenario::generate_city(params);
}

Results explored(const scenario::Scenario& s, const Json& options) {
  auto out = study::run("shoppers explore", s, {}, options, Job());
  REQUIRE(out);
  return out->results;
}

double sum(const Table& table, const char* column) {
  double total = 0;
  for (const auto& v : std::get<Column::Numbers>(table.find(column)->values))
    total += v.value_or(0);
  return total;
}

}  // namespace

TEST_CASE("without filters everyone is chosen, and all tables count the same people") {
  const Results r = explored(city(), Json::object());
  const double all = r.figure("shoppers_all")->value;
  CHECK(all > 1000);
  CHECK(r.figure("shoppers_chosen")->value == all);
  CHECK(r.figure("chosen_share")->value == 100);
  CHECK(r.figure("chosen_spending_share")->value == doctest::Approx(100));
  const Table& pyramid = *r.table("pyramid");
  CHECK(sum(pyramid, "female") + sum(pyramid, "male") == doctest::Approx(all));
  CHECK(sum(*r.table("joint"), "people") == doctest::Approx(all));
  CHECK(sum(r.layer("zones")->attributes, "people") == doctest::Approx(all));
  // Everyone has the index 100.
  for (const auto& v : std::get<Column::Numbers>(r.table("profile")->find("index")->values)) {
    if (v) CHECK(*v == doctest::Approx(100));
  }
}

TEST_CASE("values of a tag add up to everyone, and filters narrow each other") {
  const scenario::Scenario s = city();
  const double all = explored(s, Json::object()).figure("shoppers_all")->value;
  double total = 0;
  for (const char* income : {"lowest", "low", "middle", "high", "highest"}) {
    total += explored(s, {{"income", income}}).figure("shoppers_chosen")->value;
  }
  CHECK(total == doctest::Approx(all));
  const double women = explored(s, {{"gender", "female"}}).figure("shoppers_chosen")->value;
  const Results both = explored(s, {{"gender", "female"}, {"age", "25_34"}});
  CHECK(both.figure("shoppers_chosen")->value < women);
  const Table& pyramid = *both.table("pyramid");
  CHECK(sum(pyramid, "male") == 0);
  CHECK(sum(pyramid, "female") == both.figure("shoppers_chosen")->value);
  CHECK(sum(pyramid, "male_all") + sum(pyramid, "female_all") == doctest::Approx(all));
}

TEST_CASE("nobody chosen is told, a wrong filter refused") {
  const Results r = explored(city(), {{"age", "under_15"}, {"work", "retired"}});
  CHECK(r.figure("shoppers_chosen")->value == 0);
  CHECK(r.provenance.warnings.size() == 1);
  const auto wrong = study::run("shoppers explore", city(), {}, {{"age", "old"}}, Job());
  REQUIRE(!wrong);
  CHECK(describe(wrong.error(), 4).find("old") != std::string::npos);
}
