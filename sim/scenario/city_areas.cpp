// The base map of a generated city: districts, built-up land, shopping land, parks and the river.
#include <cmath>

#include "core/math.hpp"
#include "sim/scenario/city.hpp"

namespace footfall::scenario::city {

namespace {

constexpr int circle_corners = 72;
constexpr int river_steps = 60;

std::vector<geo::Point> circle(geo::Point centre, double radius_m) {
  std::vector<geo::Point> ring;
  for (int i = 0; i < circle_corners; ++i) {
    const double angle = 2 * math::pi * i / circle_corners;
    ring.push_back(
        {centre.x + radius_m * math::cos(angle), centre.y + radius_m * math::sin(angle)});
  }
  return ring;
}

/// The part of a convex ring that is nearer to `own` than to `other` (Sutherland and Hodgman 1974).
std::vector<geo::Point> nearer_part(const std::vector<geo::Point>& ring, geo::Point own,
                                    geo::Point other) {
  const double nx = other.x - own.x, ny = other.y - own.y;
  const double limit = nx * (own.x + other.x) / 2 + ny * (own.y + other.y) / 2;
  std::vector<geo::Point> out;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const geo::Point a = ring[i], b = ring[(i + 1) % ring.size()];
    const double da = nx * a.x + ny * a.y - limit, db = nx * b.x + ny * b.y - limit;
    if (da <= 0) out.push_back(a);
    if ((da < 0 && db > 0) || (da > 0 && db < 0)) {
      const double t = da / (da - db);
      out.push_back({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
    }
  }
  return out;
}

Area area(const Plan& plan, const char* kind, std::string name,
          const std::vector<geo::Point>& ring) {
  Shape shape{Shape::Kind::polygon, {{}}, {true}};
  for (const geo::Point p : ring) {
    const LonLat place = plan.place(p);
    if (shape.parts[0].empty() || shape.parts[0].back() != place) shape.parts[0].push_back(place);
  }
  return {kind, std::move(name), std::move(shape)};
}

std::vector<geo::Point> river_ring(const Plan& plan) {
  const double reach = plan.params.radius_m * 1.05, half = plan.river_width_m / 2;
  std::vector<geo::Point> ring;
  for (int i = 0; i <= river_steps; ++i) {
    const double x = -reach + 2 * reach * i / river_steps;
    ring.push_back({x, plan.river_y(x) - half});
  }
  for (int i = river_steps; i >= 0; --i) {
    const double x = -reach + 2 * reach * i / river_steps;
    ring.push_back({x, plan.river_y(x) + half});
  }
  return ring;
}

}  // namespace

std::vector<Area> areas(const Plan& plan) {
  const double r = plan.params.radius_m;
  const std::vector<geo::Point> city = circle({0, 0}, r);
  std::vector<Area> out{area(plan, "residential", "", city)};
  for (const geo::Point park : {geo::Point{-0.28 * r, -0.18 * r}, geo::Point{0.3 * r, 0.05 * r}})
    out.push_back(area(plan, "park", "", circle(park, 0.06 * r)));
  out.push_back(area(plan, "forest", "", circle({0.45 * r, -0.55 * r}, 0.16 * r)));
  for (const Nucleus& nucleus : plan.nuclei)
    out.push_back(
        area(plan, "commercial", nucleus.name, circle(nucleus.place, nucleus.scale_m / 2)));
  if (plan.river_width_m > 0) out.push_back(area(plan, "water", "River", river_ring(plan)));
  for (const Nucleus& own : plan.nuclei) {
    std::vector<geo::Point> ring = city;
    for (const Nucleus& other : plan.nuclei)
      if (&other != &own) ring = nearer_part(ring, own.place, other.place);
    if (ring.size() >= 3) out.push_back(area(plan, "district", own.name, ring));
  }
  return out;
}

}  // namespace footfall::scenario::city
