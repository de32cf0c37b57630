#include <algorithm>
#include <array>
#include <numeric>

#include "core/math.hpp"
#include "geo/roads.hpp"

namespace footfall::geo {
namespace {

constexpr double furthest_m = 1e8;
constexpr std::uint32_t none = 0xffffffff;

// What joins roads: an id, or a place in whole centimetres.
using NodeKey = std::array<std::int64_t, 3>;

NodeKey node_key(std::uint64_t id, Point p) {
  if (id != 0) return {1, static_cast<std::int64_t>(id), 0};
  const auto centimetres = [](double m) {
    return static_cast<std::int64_t>(math::floor(m * 100 + 0.5));
  };
  return {0, centimetres(p.x), centimetres(p.y)};
}

double length_m(const std::vector<Point>& line) {
  double length = 0;
  for (std::size_t i = 1; i < line.size(); ++i) length += distance_m(line[i - 1], line[i]);
  return length;
}

bool usable(const std::vector<Point>& line) {
  return line.size() >= 2 && std::all_of(line.begin(), line.end(), [](Point p) {
           return std::abs(p.x) <= furthest_m && std::abs(p.y) <= furthest_m;
         });
}

struct RawEdge {
  std::uint32_t from = 0, to = 0;
  TravelTime cost = 0;
};

// Forward star: the edges of node n are those from first[n] to first[n + 1].
struct Star {
  std::vector<std::uint32_t> first, target;
  std::vector<TravelTime> cost;
};

Star star(std::size_t nodes, const std::vector<RawEdge>& edges, bool reverse) {
  Star s;
  s.first.assign(nodes + 1, 0);
  for (const RawEdge& e : edges) ++s.first[(reverse ? e.to : e.from) + 1];
  std::partial_sum(s.first.begin(), s.first.end(), s.first.begin());
  std::vector<std::uint32_t> next(s.first.begin(), s.first.end() - 1);
  s.target.resize(edges.size());
  s.cost.resize(edges.size());
  for (const RawEdge& e : edges) {
    const std::uint32_t slot = next[reverse ? e.to : e.from]++;
    s.target[slot] = reverse ? e.from : e.to;
    s.cost[slot] = e.cost;
  }
  return s;
}

// Groups of nodes: the number of each node's group and the size of each group.
struct Groups {
  std::vector<std::uint32_t> of, size;
  // The group with the most nodes; of equal ones that of the lowest node.
  std::uint32_t largest() const {
    std::uint32_t best = none;
    for (const std::uint32_t g : of) {
      if (best == none || size[g] > size[best]) best = g;
    }
    return best;
  }
};

Groups islands(std::size_t nodes, const std::vector<RawEdge>& edges) {
  std::vector<std::uint32_t> parent(nodes);
  std::iota(parent.begin(), parent.end(), 0u);
  const auto root = [&](std::uint32_t n) {
    while (parent[n] != n) n = parent[n] = parent[parent[n]];
    return n;
  };
  for (const RawEdge& e : edges) {
    const std::uint32_t a = root(e.from), b = root(e.to);
    parent[std::max(a, b)] = std::min(a, b);
  }
  Groups groups;
  groups.of.resize(nodes);
  for (std::uint32_t n = 0; n < nodes; ++n) {
    const std::uint32_t r = root(n);  // the lowest node of the island
    if (r == n) {
      groups.of[n] = static_cast<std::uint32_t>(groups.size.size());
      groups.size.push_back(0);
    }
    groups.of[n] = groups.of[r];
    ++groups.size[groups.of[n]];
  }
  return groups;
}

// Strongly connected parts (Tarjan 1972), without recursion.
Groups strong_parts(const Star& graph) {
  const std::size_t nodes = graph.first.size() - 1;
  Groups groups;
  groups.of.assign(nodes, none);
  std::vector<std::uint32_t> index(nodes, none), low(nodes), next(graph.first), path, open;
  std::uint32_t visited = 0;
  for (std::uint32_t start = 0; start < nodes; ++start) {
    if (index[start] != none) continue;
    path.push_back(start);
    while (!path.empty()) {
      const std::uint32_t n = path.back();
      if (index[n] == none) {
        index[n] = low[n] = visited++;
        open.push_back(n);
      }
      if (next[n] < graph.first[n + 1]) {
        const std::uint32_t target = graph.target[next[n]++];
        if (index[target] == none) path.push_back(target);
        if (index[target] != none && groups.of[target] == none)
          low[n] = std::min(low[n], index[target]);
        continue;
      }
      path.pop_back();
      if (!path.empty()) low[path.back()] = std::min(low[path.back()], low[n]);
      if (low[n] != index[n]) continue;
      const auto group = static_cast<std::uint32_t>(groups.size.size());
      groups.size.push_back(0);
      for (bool more = true; more;) {
        const std::uint32_t member = open.back();
        open.pop_back();
        groups.of[member] = group;
        ++groups.size[group];
        more = member != n;
      }
    }
  }
  return groups;
}

}  // namespace

class RoadGraphBuilder {
 public:
  RoadGraphBuilder(Mode mode, double walk_speed_kmh)
      : mode_(mode), walk_speed_kmh_(walk_speed_kmh) {}

