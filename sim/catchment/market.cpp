#include "sim/catchment/market.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

#include "core/math.hpp"
#include "core/parallel.hpp"
#include "core/text.hpp"
#include "sim/catchment/kernel.hpp"

namespace footfall::catchment {
namespace {

/// Demand points per parallel block: a multiple of the tile, and the unit of summing, so that
/// results do not depend on threads.
constexpr std::size_t block_points = 32 * tile_size;

std::size_t blocks_of(std::size_t count) {
  return (count + block_points - 1) / block_points;
}

geo::Road road_of(const scenario::RoadLine& line, const geo::Frame& frame) {
  geo::Road road;
  road.line.reserve(line.line.size());
  for (const LonLat place : line.line) road.line.push_back(frame.to_local(place));
  const bool cars = line.speed_kmh > 0;
  road.speed_kmh = cars ? line.speed_kmh : 1;
  road.drive_forward = cars && line.oneway >= 0;
  road.drive_backward = cars && line.oneway <= 0;
  road.walk = line.walk;
  return road;
}

geo::RoadGraph graph_of(const scenario::Scenario& scenario, const geo::Frame& frame,
                        Measure measure) {
  std::vector<geo::Road> roads;
  roads.reserve(scenario.roads.size());
  for (const scenario::RoadLine& line : scenario.roads) roads.push_back(road_of(line, frame));
  return geo::RoadGraph::build(roads,
                               measure == Measure::walk_time ? geo::Mode::walk : geo::Mode::drive);
}

TileStore tile_store(const Choice& choice, const Costs& costs, double floor_area_m2, bool own) {
  return {static_cast<float>(costs.place.x), static_cast<float>(costs.place.y),
          static_cast<float>(attraction(choice, floor_area_m2)), own,
          costs.times.empty() ? nullptr : costs.times.data()};
}

std::vector<TileStore> tile_stores(const Choice& choice, std::span<const Supply> supplies) {
  std::vector<TileStore> out;
  for (const Supply& s : supplies)
    out.push_back(tile_store(choice, s.costs, s.floor_area_m2, s.own));
  return out;
}

geo::TravelTime longest_of(const Costs& costs) {
  geo::TravelTime longest = 0;
  for (const geo::TravelTime t : costs.times) {
    if (t != geo::unreachable) longest = std::max(longest, t);
  }
  return longest;
}

geo::TravelTime longest_of(std::span<const Supply> supplies) {
  geo::TravelTime longest = 0;
  for (const Supply& s : supplies) longest = std::max(longest, longest_of(s.costs));
  return longest;
}

void fill(Tile& tile, const Market& market, std::size_t first) {
  tile.first = first;
  tile.count = std::min(tile_size, market.demand_count() - first);
  for (std::size_t i = 0; i < tile_size; ++i) {
    tile.x[i] = i < tile.count ? market.x()[first + i] : 0.0f;
    tile.y[i] = i < tile.count ? market.y()[first + i] : 0.0f;
  }
}

/// A tile's part of a column, filled up with zeros.
const double* part(std::span<const double> column, const Tile& tile, double* buffer) {
  if (tile.count == tile_size) return column.data() + tile.first;
  for (std::size_t i = 0; i < tile_size; ++i)
    buffer[i] = i < tile.count ? column[tile.first + i] : 0;
  return buffer;
}

/// Buffers of one block.
struct Buffers {
  explicit Buffers(std::size_t stores) : utilities(std::max<std::size_t>(stores, 1) * tile_size) {}
  Tile tile;
  std::vector<float> utilities;
  double total[tile_size], own[tile_size], taken[tile_size];
  double weight_part[tile_size], total_part[tile_size], own_part[tile_size];
  float share[tile_size];
};

/// partials[block * count + k] -> sum over blocks of each k, by the fixed tree.
std::vector<double> summed(const std::vector<double>& partials, std::size_t count) {
  const std::size_t blocks = count == 0 ? 0 : partials.size() / count;
  std::vector<double> out(count), column(blocks);
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t b = 0; b < blocks; ++b) column[b] = partials[b * count + k];
    out[k] = tree_sum(column);
  }
  return out;
}

}  // namespace

