// The world: days through all rooms, end to end. Each day
//
//   campaign  what is sent this morning, from yesterday's signals            → nudges
//   visits    who goes where, with the nudges in force                       → visits
//   floor     what they do in the chain's stores                             → stays
//   probe     what the sensors at the doors record of it                     → captures
//   members   who joins, who shows an account                                → receipts, signals
//   estimate  what a retailer makes of captures, receipts and messages; and what really happened
//
// Only the chain's own stores are watched; competitors take part in the choice of store alone.
// Everything is a pure function of scenario, plan and seed; a run without campaigns is the same
// people with the same luck, so the difference between two runs is what the campaigns did.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/job.hpp"
#include "sim/campaign/campaign.hpp"
#include "sim/estimate/attribution.hpp"
#include "sim/estimate/counter.hpp"
#include "sim/estimate/params.hpp"
#include "sim/estimate/truth.hpp"
#include "sim/estimate/wifi.hpp"
#include "sim/floor/params.hpp"
#include "sim/members/params.hpp"
#include "sim/population/shoppers.hpp"
#include "sim/probe/params.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/visits/panel.hpp"
#include "sim/world/params.hpp"

namespace footfall::world {

/// The parameters of all rooms below.
struct Rooms {
  visits::Params visits;
  floor::Params floor;
  probe::Params probe;
  members::Params members;
  campaign::Params campaign;
  estimate::Params estimate;
  world::Params world;
};
/// Reads the rooms' blocks of a scenario; absent ones have their defaults.
Result<Rooms> read_rooms(const scenario::Scenario& scenario);
/// Draw number `draw` of everything that has a range.
Rooms drawn(const Rooms& rooms, std::uint64_t seed, std::uint32_t draw);

struct Plan {
  Day days = 84;
  std::uint64_t seed = 1;
  std::vector<visits::Opening> openings;
  std::vector<campaign::Channel> channels;  ///< those of Rooms::campaign, or others
  std::vector<campaign::Campaign> campaigns;
  bool sensors = true;  ///< false: only what people do, for the runs to compare with
};

/// One own store on one day, as it was and as it was recorded.
struct StoreDayRow {
  StoreId store;
  Day day = 0;
  estimate::TruthDay truth;
  std::uint64_t deliveries = 0;  ///< orders from the store, brought home; truth and observed
  // Observed.
  std::uint64_t frames = 0, random_frames = 0, macs = 0, wifi_visits = 0, real_visits = 0;
  double real_dwell_s = 0;
  std::uint64_t bursts = 0, beams = 0;
  std::uint64_t receipts = 0;         ///< at the tills
  std::uint64_t member_receipts = 0;  ///< with an account, deliveries included
  std::int64_t takings_minor = 0, member_takings_minor = 0;
  std::uint64_t joined = 0;         ///< accounts opened here
  std::uint64_t member_buyers = 0;  ///< purchases by people who have an account: truth
};

/// What the brand has on one own store after the run, and how it really was.
struct StoreOutcome {
  StoreId store;
  Day opened = 0;
  std::vector<estimate::Scored> scored;
};

/// What the brand has on one campaign.
struct CampaignOutcome {
  CampaignId id;
  std::uint64_t sent = 0, held_out = 0, noticed = 0, redeemed = 0;
  double cost = 0;              ///< currency
  double last_touch = 0;        ///< currency credited
  estimate::Estimate hold_out;  ///< currency
};

struct Outcome {
  std::vector<StoreDayRow> days;     ///< ordered by (day, store)
  std::vector<StoreOutcome> stores;  ///< by id
  std::vector<CampaignOutcome> campaigns;
  std::int64_t paid_minor = 0;        ///< all own stores, all days: truth
  std::uint64_t accounts = 0;         ///< opened
  std::uint64_t member_persons = 0;   ///< people behind them (truth)
  std::uint64_t identity_groups = 0;  ///< people as the brand takes them to be
};

/// Runs a plan. Errors: those of the rooms, no own store open, cancelled. Progress: job.days.
Result<Outcome> run(const scenario::Scenario& scenario, const population::Shoppers& shoppers,
                    const Rooms& rooms, const Plan& plan, const Job& job);

}  // namespace footfall::world
