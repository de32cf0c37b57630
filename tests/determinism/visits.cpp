#include "core/hash.hpp"
#include "sim/visits/calibrate.hpp"
#include "sim/visits/counters.hpp"
#include "sim/visits/counts.hpp"
#include "tests/determinism/determinism.hpp"
#include "tests/sim/visits/people.hpp"

using namespace footfall;
using namespace footfall::visits;
using namespace footfall::visits::testing;

namespace {

void update(Sha256& hash, const Visit& v) {
  for (const std::uint32_t word :
       {v.shopper.value, v.store.value, static_cast<std::uint32_t>(v.day), v.arrival_s,
        static_cast<std::uint32_t>(v.planned_minor), std::uint32_t{v.ordinal},
        static_cast<std::uint32_t>(v.channel), static_cast<std::uint32_t>(v.mission),
        static_cast<std::uint32_t>(v.origin), v.cause.value}) {
    hash.update_u32(word);
  }
}

/// Weather, holidays, daytime places, deliveries, openings and nudges, all at once.
Params everything() {
  Params params;
  params.holidays = "2026-01-01, 2026-01-20";
  params.holiday_weight = 0.4;
  params.bad_weather_share = 0.3;
  params.daytime_share = 0.3;
  params.delivery_share = 0.2;
  return params;
}

}  // namespace

FOOTFALL_GOLDEN(visits_panel) {
  auto town = town_of(60, 8, 2, 300);
  town.parameters["catchment"]["attraction"] = "2:1.5";
  const auto people = people_of(town);
  std::vector<Nudge> nudges;
  for (std::uint32_t id = 1; id <= people.size(); id += 3) {
    nudges.push_back({{id}, town.stores[id % 9].id, 2, 30, id % 2 != 0 ? 2.0f : -1.5f, 0.3f, {id}});
  }
  const std::vector<Opening> openings{{town.stores[8].id, 0}, {town.stores[9].id, 11}};
  Sha256 hash;
  for (const Visit& v : visits_of(town, people, everything(), 60, nudges, openings)) {
    update(hash, v);
  }
  const Panel panel = panel_of(town, people, everything(), 1, openings);
  for (const auto& store : town.stores) hash.update_f64(panel.mean_visits_per_day(store.id));
  return hash.hex();
}

FOOTFALL_GOLDEN(visits_counts) {
  const auto town = town_of(60, 8, 1, 300);
  const auto people = people_of(town);
  const Job job;
  const std::vector<StoreId> open{town.stores[8].id};
  const auto groups = groups_of(people, {}, town.demand.size());
  const auto counts = count_visits(town, groups, {}, 1, open, 0, 28, job);
  if (!counts) return describe(counts.error());
  Sha256 hash;
  for (const auto* column :
       {&counts->by_hour, &counts->delivered, &counts->from, &counts->outside, &counts->online}) {
    for (const std::uint64_t n : *column) hash.update_u32(static_cast<std::uint32_t>(n));
  }
  return hash.hex();
}

FOOTFALL_GOLDEN(visits_calibration) {
  const auto town = town_of(60, 5, 0, 50);
  const auto people = people_of(town);
  const Job job;
  std::vector<Observed> observed;
  for (std::uint32_t id = 1; id <= 4; ++id) {
    for (int hour = 8; hour < 20; ++hour) observed.push_back({{id}, {}, hour, 1.0 + hour % id});
  }
  const auto fit = calibrate(town, people, {}, observed, job);
  if (!fit) return describe(fit.error());
  Sha256 hash;
  hash.update(fit->attraction);
  hash.update(fit->params.hours_worker);
  for (const StoreFit& store : fit->stores) hash.update_f64(store.after);
  return hash.hex();
}
