// The road graph and travel times on it.
//
// One-to-all shortest times use Dial's buckets (Dial 1969, "Algorithm 360: shortest-path forest
// with topological ordering"): edge costs are whole numbers of a small unit, so a circular array of
// buckets replaces the heap and the search is linear in the edges reached. A cut-off ends it early.
// Results equal Dijkstra's to the unit. Assumptions and limits: docs/models/travel_time.md.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/job.hpp"
#include "geo/frame.hpp"
#include "geo/point_index.hpp"
#include "geo/polygon.hpp"

namespace footfall::geo {

enum class Mode : std::uint8_t { drive, walk };

/// Travel times are whole quarters of a second in 16 bits: up to 4 h 33 min. Times are rounded to
/// the nearest quarter; an edge costs at least one.
using TravelTime = std::uint16_t;
inline constexpr double quarters_per_second = 4.0;
inline constexpr TravelTime unreachable = 65535;  ///< no way, or beyond the cut-off
inline constexpr TravelTime longest = 65534;
constexpr double seconds(TravelTime t) {
  return t / quarters_per_second;
}

/// Walking speed of adults: 1.34 m/s (Weidmann 1993).
inline constexpr double default_walk_kmh = 4.824;

/// A road between two nodes as it comes from a file: a line in local metres.
struct Road {
  std::vector<Point> line;      ///< at least two points
  double speed_kmh = 50;        ///< free speed for cars, > 0; ignored where `drive` is false
  bool drive_forward = true;    ///< cars may go along the line
  bool drive_backward = true;   ///< cars may go against it
  bool walk = true;             ///< people on foot may go both ways
  std::uint64_t from_node = 0;  ///< 0: roads are joined where their end points, rounded to whole
  std::uint64_t to_node = 0;    ///<    centimetres, are equal; else by these ids
};

/// What happened to the input; shown to the user, never silent.
struct GraphReport {
  std::uint32_t roads = 0;  ///< read
  std::uint32_t nodes = 0;
  std::uint32_t edges = 0;          ///< directed
  std::uint32_t dropped_short = 0;  ///< roads of no length that join nothing
  std::uint32_t dropped_bad = 0;    ///< roads with less than two points, with coordinates that are
                                  ///< not finite or further than 1e8 m, or without a speed above 0
  std::uint32_t dropped_long = 0;  ///< roads that take longer than `longest`
  std::uint32_t components = 0;    ///< islands of the undirected graph
  std::uint32_t largest = 0;       ///< nodes of the largest one
  std::uint32_t connected = 0;     ///< nodes that places may be joined to, see RoadGraph::access
};

/// Longer roads get nodes in between, evenly spaced along the line and at most this far apart, so
/// that a place beside a long road meets the network near where it stands.
inline constexpr double node_spacing_m = 120;

/// Fixed after building; safe to use from many threads at once.
class RoadGraph {
 public:
  RoadGraph() = default;

  /// Roads that the mode may not use in either direction are left out. No road is an error: what
  /// was left out is counted in report(). Nodes are numbered as they are met along the roads.
  static RoadGraph build(std::span<const Road> roads, Mode mode,
                         double walk_speed_kmh = default_walk_kmh);

  std::size_t node_count() const { return place_.size(); }
  std::size_t edge_count() const { return target_.size(); }
  Point node(std::uint32_t n) const { return place_[n]; }
  const GraphReport& report() const { return report_; }

  /// Where a place meets the network, and the time from there to it as the crow flies at
  /// `access_kmh`. Only nodes from which one can go to each other and back are taken (the largest
  /// strongly connected part), so that no place is caught in a one-way street that leads off the
  /// map; where one-ways leave no such part of half the largest island, the nodes of that island.
  struct Access {
    std::uint32_t node = 0;
    TravelTime time = 0;  ///< `unreachable` where it is longer than `longest`
    bool far = false;     ///< further than `max_access_m`, or the graph is empty
  };
  Access access(Point p, double access_kmh = default_walk_kmh, double max_access_m = 2000) const;

  /// Times from one node to all (or from all to it, with `reverse`): out.size() == node_count().
  /// Nodes beyond `cutoff` hold `unreachable`, as do all where there is no node `source`. `scratch`
  /// keeps buffers between calls, also of different graphs; one for each thread.
  struct Scratch {
    std::vector<std::vector<std::uint32_t>> buckets;
    struct Node {
      std::int32_t network = 0;  ///< quarters of a second from it to the destination's door
      std::int32_t margin = 0;   ///< how much longer the walk is at least
    };
    std::vector<Node> nodes;
  };
  void times(std::uint32_t source, bool reverse, TravelTime cutoff, std::span<TravelTime> out,
             Scratch& scratch) const;

 private:
  friend class RoadGraphBuilder;
  std::vector<Point> place_;
  std::vector<std::uint32_t> first_, target_, reverse_first_, reverse_target_;
  std::vector<TravelTime> cost_, reverse_cost_;
  std::vector<std::uint32_t> access_nodes_;  // those that access() may give, ascending
  PointIndex index_;                         // over access_nodes_
  TravelTime max_cost_ = 1;
  GraphReport report_;
};

/// Door-to-door times to one destination from many origins: access + network + access, the straight
/// walk (at default_walk_kmh) where that is shorter, `unreachable` where that is beyond `cutoff` or
/// an end is far from any road. `origins`, `origin_places` and `out` are of one size; `node_times`
/// is a buffer and holds the times of all nodes to the destination's afterwards.
void times_to(const RoadGraph& graph, const RoadGraph::Access& destination, Point destination_place,
              std::span<const RoadGraph::Access> origins, std::span<const Point> origin_places,
              TravelTime cutoff, std::span<TravelTime> out, RoadGraph::Scratch& scratch,
              std::vector<TravelTime>& node_times);

/// Outline of the area from which a place is reached within each limit (any order, seconds), by the
/// same times as times_to. Drawn only, never used to compute: a grid of `cell_m` holds the least
/// time of a node within three cells plus the walk to it, and the lines of equal time are traced by
/// marching squares. One MultiPolygon per limit, rings as in polygon.hpp. A place far from any road
/// gives empty ones. Cells are made larger where the grid would have more than 2,000 a side.
std::vector<MultiPolygon> isochrones(const RoadGraph& graph, const RoadGraph::Access& place,
                                     std::span<const double> limits_s, double cell_m = 100);

/// A circle as a ring of `corners` points (drawing only), counter-clockwise from the east.
Ring circle(Point centre, double radius_m, int corners = 64);

}  // namespace footfall::geo
