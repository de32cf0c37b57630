#include <algorithm>
#include <cassert>

#include "core/parallel.hpp"
#include "sim/catchment/market.hpp"

namespace footfall::catchment {
namespace {

constexpr std::size_t enter_block_size = 128 * tile_size;
constexpr float least_utility = 0x1p-126f;

/// Demand points of a block of field(): few stores, large blocks. Depends on the problem alone.
std::size_t field_block_size(std::size_t stores) {
  return std::clamp<std::size_t>(65'536 / (stores + 1), 4, 64) * tile_size;
}

Source source_of(const Costs& costs, float amplitude, bool own) {
  return {static_cast<float>(costs.place.x), static_cast<float>(costs.place.y), amplitude, own,
          costs.times.empty() ? nullptr : costs.times.data()};
}

std::vector<Source> sources_of(std::span<const Supply> supplies, const Choice& choice) {
  std::vector<Source> out;
  out.reserve(supplies.size());
  for (const Supply& supply : supplies) {
    out.push_back(source_of(supply.costs, amplitude_of(choice, supply), supply.own));
  }
  return out;
}

Places places_of(const Market& market) {
  return {market.x().data(), market.y().data()};
}

Balance balance_of(const Field& field) {
  return {field.weight.data(), field.own.data(), field.rivals.data(), field.outside_utility()};
}

/// Money of each demand point that is spent in stores or outside.
std::vector<double> weights(const Market& market, const Choice& choice) {
  const double per_head = choice.spending_per_head * (1 - choice.online_share);
  std::vector<double> out(market.demand_count());
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = market.residents()[i] * market.spending_index()[i] * per_head;
  }
  return out;
}

double all_spending(const Market& market, const Choice& choice) {
  std::vector<double> heads(market.demand_count());
  for (std::size_t i = 0; i < heads.size(); ++i) {
    heads[i] = market.residents()[i] * market.spending_index()[i];
  }
  return tree_sum(heads) * choice.spending_per_head;
}

[[maybe_unused]] bool fits(const Market& market, const Costs& costs) {
  return costs.times.size() == (market.by_road() ? market.demand_count() : 0);
}

}  // namespace

float amplitude_of(const Choice& choice, const Supply& supply) {
  return amplitude_of(choice, supply.floor_area_m2) * static_cast<float>(supply.attraction);
}

float Field::outside_utility() const {
  return std::max(static_cast<float>(choice.outside_utility), least_utility);
}

Field field(const Market& market, std::span<const Supply> supplies, const Choice& choice,
            const Job* job) {
  assert(choice.measure == market.measure());
  const std::size_t count = market.demand_count(), stores = supplies.size();
  Field out;
  out.choice = choice;
  out.decayed = decayed(choice);
  out.own.resize(count);
  out.rivals.resize(count);
  const std::vector<double> weight = weights(market, choice);
  const std::vector<Source> sources = sources_of(supplies, choice);
  const std::size_t block_size = field_block_size(stores);
  const std::size_t blocks = (count + block_size - 1) / block_size;
  std::vector<double> sales(stores * blocks), outside(blocks), unserved(blocks);
  std::vector<std::uint64_t> unserved_points(blocks);
  parallel_blocks(
      count, block_size,
      [&](std::size_t begin, std::size_t end, std::size_t block) {
        std::vector<float> buffer(stores * tile_size);
        std::vector<double> lanes(stores * lane_count);
        FieldBlock b{weight.data(),  static_cast<double>(out.outside_utility()),
                     out.own.data(), out.rivals.data(),
                     buffer.data(),  lanes.data()};
        field_block(out.decayed, places_of(market), sources.data(), stores, begin, end, &b);
        for (std::size_t k = 0; k < stores; ++k) {
          sales[k * blocks + block] = lane_total(&lanes[k * lane_count]);
        }
        outside[block] = b.outside;
        unserved[block] = b.unserved;
        unserved_points[block] = b.unserved_points;
      },
      job);
  for (std::size_t k = 0; k < stores; ++k) {
    out.sales.push_back(tree_sum(std::span(sales).subspan(k * blocks, blocks)));
  }
  out.weight.assign(weight.begin(), weight.end());
  out.outside = tree_sum(outside);
  out.unserved = tree_sum(unserved);
  for (const std::uint64_t points : unserved_points) out.unserved_points += points;
  out.spending = all_spending(market, choice);
  out.online = out.spending * choice.online_share;
  return out;
}

Entry enter(const Market& market, const Field& field, const Costs& costs, double floor_area_m2,
            std::span<float> shares) {
  assert(fits(market, costs) && field.weight.size() == market.demand_count());
  assert(shares.empty() || shares.size() == market.demand_count());
  const Source site = source_of(costs, amplitude_of(field.choice, floor_area_m2), true);
  const std::size_t blocks = (market.demand_count() + enter_block_size - 1) / enter_block_size;
  std::vector<double> own(blocks), rivals(blocks), outside(blocks);
  parallel_blocks(market.demand_count(), enter_block_size,
                  [&](std::size_t begin, std::size_t end, std::size_t block) {
                    Taken taken;
                    enter_block(field.decayed, places_of(market), balance_of(field), site, begin,
                                end, shares.empty() ? nullptr : shares.data(), &taken);
                    own[block] = taken.own;
                    rivals[block] = taken.rivals;
                    outside[block] = taken.outside;
                  });
  Entry entry;
  entry.transferred = tree_sum(own);
  entry.from_competitors = tree_sum(rivals);
  entry.from_outside = tree_sum(outside);
  entry.sales = entry.transferred + entry.from_competitors + entry.from_outside;
  return entry;
}

std::vector<double> losses(const Market& market, const Field& field,
                           std::span<const Supply> supplies, const Costs& costs,
                           double floor_area_m2, const Job* job) {
  assert(fits(market, costs) && field.weight.size() == market.demand_count());
  const std::vector<Source> sources = sources_of(supplies, field.choice);
  const Source site = source_of(costs, amplitude_of(field.choice, floor_area_m2), true);
  const std::size_t block_size = field_block_size(supplies.size());
  const std::size_t blocks = (market.demand_count() + block_size - 1) / block_size;
  std::vector<double> parts(supplies.size() * blocks);
  parallel_blocks(
      market.demand_count(), block_size,
      [&](std::size_t begin, std::size_t end, std::size_t block) {
        std::vector<double> lanes(sources.size() * lane_count);
        losses_block(field.decayed, places_of(market), balance_of(field), sources.data(),
                     sources.size(), site, begin, end, lanes.data());
        for (std::size_t k = 0; k < sources.size(); ++k) {
          parts[k * blocks + block] = lane_total(&lanes[k * lane_count]);
        }
      },
      job);
  std::vector<double> out;
  for (std::size_t k = 0; k < sources.size(); ++k) {
    out.push_back(tree_sum(std::span(parts).subspan(k * blocks, blocks)));
  }
  return out;
}

}  // namespace footfall::catchment
