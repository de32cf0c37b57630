#include "sim/study/study.hpp"

#include <set>

#include <doctest/doctest.h>

#include "core/parallel.hpp"
#include "core/text.hpp"
#include "sim/scenario/files.hpp"
#include "sim/scenario/generate.hpp"
#include "tests/sim/study/small_city.hpp"

using namespace footfall;
using footfall::testing::small_city;

namespace {

Results ranked(const scenario::Scenario& city, const Json& options = Json::object(),
               const std::vector<scenario::Edit>& edits = {}) {
  const Job job;
  auto output = study::run("sites rank", city, edits, options, job);
  REQUIRE_MESSAGE(output.has_value(), (output ? "" : describe(output.error())));
  return output->results;
}

double number(const Table& table, std::string_view column, std::size_t row) {
  const Column* found = table.find(column);
  REQUIRE(found != nullptr);
  return std::get<Column::Numbers>(found->values).at(row).value();
}

std::int64_t integer(const Table& table, std::string_view column, std::size_t row) {
  return std::get<Column::Integers>(table.find(column)->values).at(row);
}

}  // namespace

TEST_CASE("the registry has unique names of two words, help and an example") {
  std::set<std::string_view> names;
  for (const study::Study& s : study::studies()) {
    CHECK(names.insert(s.name).second);
    CHECK(split(s.name, ' ').size() == 2);
    CHECK_FALSE(s.summary.empty());
    CHECK(s.example.find(s.name) != std::string_view::npos);
    CHECK(study::find_study(s.name) == &s);
    for (const auto room : s.rooms) CHECK(study::find_room(room) != nullptr);
  }
  CHECK(study::find_study("sites dance") == nullptr);
}

TEST_CASE("defaults of every block pass their own check and schema names each field") {
  for (const study::Block& room : study::rooms()) {
    CHECK(room.check(room.defaults(), "f", "p").empty());
    const Json schema = room.schema();
    const Json defaults = room.defaults();
    for (const auto& [name, value] : defaults.items()) {
      CHECK(schema.at("properties").contains(name));
    }
  }
}

TEST_CASE("sites rank: the table is complete, ordered and adds up") {
  const auto city = small_city();
  const Results results = ranked(city, {{"draws", 20}});
  const Table* sites = results.table("sites");
  REQUIRE(sites != nullptr);
  CHECK(sites->rows() == 6);
  for (const Column& c : sites->columns) CHECK_MESSAGE(c.size() == 6, c.id);
  for (std::size_t r = 0; r < sites->rows(); ++r) {
    CHECK(integer(*sites, "rank", r) == static_cast<std::int64_t>(r) + 1);
    const double sales = number(*sites, "expected_sales", r);
    CHECK(sales > 0);
    CHECK(number(*sites, "net_new_sales", r) + number(*sites, "transferred", r) ==
          doctest::Approx(sales).epsilon(1e-12));
    CHECK(number(*sites, "transferred", r) + number(*sites, "from_competitors", r) +
              number(*sites, "from_outside", r) ==
          doctest::Approx(sales).epsilon(1e-12));
    CHECK(number(*sites, "net_new_sales_low", r) <= number(*sites, "net_new_sales_high", r));
    if (r > 0) CHECK(number(*sites, "net_new_sales", r - 1) >= number(*sites, "net_new_sales", r));
  }
  // The transfers of the first site add up to what it takes from stores, to single precision.
  double lost = 0;
  const Table* transfers = results.table("transfers");
  for (std::size_t r = 0; r < transfers->rows(); ++r) {
    if (integer(*transfers, "site_id", r) == integer(*sites, "id", 0))
      lost += number(*transfers, "loss", r);
  }
  CHECK(lost ==
        doctest::Approx(number(*sites, "transferred", 0) + number(*sites, "from_competitors", 0))
            .epsilon(1e-6));
  CHECK(results.provenance.scenario_hash == scenario::scenario_hash(city));
  CHECK(results.provenance.parameters.at("catchment").contains("decay_exponent"));
}

TEST_CASE("sites rank: one candidate alone has the figures that it has among all") {
  const auto city = small_city();
  const Results all = ranked(city, {{"draws", 10}});
  const std::int64_t id = integer(*all.table("sites"), "id", 3);
  const Results one = ranked(city, {{"draws", 10}, {"only", std::to_string(id)}});
  REQUIRE(one.table("sites")->rows() == 1);
  for (const char* column :
       {"expected_sales", "expected_sales_low", "transferred", "net_new_sales_high"}) {
    CHECK(number(*one.table("sites"), column, 0) == number(*all.table("sites"), column, 3));
  }
}

