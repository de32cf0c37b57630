// Polygons of the map: lookup and base map.
#include <algorithm>
#include <cmath>

#include "sim/scenario/osm_parts.hpp"

namespace footfall::scenario::osm {

namespace {

constexpr double cell_m = 1000;
constexpr double most_cells = 10'000;

struct KindOfTag {
  std::string_view value, kind;
};
constexpr KindOfTag landuse_kinds[] = {{"residential", "residential"},
                                       {"commercial", "commercial"},
                                       {"retail", "retail"},
                                       {"industrial", "industrial"},
                                       {"quarry", "industrial"},
                                       {"railway", "industrial"},
                                       {"forest", "forest"},
                                       {"reservoir", "water"},
                                       {"basin", "water"},
                                       {"farmland", "farmland"},
                                       {"farmyard", "farmland"},
                                       {"vineyard", "farmland"},
                                       {"orchard", "farmland"},
                                       {"farm", "farmland"},
                                       {"meadow", "meadow"},
                                       {"grass", "park"},
                                       {"recreation_ground", "park"},
                                       {"village_green", "park"},
                                       {"cemetery", "park"},
                                       {"allotments", "park"}};
constexpr KindOfTag natural_kinds[] = {
    {"water", "water"}, {"wood", "forest"},      {"scrub", "meadow"},  {"heath", "meadow"},
    {"fell", "meadow"}, {"grassland", "meadow"}, {"wetland", "meadow"}};

/// Drawing order, bottom first.
constexpr std::string_view drawing_order[] = {"farmland",    "meadow",     "forest",     "park",
                                              "residential", "industrial", "commercial", "retail",
                                              "water",       "building",   "district"};

std::size_t layer_of(std::string_view kind) {
  return static_cast<std::size_t>(
      std::find(std::begin(drawing_order), std::end(drawing_order), kind) -
      std::begin(drawing_order));
}

template <std::size_t N>
std::string_view kind_in(const KindOfTag (&table)[N], std::string_view value) {
  for (const KindOfTag& row : table)
    if (row.value == value) return row.kind;
  return {};
}

double distance_to_segment(geo::Point p, geo::Point a, geo::Point b) {
  const double dx = b.x - a.x, dy = b.y - a.y;
  const double length2 = dx * dx + dy * dy;
  if (length2 == 0) return geo::distance_m(p, a);
  const double t = std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length2, 0.0, 1.0);
  return geo::distance_m(p, {a.x + t * dx, a.y + t * dy});
}

/// To 1e-6 degree (11 cm): enough to draw with, and shorter in files.
LonLat coarse(LonLat place) {
  const auto round10 = [](std::int32_t v) { return (v + (v < 0 ? -5 : 5)) / 10 * 10; };
  return {round10(place.lon_e7), round10(place.lat_e7)};
}

std::vector<LonLat> thinned(const std::vector<LonLat>& ring, const geo::Frame& frame,
                            double tolerance_m) {
  std::vector<geo::Point> points;
  for (const LonLat place : ring) points.push_back(frame.to_local(place));
  points.push_back(points.front());
  std::vector<LonLat> out;
  for (const std::size_t i : simplified(points, tolerance_m)) {
    if (i == ring.size()) break;
    const LonLat place = coarse(ring[i]);
    if (out.empty() || out.back() != place) out.push_back(place);
  }
  if (out.size() > 1 && out.front() == out.back()) out.pop_back();
  return out;
}

/// The simplified shape; holes that vanish are dropped. Empty where the outer rings vanish.
Shape thinned(const Shape& shape, const geo::Frame& frame, double tolerance_m) {
  Shape out;
  out.kind = Shape::Kind::polygon;
  bool outer_kept = false;
  for (std::size_t i = 0; i < shape.parts.size(); ++i) {
    std::vector<LonLat> ring = thinned(shape.parts[i], frame, tolerance_m);
    const bool usable = ring.size() >= 3;
    if (shape.outer[i]) outer_kept = usable;
    if (!usable || !outer_kept) continue;
    out.parts.push_back(std::move(ring));
    out.outer.push_back(shape.outer[i]);
  }
  return out;
}

struct Drawn {
  std::string_view kind;
  double tolerance_m = 0;
  double least_area_m2 = 0;
};

Drawn how_drawn(const geo::OsmFeature& feature, const OsmImportParams& params) {
  if (feature.tags.count("building")) return {"building", 1, params.min_building_m2};
  if (tag(feature, "boundary") == "administrative")
    return tag(feature, "admin_level") == "8" ? Drawn{"district", 8, 0} : Drawn{};
  return {land_kind(feature), 5, 400};
}

}  // namespace

