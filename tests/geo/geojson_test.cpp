#include "geo/geojson.hpp"

#include <doctest/doctest.h>

#include "tests/geo/mutants.hpp"

namespace footfall::geo {
namespace {

std::string problem_of(std::string_view text) {
  const auto features = parse_geojson(text, "t.geojson");
  return features ? "" : describe(features.error());
}

std::string geometry_problem(std::string_view type, std::string_view coordinates) {
  return problem_of(R"({"type":")" + std::string(type) + R"(","coordinates":)" +
                    std::string(coordinates) + "}");
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

constexpr std::string_view good = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Straße","n":1.5},"geometry":{"type":"Point","coordinates":[9.52,47.14,455]}},
{"type":"Feature","properties":null,"geometry":{"type":"LineString","coordinates":[[9.5,47.1],[9.6,-47.2]]}},
{"type":"Feature","properties":{"a":[1,{"b":null}]},"geometry":{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[2,2],[2,4],[4,4],[2,2]]]}},
{"type":"Feature","properties":{},"geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]}}
]})";

}  // namespace

TEST_CASE("features of each kind") {
  const auto features = parse_geojson(good, "t.geojson");
  REQUIRE(features);
  REQUIRE(features->size() == 4);
  CHECK((*features)[0].shape.kind == Shape::Kind::point);
  CHECK((*features)[0].shape.parts[0][0] == LonLat{95'200'000, 471'400'000});
  CHECK((*features)[0].properties["name"] == "Straße");
  CHECK((*features)[1].shape.kind == Shape::Kind::line);
  CHECK((*features)[1].shape.parts[0][1] == LonLat{96'000'000, -472'000'000});
  CHECK((*features)[1].properties == Json::object());
  CHECK((*features)[2].shape.parts.size() == 2);
  CHECK((*features)[2].shape.parts[0].size() == 4);
  CHECK((*features)[2].shape.outer == std::vector<bool>{true, false});
  CHECK((*features)[3].shape.outer == std::vector<bool>{true, true});
}

TEST_CASE("multipoints and multilines are split; bare geometries and features are read") {
  const auto points = parse_geojson(R"({"type":"Feature","properties":{"k":1},"geometry":
      {"type":"MultiPoint","coordinates":[[1,2],[3,4]]}})",
                                    "t.geojson");
  REQUIRE(points);
  REQUIRE(points->size() == 2);
  CHECK((*points)[1].shape.parts[0][0] == LonLat{30'000'000, 40'000'000});
  CHECK((*points)[1].properties["k"] == 1);
  const auto lines = parse_geojson(
      R"({"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8],[9,9]]]})",
      "t.geojson");
  REQUIRE(lines);
  REQUIRE(lines->size() == 2);
  CHECK((*lines)[1].shape.parts[0].size() == 3);
  CHECK(parse_geojson(R"({"type":"FeatureCollection","features":[]})", "t.geojson")->empty());
}

TEST_CASE("coordinate systems other than WGS 84 are refused with a hint") {
  const std::string projected = geometry_problem("Point", "[758000.5, 222000.5]");
  CHECK(has(projected, "feature 1, coordinates: \"[758000.5,222000.5]\""));
  CHECK(has(projected, "projected coordinate system"));
  CHECK(has(projected, "EPSG:4326"));
  CHECK(has(geometry_problem("Point", "[47.1, 109.5]"), "swapped"));
  CHECK(has(geometry_problem("Point", "[181, 0]"), "longitude -180 to 180"));
  CHECK(geometry_problem("Point", "[180, -90]").empty());
  const auto crs = [](std::string_view name) {
    return problem_of(R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":")" +
                      std::string(name) + R"("}},"features":[]})");
  };
  CHECK(has(crs("urn:ogc:def:crs:EPSG::2056"), "t.geojson: crs: "));
  CHECK(crs("urn:ogc:def:crs:OGC:1.3:CRS84").empty());
  CHECK(crs("EPSG:4326").empty());
  CHECK(has(problem_of(R"({"type":"Point","crs":7,"coordinates":[0,0]})"), "crs"));
}

