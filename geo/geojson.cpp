#include "geo/geojson.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "core/math.hpp"

namespace footfall::geo {
namespace {

constexpr std::size_t most_problems = 1000;
constexpr std::string_view coordinate_range = "longitude -180 to 180, latitude -90 to 90";

Error problem(std::string place, std::string message, std::string_view allowed = {}) {
  return {{}, std::move(place), {}, std::move(message), std::string(allowed)};
}

// A copy of a value as an error shows it.
Error problem(std::string place, const Json& value, std::string message, std::string_view allowed) {
  Error error = problem(std::move(place), std::move(message), allowed);
  error.value = value.dump(-1, ' ', false, Json::error_handler_t::replace).substr(0, 60);
  return error;
}

std::string at(const std::string& place, std::size_t index) {
  return place + "[" + std::to_string(index) + "]";
}

std::string_view type_of(const Json& json) {
  if (!json.is_object()) return {};
  const auto type = json.find("type");
  return type != json.end() && type->is_string()
             ? std::string_view(type->get_ref<const std::string&>())
             : std::string_view();
}

std::string hint(double lon, double lat) {
  const auto within = [](double v, double limit) { return v >= -limit && v <= limit; };
  if (!within(lon, 1000) || !within(lat, 1000)) {
    return "is not in degrees: it looks like a projected coordinate system, save it as WGS 84 "
           "(EPSG:4326)";
  }
  if (within(lon, 90) && within(lat, 180)) {
    return "is outside the earth: are longitude and latitude swapped";
  }
  return "is outside the earth";
}

std::int32_t to_e7(double degrees) {
  return static_cast<std::int32_t>(math::round_half_away(degrees * 1e7));
}

using Part = std::vector<LonLat>;

// Reads one geometry; the first problem ends it.
class GeometryReader {
 public:
  // One shape for most geometries, one for each member of MultiPoint and MultiLineString.
  tl::expected<std::vector<Shape>, Error> read(const Json& geometry) {
    const std::string_view type = type_of(geometry);
    const auto found = geometry.is_object() ? geometry.find("coordinates") : geometry.end();
    const bool known = type == "Point" || type == "MultiPoint" || type == "LineString" ||
                       type == "MultiLineString" || type == "Polygon" || type == "MultiPolygon";
    if (!known) {
      const Json name = type.empty() ? Json() : Json(std::string(type));
      return tl::unexpected(problem("geometry.type", name, "is not a geometry that is read here",
                                    "Point, LineString, Polygon or their Multi forms"));
    }
    if (found == geometry.end()) {
      return tl::unexpected(problem("geometry", "has no coordinates"));
    }
    if (type.starts_with("Multi")) {
      members(type.substr(5), *found);
    } else {
      member(type, *found, "coordinates");
    }
    if (failed_) return tl::unexpected(std::move(error_));
    return std::move(shapes_);
  }

 private:
  void members(std::string_view type, const Json& coordinates) {
    if (!is_array(coordinates, "coordinates", "an array")) return;
    if (coordinates.empty()) return set(problem("geometry", "has no coordinates"));
    for (std::size_t i = 0; i < coordinates.size() && !failed_; ++i) {
      member(type, coordinates[i], at("coordinates", i));
    }
    if (type != "Polygon" || shapes_.empty()) return;
    for (std::size_t i = 1; i < shapes_.size(); ++i) {
      Shape& first = shapes_.front();
      std::move(shapes_[i].parts.begin(), shapes_[i].parts.end(), std::back_inserter(first.parts));
      first.outer.insert(first.outer.end(), shapes_[i].outer.begin(), shapes_[i].outer.end());
    }
    shapes_.resize(1);
  }

  void member(std::string_view type, const Json& coordinates, const std::string& place) {
    Shape& shape = shapes_.emplace_back();
    if (type == "Point") {
      shape.parts.push_back({position(coordinates, place)});
    } else if (type == "LineString") {
      shape.kind = Shape::Kind::line;
      shape.parts.push_back(positions(coordinates, place));
      if (!failed_ && shape.parts.back().size() < 2) {
        set(problem(place, "is a line of fewer than two positions"));
      }
    } else {
      shape.kind = Shape::Kind::polygon;
      rings(shape, coordinates, place);
    }
  }

