// The window's batch against the engine's own session, and against sim/experiment itself.
#include "ui/batch.hpp"

#include <doctest/doctest.h>

#include "core/text.hpp"
#include "sim/scenario/files.hpp"
#include "tests/ui/small_city.hpp"

using namespace footfall;
using namespace footfall::ui;
using experiment::DesignKind;

namespace {

constexpr const char* decay = "catchment.decay_exponent";
constexpr const char* top = "best_top1_share";  // what replications change

struct Bench {
  Document document;
  Batch batch;
  study::Session session;
  std::vector<std::size_t> sizes;  ///< units of each request

  Bench() {
    REQUIRE(document.open(testing::small_city(60)).empty());
    batch.reset(document.scenario());
    batch.setup.options = {{"draws", 7}};
    batch.setup.points = 4;
    batch.setup.replications = 5;
  }
  /// The engine answers one request, which takes `ms`. False: none was due.
  bool answer(double ms = 10) {
    const auto request = batch.take_request(document, 0);
    if (!request) return false;
    sizes.push_back(study::decode_request(*request)->units.size());
    const Job job(batch.generation());
    batch.engine_reply(batch.generation(), study::decode_reply(session.handle(*request, job)), ms);
    return true;
  }
  void run() {
    REQUIRE(batch.start(document, 0).empty());
    while (answer()) {
    }
    CHECK(!batch.running());
  }
  /// A unit as the command line runs it.
  study::UnitOutcome unit(std::uint64_t id) const {
    const experiment::Plan& plan = batch.plan();
    const auto points = experiment::points_of(plan);
    auto files = scenario::unpack(document.packed_base(), "base");
    auto base = scenario::read_scenario(*files);
    const auto work = study::UnitWork::make(plan, points, *base);
    REQUIRE(work);
    const Job job;
    return work->outcome(experiment::unit_of(plan, points.count, id), job);
  }
};

}  // namespace

TEST_CASE("the form's plan is the command line's") {
  Bench b;
  REQUIRE(b.batch.setup.variables.size() == 1);  // the scenario's first range is proposed
  b.batch.setup.variables[0].name = decay;
  b.batch.setup.variables[0].low = 1.5;
  b.batch.setup.variables[0].high = 2.5;
  CHECK(b.batch.planned_units() == 20);
  const auto plan = b.batch.plan_of(b.document);
  REQUIRE(plan);
  CHECK(plan->kind == DesignKind::lhs);
  CHECK(plan->size == 4);
  CHECK(plan->scenario_hash == b.document.base_hash());
  CHECK(plan->variables[0].steps == 0);
  CHECK(!plan->until);
  b.batch.setup.design = DesignKind::grid;
  CHECK(b.batch.plan_of(b.document)->variables[0].steps == 5);
  CHECK(b.batch.planned_units() == 25);
  b.batch.setup.variables.clear();  // the scenario as it is
  CHECK(b.batch.plan_of(b.document)->kind == DesignKind::list);
  CHECK(b.batch.planned_units() == 5);
  b.batch.setup.design = DesignKind::list;
  b.batch.setup.list = "catchment.decay_exponent,draws\n1.6,3\n2.1,4\n2.2,5\n";
  const auto list = b.batch.plan_of(b.document);
  REQUIRE(list);
  CHECK(list->rows.size() == 3);
  CHECK(list->rows[1] == std::vector<std::string>{"2.1", "4"});
}

TEST_CASE("what can be varied: ranges first, choices as levels, never the seed") {
  Bench b;
  const auto all = variations(*study::find_study("sites rank"), b.document.scenario());
  REQUIRE(all.size() > 3);
  CHECK(all.front().ranged);
  bool options = false, levels = false;
  for (const Variation& v : all) {
    CHECK(v.variable.name != "seed");
    options = options || v.block == "sites rank";
    levels = levels || !v.variable.levels.empty();
    if (v.variable.levels.empty()) {
      CHECK_MESSAGE(v.variable.low < v.variable.high, v.variable.name);
      CHECK(v.variable.low >= v.min);
      CHECK(v.variable.high <= v.max);
    }
    // Each is taken as it is proposed.
    b.batch.setup.variables = {v.variable};
    const auto plan = b.batch.plan_of(b.document);
    CHECK_MESSAGE(plan.has_value(), v.variable.name);
  }
  CHECK(options);
  CHECK(levels);
}

