// Studies against the engine's own session: the same bytes travel as between window and worker.
#include "ui/studies.hpp"

#include <doctest/doctest.h>

#include "core/text.hpp"
#include "sim/study/session.hpp"
#include "tests/ui/small_city.hpp"

using namespace footfall;
using namespace footfall::ui;

namespace {

constexpr const char* ranking = "sites rank";
constexpr const char* people = "shoppers explore";

struct Bench {
  Document document;
  Studies studies;
  study::Session session;

  Bench() {
    REQUIRE(document.open(testing::small_city(120)).empty());
    studies.set_options(ranking, {{"draws", 5}});
  }
  /// The engine answers what is due now; the study whose run is over.
  std::optional<std::string> answer(double now = 0) {
    const auto request = studies.take_request(document, now);
    if (!request) return std::nullopt;
    const Job job(studies.generation());
    return studies.engine_reply(studies.generation(),
                                study::decode_reply(session.handle(*request, job)));
  }
  void add_site() {
    const LonLat place = document.scenario().stores.front().place;
    REQUIRE(document.add_candidate({place.lon_e7 + 9000, place.lat_e7}, 0).empty());
  }
};

}  // namespace

TEST_CASE("a study runs when it is asked for, and its results are of the present state") {
  Bench b;
  CHECK(!b.answer());
  CHECK(b.studies.wanting(ranking, b.document));
  b.studies.ask(ranking);
  CHECK(!b.studies.wanting(ranking, b.document));
  CHECK(b.studies.request_due_in_ms(0) == 0);
  REQUIRE(b.answer() == std::optional<std::string>(ranking));
  const StudyState& state = b.studies.state(ranking);
  REQUIRE(state.has_results);
  CHECK(state.errors.empty());
  CHECK(state.results.table("sites")->rows() == 3);
  CHECK(!b.studies.stale(ranking, b.document));
  CHECK(!b.studies.computing());
  CHECK(b.studies.request_due_in_ms(0) < 0);
}

TEST_CASE("edits and options make results stale, and going back makes them fresh again") {
  Bench b;
  b.studies.ask(ranking);
  REQUIRE(b.answer());
  b.add_site();
  CHECK(b.studies.stale(ranking, b.document));
  CHECK(b.studies.wanting(ranking, b.document));
  REQUIRE(b.document.undo());
  CHECK(!b.studies.stale(ranking, b.document));
  b.studies.set_options(ranking, {{"draws", 6}});
  CHECK(b.studies.stale(ranking, b.document));
  // A value that equals its default says nothing.
  b.studies.set_options(ranking, {{"draws", 5}, {"level", 0.9}});
  CHECK(!b.studies.stale(ranking, b.document));
  b.studies.set_options(ranking, {{"draws", 6}});
  b.studies.ask(ranking);
  REQUIRE(b.answer());
  CHECK(!b.studies.stale(ranking, b.document));
}

TEST_CASE("one runs, the others wait, in the order of asking") {
  Bench b;
  b.studies.ask(people);
  REQUIRE(b.studies.take_request(b.document, 0));
  CHECK(b.studies.state(people).running);
  b.studies.ask(ranking);
  CHECK(b.studies.state(ranking).waiting);
  CHECK(b.studies.request_due_in_ms(0) < 0);
  CHECK(!b.studies.take_request(b.document, 0));
  // The one that runs may start anew, at once.
  const std::uint64_t before = b.studies.generation();
  b.studies.ask(people);
  REQUIRE(b.studies.take_request(b.document, 0));
  CHECK(b.studies.generation() == before + 1);
  CHECK(!b.studies.cancel(ranking));
  CHECK(!b.studies.state(ranking).waiting);
  b.studies.ask(ranking);
  CHECK(b.studies.cancel(people));
  CHECK(!b.studies.state(people).busy());
  CHECK(b.answer() == std::optional<std::string>(ranking));
}

TEST_CASE("it waits for the rest of a filter that moves") {
  Bench b;
  b.studies.ask(ranking, 500);
  CHECK(b.studies.request_due_in_ms(380) == 120);
  CHECK(!b.studies.take_request(b.document, 499));
  b.studies.ask(ranking, 600);
  CHECK(!b.studies.take_request(b.document, 550));
  CHECK(b.answer(600));
}

TEST_CASE("answers of an older generation are thrown away") {
  Bench b;
  b.studies.ask(ranking);
  const auto request = b.studies.take_request(b.document, 0);
  const std::uint64_t old = b.studies.generation();
  const Job job(old);
  const auto reply = study::decode_reply(b.session.handle(*request, job));
  b.studies.engine_progress(old, 0.5, "job.draws");
  CHECK(b.studies.state(ranking).share == 0.5);
  CHECK(b.studies.cancel(ranking));
  CHECK(!b.studies.engine_reply(old, reply));
  CHECK(!b.studies.state(ranking).has_results);
  b.studies.ask(ranking);
  REQUIRE(b.studies.take_request(b.document, 0));
  b.studies.engine_progress(old, 0.9, "job.draws");
  CHECK(b.studies.state(ranking).share == 0);
  CHECK(!b.studies.engine_reply(old, reply));
  CHECK(b.studies.state(ranking).running);
  // Another scenario: nothing of the old one arrives.
  b.studies.reset();
  CHECK(!b.studies.engine_reply(b.studies.generation() - 1, reply));
  CHECK(!b.studies.state(ranking).busy());
  CHECK(b.studies.state(ranking).options["draws"] == 5);
}

TEST_CASE("an engine that has lost the scenario is sent it again") {
  Bench b;
  b.studies.ask(ranking);
  REQUIRE(b.answer());
  b.session = {};  // the page has ended its worker
  b.add_site();
  b.studies.ask(ranking);
  CHECK(!b.answer());
  CHECK(b.studies.state(ranking).waiting);
  CHECK(b.answer() == std::optional<std::string>(ranking));
  CHECK(b.studies.state(ranking).results.table("sites")->rows() == 4);
}

TEST_CASE("errors are of the state that they are of, and old results stay") {
  Bench b;
  b.studies.ask(ranking);
  REQUIRE(b.answer());
  b.studies.set_options(ranking, {{"only", "4711"}});
  b.studies.ask(ranking);
  REQUIRE(b.answer());
  const StudyState& state = b.studies.state(ranking);
  REQUIRE(!state.errors.empty());
  CHECK(describe(state.errors, 4).find("4711") != std::string::npos);
  CHECK(state.has_results);
  CHECK(b.studies.stale(ranking, b.document));
  CHECK(!b.studies.wanting(ranking, b.document));  // asking again would say the same
  b.studies.set_options(ranking, {{"draws", 5}});
  CHECK(b.studies.wanting(ranking, b.document));
  b.studies.ask("no study");
  REQUIRE(b.answer() == std::optional<std::string>("no study"));
  CHECK(!b.studies.state("no study").errors.empty());
}
