// A day of campaigns over a million members: a recall that addresses everyone at once, an ordinary
// morning of 64 stores' recalls, and a location ad to a twentieth of a million people. And a day of
// receipts for the book of members. The complaint of users elsewhere: a campaign of a million
// contacts takes 2.5 days.
#include <benchmark/benchmark.h>

#include "tests/sim/campaign/town.hpp"

namespace footfall::bench {
namespace {

using namespace footfall::campaign;
using footfall::campaign::testing::campaign_of;
using members::testing::people;

constexpr std::size_t million = 1'000'000;

struct Chain {
  scenario::Scenario town = footfall::campaign::testing::street(10);
  population::Shoppers shoppers = people(million);
  members::Book book = footfall::campaign::testing::all_members(shoppers);
};

Chain& chain() {
  static Chain made;
  return made;
}

Runner runner_of(const Chain& c, std::vector<Campaign> campaigns) {
  return std::move(
      *Runner::build(c.town, c.shoppers, standard_channels(), std::move(campaigns), 1));
}

void recall_all(benchmark::State& state) {
  Chain& c = chain();
  Campaign recall = campaign_of(1, Trigger::not_seen);
  recall.hold_out = 0.1;
  const Runner fresh = runner_of(c, {recall});
  std::size_t sent = 0;
  for (auto _ : state) {
    state.PauseTiming();
    Runner runner = fresh;
    state.ResumeTiming();
    sent = runner.step(30, c.book, {}).exposures.size();
  }
  if (sent != million) state.SkipWithError("not everyone was addressed");
}

void recall_quiet_day(benchmark::State& state) {
  Chain& c = chain();
  for (std::uint32_t id = 3; id <= 64; ++id) {
    if (c.town.stores.size() >= 64) break;
    c.town.stores.push_back(c.town.stores[0]);
    c.town.stores.back().id = {id};
  }
  std::vector<Campaign> campaigns;
  for (std::uint32_t id = 1; id <= 64; ++id) {
    campaigns.push_back(campaign_of(id, Trigger::not_seen));
    campaigns.back().store = {id};
  }
  Runner runner = runner_of(c, campaigns);
  for (auto _ : state) benchmark::DoNotOptimize(runner.step(31, c.book, {}).cost_minor);
}

void location_ad(benchmark::State& state) {
  Chain& c = chain();
  Campaign ad = campaign_of(1, Trigger::nearby);
  ad.daily_share = 0.05;
  ad.to = 36'500;
  Runner runner = runner_of(c, {ad});
  Day day = 0;
  for (auto _ : state) benchmark::DoNotOptimize(runner.step(++day, c.book, {}).cost_minor);
}

void receipts(benchmark::State& state) {
  Chain& c = chain();
  members::Book book(members::Params(), c.shoppers, 1);
  Day day = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const auto list = members::testing::purchases(0, 100'000, ++day, {1});
    const std::vector<CampaignId> none(list.size());
    state.ResumeTiming();
    benchmark::DoNotOptimize(book.take(day, {1}, list, {}, none).receipts.size());
  }
}

void groups(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(chain().book.identity_groups().back());
}

BENCHMARK(recall_all)->Name("campaign/recall_million")->Unit(benchmark::kMillisecond);
BENCHMARK(recall_quiet_day)
    ->Name("campaign/quiet_morning_64_stores")
    ->Unit(benchmark::kMillisecond);
BENCHMARK(location_ad)->Name("campaign/location_ad_million")->Unit(benchmark::kMillisecond);
BENCHMARK(receipts)->Name("members/receipts_100k")->Unit(benchmark::kMillisecond);
BENCHMARK(groups)->Name("members/groups_million")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace footfall::bench
