#include "sim/catchment/ranking.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <numeric>

#include "core/parallel.hpp"
#include "core/text.hpp"
#include "sim/catchment/reasons.hpp"

namespace footfall::catchment {
namespace {

/// Draws between two reports of progress, run in parallel.
constexpr std::size_t draws_at_once = 32;

/// One candidate with what is fixed over all draws.
struct Site {
  const scenario::Store* store = nullptr;
  Costs costs;
  std::vector<Entry> drawn;  // per draw
};

tl::unexpected<Errors> cancelled() {
  return fail({}, {}, std::string(cancelled_message));
}

bool is_wanted(StoreId id, std::span<const StoreId> only) {
  return only.empty() || std::find(only.begin(), only.end(), id) != only.end();
}

std::vector<Site> sites_of(const Market& market, const scenario::Scenario& scenario,
                           std::span<const StoreId> only, std::size_t draws, const Job& job) {
  std::vector<Site> sites;
  for (const scenario::Store& store : scenario.stores) {
    if (store.role == scenario::Role::candidate && is_wanted(store.id, only)) {
      sites.push_back({&store, {}, std::vector<Entry>(draws)});
    }
  }
  parallel_blocks(
      sites.size(), 1,
      [&](std::size_t i, std::size_t, std::size_t) {
        Market::Scratch scratch;
        sites[i].costs = market.costs_to(sites[i].store->place, scratch);
      },
      &job);
  return sites;
}

double quantile(const std::vector<double>& sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

Spread spread(double value, std::vector<double> draws, double level) {
  if (draws.empty()) return {value, value, value};
  std::sort(draws.begin(), draws.end());
  return {value, std::min(value, quantile(draws, (1 - level) / 2)),
          std::max(value, quantile(draws, (1 + level) / 2))};
}

template <class Get>
Spread spread_of(const Entry& central, const std::vector<Entry>& draws, double level,
                 const Get& get) {
  std::vector<double> values;
  values.reserve(draws.size());
  for (const Entry& entry : draws) values.push_back(get(entry));
  return spread(get(central), std::move(values), level);
}

void core_catchment(const Field& field, std::span<const float> shares, SiteResult& out) {
  // By share, the greatest first, then by index: the bits of positive floats have their order.
  std::vector<std::uint64_t> order;
  for (std::uint32_t i = 0; i < shares.size(); ++i) {
    if (!(shares[i] > 0) || !(field.weight[i] > 0)) continue;
    std::uint32_t bits = 0;
    std::memcpy(&bits, &shares[i], sizeof bits);
    order.push_back((std::uint64_t{~bits} << 32) | i);
  }
  std::sort(order.begin(), order.end());
  out.core50.assign(shares.size(), false);
  out.core80.assign(shares.size(), false);
  double sum = 0;
  for (const std::uint64_t key : order) {
    const auto i = static_cast<std::uint32_t>(key);
    if (sum < 0.5 * out.sales.value) out.core50[i] = true;
    if (sum < 0.8 * out.sales.value) out.core80[i] = true;
    sum += static_cast<double>(field.weight[i]) * static_cast<double>(shares[i]);
  }
}

void reach(const Market& market, const Costs& costs, SiteResult& out) {
  Market::Scratch scratch;
  const std::vector<geo::TravelTime> by_car =
      market.by_road() ? std::vector<geo::TravelTime>{} : market.times_to(costs.place, scratch);
  const std::vector<geo::TravelTime>& times = market.by_road() ? costs.times : by_car;
  std::array<std::vector<double>, 4> residents;
  for (auto& column : residents) column.assign(market.demand_count(), 0);
  for (std::size_t i = 0; i < market.demand_count(); ++i) {
    const double here = market.residents()[i];
    if (!times.empty() && times[i] != geo::unreachable) {
      for (std::size_t limit = 0; limit < 3; ++limit) {
        const double limit_s = 300.0 * static_cast<double>(limit + 1);
        if (geo::seconds(times[i]) <= limit_s) residents[limit][i] = here;
      }
    }
    if (geo::distance_m(market.places()[i], costs.place) <= 3000) residents[3][i] = here;
  }
  out.residents_5min = tree_sum(residents[0]);
  out.residents_10min = tree_sum(residents[1]);
  out.residents_15min = tree_sum(residents[2]);
  out.residents_3km = tree_sum(residents[3]);
}

void earnings(const Site& site, const Entry& central, double level, SiteResult& out) {
  const scenario::Store& store = *site.store;
  if (!store.margin || !store.rent_per_year) return;
  out.profit = spread_of(central, site.drawn, level, [&](const Entry& entry) {
    return entry.net_new() * *store.margin - *store.rent_per_year;
  });
  if (!store.fitout || !(out.profit->value > 0)) return;
  out.pays_back = true;
  const auto years = [&](double profit) {
    return profit * longest_payback_years > *store.fitout ? *store.fitout / profit
                                                          : longest_payback_years;
  };
  out.payback_years =
      Spread{years(out.profit->value), years(out.profit->high), years(out.profit->low)};
}

void sort_losses(std::vector<StoreLoss>& list) {
  std::sort(list.begin(), list.end(), [](const StoreLoss& a, const StoreLoss& b) {
    return a.loss != b.loss ? a.loss > b.loss : a.id < b.id;
  });
}

void store_losses(const Market& market, const Ranking& ranking, const Site& site, const Job& job,
                  SiteResult& out) {
  const std::vector<double> lost =
      losses(market, ranking.field, ranking.supplies, site.costs, site.store->floor_area_m2, &job);
  for (std::size_t k = 0; k < lost.size(); ++k) {
    const double base = ranking.field.sales[k];
    auto& list = ranking.supplies[k].own ? out.own_losses : out.competitor_losses;
    list.push_back({ranking.supplies[k].id, lost[k], base > 0 ? lost[k] / base : 0});
  }
  sort_losses(out.own_losses);
  sort_losses(out.competitor_losses);
}

SiteResult central_result(const Market& market, const Ranking& ranking, const Site& site,
                          const Job& job, Entry& entry) {
  SiteResult out;
  out.id = site.store->id;
  out.far_from_roads = site.costs.far;
  std::vector<float> shares(market.demand_count());
  entry = enter(market, ranking.field, site.costs, site.store->floor_area_m2, shares);
  out.sales.value = entry.sales;
  core_catchment(ranking.field, shares, out);
  reach(market, site.costs, out);
  store_losses(market, ranking, site, job, out);
  return out;
}

/// All draws, for all sites and stores; false where it was cancelled.
bool draw_all(const Market& market, const Params& params, const RankOptions& options,
              const Ranking& ranking, std::vector<Site>& sites,
              std::vector<std::vector<double>>& store_sales, const Job& job) {
  const auto draws = static_cast<std::size_t>(options.draws);
  for (std::size_t first = 0; first < draws; first += draws_at_once) {
    job.progress(0.2 + 0.8 * static_cast<double>(first) / static_cast<double>(draws), "job.draws");
    const bool done = parallel_blocks(
        std::min(draws_at_once, draws - first), 1,
        [&](std::size_t i, std::size_t, std::size_t) {
          const std::size_t d = first + i;
          const Choice choice = drawn(params, options.seed, static_cast<std::uint32_t>(d));
          const Field f = field(market, ranking.supplies, choice, &job);
          for (std::size_t k = 0; k < store_sales.size(); ++k) store_sales[k][d] = f.sales[k];
          for (Site& site : sites) {
            if (job.cancelled()) return;
            site.drawn[d] = enter(market, f, site.costs, site.store->floor_area_m2);
          }
        },
        &job);
    if (!done || job.cancelled()) return false;
  }
  return true;
}

/// How often each site is among the first 1, 3 and 5 by net-new sales; ties by id, which is the
/// order of `sites` here.
void stability(const std::vector<Site>& sites, std::size_t draws, std::vector<SiteResult>& out) {
  std::vector<std::array<std::uint32_t, 3>> counts(sites.size());
  std::vector<std::uint32_t> order(sites.size());
  for (std::size_t d = 0; d < draws; ++d) {
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      const double x = sites[a].drawn[d].net_new(), y = sites[b].drawn[d].net_new();
      return x != y ? x > y : a < b;
    });
    for (std::size_t place = 0; place < order.size() && place < 5; ++place) {
      auto& count = counts[order[place]];
      if (place < 1) ++count[0];
      if (place < 3) ++count[1];
      ++count[2];
    }
  }
  for (std::size_t i = 0; i < sites.size(); ++i) {
    out[i].top1 = counts[i][0] / static_cast<double>(draws);
    out[i].top3 = counts[i][1] / static_cast<double>(draws);
    out[i].top5 = counts[i][2] / static_cast<double>(draws);
  }
}

void fill_spreads(const Site& site, const Entry& central, double level, SiteResult& out) {
  const auto of = [&](const auto& get) { return spread_of(central, site.drawn, level, get); };
  out.sales = of([](const Entry& e) { return e.sales; });
  out.net_new = of([](const Entry& e) { return e.net_new(); });
  out.transferred = of([](const Entry& e) { return e.transferred; });
  out.from_competitors = of([](const Entry& e) { return e.from_competitors; });
  out.from_outside = of([](const Entry& e) { return e.from_outside; });
  earnings(site, central, level, out);
}

void warn_of_unserved(const Field& field, std::vector<std::string>& warnings) {
  if (field.unserved_points == 0) return;
  warnings.push_back(grouped(static_cast<double>(field.unserved_points), 0) +
                     " demand points reach no store; their " + grouped(field.unserved, 0) +
                     " a year count as spent outside.");
}

}  // namespace

