// Who lives where: around each nucleus the density falls as exp(-r / b) (Clark 1951, "Urban
// population densities"), so the distance from it has the density r exp(-r / b): a gamma law of
// shape 2.
#include <algorithm>
#include <cmath>

#include "core/math.hpp"
#include "sim/scenario/city.hpp"

namespace footfall::scenario::city {

namespace {

constexpr double house_setback_m = 14;  // from the middle of the street
constexpr int most_tries = 100;         // for a place inside the city and out of the water

struct Segment {
  const char* name;
  double spending_index;
};
// Assumptions of the generated city, not statistics.
constexpr Segment young{"young", 0.85}, family{"family", 1.1}, senior{"senior", 0.95};

const Nucleus& pick(const std::vector<Nucleus>& nuclei, double u) {
  for (const Nucleus& nucleus : nuclei) {
    if (u < nucleus.share) return nucleus;
    u -= nucleus.share;
  }
  return nuclei.back();
}

/// Moves a place beside the nearest street in one direction of the grid.
geo::Point beside_street(geo::Point p, double block_m, bool along_x, double side) {
  double& moved = along_x ? p.y : p.x;
  moved = std::floor(moved / block_m + 0.5) * block_m + side * house_setback_m;
  return p;
}

geo::Point home(const Plan& plan, std::uint32_t id) {
  Draws draws = plan.draws(id, 0, point_place);
  geo::Point p;
  for (int i = 0; i < most_tries; ++i) {
    const Nucleus& nucleus = pick(plan.nuclei, draws.uniform());
    const double r = nucleus.scale_m * draws.gamma(2);
    const double angle = 2 * math::pi * draws.uniform();
    p = {nucleus.place.x + r * math::cos(angle), nucleus.place.y + r * math::sin(angle)};
    const bool along_x = draws.bernoulli(0.5);
    const double side = draws.bernoulli(0.5) ? 1 : -1;
    if (plan.params.block_m > 0) p = beside_street(p, plan.params.block_m, along_x, side);
    if (plan.inside(p) && !plan.in_river(p, 20)) return p;
  }
  // Only where the city is hardly wider than its river; the southern edge is always dry.
  return {0, -plan.params.radius_m * 0.5};
}

/// The young live near a centre, families further out, seniors anywhere.
const Segment& segment(const Plan& plan, geo::Point p, double u) {
  const double r = geo::distance_m(p, {0, 0}) / plan.params.radius_m;
  const double young_share = 0.15 + 0.35 * math::exp(-r / 0.35);
  if (u < young_share) return young;
  return u < young_share + 0.25 ? senior : family;
}

}  // namespace

std::vector<DemandPoint> people(const Plan& plan) {
  const auto count = static_cast<std::size_t>(plan.params.demand_points);
  std::vector<DemandPoint> points(count);
  std::vector<double> weight(count);
  double total = 0;
  for (std::size_t i = 0; i < count; ++i) {
    DemandPoint& point = points[i];
    point.id.value = static_cast<std::uint32_t>(i + 1);
    const geo::Point p = home(plan, point.id.value);
    point.place = plan.place(p);
    point.district = plan.nearest(p).name;
    Draws draws = plan.draws(point.id.value, 0, point_kind);
    const Segment& kind = segment(plan, p, draws.uniform());
    point.segment = kind.name;
    point.spending_index = kind.spending_index;
    weight[i] = draws.gamma(2);
    total += weight[i];
  }
  // Thousandths of a person, rounded on the running total, so that the sum is exact.
  const double thousandths = std::floor(plan.params.residents * 1000 + 0.5);
  double sum = 0, given = 0;
  for (std::size_t i = 0; i < count; ++i) {
    sum += weight[i];
    const double due = i + 1 == count ? thousandths : std::floor(thousandths * (sum / total) + 0.5);
    points[i].residents = std::max(0.0, due - given) / 1000;
    given = std::max(given, due);
  }
  return points;
}

}  // namespace footfall::scenario::city
