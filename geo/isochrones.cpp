#include <algorithm>
#include <array>

#include "core/math.hpp"
#include "geo/roads.hpp"

namespace footfall::geo {
namespace {

constexpr double most_cells_a_side = 2000;
constexpr int reach_cells = 3;            // how far from a node the ground counts as reached
constexpr double half_diagonal = 0.7072;  // of a cell: every node has a corner so near
constexpr double walk_mps = default_walk_kmh / 3.6;

// Seconds at the corners of a grid; its border is never reached.
struct Grid {
  Point origin;
  double cell_m = 0;
  std::uint32_t columns = 0, rows = 0;
  std::vector<double> seconds;

  std::size_t corner(std::uint32_t column, std::uint32_t row) const {
    return static_cast<std::size_t>(row) * columns + column;
  }
  Point place(std::size_t corner) const {
    return {origin.x + cell_m * static_cast<double>(corner % columns),
            origin.y + cell_m * static_cast<double>(corner / columns)};
  }
};

Grid grid_around(const Box& box, double wished_cell_m, double unreached_s) {
  Grid grid;
  const double width = box.max.x - box.min.x, height = box.max.y - box.min.y;
  grid.cell_m = std::max(std::max(1.0, std::max(width, height) / most_cells_a_side), wished_cell_m);
  const double margin = grid.cell_m * (reach_cells + 1);
  grid.origin = {box.min.x - margin, box.min.y - margin};
  const auto corners = [&](double extent) {
    return static_cast<std::uint32_t>((extent + 2 * margin) / grid.cell_m) + 2;
  };
  grid.columns = corners(width);
  grid.rows = corners(height);
  grid.seconds.assign(static_cast<std::size_t>(grid.columns) * grid.rows, unreached_s);
  return grid;
}

void stamp(Grid& grid, Point place, double seconds) {
  const auto column = static_cast<std::uint32_t>((place.x - grid.origin.x) / grid.cell_m);
  const auto row = static_cast<std::uint32_t>((place.y - grid.origin.y) / grid.cell_m);
  for (std::uint32_t r = row + 1 - reach_cells; r <= row + reach_cells; ++r) {
    for (std::uint32_t c = column + 1 - reach_cells; c <= column + reach_cells; ++c) {
      const std::size_t corner = grid.corner(c, r);
      const double distance = distance_m(place, grid.place(corner));
      if (distance > reach_cells * grid.cell_m) continue;
      const double walk_m = std::max(0.0, distance - half_diagonal * grid.cell_m);
      grid.seconds[corner] = std::min(grid.seconds[corner], seconds + walk_m / walk_mps);
    }
  }
}

// Marching squares (Lorensen and Cline 1987 in two dimensions). A line crosses sides of cells; side
// 2 k runs from corner k to the east, side 2 k + 1 from it to the north. In each cell the line runs
// from one side to another with the reached corners on its left, so that outer rings are
// counter-clockwise.
class Contour {
 public:
  Contour(const Grid& grid, double limit_s)
      : grid_(grid), limit_s_(limit_s), next_(grid.seconds.size() * 2, no_side) {}

  std::vector<Ring> trace() {
    for (std::uint32_t row = 0; row + 1 < grid_.rows; ++row) {
      for (std::uint32_t column = 0; column + 1 < grid_.columns; ++column) cross(column, row);
    }
    std::vector<Ring> rings;
    for (std::uint32_t side = 0; side < next_.size(); ++side) {
      if (next_[side] != no_side) rings.push_back(follow(side));
    }
    return rings;
  }

 private:
  static constexpr std::uint32_t no_side = 0xffffffff;
  enum Side : std::uint8_t { bottom, right, top, left, end };

  bool reached(std::size_t corner) const { return grid_.seconds[corner] <= limit_s_; }

  void cross(std::uint32_t column, std::uint32_t row) {
    // Index: reached corners, 1 south-west, 2 south-east, 4 north-east, 8 north-west. Opposite
    // corners alone are kept apart.
    static constexpr std::array<std::array<Side, 4>, 16> lines = {{{end, end, end, end},
                                                                   {bottom, left, end, end},
                                                                   {right, bottom, end, end},
                                                                   {right, left, end, end},
                                                                   {top, right, end, end},
                                                                   {bottom, left, top, right},
                                                                   {top, bottom, end, end},
                                                                   {top, left, end, end},
                                                                   {left, top, end, end},
                                                                   {bottom, top, end, end},
                                                                   {right, bottom, left, top},
                                                                   {right, top, end, end},
                                                                   {left, right, end, end},
                                                                   {bottom, right, end, end},
                                                                   {left, bottom, end, end},
                                                                   {end, end, end, end}}};
    const std::size_t sw = grid_.corner(column, row), nw = sw + grid_.columns;
    const auto& line =
        lines[static_cast<std::size_t>((reached(sw) ? 1 : 0) + (reached(sw + 1) ? 2 : 0) +
                                       (reached(nw + 1) ? 4 : 0) + (reached(nw) ? 8 : 0))];
    const std::array<std::size_t, 4> sides = {2 * sw, 2 * (sw + 1) + 1, 2 * nw, 2 * sw + 1};
    for (std::size_t i = 0; i < 4 && line[i] != end; i += 2) {
      next_[sides[line[i]]] = static_cast<std::uint32_t>(sides[line[i + 1]]);
    }
  }

