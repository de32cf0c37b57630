#include "sim/floor/store_day.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>
#include <tuple>
#include <utility>

#include "core/math.hpp"
#include "sim/floor/queue.hpp"

namespace footfall::floor {
namespace {

using visits::Mission;
using visits::Outcome;

/// What a draw decides: part of the counter of its random numbers, so fixed for ever.
enum class Drawn : std::uint8_t { visit, passer, basket };

constexpr std::array<std::string_view, 4> till_names{"none", "staffed", "self_service",
                                                     "scan_and_go"};
constexpr unsigned first_pass = 128, last_pass = 255;  // ordinals of passers-by
constexpr double slot_h = 0.25;                        // in which the street's traffic is even

Draws draws_for(PhiloxKey key, std::uint64_t id, std::uint32_t step, Drawn purpose) {
  return Draws(key, id, step, static_cast<std::uint8_t>(purpose));
}

/// exp(spread × z) with mean 1.
double log_normal_of_mean_1(double spread, Draws& draws) {
  return math::exp(spread * draws.normal() - spread * spread / 2);
}

/// 0, 1, 2, … with the given mean; the likeliest is always 0.
double geometric(double mean, Draws& draws) {
  const double u = draws.uniform_open();
  if (!(mean > 1e-9)) return 0;
  return math::floor(math::log(u) / math::log(mean / (1 + mean)));
}

bool before(const Stay& a, const Stay& b) {
  return std::tie(a.from_s, a.person, a.ordinal) < std::tie(b.from_s, b.person, b.ordinal);
}

/// Somebody inside, on the way to a till or out.
struct Guest {
  Stay stay;
  double basket_s = 0;  ///< when the till, or the exit, is reached
  double service_s = 0;
  bool may_balk = false;
};

struct Model {
  const Params& p;
  const StoreTraits& store;
  const population::Shoppers& shoppers;
  Day day;
  PhiloxKey key;
  double scale;        ///< of dwell and coverage, by area
  double mean_visits;  ///< of the simulated shoppers, who may be a sample

  double open_s() const { return store.opens_h * 3600; }
  double close_s() const { return store.closes_h * 3600; }

