#include "sim/study/session.hpp"

#include <cstdlib>

#include <doctest/doctest.h>

#include "core/rng.hpp"
#include "sim/scenario/files.hpp"
#include "tests/sim/study/small_city.hpp"

using namespace footfall;

namespace {

study::Request request_for(const scenario::Scenario& city, bool with_base) {
  study::Request request;
  request.generation = 12;
  request.study = "sites rank";
  request.options = {{"draws", 8}};
  request.base_hash = scenario::scenario_hash(city);
  if (with_base) request.base = scenario::pack(scenario::write_scenario(city));
  return request;
}

study::Reply ask(study::Session& session, std::string_view bytes) {
  const Job job(12);
  auto reply = study::decode_reply(session.handle(bytes, job));
  REQUIRE(reply.has_value());
  return *reply;
}

}  // namespace

TEST_CASE("a session answers with what a direct run gives, and keeps the base scenario") {
  const auto city = footfall::testing::small_city();
  study::Session session;
  CHECK(ask(session, study::encode(request_for(city, false))).need_base);
  const auto first = ask(session, study::encode(request_for(city, true)));
  CHECK(first.errors.empty());
  CHECK(first.generation == 12);
  const auto second = ask(session, study::encode(request_for(city, false)));
  CHECK_FALSE(second.need_base);

  const Job job;
  auto direct = study::run("sites rank", city, {}, {{"draws", 8}}, job);
  REQUIRE(direct.has_value());
  CHECK(to_json(first.results) == to_json(direct->results));
  CHECK(to_json(second.results) == to_json(direct->results));
  CHECK(first.field == catchment::pack(direct->field));
}

TEST_CASE("a session runs units of a batch, each as it would run alone") {
  const auto city = footfall::testing::small_city();
  experiment::Plan plan;
  plan.study = "sites rank";
  plan.scenario_hash = scenario::scenario_hash(city);
  plan.options = {{"draws", 5}};
  plan.kind = experiment::DesignKind::lhs;
  plan.size = 3;
  plan.replications = 2;
  plan.variables = {*experiment::parse_variable("catchment.decay_exponent", "1.5:2.5")};
  auto request = request_for(city, true);
  request.plan = experiment::to_json(plan);
  request.units = {4, 1};
  study::Session session;
  const auto reply = ask(session, study::encode(request));
  REQUIRE(reply.errors.empty());
  REQUIRE(reply.units.size() == 2);
  CHECK(reply.results.figures.empty());
  const auto points = experiment::points_of(plan);
  const auto work = study::UnitWork::make(plan, points, city);
  REQUIRE(work.has_value());
  const Job job;
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(reply.units[i].id == request.units[i]);
    const auto alone = work->outcome(experiment::unit_of(plan, 3, request.units[i]), job);
    CHECK(reply.units[i].figures == alone.figures);
    CHECK(reply.units[i].message.empty());
    CHECK(!alone.failed());
  }
  // A study after it, and units of another plan.
  request.base.clear();
  request.units = {6};
  CHECK(describe(ask(session, study::encode(request)).errors, 1).find("6") != std::string::npos);
  request.plan["variables"][0]["name"] = "catchment.nothing";
  request.units = {0};
  const auto failed = ask(session, study::encode(request));
  REQUIRE(failed.units.size() == 1);
  CHECK(failed.units[0].message.find("nothing") != std::string::npos);
  request.plan = "no plan";
  CHECK(!ask(session, study::encode(request)).errors.empty());
  CHECK(ask(session, study::encode(request_for(city, false))).errors.empty());
}

TEST_CASE("messages survive the way there and back") {
  auto request = request_for(footfall::testing::small_city(), true);
  request.edits = {{"name", "Generated city", "Other \"name\" 商圈"}};
  auto there = study::decode_request(study::encode(request));
  REQUIRE(there.has_value());
  CHECK(there->edits == request.edits);
  CHECK(there->base == request.base);
  CHECK(there->options == request.options);
  study::Reply reply;
  reply.errors = {{"a", "b", "c", "d", "e"}};
  reply.field = std::string("\0\xff\n", 3);
  auto back = study::decode_reply(study::encode(reply));
  REQUIRE(back.has_value());
  CHECK(back->field == reply.field);
  CHECK(back->errors.front().allowed == "e");
}

TEST_CASE("damaged messages give an error in the reply, never a crash") {
  const std::string good = study::encode(request_for(footfall::testing::small_city(), true));
  const char* count = std::getenv("FOOTFALL_FUZZ");
  const std::uint32_t rounds =
      count != nullptr ? static_cast<std::uint32_t>(std::atoi(count)) / 10 : 50;
  study::Session session;
  const Job job;
  for (std::uint32_t i = 0; i < rounds; ++i) {
    Draws draws(random_key(5, 0, "session"), i, 0, 0);
    std::string bytes = good.substr(0, 1 + draws.below(static_cast<std::uint32_t>(good.size())));
    for (int k = 0; k < 5; ++k) {
      bytes[draws.below(static_cast<std::uint32_t>(bytes.size()))] =
          static_cast<char>(draws.below(256));
    }
    CHECK(study::decode_reply(session.handle(bytes, job)).has_value());
  }
  for (const char* text : {"", "0", "zzzzzzzz", "ffffffff{}", "00000002[]", "00000002{}"}) {
    auto reply = study::decode_reply(session.handle(text, job));
    REQUIRE(reply.has_value());
    CHECK_FALSE(reply->errors.empty());
  }
}
