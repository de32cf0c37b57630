// Every shopper has the trip time (schedule.hpp) of its next occasion; a day is one pass that finds
// those whose time lies in it. So a shopper-day without a trip costs one comparison, the mean rate
// is exact whatever the weekday weights, and draws are made for trips only.
//
// The intervals run from trip to trip: a renewal process, in equilibrium at the start (the first
// interval is the length-biased one that day 0 falls into, at a uniform place in it). The hazard of
// a trip today, which a nudge needs, follows from the age of the current interval.
//
// A nudge multiplies the weight of one outcome s of the day's choice {no trip, online, outside,
// stores} by e^u. With q = P(s) and D = 1 + q (e^u - 1) the logit gives P'(s) = q e^u / D and P'(j)
// = P(j) / D for all others. For u > 0: whoever's outcome is not s goes to s with probability 1 -
// 1/D. For u < 0: whoever's outcome is s stays with probability e^u / D, else takes another by P(j)
// / (1 - q).
#include "sim/visits/panel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/math.hpp"
#include "core/parallel.hpp"
#include "sim/visits/choice.hpp"
#include "sim/visits/intervals.hpp"
#include "sim/visits/many_draws.hpp"
#include "sim/visits/purposes.hpp"
#include "sim/visits/rates.hpp"
#include "sim/visits/schedule.hpp"

namespace footfall::visits {
namespace {

constexpr std::size_t block_size = 8192;
constexpr TripTime never = 0xffffffff;
/// Shopper-days between two reports of progress.
constexpr std::size_t work_per_report = 20'000'000;
constexpr int most_redraws = 100;

/// A share as a threshold for 16 random bits.
std::uint32_t threshold16(double share) {
  return static_cast<std::uint32_t>(std::clamp(share, 0.0, 1.0) * 65536 + 0.5);
}

TripTime later(TripTime time, double by) {
  const double sum = static_cast<double>(time) + by;
  return sum < static_cast<double>(never) ? static_cast<TripTime>(sum) : never;
}

/// What the day's choice gives for one trip.
struct Where {
  Place place = 0;  ///< the outside also where it is online
  bool online = false;
  Origin origin = Origin::home;
};

/// A nudge of one shopper in force on a day.
struct Bent {
  std::uint32_t row = 0;
  Place target = 0;
  const Nudge* nudge = nullptr;
};

bool stronger(const Nudge& a, const Nudge& b) {
  const auto size = [](float value) { return value < 0 ? -value : value; };
  if (size(a.utility) != size(b.utility)) return size(a.utility) > size(b.utility);
  if (size(a.spending) != size(b.spending)) return size(a.spending) > size(b.spending);
  if (a.cause != b.cause) return a.cause < b.cause;
  return a.store < b.store;
}

}  // namespace

struct Panel::State {
  const population::Shoppers* people = nullptr;
  Params params;
  PhiloxKey key{};
  Choices choices;
  Schedule schedule;
  std::vector<MeanOne> erlang;  // by shape - 1; one more than there are kinds of shoppers
  MeanOne basket;
  std::vector<Day> open_day;        // of openings
  std::vector<double> mean_visits;  // by place
  Online online;
  std::uint32_t loyal16 = 0, delivery16 = 0, browse16 = 0, daytime16 = 0;
  std::uint32_t one_item32 = 0;

  // By shopper.
  std::vector<TripTime> next;           // of the next occasion
  std::vector<TripTime> interval;       // that it ends
  std::vector<float> mean_interval;     // trip time
  std::vector<float> mean_basket;       // minor units
  std::vector<std::uint16_t> online16;  // probability of an occasion online, for 16 bits
  std::vector<Place> favourite;

  struct Buffers {
    std::vector<Visit> visits;
    std::vector<std::uint32_t> due;  // rows
    std::vector<Bent> bent;
    std::vector<std::uint8_t> open;
    bool any_open = false;
  };
  struct Today {
    Day day;
    TripTime begin, end;
    DayKind kind;
  };
  /// The draws of one trip.
  struct Words {
    Philox4 when, how;
  };

  // Building.
  void make_rates(double minor);
  void start(std::size_t row);
  void make_means();

