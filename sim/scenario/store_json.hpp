// A store as the JSON object that edits carry. Internal to this room.
#pragma once

#include <string_view>

#include "sim/scenario/checks.hpp"

namespace footfall::scenario {

/// [lon, lat] in degrees, seven decimals.
Json place_to_json(LonLat place);
/// {"place", "name", "brand", "role", "floor_area_m2"} and, where known, "rent_per_year", "fitout",
/// "margin". The id stands in the edit's path.
Json store_to_json(const Store& store);
/// Takes exactly what store_to_json() makes, so that an edit's value is the value that is found
/// later. `path` begins the place of each error.
Result<Store> store_from_json(const Json& json, StoreId id, std::string_view path);
bool is_store_field(std::string_view name);

}  // namespace footfall::scenario