Result<Ranking> rank(const Market& market, const scenario::Scenario& scenario, const Params& params,
                     const RankOptions& options, std::span<const StoreId> only, const Job& job) {
  job.progress(0, "job.travel_times");
  auto stores = supplies(market, scenario, job);
  if (!stores) return fail(std::move(stores.error()));
  Ranking out;
  out.supplies = std::move(*stores);
  const auto draws = static_cast<std::size_t>(std::max<std::int64_t>(options.draws, 0));
  std::vector<Site> sites = sites_of(market, scenario, only, draws, job);

  job.progress(0.1, "job.shares");
  if (job.cancelled()) return cancelled();
  out.field = field(market, out.supplies, central(params), &job);
  warn_of_unserved(out.field, out.warnings);
  out.sites.resize(sites.size());
  std::vector<Entry> entries(sites.size());
  const bool done = parallel_blocks(
      sites.size(), 1,
      [&](std::size_t i, std::size_t, std::size_t) {
        out.sites[i] = central_result(market, out, sites[i], job, entries[i]);
      },
      &job);
  if (!done || job.cancelled()) return cancelled();

  std::vector<std::vector<double>> store_sales(out.supplies.size(), std::vector<double>(draws));
  if (!draw_all(market, params, options, out, sites, store_sales, job)) return cancelled();
  for (std::size_t k = 0; k < store_sales.size(); ++k) {
    out.store_sales.push_back(spread(out.field.sales[k], std::move(store_sales[k]), options.level));
  }
  for (std::size_t i = 0; i < sites.size(); ++i) {
    fill_spreads(sites[i], entries[i], options.level, out.sites[i]);
  }
  if (draws > 0) stability(sites, draws, out.sites);
  std::sort(out.sites.begin(), out.sites.end(), [](const SiteResult& a, const SiteResult& b) {
    return a.net_new.value != b.net_new.value ? a.net_new.value > b.net_new.value : a.id < b.id;
  });
  for (SiteResult& site : out.sites) write_reason(scenario, options, out.sites.size(), site);
  job.progress(1, "job.draws");
  return out;
}

}  // namespace footfall::catchment
