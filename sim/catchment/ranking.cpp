#include "sim/catchment/ranking.hpp"

#include <algorithm>
#include <numeric>

#include "core/parallel.hpp"
#include "sim/catchment/reasons.hpp"

namespace footfall::catchment {
namespace {

/// One candidate with what is fixed over all draws.
struct Site {
  const scenario::Store* store = nullptr;
  Costs costs;
};

/// What the draws give for one site.
struct Drawn {
  std::vector<Entry> entries;  // per draw
};

bool is_wanted(StoreId id, std::span<const StoreId> only) {
  return only.empty() || std::find(only.begin(), only.end(), id) != only.end();
}

Result<std::vector<Site>> sites_of(const Market& market, const scenario::Scenario& scenario,
                                   std::span<const StoreId> only, const Job& job) {
  std::vector<Site> sites;
  for (const scenario::Store& store : scenario.stores) {
    if (store.role == scenario::Role::candidate && is_wanted(store.id, only)) {
      sites.push_back({&store, {}});
    }
  }
  const bool done = parallel_blocks(
      sites.size(), 1,
      [&](std::size_t i, std::size_t, std::size_t) {
        Market::Scratch scratch;
        sites[i].costs = market.costs_to(sites[i].store->place, scratch);
      },
      &job);
  if (!done) return fail("", "", std::string(cancelled_message));
  return sites;
}

/// Quantile of sorted values, linear between order statistics (type 7 of Hyndman and Fan 1996).
double quantile(const std::vector<double>& sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// Interval of `level` over the draws, stretched to hold the central value.
Spread spread(double value, std::vector<double> draws, double level) {
  if (draws.empty()) return {value, value, value};
  std::sort(draws.begin(), draws.end());
  return {value, std::min(value, quantile(draws, (1 - level) / 2)),
          std::max(value, quantile(draws, (1 + level) / 2))};
}

template <class Get>
Spread spread_of(const Entry& central, const std::vector<Entry>& draws, double level, Get get) {
  std::vector<double> values;
  values.reserve(draws.size());
  for (const Entry& e : draws) values.push_back(get(e));
  return spread(get(central), std::move(values), level);
}

/// Demand points that bring 50 and 80 % of the site's sales, taken in order of the site's share of
/// their spending (ties by row): the core catchment as the trade-area literature draws it from the
/// inside out.
void core_catchment(const Field& field, std::span<const float> shares, SiteResult& out) {
  std::vector<std::uint32_t> order(shares.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return shares[a] != shares[b] ? shares[a] > shares[b] : a < b;
  });
  double sum = 0;
  out.core50.assign(shares.size(), false);
  out.core80.assign(shares.size(), false);
  for (const std::uint32_t i : order) {
    const double money = field.weight[i] * shares[i];
    if (!(money > 0)) continue;
    if (sum < 0.5 * out.sales.value) out.core50[i] = true;
    if (sum < 0.8 * out.sales.value) out.core80[i] = true;
    sum += money;
  }
}

double residents_where(const Market& market, const std::vector<bool>& inside) {
  double sum = 0;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i]) sum += market.residents()[i];
  }
  return sum;
}

void reach(const Market& market, const Costs& costs, SiteResult& out) {
  const std::size_t count = market.demand_count();
  const auto within_minutes = [&](double minutes) {
    std::vector<bool> inside(count, false);
    for (std::size_t i = 0; i < costs.times.size(); ++i) {
      inside[i] =
          costs.times[i] != geo::unreachable && geo::seconds(costs.times[i]) <= minutes * 60;
    }
    return residents_where(market, inside);
  };
  out.residents_5min = within_minutes(5);
  out.residents_10min = within_minutes(10);
  out.residents_15min = within_minutes(15);
  std::vector<bool> near(count);
  for (std::size_t i = 0; i < count; ++i) {
    near[i] = geo::distance_m(market.places()[i], costs.place) <= 3000;
  }
  out.residents_3km = residents_where(market, near);
}

void money(const scenario::Store& store, const Entry& central, const std::vector<Entry>& draws,
           double level, SiteResult& out) {
  if (!store.margin) return;
  const auto profit = [&](const Entry& e) {
    return e.net_new() * *store.margin - store.rent_per_year.value_or(0);
  };
  out.profit = spread_of(central, draws, level, profit);
  if (!store.fitout || !(out.profit->value > 0)) return;
  out.pays_back = true;
  // Where the profit may be nothing or less, the payback has no upper end: it is left at the
  // longest horizon that is told, 100 years.
  const auto years = [&](double p) { return p * 100 > *store.fitout ? *store.fitout / p : 100.0; };
  out.payback_years =
      Spread{years(out.profit->value), years(out.profit->high), years(out.profit->low)};
}

void sort_losses(std::vector<StoreLoss>& list) {
  std::sort(list.begin(), list.end(), [](const StoreLoss& a, const StoreLoss& b) {
    return a.loss != b.loss ? a.loss > b.loss : a.id < b.id;
  });
}