  // A day of a block.
  void open_stores(std::size_t begin, std::size_t end, Day day, Buffers& b);
  void settle_favourite(std::size_t row, const Buffers& b);
  void find_due(std::size_t begin, std::size_t end, TripTime until, Buffers& b) const;
  void run_day(std::size_t begin, std::size_t end, Day day, Buffers& b);
  Words words(std::size_t row, Day day, std::uint32_t ordinal) const;
  void go(std::size_t row, const Today& today, const Words& first_words, const Bent* bent,
          Buffers& b);
  Where decide(std::size_t row, const Today& today, const Words& words, std::uint32_t ordinal,
               const Buffers& b) const;
  Place raced(Place place, std::size_t zone, std::uint32_t shopper, std::uint32_t day,
              std::uint8_t what, std::uint32_t ordinal, const Buffers& b) const;
  bool follow(std::size_t row, const Today& today, const Words& first_words, const Bent& bent,
              Buffers& b, Where& first, bool& moved);
  bool leave(std::size_t row, const Today& today, const Bent& bent, double hazard, double q,
             Buffers& b, Where& first);
  void cancel(std::size_t row, const Today& today, std::uint32_t bits);
  void emit(std::size_t row, const Today& today, const Where& where, const Words& words,
            std::uint32_t ordinal, const Bent* bent, bool moved, Buffers& b);

