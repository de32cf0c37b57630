#include "core/hash.hpp"
#include "tests/determinism/determinism.hpp"
#include "tests/sim/world/town.hpp"

using namespace footfall;
using namespace footfall::world;

FOOTFALL_GOLDEN(world_two_weeks) {
  const auto town = testing::small_town();
  const auto people = testing::people_of(town);
  Plan plan = testing::plan_of(14);
  const StoreId opened = testing::first_with(town, scenario::Role::candidate);
  plan.openings = {{opened, 2}};
  testing::add_campaigns(plan, opened, 4, 12);
  const Job job;
  const auto outcome = run(town, people, {}, plan, job);
  if (!outcome) return describe(outcome.error());
  Sha256 hash;
  for (const StoreDayRow& row : outcome->days) {
    hash.update_u32(row.store.value);
    for (const std::uint64_t n :
         {row.truth.passed, row.truth.entered, row.truth.bought, row.frames, row.macs, row.bursts,
          row.beams, row.wifi_visits, row.receipts, row.member_receipts, row.joined}) {
      hash.update_u32(static_cast<std::uint32_t>(n));
    }
    hash.update_f64(row.truth.dwell_s);
    hash.update_f64(static_cast<double>(row.takings_minor));
  }
  for (const StoreOutcome& store : outcome->stores) {
    for (const estimate::Scored& s : store.scored) {
      hash.update_f64(s.truth);
      hash.update_f64(s.estimate.value);
      hash.update_f64(s.estimate.low);
    }
  }
  for (const CampaignOutcome& c : outcome->campaigns) {
    hash.update_f64(c.cost);
    hash.update_f64(c.last_touch);
    hash.update_f64(c.hold_out.value);
    hash.update_u32(static_cast<std::uint32_t>(c.noticed));
  }
  return hash.hex();
}
