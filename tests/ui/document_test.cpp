// The document against the engine itself: the same bytes travel as between window and worker.
#include "ui/document.hpp"

#include <cstdlib>

#include <doctest/doctest.h>

#include "core/rng.hpp"
#include "core/text.hpp"
#include "sim/scenario/files.hpp"
#include "sim/scenario/generate.hpp"

using namespace footfall;
using namespace footfall::ui;

namespace {

scenario::Scenario city(double block_m = 0) {
  scenario::CityParams params;
  params.demand_points = 300;
  params.candidates = 6;
  params.competitors = 5;
  params.own_stores = 2;
  params.block_m = block_m;
  auto made = scenario::generate_city(params);
  REQUIRE(made);
  return *made;
}

/// A document with its engine.
struct Bench {
  Document document;
  study::Session session;
  double now = 1000;
  int runs = 0;

  explicit Bench(double block_m = 0) {
    document.set_options({{"draws", 20}}, now);
    REQUIRE(document.open(city(block_m)).empty());
  }
  /// Lets the engine answer once; false where nothing is due.
  bool answer() {
    now += rest_ms + 1;
    const auto request = document.take_request(now);
    if (!request) return false;
    ++runs;
    const Job job(document.generation());
    document.engine_reply(document.generation(), session.handle(*request, job));
    return true;
  }
  void settle() {
    for (int i = 0; i < 5 && answer(); ++i) {
    }
  }
  StoreId first() const { return document.sites().front().id; }
  LonLat beside(StoreId id, std::int32_t by = 40'000) const {
    const LonLat at = document.scenario().store(id)->place;
    return {at.lon_e7 + by, at.lat_e7 - by / 2};
  }
};

const char* const live_columns[] = {"expected_sales", "net_new_sales", "transferred",
                                    "from_competitors", "from_outside"};

}  // namespace

TEST_CASE("a scenario is computed as soon as it is open, and the best site is selected") {
  Bench b;
  CHECK(b.document.pending());
  CHECK(b.document.request_due_in_ms(b.now) == 0);
  b.settle();
  CHECK(b.runs == 2);  // the figures, then their intervals
  REQUIRE(b.document.has_results());
  CHECK(!b.document.pending());
  CHECK(b.document.sites().size() == 6);
  CHECK(b.document.selected() == b.first());
  CHECK(b.document.sites()[0].rank == 1);
  CHECK(b.document.live() != nullptr);
  for (const SiteRow& row : b.document.sites()) CHECK(!row.pending);
}

TEST_CASE("the first figures come without draws, their intervals after") {
  Bench b;
  b.answer();
  REQUIRE(b.document.has_results());
  CHECK(b.document.pending());
  CHECK(b.document.live() != nullptr);
  CHECK(b.document.results().table("sites")->find("net_new_sales_low") == nullptr);
  std::vector<double> first;
  for (const SiteRow& row : b.document.sites()) {
    CHECK(row.pending);
    CHECK(row.rank > 0);
    first.push_back(*row.number("net_new_sales"));
  }
  CHECK(b.document.request_due_in_ms(b.now) == 0);
  b.settle();
  CHECK(!b.document.pending());
  std::vector<double> second;
  for (const SiteRow& row : b.document.sites()) {
    CHECK(row.number("net_new_sales_low"));
    second.push_back(*row.number("net_new_sales"));
  }
  CHECK(first == second);

  // Another place is another state of the same market: one request.
  int runs = b.runs;
  REQUIRE(b.document.remove(b.document.sites().back().id, b.now).empty());
  b.settle();
  CHECK(b.runs == runs + 1);
  // Another parameter is another market: two.
  runs = b.runs;
  auto edit = study::parameter_edit(b.document.scenario(), "catchment.spending_per_head", "4000");
  REQUIRE(edit);
  REQUIRE(b.document.edit(*edit, "ui.step.parameter|catchment.spending_per_head", b.now).empty());
  b.settle();
  CHECK(b.runs == runs + 2);
  // Who wants no intervals gets none, and is not asked twice.
  runs = b.runs;
  b.document.set_options({{"draws", 0}}, b.now);
  b.settle();
  CHECK(b.runs == runs + 1);
  CHECK(!b.document.pending());
}

TEST_CASE("an edit between the figures and their intervals: the intervals are of the new state") {
  Bench b;
  b.answer();
  const StoreId id = b.first();
  REQUIRE(b.document.remove(id, b.now).empty());
  b.settle();
  CHECK(b.runs == 2);
  CHECK(!b.document.pending());
  CHECK(b.document.site(id) == nullptr);

  Bench called_off;
  const auto request = called_off.document.take_request(called_off.now);
  REQUIRE(request);
  called_off.document.engine_cancelled();
  CHECK(called_off.document.request_due_in_ms(called_off.now) < 0);
  called_off.document.run_again();
  called_off.settle();
  CHECK(!called_off.document.pending());
}

