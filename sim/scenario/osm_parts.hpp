// Steps of import_osm(), one file each. Internal to this room; the model, its assumptions and the
// tables of tags are in docs/models/import_osm.md.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "geo/csv.hpp"
#include "geo/frame.hpp"
#include "geo/osm_extract.hpp"
#include "geo/polygon.hpp"
#include "sim/scenario/checks.hpp"
#include "sim/scenario/import_osm.hpp"

namespace footfall::scenario::osm {

/// What was skipped, repaired or assumed; one line of Scenario::notes each.
class Notes {
 public:
  void count(const std::string& what, std::uint64_t n = 1) { counts_[what] += n; }
  void add(std::string line) { lines_.push_back(std::move(line)); }
  /// Lines as they came, then the counts by name.
  std::vector<std::string> take() const;

 private:
  std::map<std::string, std::uint64_t> counts_;
  std::vector<std::string> lines_;
};

/// The features that lie within a few hundred kilometres of the middle one: a local frame holds no
/// more.
using Features = std::vector<const geo::OsmFeature*>;
/// Medians of the features' first places; requires one feature.
LonLat middle_of(const geo::OsmExtract& extract);
Features near_features(const geo::OsmExtract& extract, Notes& notes);

// --- names (osm_names.cpp)

/// Lower case without accents: "Ländle-Markt" -> "landle-markt". Covers Latin letters to U+017F;
/// others stay as they are.
std::string folded(std::string_view text);
/// One line of at most longest_name characters.
std::string clean_name(std::string_view text);
/// The value of a tag, or "".
std::string tag(const geo::OsmFeature& feature, const char* key);

// --- areas (osm_areas.cpp)

/// Polygons that points are looked up in.
class AreaIndex {
 public:
  void add(geo::MultiPolygon polygons);
  std::size_t size() const { return areas_.size(); }
  const geo::MultiPolygon& polygons(std::size_t area) const { return areas_[area]; }
  /// The first added area that holds the point; npos where there is none.
  std::size_t find(geo::Point p) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

 private:
  using Cell = std::pair<std::int32_t, std::int32_t>;
  static Cell cell_of(geo::Point p);
  std::vector<geo::MultiPolygon> areas_;
  std::vector<geo::Box> boxes_;
  std::map<Cell, std::vector<std::uint32_t>> cells_;
  std::vector<std::uint32_t> large_;  // areas of too many cells
};

/// Kind of the base map ("forest", "residential", …) from landuse, natural, water and waterway; ""
/// where it is not drawn.
std::string_view land_kind(const geo::OsmFeature& feature);

/// Douglas and Peucker (1973): positions of the points to keep, first and last among them, so that
/// no dropped point is further than `tolerance_m` from the line that is left.
std::vector<std::size_t> simplified(const std::vector<geo::Point>& line, double tolerance_m);

/// Land, water, buildings and municipalities, simplified, in drawing order.
std::vector<Area> base_map(const Features& features, const geo::Frame& frame,
                           const OsmImportParams& params, Notes& notes);

// --- people (osm_people.cpp)

struct Municipality {
  std::string name;      ///< as on the map
  double residents = 0;  ///< 0 where the table has none
};
struct Municipalities {
  std::vector<Municipality> rows;
  AreaIndex borders;  ///< same order
  /// Name of the municipality around a point; "" outside all.
  std::string_view name_at(geo::Point p) const;
};
/// Joins the borders with the table. Errors: missing columns, bad numbers, repeated names, no match
/// at all.
Result<Municipalities> read_municipalities(const Features& features, const geo::Frame& frame,
                                           const geo::Csv& population, std::string_view file,
                                           Notes& notes);

/// Demand points; residents are whole persons and sum to the table's. `roads`: streets that people
/// may live on.
std::vector<DemandPoint> settle(const Features& features, const geo::Frame& frame,
                                const std::vector<RoadLine>& roads,
                                const Municipalities& municipalities, const OsmImportParams& params,
                                Notes& notes);

// --- roads (osm_roads.cpp)

/// Roads between junctions with free speeds, one-ways and access.
std::vector<RoadLine> road_lines(const Features& features, const geo::Frame& frame, Notes& notes);

// --- stores and sites (osm_stores.cpp, osm_sites.cpp)

std::vector<Store> existing_stores(const Features& features, const geo::Frame& frame,
                                   const Municipalities& municipalities,
                                   const OsmImportParams& params, std::string& own_brand,
                                   Notes& notes);

/// Appends candidate sites to scenario.stores; demand, stores and roads are there already.
void propose_candidates(const Features& features, const geo::Frame& frame,
                        const Municipalities& municipalities, const OsmImportParams& params,
                        Scenario& scenario, Notes& notes);

}  // namespace footfall::scenario::osm
