// One-to-all travel times on grid cities, beside Boost.Graph's Dijkstra on the same graph.
#include "geo/roads.hpp"

#include <utility>
#include <vector>

#include <benchmark/benchmark.h>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>

#include "core/rng.hpp"

namespace footfall::geo {
namespace {

// Streets of 100 m between side × side corners; every tenth street is an arterial of 70 km/h, the
// rest have 20 to 50 km/h, one in ten is one-way. Roads of 100 m are not cut, so nodes are corners.
std::vector<Road> city(std::uint32_t side) {
  Draws draws(random_key(1, 0, "bench"), 1, 0, 0);
  std::vector<Road> roads;
  const auto add = [&](std::uint32_t x, std::uint32_t y, std::uint32_t to_x, std::uint32_t to_y,
                       bool arterial) {
    Road& road = roads.emplace_back();
    road.line = {{100.0 * x, 100.0 * y}, {100.0 * to_x, 100.0 * to_y}};
    road.speed_kmh = arterial ? 70 : draws.uniform(20, 50);
    road.drive_backward = arterial || draws.below(10) != 0;
  };
  for (std::uint32_t y = 0; y < side; ++y) {
    for (std::uint32_t x = 0; x < side; ++x) {
      if (x + 1 < side) add(x, y, x + 1, y, y % 10 == 0);
      if (y + 1 < side) add(x, y, x, y + 1, x % 10 == 0);
    }
  }
  return roads;
}

std::uint32_t side_of(const benchmark::State& state) {
  std::uint32_t side = 1;
  while (static_cast<std::int64_t>(side + 1) * (side + 1) <= state.range(0)) ++side;
  return side;
}

std::uint32_t corner(Point p, std::uint32_t side) {
  return static_cast<std::uint32_t>(p.x / 100 + 0.5) +
         static_cast<std::uint32_t>(p.y / 100 + 0.5) * side;
}

void dial(benchmark::State& state) {
  const RoadGraph graph = RoadGraph::build(city(side_of(state)), Mode::drive);
  const std::uint32_t centre = static_cast<std::uint32_t>(graph.node_count() / 2);
  std::vector<TravelTime> times(graph.node_count());
  RoadGraph::Scratch scratch;
  for (auto _ : state) {
    graph.times(centre, false, longest, times, scratch);
    benchmark::DoNotOptimize(times.data());
  }
  state.counters["nodes"] = static_cast<double>(graph.node_count());
}

struct Cost {
  int quarters = 0;
};
using Peer = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Cost>;

Peer peer_of(const std::vector<Road>& roads, std::uint32_t side) {
  std::vector<std::pair<std::size_t, std::size_t>> ends;
  std::vector<Cost> costs;
  for (const Road& road : roads) {
    const std::uint32_t from = corner(road.line[0], side), to = corner(road.line[1], side);
    const int quarters = static_cast<int>(100 / (road.speed_kmh / 3.6) * quarters_per_second + 0.5);
    ends.emplace_back(from, to);
    costs.push_back({quarters});
    if (!road.drive_backward) continue;
    ends.emplace_back(to, from);
    costs.push_back({quarters});
  }
  return Peer(boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), costs.begin(),
              side * side);
}

// Also checks that both give the same times.
void boost_dijkstra(benchmark::State& state) {
  const std::uint32_t side = side_of(state);
  const std::vector<Road> roads = city(side);
  const Peer peer = peer_of(roads, side);
  const RoadGraph graph = RoadGraph::build(roads, Mode::drive);
  const std::uint32_t centre = static_cast<std::uint32_t>(graph.node_count() / 2);
  std::vector<int> times(side * side);
  for (auto _ : state) {
    boost::dijkstra_shortest_paths(peer, corner(graph.node(centre), side),
                                   boost::weight_map(boost::get(&Cost::quarters, peer))
                                       .distance_map(boost::make_iterator_property_map(
                                           times.begin(), boost::get(boost::vertex_index, peer))));
    benchmark::DoNotOptimize(times.data());
  }
  RoadGraph::Scratch scratch;
  std::vector<TravelTime> ours(graph.node_count());
  graph.times(centre, false, longest, ours, scratch);
  for (std::uint32_t n = 0; n < ours.size(); ++n) {
    const int theirs = times[corner(graph.node(n), side)];
    if (ours[n] != (theirs <= longest ? theirs : unreachable)) state.SkipWithError("times differ");
  }
}

void build(benchmark::State& state) {
  const std::vector<Road> roads = city(500);
  for (auto _ : state) {
    benchmark::DoNotOptimize(RoadGraph::build(roads, Mode::drive).node_count());
  }
}

BENCHMARK(dial)
    ->Name("roads/dial")
    ->Arg(50'000)
    ->Arg(250'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(boost_dijkstra)
    ->Name("roads/boost_dijkstra")
    ->Arg(50'000)
    ->Arg(250'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(build)->Name("roads/build_250k")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace footfall::geo
