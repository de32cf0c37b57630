#include "sim/visits/counts.hpp"

#include <algorithm>
#include <array>

#include "core/parallel.hpp"
#include "sim/visits/choice.hpp"
#include "sim/visits/purposes.hpp"
#include "sim/visits/rates.hpp"

namespace footfall::visits {
namespace {

constexpr std::size_t zones_per_block = 64;
constexpr std::size_t paces = 2;
constexpr double most_mean = 1e9;  // of Draws::poisson

std::uint64_t poisson(Draws& draws, double mean) {
  return mean > 0 ? draws.poisson(std::min(mean, most_mean)) : 0;
}

/// Trips on an average day.
struct Rates {
  std::size_t places = 0;
  std::vector<double> in_person;  ///< pace × place
  std::vector<double> delivered;  ///< place
  std::vector<double> from;       ///< district × place, in person
  double online = 0;

  explicit Rates(std::size_t places_, std::size_t districts)
      : places(places_),
        in_person(paces * places_),
        delivered(places_),
        from(districts * places_) {}
  void add(const Rates& other) {
    const auto sum = [](std::vector<double>& to, const std::vector<double>& by) {
      for (std::size_t i = 0; i < to.size(); ++i) to[i] += by[i];
    };
    sum(in_person, other.in_person);
    sum(delivered, other.delivered);
    sum(from, other.from);
    online += other.online;
  }
};

struct Model {
  const Choices& choices;
  const Params& params;
  PhiloxKey key;
  std::vector<std::uint8_t> open;
  std::vector<std::uint32_t> zone_id, district;  // by zone
};

/// Adds one group, whose favourites are drawn here.
void add_group(const Model& m, const Group& group, Rates& rates) {
  const double online = m.choices.online_share;
  const double trips = group.trips_per_day * (1 - online);
  rates.online += group.trips_per_day * online * static_cast<double>(group.shoppers);
  Draws draws(m.key, m.zone_id[group.zone], static_cast<std::uint32_t>(group.pace),
              purpose::favourites);
  std::uint64_t left = group.shoppers;
  double share_left = 1;
  for (Place at = 0; at < m.choices.places(); ++at) {
    const double share = m.choices.share(group.zone, at, m.open);
    const double part = share < share_left ? share / share_left : 1;
    const std::uint64_t favour = left > 0 && share > 0 ? draws.binomial(left, part) : 0;
    left -= favour;
    share_left -= share;
    const double heads = m.params.loyalty * static_cast<double>(favour) +
                         (1 - m.params.loyalty) * share * static_cast<double>(group.shoppers);
    const double visits = trips * heads;
    const double in_store = visits * in_person(m.params, m.choices, group.zone, at);
    rates.in_person[static_cast<std::size_t>(group.pace) * rates.places + at] += in_store;
    rates.delivered[at] += visits - in_store;
    rates.from[m.district[group.zone] * rates.places + at] += in_store;
  }
}

/// Sums over fixed blocks of groups, added up in their order.
Result<Rates> rates_of(const Model& m, std::span<const Group> groups, std::size_t districts,
                       const Job& job) {
  const std::size_t blocks = (groups.size() + zones_per_block - 1) / zones_per_block;
  Rates total(m.choices.places(), districts);
  // Few at a time, so that not all blocks' tables are in memory at once.
  constexpr std::size_t at_a_time = 64;
  for (std::size_t first = 0; first < blocks; first += at_a_time) {
    const std::size_t count = std::min(at_a_time, blocks - first);
    std::vector<Rates> parts(count, Rates(m.choices.places(), districts));
    const bool whole = parallel_blocks(
        count, 1,
        [&](std::size_t block, std::size_t, std::size_t) {
          const std::size_t begin = (first + block) * zones_per_block;
          const std::size_t end = std::min(groups.size(), begin + zones_per_block);
          for (std::size_t g = begin; g < end; ++g) add_group(m, groups[g], parts[block]);
        },
        &job);
    if (!whole) return fail("", "", std::string(cancelled_message));
    for (const Rates& part : parts) total.add(part);
  }
  return total;
}

void count_store(const Model& m, const Schedule& schedule, const Rates& rates, std::size_t store,
                 Counts& out) {
  const Place at = static_cast<Place>(store < m.choices.stores.size() ? store : store + 1);
  std::uint64_t total = 0;
  for (Day day = out.first; day < out.first + out.days; ++day) {
    const double time = static_cast<double>(schedule.end(day) - schedule.begin(day)) / day_of_trips;
    const auto row = static_cast<std::size_t>(day - out.first);
    Draws draws(m.key, out.stores[store].value, static_cast<std::uint32_t>(day), purpose::counts);
    for (int hour = 0; hour < 24; ++hour) {
      double mean = 0;
      for (const Pace pace : {Pace::resident, Pace::worker}) {
        mean += rates.in_person[static_cast<std::size_t>(pace) * rates.places + at] *
                schedule.hours(schedule.kind(day), pace).share(hour);
      }
      const std::uint64_t visits = poisson(draws, mean * time);
      out.by_hour[(row * out.stores.size() + store) * 24 + static_cast<std::size_t>(hour)] = visits;
      total += visits;
    }
    out.delivered[row * out.stores.size() + store] = poisson(draws, rates.delivered[at] * time);
  }
  double rate_left = 0;
  for (std::size_t d = 0; d < out.districts.size(); ++d) {
    rate_left += rates.from[d * rates.places + at];
  }
  Draws draws(m.key, out.stores[store].value, 0, purpose::districts);
  for (std::size_t d = 0; d < out.districts.size() && total > 0; ++d) {
    const double rate = rates.from[d * rates.places + at];
    const bool last = d + 1 == out.districts.size() || rate >= rate_left;
    const std::uint64_t part = last       ? total
                               : rate > 0 ? draws.binomial(total, rate / rate_left)
                                          : 0;
    out.from[d * out.stores.size() + store] = part;
    total -= part;
    rate_left -= rate;
  }
}

}  // namespace

std::vector<Group> groups_of(const population::Shoppers& shoppers, const Params& params,
                             std::size_t zones) {
  const std::vector<float> rates = trip_rates(shoppers, params);
  std::vector<std::uint64_t> heads(zones * paces);
  std::vector<double> trips(zones * paces);
  for (std::size_t row = 0; row < shoppers.size(); ++row) {
    if (!(rates[row] > 0)) continue;
    const bool works = shoppers.work[row] == population::Work::employed;
    const std::size_t at = shoppers.home[row] * paces + (works ? 1 : 0);
    ++heads[at];
    trips[at] += static_cast<double>(rates[row]);
  }
  std::vector<Group> out;
  for (std::size_t at = 0; at < heads.size(); ++at) {
    if (heads[at] == 0) continue;
    const auto count = static_cast<double>(heads[at]);
    out.push_back({static_cast<std::uint32_t>(at / paces), static_cast<Pace>(at % paces),
                   static_cast<std::uint64_t>(count * shoppers.people_per_shopper + 0.5),
                   trips[at] / count});
  }
  return out;
}

std::uint64_t Counts::of_store(std::size_t store) const {
  std::uint64_t sum = 0;
  for (Day day = first; day < first + days; ++day) {
    for (int hour = 0; hour < 24; ++hour) sum += at(day, store, hour);
  }
  return sum;
}

Result<Counts> count_visits(const scenario::Scenario& scenario, std::span<const Group> groups,
                            const Params& params, std::uint64_t seed,
                            std::span<const StoreId> openings, Day from, Day to, const Job& job) {
  const PhiloxKey key = random_key(seed, 0, "visits");
  const auto schedule = Schedule::make(params, scenario.first_day, key);
  if (!schedule) return fail(schedule.error());
  const auto choice = choices(scenario, openings, job);
  if (!choice) return fail(choice.error());
  for (const Group& group : groups) {
    if (group.zone >= choice->zones) {
      return fail("groups", "zone " + std::to_string(group.zone), "is no zone of the demand");
    }
  }
  Model m{*choice, params, key, std::vector<std::uint8_t>(openings.size(), 1), {}, {}};
  Counts out;
  for (const scenario::DemandPoint& point : scenario.demand) {
    out.districts.push_back(point.district);
    m.zone_id.push_back(point.id.value);
  }
  std::sort(out.districts.begin(), out.districts.end());
  out.districts.erase(std::unique(out.districts.begin(), out.districts.end()), out.districts.end());
  for (const scenario::DemandPoint& point : scenario.demand) {
    const auto it = std::lower_bound(out.districts.begin(), out.districts.end(), point.district);
    m.district.push_back(static_cast<std::uint32_t>(it - out.districts.begin()));
  }
  const auto rates = rates_of(m, groups, out.districts.size(), job);
  if (!rates) return fail(rates.error());

  out.first = std::clamp<Day>(from, 0, longest_run);
  out.days = std::clamp<Day>(to, out.first, longest_run) - out.first;
  out.stores = choice->stores;
  out.stores.insert(out.stores.end(), choice->opened.begin(), choice->opened.end());
  const auto days = static_cast<std::size_t>(out.days);
  out.by_hour.resize(days * out.stores.size() * 24);
  out.delivered.resize(days * out.stores.size());
  out.from.resize(out.districts.size() * out.stores.size());
  const bool whole = parallel_blocks(
      out.stores.size(), 1,
      [&](std::size_t store, std::size_t, std::size_t) {
        count_store(m, *schedule, *rates, store, out);
      },
      &job);
  if (!whole) return fail("", "", std::string(cancelled_message));
  const Place outside = choice->outside();
  for (Day day = out.first; day < out.first + out.days; ++day) {
    const double time =
        static_cast<double>(schedule->end(day) - schedule->begin(day)) / day_of_trips;
    Draws draws(key, 0, static_cast<std::uint32_t>(day), purpose::counts);
    double to_outside = 0;
    for (std::size_t pace = 0; pace < paces; ++pace) {
      to_outside += rates->in_person[pace * rates->places + outside];
    }
    out.outside.push_back(poisson(draws, to_outside * time));
    out.online.push_back(poisson(draws, rates->online * time));
  }
  return out;
}

}  // namespace footfall::visits
