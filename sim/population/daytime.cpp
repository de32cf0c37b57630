#include "sim/population/daytime.hpp"

#include <algorithm>
#include <span>
#include <tuple>

#include "core/math.hpp"
#include "core/parallel.hpp"
#include "geo/frame.hpp"

namespace footfall::population {
namespace {

constexpr std::size_t most_cells = 1024;
constexpr std::int32_t least_side_e7 = 100'000;
/// Mean distance of two points in a unit square (Santaló 1976).
constexpr double mean_distance_in_square = 0.5214;
constexpr int tries = 64;

struct Place {
  std::int32_t lat, lon;  // of the cell
  std::uint32_t zone;
  friend auto operator<=>(const Place&, const Place&) = default;
};

std::int32_t floored(std::int32_t value, std::int32_t side) {
  return value / side - (value % side < 0 ? 1 : 0);
}

bool same_cell(const Place& a, const Place& b) {
  return a.lat == b.lat && a.lon == b.lon;
}

std::vector<Place> in_cells(const scenario::Scenario& scenario, std::int32_t side) {
  std::vector<Place> out;
  for (std::size_t z = 0; z < scenario.demand.size(); ++z) {
    const scenario::DemandPoint& point = scenario.demand[z];
    if (!(point.residents > 0)) continue;
    out.push_back({floored(point.place.lat_e7, side), floored(point.place.lon_e7, side),
                   static_cast<std::uint32_t>(z)});
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// The first position of each cell, and the end.
std::vector<std::size_t> starts(const std::vector<Place>& places) {
  std::vector<std::size_t> first;
  for (std::size_t i = 0; i < places.size(); ++i)
    if (i == 0 || !same_cell(places[i - 1], places[i])) first.push_back(i);
  first.push_back(places.size());
  return first;
}

std::size_t position(std::span<const double> running, double u) {
  const auto at = std::upper_bound(running.begin(), running.end(), u * running.back());
  return std::min(static_cast<std::size_t>(at - running.begin()), running.size() - 1);
}

}  // namespace

Daytime::Daytime(const scenario::Scenario& scenario, double commute_km, const Job& job) {
  std::int32_t side = least_side_e7;
  std::vector<Place> places = in_cells(scenario, side);
  first_ = starts(places);
  while (first_.size() - 1 > most_cells) {
    side *= 2;
    places = in_cells(scenario, side);
    first_ = starts(places);
  }
  const std::size_t cells = first_.size() - 1;
  const LonLat origin = scenario.origin();
  const geo::Frame frame(origin);
  const double side_m = side * 1e-7 * 111'320 * math::sqrt(math::cos(origin.lat() * math::degree));
  cell_.assign(scenario.demand.size(), 0);
  members_.resize(places.size());
  residents_.resize(places.size());
  std::vector<geo::Point> middle(cells);
  std::vector<double> weight(cells);
  for (std::size_t c = 0; c < cells; ++c) {
    double sum = 0, x = 0, y = 0;
    for (std::size_t i = first_[c]; i < first_[c + 1]; ++i) {
      const scenario::DemandPoint& point = scenario.demand[places[i].zone];
      const geo::Point at = frame.to_local(point.place);
      sum += point.residents;
      x += point.residents * at.x;
      y += point.residents * at.y;
      members_[i] = places[i].zone;
      residents_[i] = sum;
      cell_[places[i].zone] = static_cast<std::uint32_t>(c);
    }
    weight[c] = sum;
    middle[c] = {x / sum, y / sum};
  }
  reach_.resize(cells * cells);
  parallel_blocks(
      cells, 16,
      [&](std::size_t begin, std::size_t end, std::size_t) {
        for (std::size_t a = begin; a < end; ++a) {
          double sum = 0;
          for (std::size_t b = 0; b < cells; ++b) {
            const double metres =
                a == b ? mean_distance_in_square * side_m : geo::distance_m(middle[a], middle[b]);
            sum += weight[b] * math::exp(-metres / (1000 * commute_km));
            reach_[a * cells + b] = sum;
          }
        }
      },
      &job);
}

std::uint32_t Daytime::pick(std::uint32_t home, Draws& draws) const {
  const std::size_t cells = first_.size() - 1;
  const std::span<const double> reach(&reach_[cell_[home] * cells], cells);
  if (members_.size() < 2 || !(reach.back() > 0)) return home;
  for (int i = 0; i < tries; ++i) {
    const std::size_t c = position(reach, draws.uniform());
    const std::span<const double> within(&residents_[first_[c]], first_[c + 1] - first_[c]);
    const std::uint32_t zone = members_[first_[c] + position(within, draws.uniform())];
    if (zone != home) return zone;
  }
  return home;
}

}  // namespace footfall::population
