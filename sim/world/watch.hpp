// One own store as it is watched over the days: what happened there, what its sensors recorded, and
// what the retailer makes of both.
#pragma once

#include <span>
#include <vector>

#include "sim/world/world.hpp"

namespace footfall::world {

/// Collects the visits to watched stores from the panel's blocks.
class Collector : public visits::VisitSink {
 public:
  Collector(std::size_t blocks, std::span<const StoreId> stores);
  void take(std::size_t block, Day day, std::span<const visits::Visit> visits) override;
  /// Those of one store since the last clear(), ordered by (arrival, shopper, ordinal).
  std::vector<visits::Visit> visits_to(StoreId store) const;
  void clear();

 private:
  std::vector<bool> watched_;  // by store id
  std::vector<std::vector<visits::Visit>> blocks_;
};

class Watch {
 public:
  Watch(const scenario::Store& store, Day opened, double mean_visits_per_day, floor::Street street,
        const population::Shoppers& shoppers, const Rooms& rooms, const Plan& plan);

  StoreId id() const { return traits_.id; }
  bool is_open(Day day) const { return day >= opened_; }

  /// What a store day leaves for the members' book, in the order of time.
  struct Done {
    StoreDayRow row;
    std::vector<members::Purchase> purchases;
    std::vector<ShopperId> entered;  ///< without buying
  };
  /// Touches this store's own state alone: different stores may run at once. `trades`: stores are
  /// open on this day.
  Done run(Day day, bool trades, std::span<const visits::Visit> visits);

  /// After the last day; `rows` are this store's.
  StoreOutcome outcome(std::span<const StoreDayRow> rows) const;
  void take_receipts(const StoreDayRow& row, std::span<const members::Receipt> receipts);

 private:
  void remember(const floor::StoreDay& store_day);
  void listen(const floor::StoreDay& store_day, Done& done);
  void count_by_hand(const StoreDayRow& row, const estimate::WifiDay& wifi,
                     const probe::Capture& capture);

  floor::StoreTraits traits_;
  Day opened_ = 0;
  floor::Street street_;
  const population::Shoppers* shoppers_;
  const Rooms* rooms_;
  bool sensors_ = true;
  PhiloxKey floor_key_{}, probe_key_{}, hand_key_{};

  std::vector<std::uint16_t> days_inside_;  // truth, by row of shopper
  std::vector<Day> last_day_inside_;
  estimate::Returning returning_;
  std::vector<estimate::Pair> hand_passers_, hand_entries_;
  std::vector<std::uint16_t> receipt_days_;  // by account
  std::vector<Day> last_receipt_day_;
};

}  // namespace footfall::world