void store_losses(const Market& market, const Ranking& ranking, const Site& site, SiteResult& out) {
  const std::vector<double> lost =
      losses(market, ranking.field, ranking.supplies, site.costs, site.store->floor_area_m2);
  for (std::size_t k = 0; k < lost.size(); ++k) {
    const Supply& supply = ranking.supplies[k];
    const double base = ranking.field.sales[k];
    const StoreLoss loss{supply.id, lost[k], base > 0 ? lost[k] / base : 0};
    (supply.own ? out.own_losses : out.competitor_losses).push_back(loss);
  }
  sort_losses(out.own_losses);
  sort_losses(out.competitor_losses);
}

SiteResult central_result(const Market& market, const Ranking& ranking, const Site& site,
                          Entry& entry) {
  SiteResult out;
  out.id = site.store->id;
  out.far_from_roads = site.costs.far;
  std::vector<float> shares(market.demand_count());
  entry = enter(market, ranking.field, site.costs, site.store->floor_area_m2, shares);
  out.sales.value = entry.sales;
  core_catchment(ranking.field, shares, out);
  reach(market, site.costs, out);
  store_losses(market, ranking, site, out);
  return out;
}

/// How often each site is among the first 1, 3 and 5 by net-new sales.
void stability(const std::vector<Drawn>& drawn, std::vector<SiteResult>& sites, std::size_t draws) {
  std::vector<std::uint32_t> order(sites.size());
  for (std::size_t d = 0; d < draws; ++d) {
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      const double x = drawn[a].entries[d].net_new(), y = drawn[b].entries[d].net_new();
      return x != y ? x > y : sites[a].id < sites[b].id;
    });
    for (std::size_t r = 0; r < order.size() && r < 5; ++r) {
      SiteResult& site = sites[order[r]];
      const double one = 1.0 / static_cast<double>(draws);
      if (r < 1) site.top1 += one;
      if (r < 3) site.top3 += one;
      site.top5 += one;
    }
  }
}

}  // namespace

Result<Ranking> rank(const Market& market, const scenario::Scenario& scenario, const Params& params,
                     const RankOptions& options, std::span<const StoreId> only, const Job& job) {
  const auto cancelled = [] { return fail("", "", std::string(cancelled_message)); };
  auto list = supplies(market, scenario, job);
  if (!list) return fail(std::move(list.error()));
  auto sites = sites_of(market, scenario, only, job);
  if (!sites) return fail(std::move(sites.error()));

  job.progress(0.1, "job.shares");
  Ranking out;
  out.supplies = std::move(*list);
  out.field = field(market, out.supplies, central(params), &job);
  if (job.cancelled()) return cancelled();
  std::vector<Entry> entries(sites->size());
  for (std::size_t i = 0; i < sites->size(); ++i) {
    out.sites.push_back(central_result(market, out, (*sites)[i], entries[i]));
    if (job.cancelled()) return cancelled();
  }

  // Every site meets the same draws. Fields are computed in parallel inside.
  const auto draws = static_cast<std::size_t>(options.draws);
  std::vector<Drawn> drawn(sites->size());
  std::vector<std::vector<double>> store_draws(out.supplies.size());
  for (std::size_t d = 0; d < draws; ++d) {
    job.progress(0.2 + 0.8 * static_cast<double>(d) / static_cast<double>(draws), "job.draws");
    const Field f =
        field(market, out.supplies,
              catchment::drawn(params, options.seed, static_cast<std::uint32_t>(d)), &job);
    if (job.cancelled()) return cancelled();
    for (std::size_t k = 0; k < store_draws.size(); ++k) store_draws[k].push_back(f.sales[k]);
    for (std::size_t i = 0; i < sites->size(); ++i) {
      const Site& site = (*sites)[i];
      drawn[i].entries.push_back(enter(market, f, site.costs, site.store->floor_area_m2));
    }
    if (job.cancelled()) return cancelled();
  }

  for (std::size_t k = 0; k < out.supplies.size(); ++k) {
    out.store_sales.push_back(spread(out.field.sales[k], std::move(store_draws[k]), options.level));
  }
  for (std::size_t i = 0; i < out.sites.size(); ++i) {
    SiteResult& site = out.sites[i];
    const auto of = [&](auto get) {
      return spread_of(entries[i], drawn[i].entries, options.level, get);
    };
    site.sales = of([](const Entry& e) { return e.sales; });
    site.net_new = of([](const Entry& e) { return e.net_new(); });
    site.transferred = of([](const Entry& e) { return e.transferred; });
    site.from_competitors = of([](const Entry& e) { return e.from_competitors; });
    site.from_outside = of([](const Entry& e) { return e.from_outside; });
    money(*(*sites)[i].store, entries[i], drawn[i].entries, options.level, site);
  }
  if (draws > 0) stability(drawn, out.sites, draws);
  std::sort(out.sites.begin(), out.sites.end(), [](const SiteResult& a, const SiteResult& b) {
    return a.net_new.value != b.net_new.value ? a.net_new.value > b.net_new.value : a.id < b.id;
  });
  for (std::size_t i = 0; i < out.sites.size(); ++i) write_reason(scenario, out, options, i);
  return out;
}

}  // namespace footfall::catchment
