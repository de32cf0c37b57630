#include "sim/scenario/edit.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "sim/scenario/checks.hpp"
#include "sim/scenario/store_json.hpp"

namespace footfall::scenario {

namespace {

Errors problem(const Edit& edit, const Json& value, std::string message, std::string allowed) {
  return {{{}, edit.path, excerpt(value), std::move(message), std::move(allowed)}};
}

Errors stale(const Edit& edit, const Json& present) {
  return problem(edit, present, "is not what this edit was made on", excerpt(edit.before));
}

Errors no_such_path(const Edit& edit) {
  return {{{},
           edit.path,
           {},
           "leads nowhere",
           "stores/<id>, stores/<id>/<field>, parameters/<room>/<name>, name, currency or "
           "own_brand"}};
}

std::string store_path(StoreId id) {
  return "stores/" + std::to_string(id.value);
}

std::vector<Store>::iterator position_of(Scenario& scenario, StoreId id) {
  return std::lower_bound(scenario.stores.begin(), scenario.stores.end(), id,
                          [](const Store& s, StoreId wanted) { return s.id < wanted; });
}

/// Adds, removes or replaces a whole store.
Errors apply_store(Scenario& scenario, const Edit& edit, StoreId id) {
  const auto at = position_of(scenario, id);
  const bool there = at != scenario.stores.end() && at->id == id;
  const Json present = there ? store_to_json(*at) : Json();
  if (present != edit.before) return stale(edit, present);
  if (edit.after.is_null()) {
    if (there) {
      scenario.last_store_id = scenario.next_store_id().value - 1;
      scenario.stores.erase(at);
    }
    return {};
  }
  const auto store = store_from_json(edit.after, id, edit.path);
  if (!store) return store.error();
  if (there)
    *at = *store;
  else
    scenario.stores.insert(at, *store);
  scenario.last_store_id = std::max(scenario.last_store_id, id.value);
  return {};
}

Errors apply_store_field(Scenario& scenario, const Edit& edit, StoreId id, std::string_view field) {
  Store* store = scenario.store(id);
  if (!store) return {{{}, edit.path, {}, "is no store of this scenario", {}}};
  Json object = store_to_json(*store);
  if (!is_store_field(field)) return no_such_path(edit);
  const std::string name(field);
  const Json present = object.value(name, Json());
  if (present != edit.before) return stale(edit, present);
  if (edit.after.is_null())
    object.erase(name);
  else
    object[name] = edit.after;
  const auto changed = store_from_json(object, id, store_path(id));
  if (!changed) return changed.error();
  *store = *changed;
  return {};
}

Errors apply_parameter(Scenario& scenario, const Edit& edit, const std::string& room,
                       const std::string& name) {
  Json block = Json::object();
  if (const auto found = scenario.parameters.find(room); found != scenario.parameters.end())
    block = found->second;
  const Json present = block.value(name, Json());
  if (present != edit.before) return stale(edit, present);
  if (edit.after.is_null())
    block.erase(name);
  else
    block[name] = edit.after;
  if (block.empty())
    scenario.parameters.erase(room);
  else
    scenario.parameters[room] = std::move(block);
  return {};
}

Errors apply_text(std::string& text, const Edit& edit) {
  if (Json(text) != edit.before) return stale(edit, text);
  if (!edit.after.is_string()) return problem(edit, edit.after, "is not a text", "a text");
  const std::string value = edit.after.get<std::string>();
  if (edit.path == "currency" && !is_currency(value))
    return problem(edit, edit.after, "is not a currency", std::string(currencies_allowed));
  if (std::string wrong = name_problem(value); !wrong.empty())
    return problem(edit, edit.after, std::move(wrong), std::string(names_allowed));
  text = value;
  return {};
}

std::optional<StoreId> store_id_from(const std::string& text) {
  const auto value = parse_integer(text);
  if (!value || *value < 1 || *value > greatest_id || text != std::to_string(*value))
    return std::nullopt;
  return StoreId{static_cast<std::uint32_t>(*value)};
}

}  // namespace

Errors apply(Scenario& scenario, const Edit& edit) {
  if (edit.path == "name") return apply_text(scenario.name, edit);
  if (edit.path == "currency") return apply_text(scenario.currency, edit);
  if (edit.path == "own_brand") return apply_text(scenario.own_brand, edit);
  const std::vector<std::string> parts = split(edit.path, '/');
  if (parts.size() == 3 && parts[0] == "parameters" && !parts[1].empty() && !parts[2].empty())
    return apply_parameter(scenario, edit, parts[1], parts[2]);
  if ((parts.size() == 2 || parts.size() == 3) && parts[0] == "stores")
    if (const auto id = store_id_from(parts[1]))
      return parts.size() == 2 ? apply_store(scenario, edit, *id)
                               : apply_store_field(scenario, edit, *id, parts[2]);
  return no_such_path(edit);
}

Edit inverse(const Edit& edit) {
  return {edit.path, edit.after, edit.before};
}

Edit move_store(const Scenario& scenario, StoreId id, LonLat place) {
  return set_store(scenario, id, "place", place_to_json(place));
}

Edit add_store(const Scenario&, const Store& store) {
  return {store_path(store.id), nullptr, store_to_json(store)};
}

Edit remove_store(const Scenario& scenario, StoreId id) {
  const Store* store = scenario.store(id);
  return {store_path(id), store ? store_to_json(*store) : Json(), nullptr};
}

Edit set_store(const Scenario& scenario, StoreId id, std::string_view field, Json value) {
  const Store* store = scenario.store(id);
  const std::string name(field);
  return {store_path(id) + "/" + name, store ? store_to_json(*store).value(name, Json()) : Json(),
          std::move(value)};
}

Edit set_parameter(const Scenario& scenario, std::string_view room, std::string_view name,
                   Json value) {
  const auto block = scenario.parameters.find(std::string(room));
  return {
      "parameters/" + std::string(room) + "/" + std::string(name),
      block == scenario.parameters.end() ? Json() : block->second.value(std::string(name), Json()),
      std::move(value)};
}

Json edits_to_json(const std::vector<Edit>& edits) {
  Json list = Json::array();
  for (const Edit& edit : edits)
    list.push_back({{"path", edit.path}, {"before", edit.before}, {"after", edit.after}});
  return {{"edits", std::move(list)}};
}

Result<std::vector<Edit>> edits_from_json(const Json& json, std::string_view file) {
  const std::string name(file);
  const auto list = json.is_object() ? json.find("edits") : json.end();
  if (list == json.end() || !list->is_array() || json.size() != 1)
    return fail(Error{name, {}, excerpt(json), "is no list of edits", "{\"edits\": […]}"});
  std::vector<Edit> edits;
  Problems problems;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const Json& item = (*list)[i];
    if (item.is_object() && item.size() == 3 && item.contains("path") && item["path"].is_string() &&
        item.contains("before") && item.contains("after"))
      edits.push_back({item["path"].get<std::string>(), item["before"], item["after"]});
    else
      problems.add({name, "edits/" + std::to_string(i), excerpt(item), "is no edit",
                    "an object of path, before and after"});
  }
  if (!problems.empty()) return fail(problems.take());
  return edits;
}

Errors apply_all(Scenario& scenario, const std::vector<Edit>& edits, std::string_view file) {
  Scenario changed = scenario;
  for (std::size_t i = 0; i < edits.size(); ++i) {
    Errors errors = apply(changed, edits[i]);
    for (Error& error : errors) {
      error.file = file;
      error.place = "edits/" + std::to_string(i) + ", " + error.place;
    }
    if (!errors.empty()) return errors;
  }
  scenario = std::move(changed);
  return {};
}

}  // namespace footfall::scenario