TEST_CASE("figures under the mouse are the engine's, to the byte") {
  for (const double block_m : {0.0, 400.0}) {
    Bench b(block_m);
    b.settle();
    const StoreId id = b.document.sites().back().id;
    Draws draws(random_key(7, 0, "drag"), id.value, 0, 0);
    for (int i = 0; i < 4; ++i) {
      b.document.begin_drag(id);
      const auto by = static_cast<std::int32_t>(draws.uniform(-150'000, 150'000));
      b.document.drag_to(b.beside(id, by), b.now);
      REQUIRE(b.document.site(id)->live);
      CHECK(b.document.site(id)->pending);
      std::vector<double> seen;
      for (const char* column : live_columns) {
        seen.push_back(*b.document.site(id)->number(column));
      }
      REQUIRE(b.document.end_drag(b.now).empty());
      b.settle();
      const Table* table = b.document.results().table("sites");
      const SiteRow* row = b.document.site(id);
      CHECK(!row->pending);
      for (std::size_t c = 0; c < seen.size(); ++c) {
        const auto& values = std::get<Column::Numbers>(table->find(live_columns[c])->values);
        CHECK(*values[row->result_row] == seen[c]);
        CHECK(*row->number(live_columns[c]) == seen[c]);
      }
      CHECK(row->rank == static_cast<int>(row->result_row) + 1);
    }
  }
}

TEST_CASE("a drag is one step, made at its end") {
  Bench b;
  b.settle();
  const StoreId id = b.first();
  const LonLat from = b.document.scenario().store(id)->place;
  b.document.begin_drag(id);
  for (int i = 1; i <= 20; ++i) b.document.drag_to(b.beside(id, 1000 * i), b.now += 16);
  CHECK(b.document.undo_depth() == 0);
  CHECK(b.document.scenario().store(id)->place == from);
  CHECK(b.document.site(id)->place != from);
  REQUIRE(b.document.end_drag(b.now).empty());
  CHECK(b.document.undo_depth() == 1);
  const LonLat to = b.document.scenario().store(id)->place;
  CHECK(b.document.undo());
  CHECK(b.document.scenario().store(id)->place == from);
  CHECK(b.document.redo_depth() == 1);
  CHECK(b.document.redo());
  CHECK(b.document.scenario().store(id)->place == to);
  CHECK(!b.document.redo());
}

TEST_CASE("a cancelled drag leaves no trace") {
  Bench b;
  b.settle();
  const std::string hash = b.document.present_hash();
  const StoreId id = b.first();
  const double sales = *b.document.site(id)->number("expected_sales");
  b.document.begin_drag(id);
  b.document.drag_to(b.beside(id), b.now);
  CHECK(*b.document.site(id)->number("expected_sales") != sales);
  b.settle();  // the mouse rested: the engine has seen the place
  b.document.cancel_drag(b.now);
  b.settle();
  CHECK(b.document.undo_depth() == 0);
  CHECK(b.document.redo_depth() == 0);
  CHECK(b.document.present_hash() == hash);
  CHECK(*b.document.site(id)->number("expected_sales") == sales);
  CHECK(!b.document.pending());
}

TEST_CASE("the engine is asked when the mouse rests, not in each frame") {
  Bench b;
  b.settle();
  const int before = b.runs;
  const StoreId id = b.first();
  b.document.begin_drag(id);
  for (int i = 1; i <= 30; ++i) {
    b.document.drag_to(b.beside(id, 1000 * i), b.now += 16);
    CHECK(!b.document.take_request(b.now));
  }
  CHECK(b.document.request_due_in_ms(b.now) == doctest::Approx(rest_ms));
  b.settle();
  CHECK(b.runs == before + 1);
  CHECK(!b.document.pending());
  // Letting go where the mouse rested asks for nothing more.
  REQUIRE(b.document.end_drag(b.now).empty());
  CHECK(!b.document.pending());
  CHECK(b.document.request_due_in_ms(b.now) < 0);
}

