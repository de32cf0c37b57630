#include <set>

#include <doctest/doctest.h>

#include "core/parallel.hpp"
#include "sim/study/study.hpp"
#include "tests/sim/study/small_city.hpp"

using namespace footfall;
using footfall::testing::small_city;

namespace {

Results simulated(const Json& options) {
  const Job job;
  auto output = study::run("shoppers simulate", small_city(), {}, options, job);
  REQUIRE_MESSAGE(output.has_value(), (output ? "" : describe(output.error())));
  return output->results;
}

std::int64_t sum(const Table& table, std::string_view column) {
  std::int64_t total = 0;
  for (const std::int64_t n : std::get<Column::Integers>(table.find(column)->values)) total += n;
  return total;
}

std::string errors_of(const Json& options) {
  const Job job;
  auto output = study::run("shoppers simulate", small_city(), {}, options, job);
  REQUIRE_FALSE(output.has_value());
  return describe(output.error());
}

}  // namespace

TEST_CASE("shoppers simulate: tables are complete and add up") {
  const Results results = simulated({{"days", 14}, {"shoppers", 5000}, {"sample", 50}});
  CHECK(results.figure("shoppers")->value <= 5000);
  CHECK(results.figure("people_per_shopper")->value == 4);
  CHECK(results.figure("own_visits_per_day")->value > 0);
  CHECK(results.figure("heavy_buyer_share")->value > 20);
  const Table* stores = results.table("store_visits");
  REQUIRE(stores != nullptr);
  CHECK(stores->rows() == 7);  // candidates stay closed
  const std::int64_t visits = sum(*stores, "visits");
  CHECK(visits > 0);
  std::int64_t by_kind = 0;
  for (const char* kind : {"weekday", "saturday", "sunday", "holiday"}) {
    by_kind += sum(*results.table("store_hours"), kind);
  }
  CHECK(by_kind == visits);
  CHECK(sum(*results.table("segments"), "visits") == visits);
  CHECK(sum(*results.table("origins"), "visits") == visits);
  CHECK(results.table("sample_visits")->rows() > 10);
  CHECK(results.layer("visits")->shapes.size() == 7);
}

TEST_CASE("shoppers simulate: an opened candidate takes its share; threads change nothing") {
  const auto city = small_city();
  std::string id;
  for (const auto& store : city.stores) {
    if (store.role == scenario::Role::candidate) id = std::to_string(store.id.value);
  }
  const Json options{{"days", 7}, {"shoppers", 9000}, {"open", id}};
  std::set<std::string> texts;
  for (const int threads : {1, 4}) {
    set_thread_count(threads);
    const Results results = simulated(options);
    CHECK(results.table("store_visits")->rows() == 8);
    texts.insert(to_json(results).dump());
  }
  set_thread_count(0);
  CHECK(texts.size() == 1);
}

TEST_CASE("shoppers simulate: bad options are named; it can be cancelled") {
  CHECK(errors_of({{"open", "1, 99999"}}).find("99999") != std::string::npos);
  CHECK(errors_of({{"days", 0}}).find("days") != std::string::npos);
  CHECK(errors_of({{"days", 3660}, {"sample", 1}}).find("too many visits") != std::string::npos);
  Job job;
  job.cancel();
  auto output = study::run("shoppers simulate", small_city(), {}, Json::object(), job);
  REQUIRE_FALSE(output.has_value());
  CHECK(output.error().front().message == cancelled_message);
}