  bool from_daytime(std::size_t row, DayKind kind) const {
    return daytime16 > 0 && kind == DayKind::weekday && works_away(*people, row);
  }
  double online_of(std::size_t row) const { return online.of(*people, row); }
  std::size_t shape_less_one(std::size_t row) const {
    return people->habit[row] * static_cast<std::size_t>(params.regularity) / 256;
  }
  const MeanOne& intervals_of(std::size_t row) const { return erlang[shape_less_one(row)]; }
  double share(std::size_t row, const Today& today, Place at, const Buffers& b) const;
  double hazard(std::size_t row, const Today& today) const;
};

void Panel::State::make_rates(double minor) {
  const std::size_t count = people->size();
  next.assign(count, never);
  interval.assign(count, never);
  mean_interval.assign(count, 0);
  mean_basket.assign(count, 0);
  favourite.assign(count, choices.outside());
  online16.assign(count, 0);
  const std::vector<float> rates = trip_rates(*people, params);
  for (std::size_t row = 0; row < count; ++row) {
    if (!(rates[row] > 0)) continue;
    const auto rate = static_cast<double>(rates[row]);
    const double money =
        choices.money[people->home[row]] * static_cast<double>(people->spending_factor[row]);
    mean_interval[row] = static_cast<float>(day_of_trips / rate);
    mean_basket[row] = static_cast<float>(money * minor / (365 * rate));
  }
}

void Panel::State::start(std::size_t row) {
  const Philox4 words = draw(key, population::Shoppers::id(row).value, 0, 0, purpose::start);
  favourite[row] = choices.drawn(people->home[row], words[2]);
  if (!(mean_interval[row] > 0)) return;
  // A length-biased Erlang interval of shape k is one of shape k + 1, longer by (k + 1) / k.
  const std::size_t k = shape_less_one(row) + 1;
  const double longer = static_cast<double>(k + 1) / static_cast<double>(k);
  const double length = static_cast<double>(erlang[k].at(words[0])) * longer *
                        static_cast<double>(mean_interval[row]);
  next[row] = later(0, length * unit(words[1]));
  interval[row] = later(0, length);
}

void Panel::State::make_means() {
  const Flows from = flows(*people, params, choices, schedule);
  const std::vector<std::uint8_t> all_open(choices.opened.size(), 1);
  mean_visits.assign(choices.places(), 0);
  for (std::size_t z = 0; z < choices.zones; ++z) {
    if (!(from.home[z] + from.daytime[z] > 0)) continue;
    for (Place at = 0; at < choices.places(); ++at) {
      mean_visits[at] += choices.share(z, at, all_open) *
                         (from.home[z] * in_person(params, choices, z, at) + from.daytime[z]);
    }
  }
}

// --- a day of a block ---

void Panel::State::open_stores(std::size_t begin, std::size_t end, Day day, Buffers& b) {
  bool new_today = false;
  b.open.resize(open_day.size());
  b.any_open = false;
  for (std::size_t k = 0; k < open_day.size(); ++k) {
    b.open[k] = open_day[k] <= day ? 1 : 0;
    b.any_open = b.any_open || open_day[k] <= day;
    new_today = new_today || open_day[k] == day || (day == 0 && open_day[k] < 0);
  }
  if (!new_today) return;
  for (std::size_t row = begin; row < end; ++row) settle_favourite(row, b);
}

void Panel::State::settle_favourite(std::size_t row, const Buffers& b) {
  const std::uint32_t shopper = population::Shoppers::id(row).value;
  const std::size_t zone = people->home[row];
  const Place base = choices.drawn(zone, draw(key, shopper, 0, 0, purpose::start)[2]);
  favourite[row] = raced(base, zone, shopper, 0, purpose::newcomer_habit, 0, b);
}

Place Panel::State::raced(Place place, std::size_t zone, std::uint32_t shopper, std::uint32_t day,
                          std::uint8_t what, std::uint32_t ordinal, const Buffers& b) const {
  if (!b.any_open) return place;
  const float* ratios = choices.newcomer.data() + zone * choices.opened.size();
  double first = -math::log(unit(draw(key, shopper, 0, day, what, ordinal)[0]));
  for (std::size_t k = 0; k < choices.opened.size(); ++k) {
    if (b.open[k] == 0 || !(ratios[k] > 0)) continue;
    const std::uint32_t bits = draw(key, shopper, choices.opened[k].value, day, what, ordinal)[0];
    const double rings = -math::log(unit(bits)) / static_cast<double>(ratios[k]);
    if (!(rings < first)) continue;
    first = rings;
    place = static_cast<Place>(choices.outside() + 1 + k);
  }
  return place;
}

void Panel::State::find_due(std::size_t begin, std::size_t end, TripTime until, Buffers& b) const {
  b.due.resize(end - begin);
  std::size_t found = 0;
  for (std::size_t row = begin; row < end; ++row) {
    b.due[found] = static_cast<std::uint32_t>(row);
    found += next[row] < until ? 1 : 0;
  }
  b.due.resize(found);
}

void Panel::State::run_day(std::size_t begin, std::size_t end, Day day, Buffers& b) {
  open_stores(begin, end, day, b);
  const Today today{day, schedule.begin(day), schedule.end(day), schedule.kind(day)};
  b.visits.clear();
  if (today.begin == today.end) return;  // closed
  find_due(begin, end, today.end, b);
  std::size_t n = 0;
  const auto nudged_before = [&](std::size_t row) {
    for (; n < b.bent.size() && b.bent[n].row < row; ++n) {
      go(b.bent[n].row, today, words(b.bent[n].row, day, 0), &b.bent[n], b);
    }
  };
  for (std::size_t first = 0; first < b.due.size(); first += many) {
    const std::size_t count = std::min(many, b.due.size() - first);
    std::array<std::uint32_t, many> ids{};
    for (std::size_t i = 0; i < count; ++i) ids[i] = b.due[first + i] + 1;
    ManyDraws when, how;
    draw_many(key, ids.data(), static_cast<std::uint32_t>(day), purpose::when, &when);
    draw_many(key, ids.data(), static_cast<std::uint32_t>(day), purpose::how, &how);
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t row = b.due[first + i];
      nudged_before(row);
      const bool bent = n < b.bent.size() && b.bent[n].row == row;
      go(row, today, {when.of(i), how.of(i)}, bent ? &b.bent[n++] : nullptr, b);
    }
  }
  nudged_before(end);
}

Panel::State::Words Panel::State::words(std::size_t row, Day day, std::uint32_t ordinal) const {
  const std::uint32_t shopper = population::Shoppers::id(row).value;
  const auto step = static_cast<std::uint32_t>(day);
  return {draw(key, shopper, ordinal, step, purpose::when),
          draw(key, shopper, ordinal, step, purpose::how)};
}

