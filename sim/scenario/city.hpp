// The plan of a generated city, in plan metres around the centre. Internal to this room.
//
// Everything is laid out on a straight plan; place() turns and bends the plan gently at the end, so
// that streets are not drawn with a ruler and yet junctions stay where they are.
#pragma once

#include <string>
#include <vector>

#include "core/rng.hpp"
#include "geo/frame.hpp"
#include "sim/scenario/generate.hpp"

namespace footfall::scenario::city {

inline constexpr std::int64_t arterial_every = 4;  ///< streets of the grid

/// The centre or a suburb.
struct Nucleus {
  geo::Point place;
  std::string name;
  double share = 0;    ///< of the residents
  double scale_m = 0;  ///< b of Clark's density exp(-r / b)
};

struct Plan {
  CityParams params;
  PhiloxKey key{};
  std::vector<Nucleus> nuclei;        ///< the centre first
  double river_width_m = 0;           ///< 0: no river
  std::vector<std::int64_t> bridges;  ///< columns of the street grid, ascending

  explicit Plan(const CityParams& params);

  Draws draws(std::uint64_t id, std::uint32_t step, std::uint8_t purpose) const {
    return {key, id, step, purpose};
  }
  double river_y(double x) const;  ///< middle of the river
  bool in_river(geo::Point p, double margin_m) const;
  bool inside(geo::Point p) const;
  std::int64_t half_columns() const;  ///< the grid reaches from -n to n
  const Nucleus& nearest(geo::Point p) const;
  LonLat place(geo::Point plan_point) const;

 private:
  geo::Frame frame_;
};

/// What draws decide.
enum Purpose : std::uint8_t { point_place = 1, point_kind, store_place, store_size, site_place };

std::vector<RoadLine> roads(const Plan& plan);
std::vector<Area> areas(const Plan& plan);
std::vector<DemandPoint> people(const Plan& plan);
/// Stores first, then candidates; `demand` tells where people are.
std::vector<Store> stores(const Plan& plan, const std::vector<DemandPoint>& demand);

}  // namespace footfall::scenario::city