  void rings(Shape& shape, const Json& coordinates, const std::string& place) {
    if (!is_array(coordinates, place, "an array of rings")) return;
    if (coordinates.empty()) return set(problem(place, "is a polygon without rings"));
    for (std::size_t i = 0; i < coordinates.size() && !failed_; ++i) {
      Part ring = positions(coordinates[i], at(place, i));
      if (failed_) return;
      if (ring.size() < 4) {
        return set(problem(at(place, i), "is a ring of fewer than four positions"));
      }
      if (ring.front() != ring.back()) {
        return set(problem(at(place, i), "is a ring that is not closed",
                           "last position equal to the first"));
      }
      ring.pop_back();
      shape.parts.push_back(std::move(ring));
      shape.outer.push_back(i == 0);
    }
  }

  Part positions(const Json& json, const std::string& place) {
    Part part;
    if (!is_array(json, place, "an array of positions")) return part;
    part.reserve(json.size());
    for (std::size_t i = 0; i < json.size() && !failed_; ++i) {
      part.push_back(position(json[i], place, i));
    }
    return part;
  }

  LonLat position(const Json& json, const std::string& place, std::size_t index = no_index) {
    const auto path = [&] { return index == no_index ? place : at(place, index); };
    if (!json.is_array() || json.size() < 2 || !json[0].is_number() || !json[1].is_number()) {
      set(problem(path(), json, "is not a position", "[longitude, latitude]"));
      return {};
    }
    const double lon = json[0].get<double>(), lat = json[1].get<double>();
    if (!(lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90)) {
      set(problem(path(), json, hint(lon, lat), coordinate_range));
      return {};
    }
    return {to_e7(lon), to_e7(lat)};
  }

  bool is_array(const Json& json, const std::string& place, std::string_view allowed) {
    if (!json.is_array()) set(problem(place, json, "is not allowed", allowed));
    return json.is_array();
  }

  void set(Error error) {
    error_ = std::move(error);
    failed_ = true;
  }

  static constexpr std::size_t no_index = static_cast<std::size_t>(-1);
  std::vector<Shape> shapes_;
  Error error_;
  bool failed_ = false;
};

bool is_wgs84(const Json& crs) {
  if (crs.is_null()) return true;
  if (!crs.is_object() || !crs.contains("properties")) return false;
  const Json& properties = crs["properties"];
  if (!properties.is_object() || !properties.contains("name")) return false;
  const Json& name = properties["name"];
  if (!name.is_string()) return false;
  const auto& text = name.get_ref<const std::string&>();
  return text.ends_with("CRS84") || text.ends_with(":4326") || text == "WGS84" || text == "WGS 84";
}

tl::expected<void, Error> read_feature(const Json& json, std::vector<Feature>& features) {
  if (type_of(json) != "Feature") {
    return tl::unexpected(problem({}, "is not a Feature"));
  }
  const auto geometry = json.find("geometry");
  if (geometry == json.end() || geometry->is_null()) {
    return tl::unexpected(problem({}, "has no geometry"));
  }
  const auto properties = json.find("properties");
  const bool bare = properties == json.end() || properties->is_null();
  if (!bare && !properties->is_object()) {
    return tl::unexpected(
        problem("properties", *properties, "is not allowed", "an object or null"));
  }
  auto shapes = GeometryReader().read(*geometry);
  if (!shapes) return tl::unexpected(std::move(shapes.error()));
  for (Shape& shape : *shapes) {
    features.push_back({std::move(shape), bare ? Json::object() : *properties});
  }
  return {};
}

Result<std::vector<Feature>> read_collection(const Json& json, const std::string& file) {
  std::vector<Feature> features;
  Errors errors;
  const auto list = json.find("features");
  if (list == json.end() || !list->is_array()) {
    return fail({file, "features", {}, "is missing or no array", "an array of features"});
  }
  for (std::size_t i = 0; i < list->size() && errors.size() < most_problems; ++i) {
    auto read = read_feature((*list)[i], features);
    if (read) continue;
    Error error = std::move(read.error());
    error.file = file;
    error.place =
        "feature " + std::to_string(i + 1) + (error.place.empty() ? "" : ", ") + error.place;
    errors.push_back(std::move(error));
  }
  if (!errors.empty()) return fail(std::move(errors));
  return features;
}

// --- writing

void append_degrees(std::string& text, std::int32_t e7) {
  std::int64_t rest = e7;
  if (rest < 0) {
    text += '-';
    rest = -rest;
  }
  text += std::to_string(rest / 10'000'000);
  std::string decimals = std::to_string(10'000'000 + rest % 10'000'000).substr(1);
  decimals.erase(decimals.find_last_not_of('0') + 1);
  if (!decimals.empty()) text += "." + decimals;
}

void append_position(std::string& text, LonLat place) {
  text += '[';
  append_degrees(text, place.lon_e7);
  text += ',';
  append_degrees(text, place.lat_e7);
  text += ']';
}

void append_positions(std::string& text, const Part& part) {
  text += '[';
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (i > 0) text += ',';
    append_position(text, part[i]);
  }
  text += ']';
}

// Twice the signed area in square degrees; positive counter-clockwise.
double signed_area(const Part& ring) {
  double sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const LonLat a = ring[i], b = ring[i + 1 < ring.size() ? i + 1 : 0], o = ring.front();
    sum += (a.lon() - o.lon()) * (b.lat() - o.lat()) - (a.lat() - o.lat()) * (b.lon() - o.lon());
  }
  return sum;
}

