#include "sim/experiment/plan.hpp"

#include <set>

#include <doctest/doctest.h>

#include "core/text.hpp"

using namespace footfall;
using namespace footfall::experiment;

namespace {

Plan sample() {
  Plan plan;
  plan.version = "1";
  plan.study = "some study";
  plan.scenario_hash = "abc";
  plan.options = {{"draws", 5}};
  plan.kind = DesignKind::lhs;
  plan.size = 12;
  plan.variables = {*parse_variable("a", "1.5:2.5"), *parse_variable("b", "red,green, blue")};
  plan.seed = 4;
  plan.replications = 3;
  plan.until = Until{"sales", {0.05, true, 0.9, 8}};
  return plan;
}

bool says(const Errors& errors, std::string_view text) {
  return describe(errors).find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("variables are read from text, and what is wrong is told with what is allowed") {
  const Variable range = *parse_variable("x", "1:2:5");
  CHECK(range.low == 1);
  CHECK(range.high == 2);
  CHECK(range.steps == 5);
  CHECK(range.value_at(0) == "1");
  CHECK(range.value_at(0.5) == "1.5");
  CHECK(range.value_at(1) == "2");
  const Variable levels = *parse_variable("x", "a, b,c");
  CHECK(levels.value_at(0) == "a");
  CHECK(levels.value_at(0.34) == "b");
  CHECK(levels.value_at(1) == "c");
  CHECK(parse_variable("x", "7")->levels == std::vector<std::string>{"7"});
  for (const char* wrong : {"", "2:1", "1:1", "1:", "a:b", "1:2:0", "1:2:1.5", "1:2:3:4", "a,,b",
                            "nan:2", "1:1e999", "1:2:99999999"}) {
    const auto v = parse_variable("rate", wrong);
    REQUIRE(!v);
    CHECK(says(v.error(), "rate"));
    CHECK(says(v.error(), "low:high"));
  }
}

TEST_CASE("whole variables take each number equally often") {
  Variable v = *parse_variable("n", "3:6");
  v.whole = true;
  int counts[4] = {};
  for (int i = 0; i < 400; ++i) ++counts[*parse_integer(v.value_at((i + 0.5) / 400)) - 3];
  for (const int c : counts) CHECK(c == 100);
  CHECK(v.value_at(1) == "6");
}

TEST_CASE("a plan survives JSON, and any change changes its hash") {
  const Plan plan = sample();
  const auto back = plan_from_json(to_json(plan), "file");
  REQUIRE(back);
  CHECK(plan_hash(*back) == plan_hash(plan));
  const auto differs = [&](auto change) {
    Plan other = plan;
    change(other);
    return plan_hash(other) != plan_hash(plan);
  };
  CHECK(differs([](Plan& p) { p.seed = 5; }));
  CHECK(differs([](Plan& p) { p.replications = 4; }));
  CHECK(differs([](Plan& p) { p.scenario_hash = "abd"; }));
  CHECK(differs([](Plan& p) { p.variables[0].high = 3; }));
  CHECK(differs([](Plan& p) { p.until->precision.first = 9; }));
  CHECK(differs([](Plan& p) { p.keep_results = true; }));
}

TEST_CASE("every spoiled plan is an error, not a crash") {
  const Json good = to_json(sample());
  for (const auto& [name, value] : good.items()) {
    Json without = good;
    without.erase(name);
    CHECK(!plan_from_json(without, "file"));
    for (const Json& other : {Json("x"), Json(-7), Json::array({1}), Json{{"a", 1}}}) {
      Json spoiled = good;
      spoiled[name] = other;
      const auto read = plan_from_json(spoiled, "file");
      if (!read) CHECK(read.error().front().file == "file");
    }
  }
}

TEST_CASE("plans that cannot be carried out are refused") {
  const auto refused = [](auto change, const char* text) {
    Plan plan = sample();
    plan.until.reset();
    change(plan);
    return says(check(plan), text);
  };
  CHECK(refused([](Plan& p) { p.size = 0; }, "points"));
  CHECK(refused([](Plan& p) { p.size = 11'000'000; }, "points"));
  CHECK(refused([](Plan& p) { p.replications = 0; }, "replications"));
  CHECK(refused([](Plan& p) { p.replications = 4'000'000'000u; }, "too many"));
  CHECK(refused([](Plan& p) { p.variables.clear(); }, "needs variables"));
  CHECK(refused([](Plan& p) { p.kind = DesignKind::grid; }, "steps"));
  CHECK(refused([](Plan& p) { p.kind = DesignKind::morris; }, "range"));
  CHECK(refused([](Plan& p) { p.variables[1].name = "a"; }, "twice"));
  CHECK(refused([](Plan& p) { p.until = Until{"x", {0, false, 0.95, 10}}; }, "until"));
  CHECK(refused([](Plan& p) { p.until = Until{"x", {1.5, true, 0.95, 10}}; }, "100 %"));
  CHECK(refused(
      [](Plan& p) {
        p.variables.assign(33, *parse_variable("v", "0:1")), p.kind = DesignKind::sobol;
      },
      "at most 32"));
  CHECK(refused(
      [](Plan& p) {
        p.kind = DesignKind::grid;
        p.variables.assign(9, *parse_variable("v", "0:1:1000"));
      },
      "twice"));
  CHECK(check(sample()).empty());
}

TEST_CASE("units: ids stay when replications are added; points of a replication share its seed") {
  Plan plan = sample();
  const Points points = points_of(plan);
  REQUIRE(points.count == 12);
  std::set<std::uint64_t> seeds;
  for (std::uint64_t id = 0; id < 36; ++id) {
    const Unit unit = unit_of(plan, points.count, id);
    CHECK(unit.replication * 12 + unit.point == id);
    CHECK(unit.seed == unit_seed(4, unit.replication));
    CHECK(unit.seed < (1ull << 53));
    seeds.insert(unit.seed);
    Plan longer = plan;
    longer.replications = 100;
    CHECK(unit_of(longer, points_of(longer).count, id).point == unit.point);
  }
  CHECK(seeds.size() == 3);
  CHECK(unit_seed(4, 0) != unit_seed(5, 0));
}

TEST_CASE("values of each design") {
  Plan plan = sample();
  plan.until.reset();
  const auto first = values_of(plan, points_of(plan), 0);
  REQUIRE(first.size() == 2);
  CHECK(parse_number(first[0]).value() >= 1.5);
  plan.kind = DesignKind::list;
  plan.rows = {{"1", "red"}, {"2", "blue"}};
  CHECK(points_of(plan).count == 2);
  CHECK(values_of(plan, points_of(plan), 1) == std::vector<std::string>{"2", "blue"});
  plan.rows.clear();
  plan.variables.clear();
  CHECK(points_of(plan).count == 1);
  CHECK(values_of(plan, points_of(plan), 0).empty());
  plan.kind = DesignKind::grid;
  plan.variables = {*parse_variable("a", "0:1:3"), *parse_variable("b", "x,y")};
  const Points grid = points_of(plan);
  REQUIRE(grid.count == 6);
  CHECK(values_of(plan, grid, 3) == std::vector<std::string>{"0.5", "y"});
}