  Ring follow(std::uint32_t side) {
    Ring ring;
    while (next_[side] != no_side) {
      ring.push_back(crossing(side));
      const std::uint32_t next = next_[side];
      next_[side] = no_side;
      side = next;
    }
    return ring;
  }

  // Kept off the corners, where two lines could meet.
  Point crossing(std::uint32_t side) const {
    const std::size_t a = side / 2, b = side % 2 == 0 ? a + 1 : a + grid_.columns;
    const double sa = grid_.seconds[a], sb = grid_.seconds[b];
    const double share = std::clamp((limit_s_ - sa) / (sb - sa), 0.01, 0.99);
    const Point pa = grid_.place(a), pb = grid_.place(b);
    return {pa.x + (pb.x - pa.x) * share, pa.y + (pb.y - pa.y) * share};
  }

  const Grid& grid_;
  double limit_s_;
  std::vector<std::uint32_t> next_;
};

// Gives each hole to the smallest outer ring around it.
MultiPolygon assembled(std::vector<Ring> rings) {
  MultiPolygon polygons;
  std::vector<Ring> holes;
  for (Ring& ring : rings) {
    if (signed_area_m2(ring) > 0) {
      polygons.push_back({std::move(ring), {}});
    } else {
      holes.push_back(std::move(ring));
    }
  }
  std::sort(polygons.begin(), polygons.end(), [](const Polygon& a, const Polygon& b) {
    const double area_a = area_m2(a), area_b = area_m2(b);
    if (area_a != area_b) return area_a < area_b;
    return a.outer.front().y != b.outer.front().y ? a.outer.front().y < b.outer.front().y
                                                  : a.outer.front().x < b.outer.front().x;
  });
  std::vector<Box> boxes;
  for (const Polygon& polygon : polygons) boxes.push_back(bounds({polygon}));
  for (Ring& hole : holes) {
    for (std::size_t i = 0; i < polygons.size(); ++i) {
      if (!boxes[i].contains(hole.front()) || !contains(polygons[i], hole.front())) continue;
      polygons[i].holes.push_back(std::move(hole));
      break;
    }
  }
  return polygons;
}

}  // namespace

std::vector<MultiPolygon> isochrones(const RoadGraph& graph, const RoadGraph::Access& place,
                                     std::span<const double> limits_s, double cell_m) {
  std::vector<MultiPolygon> result(limits_s.size());
  double furthest_s = 0;
  for (const double limit : limits_s) furthest_s = std::max(furthest_s, limit);
  furthest_s = std::min(furthest_s, seconds(longest));
  const double access_s = seconds(place.time);
  if (place.far || graph.node_count() == 0 || access_s > furthest_s) return result;

  std::vector<TravelTime> times(graph.node_count());
  RoadGraph::Scratch scratch;
  const auto cutoff = static_cast<TravelTime>((furthest_s - access_s) * quarters_per_second);
  graph.times(place.node, true, cutoff, times, scratch);
  Box box;
  for (std::uint32_t n = 0; n < times.size(); ++n) {
    if (times[n] != unreachable) box.add(graph.node(n));
  }
  Grid grid = grid_around(box, cell_m, 0);
  const double unreached_s = furthest_s + grid.cell_m / walk_mps;
  std::fill(grid.seconds.begin(), grid.seconds.end(), unreached_s);
  for (std::uint32_t n = 0; n < times.size(); ++n) {
    if (times[n] != unreachable) stamp(grid, graph.node(n), access_s + seconds(times[n]));
  }
  for (std::size_t i = 0; i < limits_s.size(); ++i) {
    if (limits_s[i] > 0)
      result[i] = assembled(Contour(grid, std::min(limits_s[i], furthest_s)).trace());
  }
  return result;
}

Ring circle(Point centre, double radius_m, int corners) {
  Ring ring;
  for (int i = 0; i < corners; ++i) {
    const double angle = 2 * math::pi * i / corners;
    ring.push_back(
        {centre.x + radius_m * math::cos(angle), centre.y + radius_m * math::sin(angle)});
  }
  return ring;
}

}  // namespace footfall::geo
