#include "core/result.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "core/text.hpp"

namespace footfall {

namespace {

template <class Items>
auto* find_by_id(Items& items, std::string_view id) {
  for (auto& item : items) {
    if (item.id == id) return &item;
  }
  return static_cast<decltype(&items.front())>(nullptr);
}

// --- writing

constexpr std::string_view type_names[] = {"text", "integer", "number"};
constexpr std::string_view kind_names[] = {"point", "line", "polygon"};
constexpr std::string_view basis_names[] = {"none", "parameters", "replications", "pending"};

Json json_of(const Figure& figure) {
  return {{"id", figure.id},   {"unit", figure.unit}, {"value", figure.value},
          {"low", figure.low}, {"high", figure.high}, {"basis", name_of(figure.basis)},
          {"n", figure.n}};
}

Json json_of(const Column& column) {
  Json values = Json::array();
  std::visit(
      [&](const auto& cells) {
        for (const auto& cell : cells) {
          if constexpr (std::is_same_v<std::decay_t<decltype(cell)>, std::optional<double>>) {
            values.push_back(cell ? Json(*cell) : Json());
          } else {
            values.push_back(cell);
          }
        }
      },
      column.values);
  return {{"id", column.id},
          {"unit", column.unit},
          {"type", type_names[column.values.index()]},
          {"decimals", column.decimals},
          {"values", std::move(values)}};
}

Json json_of(const Table& table) {
  Json columns = Json::array();
  for (const Column& column : table.columns) columns.push_back(json_of(column));
  return {{"id", table.id}, {"columns", std::move(columns)}};
}

// Places as one flat list of lon, lat in 1e-7 degree for each part.
Json json_of(const Shape& shape) {
  Json parts = Json::array();
  for (const auto& part : shape.parts) {
    Json flat = Json::array();
    for (const LonLat place : part) {
      flat.push_back(place.lon_e7);
      flat.push_back(place.lat_e7);
    }
    parts.push_back(std::move(flat));
  }
  Json out{{"kind", kind_names[static_cast<std::size_t>(shape.kind)]}, {"parts", std::move(parts)}};
  if (shape.kind == Shape::Kind::polygon) {
    out["outer"] = Json::array();
    for (const bool outer : shape.outer) out["outer"].push_back(outer);
  }
  return out;
}

bool is_point(const Shape& shape) {
  return shape.kind == Shape::Kind::point && shape.parts.size() == 1 && shape.parts[0].size() == 1;
}

// A layer may have a million points: these stand as one flat list too.
Json json_of(const Layer& layer) {
  Json out{{"id", layer.id}, {"attributes", json_of(layer.attributes)}};
  const bool points = std::all_of(layer.shapes.begin(), layer.shapes.end(), is_point);
  Json& list = out[points ? "points" : "shapes"] = Json::array();
  for (const Shape& shape : layer.shapes) {
    if (points) {
      list.push_back(shape.parts[0][0].lon_e7);
      list.push_back(shape.parts[0][0].lat_e7);
    } else {
      list.push_back(json_of(shape));
    }
  }
  return out;
}

Json json_of(const Provenance& p) {
  return {{"version", p.version},
          {"study", p.study},
          {"scenario", p.scenario},
          {"scenario_hash", p.scenario_hash},
          {"seed", p.seed},
          {"options", p.options},
          {"parameters", p.parameters},
          {"edits", p.edits},
          {"attribution", p.attribution},
          {"assumptions", p.assumptions},
          {"warnings", p.warnings}};
}

// --- reading: what is wrong is noted with its path, and reading goes on

class Reader {
 public:
  Errors errors;

  void wrong(const std::string& place, std::string allowed) {
    errors.push_back({{}, place, {}, "is not allowed", std::move(allowed)});
  }

  const Json& member(const Json& json, const char* name, const std::string& place) {
    static const Json nothing;
    if (json.is_object()) {
      if (const auto found = json.find(name); found != json.end()) return *found;
    }
    errors.push_back({{}, place + '/' + name, {}, "is missing", {}});
    return nothing;
  }

