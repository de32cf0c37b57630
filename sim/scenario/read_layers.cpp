// roads.geojson and areas.geojson.
#include <algorithm>

#include "core/text.hpp"
#include "geo/geojson.hpp"
#include "sim/scenario/parts.hpp"

namespace footfall::scenario {

namespace {

using Names = std::vector<std::string_view>;

/// Reads the properties of one feature after another.
class Properties {
 public:
  Properties(std::string_view file, Names known, Problems& problems)
      : file_(file), known_(std::move(known)), problems_(problems) {}

  void next(const Json& properties, std::size_t feature) {
    properties_ = &properties;
    feature_ = feature;
    if (!properties.is_object()) return;
    for (const auto& [name, value] : properties.items()) report_unknown(name);
  }

  std::string place() const { return "feature " + std::to_string(feature_); }

  void wrong(std::string_view property, const Json& value, std::string message,
             std::string allowed) {
    problems_.add({file_, place() + ", property " + std::string(property), excerpt(value),
                   std::move(message), std::move(allowed)});
  }

  /// Null where the property is absent or null.
  const Json* find(std::string_view property) const {
    if (!properties_->is_object()) return nullptr;
    const auto found = properties_->find(property);
    return found == properties_->end() || found->is_null() ? nullptr : &*found;
  }

  std::string text(std::string_view property, bool required) {
    const Json* value = find(property);
    if (!value) {
      if (required) wrong(property, nullptr, "is missing", "a text");
      return {};
    }
    if (!value->is_string()) {
      wrong(property, *value, "is not a text", "a text");
      return {};
    }
    std::string result = value->get<std::string>();
    if (std::string problem = name_problem(result); !problem.empty())
      wrong(property, *value, std::move(problem), std::string(names_allowed));
    return result;
  }

 private:
  /// Once for each name, since all features of a file tend to have the same ones.
  void report_unknown(const std::string& name) {
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) return;
    if (std::find(reported_.begin(), reported_.end(), name) != reported_.end()) return;
    reported_.push_back(name);
    std::string allowed;
    for (const std::string_view one : known_) {
      allowed += allowed.empty() ? "" : ", ";
      allowed += one;
    }
    problems_.add({file_, place(), shortened(name, 60), "is not a known property", allowed});
  }

  std::string file_;
  Names known_;
  Problems& problems_;
  std::vector<std::string> reported_;
  const Json* properties_ = nullptr;
  std::size_t feature_ = 0;
};

double speed(Properties& properties) {
  const Json* value = properties.find("speed_kmh");
  if (value && value->is_number() && speed_range.holds(value->get<double>()))
    return value->get<double>();
  properties.wrong("speed_kmh", value ? *value : Json(), value ? "is not allowed" : "is missing",
                   speed_range.text());
  return 0;
}

std::int8_t oneway(Properties& properties) {
  const Json* value = properties.find("oneway");
  if (!value) return 0;
  if (value->is_number_integer() && *value >= -1 && *value <= 1) return value->get<std::int8_t>();
  properties.wrong("oneway", *value, "is not allowed", "one of -1, 0, 1");
  return 0;
}

bool walk(Properties& properties) {
  const Json* value = properties.find("walk");
  if (!value || value->is_boolean()) return !value || value->get<bool>();
  properties.wrong("walk", *value, "is not allowed", "true or false");
  return true;
}

}  // namespace

void read_roads(std::string_view bytes, Scenario& scenario, Problems& problems) {
  auto features = geo::parse_geojson(bytes, roads_file);
  if (!features) return problems.add(features.error());
  Properties properties(roads_file, {"class", "name", "speed_kmh", "oneway", "walk"}, problems);
  for (std::size_t i = 0; i < features->size() && !problems.full(); ++i) {
    geo::Feature& feature = (*features)[i];
    properties.next(feature.properties, i);
    if (feature.shape.kind != Shape::Kind::line || feature.shape.parts.front().size() < 2) {
      problems.add({std::string(roads_file),
                    properties.place(),
                    {},
                    "is no road",
                    "a line of two or more places"});
      continue;
    }
    RoadLine road;
    road.line = std::move(feature.shape.parts.front());
    road.road_class = properties.text("class", true);
    road.name = properties.text("name", false);
    road.speed_kmh = speed(properties);
    road.oneway = oneway(properties);
    road.walk = walk(properties);
    scenario.roads.push_back(std::move(road));
  }
}

void read_areas(std::string_view bytes, Scenario& scenario, Problems& problems) {
  auto features = geo::parse_geojson(bytes, areas_file);
  if (!features) return problems.add(features.error());
  const geo::Frame frame(scenario.origin());
  Properties properties(areas_file, {"kind", "name"}, problems);
  for (std::size_t i = 0; i < features->size() && !problems.full(); ++i) {
    geo::Feature& feature = (*features)[i];
    properties.next(feature.properties, i);
    if (feature.shape.kind != Shape::Kind::polygon) {
      problems.add({std::string(areas_file), properties.place(), {}, "is no area", "a polygon"});
      continue;
    }
    problems.add(area_problems(feature.shape, frame, areas_file, properties.place()));
    scenario.areas.push_back(
        {properties.text("kind", true), properties.text("name", false), std::move(feature.shape)});
  }
}

}  // namespace footfall::scenario
