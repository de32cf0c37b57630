#include <set>

#include <doctest/doctest.h>

#include "core/texts.hpp"
#include "sim/report/report.hpp"
#include "sim/study/study.hpp"
#include "tests/sim/world/town.hpp"

using namespace footfall;

namespace {

Result<study::Output> run_world(const Json& options) {
  const Job job;
  return study::run("world run", world::testing::small_town(), {}, options, job);
}

Results told(const Json& options) {
  auto output = run_world(options);
  REQUIRE_MESSAGE(output.has_value(), (output ? "" : describe(output.error())));
  return output->results;
}

std::string line_of(const Json& options) {
  auto output = run_world(options);
  REQUIRE_FALSE(output.has_value());
  return describe(output.error().front());
}

const Json short_season{{"days", 12},
                        {"replications", 2},
                        {"campaign_from", 4},
                        {"campaign_days", 6},
                        {"not_seen_days", 2}};

std::optional<double> number(const Table& table, std::string_view column, std::size_t row) {
  return std::get<Column::Numbers>(table.find(column)->values).at(row);
}

}  // namespace

TEST_CASE("ten figures, truth and estimate side by side, each with a text in both languages") {
  const Results results = told(short_season);
  const Table* story = results.table("story");
  REQUIRE(story != nullptr);
  REQUIRE(story->rows() == 10);
  CHECK(results.figures.size() == 10);
  for (std::size_t i = 0; i < story->rows(); ++i) {
    const std::string id = story->find("quantity")->text(i);
    CAPTURE(id);
    CHECK(label(Language::english, "figure", id) != id);
    CHECK(label(Language::chinese, "figure", id) != id);
    const auto truth = number(*story, "truth", i), estimate = number(*story, "estimate", i);
    REQUIRE(truth.has_value());
    CHECK(*number(*story, "truth_low", i) <= *truth);
    CHECK(*truth <= *number(*story, "truth_high", i));
    const std::string refused = story->find("refused")->text(i);
    CHECK(estimate.has_value() == refused.empty());
    if (!estimate) {
      CHECK(label(Language::english, "refused", refused) != refused);
      continue;
    }
    CHECK(*number(*story, "estimate_low", i) <= *estimate);
    CHECK(*estimate <= *number(*story, "estimate_high", i));
    const std::string method = story->find("method")->text(i);
    CHECK(label(Language::english, "method", method) != method);
    if (*truth != 0) {
      CHECK(*number(*story, "error", i) == doctest::Approx((*estimate - *truth) / *truth * 100));
    }
  }
  CHECK(results.table("campaigns")->rows() == 3);
  CHECK(results.table("funnel")->rows() == 5);
  CHECK(results.table("days")->rows() == 12);
  const std::string html = report::html(results, {}, Language::english);
  CHECK(html.find("side by side") != std::string::npos);
}

TEST_CASE("without campaigns there is no lift to tell; without an opening the first own store") {
  Json options = short_season;
  options["campaigns"] = "none";
  options["open"] = "none";
  const Results results = told(options);
  CHECK(results.table("campaigns") == nullptr);
  CHECK(results.table("story")->rows() == 8);
  CHECK(results.table("own_stores")->rows() == 2);
}

TEST_CASE("the same seed gives the same bytes, another seed others") {
  const Json options{{"days", 5}, {"replications", 1}, {"campaigns", "none"}};
  Json other = options;
  other["seed"] = 2;
  const std::string first = to_json(told(options)).dump();
  CHECK(first == to_json(told(options)).dump());
  CHECK(first != to_json(told(other)).dump());
}

TEST_CASE("bad options get one clear line") {
  CHECK(line_of({{"open", "9999"}}).find("best, none, or the id of a candidate") !=
        std::string::npos);
  CHECK(line_of({{"campaigns", "pigeon"}}).find("sms_recall") != std::string::npos);
  CHECK(line_of({{"days", 10}, {"campaign_from", 20}}).find("0 to 9") != std::string::npos);
  CHECK(line_of({{"budget", 0.001}}).find("budget") != std::string::npos);
}