  void read(const Json& json, std::string& out, const std::string& place) {
    if (json.is_string()) {
      out = json.get<std::string>();
    } else {
      wrong(place, "a text");
    }
  }
  void read(const Json& json, double& out, const std::string& place) {
    if (json.is_number()) {
      out = json.get<double>();
    } else {
      wrong(place, "a number");
    }
  }
  void read(const Json& json, std::optional<double>& out, const std::string& place) {
    if (json.is_null()) return;
    read(json, out.emplace(), place);
  }
  void read(const Json& json, bool& out, const std::string& place) {
    if (json.is_boolean()) {
      out = json.get<bool>();
    } else {
      wrong(place, "true or false");
    }
  }
  template <class Integer>
  requires std::is_integral_v<Integer>
  void read(const Json& json, Integer& out, const std::string& place) {
    const bool negative = json.is_number_integer() && !json.is_number_unsigned();
    const bool fits =
        negative ? std::in_range<Integer>(json.get<std::int64_t>())
                 : json.is_number_unsigned() && std::in_range<Integer>(json.get<std::uint64_t>());
    if (!fits) return wrong(place, "a whole number");
    out = json.get<Integer>();
  }
  void read(const Json& json, Json& out, const std::string&) { out = json; }

  template <class Enum, std::size_t n>
  void read_name(const Json& json, const std::string_view (&names)[n], Enum& out,
                 const std::string& place) {
    for (std::size_t i = 0; i < n; ++i) {
      if (json.is_string() && json.get_ref<const std::string&>() == names[i]) {
        out = static_cast<Enum>(i);
        return;
      }
    }
    wrong(place, "one of " + fmt::format("{}", fmt::join(names, ", ")));
  }

  template <class T>
  void read(const Json& json, std::vector<T>& out, const std::string& place) {
    if (!json.is_array()) return wrong(place, "an array");
    out.reserve(json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
      T item{};
      read(json[i], item, place + '/' + std::to_string(i));
      out.push_back(std::move(item));
    }
  }

  template <class T>
  void field(const Json& json, const char* name, T& out, const std::string& place) {
    const std::size_t before = errors.size();
    const Json& value = member(json, name, place);
    if (errors.size() == before) read(value, out, place + '/' + name);
  }

  void read(const Json& json, Figure& out, const std::string& place) {
    field(json, "id", out.id, place);
    field(json, "unit", out.unit, place);
    field(json, "value", out.value, place);
    field(json, "low", out.low, place);
    field(json, "high", out.high, place);
    field(json, "n", out.n, place);
    read_name(member(json, "basis", place), basis_names, out.basis, place + "/basis");
  }

  void read(const Json& json, Column& out, const std::string& place) {
    field(json, "id", out.id, place);
    field(json, "unit", out.unit, place);
    field(json, "decimals", out.decimals, place);
    if (out.decimals < 0 || out.decimals > 9) wrong(place + "/decimals", "from 0 to 9");
    std::uint8_t type = 0;
    read_name(member(json, "type", place), type_names, type, place + "/type");
    if (type == 1) out.values = Column::Integers{};
    if (type == 2) out.values = Column::Numbers{};
    std::visit([&](auto& values) { field(json, "values", values, place); }, out.values);
  }

  void read(const Json& json, Table& out, const std::string& place) {
    field(json, "id", out.id, place);
    field(json, "columns", out.columns, place);
    for (const Column& column : out.columns) {
      if (column.size() != out.rows()) wrong(place + "/columns", "columns of the same length");
    }
  }