void append_ring(std::string& text, Part ring, bool outer) {
  if ((signed_area(ring) < 0) == outer) std::reverse(ring.begin(), ring.end());
  if (!ring.empty()) ring.push_back(ring.front());
  append_positions(text, ring);
}

void append_polygons(std::string& text, const Shape& shape, bool multi) {
  if (multi) text += '[';
  for (std::size_t i = 0; i < shape.parts.size(); ++i) {
    const bool outer = i == 0 || (i < shape.outer.size() && shape.outer[i]);
    if (i > 0) text += outer ? "],[" : ",";
    if (i == 0) text += '[';
    append_ring(text, shape.parts[i], outer);
  }
  text += multi ? "]]" : "]";
}

void append_geometry(std::string& text, const Shape& shape) {
  if (shape.parts.empty()) {
    text += "null";
    return;
  }
  bool multi = shape.parts.size() > 1;
  std::string_view name = shape.kind == Shape::Kind::point ? "Point" : "LineString";
  if (shape.kind == Shape::Kind::polygon) {
    name = "Polygon";
    multi = std::count(shape.outer.begin(), shape.outer.end(), true) > 1;
  }
  text += R"({"type":")";
  text += multi ? "Multi" : "";
  text += name;
  text += R"(","coordinates":)";
  if (shape.kind == Shape::Kind::polygon) {
    append_polygons(text, shape, multi);
  } else {
    if (multi) text += '[';
    for (std::size_t i = 0; i < shape.parts.size(); ++i) {
      if (i > 0) text += ',';
      if (shape.kind == Shape::Kind::line) {
        append_positions(text, shape.parts[i]);
      } else if (!shape.parts[i].empty()) {
        append_position(text, shape.parts[i].front());
      }
    }
    if (multi) text += ']';
  }
  text += '}';
}

}  // namespace

Result<std::vector<Feature>> parse_geojson(std::string_view bytes, std::string_view file) {
  const auto json = parse_json(bytes, file);
  if (!json) return fail(json.error());
  const std::string name(file);
  if (json->is_object() && json->contains("crs") && !is_wgs84((*json)["crs"])) {
    Error error = problem("crs", (*json)["crs"], "is not a coordinate system that is read here",
                          "WGS 84 (EPSG:4326), or no crs at all");
    error.file = name;
    return fail(std::move(error));
  }
  const std::string_view type = type_of(*json);
  if (type == "FeatureCollection") return read_collection(*json, name);
  if (type.empty()) {
    return fail({name, {}, {}, "is not GeoJSON", "a FeatureCollection, Feature or geometry"});
  }
  const Json feature = type == "Feature" ? *json : Json{{"type", "Feature"}, {"geometry", *json}};
  return read_collection({{"type", "FeatureCollection"}, {"features", Json::array({feature})}},
                         name);
}

std::string geojson_text(const std::vector<Feature>& features) {
  std::string text = R"({"type":"FeatureCollection","features":[)";
  for (std::size_t i = 0; i < features.size(); ++i) {
    text += i > 0 ? ",\n" : "\n";
    text += R"({"type":"Feature","properties":)";
    text += features[i].properties.dump(-1, ' ', false, Json::error_handler_t::replace);
    text += R"(,"geometry":)";
    append_geometry(text, features[i].shape);
    text += '}';
  }
  return text + "\n]}\n";
}

}  // namespace footfall::geo
