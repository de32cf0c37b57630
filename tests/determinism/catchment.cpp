#include "core/hash.hpp"
#include "sim/catchment/ranking.hpp"
#include "tests/determinism/determinism.hpp"
#include "tests/sim/catchment/town.hpp"

using namespace footfall;
using namespace footfall::catchment;
using namespace footfall::catchment::testing;

namespace {

void update(Sha256& hash, const Spread& s) {
  hash.update_f64(s.value);
  hash.update_f64(s.low);
  hash.update_f64(s.high);
}

void update(Sha256& hash, const Entry& entry) {
  hash.update_f64(entry.sales);
  hash.update_f64(entry.transferred);
  hash.update_f64(entry.from_competitors);
  hash.update_f64(entry.from_outside);
}

void update(Sha256& hash, const SiteResult& site) {
  hash.update_u32(site.id.value);
  for (const Spread& s :
       {site.sales, site.net_new, site.transferred, site.from_competitors, site.from_outside}) {
    update(hash, s);
  }
  for (const bool in : site.core80) hash.update_u32(in ? 1 : 0);
  for (const double people : {site.residents_5min, site.residents_10min, site.residents_15min,
                              site.residents_3km, site.top1, site.top3, site.top5}) {
    hash.update_f64(people);
  }
  hash.update(site.reason_en);
  hash.update(site.reason_zh);
}

/// Field, a newcomer, its victims, and a ranking with draws.
std::string hash_of(Measure measure, Decay decay) {
  const Job job;
  scenario::Scenario town = random_town(31, 9001, 23, 4);
  add_street(town);
  const auto market = Market::build(town, measure, job);
  if (!market) return describe(market.error());
  Params params;
  params.measure = measure;
  params.decay = decay;
  const auto ranking = rank(*market, town, params, {7, 12, 0.9}, {}, job);
  if (!ranking) return describe(ranking.error());
  Sha256 hash;
  hash.update(pack(ranking->field));
  for (const Spread& s : ranking->store_sales) update(hash, s);
  for (const SiteResult& site : ranking->sites) update(hash, site);
  Market::Scratch scratch;
  const Costs costs = market->costs_to(place_at(123, -45), scratch);
  std::vector<float> shares(market->demand_count());
  update(hash, enter(*market, ranking->field, costs, 1234, shares));
  for (const float share : shares) hash.update_f32(share);
  for (const double loss : losses(*market, ranking->field, ranking->supplies, costs, 1234)) {
    hash.update_f64(loss);
  }
  return hash.hex();
}

}  // namespace

FOOTFALL_GOLDEN(catchment_straight_power) {
  return hash_of(Measure::straight_distance, Decay::power);
}
FOOTFALL_GOLDEN(catchment_straight_exponential) {
  return hash_of(Measure::straight_distance, Decay::exponential);
}
FOOTFALL_GOLDEN(catchment_drive_power) {
  return hash_of(Measure::drive_time, Decay::power);
}
