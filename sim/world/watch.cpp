#include "sim/world/watch.hpp"

#include <algorithm>
#include <tuple>

#include "core/math.hpp"

namespace footfall::world {
namespace {

constexpr std::uint8_t hand_purpose = 1;

// Counted by hand on day i after the opening: hours that meet morning, noon and evening.
std::size_t hand_hour(Day day_open) {
  return 9 + static_cast<std::size_t>(day_open * 3 % 10);
}

std::uint64_t in_hour(std::span<const probe::Beam> beams, std::size_t hour) {
  return static_cast<std::uint64_t>(std::count_if(beams.begin(), beams.end(), [&](const auto& b) {
    return static_cast<std::size_t>(time_of_day(b.time) / (3600 * micros_per_second)) == hour;
  }));
}

template <class T>
void grow(std::vector<T>& column, std::size_t size, T value) {
  if (column.size() < size) column.resize(size, value);
}

/// Counts a day once for `index`.
void count_day(std::vector<std::uint16_t>& days, std::vector<Day>& last, std::size_t index,
               Day day) {
  if (last[index] == day) return;
  last[index] = day;
  ++days[index];
}

double share_above_one(std::span<const std::uint16_t> days) {
  std::uint64_t any = 0, again = 0;
  for (const std::uint16_t n : days) {
    any += n > 0;
    again += n > 1;
  }
  return any > 0 ? static_cast<double>(again) / static_cast<double>(any) : 0;
}

estimate::Estimate plain(double value, std::string_view method) {
  return {value, value, value, method, {}};
}

estimate::Estimate refused(std::string_view method, std::string_view why) {
  return {0, 0, 0, method, why};
}

/// numerator / estimate: the interval turns round.
estimate::Estimate over(double numerator, const estimate::Estimate& of, std::string_view method) {
  if (!of.has_value() || !(of.low > 0)) return refused(method, "not_calibrated");
  return {numerator / of.value, numerator / of.high, numerator / of.low, method, {}};
}

}  // namespace

Collector::Collector(std::size_t blocks, std::span<const StoreId> stores) : blocks_(blocks) {
  for (const StoreId id : stores) {
    grow(watched_, id.value + 1, false);
    watched_[id.value] = true;
  }
}

void Collector::take(std::size_t block, Day, std::span<const visits::Visit> visits) {
  for (const visits::Visit& visit : visits) {
    if (visit.store.value < watched_.size() && watched_[visit.store.value])
      blocks_[block].push_back(visit);
  }
}

std::vector<visits::Visit> Collector::visits_to(StoreId store) const {
  std::vector<visits::Visit> out;
  for (const auto& block : blocks_) {
    for (const visits::Visit& visit : block) {
      if (visit.store == store) out.push_back(visit);
    }
  }
  std::sort(out.begin(), out.end(), [](const visits::Visit& a, const visits::Visit& b) {
    return std::tuple(a.arrival_s, a.shopper, a.ordinal) <
           std::tuple(b.arrival_s, b.shopper, b.ordinal);
  });
  return out;
}

void Collector::clear() {
  for (auto& block : blocks_) block.clear();
}

Watch::Watch(const scenario::Store& store, Day opened, double mean_visits_per_day,
             floor::Street street, const population::Shoppers& shoppers, const Rooms& rooms,
             const Plan& plan)
    : traits_{store.id, store.floor_area_m2, mean_visits_per_day, rooms.visits.opens_h,
              rooms.visits.closes_h},
      opened_(opened),
      street_(std::move(street)),
      shoppers_(&shoppers),
      rooms_(&rooms),
      sensors_(plan.sensors),
      floor_key_(random_key(plan.seed, 0, "floor")),
      probe_key_(random_key(plan.seed, 0, "probe")),
      hand_key_(random_key(plan.seed, 0, "hand")),
      days_inside_(sensors_ ? shoppers.size() : 0),
      last_day_inside_(days_inside_.size(), -1) {}

Watch::Done Watch::run(Day day, bool trades, std::span<const visits::Visit> all) {
  traits_.open = trades;
  Done done;
  done.row.store = traits_.id;
  done.row.day = day;
  std::vector<visits::Visit> walking;
  for (const visits::Visit& visit : all) {
    if (visit.channel == visits::Channel::store) {
      walking.push_back(visit);
      continue;
    }
    ++done.row.deliveries;
    done.purchases.push_back({visit.shopper, visit.store, visit.key(), visit.arrival_s,
                              visit.planned_minor, true, visit.cause});
  }
  const floor::StoreDay store_day =
      floor::store_day(rooms_->floor, traits_, day, floor_key_, walking, *shoppers_, street_);
  done.row.truth = estimate::truth_of(store_day);
  for (const floor::Stay& stay : store_day.stays) {
    if (!stay.inside()) continue;
    if (stay.outcome != visits::Outcome::bought) {
      done.entered.push_back(stay.person);
      continue;
    }
    const CampaignId cause =
        stay.visit == floor::Stay::none ? CampaignId{} : walking[stay.visit].cause;
    done.purchases.push_back({stay.person, traits_.id, stay.key(day),
                              static_cast<std::uint32_t>(stay.to_s), stay.paid_minor,
                              stay.till == floor::Till::scan_and_go, cause});
  }
  std::sort(done.purchases.begin(), done.purchases.end(),
            [](const members::Purchase& a, const members::Purchase& b) {
              return std::tuple(a.time_s, a.shopper, a.visit_key) <
                     std::tuple(b.time_s, b.shopper, b.visit_key);
            });
  if (sensors_) {
    for (const floor::Stay& stay : store_day.stays) {
      if (stay.inside())
        count_day(days_inside_, last_day_inside_, population::Shoppers::row(stay.person), day);
    }
    listen(store_day, done);
  }
  return done;
}

void Watch::listen(const floor::StoreDay& store_day, Done& done) {
  StoreDayRow& row = done.row;
  const auto presences =
      probe::presences(rooms_->probe, store_day, row.day, probe_key_, *shoppers_);
  const probe::Heard heard = probe::hear(rooms_->probe, SensorId{traits_.id.value}, row.day,
                                         probe_key_, presences, store_day, *shoppers_);
  const estimate::WifiDay wifi = estimate::read_day(rooms_->estimate, heard.capture.frames);
  row.frames = wifi.frames;
  row.random_frames = wifi.random_frames;
  row.macs = wifi.macs;
  row.wifi_visits = wifi.visits;
  row.real_visits = wifi.real_visits;
  row.real_dwell_s = wifi.real_dwell_s;
  for (const std::uint32_t n : wifi.bursts) row.bursts += n;
  row.beams = heard.capture.beams.size();
  returning_.take(wifi);
  count_by_hand(row, wifi, heard.capture);
}

void Watch::count_by_hand(const StoreDayRow& row, const estimate::WifiDay& wifi,
                          const probe::Capture& capture) {
  const Day since = row.day - opened_;
  if (since >= rooms_->estimate.hand_hours) return;
  const std::size_t hour = hand_hour(since);
  Draws draws(hand_key_, traits_.id.value, static_cast<std::uint32_t>(row.day), hand_purpose);
  const auto by_hand = [&](double truth) {
    const double error = rooms_->estimate.hand_error * draws.normal();
    return std::max(0.0, math::round_half_away(truth * (1 + error)));
  };
  const double passers = by_hand(row.truth.passed_by_hour[hour]);
  const double entries = by_hand(row.truth.entered_by_hour[hour]);
  hand_passers_.push_back({passers, static_cast<double>(wifi.bursts[hour])});
  hand_entries_.push_back({entries, static_cast<double>(in_hour(capture.beams, hour))});
}

void Watch::take_receipts(const StoreDayRow& row, std::span<const members::Receipt> receipts) {
  for (const members::Receipt& receipt : receipts) {
    if (!receipt.account) continue;
    grow(receipt_days_, receipt.account.value + 1, std::uint16_t{0});
    grow(last_receipt_day_, receipt.account.value + 1, Day{-1});
    count_day(receipt_days_, last_receipt_day_, receipt.account.value, row.day);
  }
}

StoreOutcome Watch::outcome(std::span<const StoreDayRow> rows) const {
  StoreDayRow sum;
  for (const StoreDayRow& row : rows) {
    sum.truth.passed += row.truth.passed;
    sum.truth.entered += row.truth.entered;
    sum.truth.bought += row.truth.bought;
    sum.truth.dwell_s += row.truth.dwell_s;
    sum.macs += row.macs;
    sum.wifi_visits += row.wifi_visits;
    sum.real_visits += row.real_visits;
    sum.real_dwell_s += row.real_dwell_s;
    sum.bursts += row.bursts;
    sum.beams += row.beams;
    sum.receipts += row.receipts;
    sum.deliveries += row.deliveries;
    sum.member_receipts += row.member_receipts;
    sum.member_buyers += row.member_buyers;
  }
  const auto real = [](auto n) { return static_cast<double>(n); };
  const double level = rooms_->estimate.level;
  const double entered = std::max(1.0, real(sum.truth.entered));
  const auto entries = estimate::scaled(estimate::calibrate(hand_entries_), real(sum.beams), level,
                                        "infrared_calibrated");
  const auto passers = estimate::scaled(estimate::calibrate(hand_passers_), real(sum.bursts), level,
                                        "bursts_calibrated");
  StoreOutcome out{traits_.id, opened_, {}};
  auto& s = out.scored;
  const auto add = [&](std::string_view id, std::string_view unit, double truth,
                       const estimate::Estimate& e) {
    s.push_back({id, unit, truth, e});
  };
  add("passers", "persons", real(sum.truth.passed), plain(real(sum.macs), "naive_macs"));
  add("passers", "persons", real(sum.truth.passed), passers);
  add("entries", "persons", real(sum.truth.entered), plain(real(sum.macs), "naive_macs"));
  add("entries", "persons", real(sum.truth.entered),
      plain(real(sum.wifi_visits), "wifi_threshold"));
  add("entries", "persons", real(sum.truth.entered), plain(real(sum.beams), "infrared_raw"));
  add("entries", "persons", real(sum.truth.entered), entries);
  const double dwell_min = sum.truth.dwell_s / entered / 60;
  add("dwell", "min", dwell_min,
      sum.real_visits > 0 ? plain(sum.real_dwell_s / real(sum.real_visits) / 60, "wifi_sessions")
                          : refused("wifi_sessions", "nothing_heard"));
  const double returning = share_above_one(days_inside_) * 100;
  estimate::Estimate by_macs = returning_.share(rooms_->estimate);
  for (double* value : {&by_macs.value, &by_macs.low, &by_macs.high}) *value *= 100;
  add("returning", "%", returning, by_macs);
  add("returning", "%", returning,
      sum.member_receipts > 0 ? plain(share_above_one(receipt_days_) * 100, "member_receipts")
                              : refused("member_receipts", "no_members"));
  add("conversion", "%", real(sum.truth.bought) / entered * 100,
      over(real(sum.receipts) * 100, entries, "receipts_per_entry"));
  const double sold = real(sum.receipts + sum.deliveries);
  add("member_share", "%", sold > 0 ? real(sum.member_buyers) / sold * 100 : 0,
      sold > 0 ? plain(real(sum.member_receipts) / sold * 100, "member_receipts")
               : refused("member_receipts", "no_members"));
  return out;
}

}  // namespace footfall::world
