#include "sim/experiment/tally.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace footfall;
using namespace footfall::experiment;

namespace {

Plan plan_of(std::uint32_t replications) {
  Plan plan;
  plan.kind = DesignKind::list;
  plan.variables = {{"x"}};
  plan.rows = {{"1"}, {"2"}, {"3"}};
  plan.replications = replications;
  return plan;
}

using Ids = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("what is to be run: all at first, then what is left, failed units when asked") {
  Tally tally(plan_of(2), 3);
  CHECK(tally.pending(false) == Ids{0, 1, 2, 3, 4, 5});
  CHECK(tally.wanted() == 6);
  CHECK(tally.note(1, UnitState::done, "{}", "test").empty());
  CHECK(tally.note(4, UnitState::failed, "", "test").empty());
  CHECK(tally.note(5, UnitState::running, "", "test").empty());
  CHECK(tally.pending(false) == Ids{0, 2, 3, 5});
  CHECK(tally.pending(true) == Ids{0, 2, 3, 4, 5});
  CHECK(tally.done() == 1);
  CHECK(tally.failed() == 1);
}

TEST_CASE("shards share units out, each to one of them") {
  Ids all;
  for (std::uint64_t i = 1; i <= 4; ++i) {
    const Tally tally(plan_of(5), 3, {i, 4});
    const Ids mine = tally.pending(false);
    CHECK(mine.size() == tally.wanted());
    all.insert(all.end(), mine.begin(), mine.end());
  }
  std::sort(all.begin(), all.end());
  CHECK(all == Tally(plan_of(5), 3).pending(false));
}

TEST_CASE("with until, each point by itself until its figure is known") {
  Plan plan = plan_of(40);
  plan.until = Until{"y", {0.5, false, 0.95, 3}};
  Tally tally(plan, 3);
  CHECK(tally.pending(false) == Ids{0, 1, 2, 3, 4, 5, 6, 7, 8});
  for (std::uint64_t id = 0; id < 9; ++id) {
    // The second point scatters, the others do not.
    const double y = id % 3 == 1 ? static_cast<double>(id) : 7;
    CHECK(tally.note(id, UnitState::done, Json{{"y", {y, y, y, ""}}}.dump(), "test").empty());
  }
  CHECK(tally.pending(false) == Ids{10});
  CHECK(tally.wanted() == 10);
  const Errors errors = tally.note(10, UnitState::done, R"({"z": [1, 1, 1, ""]})", "test");
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].value == "y");
  CHECK(errors[0].allowed == "z");
  CHECK(!tally.note(10, UnitState::done, "no figures", "test").empty());
}

TEST_CASE("a wanted half-width is a number or a share") {
  CHECK(parse_precision("120")->half_width == 120);
  CHECK(!parse_precision("120")->relative);
  CHECK(parse_precision(" 5% ")->half_width == 0.05);
  CHECK(parse_precision("5%")->relative);
  for (const char* wrong : {"", "%", "0", "-1", "5%%", "x"}) CHECK(!parse_precision(wrong));
}
