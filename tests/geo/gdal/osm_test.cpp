#include "geo/gdal/osm.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "geo/roads.hpp"
#include "sim/scenario/files.hpp"
#include "sim/scenario/import_osm.hpp"
#include "tests/geo/gdal/pbf.hpp"
#include "tests/geo/mutants.hpp"

using namespace footfall;
namespace fs = std::filesystem;

namespace {

/// A file in the temporary folder that is gone at the end.
class TemporaryFile {
 public:
  TemporaryFile(const std::string& name, const std::string& bytes)
      : path_((fs::temp_directory_path() / ("footfall-test-" + name)).string()) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~TemporaryFile() { fs::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Result<geo::OsmExtract> read(const std::string& path) {
  const Job job;
  return geo::gdal::read_osm(path, job);
}

Result<geo::OsmExtract> read_bytes(const std::string& name, const std::string& bytes) {
  const TemporaryFile file(name, bytes);
  return read(file.path());
}

std::string said(const Result<geo::OsmExtract>& result) {
  return result ? std::string("nothing") : describe(result.error());
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// A shop, a street with rules, a building with a court (relation), a ring too short to be an area.
const std::string small_map = R"(<?xml version='1.0' encoding='UTF-8'?>
<osm version="0.6" generator="test">
  <node id="1" lat="47.1000001" lon="9.5000001"><tag k="shop" v="supermarket"/><tag k="name" v="Käsehaus"/><tag k="opening_hours" v="24/7"/></node>
  <node id="2" lat="47.1" lon="9.51"/><node id="3" lat="47.11" lon="9.51"/><node id="4" lat="47.11" lon="9.5"/>
  <node id="5" lat="47.103" lon="9.503"/><node id="6" lat="47.103" lon="9.506"/><node id="7" lat="47.106" lon="9.506"/>
  <node id="8" lat="47.1" lon="9.5"/>
  <way id="10"><nd ref="2"/><nd ref="3"/><nd ref="4"/><tag k="highway" v="residential"/><tag k="oneway" v="yes"/><tag k="maxspeed" v="30"/></way>
  <way id="11"><nd ref="8"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="8"/></way>
  <way id="12"><nd ref="5"/><nd ref="6"/><nd ref="7"/><nd ref="5"/></way>
  <way id="13"><nd ref="5"/><nd ref="6"/><nd ref="7"/><nd ref="5"/><tag k="building" v="yes"/><tag k="building:levels" v="3"/></way>
  <relation id="20"><member type="way" ref="11" role="outer"/><member type="way" ref="12" role="inner"/><tag k="type" v="multipolygon"/><tag k="landuse" v="residential"/></relation>
</osm>
)";

const geo::OsmFeature* find(const geo::OsmExtract& extract, char type, std::int64_t id) {
  for (const geo::OsmFeature& feature : extract.features)
    if (feature.type == type && feature.id == id) return &feature;
  return nullptr;
}

const char* const municipalities[][2] = {
    {"Vaduz", "5197"},   {"Schaan", "5748"},       {"Triesen", "4701"},     {"Balzers", "4447"},
    {"Eschen", "4008"},  {"Mauren", "3626"},       {"Triesenberg", "2689"}, {"Ruggell", "1862"},
    {"Gamprin", "1268"}, {"Schellenberg", "1004"}, {"Planken", "377"}};

geo::Csv population() {
  geo::Csv csv;
  csv.header = {"municipality", "residents"};
  for (const auto& row : municipalities) {
    csv.rows.push_back({row[0], row[1]});
    csv.lines.push_back(csv.rows.size() + 1);
  }
  return csv;
}

const std::string liechtenstein = FOOTFALL_LIECHTENSTEIN_PBF;

bool has_liechtenstein() {
  if (fs::exists(liechtenstein)) return true;
  MESSAGE("skipped: the map of Liechtenstein is not in the cache (run ./run setup)");
  return false;
}

}  // namespace

TEST_CASE("points, lines and areas come with the wanted tags, ordered by type and id") {
  const auto extract = read_bytes("small.osm", small_map);
  REQUIRE_MESSAGE(extract, said(extract));
  REQUIRE(extract->features.size() == 4);
  CHECK(std::is_sorted(extract->features.begin(), extract->features.end(),
                       [](const auto& a, const auto& b) {
                         return a.type != b.type ? a.type < b.type : a.id < b.id;
                       }));
  const geo::OsmFeature* shop = find(*extract, 'n', 1);
  REQUIRE(shop);
  CHECK(shop->tags ==
        std::map<std::string, std::string>{{"name", "Käsehaus"}, {"shop", "supermarket"}});
  CHECK(shop->shape.parts == std::vector<std::vector<LonLat>>{{{95'000'001, 471'000'001}}});
  const geo::OsmFeature* street = find(*extract, 'w', 10);
  REQUIRE(street);
  CHECK(street->shape.kind == Shape::Kind::line);
  CHECK(street->tags.at("maxspeed") == "30");
  CHECK(street->shape.parts.at(0).size() == 3);
  const geo::OsmFeature* building = find(*extract, 'w', 13);
  REQUIRE(building);
  CHECK(building->tags.at("building:levels") == "3");
  CHECK(building->shape.parts.at(0).size() == 3);
  const geo::OsmFeature* land = find(*extract, 'r', 20);
  REQUIRE(land);
  CHECK(land->shape.outer == std::vector<bool>{true, false});
  CHECK(extract->min == LonLat{95'000'000, 471'000'000});
  CHECK(extract->max == LonLat{95'100'000, 471'100'000});
}

TEST_CASE("files that are no map are one line") {
  CHECK(holds(said(read("/nowhere/x.osm.pbf")), "/nowhere/x.osm.pbf: does not exist"));
  CHECK(holds(said(read("/vsicurl/example")), "is not a plain file"));
  CHECK(holds(said(read("/vsizip//tmp/x.zip")), "is not a plain file"));
  CHECK(holds(said(read(fs::temp_directory_path().string())), "is not a plain file"));
  CHECK(holds(said(read_bytes("empty.osm.pbf", "")), "is empty"));
  CHECK(holds(said(read_bytes("binary.osm.pbf", std::string("\x7f"
                                                            "ELF\0\1\2\3",
                                                            8))),
              "is no OpenStreetMap data"));
  CHECK(holds(said(read_bytes("text.osm", "id,lon,lat\n1,2,3\n")), "is no OpenStreetMap data"));
  CHECK(holds(said(read_bytes("geojson.osm", R"({"type":"FeatureCollection","features":[]})")),
              "is no OpenStreetMap data"));
  CHECK(holds(said(read_bytes("none.osm", "<?xml version='1.0'?><osm version='0.6'></osm>")),
              "holds no usable feature"));
  CHECK(holds(said(read_bytes("cut.osm", small_map.substr(0, small_map.size() / 2))),
              "is damaged or truncated"));
}

TEST_CASE("a cancelled read ends") {
  const TemporaryFile file("cancel.osm", small_map);
  Job job;
  job.cancel();
  CHECK(holds(said(geo::gdal::read_osm(file.path(), job)), std::string(cancelled_message)));
}

TEST_CASE("mutated XML never crashes") {
  for (std::uint32_t i = 0; i < geo::mutant_count(); ++i) {
    const auto extract = read_bytes("mutant.osm", geo::mutant(small_map, i));
    if (!extract) {
      REQUIRE_FALSE(extract.error().empty());
      continue;
    }
    const Job job;
    const auto scenario = scenario::import_osm(*extract, population(), "people.csv", {}, job);
    CHECK_FALSE(scenario);  // it has no municipalities
  }
}

TEST_CASE("Liechtenstein becomes a scenario") {
  if (!has_liechtenstein()) return;
  const auto extract = read(liechtenstein);
  REQUIRE_MESSAGE(extract, said(extract));
  scenario::OsmImportParams params;
  params.currency = "CHF";
  const Job job;
  const auto imported = scenario::import_osm(*extract, population(), "people.csv", params, job);
  REQUIRE_MESSAGE(imported, describe(imported.error()));
  const scenario::Scenario& s = *imported;

  std::map<std::string, double> residents;
  double sum = 0;
  for (const scenario::DemandPoint& point : s.demand) {
    residents[point.district] += point.residents;
    sum += point.residents;
  }
  CHECK(sum == 34'927);
  CHECK(residents.size() == 11);
  for (const auto& row : municipalities) CHECK(residents[row[0]] == std::stod(row[1]));
  CHECK(s.demand.size() > 2000);
  CHECK(s.demand.size() < 4000);

  const auto count = [&](scenario::Role role) {
    return std::count_if(s.stores.begin(), s.stores.end(),
                         [&](const scenario::Store& store) { return store.role == role; });
  };
  CHECK(s.own_brand == "Coop");
  CHECK(count(scenario::Role::own) == 4);
  CHECK(count(scenario::Role::competitor) == 6);  // 11 on the map, one of them mapped twice
  CHECK(count(scenario::Role::candidate) == 24);

  const geo::Frame frame(s.origin());
  std::vector<geo::Road> roads;
  for (const scenario::RoadLine& line : s.roads) {
    geo::Road road;
    for (const LonLat place : line.line) road.line.push_back(frame.to_local(place));
    road.speed_kmh = line.speed_kmh;
    road.drive_forward = line.speed_kmh > 0 && line.oneway >= 0;
    road.drive_backward = line.speed_kmh > 0 && line.oneway <= 0;
    road.walk = line.walk;
    roads.push_back(std::move(road));
  }
  for (const geo::Mode mode : {geo::Mode::drive, geo::Mode::walk}) {
    const geo::GraphReport report = geo::RoadGraph::build(roads, mode).report();
    CHECK(report.largest > 0.95 * report.nodes);
  }

  const auto files = scenario::write_scenario(s);
  const auto again = scenario::read_scenario(files);
  REQUIRE_MESSAGE(again, describe(again.error()));
  CHECK(scenario::scenario_hash(*again) == scenario::scenario_hash(s));
  CHECK(scenario::pack(files).size() < 4'000'000);
}

TEST_CASE("a truncated or damaged PBF is one line, never a crash") {
  if (!has_liechtenstein()) return;
  const std::string good = bytes_of(liechtenstein);
  CHECK(holds(said(read_bytes("cut.osm.pbf", good.substr(0, good.size() / 2))),
              "is damaged or truncated"));
  CHECK(holds(said(read_bytes("head.osm.pbf", good.substr(0, 10))), "is no OpenStreetMap data"));
}

TEST_CASE("mutated PBF never crashes, compressed or not") {
  if (!has_liechtenstein()) return;
  // Header, some nodes, the last ways and the relations: small enough to read hundreds of times.
  auto blocks = geo::gdal::blocks_of(bytes_of(liechtenstein));
  REQUIRE(blocks.size() > 4);
  blocks.erase(blocks.begin() + 2, blocks.end() - 2);
  const std::string raw = geo::gdal::pbf_text(blocks);
  REQUIRE(read_bytes("raw.osm.pbf", raw));
  std::uint32_t refused = 0;
  for (std::uint32_t i = 0; i < geo::mutant_count(); ++i) {
    const auto extract = read_bytes("mutant.osm.pbf", geo::mutant(raw, i));
    refused += !extract;
    if (!extract) {
      REQUIRE_FALSE(extract.error().empty());
      continue;
    }
    const Job job;
    const auto made = scenario::import_osm(*extract, population(), "people.csv", {}, job);
    if (!made) REQUIRE_FALSE(made.error().empty());
  }
  CHECK(refused > 0);
}