TEST_CASE("answers of an older state are thrown away") {
  Bench b;
  b.settle();
  const StoreId id = b.first();
  const auto move = [&](std::int32_t by) {
    REQUIRE(b.document
                .edit(scenario::move_store(b.document.scenario(), id, b.beside(id, by)),
                      "ui.step.move|x", b.now)
                .empty());
  };
  move(10'000);
  const auto old_request = b.document.take_request(b.now += 500);
  REQUIRE(old_request);
  const std::uint64_t old_generation = b.document.generation();
  const std::string old_reply = b.session.handle(*old_request, Job(b.document.generation()));
  move(20'000);
  const auto request = b.document.take_request(b.now += 500);
  REQUIRE(request);
  const auto version = b.document.results_version();
  b.document.engine_reply(old_generation, old_reply);
  CHECK(b.document.results_version() == version);
  CHECK(b.document.computing());
  b.document.engine_reply(b.document.generation(),
                          b.session.handle(*request, Job(b.document.generation())));
  CHECK(b.document.results_version() == version + 1);
  CHECK(!b.document.pending());
}

TEST_CASE("a session that has lost the scenario gets it again") {
  Bench b;
  b.settle();
  b.session = {};
  REQUIRE(b.document.remove(b.first(), b.now).empty());
  b.settle();
  CHECK(!b.document.pending());
  CHECK(b.document.sites().size() == 5);
}

TEST_CASE("changing a parameter: nothing is live until the engine has answered") {
  Bench b;
  b.settle();
  const double before = *b.document.site(b.first())->number("expected_sales");
  const StoreId id = b.first();
  auto edit = study::parameter_edit(b.document.scenario(), "catchment.spending_per_head", "4000");
  REQUIRE(edit);
  REQUIRE(b.document.edit(*edit, "ui.step.parameter|catchment.spending_per_head", b.now).empty());
  CHECK(b.document.live() == nullptr);
  CHECK(b.document.site(id)->pending);
  b.settle();
  CHECK(b.document.live() != nullptr);
  CHECK(*b.document.site(id)->number("expected_sales") > before);
  CHECK(b.document.undo());
  b.settle();
  CHECK(*b.document.site(id)->number("expected_sales") == before);
}

TEST_CASE("steps of one slider merge") {
  Bench b;
  b.settle();
  for (int i = 1; i <= 10; ++i) {
    const std::string value = shortest(3500 + 10 * i);
    auto edit = study::parameter_edit(b.document.scenario(), "catchment.spending_per_head", value);
    REQUIRE(edit);
    REQUIRE(b.document.edit(*edit, "ui.step.parameter|catchment.spending_per_head", b.now, "spend")
                .empty());
  }
  CHECK(b.document.undo_depth() == 1);
  b.document.end_merge();
  CHECK(b.document.undo());
  CHECK(study::room_block(b.document.scenario(), "catchment").size() == 1);
}

TEST_CASE("a candidate added by a click gets data, a name and figures") {
  Bench b(400);
  b.settle();
  REQUIRE(b.document.add_candidate(b.beside(b.first()), b.now).empty());
  const StoreId id = b.document.selected();
  const scenario::Store* store = b.document.scenario().store(id);
  REQUIRE(store != nullptr);
  CHECK(store->role == scenario::Role::candidate);
  CHECK(!store->name.empty());
  CHECK(store->floor_area_m2 >= 1);
  CHECK(b.document.site(id)->live);
  b.settle();
  CHECK(b.document.sites().size() == 7);
  CHECK(!b.document.site(id)->pending);
  REQUIRE(b.document.remove(id, b.now).empty());
  CHECK(!b.document.selected());
  CHECK(b.document.undo());
  CHECK(b.document.scenario().store(id) != nullptr);
}

TEST_CASE("edits carried to another window give the same state") {
  Bench a;
  a.settle();
  REQUIRE(a.document.remove(a.document.sites().back().id, a.now).empty());
  REQUIRE(a.document.add_candidate(a.beside(a.first()), a.now).empty());
  Bench b;
  REQUIRE(b.document.replay(a.document.edits()).empty());
  CHECK(b.document.present_hash() == a.document.present_hash());
  CHECK(b.document.undo_depth() == 2);
  // Edits of another scenario: all or nothing.
  Bench c;
  auto edits = a.document.edits();
  edits.push_back({"stores/999999/name", "x", "y"});
  const std::string hash = c.document.present_hash();
  CHECK(!c.document.replay(edits).empty());
  CHECK(c.document.present_hash() == hash);
  CHECK(c.document.undo_depth() == 0);
}

TEST_CASE("a broken file changes nothing") {
  Bench b;
  b.settle();
  REQUIRE(b.document.remove(b.document.sites().back().id, b.now).empty());
  b.settle();
  const std::string hash = b.document.present_hash(), packed = b.document.packed();
  const StoreId selected = b.document.selected();
  const char* fuzz = std::getenv("FOOTFALL_FUZZ");
  const int count = fuzz != nullptr ? std::atoi(fuzz) : 500;
  Draws draws(random_key(3, 0, "broken"), 1, 0, 0);
  for (int i = 0; i < count; ++i) {
    std::string bytes = packed;
    const bool cut = draws.bernoulli(0.3);
    if (cut) bytes.resize(draws.below(static_cast<std::uint32_t>(bytes.size() / 2)));
    for (int k = 0; k < 3 && !bytes.empty(); ++k) {
      bytes[draws.below(static_cast<std::uint32_t>(bytes.size()))] =
          static_cast<char>(draws.below(256));
    }
    const Document before = b.document;
    if (!b.document.open("broken.footfall", bytes).empty()) {
      CHECK(b.document.present_hash() == hash);
      CHECK(b.document.selected() == selected);
      CHECK(b.document.undo_depth() == 1);
    } else {
      b.document = before;  // a mutant that is still a scenario
    }
    if (cut) REQUIRE(b.document.present_hash() == hash);
  }
  CHECK(!b.document.open("empty", "").empty());
  CHECK(!b.document.pending());
}

TEST_CASE("without candidates there are no rows, and nothing breaks") {
  Bench b;
  b.settle();
  while (!b.document.sites().empty()) REQUIRE(b.document.remove(b.first(), b.now).empty());
  b.settle();
  b.document.select_neighbour(1);
  b.document.begin_drag(StoreId{1});
  b.document.drag_to({1, 1}, b.now);
  CHECK(b.document.end_drag(b.now).empty());
  CHECK(!b.document.dragging());
  CHECK(b.document.live() == nullptr);
}