  void read(const Json& json, Shape& out, const std::string& place) {
    read_name(member(json, "kind", place), kind_names, out.kind, place + "/kind");
    std::vector<std::vector<std::int32_t>> parts;
    field(json, "parts", parts, place);
    for (const auto& flat : parts) {
      std::vector<LonLat>& part = out.parts.emplace_back();
      if (flat.size() % 2 != 0) wrong(place + "/parts", "pairs of lon and lat");
      for (std::size_t i = 0; i + 1 < flat.size(); i += 2) part.push_back({flat[i], flat[i + 1]});
    }
    if (out.kind != Shape::Kind::polygon) return;
    field(json, "outer", out.outer, place);
    if (out.outer.size() != out.parts.size()) wrong(place + "/outer", "one flag for each part");
  }

  void read(const Json& json, Layer& out, const std::string& place) {
    field(json, "id", out.id, place);
    if (json.is_object() && json.contains("points")) {
      std::vector<std::int32_t> flat;
      field(json, "points", flat, place);
      if (flat.size() % 2 != 0) wrong(place + "/points", "pairs of lon and lat");
      for (std::size_t i = 0; i + 1 < flat.size(); i += 2) {
        out.shapes.push_back({Shape::Kind::point, {{{flat[i], flat[i + 1]}}}, {}});
      }
    } else {
      field(json, "shapes", out.shapes, place);
    }
    field(json, "attributes", out.attributes, place);
    if (!out.attributes.columns.empty() && out.attributes.rows() != out.shapes.size()) {
      wrong(place + "/attributes", "one row for each shape");
    }
  }

