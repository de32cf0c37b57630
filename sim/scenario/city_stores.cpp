// Stores where people are, candidates where main streets cross.
#include <algorithm>
#include <cmath>
#include <map>

#include "core/math.hpp"
#include "sim/scenario/city.hpp"

namespace footfall::scenario::city {

namespace {

constexpr const char* rival_brands[] = {"Tallis", "Orvane", "Merrit", "Quellmarkt"};
constexpr double median_area_m2 = 900, area_sigma = 0.55;  // lognormal
constexpr double candidate_areas[] = {600, 800, 1000, 1200, 1500};
constexpr double fitout_per_m2 = 900, margin = 0.25;
constexpr int most_tries = 200;

/// "Tallis Centre", "Tallis Centre 2", …
class Names {
 public:
  std::string unique(const std::string& base) {
    const int n = ++seen_[base];
    return n == 1 ? base : base + " " + std::to_string(n);
  }

 private:
  std::map<std::string, int> seen_;
};

double store_area(const Plan& plan, std::uint32_t id) {
  Draws draws = plan.draws(id, 0, store_size);
  const double area = median_area_m2 * math::exp(area_sigma * draws.normal());
  return std::clamp(std::floor(area / 10 + 0.5) * 10, 150.0, 8000.0);
}

/// Somewhere along a main street: a crossing of an arterial with any street, or any place where
/// there are no roads.
geo::Point possible_site(const Plan& plan, Draws& draws) {
  const double r = plan.params.radius_m, block = plan.params.block_m;
  const double distance = 0.85 * r * std::sqrt(draws.uniform());
  const double angle = 2 * math::pi * draws.uniform();
  geo::Point p{distance * math::cos(angle), distance * math::sin(angle)};
  const bool along_x = draws.bernoulli(0.5);
  if (block == 0) return p;
  const double main = static_cast<double>(arterial_every) * block;
  p.x = std::floor(p.x / (along_x ? block : main) + 0.5) * (along_x ? block : main) + 16;
  p.y = std::floor(p.y / (along_x ? main : block) + 0.5) * (along_x ? main : block) + 16;
  return p;
}

/// Keeps away from the sites before it where there is room.
geo::Point site(const Plan& plan, std::uint32_t id, const std::vector<geo::Point>& taken) {
  Draws draws = plan.draws(id, 0, site_place);
  const double spacing = plan.params.radius_m / 20;
  geo::Point fallback{0, -plan.params.radius_m * 0.5};
  for (int i = 0; i < most_tries; ++i) {
    const geo::Point p = possible_site(plan, draws);
    if (!plan.inside(p) || plan.in_river(p, 20)) continue;
    const bool crowded = std::any_of(taken.begin(), taken.end(),
                                     [&](geo::Point q) { return geo::distance_m(p, q) < spacing; });
    if (!crowded) return p;
    fallback = p;
  }
  return fallback;
}

/// Rents fall from the centre outwards.
double rent_per_m2(const Plan& plan, geo::Point p) {
  const double r = geo::distance_m(p, {0, 0}) / plan.params.radius_m;
  return std::floor(100 + 240 * math::exp(-r / 0.4));
}

}  // namespace

std::vector<Store> stores(const Plan& plan, const std::vector<DemandPoint>& demand) {
  std::vector<double> residents;
  for (const DemandPoint& point : demand) residents.push_back(point.residents);
  const AliasTable where(residents);
  Names names;
  std::vector<Store> out;
  const auto own = static_cast<std::uint32_t>(plan.params.own_stores);
  const auto all = own + static_cast<std::uint32_t>(plan.params.competitors);
  for (std::uint32_t id = 1; id <= all; ++id) {
    Draws draws = plan.draws(id, 0, store_place);
    const DemandPoint& home = demand[where.sample(draws)];
    Store store;
    store.id.value = id;
    store.place = home.place;
    store.role = id <= own ? Role::own : Role::competitor;
    store.brand = id <= own ? "Norda" : rival_brands[(id - own - 1) % std::size(rival_brands)];
    store.name = names.unique(store.brand + " " + home.district);
    store.floor_area_m2 = store_area(plan, id);
    out.push_back(std::move(store));
  }
  std::vector<geo::Point> taken;
  const auto last = all + static_cast<std::uint32_t>(plan.params.candidates);
  for (std::uint32_t id = all + 1; id <= last; ++id) {
    taken.push_back(site(plan, id, taken));
    const geo::Point p = taken.back();
    Store store;
    store.id.value = id;
    store.place = plan.place(p);
    store.role = Role::candidate;
    store.name = names.unique("Site " + plan.nearest(p).name);
    store.floor_area_m2 = candidate_areas[id % std::size(candidate_areas)];
    store.rent_per_year = store.floor_area_m2 * rent_per_m2(plan, p);
    store.fitout = store.floor_area_m2 * fitout_per_m2;
    store.margin = margin;
    out.push_back(std::move(store));
  }
  return out;
}

}  // namespace footfall::scenario::city