TEST_CASE("each bad geometry is told with its feature and path") {
  CHECK(has(problem_of(""), "t.geojson"));
  CHECK(has(problem_of("[1,2]"), "is not GeoJSON"));
  CHECK(has(problem_of(R"({"type":"FeatureCollection"})"), "features: is missing"));
  CHECK(has(problem_of(R"({"type":"Topology"})"), "is not a geometry"));
  CHECK(has(geometry_problem("LineString", "[[0,0]]"), "fewer than two"));
  CHECK(has(geometry_problem("Polygon", "[[[0,0],[1,0],[0,0]]]"), "fewer than four"));
  CHECK(has(geometry_problem("Polygon", "[[[0,0],[1,0],[1,1],[0,1]]]"),
            "coordinates[0]: is a ring that is not closed"));
  CHECK(has(geometry_problem("Polygon", "[]"), "without rings"));
  CHECK(has(geometry_problem("MultiPolygon", "[]"), "no coordinates"));
  CHECK(has(geometry_problem("LineString", "[[0,0],[\"a\",1]]"), "coordinates[1]: \"[\"a\",1]\""));
  CHECK(has(geometry_problem("Point", "null"), "is not a position"));
  CHECK(has(geometry_problem("Point", "[1]"), "is not a position"));
  CHECK(has(geometry_problem("Point", "[1e999, 0]"), "t.geojson"));
  const std::string several = problem_of(R"({"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{},"geometry":null},
    {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}},
    {"type":"Feature","properties":3,"geometry":{"type":"Point","coordinates":[1,2]}},
    {"type":"Feature","geometry":{"type":"GeometryCollection","geometries":[]}}, 5]})");
  CHECK(has(several, "feature 1: has no geometry"));
  CHECK_FALSE(has(several, "feature 2"));
  CHECK(has(several, "feature 3, properties"));
  CHECK(has(several, "feature 4, geometry.type: \"\"GeometryCollection\"\""));
  CHECK(has(several, "feature 5: is not a Feature"));
}

TEST_CASE("text is exact, one feature a line, rings closed and wound") {
  Feature point{{Shape::Kind::point, {{{-1, 900'000'000}}}, {}}, {{"b", 1}, {"a", "x"}}};
  Feature area{{Shape::Kind::polygon, {{{0, 0}, {0, 10'000'000}, {10'000'000, 0}}}, {true}},
               Json::object()};
  CHECK(geojson_text({point, area}) ==
        "{\"type\":\"FeatureCollection\",\"features\":[\n"
        "{\"type\":\"Feature\",\"properties\":{\"a\":\"x\",\"b\":1},\"geometry\":"
        "{\"type\":\"Point\",\"coordinates\":[-0.0000001,90]}},\n"
        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":"
        "{\"type\":\"Polygon\",\"coordinates\":[[[1,0],[0,1],[0,0],[1,0]]]}}\n]}\n");
  CHECK(geojson_text({}) == "{\"type\":\"FeatureCollection\",\"features\":[\n]}\n");
}

TEST_CASE("what was written reads back to the same text and places") {
  const auto features = parse_geojson(good, "t.geojson");
  REQUIRE(features);
  const std::string text = geojson_text(*features);
  const auto again = parse_geojson(text, "again");
  REQUIRE(again);
  CHECK(geojson_text(*again) == text);
  REQUIRE(again->size() == features->size());
  for (std::size_t i = 0; i < again->size(); ++i) {
    CHECK((*again)[i].shape.parts == (*features)[i].shape.parts);
    CHECK((*again)[i].shape.outer == (*features)[i].shape.outer);
    CHECK((*again)[i].properties == (*features)[i].properties);
  }
  Draws draws(random_key(1, 0, "test"), 7, 0, 0);
  for (int i = 0; i < 500; ++i) {
    const LonLat place{static_cast<std::int32_t>(draws.below(3'600'000'001u) - 1'800'000'000u),
                       static_cast<std::int32_t>(draws.below(1'800'000'001u) - 900'000'000u)};
    const auto read =
        parse_geojson(geojson_text({{{Shape::Kind::point, {{place}}, {}}, Json::object()}}), "t");
    REQUIRE(read);
    CHECK(read->front().shape.parts[0][0] == place);
  }
}

TEST_CASE("broken documents give features or problems") {
  int failed = 0;
  for (std::uint32_t i = 0; i < mutant_count(); ++i) {
    const auto features = parse_geojson(mutant(std::string(good), i), "t.geojson");
    if (features) {
      CHECK(parse_geojson(geojson_text(*features), "again").has_value());
      continue;
    }
    ++failed;
    REQUIRE_FALSE(features.error().empty());
    CHECK(features.error().front().file == "t.geojson");
  }
  CHECK(failed > 0);
}

}  // namespace footfall::geo
