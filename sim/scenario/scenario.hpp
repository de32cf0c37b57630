// The envelope that all models share: who lives where, which stores there are, the roads between
// them, and one block of parameters per room. A scenario is one folder of open formats:
//
//   scenario.json   name, currency, own brand, calendar, parameters of each room, attribution
//   demand.csv      demand points: id, lon, lat, residents, district, segment, spending_index
//   stores.csv      stores and candidate sites: id, lon, lat, name, brand, role, …
//   roads.geojson   lines: class, name, speed_kmh, oneway, walk            (optional)
//   areas.geojson   polygons for the base map: kind, name                  (optional)
//   tables of rooms, which only they read: room_tables in files.hpp        (optional)
//
// or the same folder as one file (tar, see files.hpp). The rooms own their parameters: here they
// are JSON blocks under the room's name, which the room itself reads and validates.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/id.hpp"
#include "core/json.hpp"
#include "core/params.hpp"
#include "core/place.hpp"
#include "core/time.hpp"

namespace footfall::scenario {

/// Version of the file form that this program writes; older ones are upgraded (upgrade.hpp).
inline constexpr int format_version = 1;

/// People at one place. Rows with no residents are allowed (they buy nothing).
struct DemandPoint {
  ZoneId id;
  LonLat place;
  double residents = 0;       ///< persons, 0 to 1e7
  std::string district;       ///< municipality or other named area; may be empty
  std::string segment;        ///< kind of household, "family"; may be empty
  double spending_index = 1;  ///< spending per head relative to the average, 0 to 20
};

enum class Role : std::uint8_t {
  own,         ///< a store of the planner's chain
  competitor,  ///< a store of anyone else
  candidate    ///< a site that could be opened; no store yet
};
std::string_view name_of(Role role);

struct Store {
  StoreId id;
  LonLat place;
  std::string name;
  std::string brand;
  Role role = Role::competitor;
  double floor_area_m2 = 0;             ///< sales area, 1 to 500,000
  std::optional<double> rent_per_year;  ///< currency a year, >= 0
  std::optional<double> fitout;         ///< currency once, >= 0
  std::optional<double> margin;         ///< gross margin, share of sales, 0 to 1

  friend bool operator==(const Store&, const Store&) = default;
};

/// One road between two junctions. Junctions are where the ends of lines meet (to 1e-7 degree).
struct RoadLine {
  std::vector<LonLat> line;  ///< at least two places
  std::string road_class;    ///< "primary", "residential", "footway", … (OSM's highway values)
  std::string name;
  double speed_kmh = 50;   ///< free speed of cars, 0 (no cars) to 150
  std::int8_t oneway = 0;  ///< 1: along the line only, -1: against it only, 0: both
  bool walk = true;
};

/// A polygon of the base map.
struct Area {
  std::string kind;  ///< "water", "forest", "residential", "commercial", "retail", "building",
                     ///< "district", …
  std::string name;
  Shape shape;  ///< polygon
};

struct Scenario {
  std::string name = "Untitled";
  std::string currency = "EUR";  ///< ISO 4217
  std::string own_brand;         ///< for display; the role of a store says whose it is
  Date first_day;
  std::vector<std::string> attribution;    ///< shown on the map and in the report
  std::vector<std::string> notes;          ///< what an import skipped or repaired, one line each
  std::map<std::string, Json> parameters;  ///< room name -> its block; absent rooms have defaults

  std::vector<DemandPoint> demand;  ///< ordered by id, ids unique
  std::vector<Store> stores;        ///< ordered by id, ids unique; candidates among them
  std::vector<RoadLine> roads;
  std::vector<Area> areas;
  std::map<std::string, std::string> tables;  ///< a room's table by its file name -> its bytes

  const Store* store(StoreId id) const;
  Store* store(StoreId id);
  StoreId next_store_id() const;    ///< one above the highest id ever used in this scenario
  std::uint32_t last_store_id = 0;  ///< kept in scenario.json so that ids are never reused

  /// Middle of the demand's (else the stores') bounding box: origin of the local frame.
  LonLat origin() const;
};

/// Reads the block of a room into the room's fields; absent members keep their values. Errors:
/// those of from_json() with the path in scenario.json.
Errors read_block(const Scenario& scenario, std::string_view room, const Fields& fields);

}  // namespace footfall::scenario