  double median_dwell_s(Mission mission) const {
    const Ranged& minutes = mission == Mission::one_item ? p.dwell_one_item_min
                            : mission == Mission::list   ? p.dwell_list_min
                                                         : p.dwell_browse_min;
    return minutes.value * 60 * scale;
  }
  double mean_items(Mission mission) const {
    return mission == Mission::one_item ? 1
           : mission == Mission::list   ? p.items_list.value
                                        : p.items_browse.value;
  }
};

/// Dwell, zones and items; more time means more of both.
void walk_through(const Model& m, Guest& guest, double median_s, double mean_items, bool buys,
                  Draws& draws) {
  Stay& stay = guest.stay;
  const double spread = m.p.dwell_spread.value;
  const double relative = math::exp(spread * draws.normal());
  const double mean_relative = math::exp(spread * spread / 2);
  const double dwell_s = median_s * relative * (buys ? 1 : m.p.dwell_without_purchase.value);
  const double coverage = 1 - math::exp(-dwell_s / (m.p.coverage_min.value * 60 * m.scale));
  const auto others = static_cast<std::uint64_t>(m.p.zones - 1);
  stay.zones = static_cast<std::uint8_t>(1 + draws.binomial(others, coverage));
  stay.deep = dwell_s >= m.p.deep_dwell_min * 60 ||
              stay.zones >= m.p.deep_zone_share * static_cast<double>(m.p.zones);
  const double more = geometric((mean_items - 1) * relative / mean_relative, draws);
  stay.items = buys ? static_cast<std::uint16_t>(1 + std::min(more, 998.0)) : std::uint16_t{0};
  stay.outcome = buys ? Outcome::bought : Outcome::entered;
  guest.basket_s = stay.from_s + dwell_s;
  stay.to_s = static_cast<float>(guest.basket_s);
}

void choose_till(const Model& m, Guest& guest) {
  Stay& stay = guest.stay;
  Draws draws = draws_for(m.key, stay.key(m.day), m.store.id.value, Drawn::basket);
  const double kind = draws.uniform(), share = draws.uniform();
  const bool has_phone =
      m.shoppers.phone[population::Shoppers::row(stay.person)] != population::Phone::none;
  const double scan = m.p.scan_and_go_share.value;
  const double self = m.p.self_service_share.value;
  stay.till = share < scan && has_phone ? Till::scan_and_go
              : kind < self             ? Till::self_service
                                        : Till::staffed;
  const double scanning = m.p.item_s.value * stay.items *
                          (stay.till == Till::self_service ? m.p.self_scan_factor.value : 1);
  const double mean_s =
      stay.till == Till::scan_and_go ? m.p.scan_exit_s.value : scanning + m.p.payment_s.value;
  guest.service_s = mean_s * log_normal_of_mean_1(m.p.service_spread.value, draws);
  guest.may_balk = draws.bernoulli(m.p.balk_share.value);
}

std::int32_t rounded_money(double minor) {
  return static_cast<std::int32_t>(
      std::min<double>(math::round_half_away(minor), std::numeric_limits<std::int32_t>::max()));
}

void add_planned(const Model& m, std::span<const visits::Visit> visits,
                 std::vector<Guest>& guests) {
  const double share = m.p.purchase_share.value;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const visits::Visit& visit = visits[i];
    assert(visit.store == m.store.id && visit.channel == visits::Channel::store);
    Guest& guest = guests.emplace_back();
    guest.stay.person = visit.shopper;
    guest.stay.visit = static_cast<std::uint32_t>(i);
    guest.stay.ordinal = visit.ordinal;
    guest.stay.from_s = static_cast<float>(visit.arrival_s);
    Draws draws = draws_for(m.key, visit.key(), m.store.id.value, Drawn::visit);
    const bool buys = draws.bernoulli(share);
    walk_through(m, guest, m.median_dwell_s(visit.mission), m.mean_items(visit.mission), buys,
                 draws);
    if (buys) guest.stay.paid_minor = rounded_money(visit.planned_minor / share);
  }
}

/// Whoever looked decides on coming in; true for those.
bool comes_in(const Model& m, const Stay& looked, Draws& draws, Guest& guest) {
  if (!draws.bernoulli(m.p.window_capture.value)) return false;
  guest.stay = looked;
  guest.stay.from_s = looked.from_s + looked.look_s;
  const bool buys = draws.bernoulli(m.p.impulse_share.value);
  walk_through(m, guest, m.p.dwell_passer_min.value * 60 * m.scale, m.p.items_browse.value, buys,
               draws);
  if (buys) {
    const double money = m.p.impulse_minor.value * draws.gamma(2) / 2;
    guest.stay.paid_minor = std::max(1, rounded_money(money));
  }
  return true;
}

/// Passers-by as a Poisson process in the order of time. Its rate is even within each slot, so the
/// expected number until a moment is piecewise linear, and the process is one of rate 1 mapped
/// through the inverse.
class StreetTraffic {
 public:
  explicit StreetTraffic(const Model& m) : open_h_(m.store.opens_h) {
    const double hours = m.store.closes_h - m.store.opens_h;
    if (!(hours > 0)) return;
    const auto slots = static_cast<std::size_t>(math::floor(hours / slot_h + 0.999));
    width_h_ = hours / static_cast<double>(slots);
    const double peak = std::clamp((m.p.street_peak_h - open_h_) / hours, 0.0, 1.0);
    const double expected = m.mean_visits * m.p.passers_per_visit.value;
    const double peaked = m.p.street_peaked.value;
    until_.push_back(0);
    for (std::size_t slot = 1; slot <= slots; ++slot) {
      const double x = static_cast<double>(slot) / static_cast<double>(slots);
      until_.push_back(expected * ((1 - peaked) * x + peaked * triangle(x, peak)));
    }
  }

  /// Moment of the next passer-by, or below 0 where no more come.
  double next_s(Draws& draws) {
    if (until_.empty()) return -1;
    reached_ += draws.exponential();
    while (slot_ < until_.size() && until_[slot_] <= reached_) ++slot_;
    if (slot_ == until_.size()) return -1;
    const double from = until_[slot_ - 1];
    const double within = (reached_ - from) / (until_[slot_] - from);
    return 3600 * (open_h_ + width_h_ * (static_cast<double>(slot_ - 1) + within));
  }

 private:
  /// Distribution function of the triangle on [0, 1].
  static double triangle(double x, double peak) {
    if (x >= 1) return 1;
    return x < peak ? x * x / peak : 1 - (1 - x) * (1 - x) / (1 - peak);
  }

