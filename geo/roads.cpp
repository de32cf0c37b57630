#include "geo/roads.hpp"

#include <algorithm>
#include <bit>

#include "core/math.hpp"
#include "core/parallel.hpp"

namespace footfall::geo {
namespace {

// The time of a straight walk, `unreachable` where it is longer than `longest` (or no number).
TravelTime walk_time(double distance, double speed_kmh) {
  const double quarters = math::floor(distance / (speed_kmh / 3.6) * quarters_per_second + 0.5);
  return quarters <= longest ? static_cast<TravelTime>(quarters) : unreachable;
}

constexpr double metres_per_quarter = default_walk_kmh / 3.6 / quarters_per_second;

}  // namespace

RoadGraph::Access RoadGraph::access(Point p, double access_kmh, double max_access_m) const {
  if (access_nodes_.empty()) return {0, unreachable, true};
  const std::uint32_t node = access_nodes_[index_.nearest(p)];
  const double distance = distance_m(p, place_[node]);
  return {node, walk_time(distance, access_kmh), !(distance <= max_access_m)};
}

void RoadGraph::times(std::uint32_t source, bool reverse, TravelTime cutoff,
                      std::span<TravelTime> out, Scratch& scratch) const {
  std::fill(out.begin(), out.end(), unreachable);
  if (source >= node_count()) return;
  const std::uint32_t* first = reverse ? reverse_first_.data() : first_.data();
  const std::uint32_t* target = reverse ? reverse_target_.data() : target_.data();
  const TravelTime* cost = reverse ? reverse_cost_.data() : cost_.data();
  const std::uint32_t latest = std::min(cutoff, longest);

  // No edge is longer than the circle of buckets, so a bucket holds nodes of one time only. A node
  // that was improved later stays behind in its old bucket and is passed over there.
  const std::uint32_t circle = std::bit_ceil(max_cost_ + 1u);
  if (scratch.buckets.size() < circle) scratch.buckets.resize(circle);
  out[source] = 0;
  scratch.buckets[0].push_back(source);
  std::size_t waiting = 1;
  for (std::uint32_t now = 0; waiting > 0; ++now) {
    auto& bucket = scratch.buckets[now & (circle - 1)];
    for (const std::uint32_t node : bucket) {
      if (out[node] != now) continue;
      for (std::uint32_t e = first[node]; e < first[node + 1]; ++e) {
        const std::uint32_t then = now + cost[e];
        const std::uint32_t next = target[e];
        if (then > latest || then >= out[next]) continue;
        out[next] = static_cast<TravelTime>(then);
        scratch.buckets[then & (circle - 1)].push_back(next);
        ++waiting;
      }
    }
    waiting -= bucket.size();
    bucket.clear();
  }
}

void times_to(const RoadGraph& graph, const RoadGraph::Access& destination, Point destination_place,
              std::span<const RoadGraph::Access> origins, std::span<const Point> origin_places,
              TravelTime cutoff, std::span<TravelTime> out, RoadGraph::Scratch& scratch,
              std::vector<TravelTime>& node_times) {
  node_times.resize(graph.node_count());
  if (destination.far) {
    std::fill(out.begin(), out.end(), unreachable);
    std::fill(node_times.begin(), node_times.end(), unreachable);
    return;
  }
  const std::int32_t latest = std::min(cutoff, longest);
  const auto network_cutoff =
      static_cast<TravelTime>(latest - std::min<std::int32_t>(latest, destination.time));
  graph.times(destination.node, true, network_cutoff, node_times, scratch);
  // How much longer than by road the walk from each node is at least. A place is no further from
  // its node than the walk between them, so most places need no look at where they are.
  scratch.nodes.assign(graph.node_count(), {unreachable, 0});
  for (std::uint32_t n = 0; n < graph.node_count(); ++n) {
    if (node_times[n] == unreachable) continue;
    const std::int32_t network = node_times[n] + destination.time;
    const double walk = distance_m(graph.node(n), destination_place) / metres_per_quarter;
    scratch.nodes[n] = {network,
                        static_cast<std::int32_t>(std::min<double>(walk, longest)) - network};
  }
  parallel_blocks(out.size(), 1 << 16, [&](std::size_t begin, std::size_t end, std::size_t) {
    const RoadGraph::Scratch::Node* nodes = scratch.nodes.data();
    const std::span some = origins.subspan(begin, end - begin);
    TravelTime* to = out.data() + begin;
    for (std::size_t i = 0; i < some.size(); ++i) {
      const RoadGraph::Access origin = some[i];
      const auto [network, margin] = nodes[origin.node];
      std::int32_t time = network + origin.time;
      constexpr std::int32_t rounding_quarters = 2;
      if (margin <= 2 * origin.time + rounding_quarters) {
        const double distance = distance_m(origin_places[begin + i], destination_place);
        time = std::min<std::int32_t>(time, walk_time(distance, default_walk_kmh));
      }
      to[i] = time > latest || origin.far ? unreachable : static_cast<TravelTime>(time);
    }
  });
}

}  // namespace footfall::geo
