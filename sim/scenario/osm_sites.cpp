// Candidate sites: places along main roads in or near shopping and housing land, best served first.
//
// Every sample_m along a primary, secondary or tertiary road stands a possible site. Its score is
// the number of residents within reach_m, times a factor of the land beside it. Sites are taken
// greedily; residents near a taken site count half for the next ones (and half again …), which
// spreads the sites over the map as a planner's long list would be.
#include <algorithm>
#include <cmath>
#include <map>

#include "core/text.hpp"
#include "geo/point_index.hpp"
#include "sim/scenario/osm_parts.hpp"

namespace footfall::scenario::osm {

namespace {

constexpr double sample_m = 50;
constexpr double setback_m = 20;     // of the site from the road's middle
constexpr double reach_m = 800;      // ten minutes on foot
constexpr double land_reach_m = 80;  // land this near counts as beside the site
constexpr double junction_m = 30;    // no site this near to the end of a road

struct Site {
  geo::Point place;
  double factor = 0;
  double score = 0;  // 0: barred
  std::string street, district;
};

struct Land {
  AreaIndex shopping, housing, barred;
};

Land land_of(const Features& features, const geo::Frame& frame) {
  Land land;
  for (const geo::OsmFeature* feature : features) {
    if (feature->shape.kind != Shape::Kind::polygon) continue;
    const std::string_view kind = land_kind(*feature);
    if (kind == "commercial" || kind == "retail")
      land.shopping.add(to_polygons(feature->shape, frame));
    else if (kind == "residential")
      land.housing.add(to_polygons(feature->shape, frame));
    else if (kind == "water" || kind == "forest")
      land.barred.add(to_polygons(feature->shape, frame));
  }
  return land;
}

bool beside(const AreaIndex& areas, geo::Point p) {
  constexpr double d = land_reach_m;
  for (const geo::Point q : {p, geo::Point{p.x + d, p.y}, geo::Point{p.x - d, p.y},
                             geo::Point{p.x, p.y + d}, geo::Point{p.x, p.y - d}})
    if (areas.find(q) != AreaIndex::npos) return true;
  return false;
}

/// Weight of a site by the land beside it: assumptions, stated in the model's page.
double land_factor(const Land& land, geo::Point p) {
  if (land.barred.find(p) != AreaIndex::npos) return 0;
  if (beside(land.shopping, p)) return 1.5;
  return beside(land.housing, p) ? 1 : 0.5;
}

bool is_main(const RoadLine& road) {
  return road.speed_kmh > 0 && (road.road_class == "primary" || road.road_class == "secondary" ||
                                road.road_class == "tertiary");
}

void sample_road(const RoadLine& road, const geo::Frame& frame, const Land& land,
                 const Municipalities& municipalities, std::vector<Site>& sites) {
  double length = 0;
  std::vector<geo::Point> points;
  for (const LonLat place : road.line) {
    points.push_back(frame.to_local(place));
    if (points.size() > 1) length += geo::distance_m(points[points.size() - 2], points.back());
  }
  double at = 0, next = junction_m;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const geo::Point a = points[i - 1], b = points[i];
    const double step = geo::distance_m(a, b);
    for (; next <= at + step && next <= length - junction_m; next += sample_m) {
      const double ux = (b.x - a.x) / step, uy = (b.y - a.y) / step, along = next - at;
      const geo::Point place{a.x + ux * along + uy * setback_m, a.y + uy * along - ux * setback_m};
      Site site{place, land_factor(land, place), 0, road.name,
                std::string(municipalities.name_at(place))};
      if (site.factor > 0 && !site.district.empty()) sites.push_back(std::move(site));
    }
    at += step;
  }
}

/// Residents around, with weights that fall as sites are taken.
class Surroundings {
 public:
  Surroundings(const std::vector<DemandPoint>& demand, const geo::Frame& frame)
      : index_(places(demand, frame)) {
    for (const DemandPoint& point : demand) weight_.push_back(point.residents);
  }
  double residents(geo::Point p) const {
    double sum = 0;
    for (const std::uint32_t row : index_.within(p, reach_m)) sum += weight_[row];
    return sum;
  }
  void take(geo::Point p) {
    for (const std::uint32_t row : index_.within(p, reach_m)) weight_[row] /= 2;
  }

 private:
  static std::vector<geo::Point> places(const std::vector<DemandPoint>& demand,
                                        const geo::Frame& frame) {
    std::vector<geo::Point> out;
    for (const DemandPoint& point : demand) out.push_back(frame.to_local(point.place));
    return out;
  }
  geo::PointIndex index_;
  std::vector<double> weight_;
};

void bar_around(std::vector<Site>& sites, geo::Point p, double spacing_m) {
  for (Site& site : sites)
    if (geo::distance_m(site.place, p) < spacing_m) site.score = 0;
}

/// "Landstrasse, Schaan", with a number where the name is taken.
std::string site_name(const Site& site, std::map<std::string, int>& seen) {
  const std::string name =
      clean_name((site.street.empty() ? "Main road" : site.street) + ", " + site.district);
  const int n = ++seen[name];
  return n == 1 ? name : name + " (" + std::to_string(n) + ")";
}

Store candidate(const Site& site, std::uint32_t id, std::string name, const geo::Frame& frame,
                const OsmImportParams& params) {
  Store store;
  store.id.value = id;
  store.place = frame.to_lonlat(site.place);
  store.name = std::move(name);
  store.role = Role::candidate;
  store.floor_area_m2 = params.candidate_area_m2;
  store.rent_per_year = params.candidate_area_m2 * params.rent_per_m2_year;
  store.fitout = params.candidate_area_m2 * params.fitout_per_m2;
  store.margin = params.margin;
  return store;
}

}  // namespace

void propose_candidates(const Features& features, const geo::Frame& frame,
                        const Municipalities& municipalities, const OsmImportParams& params,
                        Scenario& scenario, Notes& notes) {
  const Land land = land_of(features, frame);
  std::vector<Site> sites;
  for (const RoadLine& road : scenario.roads)
    if (is_main(road)) sample_road(road, frame, land, municipalities, sites);
  Surroundings surroundings(scenario.demand, frame);
  for (Site& site : sites) site.score = site.factor * surroundings.residents(site.place);
  for (const Store& store : scenario.stores)
    bar_around(sites, frame.to_local(store.place), params.candidate_spacing_m);
  std::map<std::string, int> seen;
  std::int64_t proposed = 0;
  for (; proposed < params.candidates; ++proposed) {
    const auto best = std::max_element(
        sites.begin(), sites.end(), [](const Site& a, const Site& b) { return a.score < b.score; });
    if (best == sites.end() || best->score <= 0) break;
    const Site site = *best;
    surroundings.take(site.place);
    bar_around(sites, site.place, params.candidate_spacing_m);
    for (Site& other : sites)
      if (other.score > 0 && geo::distance_m(other.place, site.place) <= 2 * reach_m)
        other.score = other.factor * surroundings.residents(other.place);
    scenario.stores.push_back(
        candidate(site, scenario.next_store_id().value, site_name(site, seen), frame, params));
  }
  if (proposed < params.candidates)
    notes.add("Only " + std::to_string(proposed) + " places for a candidate were found");
}

}  // namespace footfall::scenario::osm
