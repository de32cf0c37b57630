#include "sim/scenario/edit.hpp"

#include <doctest/doctest.h>

#include "core/rng.hpp"
#include "tests/sim/scenario/fixture.hpp"

using namespace footfall;
using namespace footfall::scenario;

namespace {

Store new_store(const Scenario& s) {
  return {s.next_store_id(),
          {95'123'456, 471'000'001},
          "New",
          "Norda",
          Role::candidate,
          700,
          1000,
          {},
          {}};
}

/// One of each kind of edit, with values from the draws.
Edit random_edit(const Scenario& s, Draws& draws) {
  const StoreId id = s.stores.empty()
                         ? StoreId{99}
                         : s.stores[draws.below(static_cast<std::uint32_t>(s.stores.size()))].id;
  const auto offset = static_cast<std::int32_t>(draws.below(100'000));
  switch (draws.below(7)) {
    case 0:
      return move_store(s, id, {95'000'000 + offset, 471'000'000 - offset});
    case 1:
      return add_store(s, new_store(s));
    case 2:
      return remove_store(s, id);
    case 3:
      return set_store(s, id, "floor_area_m2", 100 + offset);
    case 4:
      return set_store(s, id, "margin", offset % 2 == 0 ? Json() : Json(0.5));
    case 5:
      return set_parameter(s, "catchment", offset % 2 == 0 ? "decay" : "x",
                           offset % 3 == 0 ? Json() : Json(offset));
    default:
      return {"name", s.name, "Name " + std::to_string(offset)};
  }
}

FileSet without_last_id(Scenario s) {
  s.last_store_id = 1000;
  return write_scenario(s);
}

}  // namespace

TEST_CASE("every edit can be taken back and done again") {
  Draws draws(random_key(3, 0, "edits"), 1, 0, 0);
  for (int round = 0; round < 200; ++round) {
    Scenario s = small_scenario();
    History history;
    std::vector<FileSet> states{without_last_id(s)};
    for (int i = 0; i < 12; ++i) {
      const Edit edit = random_edit(s, draws);
      const Errors errors = history.perform(s, edit, "label");
      if (!errors.empty()) {
        CHECK(edit.before.is_null());  // only of a store that is not there
        continue;
      }
      states.push_back(without_last_id(s));
    }
    REQUIRE(history.undo_depth() == states.size() - 1);
    for (std::size_t i = states.size() - 1; i-- > 0;) {
      REQUIRE(history.undo(s));
      REQUIRE(without_last_id(s) == states[i]);
    }
    CHECK_FALSE(history.undo(s));
    for (std::size_t i = 1; i < states.size(); ++i) {
      REQUIRE(history.redo(s));
      REQUIRE(without_last_id(s) == states[i]);
    }
    CHECK_FALSE(history.redo(s));

    Scenario replayed = small_scenario();
    const auto edits = edits_from_json(edits_to_json(history.edits()), "edits.json");
    REQUIRE(edits);
    CHECK(*edits == history.edits());
    CHECK(apply_all(replayed, *edits, "edits.json").empty());
    CHECK(without_last_id(replayed) == states.back());
  }
}

TEST_CASE("the steps of one drag are one step of the history") {
  Scenario s = small_scenario();
  History history;
  const LonLat start = s.store(StoreId{7})->place;
  for (int i = 1; i <= 5; ++i)
    CHECK(
        history
            .perform(s, move_store(s, StoreId{7}, {start.lon_e7 + i, start.lat_e7}), "move", "drag")
            .empty());
  CHECK(history.undo_depth() == 1);
  CHECK(history.edits().at(0).before == Json({9.51, 47.1}));
  CHECK(history.edits().at(0).after == Json({9.5100005, 47.1}));
  history.end_merge();
  CHECK(history.perform(s, move_store(s, StoreId{7}, start), "move back", "drag").empty());
  CHECK(history.undo_depth() == 2);
  CHECK(history.undo_label() == "move back");
  CHECK(history.undo(s));
  CHECK(history.redo_label() == "move back");
  CHECK(s.store(StoreId{7})->place == LonLat{start.lon_e7 + 5, start.lat_e7});
  CHECK(history.perform(s, set_parameter(s, "a", "b", 1), "set").empty());
  CHECK(history.redo_depth() == 0);
}

TEST_CASE("ids of removed stores are not given again") {
  Scenario s = small_scenario();
  const Store added = new_store(s);
  CHECK(added.id == StoreId{9});
  const Edit add = add_store(s, added);
  CHECK(apply(s, add).empty());
  CHECK(apply(s, inverse(add)).empty());
  CHECK(s.stores == small_scenario().stores);
  CHECK(s.next_store_id() == StoreId{10});
}

TEST_CASE("an edit that cannot be done changes nothing and says why") {
  const Scenario original = small_scenario();
  const auto said = [&](const Edit& edit) {
    Scenario s = original;
    const Errors errors = apply(s, edit);
    CHECK(write_scenario(s) == write_scenario(original));
    return errors.empty() ? std::string("nothing") : describe(errors);
  };
  const auto set = [&](const char* field, Json value) {
    return said(set_store(original, StoreId{2}, field, std::move(value)));
  };
  CHECK(holds(said({"stores/2/name", "Other", "New"}), "is not what this edit was made on"));
  CHECK(holds(said({"stores/55/name", nullptr, "New"}), "no store"));
  CHECK(holds(said(add_store(original, *original.store(StoreId{2}))), "is not what"));
  CHECK(holds(set("floor_area_m2", -4), "a number from 1 to 500000"));
  CHECK(holds(set("floor_area_m2", nullptr), "floor_area_m2"));
  CHECK(holds(set("role", "mine"), "one of own, competitor, candidate"));
  CHECK(holds(set("place", {9.5, 95}), "latitude from -90 to 90"));
  CHECK(holds(set("place", {9.123456789, 47}), "seven decimals"));
  CHECK(holds(set("name", "a\nb"), "control character"));
  CHECK(holds(set("margin", 2), "a number from 0 to 1"));
  CHECK(holds(set("colour", "red"), "leads nowhere"));
  for (const char* path : {"", "/", "stores", "stores/x", "stores/02", "stores/-1",
                           "stores/2/name/x", "parameters/catchment", "demand/1", "parameters//x"})
    CHECK(holds(said({path, nullptr, 1}), "leads nowhere"));
  CHECK(holds(said({"currency", "CHF", "francs"}), "three capital letters"));
  CHECK(holds(said({"name", original.name, 5}), "is not a text"));
}

TEST_CASE("lists of edits are all or nothing, and name the one that fails") {
  Scenario s = small_scenario();
  const FileSet before = write_scenario(s);
  const Errors errors = apply_all(
      s, {move_store(s, StoreId{2}, {1, 2}), {"stores/3/name", "wrong", "x"}}, "edits.json");
  REQUIRE(errors.size() == 1);
  CHECK(holds(describe(errors[0]), "edits.json: edits/1, stores/3/name"));
  CHECK(write_scenario(s) == before);
  for (const char* text : {"{}", "[]", "3", R"({"edits": 3})", R"({"edits": [], "more": 1})"})
    CHECK_FALSE(edits_from_json(Json::parse(text), "f"));
  const auto bad = edits_from_json(Json::parse(R"({"edits": [{"path": 3}, 4]})"), "f");
  REQUIRE_FALSE(bad);
  CHECK(bad.error().size() == 2);
}