TEST_CASE("what is wrong in the form is said before anything runs") {
  Bench b;
  const auto said = [&] {
    const Errors errors = b.batch.start(b.document, 0);
    CHECK(!b.batch.started());
    return describe(errors, 9);
  };
  b.batch.setup.variables[0].high = 1e9;
  CHECK(said().find(b.batch.setup.variables[0].name.substr(10)) != std::string::npos);
  b.batch.setup.variables.clear();
  b.batch.setup.replications = 100'001;
  CHECK(said().find("at most 100000") != std::string::npos);
  b.batch.setup.replications = 5;
  b.batch.setup.stops = true;
  CHECK(said().find("names no figure") != std::string::npos);
  b.batch.setup.stops = false;
  b.batch.setup.design = DesignKind::list;
  CHECK(!said().empty());
  b.batch.setup.list = "catchment.nothing\n1\n";
  CHECK(said().find("catchment.nothing") != std::string::npos);
}

TEST_CASE("units are the command line's, and intervals those of sim/experiment") {
  Bench b;
  REQUIRE(b.batch.start(b.document, 0).empty());
  CHECK(b.batch.wanted() == 20);
  std::uint64_t before = b.batch.version();
  while (b.answer()) {
    CHECK(b.batch.version() > before);
    before = b.batch.version();
    // As far as it has come, for every figure and point.
    for (const auto& [id, figure] : b.batch.figures()) {
      for (std::size_t p = 0; p < b.batch.points(); ++p) {
        const auto expected = experiment::estimate(figure.values[p], 0.95);
        const auto& shown = b.batch.estimates(id)[p];
        CHECK(shown.mean == expected.mean);
        CHECK(shown.low == expected.low);
        CHECK(shown.high == expected.high);
        CHECK(shown.n == expected.n);
      }
    }
  }
  CHECK(b.batch.done() == 20);
  CHECK(!b.batch.unfinished());
  CHECK(b.batch.share() == 1);
  REQUIRE(b.batch.figures().count(top) == 1);
  for (std::size_t id = 0; id < 20; ++id) {
    const Json figures = Json::parse(b.unit(id).figures);
    for (const auto& [name, figure] : b.batch.figures()) {
      CHECK(figure.values[id % 4][id / 4] == figures.at(name).at(0).get<double>());
      CHECK(figure.unit == figures.at(name).at(3).get<std::string>());
    }
  }
  const auto running = b.batch.running_estimates(top, 2);
  REQUIRE(running.size() == 5);
  CHECK(running.front().half_width() == 0);
  CHECK(running.back().mean == b.batch.estimates(top)[2].mean);
  CHECK(running.back().half_width() == b.batch.estimates(top)[2].half_width());
  const Table table = b.batch.table(top);
  CHECK(table.rows() == 4);
  CHECK(table.find(b.batch.plan().variables[0].name) != nullptr);
  CHECK(to_csv(table).starts_with("point," + b.batch.plan().variables[0].name + ",n," + top));
}

TEST_CASE("as many units at once as take a tenth of a second") {
  Bench b;
  b.batch.setup.replications = 10;
  b.run();
  CHECK(b.sizes == std::vector<std::size_t>{1, 2, 4, 8, 16, 9});
  b.sizes.clear();
  b.batch.setup.seed = 2;
  REQUIRE(b.batch.start(b.document, 0).empty());
  for (const double ms : {10, 10, 500, 500, 100}) b.answer(ms);
  CHECK(b.sizes == std::vector<std::size_t>{1, 2, 4, 2, 1});
  // A window with slow frames does not slow the engine down; slow units come one by one.
  b.batch.cancel();
  b.sizes.clear();
  b.batch.setup.seed = 3;
  REQUIRE(b.batch.start(b.document, 0).empty());
  for (const double ms : {500, 505, 510, 520}) b.answer(ms);
  CHECK(b.sizes == std::vector<std::size_t>{1, 2, 4, 8});
  b.batch.cancel();
  b.sizes.clear();
  b.batch.setup.seed = 4;
  REQUIRE(b.batch.start(b.document, 0).empty());
  for (const double ms : {5000, 5000, 5000}) b.answer(ms);
  CHECK(b.sizes == std::vector<std::size_t>{1, 1, 1});
}

