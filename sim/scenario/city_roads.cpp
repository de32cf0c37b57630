// Streets: a grid inside the circle, every fourth street an arterial, and a ring road at 62 % of
// the radius that meets the arterials. Streets end at the river but for the bridges.
#include <algorithm>
#include <cmath>
#include <map>

#include "core/math.hpp"
#include "sim/scenario/city.hpp"

namespace footfall::scenario::city {

namespace {

constexpr double ring_share = 0.62;  // of the radius
constexpr double ring_step_m = 150;  // between drawn points of the ring

struct Kind {
  const char* name;
  double speed_kmh;
};
constexpr Kind street{"residential", 25}, arterial{"secondary", 45}, ring{"primary", 60};

bool is_arterial(std::int64_t line) {
  return line % arterial_every == 0;
}

class Streets {
 public:
  explicit Streets(const Plan& plan)
      : plan_(plan), block_(plan.params.block_m), half_(plan.half_columns()) {}

  std::vector<RoadLine> build() {
    const double radius = ring_share * plan_.params.radius_m;
    for (std::int64_t line = -half_; line <= half_; ++line) {
      add_line(line, true, radius);
      add_line(line, false, radius);
    }
    add_ring(radius);
    return std::move(roads_);
  }

 private:
  /// One whole street from edge to edge. Stations along it: the cross streets and, on arterials,
  /// the two junctions with the ring.
  void add_line(std::int64_t line, bool north, double ring_radius) {
    const double fixed = static_cast<double>(line) * block_;
    std::vector<double> stations;
    for (std::int64_t i = -half_; i <= half_; ++i)
      stations.push_back(static_cast<double>(i) * block_);
    if (is_arterial(line) && std::abs(fixed) < ring_radius) {
      const double reach = std::sqrt(ring_radius * ring_radius - fixed * fixed);
      for (const double at : {-reach, reach}) {
        stations.push_back(at);
        ring_junctions_.push_back(north ? geo::Point{fixed, at} : geo::Point{at, fixed});
      }
    }
    std::sort(stations.begin(), stations.end());
    const bool bridge =
        north && std::binary_search(plan_.bridges.begin(), plan_.bridges.end(), line);
    std::vector<geo::Point> usable;
    for (const double at : stations) {
      const geo::Point p = north ? geo::Point{fixed, at} : geo::Point{at, fixed};
      if (plan_.inside(p) && !plan_.in_river(p, 15)) usable.push_back(p);
    }
    const std::string name = (north ? "Avenue " : "Street ") + std::to_string(line + half_ + 1);
    for (std::size_t i = 1; i < usable.size(); ++i)
      if (bridge || !crosses_river(usable[i - 1], usable[i]))
        add({usable[i - 1], usable[i]}, is_arterial(line) ? arterial : street, name);
  }

  bool crosses_river(geo::Point a, geo::Point b) const {
    return plan_.river_width_m > 0 && (a.y > plan_.river_y(a.x)) != (b.y > plan_.river_y(b.x));
  }

  void add_ring(double radius) {
    std::map<double, geo::Point> by_angle;
    for (const geo::Point p : ring_junctions_) by_angle[math::atan2(p.y, p.x)] = p;
    std::vector<std::pair<double, geo::Point>> stations(by_angle.begin(), by_angle.end());
    if (stations.size() < 3) return;
    stations.emplace_back(stations.front().first + 2 * math::pi, stations.front().second);
    for (std::size_t i = 1; i < stations.size(); ++i) add_arc(stations[i - 1], stations[i], radius);
  }

  void add_arc(const std::pair<double, geo::Point>& from, const std::pair<double, geo::Point>& to,
               double radius) {
    if (plan_.in_river(from.second, 15) || plan_.in_river(to.second, 15) ||
        crosses_river(from.second, to.second))
      return;
    const double span = to.first - from.first;
    const int steps = std::max(1, static_cast<int>(span * radius / ring_step_m));
    std::vector<geo::Point> line{from.second};
    for (int k = 1; k < steps; ++k) {
      const double angle = from.first + span * k / steps;
      line.push_back({radius * math::cos(angle), radius * math::sin(angle)});
    }
    line.push_back(to.second);
    add(line, ring, "Ring");
  }

  void add(const std::vector<geo::Point>& points, const Kind& kind, const std::string& name) {
    RoadLine road;
    for (const geo::Point p : points) road.line.push_back(plan_.place(p));
    if (points.size() == 2 && road.line[0] == road.line[1]) return;
    road.road_class = kind.name;
    road.speed_kmh = kind.speed_kmh;
    road.name = name;
    roads_.push_back(std::move(road));
  }

  const Plan& plan_;
  double block_;
  std::int64_t half_;
  std::vector<geo::Point> ring_junctions_;
  std::vector<RoadLine> roads_;
};

}  // namespace

std::vector<RoadLine> roads(const Plan& plan) {
  return plan.params.block_m > 0 ? Streets(plan).build() : std::vector<RoadLine>{};
}

}  // namespace footfall::scenario::city
