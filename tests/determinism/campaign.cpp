#include "core/hash.hpp"
#include "sim/campaign/coupons.hpp"
#include "tests/determinism/determinism.hpp"
#include "tests/sim/campaign/town.hpp"

using namespace footfall;
using namespace footfall::campaign;

/// The three standard channels over forty days, one of them until its budget ends; exposures,
/// nudges, opt-outs and redemptions.
FOOTFALL_GOLDEN(campaign_runner) {
  constexpr std::size_t n = 3000;
  const scenario::Scenario town = campaign::testing::street(10);
  population::Shoppers shoppers = members::testing::people(n);
  for (std::size_t i = 0; i < n; ++i) {
    shoppers.home[i] = static_cast<std::uint32_t>(i % 10);
    shoppers.daytime[i] = static_cast<std::uint32_t>(i / 10 % 10);
    shoppers.channel_response[i] = static_cast<std::uint8_t>(i % 256);
    shoppers.price_sensitivity[i] = static_cast<std::uint8_t>(i / 3 % 256);
  }
  std::vector<Campaign> campaigns;
  for (std::uint32_t id = 1; id <= 3; ++id) {
    Campaign c = campaign::testing::campaign_of(id, static_cast<Trigger>(id - 1));
    c.hold_out = 0.2;
    c.daily_share = 0.05;
    campaigns.push_back(c);
  }
  campaigns[1].budget_minor = 3000;
  auto runner = Runner::build(town, shoppers, standard_channels(), campaigns, 5);
  if (!runner) return describe(runner.error());
  members::Book book = campaign::testing::all_members(shoppers);
  Coupons coupons(shoppers, 5);
  Sha256 hash;
  for (Day day = 1; day < 41; ++day) {
    std::vector<members::Signal> signals;
    for (std::uint32_t id = 1 + static_cast<std::uint32_t>(day); id <= n; id += 61)
      signals.push_back({{id}, members::Signal::Kind::scan, {1}, 0});
    const DayResult r = runner->step(day, book, signals);
    for (const AccountId account : r.opted_out) book.opt_out(account);
    coupons.add(day, r.coupons);
    for (const Exposure& e : r.exposures) {
      hash.update_u32(e.shopper.value);
      hash.update_u32(e.held_out ? 2 : e.noticed ? 1 : 0);
    }
    for (const visits::Nudge& nudge : r.nudges) {
      hash.update_u32(nudge.shopper.value);
      hash.update_u32(static_cast<std::uint32_t>(nudge.from));
      hash.update_f32(nudge.utility);
    }
    hash.update_f64(r.cost_minor);
    for (std::uint32_t id = 1; id <= n; id += 3) {
      const auto key = members::testing::visit_key({id}, day);
      hash.update_u32(coupons.redeem({id}, {1}, day, key).campaign.value);
    }
  }
  return hash.hex();
}