  RoadGraph build(std::span<const Road> roads) {
    select(roads);
    join();
    for (std::size_t i = 0; i < used_.size(); ++i) add(used_[i], joint_[2 * i], joint_[2 * i + 1]);
    finish();
    return std::move(graph_);
  }

 private:
  struct Used {
    const Road* road = nullptr;
    double length = 0;    // m
    double quarters = 0;  // from end to end
    bool forward = false, backward = false;
  };

  void select(std::span<const Road> roads) {
    GraphReport& report = graph_.report_;
    for (const Road& road : roads) {
      ++report.roads;
      Used used{&road, 0, 0, road.walk, road.walk};
      if (mode_ == Mode::drive) used = {&road, 0, 0, road.drive_forward, road.drive_backward};
      if (!used.forward && !used.backward) continue;
      const double speed_kmh = mode_ == Mode::drive ? road.speed_kmh : walk_speed_kmh_;
      if (!usable(road.line) || !(speed_kmh > 0)) {
        ++report.dropped_bad;
        continue;
      }
      used.length = length_m(road.line);
      used.quarters = used.length / (speed_kmh / 3.6) * quarters_per_second;
      if (!(used.quarters <= longest)) {
        ++report.dropped_long;
      } else if (used.length == 0 && key(road, false) == key(road, true)) {
        ++report.dropped_short;
      } else {
        used_.push_back(used);
      }
    }
  }

  static NodeKey key(const Road& road, bool end) {
    return end ? node_key(road.to_node, road.line.back())
               : node_key(road.from_node, road.line.front());
  }

  // Numbers the different ends: joint_[2 i] is where used road i begins, joint_[2 i + 1] where it
  // ends.
  void join() {
    std::vector<std::pair<NodeKey, std::uint32_t>> ends;
    for (std::uint32_t i = 0; i < used_.size(); ++i) {
      ends.emplace_back(key(*used_[i].road, false), 2 * i);
      ends.emplace_back(key(*used_[i].road, true), 2 * i + 1);
    }
    std::sort(ends.begin(), ends.end());
    joint_.resize(ends.size());
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (i > 0 && ends[i].first != ends[i - 1].first) ++count;
      joint_[ends[i].second] = count;
    }
    node_of_joint_.assign(ends.size(), none);
  }

  std::uint32_t node(std::uint32_t joint, Point place) {
    if (node_of_joint_[joint] == none) node_of_joint_[joint] = new_node(place);
    return node_of_joint_[joint];
  }

