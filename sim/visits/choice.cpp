#include "sim/visits/choice.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/math.hpp"
#include "core/parallel.hpp"
#include "core/text.hpp"

namespace footfall::visits {
namespace {

constexpr double two_to_32 = 4294967296.0;
constexpr std::size_t most_shares = 500'000'000;
constexpr std::size_t most_stores = 65'000;

using catchment::Costs;
using catchment::tile_size;

/// A store or an opening as the kernel takes it; `costs` must outlive it.
catchment::Source source_of(const Costs& costs, float amplitude) {
  return {static_cast<float>(costs.place.x), static_cast<float>(costs.place.y), amplitude, true,
          costs.times.empty() ? nullptr : costs.times.data()};
}

struct Utilities {
  const catchment::Market& market;
  catchment::Decayed decayed;
  std::vector<catchment::Source> base, opened;
  double outside = 0;
};

void tile_of(const Utilities& u, const catchment::Source& source, std::size_t begin,
             std::size_t end, float* out) {
  utilities(u.decayed, {u.market.x().data(), u.market.y().data()}, source, begin, end, out);
}

/// Shares of the zones [begin, end), at most a tile.
void fill(const Utilities& u, std::size_t begin, std::size_t end, Choices& out) {
  const std::size_t stores = u.base.size(), count = end - begin;
  std::vector<float> tile(tile_size * (stores + 1));
  std::array<double, tile_size> sum{};
  for (std::size_t k = 0; k < stores; ++k) {
    float* row = &tile[k * tile_size];
    tile_of(u, u.base[k], begin, end, row);
    for (std::size_t i = 0; i < count; ++i) sum[i] += static_cast<double>(row[i]);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const double per_share = 1 / (u.outside + sum[i]);
    double below = 0;
    for (std::size_t k = 0; k < stores; ++k) {
      below += static_cast<double>(tile[k * tile_size + i]);
      out.up_to[(begin + i) * stores + k] =
          static_cast<std::uint32_t>(std::min(below * per_share * two_to_32, two_to_32 - 1));
    }
  }
  for (std::size_t k = 0; k < u.opened.size(); ++k) {
    tile_of(u, u.opened[k], begin, end, tile.data());
    for (std::size_t i = 0; i < count; ++i) {
      out.newcomer[(begin + i) * u.opened.size() + k] =
          static_cast<float>(std::min(static_cast<double>(tile[i]) / (u.outside + sum[i]), 1e30));
    }
  }
}

Errors check_openings(const scenario::Scenario& scenario, std::span<const StoreId> openings) {
  Errors errors;
  for (std::size_t k = 0; k < openings.size(); ++k) {
    const scenario::Store* store = scenario.store(openings[k]);
    const std::string id = std::to_string(openings[k].value);
    if (store == nullptr || store->role != scenario::Role::candidate) {
      errors.push_back({"openings", "", id, "is no candidate", "ids of candidates"});
    } else if (std::find(openings.begin(), openings.begin() + static_cast<std::ptrdiff_t>(k),
                         openings[k]) != openings.begin() + static_cast<std::ptrdiff_t>(k)) {
      errors.push_back({"openings", "", id, "opens twice", "each candidate once"});
    }
  }
  return errors;
}

}  // namespace

Place Choices::find(StoreId id) const {
  const std::size_t row = index.find(id);
  return static_cast<Place>(row < stores.size() ? row : row + 1);
}

double Choices::distance_km(std::size_t zone, Place at) const {
  const geo::Point from = zone_place[zone];
  const geo::Point to = place[at < stores.size() ? at : std::size_t{at} - 1];
  const double dx = from.x - to.x, dy = from.y - to.y;
  return math::sqrt(dx * dx + dy * dy) / 1000;
}

Place Choices::drawn(std::size_t zone, std::uint32_t bits) const {
  const std::uint32_t* row = up_to.data() + zone * stores.size();
  std::size_t first = 0, left = stores.size();
  while (left > 0) {  // the first place with bits < up_to
    const std::size_t half = left / 2;
    const bool beyond = row[first + half] <= bits;
    first = beyond ? first + half + 1 : first;
    left = beyond ? left - half - 1 : half;
  }
  return static_cast<Place>(first);
}

double Choices::base_share(std::size_t zone, Place at) const {
  const std::uint32_t* row = up_to.data() + zone * stores.size();
  const double below = at == 0 ? 0 : row[at - 1];
  return ((at < stores.size() ? row[at] : two_to_32) - below) / two_to_32;
}

double Choices::share(std::size_t zone, Place at, std::span<const std::uint8_t> open) const {
  const float* row = newcomer.data() + zone * opened.size();
  double all = 1;
  for (std::size_t k = 0; k < opened.size(); ++k) {
    if (open[k] != 0) all += static_cast<double>(row[k]);
  }
  if (at <= outside()) return base_share(zone, at) / all;
  const std::size_t k = std::size_t{at} - stores.size() - 1;
  return open[k] != 0 ? static_cast<double>(row[k]) / all : 0;
}

Result<Choices> choices(const scenario::Scenario& scenario, std::span<const StoreId> openings,
                        const Job& job) {
  const auto params = catchment::read_params(scenario);
  if (!params) return fail(params.error());
  Errors errors = check_openings(scenario, openings);
  if (!errors.empty()) return fail(std::move(errors));
  const auto market = catchment::Market::build(scenario, params->measure, job);
  if (!market) return fail(market.error());
  const auto supplies = catchment::supplies(*market, scenario, job);
  if (!supplies) return fail(supplies.error());

  Choices out;
  out.zones = market->demand_count();
  out.warnings = market->warnings();
  const catchment::Choice choice = catchment::central(*params);
  out.online_share = choice.online_share;
  const std::size_t stores = supplies->size() + openings.size();
  if (stores > most_stores || out.zones * stores > most_shares) {
    return fail(Error{"", "demand.csv × stores.csv", std::to_string(out.zones * stores),
                      "are too many shares to hold", "up to 500 million, 65,000 stores"});
  }
  Utilities u{*market, catchment::decayed(choice), {}, {}, 0};
  // As in field(): never 0, so that who reaches no store goes outside.
  u.outside = std::max(choice.outside_utility, 0x1p-126);
  for (const catchment::Supply& supply : *supplies) {
    out.stores.push_back(supply.id);
    out.place.push_back(supply.costs.place);
    u.base.push_back(source_of(supply.costs, catchment::amplitude_of(choice, supply)));
  }
  std::vector<Costs> costs;
  catchment::Market::Scratch scratch;
  for (const StoreId id : openings) {
    costs.push_back(market->costs_to(scenario.store(id)->place, scratch));
    if (job.cancelled()) return fail("", "", std::string(cancelled_message));
  }
  for (std::size_t k = 0; k < openings.size(); ++k) {
    out.opened.push_back(openings[k]);
    out.place.push_back(costs[k].place);
    const double area = scenario.store(openings[k])->floor_area_m2;
    u.opened.push_back(source_of(costs[k], catchment::amplitude_of(choice, area)));
  }
  std::vector<StoreId> all = out.stores;
  all.insert(all.end(), out.opened.begin(), out.opened.end());
  out.index = StoreIndex(all);
  out.zone_place.assign(market->places().begin(), market->places().end());
  for (const double index : market->spending_index()) {
    out.money.push_back(index * choice.spending_per_head);
  }
  out.up_to.resize(out.zones * out.stores.size());
  out.newcomer.resize(out.zones * out.opened.size());
  const bool whole = parallel_blocks(
      out.zones, tile_size,
      [&](std::size_t begin, std::size_t end, std::size_t) { fill(u, begin, end, out); }, &job);
  if (!whole) return fail("", "", std::string(cancelled_message));
  return out;
}

}  // namespace footfall::visits