  void read(const Json& json, Provenance& out, const std::string& place) {
    field(json, "version", out.version, place);
    field(json, "study", out.study, place);
    field(json, "scenario", out.scenario, place);
    field(json, "scenario_hash", out.scenario_hash, place);
    field(json, "seed", out.seed, place);
    field(json, "options", out.options, place);
    field(json, "parameters", out.parameters, place);
    field(json, "edits", out.edits, place);
    field(json, "attribution", out.attribution, place);
    field(json, "assumptions", out.assumptions, place);
    field(json, "warnings", out.warnings, place);
  }
};

// --- CSV and GeoJSON

std::string csv_quoted(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

std::string degrees(std::int32_t e7) {
  const std::int64_t value = e7;
  const std::int64_t size = value < 0 ? -value : value;
  return fmt::format("{}{}.{:07}", value < 0 ? "-" : "", size / 10'000'000, size % 10'000'000);
}

std::string position(LonLat place) {
  return '[' + degrees(place.lon_e7) + ',' + degrees(place.lat_e7) + ']';
}

// RFC 7946 wants outer rings counter-clockwise and holes clockwise.
bool is_counter_clockwise(const std::vector<LonLat>& ring) {
  double twice_area = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const LonLat a = ring[i];
    const LonLat b = ring[(i + 1) % ring.size()];
    const double width = static_cast<double>(b.lon_e7) - static_cast<double>(a.lon_e7);
    twice_area -= width * (static_cast<double>(a.lat_e7) + static_cast<double>(b.lat_e7));
  }
  return twice_area > 0;
}

std::string positions(std::vector<LonLat> places) {
  std::string text = "[";
  for (std::size_t i = 0; i < places.size(); ++i) text += (i == 0 ? "" : ",") + position(places[i]);
  return text + ']';
}

std::string ring_text(std::vector<LonLat> ring, bool outer) {
  if (is_counter_clockwise(ring) != outer) ring = {ring.rbegin(), ring.rend()};
  if (!ring.empty()) ring.push_back(ring.front());
  return positions(std::move(ring));
}

std::string polygon_geometry(const Shape& shape) {
  std::string text;
  std::size_t polygons = 0;
  for (std::size_t i = 0; i < shape.parts.size(); ++i) {
    const bool outer = shape.outer[i] || i == 0;
    if (outer) {
      text += polygons == 0 ? "[" : "],[";
      ++polygons;
    } else {
      text += ',';
    }
    text += ring_text(shape.parts[i], outer);
  }
  text += polygons == 0 ? "[]" : "]";
  if (polygons <= 1) return R"({"type":"Polygon","coordinates":)" + text + '}';
  return R"({"type":"MultiPolygon","coordinates":[)" + text + "]}";
}

std::string geometry(const Shape& shape) {
  if (shape.kind == Shape::Kind::polygon) return polygon_geometry(shape);
  if (shape.parts.empty() || shape.parts.front().empty()) return "null";
  if (shape.kind == Shape::Kind::line) {
    return R"({"type":"LineString","coordinates":)" + positions(shape.parts.front()) + '}';
  }
  return R"({"type":"Point","coordinates":)" + position(shape.parts.front().front()) + '}';
}

std::string property(const Column& column, std::size_t row) {
  if (const auto* texts = std::get_if<Column::Texts>(&column.values)) {
    return Json((*texts)[row]).dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  const std::string text = column.text(row);
  return text.empty() ? "null" : text;
}

std::string feature(const Layer& layer, std::size_t row) {
  std::string text = R"({"type":"Feature","properties":{)";
  bool first = true;
  for (const Column& column : layer.attributes.columns) {
    text += (first ? "" : ",") + Json(column.id).dump() + ':' + property(column, row);
    first = false;
  }
  return text + R"(},"geometry":)" + geometry(layer.shapes[row]) + '}';
}

}  // namespace

std::string_view name_of(Basis basis) {
  return basis_names[static_cast<std::size_t>(basis)];
}

std::size_t Column::size() const {
  return std::visit([](const auto& cells) { return cells.size(); }, values);
}

std::string Column::text(std::size_t row) const {
  if (const auto* texts = std::get_if<Texts>(&values)) return (*texts)[row];
  if (const auto* integers = std::get_if<Integers>(&values))
    return std::to_string((*integers)[row]);
  const std::optional<double>& cell = std::get<Numbers>(values)[row];
  return cell ? fixed(*cell, decimals) : std::string();
}

const Column* Table::find(std::string_view column_id) const {
  return find_by_id(columns, column_id);
}

const Figure* Results::figure(std::string_view id) const {
  return find_by_id(figures, id);
}
const Table* Results::table(std::string_view id) const {
  return find_by_id(tables, id);
}
const Layer* Results::layer(std::string_view id) const {
  return find_by_id(layers, id);
}

Json to_json(const Results& results) {
  Json out{{"title", results.title}, {"provenance", json_of(results.provenance)}};
  const auto list = [&](const char* name, const auto& items) {
    out[name] = Json::array();
    for (const auto& item : items) out[name].push_back(json_of(item));
  };
  list("figures", results.figures);
  list("tables", results.tables);
  list("layers", results.layers);
  return out;
}

Result<Results> results_from_json(const Json& json) {
  Reader reader;
  Results out;
  reader.field(json, "title", out.title, {});
  reader.field(json, "figures", out.figures, {});
  reader.field(json, "tables", out.tables, {});
  reader.field(json, "layers", out.layers, {});
  reader.field(json, "provenance", out.provenance, {});
  if (!reader.errors.empty()) return fail(std::move(reader.errors));
  return out;
}

std::string to_csv(const Table& table) {
  std::string text;
  const auto line = [&](const auto& cell_of) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      text += (i == 0 ? "" : ",") + csv_quoted(cell_of(table.columns[i]));
    }
    text += '\n';
  };
  line([](const Column& c) { return c.unit.empty() ? c.id : c.id + " [" + c.unit + ']'; });
  for (std::size_t row = 0; row < table.rows(); ++row) {
    line([&](const Column& c) { return c.text(row); });
  }
  return text;
}

std::string to_geojson(const Layer& layer) {
  std::string text = R"({"type":"FeatureCollection","features":[)";
  for (std::size_t row = 0; row < layer.shapes.size(); ++row) {
    text += (row == 0 ? "\n" : ",\n") + feature(layer, row);
  }
  return text + "\n]}\n";
}

}  // namespace footfall