Result<Market> Market::build(const scenario::Scenario& scenario, Measure measure, const Job& job) {
  if (scenario.demand.empty()) return fail("demand.csv", "", "holds no demand points");
  if (measure != Measure::straight_distance && scenario.roads.empty()) {
    return fail(Error{"roads.geojson", "", "", "holds no roads, so travel times cannot be computed",
                      "catchment.measure=straight_distance"});
  }
  job.progress(0, "job.travel_times");
  Market market;
  market.measure_ = measure;
  market.frame_ = geo::Frame(scenario.origin());
  double residents = 0;
  for (const scenario::DemandPoint& point : scenario.demand) {
    const geo::Point place = market.frame_.to_local(point.place);
    market.places_.push_back(place);
    market.x_.push_back(static_cast<float>(place.x));
    market.y_.push_back(static_cast<float>(place.y));
    market.residents_.push_back(point.residents);
    market.spending_index_.push_back(point.spending_index);
    residents += point.residents;
  }
  if (!(residents > 0)) {
    return fail(
        Error{"demand.csv", "column residents", "", "sums to nobody", "at least one resident"});
  }
  market.graph_ = graph_of(scenario, market.frame_, measure);
  if (measure == Measure::straight_distance) return market;

  std::uint32_t far = 0;
  double far_residents = 0;
  for (std::size_t i = 0; i < market.places_.size(); ++i) {
    market.access_.push_back(market.graph_.access(market.places_[i]));
    if (!market.access_.back().far) continue;
    ++far;
    far_residents += market.residents_[i];
  }
  if (far > 0) {
    market.warnings_.push_back(
        std::to_string(far) + " demand points with " + fixed(far_residents, 0) +
        " residents are more than 2 km from any road; they buy only outside.");
  }
  return market;
}

Costs Market::costs_to(LonLat place, Scratch& scratch) const {
  Costs costs;
  costs.place = frame_.to_local(place);
  if (measure_ == Measure::straight_distance) return costs;
  const geo::RoadGraph::Access access = graph_.access(costs.place);
  costs.far = access.far;
  costs.times.assign(demand_count(), geo::unreachable);
  geo::times_to(graph_, access, costs.place, access_, places_, geo::longest, costs.times,
                scratch.roads, scratch.node_times);
  return costs;
}

Result<std::vector<Supply>> supplies(const Market& market, const scenario::Scenario& scenario,
                                     const Job& job) {
  std::vector<const scenario::Store*> stores;
  for (const scenario::Store& store : scenario.stores) {
    if (store.role != scenario::Role::candidate) stores.push_back(&store);
  }
  std::vector<Supply> out(stores.size());
  const bool done = parallel_blocks(
      stores.size(), 1,
      [&](std::size_t begin, std::size_t, std::size_t) {
        Market::Scratch scratch;
        const scenario::Store& store = *stores[begin];
        out[begin] = {store.id, store.floor_area_m2, store.role == scenario::Role::own,
                      market.costs_to(store.place, scratch)};
      },
      &job);
  if (!done) return fail("", "", std::string(cancelled_message));
  return out;
}

Field field(const Market& market, std::span<const Supply> supplies, const Choice& choice,
            const Job* job) {
  const std::size_t count = market.demand_count(), stores = supplies.size(),
                    blocks = blocks_of(count);
  const Law law = law_of(choice, longest_of(supplies));
  const std::vector<TileStore> list = tile_stores(choice, supplies);
  Field out;
  out.choice = choice;
  out.weight.resize(count);
  out.total.resize(count);
  out.own.resize(count);
  // Per block: sales of each store, then money outside, online, and all.
  const std::size_t columns = stores + 3;
  std::vector<double> partials(blocks * columns);
  parallel_blocks(
      count, block_points,
      [&](std::size_t begin, std::size_t end, std::size_t block) {
        Buffers b(stores);
        double* sums = partials.data() + block * columns;
        for (std::size_t first = begin; first < end; first += tile_size) {
          fill(b.tile, market, first);
          tile_utilities(law, b.tile, list.data(), stores, choice.outside_utility,
                         b.utilities.data(), b.total, b.own);
          for (std::size_t i = 0; i < tile_size; ++i) {
            double weight = 0;
            if (i < b.tile.count) {
              const std::size_t row = first + i;
              const double money =
                  market.residents()[row] * market.spending_index()[row] * choice.spending_per_head;
              weight = money * (1 - choice.online_share);
              sums[stores + 1] += money - weight;
              sums[stores + 2] += money;
              out.weight[row] = weight;
              out.total[row] = b.total[i];
              out.own[row] = b.own[i];
            }
            const bool somewhere = b.total[i] > 0;
            b.taken[i] = somewhere ? weight / b.total[i] : 0;
            sums[stores] += somewhere ? b.taken[i] * choice.outside_utility : weight;
          }
          tile_sums(b.utilities.data(), stores, b.taken, sums);
        }
      },
      job);
  out.sales = summed(partials, columns);
  out.spending = out.sales[stores + 2];
  out.online = out.sales[stores + 1];
  out.outside = out.sales[stores];
  out.sales.resize(stores);
  return out;
}

