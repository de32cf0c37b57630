// Roads: which ways are open to whom, how fast, and where they meet.
#include <algorithm>

#include "core/text.hpp"
#include "sim/scenario/osm_parts.hpp"

namespace footfall::scenario::osm {

namespace {

constexpr double tolerance_m = 2;       // of the simplified lines
constexpr double share_of_limit = 0.8;  // driven speed / posted limit (OSRM car profile)

struct RoadClass {
  std::string_view name;
  double speed_kmh;  // free speed where no limit is posted; 0: no cars
  bool walk;
};
// Speeds as in OSRM's car profile (profiles/car.lua, version 5); access on foot by the meaning of
// the tag. A class that is not listed is no road.
constexpr RoadClass road_classes[] = {
    {"motorway", 90, false},     {"motorway_link", 45, false}, {"trunk", 85, false},
    {"trunk_link", 40, false},   {"primary", 65, true},        {"primary_link", 30, true},
    {"secondary", 55, true},     {"secondary_link", 25, true}, {"tertiary", 40, true},
    {"tertiary_link", 20, true}, {"unclassified", 25, true},   {"residential", 25, true},
    {"road", 25, true},          {"living_street", 10, true},  {"service", 15, true},
    {"track", 0, true},          {"pedestrian", 0, true},      {"footway", 0, true},
    {"path", 0, true},           {"steps", 0, true},           {"cycleway", 0, true},
    {"bridleway", 0, true}};

const RoadClass* class_of(std::string_view name) {
  for (const RoadClass& row : road_classes)
    if (row.name == name) return &row;
  return nullptr;
}

/// km/h of a posted limit; nothing where it is absent or not a plain number ("walk", "none").
std::optional<double> posted_limit(const std::string& text) {
  constexpr std::string_view miles = " mph";
  const bool in_miles = text.size() > miles.size() && text.ends_with(miles);
  const auto value = parse_number(in_miles ? text.substr(0, text.size() - miles.size()) : text);
  if (!value || *value < 5 || *value > 150) return std::nullopt;
  return in_miles ? *value * 1.609344 : *value;
}

std::int8_t direction(const geo::OsmFeature& feature) {
  const std::string oneway = tag(feature, "oneway");
  if (oneway == "yes" || oneway == "true" || oneway == "1") return 1;
  if (oneway == "-1" || oneway == "reverse") return -1;
  if (oneway == "no" || oneway == "false" || oneway == "0") return 0;
  const std::string highway = tag(feature, "highway"), junction = tag(feature, "junction");
  const bool implied = highway == "motorway" || highway == "motorway_link" ||
                       junction == "roundabout" || junction == "circular";
  return implied ? 1 : 0;
}

/// A way with its rules; nothing where nobody may use it.
std::optional<RoadLine> open_road(const geo::OsmFeature& feature, Notes& notes) {
  const RoadClass* road_class = class_of(tag(feature, "highway"));
  if (!road_class) {
    notes.count("Ways left out since they are not open (under construction and the like)");
    return std::nullopt;
  }
  const std::string access = tag(feature, "access");
  if (access == "no" || access == "private") {
    notes.count("Ways left out since they are private");
    return std::nullopt;
  }
  RoadLine road;
  road.road_class = road_class->name;
  road.name = clean_name(tag(feature, "name"));
  road.walk = road_class->walk;
  road.speed_kmh = road_class->speed_kmh;
  if (road.speed_kmh > 0 &&
      (access == "agricultural" || access == "forestry" || access == "delivery")) {
    notes.count("Roads closed to ordinary cars");
    road.speed_kmh = 0;
  }
  const std::string limit = tag(feature, "maxspeed");
  if (road.speed_kmh > 0 && !limit.empty()) {
    if (const auto posted = posted_limit(limit))
      road.speed_kmh = std::max(5.0, *posted * share_of_limit);
    else
      notes.count("Speed limits that are no plain number");
  }
  if (road.speed_kmh > 0) road.oneway = direction(feature);
  road.line = feature.shape.parts.front();
  return road;
}

/// Places where roads meet: those that occur more than once, and the ends.
std::vector<LonLat> junctions(const std::vector<RoadLine>& ways) {
  std::vector<LonLat> places;
  for (const RoadLine& way : ways) {
    places.insert(places.end(), way.line.begin(), way.line.end());
    places.push_back(way.line.front());  // ends count twice
    places.push_back(way.line.back());
  }
  std::sort(places.begin(), places.end());
  std::vector<LonLat> met;
  for (std::size_t i = 1; i < places.size(); ++i)
    if (places[i] == places[i - 1] && (met.empty() || met.back() != places[i]))
      met.push_back(places[i]);
  return met;
}

std::vector<LonLat> thinned(const std::vector<LonLat>& line, const geo::Frame& frame) {
  std::vector<geo::Point> points;
  for (const LonLat place : line) points.push_back(frame.to_local(place));
  std::vector<LonLat> out;
  for (const std::size_t i : simplified(points, tolerance_m)) out.push_back(line[i]);
  return out;
}

}  // namespace

std::vector<RoadLine> road_lines(const Features& features, const geo::Frame& frame, Notes& notes) {
  std::vector<RoadLine> ways;
  for (const geo::OsmFeature* feature : features) {
    if (!feature->tags.count("highway") || feature->shape.kind == Shape::Kind::point) continue;
    if (feature->shape.kind == Shape::Kind::polygon)
      notes.count("Squares and other road areas left out of the road network");
    else if (auto road = open_road(*feature, notes))
      ways.push_back(std::move(*road));
  }
  const std::vector<LonLat> met = junctions(ways);
  std::vector<RoadLine> roads;
  for (const RoadLine& way : ways) {
    RoadLine piece = way;
    piece.line.clear();
    for (const LonLat place : way.line) {
      piece.line.push_back(place);
      if (piece.line.size() < 2 || !std::binary_search(met.begin(), met.end(), place)) continue;
      piece.line = thinned(piece.line, frame);
      roads.push_back(piece);
      piece.line.assign(1, place);
    }
  }
  return roads;
}

}  // namespace footfall::scenario::osm
