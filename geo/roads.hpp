// The road graph and travel times on it.
//
// One-to-all shortest times use Dial's buckets (Dial 1969, "Algorithm 360: shortest-path forest with
// topological ordering"): edge costs are whole numbers of a small unit, so a circular array of buckets
// replaces the heap and the search is linear in the edges reached. A cut-off ends it early. Results
// equal Dijkstra's to the unit.
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

/// Travel times are whole quarters of a second in 16 bits: up to 4 h 33 min. The cost of one edge is
/// rounded up to at least one quarter.
using TravelTime = std::uint16_t;
inline constexpr double quarters_per_second = 4.0;
inline constexpr TravelTime unreachable = 65535;  ///< no way, or beyond the cut-off
inline constexpr TravelTime longest = 65534;
constexpr double seconds(TravelTime t) { return t / quarters_per_second; }

/// A road between two nodes as it comes from a file: a line in local metres.
struct Road {
  std::vector<Point> line;       ///< at least two points
  double speed_kmh = 50;         ///< free speed for cars, > 0; ignored where `drive` is false
  bool drive_forward = true;     ///< cars may go along the line
  bool drive_backward = true;    ///< cars may go against it
  bool walk = true;              ///< people on foot may go both ways
  std::uint64_t from_node = 0;   ///< 0: nodes are made where end points coincide (to 1 cm);
  std::uint64_t to_node = 0;     ///<    else ids that join roads
};

/// What happened to the input; shown to the user, never silent.
struct GraphReport {
  std::uint32_t roads = 0;           ///< read
  std::uint32_t nodes = 0;
  std::uint32_t edges = 0;           ///< directed
  std::uint32_t dropped_short = 0;   ///< roads of no length
  std::uint32_t components = 0;      ///< islands of the undirected graph
  std::uint32_t largest = 0;         ///< nodes of the largest one
};

/// Fixed after building; safe to use from many threads at once.
class RoadGraph {
 public:
  RoadGraph() = default;

  /// `walk_speed_kmh`: 4.8 (1.34 m/s, Weidmann 1993) unless the caller knows better.
  static RoadGraph build(std::span<const Road> roads, Mode mode, double walk_speed_kmh = 4.824);

  std::size_t node_count() const { return place_.size(); }
  std::size_t edge_count() const { return target_.size(); }
  Point node(std::uint32_t n) const { return place_[n]; }
  const GraphReport& report() const { return report_; }

  /// Where a place meets the network: the nearest node of the largest component, and the time to it as
  /// the crow flies at `access_kmh`. `far` when it is further than `max_access_m`.
  struct Access {
    std::uint32_t node = 0;
    TravelTime time = 0;
    bool far = false;
  };
  Access access(Point p, double access_kmh = 4.824, double max_access_m = 2000) const;

  /// Times from one node to all (or from all to it, with `reverse`): out.size() == node_count().
  /// Nodes beyond `cutoff` hold `unreachable`. `scratch` keeps buffers between calls.
  struct Scratch {
    std::vector<std::vector<std::uint32_t>> buckets;
  };
  void times(std::uint32_t source, bool reverse, TravelTime cutoff, std::span<TravelTime> out,
             Scratch& scratch) const;

 private:
  friend class RoadGraphBuilder;
  std::vector<Point> place_;
  std::vector<std::uint32_t> first_, target_, reverse_first_, reverse_target_;
  std::vector<TravelTime> cost_, reverse_cost_;
  std::vector<std::uint32_t> component_nodes_;  // nodes of the largest component
  PointIndex index_;                            // over component_nodes_
  TravelTime max_cost_ = 1;
  GraphReport report_;
};

/// Door-to-door times to one destination from many origins: access + network + access, the straight
/// walk where that is shorter, `unreachable` where an end is far from any road. Sizes are equal.
void times_to(const RoadGraph& graph, const RoadGraph::Access& destination, Point destination_place,
              std::span<const RoadGraph::Access> origins, std::span<const Point> origin_places,
              TravelTime cutoff, std::span<TravelTime> out, RoadGraph::Scratch& scratch,
              std::vector<TravelTime>& node_times);

/// Outline of what is reached within each limit (ascending): buffers of the reached nodes on a grid of
/// `cell_m`, drawn only, never used to compute. One MultiPolygon per limit. A place far from any road
/// gives empty ones.
std::vector<MultiPolygon> isochrones(const RoadGraph& graph, const RoadGraph::Access& origin,
                                     std::span<const double> limits_s, double cell_m = 100);

/// A circle as a ring of `corners` points (drawing only).
Ring circle(Point centre, double radius_m, int corners = 64);

}  // namespace footfall::geo