void AreaIndex::add(geo::MultiPolygon polygons) {
  const geo::Box box = geo::bounds(polygons);
  const auto row = static_cast<std::uint32_t>(areas_.size());
  const Cell low = cell_of(box.min), high = cell_of(box.max);
  const bool large = (high.first - low.first + 1.0) * (high.second - low.second + 1.0) > most_cells;
  if (large) large_.push_back(row);
  for (std::int32_t x = low.first; x <= high.first && !large; ++x)
    for (std::int32_t y = low.second; y <= high.second; ++y) cells_[{x, y}].push_back(row);
  areas_.push_back(std::move(polygons));
  boxes_.push_back(box);
}

AreaIndex::Cell AreaIndex::cell_of(geo::Point p) {
  return {static_cast<std::int32_t>(std::floor(p.x / cell_m)),
          static_cast<std::int32_t>(std::floor(p.y / cell_m))};
}

std::size_t AreaIndex::find(geo::Point p) const {
  std::size_t first = npos;
  const auto look_in = [&](const std::vector<std::uint32_t>& areas) {
    for (const std::uint32_t area : areas)
      if (area < first && boxes_[area].contains(p) && geo::contains(areas_[area], p)) first = area;
  };
  if (const auto cell = cells_.find(cell_of(p)); cell != cells_.end()) look_in(cell->second);
  look_in(large_);
  return first;
}

std::string_view land_kind(const geo::OsmFeature& feature) {
  if (const auto kind = kind_in(landuse_kinds, tag(feature, "landuse")); !kind.empty()) return kind;
  if (const auto kind = kind_in(natural_kinds, tag(feature, "natural")); !kind.empty()) return kind;
  const std::string waterway = tag(feature, "waterway");
  if (waterway == "riverbank" || waterway == "dock" || feature.tags.count("water")) return "water";
  return {};
}

std::vector<std::size_t> simplified(const std::vector<geo::Point>& line, double tolerance_m) {
  std::vector<bool> keep(line.size(), false);
  keep.front() = keep.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> spans{{0, line.size() - 1}};
  while (!spans.empty()) {
    const auto [from, to] = spans.back();
    spans.pop_back();
    double furthest = tolerance_m;
    std::size_t split = from;
    for (std::size_t i = from + 1; i < to; ++i) {
      const double d = distance_to_segment(line[i], line[from], line[to]);
      if (d > furthest) {
        furthest = d;
        split = i;
      }
    }
    if (split == from) continue;
    keep[split] = true;
    spans.emplace_back(from, split);
    spans.emplace_back(split, to);
  }
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < line.size(); ++i)
    if (keep[i]) kept.push_back(i);
  return kept;
}

std::vector<Area> base_map(const Features& features, const geo::Frame& frame,
                           const OsmImportParams& params, Notes& notes) {
  std::vector<Area> areas;
  for (const geo::OsmFeature* each : features) {
    const geo::OsmFeature& feature = *each;
    if (feature.shape.kind != Shape::Kind::polygon) continue;
    const Drawn drawn = how_drawn(feature, params);
    if (drawn.kind.empty()) continue;
    if (geo::area_m2(to_polygons(feature.shape, frame)) < drawn.least_area_m2) {
      notes.count("Areas too small for the base map");
      continue;
    }
    Shape shape = thinned(feature.shape, frame, drawn.tolerance_m);
    if (shape.parts.empty() || !area_problems(shape, frame, "", "").empty()) shape = feature.shape;
    if (!area_problems(shape, frame, "", "").empty()) {
      notes.count("Areas left out since they cross themselves");
      continue;
    }
    const bool named = drawn.kind == "district" || drawn.kind == "water";
    areas.push_back(
        {std::string(drawn.kind), named ? clean_name(tag(feature, "name")) : "", std::move(shape)});
  }
  std::stable_sort(areas.begin(), areas.end(), [](const Area& a, const Area& b) {
    return layer_of(a.kind) < layer_of(b.kind);
  });
  return areas;
}

}  // namespace footfall::scenario::osm