TEST_CASE("sites rank: the same bytes on one, two and four threads") {
  const auto city = small_city();
  std::set<std::string> texts;
  for (const int threads : {1, 2, 4}) {
    set_thread_count(threads);
    texts.insert(to_json(ranked(city, {{"draws", 12}})).dump());
  }
  set_thread_count(0);
  CHECK(texts.size() == 1);
}

TEST_CASE("an edit changes the run and its inverse restores it") {
  const auto city = small_city();
  const Json options{{"draws", 0}};
  const std::string before = to_json(ranked(city, options)).dump();
  auto edit = study::parameter_edit(city, "catchment.decay_exponent", "2.3");
  REQUIRE(edit.has_value());
  const Results changed = ranked(city, options, {*edit});
  CHECK(changed.provenance.edits.size() == 1);
  CHECK(number(*changed.table("sites"), "expected_sales", 0) !=
        number(*ranked(city, options).table("sites"), "expected_sales", 0));
  auto edited = city;
  CHECK(scenario::apply(edited, *edit).empty());
  CHECK(scenario::apply(edited, scenario::inverse(*edit)).empty());
  CHECK(to_json(ranked(edited, options)).dump() == before);
}

TEST_CASE("no draws: no intervals, and the figures say so") {
  const Results results = ranked(small_city(), {{"draws", 0}});
  CHECK(results.table("sites")->find("expected_sales_low") == nullptr);
  CHECK(results.figure("best_net_new_sales")->basis == Basis::none);
  CHECK(results.figure("best_top1_share") == nullptr);
}

TEST_CASE("a city generated without roads can be ranked as it is") {
  scenario::CityParams params;
  params.demand_points = 200;
  params.block_m = 0;
  const auto city = scenario::generate_city(params);
  REQUIRE(city.has_value());
  CHECK(study::check(*city).empty());
  CHECK(ranked(*city, {{"draws", 0}}).figure("best_net_new_sales")->value > 0);
}

TEST_CASE("the hash of the scenario is in the provenance, known or not") {
  const auto city = small_city();
  const Job job;
  const std::string hash = scenario::scenario_hash(city);
  CHECK(ranked(city, {{"draws", 0}}).provenance.scenario_hash == hash);
  auto known = study::run("sites rank", city, {}, {{"draws", 0}}, job, "known");
  REQUIRE(known.has_value());
  CHECK(known->results.provenance.scenario_hash == "known");
}

TEST_CASE("bad input: every problem is named, with what is allowed") {
  const auto city = small_city();
  const Job job;
  const auto errors_of = [&](const Json& options, const std::vector<scenario::Edit>& edits = {},
                             std::string_view name = "sites rank") {
    auto output = study::run(name, city, edits, options, job);
    REQUIRE_FALSE(output.has_value());
    return describe(output.error());
  };
  CHECK(errors_of({}, {}, "sites dance").find("sites dance") != std::string::npos);
  const std::string two = errors_of({{"draws", -1}, {"levle", 0.9}});
  CHECK(two.find("draws") != std::string::npos);
  CHECK(two.find("levle") != std::string::npos);
  CHECK(errors_of({{"only", "9999"}}).find("9999") != std::string::npos);
  CHECK(errors_of({}, {{"stores/99999/name", "a", "b"}}).find("99999") != std::string::npos);

  auto wrong = city;
  wrong.parameters["catchment"] = {{"decay_exponent", -3}, {"no_such", 1}};
  wrong.parameters["weather"] = Json::object();
  CHECK(study::check(wrong).size() == 3);
  CHECK_FALSE(study::run("sites rank", wrong, {}, Json::object(), job).has_value());
}

TEST_CASE("parameter_edit refuses what is no parameter") {
  const auto city = small_city();
  for (const char* path : {"decay_exponent", "catchment", "catchment.", "catchment.no_such",
                           "weather.rain", "catchment.decay_exponent.middle", ""}) {
    CHECK_MESSAGE(!study::parameter_edit(city, path, "1").has_value(), path);
  }
  CHECK_FALSE(study::parameter_edit(city, "catchment.decay_exponent", "much").has_value());
  CHECK_FALSE(study::parameter_edit(city, "catchment.decay_exponent", "1e9").has_value());
}

TEST_CASE("a scenario without candidates ranks nothing and says so") {
  auto city = small_city();
  std::erase_if(city.stores,
                [](const scenario::Store& s) { return s.role == scenario::Role::candidate; });
  const Results results = ranked(city, {{"draws", 5}});
  CHECK(results.figure("candidates")->value == 0);
  CHECK(results.figure("own_sales_now")->value > 0);
  CHECK_FALSE(results.provenance.warnings.empty());
}

TEST_CASE("cancelling ends a run with an error that says so") {
  Job job;
  job.cancel();
  auto output = study::run("sites rank", small_city(), {}, Json::object(), job);
  REQUIRE_FALSE(output.has_value());
  CHECK(output.error().front().message == cancelled_message);
}