TEST_CASE("it stops early by the rule of sim/experiment") {
  Bench b;
  b.batch.setup.points = 2;
  b.batch.setup.replications = 60;
  b.batch.setup.stops = true;
  b.batch.setup.figure = top;
  b.batch.setup.half_width_percent = 30;
  b.run();
  const auto& plan = b.batch.plan();
  std::uint64_t wanted = 0;
  for (const auto& values : b.batch.figures().at(top).values) {
    const auto n = experiment::wanted_replications(values, plan.until->precision, 60);
    CHECK(n == values.size());
    wanted += n;
  }
  CHECK(b.batch.done() == wanted);
  CHECK(b.batch.wanted() == wanted);
  CHECK(wanted < 120);
  b.batch.setup.figure = "nothing";
  REQUIRE(b.batch.start(b.document, 0).empty());
  REQUIRE(b.answer());
  CHECK(!b.batch.running());
  CHECK(describe(b.batch.errors(), 3).find("is no figure") != std::string::npos);
}

TEST_CASE("called off, it keeps what has arrived, and goes on from there") {
  Bench b;
  REQUIRE(b.batch.start(b.document, 0).empty());
  REQUIRE(b.answer());
  REQUIRE(b.answer());
  const auto request = b.batch.take_request(b.document, 0);
  const std::uint64_t generation = b.batch.generation();
  const Job job(generation);
  const auto late = study::decode_reply(b.session.handle(*request, job));
  CHECK(b.batch.cancel());
  CHECK(!b.batch.cancel());
  CHECK(!b.batch.engine_reply(generation, late, 0));  // nobody waits for it any more
  CHECK(b.batch.done() == 3);
  CHECK(b.batch.unfinished());
  CHECK(!b.answer());
  CHECK(!b.batch.seconds_left(0));
  b.session = {};  // the page has ended its worker
  b.run();
  CHECK(b.batch.done() == 20);
  CHECK(b.batch.figures().at(top).values[3].size() == 5);
  // Complete: it is run anew. Another plan: too.
  REQUIRE(b.batch.start(b.document, 0).empty());
  CHECK(b.batch.done() == 0);
  REQUIRE(b.answer());
  CHECK(b.batch.cancel());
  b.batch.setup.seed = 7;
  CHECK(b.batch.stale(b.document));
  REQUIRE(b.batch.start(b.document, 0).empty());
  CHECK(!b.batch.stale(b.document));
  CHECK(b.batch.done() == 0);
}

TEST_CASE("a job that is cancelled while units run gives none of them") {
  Bench b;
  REQUIRE(b.batch.start(b.document, 0).empty());
  const auto request = b.batch.take_request(b.document, 0);
  Job job(b.batch.generation());
  job.cancel();
  const auto reply = study::decode_reply(b.session.handle(*request, job));
  REQUIRE(reply);
  CHECK(reply->units.empty());
  CHECK(reply->errors.front().message == cancelled_message);
}

TEST_CASE("units that fail say why and do not stop the others") {
  Bench b;
  // One site of the list is in no scenario.
  const std::string known =
      std::to_string(b.document.sites().empty() ? 0 : b.document.sites().front().id.value);
  b.batch.setup.design = DesignKind::list;
  b.batch.setup.list = "only\n" + known + "\n4711\n";
  b.batch.setup.replications = 2;
  b.run();
  CHECK(b.batch.done() == 2);
  REQUIRE(b.batch.failures().size() == 2);
  CHECK(b.batch.failures().count(1) == 1);
  CHECK(b.batch.failures().at(3).find("4711") != std::string::npos);
  CHECK(!b.batch.unfinished());
  CHECK(b.batch.errors().empty());
  CHECK(b.batch.share() == 1);
  CHECK(b.batch.estimates(top)[1].n == 0);
}

TEST_CASE("edits of the window are part of the plan, and make a batch stale") {
  Bench b;
  b.run();
  const LonLat place = b.document.scenario().stores.front().place;
  REQUIRE(b.document.add_candidate({place.lon_e7 + 9000, place.lat_e7}, 0).empty());
  CHECK(b.batch.stale(b.document));
  b.run();
  CHECK(!b.batch.plan().edits.empty());
  const Json figures = Json::parse(b.unit(0).figures);
  CHECK(b.batch.figures().at(top).values[0][0] == figures.at(top).at(0).get<double>());
  // Another scenario: nothing of the old one stays but the form.
  b.batch.reset(b.document.scenario());
  CHECK(!b.batch.started());
  CHECK(b.batch.setup.points == 4);
}
