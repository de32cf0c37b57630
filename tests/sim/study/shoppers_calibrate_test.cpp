#include "sim/study/shoppers_calibrate.hpp"

#include <doctest/doctest.h>

#include "core/text.hpp"
#include "core/texts.hpp"
#include "tests/sim/study/small_city.hpp"

using namespace footfall;
using footfall::testing::small_city;

namespace {

const Json options{{"shoppers", 5000}};

Result<study::Output> calibrated(const scenario::Scenario& city) {
  return study::run("shoppers calibrate", city, {}, options, Job());
}

study::Output output_of(const scenario::Scenario& city) {
  auto output = calibrated(city);
  REQUIRE_MESSAGE(output.has_value(), (output ? "" : describe(output.error())));
  return std::move(*output);
}

std::vector<double> numbers(const Table& table, std::string_view column) {
  std::vector<double> out;
  for (const auto& n : std::get<Column::Numbers>(table.find(column)->values)) out.push_back(*n);
  return out;
}

/// What the model expects under the city's parameters, as counts of an average day.
std::string expected_counts(const scenario::Scenario& city) {
  const auto simulated =
      study::run("shoppers simulate", city, {}, {{"shoppers", 5000}, {"days", 1}}, Job());
  REQUIRE(simulated.has_value());
  const Table& stores = *simulated->results.table("store_visits");
  const auto visits = numbers(stores, "expected_visits_per_day");
  std::string csv = "store,count\n";
  for (std::size_t r = 0; r < stores.rows(); ++r) {
    csv += stores.find("id")->text(r) + "," + shortest(visits[r]) + "\n";
  }
  return csv;
}

}  // namespace

TEST_CASE("shoppers calibrate: known factors come back, and sites rank honours them") {
  const scenario::Scenario plain = small_city();
  scenario::Scenario truth = plain;
  truth.parameters["catchment"]["attraction"] = "1:1.5, 2:0.6, 3:2, 5:0.25";
  scenario::Scenario city = plain;
  city.tables["counts.csv"] = expected_counts(truth);
  const study::Output found = output_of(city);
  const Table& stores = *found.results.table("counted_stores");
  const std::vector<double> factors{1.5, 0.6, 2, 1, 0.25, 1, 1};
  REQUIRE(stores.rows() == factors.size());
  const auto fitted = numbers(stores, "attraction_factor");
  const auto residuals = numbers(stores, "residual");
  for (std::size_t r = 0; r < factors.size(); ++r) {
    CAPTURE(r);
    CHECK(fitted[r] == doctest::Approx(factors[r]).epsilon(2e-3));
    CHECK(std::abs(residuals[r]) <= 0.1);
  }
  CHECK(found.results.figure("visits_error_before")->value > 10);
  CHECK(found.results.figure("visits_error_after")->value < 0.01);

  // The edits bring the ranking to what the truth gives.
  const auto ranked = [](const scenario::Scenario& s, const std::vector<scenario::Edit>& edits) {
    auto output = study::run("sites rank", s, edits, {{"draws", 0}}, Job());
    REQUIRE(output.has_value());
    return numbers(*output->results.table("sites"), "net_new_sales");
  };
  const auto wanted = ranked(truth, {}), got = ranked(city, found.edits), before = ranked(city, {});
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    CHECK(got[i] == doctest::Approx(wanted[i]).epsilon(2e-3));
  }
  CHECK(std::abs(before[0] / wanted[0] - 1) > 0.02);

  // Calibrated again, nothing is left to do.
  scenario::Scenario again = city;
  REQUIRE(scenario::apply_all(again, found.edits, "").empty());
  const study::Output twice = output_of(again);
  CHECK(twice.results.figure("visits_error_before")->value < 0.01);
  CHECK(numbers(*twice.results.table("counted_stores"), "attraction_factor")[0] ==
        doctest::Approx(fitted[0]).epsilon(1e-4));
}

TEST_CASE("shoppers calibrate: hours, their table and edits, and texts in both languages") {
  scenario::Scenario city = small_city();
  city.tables["counts.csv"] = "store,hour,count\n1,9,200\n1,18,100\n2,9,50\n2,12,50\n";
  const study::Output found = output_of(city);
  const Results& r = found.results;
  const Table& hours = *r.table("counted_hours");
  REQUIRE(hours.rows() == 24);
  CHECK(numbers(hours, "observed_share")[9] == doctest::Approx(62.5));
  CHECK(numbers(hours, "observed_share")[10] == 0);
  CHECK(r.figure("hours_error_after")->value < r.figure("hours_error_before")->value / 3);
  REQUIRE(found.edits.size() == 4);  // holidays are closed: their profile stays
  CHECK(found.edits[1].path == "parameters/visits/hours_resident");
  CHECK(r.table("calibrated")->find("parameter")->text(0) == "catchment.attraction");
  CHECK(r.layer("counted_stores")->shapes.size() == 2);
  for (const Figure& f : r.figures) CHECK(label(Language::chinese, "figure", f.id) != f.id);
  for (const Table& t : r.tables) {
    if (t.id == "parameters") continue;
    CHECK(label(Language::chinese, "table", t.id) != t.id);
    for (const Column& c : t.columns) CHECK(label(Language::chinese, "column", c.id) != c.id);
  }
  for (const std::string& line : r.provenance.assumptions)
    CHECK(translated(Language::chinese, line) != line);
}

TEST_CASE("shoppers calibrate: what is wrong is named with its line") {
  const auto errors_of = [](const char* csv) {
    scenario::Scenario city = small_city();
    if (csv != nullptr) city.tables["counts.csv"] = csv;
    const auto output = calibrated(city);
    REQUIRE_FALSE(output.has_value());
    return describe(output.error());
  };
  const auto has = [](const std::string& text, const char* part) {
    CHECK_MESSAGE(text.find(part) != std::string::npos, text);
  };
  has(errors_of(nullptr), "is missing in the scenario");
  has(errors_of(""), "counts.csv");
  has(errors_of("store,count\n"), "has no rows");
  has(errors_of("store,count\n1,10\n99,5\n"), "line 3, store 99");
  has(errors_of("store,count\n1,-1\n"), "line 2, column count");
  has(errors_of("store,count\n1,0\n"), "no count to fit");
  has(errors_of("store,hour,count\n1,24,5\n"), "a whole number from 0 to 23");
  has(errors_of("store,hour,count\n1,9,5\n1,9,5\n"), "line 3");
  has(errors_of("store,count\n1,many\n"), "\"many\"");
  Job job;
  job.cancel();
  scenario::Scenario city = small_city();
  city.tables["counts.csv"] = "store,count\n1,10\n";
  const auto output = study::run("shoppers calibrate", city, {}, options, job);
  REQUIRE_FALSE(output.has_value());
  CHECK(output.error().front().message == cancelled_message);
}