  std::uint32_t new_node(Point place) {
    graph_.place_.push_back(place);
    return static_cast<std::uint32_t>(graph_.place_.size() - 1);
  }

  // Cuts the road into pieces; their rounded times add up to the rounded time of the whole.
  void add(const Used& used, std::uint32_t begin, std::uint32_t end) {
    const std::vector<Point>& line = used.road->line;
    const double pieces = std::max(1.0, math::floor(used.length / node_spacing_m + 0.999999));
    std::uint32_t from = node(begin, line.front());
    double walked = 0;
    std::size_t segment = 1;
    for (double piece = 1; piece < pieces; ++piece) {
      const double at = used.length * piece / pieces;
      double step = distance_m(line[segment - 1], line[segment]);
      while (walked + step < at && segment + 1 < line.size()) {
        walked += step;
        ++segment;
        step = distance_m(line[segment - 1], line[segment]);
      }
      const double share = step > 0 ? std::min(1.0, (at - walked) / step) : 0;
      const Point a = line[segment - 1], b = line[segment];
      const std::uint32_t to = new_node({a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share});
      connect(used, from, to, (piece - 1) / pieces, piece / pieces);
      from = to;
    }
    connect(used, from, node(end, line.back()), (pieces - 1) / pieces, 1);
  }

  void connect(const Used& used, std::uint32_t from, std::uint32_t to, double begin, double end) {
    if (from == to) return;
    const double quarters =
        math::floor(used.quarters * end + 0.5) - math::floor(used.quarters * begin + 0.5);
    const auto cost = static_cast<TravelTime>(std::max(1.0, quarters));
    if (used.forward) edges_.push_back({from, to, cost});
    if (used.backward) edges_.push_back({to, from, cost});
    graph_.max_cost_ = std::max(graph_.max_cost_, cost);
  }

  void finish() {
    const std::size_t nodes = graph_.place_.size();
    Star forward = star(nodes, edges_, false);
    choose_access_nodes(forward);
    graph_.report_.nodes = static_cast<std::uint32_t>(nodes);
    graph_.report_.edges = static_cast<std::uint32_t>(edges_.size());
    graph_.first_ = std::move(forward.first);
    graph_.target_ = std::move(forward.target);
    graph_.cost_ = std::move(forward.cost);
    Star backward = star(nodes, edges_, true);
    graph_.reverse_first_ = std::move(backward.first);
    graph_.reverse_target_ = std::move(backward.target);
    graph_.reverse_cost_ = std::move(backward.cost);
  }

  void choose_access_nodes(const Star& forward) {
    GraphReport& report = graph_.report_;
    const std::size_t nodes = graph_.place_.size();
    if (nodes == 0) return;
    Groups groups = islands(nodes, edges_);
    std::uint32_t chosen = groups.largest();
    report.components = static_cast<std::uint32_t>(groups.size.size());
    report.largest = groups.size[chosen];
    Groups strong = strong_parts(forward);
    const std::uint32_t largest_strong = strong.largest();
    if (strong.size[largest_strong] >= report.largest / 2) {
      groups = std::move(strong);
      chosen = largest_strong;
    }
    std::vector<Point> places;
    for (std::uint32_t n = 0; n < nodes; ++n) {
      if (groups.of[n] != chosen) continue;
      graph_.access_nodes_.push_back(n);
      places.push_back(graph_.place_[n]);
    }
    report.connected = static_cast<std::uint32_t>(places.size());
    graph_.index_ = PointIndex(places);
  }

  Mode mode_;
  double walk_speed_kmh_;
  std::vector<Used> used_;
  std::vector<std::uint32_t> joint_, node_of_joint_;
  std::vector<RawEdge> edges_;
  RoadGraph graph_;
};

RoadGraph RoadGraph::build(std::span<const Road> roads, Mode mode, double walk_speed_kmh) {
  return RoadGraphBuilder(mode, walk_speed_kmh).build(roads);
}

}  // namespace footfall::geo
