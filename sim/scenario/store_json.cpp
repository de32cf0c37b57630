#include "sim/scenario/store_json.hpp"

#include <algorithm>
#include <array>

namespace footfall::scenario {

namespace {

constexpr std::array<std::string_view, 8> field_names{
    "place", "name", "brand", "role", "floor_area_m2", "rent_per_year", "fitout", "margin"};

class StoreReader {
 public:
  StoreReader(const Json& json, std::string_view path) : json_(json), path_(path) {}

  void wrong(const std::string& field, std::string message, std::string allowed) {
    problems_.add(
        {{}, path_ + "/" + field, excerpt(value(field)), std::move(message), std::move(allowed)});
  }

  Json value(const std::string& field) const { return json_.value(field, Json()); }

  std::string name(const std::string& field) {
    const Json text = value(field);
    if (!text.is_string()) {
      wrong(field, "is not a text", std::string(names_allowed));
      return {};
    }
    std::string result = text.get<std::string>();
    if (std::string problem = name_problem(result); !problem.empty())
      wrong(field, std::move(problem), std::string(names_allowed));
    return result;
  }

  double number(const std::string& field, const Range& range) {
    const Json given = value(field);
    if (given.is_number() && range.holds(given.get<double>())) return given.get<double>();
    wrong(field, "is not allowed", range.text());
    return range.min;
  }

  std::optional<double> optional_number(const std::string& field, const Range& range) {
    return json_.contains(field) ? std::optional(number(field, range)) : std::nullopt;
  }

  LonLat place() {
    const Json given = value("place");
    if (given.is_array() && given.size() == 2 && given[0].is_number() && given[1].is_number() &&
        lon_range.holds(given[0].get<double>()) && lat_range.holds(given[1].get<double>())) {
      const LonLat result{to_e7(given[0].get<double>()), to_e7(given[1].get<double>())};
      if (place_to_json(result) == given) return result;
    }
    wrong("place", "is no place",
          "[longitude from -180 to 180, latitude from -90 to 90] in degrees of at most seven "
          "decimals");
    return {};
  }

  Role role() {
    const Json given = value("role");
    if (given.is_string())
      if (const auto role = role_from(given.get<std::string>())) return *role;
    wrong("role", "is not a role", std::string(roles_allowed));
    return Role::competitor;
  }

  void report_unknown() {
    for (const auto& [field, unused] : json_.items())
      if (!is_store_field(field)) problems_.add({{}, path_, field, "is not a known member", {}});
  }

  Errors take() { return problems_.take(); }

 private:
  const Json& json_;
  std::string path_;
  Problems problems_;
};

}  // namespace

bool is_store_field(std::string_view name) {
  return std::find(field_names.begin(), field_names.end(), name) != field_names.end();
}

Json place_to_json(LonLat place) {
  return Json::array({degrees(place.lon_e7), degrees(place.lat_e7)});
}

Json store_to_json(const Store& store) {
  Json json{{"place", place_to_json(store.place)},
            {"name", store.name},
            {"brand", store.brand},
            {"role", name_of(store.role)},
            {"floor_area_m2", store.floor_area_m2}};
  if (store.rent_per_year) json["rent_per_year"] = *store.rent_per_year;
  if (store.fitout) json["fitout"] = *store.fitout;
  if (store.margin) json["margin"] = *store.margin;
  return json;
}

Result<Store> store_from_json(const Json& json, StoreId id, std::string_view path) {
  if (!json.is_object())
    return fail(Error{{}, std::string(path), excerpt(json), "is no store", "an object"});
  StoreReader reader(json, path);
  Store store;
  store.id = id;
  store.place = reader.place();
  store.name = reader.name("name");
  store.brand = reader.name("brand");
  store.role = reader.role();
  store.floor_area_m2 = reader.number("floor_area_m2", floor_area_range);
  store.rent_per_year = reader.optional_number("rent_per_year", money_range);
  store.fitout = reader.optional_number("fitout", money_range);
  store.margin = reader.optional_number("margin", margin_range);
  reader.report_unknown();
  if (Errors errors = reader.take(); !errors.empty()) return fail(std::move(errors));
  return store;
}

}  // namespace footfall::scenario
