#include <algorithm>
#include <cmath>

#include "core/math.hpp"
#include "sim/scenario/city.hpp"

namespace footfall::scenario::city {

namespace {

// In the order of the spiral: the first four lie east, west, south and north.
constexpr const char* suburb_names[] = {"Eastgate",  "Westhill", "Southbank", "Northfield",
                                        "Millbrook", "Oakley",   "Ferryside", "Highmoor",
                                        "Kingsford", "Lakeview"};

std::string suburb_name(std::size_t i) {
  const std::size_t n = std::size(suburb_names);
  const std::string name = suburb_names[i % n];
  return i < n ? name : name + " " + std::to_string(i / n + 1);
}

/// Suburbs lie on a spiral of golden angles (2.39996 rad), so that any number of them keeps apart.
std::vector<Nucleus> make_nuclei(const CityParams& params) {
  const auto suburbs = static_cast<std::size_t>(params.suburbs);
  const double centre_share = suburbs == 0 ? 1 : 0.55;
  std::vector<Nucleus> nuclei{{{0, 0}, "Centre", centre_share, params.radius_m * 0.22}};
  for (std::size_t i = 0; i < suburbs; ++i) {
    const double angle = 2.399963229728653 * static_cast<double>(i) + 0.6;
    const double r = params.radius_m * (i % 2 == 0 ? 0.58 : 0.7);
    nuclei.push_back({{r * math::cos(angle), r * math::sin(angle)},
                      suburb_name(i),
                      (1 - centre_share) / static_cast<double>(suburbs),
                      params.radius_m * 0.09});
  }
  return nuclei;
}

}  // namespace

Plan::Plan(const CityParams& given)
    : params(given),
      key(random_key(static_cast<std::uint64_t>(given.seed), 0, "city")),
      nuclei(make_nuclei(given)),
      river_width_m(given.river ? std::clamp(given.radius_m * 0.025, 30.0, 300.0) : 0),
      frame_(given.centre) {
  if (!given.river || given.block_m == 0) return;
  // Spread evenly over the columns that the river crosses well inside the city: over the arterials
  // where there are enough of them.
  const auto reach = static_cast<std::int64_t>(0.85 * static_cast<double>(half_columns()));
  const std::int64_t arterials = 2 * (reach / arterial_every) + 1;
  const std::int64_t step = given.bridges <= arterials ? arterial_every : 1;
  const std::int64_t half = reach / step, columns = 2 * half + 1;
  const std::int64_t count = std::min(given.bridges, columns);
  for (std::int64_t i = 0; i < count; ++i)
    bridges.push_back(step * ((2 * i + 1) * columns / (2 * count) - half));
}

double Plan::river_y(double x) const {
  const double r = params.radius_m;
  return 0.22 * r + 0.12 * r * math::sin(2.6 * x / r);
}

bool Plan::in_river(geo::Point p, double margin_m) const {
  return river_width_m > 0 && std::abs(p.y - river_y(p.x)) < river_width_m / 2 + margin_m;
}

bool Plan::inside(geo::Point p) const {
  return p.x * p.x + p.y * p.y <= params.radius_m * params.radius_m;
}

std::int64_t Plan::half_columns() const {
  return static_cast<std::int64_t>(std::floor(params.radius_m / params.block_m));
}

const Nucleus& Plan::nearest(geo::Point p) const {
  return *std::min_element(nuclei.begin(), nuclei.end(), [&](const Nucleus& a, const Nucleus& b) {
    return geo::distance_m(a.place, p) < geo::distance_m(b.place, p);
  });
}

LonLat Plan::place(geo::Point p) const {
  constexpr double turn_cos = 0.9781476007338057, turn_sin = 0.20791169081775934;  // 12 degrees
  const double r = params.radius_m, bend = 0.02 * r;
  const double x = p.x + bend * math::sin(3 * p.y / r), y = p.y + bend * math::sin(4 * p.x / r);
  return frame_.to_lonlat({x * turn_cos - y * turn_sin, x * turn_sin + y * turn_cos});
}

}  // namespace footfall::scenario::city