  double open_h_, width_h_ = 0;
  std::vector<double> until_;  // expected passers-by until the end of each slot
  std::size_t slot_ = 1;
  double reached_ = 0;
};

/// Passes of each person so far.
class PassCounter {
 public:
  explicit PassCounter(std::size_t people) {
    std::size_t size = 16;
    while (size < 2 * people) size *= 2;
    persons_.resize(size);
    passes_.resize(size);
  }
  unsigned add(ShopperId person) {
    const std::size_t mask = persons_.size() - 1;
    std::size_t i = (person.value * std::size_t{0x9E3779B1u}) & mask;
    while (persons_[i] != 0 && persons_[i] != person.value) i = (i + 1) & mask;
    persons_[i] = person.value;
    return passes_[i]++;
  }

 private:
  std::vector<std::uint32_t> persons_;
  std::vector<unsigned> passes_;
};

/// Numbers the passes of each person in the order of time. A person's further passes have no
/// number, and leave.
void number_passes(std::vector<Stay>& stays) {
  PassCounter counter(stays.size());
  std::size_t kept = 0;
  for (const Stay& stay : stays) {
    const unsigned ordinal = first_pass + counter.add(stay.person);
    if (ordinal > last_pass) continue;
    stays[kept] = stay;
    stays[kept++].ordinal = static_cast<std::uint8_t>(ordinal);
  }
  stays.resize(kept);
}

std::vector<Stay> passers(const Model& m, const Street& street) {
  std::vector<Stay> out;
  out.reserve(static_cast<std::size_t>(m.mean_visits * m.p.passers_per_visit.value * 1.1));
  StreetTraffic traffic(m);
  const auto walk_s = static_cast<float>(m.p.front_m.value / m.p.walk_mps.value);
  const std::uint64_t store = std::uint64_t{m.store.id.value} << 32;
  for (std::uint32_t number = 0;; ++number) {
    Draws draws =
        draws_for(m.key, store | number, static_cast<std::uint32_t>(m.day), Drawn::passer);
    const double from_s = traffic.next_s(draws);
    if (from_s < 0) return out;
    Stay& stay = out.emplace_back();
    stay.person = street.draw(draws);
    stay.from_s = static_cast<float>(from_s);
    if (draws.bernoulli(m.p.looked_share.value)) {
      stay.outcome = Outcome::looked;
      stay.look_s = static_cast<float>(m.p.look_s.value * draws.exponential());
    }
    stay.to_s = stay.from_s + walk_s + stay.look_s;
  }
}

/// Moves those who come in from the street to the guests.
void let_in(const Model& m, std::vector<Stay>& street, std::vector<Guest>& guests) {
  std::size_t kept = 0;
  for (const Stay& stay : street) {
    if (stay.outcome == Outcome::looked) {
      Draws draws = draws_for(m.key, stay.key(m.day), m.store.id.value, Drawn::visit);
      Guest guest;
      if (comes_in(m, stay, draws, guest)) {
        guests.push_back(guest);
        continue;
      }
    }
    street[kept++] = stay;
  }
  street.resize(kept);
}

/// Tills that keep their utilisation in the busiest hour of a mean day.
std::size_t tills_needed(const Model& m, double share, double service_s) {
  const double baskets =
      m.mean_visits * m.p.busy_hour_share.value * m.p.purchase_share.value * share;
  const double tills = baskets * service_s / 3600 / m.p.till_utilisation.value;
  return static_cast<std::size_t>(std::clamp(math::floor(tills + 0.999), 1.0, 200.0));
}

/// Given tills serve everyone; a sample of the shoppers needs as much fewer.
std::size_t tills_given(const Model& m, std::int64_t tills) {
  const double needed = static_cast<double>(tills) / m.shoppers.people_per_shopper;
  return static_cast<std::size_t>(std::max(1.0, math::floor(needed + 0.999)));
}

struct Tills {
  Queue staffed, self_service, scan_exit;
  std::size_t staffed_count;

  explicit Tills(const Model& m) : Tills(m, staffed_of(m), self_of(m)) {}
  Queue& at(Till till) {
    return till == Till::staffed ? staffed : till == Till::self_service ? self_service : scan_exit;
  }
  std::uint32_t longest() const {
    return std::max({staffed.longest(), self_service.longest(), scan_exit.longest()});
  }

