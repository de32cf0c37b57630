// A day of one store: who passes the window, who looks, who comes in, how long they stay, what they
// buy and how long they wait at the till. A pure function of scenario, seed and the day's visits:
// the unit of parallel work.
//
// This is the reduced model: no plan, zones by their shares only, tills as a queue. The walking
// model on a plan answers in the same form.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/rng.hpp"
#include "sim/floor/params.hpp"
#include "sim/population/shoppers.hpp"
#include "sim/visits/visit.hpp"

namespace footfall::floor {

enum class Till : std::uint8_t { none, staffed, self_service, scan_and_go };
std::string_view name_of(Till value);

/// What one person did at the store. Planned visits come in by themselves; passers-by may look and
/// some of them come in. Times are seconds since the day's midnight.
struct Stay {
  ShopperId person;
  std::uint32_t visit = none;  ///< index into the day's visits, or none: a passer-by
  std::uint8_t ordinal = 0;  ///< of the visit, or 128 + number of the pass: (person, day, ordinal)
                             ///< is the key of all later draws
  visits::Outcome outcome = visits::Outcome::passed;
  bool deep = false;  ///< stayed longer, or saw more, than params' thresholds
  Till till = Till::none;
  std::uint8_t zones = 0;  ///< zones of the store that were seen, of params.zones
  std::uint16_t items = 0;
  float from_s = 0, to_s = 0;  ///< in front of the store, or inside where it came in
  float look_s = 0;            ///< time at the window
  float queue_s = 0;           ///< waited for a till
  std::int32_t paid_minor = 0;

  static constexpr std::uint32_t none = 0xffffffff;
  bool inside() const { return outcome >= visits::Outcome::entered; }
  std::uint64_t key(Day day) const {
    return (static_cast<std::uint64_t>(person.value) << 32) |
           (static_cast<std::uint64_t>(static_cast<std::uint32_t>(day)) << 8) | ordinal;
  }
};

/// Who may walk by: shoppers by weight, for instance those who live or work nearby.
class Street {
 public:
  /// `rows` of shoppers with weights >= 0, at least one above 0.
  Street(std::vector<std::uint32_t> rows, std::span<const double> weights);
  ShopperId draw(Draws& draws) const;

 private:
  std::vector<std::uint32_t> rows_;
  AliasTable alias_;
};

/// What the store is like, beyond the parameters of all stores.
struct StoreTraits {
  StoreId id;
  double floor_area_m2 = 0;
  double mean_visits_per_day = 0;  ///< sets the number of tills and the traffic of the street
  double opens_h = 8,
         closes_h = 20;  ///< hours of the day, from below to; the street is watched then
  bool open = true;      ///< this day; people pass and look at the window of a closed store too
};

struct StoreDay {
  std::vector<Stay> stays;          ///< ordered by (from_s, person, ordinal)
  double staff_hours = 0;           ///< of the tills
  std::uint32_t longest_queue = 0;  ///< persons waiting
};

/// `visits`: those of this store and day, ordered by (arrival_s, shopper, ordinal), channel store.
StoreDay store_day(const Params& params, const StoreTraits& store, Day day, PhiloxKey key,
                   std::span<const visits::Visit> visits, const population::Shoppers& shoppers,
                   const Street& street);

}  // namespace footfall::floor