void Panel::State::go(std::size_t row, const Today& today, const Words& first_words,
                      const Bent* bent, Buffers& b) {
  Where first;
  bool moved = false, decided = false;
  if (bent != nullptr) decided = follow(row, today, first_words, *bent, b, first, moved);
  for (std::uint32_t ordinal = 0; next[row] < today.end && ordinal < 255; ++ordinal) {
    const Words w = ordinal == 0 ? first_words : words(row, today.day, ordinal);
    const double gap = static_cast<double>(intervals_of(row).at(w.when[0]) * mean_interval[row]);
    const Where where = decided && ordinal == 0 ? first : decide(row, today, w, ordinal, b);
    emit(row, today, where, w, ordinal, bent, moved && ordinal == 0, b);
    next[row] = later(next[row], gap);
    interval[row] = later(0, gap);
  }
}

Where Panel::State::decide(std::size_t row, const Today& today, const Words& words,
                           std::uint32_t ordinal, const Buffers& b) const {
  const auto& [when, how] = words;
  const std::size_t home = people->home[row];
  if ((how[0] & 0xffff) < online16[row]) return {choices.outside(), true};
  const bool away = from_daytime(row, today.kind) && (how[2] >> 16) < daytime16;
  if (!away && (how[0] >> 16) < loyal16) return {favourite[row]};
  const std::size_t zone = away ? people->daytime[row] : home;
  const Place base = choices.drawn(zone, when[1]);
  return {raced(base, zone, population::Shoppers::id(row).value,
                static_cast<std::uint32_t>(today.day), purpose::newcomer, ordinal, b),
          false, away ? Origin::daytime : Origin::home};
}

void Panel::State::emit(std::size_t row, const Today& today, const Where& where, const Words& words,
                        std::uint32_t ordinal, const Bent* bent, bool moved, Buffers& b) {
  const auto& [when, how] = words;
  Visit visit;
  visit.shopper = population::Shoppers::id(row);
  visit.day = today.day;
  visit.ordinal = static_cast<std::uint8_t>(ordinal);
  visit.origin = where.origin;
  if (where.online) {
    visit.channel = Channel::online;
  } else if (where.place == choices.outside()) {
    visit.channel = Channel::outside;
  } else {
    visit.store = choices.store(where.place);
    const bool ordered = where.origin == Origin::home && (how[1] & 0xffff) < delivery16;
    const bool delivered =
        ordered && choices.distance_km(people->home[row], where.place) <= params.delivery_radius_km;
    visit.channel = delivered ? Channel::delivery : Channel::store;
  }
  const Pace pace = people->work[row] == population::Work::employed ? Pace::worker : Pace::resident;
  visit.arrival_s = schedule.hours(today.kind, pace).second(when[2], how[2] & 0xffff);
  double money = static_cast<double>(basket.at(when[3]) * mean_basket[row]);
  if (bent != nullptr && visit.store == bent->nudge->store) {
    money *= math::exp(static_cast<double>(bent->nudge->spending));
    if (moved) visit.cause = bent->nudge->cause;
  }
  visit.planned_minor = static_cast<std::int32_t>(std::min(money + 0.5, 2e9));
  visit.mission = when[3] < one_item32        ? Mission::one_item
                  : (how[1] >> 16) < browse16 ? Mission::browse
                                              : Mission::list;
  b.visits.push_back(visit);
}

// --- nudges ---

double Panel::State::hazard(std::size_t row, const Today& today) const {
  if (!(mean_interval[row] > 0)) return 0;
  const MeanOne& law = intervals_of(row);
  const auto mean = static_cast<double>(mean_interval[row]);
  const double last = static_cast<double>(next[row]) - static_cast<double>(interval[row]);
  const double before = law.below((static_cast<double>(today.begin) - last) / mean);
  const double after = law.below((static_cast<double>(today.end) - last) / mean);
  return before < 1 ? (after - before) / (1 - before) : 1;
}

double Panel::State::share(std::size_t row, const Today& today, Place at, const Buffers& b) const {
  const double away = from_daytime(row, today.kind) ? params.daytime_share : 0;
  const double home = choices.share(people->home[row], at, b.open) * (1 - params.loyalty) +
                      (favourite[row] == at ? params.loyalty : 0);
  if (!(away > 0)) return home;
  return home * (1 - away) + choices.share(people->daytime[row], at, b.open) * away;
}