 private:
  Tills(const Model& m, std::size_t staffed_tills, std::size_t self_tills)
      : staffed(Queue::Lines::one_each, staffed_tills),
        self_service(Queue::Lines::one_for_all, self_tills),
        scan_exit(Queue::Lines::one_for_all,
                  tills_needed(m, m.p.scan_and_go_share.value, m.p.scan_exit_s.value)),
        staffed_count(staffed_tills) {}

  static double basket_s(const Model& m, double factor) {
    return m.p.basket_items.value * m.p.item_s.value * factor + m.p.payment_s.value;
  }
  static std::size_t staffed_of(const Model& m) {
    if (m.p.staffed_tills > 0) return tills_given(m, m.p.staffed_tills);
    return tills_needed(m, 1 - m.p.self_service_share.value, basket_s(m, 1));
  }
  static std::size_t self_of(const Model& m) {
    if (m.p.self_service_tills > 0) return tills_given(m, m.p.self_service_tills);
    return tills_needed(m, m.p.self_service_share.value, basket_s(m, m.p.self_scan_factor.value));
  }
};

/// Everyone with a basket, in the order in which they reach the tills.
void check_out(const Model& m, std::vector<Guest>& guests, Tills& tills) {
  std::vector<std::pair<double, std::uint32_t>> order;
  for (std::size_t i = 0; i < guests.size(); ++i) {
    if (guests[i].stay.outcome == Outcome::bought) {
      order.emplace_back(guests[i].basket_s, static_cast<std::uint32_t>(i));
    }
  }
  // Guests stand in the order of visits, then of passers-by: their place settles ties.
  std::sort(order.begin(), order.end());
  for (const auto& [now_s, i] : order) {
    Guest& guest = guests[i];
    Stay& stay = guest.stay;
    choose_till(m, guest);
    Queue& queue = tills.at(stay.till);
    if (guest.may_balk && queue.waiting(now_s) >= m.p.balk_queue.value) {
      stay.outcome = Outcome::entered;
      stay.till = Till::none;
      stay.items = 0;
      stay.paid_minor = 0;
      continue;
    }
    const Queue::Service service = queue.serve(now_s, guest.service_s);
    stay.queue_s = static_cast<float>(service.start_s - now_s);
    stay.to_s = static_cast<float>(service.end_s);
  }
}

std::vector<Stay> merged(const std::vector<Stay>& street, const std::vector<Guest>& guests) {
  std::vector<Stay> inside;
  inside.reserve(guests.size());
  for (const Guest& guest : guests) inside.push_back(guest.stay);
  std::sort(inside.begin(), inside.end(), before);
  std::vector<Stay> outside = street;
  // In the order of time already, but for rounded ties.
  if (!std::is_sorted(outside.begin(), outside.end(), before)) {
    std::sort(outside.begin(), outside.end(), before);
  }
  std::vector<Stay> all(inside.size() + outside.size());
  std::merge(inside.begin(), inside.end(), outside.begin(), outside.end(), all.begin(), before);
  return all;
}

}  // namespace

std::string_view name_of(Till value) {
  return till_names[static_cast<std::size_t>(value)];
}

Street::Street(std::vector<std::uint32_t> rows, std::span<const double> weights)
    : rows_(std::move(rows)), alias_(weights) {
  assert(rows_.size() == weights.size());
}

ShopperId Street::draw(Draws& draws) const {
  return population::Shoppers::id(rows_[alias_.sample(draws)]);
}

StoreDay store_day(const Params& params, const StoreTraits& store, Day day, PhiloxKey key,
                   std::span<const visits::Visit> visits, const population::Shoppers& shoppers,
                   const Street& street) {
  const double area = std::max(store.floor_area_m2, 1.0) / 1000;
  const Model m{params,
                store,
                shoppers,
                day,
                key,
                math::pow(area, params.dwell_area_exponent.value),
                store.mean_visits_per_day / shoppers.people_per_shopper};
  std::vector<Guest> guests;
  guests.reserve(visits.size() + visits.size() / 8);
  add_planned(m, visits, guests);
  std::vector<Stay> outside = passers(m, street);
  number_passes(outside);
  if (store.open) let_in(m, outside, guests);
  Tills tills(m);
  check_out(m, guests, tills);
  StoreDay out;
  out.stays = merged(outside, guests);
  if (store.open) {
    out.staff_hours =
        static_cast<double>(tills.staffed_count) * std::max(0.0, store.closes_h - store.opens_h);
  }
  out.longest_queue = tills.longest();
  return out;
}

}  // namespace footfall::floor
