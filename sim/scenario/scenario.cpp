#include "sim/scenario/scenario.hpp"

#include <algorithm>

namespace footfall::scenario {

namespace {

/// Bounding box of places in integers; wide enough for sums.
struct Bounds {
  std::int64_t west = 1, east = 0, south = 0, north = 0;
  void add(LonLat p) {
    if (west > east) {
      west = east = p.lon_e7;
      south = north = p.lat_e7;
    }
    west = std::min<std::int64_t>(west, p.lon_e7);
    east = std::max<std::int64_t>(east, p.lon_e7);
    south = std::min<std::int64_t>(south, p.lat_e7);
    north = std::max<std::int64_t>(north, p.lat_e7);
  }
  bool empty() const { return west > east; }
  LonLat middle() const {
    return {static_cast<std::int32_t>((west + east) / 2),
            static_cast<std::int32_t>((south + north) / 2)};
  }
};

}  // namespace

std::string_view name_of(Role role) {
  switch (role) {
    case Role::own:
      return "own";
    case Role::competitor:
      return "competitor";
    case Role::candidate:
      return "candidate";
  }
  return "";
}

const Store* Scenario::store(StoreId id) const {
  const auto at = std::lower_bound(stores.begin(), stores.end(), id,
                                   [](const Store& s, StoreId wanted) { return s.id < wanted; });
  return at != stores.end() && at->id == id ? &*at : nullptr;
}

Store* Scenario::store(StoreId id) {
  return const_cast<Store*>(static_cast<const Scenario&>(*this).store(id));
}

StoreId Scenario::next_store_id() const {
  const std::uint32_t highest = stores.empty() ? 0 : stores.back().id.value;
  return StoreId{std::max(highest, last_store_id) + 1};
}

LonLat Scenario::origin() const {
  Bounds bounds;
  for (const DemandPoint& point : demand) bounds.add(point.place);
  if (bounds.empty())
    for (const Store& site : stores) bounds.add(site.place);
  return bounds.empty() ? LonLat{} : bounds.middle();
}

Errors read_block(const Scenario& scenario, std::string_view room, const Fields& fields) {
  const auto block = scenario.parameters.find(std::string(room));
  if (block == scenario.parameters.end()) return {};
  return from_json(block->second, fields, "scenario.json", "parameters/" + std::string(room));
}

}  // namespace footfall::scenario
