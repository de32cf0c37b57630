#include "sim/world/world.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "core/parallel.hpp"
#include "tests/sim/world/town.hpp"

namespace footfall::world {
namespace {

using namespace testing;

Outcome ran(const scenario::Scenario& town, const population::Shoppers& people, const Plan& plan,
            const Rooms& rooms = {}) {
  const Job job;
  auto outcome = run(town, people, rooms, plan, job);
  REQUIRE_MESSAGE(outcome.has_value(), (outcome ? "" : describe(outcome.error())));
  return std::move(*outcome);
}

/// What happened, without what was recorded of it.
std::vector<std::uint64_t> truth_of(const Outcome& outcome) {
  std::vector<std::uint64_t> out;
  for (const StoreDayRow& row : outcome.days) {
    for (const std::uint64_t n :
         {row.truth.passed, row.truth.looked, row.truth.entered, row.truth.deep, row.truth.bought,
          static_cast<std::uint64_t>(row.takings_minor), row.receipts, row.member_receipts,
          row.joined, row.deliveries}) {
      out.push_back(n);
    }
  }
  return out;
}

TEST_CASE("each day of each open store has a row, the funnel narrows, and money adds up") {
  const auto town = small_town();
  const auto people = people_of(town);
  Plan plan = plan_of(14);
  const StoreId opened = first_with(town, scenario::Role::candidate);
  plan.openings = {{opened, 3}};
  add_campaigns(plan, opened, 5, 12);
  const Outcome outcome = ran(town, people, plan);
  CHECK(outcome.days.size() == 14 * 2 + 11);
  std::int64_t paid = 0;
  std::uint64_t sold = 0;
  for (const StoreDayRow& row : outcome.days) {
    CHECK((row.store != opened || row.day >= 3));
    CHECK(row.truth.entered <= row.truth.passed);
    CHECK(row.truth.deep <= row.truth.entered);
    CHECK(row.truth.bought <= row.truth.entered);
    CHECK(row.receipts == row.truth.bought);
    CHECK(row.member_receipts <= row.receipts + row.deliveries);
    CHECK(row.member_receipts <= row.member_buyers);
    CHECK(row.member_takings_minor <= row.takings_minor);
    CHECK(row.random_frames <= row.frames);
    std::uint64_t by_hour = 0;
    for (const std::uint32_t n : row.truth.entered_by_hour) by_hour += n;
    CHECK(by_hour == row.truth.entered);
    paid += row.takings_minor;
    sold += row.truth.bought;
  }
  CHECK(paid == outcome.paid_minor);
  CHECK(sold > 100);
  CHECK(outcome.stores.size() == 3);
  CHECK(outcome.member_persons <= outcome.accounts);
  CHECK(outcome.identity_groups <= outcome.accounts);
  CHECK(outcome.accounts > 0);
  CHECK(outcome.campaigns.size() == 3);
}

TEST_CASE("the same plan gives the same days on any number of threads") {
  const auto town = small_town();
  const auto people = people_of(town);
  Plan plan = plan_of(6);
  add_campaigns(plan, first_with(town, scenario::Role::own), 1, 5);
  set_thread_count(1);
  const Outcome one = ran(town, people, plan);
  set_thread_count(4);
  const Outcome four = ran(town, people, plan);
  set_thread_count(0);
  CHECK(truth_of(one) == truth_of(four));
  for (std::size_t i = 0; i < one.days.size(); ++i) {
    CHECK(one.days[i].frames == four.days[i].frames);
    CHECK(one.days[i].macs == four.days[i].macs);
    CHECK(one.days[i].beams == four.days[i].beams);
  }
}

TEST_CASE("sensors change nothing of what happens") {
  const auto town = small_town();
  const auto people = people_of(town);
  Plan plan = plan_of(5);
  const Outcome heard = ran(town, people, plan);
  plan.sensors = false;
  const Outcome deaf = ran(town, people, plan);
  CHECK(truth_of(heard) == truth_of(deaf));
  CHECK(deaf.stores.empty());
  CHECK(heard.days.front().frames > 0);
  CHECK(deaf.days.front().frames == 0);
}

TEST_CASE("a campaign without any effect has no lift at all; one with effect sells more") {
  const auto town = small_town();
  const auto people = people_of(town);
  Plan plan = plan_of(14);
  const Outcome without = ran(town, people, plan);
  add_campaigns(plan, first_with(town, scenario::Role::own), 2, 12);
  for (campaign::Channel& channel : plan.channels) {
    channel.coupon = false;
    channel.utility = {0, 0, 0};
  }
  const Outcome nothing = ran(town, people, plan);
  CHECK(nothing.paid_minor == without.paid_minor);
  CHECK(truth_of(nothing) == truth_of(without));
  std::uint64_t sent = 0;
  for (const CampaignOutcome& c : nothing.campaigns) sent += c.sent;
  CHECK(sent > 0);
  for (campaign::Channel& channel : plan.channels) channel.utility = {2, 2, 2};
  CHECK(ran(town, people, plan).paid_minor > without.paid_minor);
}

TEST_CASE("an opening takes visits from the chain's other stores and gives them none") {
  const auto town = small_town();
  const auto people = people_of(town);
  Plan plan = plan_of(10);
  plan.sensors = false;
  const Outcome before = ran(town, people, plan);
  const StoreId opened = first_with(town, scenario::Role::candidate);
  plan.openings = {{opened, 0}};
  const Outcome after = ran(town, people, plan);
  std::uint64_t own_before = 0, own_after = 0, new_store = 0;
  for (const StoreDayRow& row : before.days) own_before += row.truth.entered;
  for (const StoreDayRow& row : after.days)
    (row.store == opened ? new_store : own_after) += row.truth.entered;
  CHECK(new_store > 0);
  CHECK(own_after < own_before);
}

TEST_CASE("estimates: the naive count is far off, the calibrated counter is near") {
  const auto town = small_town();
  const auto people = people_of(town);
  const Outcome outcome = ran(town, people, plan_of(21));
  for (const StoreOutcome& store : outcome.stores) {
    for (const estimate::Scored& s : store.scored) {
      if (s.id != "entries" || !(s.truth > 500)) continue;
      const double error = std::abs(s.estimate.value - s.truth) / s.truth;
      if (s.estimate.method == "naive_macs") CHECK(error > 1);
      if (s.estimate.method == "infrared_raw") CHECK(s.estimate.value <= s.truth);
      if (s.estimate.method == "infrared_calibrated") CHECK(error < 0.25);
    }
  }
}

TEST_CASE("a chain without stores is an error, a cancelled run too") {
  auto town = small_town();
  const auto people = people_of(town);
  const Job job;
  for (scenario::Store& store : town.stores) store.role = scenario::Role::competitor;
  const auto nothing = run(town, people, {}, plan_of(3), job);
  REQUIRE_FALSE(nothing.has_value());
  CHECK(describe(nothing.error().front()).find("no own store") != std::string::npos);
  const auto other = small_town();
  Job cancelled;
  cancelled.cancel();
  const auto stopped = run(other, people, {}, plan_of(3), cancelled);
  REQUIRE_FALSE(stopped.has_value());
  CHECK(stopped.error().front().message == cancelled_message);
}

}  // namespace
}  // namespace footfall::world
