// What the rooms above take from visits: the visit itself, the nudge that bends it, and the sink
// that it goes to. Nothing keeps all visits of a large run.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/id.hpp"
#include "core/time.hpp"

namespace footfall::visits {

enum class Channel : std::uint8_t {
  store,     ///< goes there
  delivery,  ///< ordered from the store, brought home (within the delivery radius)
  online,    ///< bought from nobody's store
  outside    ///< a store outside the scenario
};
enum class Mission : std::uint8_t { one_item, list, browse };
enum class Outcome : std::uint8_t { passed, looked, entered, bought };
/// From where a trip starts.
enum class Origin : std::uint8_t { home, daytime };

std::string_view name_of(Channel value);
std::string_view name_of(Mission value);
std::string_view name_of(Outcome value);

/// Minor units of one unit of an ISO 4217 currency: 100 for EUR, 1 for JPY, 1000 for KWD.
int minor_units(std::string_view currency);

/// One trip of one shopper. Its identity is (shopper, day, ordinal): the same in any order of
/// computing, and the counter of all draws that later rooms make for it.
struct Visit {
  ShopperId shopper;
  StoreId store;  ///< none where the channel is online or outside
  Day day = 0;
  std::uint32_t arrival_s = 0;     ///< seconds since the day's midnight, 0 to 86,399
  std::int32_t planned_minor = 0;  ///< money meant to be spent, minor units of the currency
  std::uint8_t ordinal = 0;        ///< number of the trip on its day, from 0
  Channel channel = Channel::store;
  Mission mission = Mission::list;
  Origin origin = Origin::home;
  CampaignId cause;  ///< of the nudge that brought it here, none without one

  /// For Draws: unique over all visits of a run.
  std::uint64_t key() const {
    return (static_cast<std::uint64_t>(shopper.value) << 32) |
           (static_cast<std::uint64_t>(static_cast<std::uint32_t>(day)) << 8) | ordinal;
  }
};

/// Bends the choice of one shopper: a campaign, weather, a holiday. In the day's choice among "no
/// trip" and all stores the weight of `store` is multiplied by exp(utility); whoever goes there
/// because of it, or would have gone anyhow, plans exp(spending) times the money. Visits without
/// any nudge are to the byte the same people's year without it. No effect where the store is
/// closed, not yet open, or unknown.
struct Nudge {
  ShopperId shopper;
  StoreId store;
  Day from = 0, to = 0;  ///< [from, to)
  float utility = 0;     ///< -5 to 5
  float spending = 0;    ///< -2 to 2
  CampaignId cause;
};

/// Takes the visits of one day of one block of shoppers. Called from several threads for different
/// blocks, never from two for the same one; blocks are the same for any thread count. Visits are
/// ordered by (shopper, ordinal).
class VisitSink {
 public:
  virtual ~VisitSink() = default;
  virtual void take(std::size_t block, Day day, std::span<const Visit> visits) = 0;
};

}  // namespace footfall::visits
