#include "core/hash.hpp"
#include "core/rng.hpp"
#include "geo/frame.hpp"
#include "geo/polygon.hpp"
#include "geo/roads.hpp"
#include "tests/determinism/determinism.hpp"

using namespace footfall;
using namespace footfall::geo;

namespace {

void update(Sha256& hash, Point p) {
  hash.update_f64(p.x);
  hash.update_f64(p.y);
}

void update(Sha256& hash, const MultiPolygon& polygons) {
  for (const Polygon& polygon : polygons) {
    for (const Point p : polygon.outer) update(hash, p);
    for (const Ring& hole : polygon.holes) {
      for (const Point p : hole) update(hash, p);
    }
    hash.update_u64(polygon.holes.size());
  }
}

// A town of crooked streets, 40 by 40, some one-way, some missing.
RoadGraph town() {
  Draws draws(random_key(5, 0, "golden"), 1, 0, 0);
  constexpr std::uint32_t side = 40;
  const Frame frame({95'200'000, 471'400'000});
  std::vector<Point> corners;
  for (std::uint32_t i = 0; i < side * side; ++i) {
    const double x = i % side * 180.0 + draws.uniform(-60, 60);
    const double y = i / side * 180.0 + draws.uniform(-60, 60);
    corners.push_back(frame.to_local(frame.to_lonlat({x, y})));
  }
  std::vector<Road> roads;
  const auto add = [&](std::uint32_t from, std::uint32_t to) {
    if (draws.bernoulli(0.1)) return;
    Road& road = roads.emplace_back();
    road.line = {corners[from], corners[to]};
    road.speed_kmh = draws.uniform(20, 80);
    road.drive_backward = draws.bernoulli(0.8);
  };
  for (std::uint32_t i = 0; i < side * side; ++i) {
    if (i % side + 1 < side) add(i, i + 1);
    if (i / side + 1 < side) add(i, i + side);
  }
  return RoadGraph::build(roads, Mode::drive);
}

}  // namespace

FOOTFALL_GOLDEN(geo_frame) {
  Draws draws(random_key(5, 0, "golden"), 2, 0, 0);
  Sha256 hash;
  for (int i = 0; i < 5000; ++i) {
    const auto degrees_e7 = [&](double limit) {
      return static_cast<std::int32_t>(draws.uniform(-limit, limit) * 1e7);
    };
    const std::int32_t lon = degrees_e7(176), lat = degrees_e7(80);
    const std::int32_t east = degrees_e7(3), north = degrees_e7(3);
    const LonLat place{lon + east, lat + north};
    const Frame frame({lon, lat});
    const Point p = frame.to_local(place);
    update(hash, p);
    const LonLat back = frame.to_lonlat({p.x + 0.004, p.y});
    hash.update_f64(back.lon());
    hash.update_f64(back.lat());
    hash.update_f64(great_circle_m(place, {lat, -lat}));
  }
  return hash.hex();
}

FOOTFALL_GOLDEN(geo_travel_times) {
  const RoadGraph graph = town();
  std::vector<TravelTime> times(graph.node_count());
  RoadGraph::Scratch scratch;
  Sha256 hash;
  for (std::uint32_t n = 0; n < graph.node_count(); n += 997) {
    graph.times(graph.access(graph.node(n)).node, n % 2 == 0, 3000, times, scratch);
    for (const TravelTime t : times) hash.update_u32(t);
  }
  return hash.hex();
}

FOOTFALL_GOLDEN(geo_isochrones) {
  const RoadGraph graph = town();
  const double limits_s[] = {120, 300, 480};
  Sha256 hash;
  for (const MultiPolygon& outline : isochrones(graph, graph.access({3500, 3600}), limits_s)) {
    update(hash, outline);
  }
  return hash.hex();
}

FOOTFALL_GOLDEN(geo_polygon_union) {
  Draws draws(random_key(5, 0, "golden"), 3, 0, 0);
  Sha256 hash;
  for (int round = 0; round < 20; ++round) {
    MultiPolygon circles;
    for (int i = 0; i < 25; ++i) {
      const double x = draws.uniform(0, 1000);
      const double y = draws.uniform(0, 1000);
      const double radius = draws.uniform(30, 160);
      circles.push_back({circle({x, y}, radius, 3 + static_cast<int>(draws.below(40))), {}});
    }
    const auto whole = united(circles);
    if (!whole) return describe(whole.error());
    update(hash, *whole);
  }
  return hash.hex();
}