/// True where `first` is decided. May add a trip today or take it away.
bool Panel::State::follow(std::size_t row, const Today& today, const Words& first_words,
                          const Bent& bent, Buffers& b, Where& first, bool& moved) {
  const std::uint32_t shopper = population::Shoppers::id(row).value;
  const auto day = static_cast<std::uint32_t>(today.day);
  const double h = hazard(row, today);
  const double q = h * (1 - online_of(row)) * share(row, today, bent.target, b);
  if (!(q > 0)) return false;
  const double growth = math::exp(static_cast<double>(bent.nudge->utility));
  const double d = 1 + q * (growth - 1);
  const bool due = next[row] < today.end;
  first = decide(row, today, first_words, 0, b);
  const bool there = due && !first.online && first.place == bent.target;
  const Philox4 words = draw(key, shopper, bent.nudge->store.value, day, purpose::nudge);
  const double u = unit(words[0]);
  if (there) {
    return growth < 1 && u >= growth / d ? leave(row, today, bent, h, q, b, first) : true;
  }
  if (!(u < 1 - 1 / d)) return due;
  moved = true;
  if (due) {
    if (first.online) first.origin = Origin::home;
  } else {
    const double last = static_cast<double>(next[row]) - static_cast<double>(interval[row]);
    next[row] = later(today.begin, unit(words[1]) * static_cast<double>(today.end - today.begin));
    next[row] = std::min(next[row], today.end - 1);
    interval[row] = later(0, std::max(static_cast<double>(next[row]) - last, 0.0));
  }
  first.place = bent.target;
  first.online = false;
  return true;
}

/// The outcome was the nudge's store and must be another: no trip, or a trip elsewhere.
bool Panel::State::leave(std::size_t row, const Today& today, const Bent& bent, double hazard,
                         double q, Buffers& b, Where& first) {
  const std::uint32_t shopper = population::Shoppers::id(row).value;
  const auto day = static_cast<std::uint32_t>(today.day);
  const Philox4 words = draw(key, shopper, bent.nudge->store.value, day, purpose::nudge, 1);
  const bool stays_home = unit(words[0]) * (1 - q) < 1 - hazard;
  for (std::uint32_t step = 0; !stays_home && step < most_redraws; ++step) {
    const std::uint32_t store = bent.nudge->store.value;
    const Words again{draw(key, shopper, store, day, purpose::nudge, 2 + 2 * step),
                      draw(key, shopper, store, day, purpose::nudge, 3 + 2 * step)};
    first = decide(row, today, again, 256 + step, b);
    if (first.online || first.place != bent.target) return true;
  }
  cancel(row, today, words[1]);
  return false;
}

/// No trip today after all: the interval goes on, drawn from those that reach beyond the day.
void Panel::State::cancel(std::size_t row, const Today& today, std::uint32_t bits) {
  const MeanOne& law = intervals_of(row);
  const auto mean = static_cast<double>(mean_interval[row]);
  const double last = static_cast<double>(next[row]) - static_cast<double>(interval[row]);
  const double before = law.below((static_cast<double>(today.end) - last) / mean);
  const double length = law.quantile(before + (1 - before) * unit(bits)) * mean;
  const double time = std::max(last + length, static_cast<double>(today.end));
  next[row] = later(0, time);
  interval[row] = later(0, static_cast<double>(next[row]) - last);
}

// --- the panel ---

