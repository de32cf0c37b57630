// The scenario's geometry as the map's shaders take it: triangles, segments and points in metres of
// the local frame. Made once for a scenario; no GL here.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "geo/frame.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::ui {

/// How an area is drawn; the order is the drawing order.
enum class AreaStyle : std::uint8_t {
  other,
  farmland,
  meadow,
  park,
  forest,
  residential,
  industrial,
  commercial,
  retail,
  water,
  building,
  count
};
AreaStyle area_style(std::string_view kind);

/// How a road is drawn, from the least to the greatest.
enum class RoadStyle : std::uint8_t {
  path,
  track,
  service,
  residential,
  tertiary,
  secondary,
  primary,
  trunk,
  motorway,
  count
};
RoadStyle road_style(std::string_view road_class);

inline constexpr std::size_t area_styles = static_cast<std::size_t>(AreaStyle::count);
inline constexpr std::size_t road_styles = static_cast<std::size_t>(RoadStyle::count);

struct Range {
  std::uint32_t first = 0, count = 0;
};

/// A vertex of the areas' triangles.
struct AreaVertex {
  float x = 0, y = 0;
};
/// A straight piece of a road or of an outline; drawn as a capsule of its style's width.
struct Segment {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};
/// A place where people live.
struct PointVertex {
  float x = 0, y = 0;
  float weight = 0;  ///< square root of residents over that of the 99th percentile, at most 2
};

struct MapLabel {
  std::string text;
  geo::Point place;
  double weight = 0;  ///< residents: the larger are placed first
};

struct Mesh {
  std::vector<AreaVertex> areas;  ///< triangles, grouped by style
  std::array<Range, area_styles> area_ranges{};
  std::vector<Segment> outlines;  ///< edges of the areas, grouped by style
  std::array<Range, area_styles> outline_ranges{};
  std::vector<Segment> borders;  ///< of districts
  std::vector<Segment> roads;    ///< grouped by style
  std::array<Range, road_styles> road_ranges{};
  std::vector<PointVertex> points;  ///< in the order of the scenario's demand
  std::vector<MapLabel> districts;
  geo::Box bounds;  ///< of demand and stores
};

/// Shapes that cannot be filled (less than three corners) are left out.
Mesh make_mesh(const scenario::Scenario& scenario, const geo::Frame& frame);

}  // namespace footfall::ui
