// Small populations for the tests of visits, and sinks that keep what they are given.
#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "core/rng.hpp"
#include "sim/catchment/market.hpp"
#include "sim/population/shoppers.hpp"
#include "sim/visits/panel.hpp"
#include "tests/sim/catchment/town.hpp"

namespace footfall::visits::testing {

/// One shopper per resident (residents must be whole), in households of one to four; every fifth
/// one is a child where the household has an adult before it.
inline population::Shoppers people_of(const scenario::Scenario& town, std::uint64_t seed = 1,
                                      bool children = true) {
  population::Shoppers out;
  Draws draws(random_key(seed, 0, "test"), 1, 0, 0);
  std::uint32_t household = 0;
  for (std::uint32_t z = 0; z < town.demand.size(); ++z) {
    const auto count = static_cast<std::uint32_t>(town.demand[z].residents);
    const std::size_t first = out.home.size();
    double spending = 0;
    std::uint32_t left = 0, size = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      if (left == 0) {
        ++household;
        size = left = std::min(1 + draws.below(4), count - i);
      }
      const bool child = children && left < size && draws.bernoulli(0.3);
      --left;
      const double factor = child ? 0 : draws.uniform(0.5, 1.5);
      spending += factor;
      out.home.push_back(z);
      const bool works = !child && draws.bernoulli(0.6);
      const auto away = draws.below(static_cast<std::uint32_t>(town.demand.size()));
      out.daytime.push_back(works ? away : z);
      out.household.push_back(household);
      out.spending_factor.push_back(static_cast<float>(factor));
      out.age.push_back(child ? population::AgeBand::under_15
                              : static_cast<population::AgeBand>(1 + draws.below(6)));
      out.gender.push_back(static_cast<population::Gender>(draws.below(2)));
      out.work.push_back(works ? population::Work::employed : population::Work::none);
      out.household_size.push_back(static_cast<std::uint8_t>(size));
      out.income.push_back(static_cast<population::Income>(draws.below(5)));
      out.spending.push_back(population::Spending::average);
      out.interest_bits.push_back(0);
      out.online.push_back(static_cast<std::uint8_t>(draws.below(256)));
      out.messaging.push_back(128);
      out.phone.push_back(population::Phone::android);
      out.wifi.push_back(128);
      out.price_sensitivity.push_back(128);
      out.channel_response.push_back(128);
      out.habit.push_back(static_cast<std::uint8_t>(draws.below(256)));
    }
    for (std::size_t row = first; row < out.home.size(); ++row) {
      out.spending_factor[row] *= static_cast<float>(count / spending);
    }
  }
  return out;
}

/// A town of 10 × 10 km with whole residents, straight distances.
inline scenario::Scenario town_of(int points, int stores, int candidates = 0,
                                  double residents = 20) {
  auto town = catchment::testing::random_town(5, points, stores, candidates);
  for (auto& point : town.demand) point.residents = residents;
  town.parameters["catchment"] = {{"measure", "straight_distance"}};
  town.first_day = {2026, 1, 1};
  return town;
}

/// Keeps all visits, in the order of (day, shopper, ordinal) once sorted().
class Keep : public VisitSink {
 public:
  explicit Keep(std::size_t blocks) : by_block_(blocks) {}
  void take(std::size_t block, Day, std::span<const Visit> visits) override {
    by_block_[block].insert(by_block_[block].end(), visits.begin(), visits.end());
  }
  std::vector<Visit> sorted() const {
    std::vector<Visit> out;
    for (const auto& block : by_block_) out.insert(out.end(), block.begin(), block.end());
    std::stable_sort(out.begin(), out.end(),
                     [](const Visit& a, const Visit& b) { return a.day < b.day; });
    return out;
  }

 private:
  std::vector<std::vector<Visit>> by_block_;
};

inline Panel panel_of(const scenario::Scenario& town, const population::Shoppers& people,
                      const Params& params = {}, std::uint64_t seed = 1,
                      std::span<const Opening> openings = {}) {
  const Job job;
  auto panel = Panel::build(town, people, params, seed, openings, job);
  if (!panel) throw describe(panel.error());
  return std::move(*panel);
}

inline std::vector<Visit> visits_of(const scenario::Scenario& town,
                                    const population::Shoppers& people, const Params& params,
                                    Day days, std::span<const Nudge> nudges = {},
                                    std::span<const Opening> openings = {},
                                    std::uint64_t seed = 1) {
  const Job job;
  Panel panel = panel_of(town, people, params, seed, openings);
  Keep keep(panel.blocks());
  if (!panel.run(0, days, nudges, keep, job)) throw std::string("cancelled");
  return keep.sorted();
}

inline bool same(const Visit& a, const Visit& b) {
  return a.shopper == b.shopper && a.store == b.store && a.day == b.day &&
         a.arrival_s == b.arrival_s && a.planned_minor == b.planned_minor &&
         a.ordinal == b.ordinal && a.channel == b.channel && a.mission == b.mission &&
         a.origin == b.origin && a.cause == b.cause;
}
inline bool same(const std::vector<Visit>& a, const std::vector<Visit>& b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(),
                    [](const Visit& x, const Visit& y) { return same(x, y); });
}

}  // namespace footfall::visits::testing
