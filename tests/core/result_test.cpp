#include "core/result.hpp"

#include <doctest/doctest.h>

#include "core/rng.hpp"
#include "tests/core/fuzz.hpp"

using namespace footfall;

namespace {

Results sample() {
  Results r;
  r.title = "Sites of Vaduz";
  r.figures.push_back(
      {"expected_sales", "CHF/year", 0.1 + 0.2, 1e-300, 1e300, Basis::parameters, 200});
  r.figures.push_back({"stores", "", 7, 7, 7, Basis::none, 0});
  Table table;
  table.id = "ranking";
  table.columns.push_back({"name", "", Column::Texts{"A, \"best\"", "湖", ""}, 0});
  table.columns.push_back({"store", "", Column::Integers{1, -2, 9'000'000'000}, 0});
  table.columns.push_back({"sales", "CHF/year", Column::Numbers{1.005, {}, -0.001}, 2});
  r.tables.push_back(table);
  Layer layer;
  layer.id = "sites";
  layer.shapes.push_back({Shape::Kind::point, {{{95'000'001, -471'000'000}}}, {}});
  layer.shapes.push_back({Shape::Kind::line, {{{-5, 5}, {10'000'000, 20'000'000}}}, {}});
  layer.shapes.push_back({Shape::Kind::polygon,
                          {{{0, 0}, {0, 40}, {40, 40}, {40, 0}},
                           {{10, 10}, {20, 10}, {20, 20}, {10, 20}},
                           {{50, 0}, {60, 0}, {60, 10}}},
                          {true, false, true}});
  layer.attributes = table;
  r.layers.push_back(layer);
  r.provenance.version = "0.1.0";
  r.provenance.study = "sites rank";
  r.provenance.seed = 18'446'744'073'709'551'615ull;
  r.provenance.options = {{"draws", 200}};
  r.provenance.attribution = {"© someone"};
  r.provenance.warnings = {"one", "two"};
  return r;
}

}  // namespace

TEST_CASE("results survive JSON exactly") {
  const Results before = sample();
  const std::string text = json_text(to_json(before));
  const auto after = results_from_json(parse_json(text, "r").value());
  REQUIRE(after);
  CHECK(json_text(to_json(*after)) == text);
  CHECK(after->figure("expected_sales")->value == 0.1 + 0.2);
  CHECK(after->figure("expected_sales")->basis == Basis::parameters);
  CHECK(after->provenance.seed == 18'446'744'073'709'551'615ull);
  CHECK(after->layer("sites")->shapes[2].outer == std::vector<bool>{true, false, true});
  const auto& sales = std::get<Column::Numbers>(after->table("ranking")->find("sales")->values);
  CHECK_FALSE(sales[1].has_value());
  CHECK(sales[0] == 1.005);
}

TEST_CASE("what is not there is null") {
  const Results r = sample();
  CHECK(r.figure("nothing") == nullptr);
  CHECK(r.table("nothing") == nullptr);
  CHECK(r.layer("nothing") == nullptr);
  CHECK(r.tables[0].find("nothing") == nullptr);
  CHECK(Results().figure("nothing") == nullptr);
}

TEST_CASE("CSV quotes where needed and leaves missing cells empty") {
  CHECK(to_csv(sample().tables[0]) ==
        "name,store,sales [CHF/year]\n"
        "\"A, \"\"best\"\"\",1,1.00\n"
        "湖,-2,\n"
        ",9000000000,0.00\n");
  CHECK(to_csv(Table{}) == "\n");
}

TEST_CASE("GeoJSON has seven decimals, closed rings turned the right way, and null for missing") {
  const std::string text = to_geojson(sample().layers[0]);
  const auto json = parse_json(text, "layer.geojson");
  REQUIRE(json);
  const Json& features = (*json)["features"];
  REQUIRE(features.size() == 3);
  CHECK(text.find("[9.5000001,-47.1000000]") != std::string::npos);
  CHECK(text.find("[-0.0000005,0.0000005]") != std::string::npos);
  CHECK(features[1]["geometry"]["type"] == "LineString");
  CHECK(features[1]["properties"]["sales"].is_null());
  CHECK(features[1]["properties"]["store"] == -2);
  CHECK(features[0]["properties"]["name"] == "A, \"best\"");
  const Json& area = features[2]["geometry"];
  CHECK(area["type"] == "MultiPolygon");
  REQUIRE(area["coordinates"].size() == 2);
  REQUIRE(area["coordinates"][0].size() == 2);
  const Json& outer = area["coordinates"][0][0];
  CHECK(outer.front() == outer.back());
  CHECK(outer.size() == 5);
  // The first ring was clockwise and is turned; so is its hole.
  CHECK(outer[0] == Json{0.000004, 0.0});
  CHECK(outer[1] == Json{0.000004, 0.000004});
  CHECK(area["coordinates"][0][1][1] == Json{0.000002, 0.000002});
}

TEST_CASE("a layer of points alone is one flat list of places") {
  Results results = sample();
  Layer& layer = results.layers.emplace_back();
  layer.id = "shops";
  for (const std::int32_t e7 : {-1, 2}) {
    layer.shapes.push_back({Shape::Kind::point, {{LonLat{e7, 10 * e7}}}, {}});
  }
  Json json = to_json(results);
  CHECK(json["layers"].back()["points"] == Json{-1, -10, 2, 20});
  CHECK(to_json(results_from_json(json).value()) == json);
  json["layers"].back()["points"].push_back(7);
  const auto odd = results_from_json(json);
  REQUIRE_FALSE(odd);
  CHECK(odd.error()[0].place == "/layers/1/points");
}

TEST_CASE("an empty layer is still a collection") {
  CHECK(parse_json(to_geojson(Layer{}), "x").value()["features"].empty());
}

TEST_CASE("broken results are refused with the place of each problem") {
  Json json = to_json(sample());
  json["figures"][0]["value"] = "much";
  json["figures"][1].erase("unit");
  json["tables"][0]["columns"][1]["values"].push_back(1);
  json["tables"][0]["columns"][2]["type"] = "colour";
  json["layers"][0]["shapes"][2]["outer"].push_back(true);
  const auto results = results_from_json(json);
  REQUIRE_FALSE(results);
  std::string places;
  for (const Error& e : results.error()) places += e.place + '\n';
  for (const char* place : {"/figures/0/value", "/figures/1/unit", "/tables/0/columns",
                            "/tables/0/columns/2/type", "/layers/0/shapes/2/outer"}) {
    CAPTURE(place);
    CHECK(places.find(place) != std::string::npos);
  }
  CHECK_FALSE(results_from_json(Json()));
  CHECK_FALSE(results_from_json(Json::array()));
}

TEST_CASE("mutants of results never crash, and what is accepted can be written") {
  const std::string seed = to_json(sample()).dump();
  Draws draws(random_key(1, 0, "result_test"), 1, 0, 0);
  int accepted = 0;
  for (int i = 0; i < testing::fuzz_count(); ++i) {
    const auto json = parse_json(testing::mutant(seed, draws), "r");
    if (!json) continue;
    const auto results = results_from_json(*json);
    if (!results) continue;
    ++accepted;
    for (const Table& table : results->tables) REQUIRE_FALSE(to_csv(table).empty());
    for (const Layer& layer : results->layers) REQUIRE(parse_json(to_geojson(layer), "g"));
  }
  CHECK(accepted > 0);
}
