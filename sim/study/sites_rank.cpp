#include "sim/study/sites_rank.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "geo/roads.hpp"
#include "sim/catchment/ranking.hpp"
#include "sim/study/table_builder.hpp"

namespace footfall::study {
namespace {

constexpr char options_name[] = "sites rank";

using catchment::Ranking;
using catchment::SiteResult;
using catchment::Spread;

/// Everything the writers of figures, tables and layers read.
struct Context {
  const scenario::Scenario& scenario;
  const catchment::Market& market;
  const catchment::Params& params;
  const SitesRankOptions& options;
  const Ranking& ranking;
  std::string money;  ///< unit: "CHF/year"
};

const scenario::Store& store_of(const Context& c, StoreId id) {
  return *c.scenario.store(id);
}

Figure figure(std::string id, std::string unit, const Spread& s, const Context& c) {
  const bool interval = c.options.draws > 0;
  return {std::move(id),
          std::move(unit),
          s.value,
          interval ? s.low : s.value,
          interval ? s.high : s.value,
          interval ? Basis::parameters : Basis::none,
          static_cast<std::uint32_t>(c.options.draws)};
}
Figure plain(std::string id, std::string unit, double value) {
  return {std::move(id), std::move(unit), value, value, value, Basis::none, 0};
}

std::vector<Figure> figures(const Context& c) {
  const catchment::Field& field = c.ranking.field;
  double own = 0, in_stores = 0;
  for (std::size_t k = 0; k < c.ranking.supplies.size(); ++k) {
    in_stores += field.sales[k];
    if (c.ranking.supplies[k].own) own += field.sales[k];
  }
  std::vector<Figure> out;
  if (!c.ranking.sites.empty()) {
    const SiteResult& best = c.ranking.sites.front();
    out.push_back(figure("best_net_new_sales", c.money, best.net_new, c));
    out.push_back(figure("best_expected_sales", c.money, best.sales, c));
    out.push_back(figure("best_transferred", c.money, best.transferred, c));
    if (c.options.draws > 0) out.push_back(plain("best_top1_share", "%", best.top1 * 100));
  }
  out.push_back(plain("candidates", "", static_cast<double>(c.ranking.sites.size())));
  out.push_back(plain("own_sales_now", c.money, own));
  out.push_back(plain("own_share_now", "%", field.spending > 0 ? own / field.spending * 100 : 0));
  out.push_back(plain("store_sales_now", c.money, in_stores));
  out.push_back(
      plain("outside_share", "%", field.spending > 0 ? field.outside / field.spending * 100 : 0));
  out.push_back(plain("spending_total", c.money, field.spending));
  return out;
}

Table sites_table(const Context& c) {
  TableBuilder t("sites");
  const bool interval = c.options.draws > 0;
  std::int64_t rank = 0;
  for (const SiteResult& site : c.ranking.sites) {
    const scenario::Store& store = store_of(c, site.id);
    t.integer("rank", "", ++rank);
    t.integer("id", "", site.id.value);
    t.text("name", store.name);
    t.spread("net_new_sales", c.money, 0, site.net_new, interval);
    t.spread("expected_sales", c.money, 0, site.sales, interval);
    t.spread("transferred", c.money, 0, site.transferred, interval);
    t.spread("from_competitors", c.money, 0, site.from_competitors, interval);
    t.spread("from_outside", c.money, 0, site.from_outside, interval);
    const bool hit = !site.own_losses.empty() && site.own_losses.front().loss > 0;
    t.text("hardest_hit", hit ? store_of(c, site.own_losses.front().id).name : "");
    t.number("hardest_hit_loss", c.money, 0,
             hit ? std::optional(site.own_losses.front().loss) : std::nullopt);
    t.number("residents_5min", "persons", 0, site.residents_5min);
    t.number("residents_10min", "persons", 0, site.residents_10min);
    t.number("residents_15min", "persons", 0, site.residents_15min);
    t.number("residents_3km", "persons", 0, site.residents_3km);
    t.optional_spread("profit", c.money, 0, site.profit, interval);
    t.optional_spread("payback_years", "years", 1, site.payback_years, interval);
    if (interval) {
      t.number("top1", "%", 0, site.top1 * 100);
      t.number("top3", "%", 0, site.top3 * 100);
      t.number("top5", "%", 0, site.top5 * 100);
    }
    t.number("floor_area_m2", "m2", 0, store.floor_area_m2);
    t.number("lon", "deg", 7, store.place.lon());
    t.number("lat", "deg", 7, store.place.lat());
    t.text("reason_en", site.reason_en);
    t.text("reason_zh", site.reason_zh);
  }
  return t.take();
}

Table stores_table(const Context& c) {
  TableBuilder t("stores");
  const bool interval = c.options.draws > 0;
  for (std::size_t k = 0; k < c.ranking.supplies.size(); ++k) {
    const scenario::Store& store = store_of(c, c.ranking.supplies[k].id);
    t.integer("id", "", store.id.value);
    t.text("name", store.name);
    t.text("brand", store.brand);
    t.text("role", std::string(scenario::name_of(store.role)));
    t.number("floor_area_m2", "m2", 0, store.floor_area_m2);
    t.spread("sales", c.money, 0, c.ranking.store_sales[k], interval);
    t.number("sales_per_m2", c.scenario.currency + "/m2/year", 0,
             c.ranking.store_sales[k].value / store.floor_area_m2);
    if (c.ranking.sites.empty()) continue;
    const SiteResult& best = c.ranking.sites.front();
    for (const auto* list : {&best.own_losses, &best.competitor_losses}) {
      for (const catchment::StoreLoss& loss : *list) {
        if (loss.id == store.id) t.number("change_with_best", "%", 1, -loss.share * 100);
      }
    }
  }
  return t.take();
}

Table transfers_table(const Context& c) {
  TableBuilder t("transfers");
  for (const SiteResult& site : c.ranking.sites) {
    for (const auto* list : {&site.own_losses, &site.competitor_losses}) {
      for (const catchment::StoreLoss& loss : *list) {
        const scenario::Store& store = store_of(c, loss.id);
        t.integer("site_id", "", site.id.value);
        t.text("site", store_of(c, site.id).name);
        t.integer("store_id", "", store.id.value);
        t.text("store", store.name);
        t.text("role", std::string(scenario::name_of(store.role)));
        t.number("loss", c.money, 0, loss.loss);
        t.number("loss_share", "%", 2, loss.share * 100);
      }
    }
  }
  return t.take();
}

Shape point_shape(LonLat place) {
  return {Shape::Kind::point, {{place}}, {}};
}

Layer sites_layer(const Context& c) {
  Layer layer{"sites", {}, {}};
  TableBuilder t("sites");
  std::int64_t rank = 0;
  for (const SiteResult& site : c.ranking.sites) {
    const scenario::Store& store = store_of(c, site.id);
    layer.shapes.push_back(point_shape(store.place));
    t.integer("rank", "", ++rank);
    t.integer("id", "", site.id.value);
    t.text("name", store.name);
    t.number("net_new_sales", c.money, 0, site.net_new.value);
    t.number("expected_sales", c.money, 0, site.sales.value);
  }
  layer.attributes = t.take();
  return layer;
}

Layer stores_layer(const Context& c) {
  Layer layer{"stores", {}, {}};
  TableBuilder t("stores");
  for (std::size_t k = 0; k < c.ranking.supplies.size(); ++k) {
    const scenario::Store& store = store_of(c, c.ranking.supplies[k].id);
    layer.shapes.push_back(point_shape(store.place));
    t.integer("id", "", store.id.value);
    t.text("name", store.name);
    t.text("brand", store.brand);
    t.text("role", std::string(scenario::name_of(store.role)));
    t.number("sales", c.money, 0, c.ranking.store_sales[k].value);
  }
  layer.attributes = t.take();
  return layer;
}

/// Demand points in the core catchment of the best site: share 50 or 80.
Layer catchment_layer(const Context& c) {
  Layer layer{"catchment_best", {}, {}};
  TableBuilder t("catchment_best");
  const SiteResult& best = c.ranking.sites.front();
  for (std::size_t i = 0; i < c.scenario.demand.size(); ++i) {
    if (!best.core80[i]) continue;
    layer.shapes.push_back(point_shape(c.scenario.demand[i].place));
    t.integer("core", "%", best.core50[i] ? 50 : 80);
    t.number("residents", "persons", 1, c.scenario.demand[i].residents);
  }
  layer.attributes = t.take();
  return layer;
}

Shape polygon_shape(const geo::MultiPolygon& polygons, const geo::Frame& frame) {
  Shape shape{Shape::Kind::polygon, {}, {}};
  const auto add = [&](const geo::Ring& ring, bool outer) {
    std::vector<LonLat> places;
    for (const geo::Point p : ring) places.push_back(frame.to_lonlat(p));
    shape.parts.push_back(std::move(places));
    shape.outer.push_back(outer);
  };
  for (const geo::Polygon& polygon : polygons) {
    add(polygon.outer, true);
    for (const geo::Ring& hole : polygon.holes) add(hole, false);
  }
  return shape;
}

/// What is reached from the best site in 5, 10 and 15 minutes; without roads, rings of 1, 2 and 3
/// km.
Layer reach_layer(const Context& c) {
  Layer layer{"isochrones_best", {}, {}};
  TableBuilder t("isochrones_best");
  const geo::Point place = c.market.frame().to_local(store_of(c, c.ranking.sites.front().id).place);
  const geo::RoadGraph& graph = c.market.graph();
  if (c.market.measure() != catchment::Measure::straight_distance) {
    const std::vector<double> limits_s{300, 600, 900};
    const auto outlines = geo::isochrones(graph, graph.access(place), limits_s);
    for (std::size_t i = outlines.size(); i-- > 0;) {
      if (outlines[i].empty()) continue;
      layer.shapes.push_back(polygon_shape(outlines[i], c.market.frame()));
      t.number("minutes", "min", 0, limits_s[i] / 60);
    }
  } else {
    for (const double km : {3.0, 2.0, 1.0}) {
      layer.shapes.push_back(
          polygon_shape({{geo::circle(place, km * 1000), {}}}, c.market.frame()));
      t.number("kilometres", "km", 0, km);
    }
  }
  layer.attributes = t.take();
  return layer;
}

std::vector<std::string> assumptions(const Context& c) {
  std::vector<std::string> out{
      "Shoppers split their spending over all stores by floor area and effort to get there (Huff "
      "model); "
      "no store is left out, however far.",
      "A candidate is judged alone: no other candidate opens, and competitors do not react.",
  };
  if (c.params.attraction.empty()) {
    out.emplace_back(
        "Competing stores offer the same attraction per square metre as the chain's own.");
  } else {
    out.emplace_back(
        "Stores' attraction is calibrated; candidates have that of their floor area alone.");
  }
  if (c.options.draws > 0) {
    out.push_back(
        "Intervals hold " + shortest(c.options.level * 100) + " % of " +
        std::to_string(c.options.draws) +
        " draws of the parameters from their ranges, the same draws for every site; they do not "
        "cover errors of the map or of the population.");
  }
  for (const std::string& note : c.scenario.notes) out.push_back(note);
  return out;
}

}  // namespace

Result<Output> compute_sites_rank(const scenario::Scenario& scenario, const Json& options_json,
                                  const Job& job) {
  SitesRankOptions options;
  from_json(options_json, fields(options), "options", options_name);
  auto params = catchment::read_params(scenario);
  if (!params) return fail(std::move(params.error()));
  auto only = candidate_ids(scenario, "only", options.only);
  if (!only) return fail(std::move(only.error()));
  auto market = catchment::Market::build(scenario, params->measure, job);
  if (!market) return fail(std::move(market.error()));
  const catchment::RankOptions rank_options{static_cast<std::uint64_t>(options.seed), options.draws,
                                            options.level};
  auto ranking = catchment::rank(*market, scenario, *params, rank_options, *only, job);
  if (!ranking) return fail(std::move(ranking.error()));

  const Context c{scenario, *market, *params, options, *ranking, scenario.currency + "/year"};
  Output out;
  Results& results = out.results;
  results.title = scenario.name;
  results.figures = figures(c);
  results.tables = {sites_table(c), stores_table(c), transfers_table(c)};
  results.layers = {stores_layer(c), sites_layer(c)};
  if (!ranking->sites.empty()) {
    results.layers.insert(results.layers.begin(), {reach_layer(c), catchment_layer(c)});
  }
  results.provenance.assumptions = assumptions(c);
  results.provenance.warnings = market->warnings();
  for (const std::string& warning : ranking->warnings)
    results.provenance.warnings.push_back(warning);
  for (const SiteResult& site : ranking->sites) {
    if (!site.far_from_roads) continue;
    results.provenance.warnings.push_back("Site " + std::to_string(site.id.value) + " (" +
                                          store_of(c, site.id).name + ") is far from any road.");
  }
  if (ranking->sites.empty())
    results.provenance.warnings.push_back("The scenario has no candidate sites.");
  out.field = std::move(ranking->field);
  return out;
}

Result<std::vector<StoreId>> candidate_ids(const scenario::Scenario& scenario,
                                           const std::string& option, const std::string& list) {
  std::vector<StoreId> ids;
  Errors errors;
  if (trimmed(list).empty()) return ids;
  for (const std::string& text : split(list, ',')) {
    const auto number = parse_integer(text);
    const StoreId id{
        number && *number > 0 && *number <= 0xffffffff ? static_cast<std::uint32_t>(*number) : 0};
    const scenario::Store* store = id ? scenario.store(id) : nullptr;
    if (store == nullptr || store->role != scenario::Role::candidate) {
      errors.push_back(
          {"options", option, text, "is no candidate", "ids of candidates, separated by commas"});
    } else {
      ids.push_back(id);
    }
  }
  if (!errors.empty()) return fail(std::move(errors));
  return ids;
}

Fields fields(SitesRankOptions& o) {
  return {
      {"draws", &o.draws, 0, 100'000, "", "Parameter draws behind the intervals; 0 gives none"},
      {"level", &o.level, 0.5, 0.99, "", "Share of the draws that lies inside an interval"},
      {"seed", &o.seed, 0, 9'007'199'254'740'992.0, "", "Seed of the random numbers"},
      {"only", &o.only, 0, 0, "",
       "Ids of the candidates to evaluate, separated by commas; empty: all"},
  };
}

Study sites_rank() {
  return {options_name,
          "Rank candidate sites by what they add to the chain's sales",
          "footfall sites rank liechtenstein --set catchment.decay_exponent=2.2 --out result",
          block_of<SitesRankOptions, options_name>(),
          {"catchment"}};
}

}  // namespace footfall::study