namespace {

/// The one pass behind enter() and losses(): utilities of the new store, then what it takes; with
/// `others`, also the loss of each of them.
struct Pass {
  Entry entry;
  std::vector<double> losses;
};
Pass entry_pass(const Market& market, const Field& field, std::span<const Supply> others,
                const Costs& costs, double floor_area_m2, std::span<float> shares) {
  const std::size_t count = market.demand_count(), stores = others.size(), columns = 3 + stores;
  const Law law = law_of(field.choice, std::max(longest_of(costs), longest_of(others)));
  const TileStore entrant = tile_store(field.choice, costs, floor_area_m2, true);
  const std::vector<TileStore> list = tile_stores(field.choice, others);
  const double outside_utility = field.choice.outside_utility;
  std::vector<double> partials(blocks_of(count) * columns);
  parallel_blocks(count, block_points, [&](std::size_t begin, std::size_t end, std::size_t block) {
    Buffers b(stores);
    double* sums = partials.data() + block * columns;
    for (std::size_t first = begin; first < end; first += tile_size) {
      fill(b.tile, market, first);
      tile_utilities(law, b.tile, &entrant, 1, 0, b.utilities.data(), b.total, b.own);
      tile_entry(b.utilities.data(), part(field.weight, b.tile, b.weight_part),
                 part(field.total, b.tile, b.total_part), part(field.own, b.tile, b.own_part),
                 outside_utility, b.share, b.taken, sums);
      if (!shares.empty())
        std::copy_n(b.share, b.tile.count, shares.begin() + static_cast<std::ptrdiff_t>(first));
      if (stores == 0) continue;
      tile_utilities(law, b.tile, list.data(), stores, 0, b.utilities.data(), b.total, b.own);
      tile_sums(b.utilities.data(), stores, b.taken, sums + 3);
    }
  });
  std::vector<double> sums = summed(partials, columns);
  Pass out;
  out.entry.sales = sums[0];
  out.entry.transferred = sums[1];
  out.entry.from_outside = sums[2];
  out.entry.from_competitors = std::max(0.0, sums[0] - sums[1] - sums[2]);
  out.losses.assign(sums.begin() + 3, sums.end());
  return out;
}

}  // namespace

Entry enter(const Market& market, const Field& field, const Costs& costs, double floor_area_m2,
            std::span<float> shares) {
  return entry_pass(market, field, {}, costs, floor_area_m2, shares).entry;
}

std::vector<double> losses(const Market& market, const Field& field,
                           std::span<const Supply> supplies, const Costs& costs,
                           double floor_area_m2) {
  return entry_pass(market, field, supplies, costs, floor_area_m2, {}).losses;
}

namespace {

constexpr std::string_view magic = "footfall-field-1\n";

/// Numbers of the head in order; measure and decay as numbers.
std::vector<double> head_of(const Field& f) {
  const Choice& c = f.choice;
  return {static_cast<double>(c.measure),
          static_cast<double>(c.decay),
          c.area_exponent,
          c.decay_value,
          c.access,
          c.outside_utility,
          c.online_share,
          c.spending_per_head,
          f.outside,
          f.online,
          f.spending,
          static_cast<double>(f.weight.size()),
          static_cast<double>(f.sales.size())};
}
constexpr std::size_t head_size = 13;

void append(std::string& out, std::span<const double> values) {
  out.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
}

}  // namespace

std::string pack(const Field& f) {
  std::string out(magic);
  append(out, head_of(f));
  for (const auto* column : {&f.weight, &f.total, &f.own, &f.sales}) append(out, *column);
  return out;
}

Result<Field> unpack_field(std::string_view bytes) {
  const auto broken = [] { return fail("field", "", "is no live field of this version"); };
  if (!bytes.starts_with(magic)) return broken();
  bytes.remove_prefix(magic.size());
  double head[head_size];
  if (bytes.size() < sizeof head) return broken();
  std::memcpy(head, bytes.data(), sizeof head);
  bytes.remove_prefix(sizeof head);
  const double most = 1e9;
  for (const double value : {head[0], head[1], head[11], head[12]}) {
    if (!(value >= 0 && value <= most)) return broken();
  }
  const auto points = static_cast<std::size_t>(head[11]),
             stores = static_cast<std::size_t>(head[12]);
  if (head[0] > 2 || head[1] > 1 || bytes.size() != (3 * points + stores) * sizeof(double))
    return broken();
  Field f;
  f.choice = {static_cast<Measure>(static_cast<int>(head[0])),
              static_cast<Decay>(static_cast<int>(head[1])),
              head[2],
              head[3],
              head[4],
              head[5],
              head[6],
              head[7]};
  f.outside = head[8];
  f.online = head[9];
  f.spending = head[10];
  for (auto* column : {&f.weight, &f.total, &f.own, &f.sales}) {
    column->resize(column == &f.sales ? stores : points);
    std::memcpy(column->data(), bytes.data(), column->size() * sizeof(double));
    bytes.remove_prefix(column->size() * sizeof(double));
  }
  return f;
}

}  // namespace footfall::catchment