Result<Panel> Panel::build(const scenario::Scenario& scenario, const population::Shoppers& shoppers,
                           const Params& params, std::uint64_t seed,
                           std::span<const Opening> openings, const Job& job) {
  auto state = std::make_unique<State>();
  State& s = *state;
  s.people = &shoppers;
  s.params = params;
  s.key = random_key(seed, 0, "visits");
  auto schedule = Schedule::make(params, scenario.first_day, s.key);
  if (!schedule) return fail(std::move(schedule.error()));
  s.schedule = std::move(*schedule);
  std::vector<StoreId> opened;
  for (const Opening& opening : openings) {
    opened.push_back(opening.store);
    s.open_day.push_back(opening.day);
  }
  auto choice = choices(scenario, opened, job);
  if (!choice) return fail(std::move(choice.error()));
  s.choices = std::move(*choice);
  Errors errors = check_zones(shoppers, s.choices.zones);
  if (!errors.empty()) return fail(std::move(errors));

  for (int shape = 1; shape <= static_cast<int>(params.regularity) + 1; ++shape) {
    s.erlang.push_back(MeanOne::erlang(shape));
  }
  s.basket = MeanOne::lognormal(params.basket_spread);
  s.loyal16 = threshold16(params.loyalty);
  s.delivery16 = threshold16(params.delivery_share);
  s.browse16 = threshold16(params.browse_share);
  s.daytime16 = threshold16(params.daytime_share);
  s.one_item32 =
      static_cast<std::uint32_t>(std::min(params.one_item_share * 4294967296.0, 4294967295.0));
  s.online = online_shares(shoppers, population::zone_rows(shoppers, s.choices.zones),
                           s.choices.online_share);
  s.make_rates(minor_units(scenario.currency));
  const bool whole = parallel_blocks(
      shoppers.size(), block_size,
      [&](std::size_t begin, std::size_t end, std::size_t) {
        for (std::size_t row = begin; row < end; ++row) {
          s.online16[row] = static_cast<std::uint16_t>(
              std::min(threshold16(s.online_of(row)), std::uint32_t{0xffff}));
          s.start(row);
        }
      },
      &job);
  if (!whole) return fail("", "", std::string(cancelled_message));
  s.make_means();
  return Panel(std::move(state));
}

Panel::Panel(std::unique_ptr<State> state) : state_(std::move(state)) {}
Panel::Panel(Panel&&) noexcept = default;
Panel& Panel::operator=(Panel&&) noexcept = default;
Panel::~Panel() = default;

std::size_t Panel::blocks() const {
  return (state_->people->size() + block_size - 1) / block_size;
}

const Schedule& Panel::schedule() const {
  return state_->schedule;
}

const std::vector<std::string>& Panel::warnings() const {
  return state_->choices.warnings;
}

double Panel::mean_visits_per_day(StoreId store) const {
  const Place at = state_->choices.find(store);
  return at < state_->choices.places() ? state_->mean_visits[at] : 0;
}

bool Panel::run(Day from, Day to, std::span<const Nudge> nudges, VisitSink& sink, const Job& job) {
  State& s = *state_;
  const std::size_t count = s.people->size();
  to = std::min(to, longest_run);
  std::vector<Bent> all;  // by shopper
  for (const Nudge& nudge : nudges) {
    const Place target = s.choices.find(nudge.store);
    if (!nudge.shopper || nudge.shopper.value > count || target == s.choices.places()) continue;
    all.push_back(
        {static_cast<std::uint32_t>(population::Shoppers::row(nudge.shopper)), target, &nudge});
  }
  std::sort(all.begin(), all.end(), [](const Bent& a, const Bent& b) {
    return a.row != b.row ? a.row < b.row : a.nudge < b.nudge;
  });
  const auto pick_bent = [&](std::size_t begin, std::size_t end, Day day, std::vector<Bent>& out) {
    out.clear();
    auto it = std::lower_bound(all.begin(), all.end(), begin,
                               [](const Bent& a, std::size_t row) { return a.row < row; });
    for (; it != all.end() && it->row < end; ++it) {
      if (day < it->nudge->from || day >= it->nudge->to) continue;
      if (out.empty() || out.back().row != it->row) {
        out.push_back(*it);
      } else if (stronger(*it->nudge, *out.back().nudge)) {
        out.back() = *it;
      }
    }
  };
  const auto step = static_cast<Day>(std::clamp<std::size_t>(work_per_report / (count + 1), 1, 28));
  for (Day first = from; first < to; first = std::min<Day>(first + step, to)) {
    const Day last = std::min<Day>(first + step, to);
    const bool whole = parallel_blocks(
        count, block_size,
        [&](std::size_t begin, std::size_t end, std::size_t block) {
          State::Buffers buffers;
          for (Day day = first; day < last; ++day) {
            pick_bent(begin, end, day, buffers.bent);
            s.run_day(begin, end, day, buffers);
            sink.take(block, day, buffers.visits);
          }
        },
        &job);
    if (!whole) return false;
    job.progress(static_cast<double>(last - from) / static_cast<double>(to - from), "job.days");
  }
  return !job.cancelled();
}

}  // namespace footfall::visits
