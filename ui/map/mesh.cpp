#include "ui/map/mesh.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <mapbox/earcut.hpp>

namespace footfall::ui {
namespace {

using Corner = std::array<double, 2>;
using Corners = std::vector<Corner>;

template <class Style>
using Names = std::pair<std::string_view, Style>;

constexpr Names<AreaStyle> area_names[] = {{"farmland", AreaStyle::farmland},
                                           {"orchard", AreaStyle::farmland},
                                           {"vineyard", AreaStyle::farmland},
                                           {"meadow", AreaStyle::meadow},
                                           {"grass", AreaStyle::meadow},
                                           {"park", AreaStyle::park},
                                           {"forest", AreaStyle::forest},
                                           {"wood", AreaStyle::forest},
                                           {"residential", AreaStyle::residential},
                                           {"industrial", AreaStyle::industrial},
                                           {"commercial", AreaStyle::commercial},
                                           {"retail", AreaStyle::retail},
                                           {"water", AreaStyle::water},
                                           {"building", AreaStyle::building}};

constexpr Names<RoadStyle> road_names[] = {{"motorway", RoadStyle::motorway},
                                           {"motorway_link", RoadStyle::trunk},
                                           {"trunk", RoadStyle::trunk},
                                           {"trunk_link", RoadStyle::primary},
                                           {"primary", RoadStyle::primary},
                                           {"primary_link", RoadStyle::secondary},
                                           {"secondary", RoadStyle::secondary},
                                           {"secondary_link", RoadStyle::tertiary},
                                           {"tertiary", RoadStyle::tertiary},
                                           {"tertiary_link", RoadStyle::residential},
                                           {"unclassified", RoadStyle::residential},
                                           {"residential", RoadStyle::residential},
                                           {"living_street", RoadStyle::residential},
                                           {"road", RoadStyle::residential},
                                           {"service", RoadStyle::service},
                                           {"track", RoadStyle::track}};

template <class Style, std::size_t n>
Style named(const Names<Style> (&names)[n], std::string_view name, Style otherwise) {
  for (const auto& [text, style] : names) {
    if (text == name) return style;
  }
  return otherwise;
}

Corner corner_of(const geo::Frame& frame, LonLat place) {
  const geo::Point p = frame.to_local(place);
  return {p.x, p.y};
}

Segment segment_of(const Corner& a, const Corner& b) {
  return {static_cast<float>(a[0]), static_cast<float>(a[1]), static_cast<float>(b[0]),
          static_cast<float>(b[1])};
}

/// An outer ring and its holes.
std::vector<std::vector<Corners>> polygons_of(const Shape& shape, const geo::Frame& frame) {
  std::vector<std::vector<Corners>> polygons;
  for (std::size_t i = 0; i < shape.parts.size(); ++i) {
    Corners ring;
    for (const LonLat place : shape.parts[i]) ring.push_back(corner_of(frame, place));
    const bool outer = i >= shape.outer.size() || shape.outer[i];
    if (outer || polygons.empty()) polygons.emplace_back();
    if (ring.size() >= 3) polygons.back().push_back(std::move(ring));
  }
  return polygons;
}

template <class T>
struct Grouped {
  explicit Grouped(std::size_t styles) : groups(styles) {}
  template <std::size_t n>
  void join(std::vector<T>& out, std::array<Range, n>& ranges) {
    for (std::size_t i = 0; i < n; ++i) {
      ranges[i] = {static_cast<std::uint32_t>(out.size()),
                   static_cast<std::uint32_t>(groups[i].size())};
      out.insert(out.end(), groups[i].begin(), groups[i].end());
    }
  }
  std::vector<std::vector<T>> groups;
};

void add_edges(const std::vector<Corners>& rings, std::vector<Segment>& out) {
  for (const Corners& ring : rings) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      out.push_back(segment_of(ring[i], ring[(i + 1) % ring.size()]));
    }
  }
}

