// A sink that counts: who came when from where, how much money, how often again. Whole numbers
// only, so that nothing depends on which thread counted what.
//
// All figures are of shoppers, not weighted by people_per_shopper: whoever reports them does that.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/population/shoppers.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/visits/panel.hpp"
#include "sim/visits/store_index.hpp"

namespace footfall::visits {

/// Visits and orders, and the money meant to be spent on them in minor units.
struct Tally {
  std::int64_t count = 0, minor = 0;
  void add(std::int64_t money) {
    ++count;
    minor += money;
  }
  Tally& operator+=(const Tally& other) {
    count += other.count;
    minor += other.minor;
    return *this;
  }
};

/// Days between two visits in person of the same shopper, to whichever store; the last cell holds
/// all longer ones.
inline constexpr std::size_t interval_cells = 61;

/// Of all days run so far.
struct Counted {
  std::vector<StoreId> stores;         ///< all of the scenario, candidates too
  std::vector<std::string> districts;  ///< of the demand points, ordered by name
  /// In person: (store, day kind, hour, age band), see cell().
  std::vector<Tally> in_person;
  std::vector<Tally> delivered;  ///< by store
  Tally online, outside;
  std::vector<std::int64_t> from;  ///< visits in person, district × store
  std::array<std::int64_t, interval_cells> intervals{};
  std::int64_t days = 0;

  std::size_t cell(std::size_t store, DayKind kind, int hour, population::AgeBand age) const {
    const std::size_t by_kind = static_cast<std::size_t>(kind) * stores.size() + store;
    return (by_kind * 24 + static_cast<std::size_t>(hour)) * population::age_bands +
           static_cast<std::size_t>(age);
  }
  /// Sums over what is left out; hour -1: all.
  Tally of_store(std::size_t store, int hour = -1) const;
  Tally of_age(std::size_t store, population::AgeBand age) const;
};

/// Share of the money of the `top` (0 to 1) heaviest buyers in that of all who bought at all; the
/// number of heavy buyers is rounded up. 0 without any.
double heavy_share(std::span<const std::int64_t> money, double top);

class Counters : public VisitSink {
 public:
  /// `shoppers` must outlive it; the panel is only asked for its calendar and blocks. Of every
  /// `sample_every`th shopper by id all visits are kept; 0: of none.
  Counters(const scenario::Scenario& scenario, const population::Shoppers& shoppers,
           const Panel& panel, std::int64_t sample_every = 0);
  ~Counters() override;

  void take(std::size_t block, Day day, std::span<const Visit> visits) override;

  /// Not while days run.
  Counted counted() const;
  /// By shopper: money meant for own stores, minor units.
  const std::vector<std::int64_t>& own_money() const { return own_money_; }
  /// By (day, shopper, ordinal).
  std::vector<Visit> sample() const;

 private:
  struct Part;
  struct Parts;
  void count(const Visit& visit, DayKind kind, Part& part);

  const population::Shoppers& shoppers_;
  std::vector<DayKind> kinds_;
  std::size_t blocks_;
  std::int64_t sample_every_;
  StoreIndex index_;
  std::vector<std::uint8_t> own_;        // by store
  std::vector<std::uint32_t> district_;  // by zone
  Counted empty_;
  std::unique_ptr<Parts> parts_;          // one for each thread at work
  std::vector<Day> last_;                 // by shopper: day of the last visit in person, or -1
  std::vector<std::int64_t> own_money_;   // by shopper
  std::vector<std::vector<Visit>> kept_;  // by block
  std::vector<Day> last_day_;             // by block
};

}  // namespace footfall::visits