void add_triangles(const std::vector<Corners>& rings, std::vector<AreaVertex>& out) {
  Corners all;
  for (const Corners& ring : rings) all.insert(all.end(), ring.begin(), ring.end());
  for (const std::uint32_t i : mapbox::earcut<std::uint32_t>(rings)) {
    out.push_back({static_cast<float>(all[i][0]), static_cast<float>(all[i][1])});
  }
}

void add_areas(const scenario::Scenario& scenario, const geo::Frame& frame, Mesh& mesh) {
  Grouped<AreaVertex> triangles(area_styles);
  Grouped<Segment> outlines(area_styles);
  for (const scenario::Area& area : scenario.areas) {
    const auto style = static_cast<std::size_t>(area_style(area.kind));
    for (const auto& rings : polygons_of(area.shape, frame)) {
      if (rings.empty()) continue;
      if (area.kind == "district") {
        add_edges(rings, mesh.borders);
        continue;
      }
      add_triangles(rings, triangles.groups[style]);
      add_edges(rings, outlines.groups[style]);
    }
  }
  triangles.join(mesh.areas, mesh.area_ranges);
  outlines.join(mesh.outlines, mesh.outline_ranges);
}

void add_roads(const scenario::Scenario& scenario, const geo::Frame& frame, Mesh& mesh) {
  Grouped<Segment> roads(road_styles);
  for (const scenario::RoadLine& road : scenario.roads) {
    auto& group = roads.groups[static_cast<std::size_t>(road_style(road.road_class))];
    for (std::size_t i = 1; i < road.line.size(); ++i) {
      group.push_back(
          segment_of(corner_of(frame, road.line[i - 1]), corner_of(frame, road.line[i])));
    }
  }
  roads.join(mesh.roads, mesh.road_ranges);
}

double typical_residents(const scenario::Scenario& scenario) {
  std::vector<double> residents;
  for (const auto& point : scenario.demand) {
    if (point.residents > 0) residents.push_back(point.residents);
  }
  if (residents.empty()) return 1;
  const auto at = residents.begin() + static_cast<std::ptrdiff_t>(residents.size() * 99 / 100);
  std::nth_element(residents.begin(), at, residents.end());
  return *at;
}

void add_points(const scenario::Scenario& scenario, const geo::Frame& frame, Mesh& mesh) {
  const double typical = typical_residents(scenario);
  struct Sum {
    double residents = 0, x = 0, y = 0;
  };
  std::map<std::string, Sum, std::less<>> districts;
  mesh.points.reserve(scenario.demand.size());
  for (const auto& point : scenario.demand) {
    const geo::Point p = frame.to_local(point.place);
    const double weight = std::min(2.0, std::sqrt(point.residents / typical));
    mesh.points.push_back(
        {static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(weight)});
    mesh.bounds.add(p);
    if (point.district.empty()) continue;
    Sum& sum = districts[point.district];
    sum.residents += point.residents;
    sum.x += point.residents * p.x;
    sum.y += point.residents * p.y;
  }
  for (const auto& [name, sum] : districts) {
    if (sum.residents <= 0) continue;
    mesh.districts.push_back({name, {sum.x / sum.residents, sum.y / sum.residents}, sum.residents});
  }
  std::stable_sort(mesh.districts.begin(), mesh.districts.end(),
                   [](const MapLabel& a, const MapLabel& b) { return a.weight > b.weight; });
}

}  // namespace

AreaStyle area_style(std::string_view kind) {
  return named(area_names, kind, AreaStyle::other);
}
RoadStyle road_style(std::string_view road_class) {
  return named(road_names, road_class, RoadStyle::path);
}

Mesh make_mesh(const scenario::Scenario& scenario, const geo::Frame& frame) {
  Mesh mesh;
  add_areas(scenario, frame, mesh);
  add_roads(scenario, frame, mesh);
  add_points(scenario, frame, mesh);
  for (const auto& store : scenario.stores) mesh.bounds.add(frame.to_local(store.place));
  return mesh;
}

}  // namespace footfall::ui
