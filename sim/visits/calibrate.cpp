#include "sim/visits/calibrate.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "core/parallel.hpp"
#include "core/text.hpp"
#include "geo/csv.hpp"
#include "sim/catchment/params.hpp"
#include "sim/visits/rates.hpp"

namespace footfall::visits {
namespace {

constexpr int most_rounds = 2000;
constexpr double good_enough = 1e-6;
constexpr std::size_t zones_per_block = 64;

using Hours = std::array<double, 24>;

Error wrong(std::string place, std::string value, std::string message, std::string allowed) {
  return {std::string(counts_file), std::move(place), std::move(value), std::move(message),
          std::move(allowed)};
}

/// The number of a cell, or an error added.
std::optional<std::int64_t> whole(const std::string& text, std::int64_t least, std::int64_t most,
                                  const std::string& file, const std::string& place,
                                  Errors& errors) {
  const auto number = parse_integer(text);
  if (number && *number >= least && *number <= most) return number;
  errors.push_back(
      {file, place, shortened(text, 60), "is not allowed",
       "a whole number from " + std::to_string(least) + " to " + std::to_string(most)});
  return std::nullopt;
}

/// Observed visits of an average day: trip time takes out weekdays and season.
struct Target {
  double visits = 0;  // sum of the counts
  double days = 0;    // average days that they cover
};

struct Base {
  Choices choices;
  Schedule schedule;
  Flows flows;
  std::map<StoreId, double> factors;  // that the choices have already

  double factor(StoreId store) const {
    const auto it = factors.find(store);
    return it == factors.end() ? 1 : it->second;
  }
};

std::string place_of(const Observed& row) {
  const std::string store = "store " + std::to_string(row.store.value);
  return row.line == 0 ? store : "line " + std::to_string(row.line) + ", " + store;
}

double average_days(const Schedule& schedule, const std::optional<Day>& day) {
  if (!day) return 1;
  return static_cast<double>(schedule.end(*day) - schedule.begin(*day)) / day_of_trips;
}

/// Days are counted once for each store, however many hours of them stand in the list.
Result<std::vector<Target>> targets(const Base& base, std::span<const Observed> observed) {
  std::vector<Target> out(base.choices.stores.size());
  std::set<std::pair<Place, Day>> seen;
  std::set<StoreId> strangers;  // each is named once
  Errors errors;
  for (const Observed& row : observed) {
    const Place at = base.choices.find(row.store);
    if (at >= base.choices.outside()) {
      if (!strangers.insert(row.store).second) continue;
      errors.push_back(wrong(place_of(row), std::to_string(row.store.value),
                             "is no open store of the scenario",
                             "ids of own stores and competitors"));
      continue;
    }
    const Day day = row.day.value_or(-1);
    if (day >= longest_run) {
      errors.push_back(wrong(place_of(row), std::to_string(day), "is too late a day",
                             "days from 0 to " + std::to_string(longest_run - 1)));
      continue;
    }
    const double days = average_days(base.schedule, row.day);
    if (!(days > 0) && row.count > 0) {
      errors.push_back(wrong(place_of(row) + ", day " + std::to_string(day), shortest(row.count),
                             "are visits on a day when stores are closed",
                             "0, or other weekdays and holidays in the parameters"));
      continue;
    }
    out[at].visits += row.count;
    if (seen.insert({at, day}).second) out[at].days += days;
  }
  if (!errors.empty()) return fail(std::move(errors));
  return out;
}

/// Visits of every base store on an average day under factors on top of those that there are.
std::vector<double> modelled(const Base& base, const Params& params,
                             const std::vector<double>& factors) {
  const std::size_t stores = base.choices.stores.size(), zones = base.choices.zones;
  const std::size_t blocks = (zones + zones_per_block - 1) / zones_per_block;
  std::vector<double> parts(blocks * stores);
  parallel_blocks(
      zones, zones_per_block, [&](std::size_t begin, std::size_t end, std::size_t block) {
        std::vector<double> weight(stores);
        double* out = &parts[block * stores];
        for (std::size_t z = begin; z < end; ++z) {
          double all = base.choices.base_share(z, base.choices.outside());
          for (std::size_t k = 0; k < stores; ++k) {
            weight[k] = factors[k] * base.choices.base_share(z, static_cast<Place>(k));
            all += weight[k];
          }
          if (!(all > 0)) continue;
          for (std::size_t k = 0; k < stores; ++k) {
            const double in_store = in_person(params, base.choices, z, static_cast<Place>(k));
            out[k] += weight[k] / all * (base.flows.home[z] * in_store + base.flows.daytime[z]);
          }
        }
      });
  std::vector<double> sums(stores);
  for (std::size_t i = 0; i < parts.size(); ++i) sums[i % stores] += parts[i];
  return sums;
}

Errors fit_stores(const Base& base, const Params& params, const std::vector<Target>& target,
                  Calibration& out, std::vector<double>& factors, const Job& job) {
  const std::size_t stores = target.size();
  factors.assign(stores, 1);
  std::vector<double> wanted(stores);
  std::vector<double> now = modelled(base, params, factors);
  Errors errors;
  double total = 0, trips = 0;
  for (std::size_t z = 0; z < base.choices.zones; ++z) {
    trips += base.flows.home[z] + base.flows.daytime[z];
  }
  for (std::size_t k = 0; k < stores; ++k) {
    if (!(target[k].days > 0)) continue;
    wanted[k] = target[k].visits / target[k].days;
    total += wanted[k];
    const std::string id = std::to_string(base.choices.stores[k].value);
    if (!(wanted[k] > 0)) {
      errors.push_back(wrong("store " + id, "0", "is no count to fit an attraction to",
                             "more than 0 visits, or leave the store out"));
    } else if (!(now[k] > 0)) {
      errors.push_back(wrong("store " + id, shortest(wanted[k]),
                             "cannot be fitted: the model brings nobody to this store",
                             "a store within reach"));
    }
    out.stores.push_back(
        {base.choices.stores[k], wanted[k], now[k], now[k], base.factor(base.choices.stores[k])});
  }
  if (out.stores.empty()) errors.push_back(wrong("", "", "has no counts of open days", "counts"));
  if (total >= trips) {
    errors.push_back(wrong("", fixed(total, 1),
                           "are more visits a day than the shoppers make trips",
                           "less than " + fixed(trips, 1) +
                               "; raise visits.trips_per_household_week if they are right"));
  }
  if (!errors.empty()) return errors;
  for (out.rounds = 0; out.rounds < most_rounds; ++out.rounds) {
    out.worst = 0;
    for (std::size_t k = 0; k < stores; ++k) {
      if (!(wanted[k] > 0)) continue;
      out.worst = std::max(out.worst, std::max(now[k] / wanted[k], wanted[k] / now[k]) - 1);
    }
    if (out.worst < good_enough) break;
    if (job.cancelled()) return {{"", "", "", std::string(cancelled_message), ""}};
    for (std::size_t k = 0; k < stores; ++k) {
      if (!(wanted[k] > 0)) continue;
      const double present = base.factor(base.choices.stores[k]);
      factors[k] = std::clamp(factors[k] * wanted[k] / now[k], catchment::least_factor / present,
                              catchment::greatest_factor / present);
    }
    now = modelled(base, params, factors);
    job.progress(static_cast<double>(out.rounds) / most_rounds, "job.fit");
  }
  if (out.worst >= good_enough) {
    return {wrong("", fixed(out.worst * 100, 1) + " %",
                  "of a count is left: no factors from 0.001 to 1000 fit all stores",
                  "counts that the shoppers in reach can make")};
  }
  for (StoreFit& fit : out.stores) {
    const Place at = base.choices.find(fit.store);
    fit.after = now[at];
    fit.factor = std::clamp(factors[at] * base.factor(fit.store), catchment::least_factor,
                            catchment::greatest_factor);
  }
  return {};
}

/// Weight in a year's trips, and the profile, of each of the four lists.
struct Mix {
  std::array<double, 4> weight{};
  std::array<Hours, 4> share{};
  Hours all() const {
    Hours out{};
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t h = 0; h < 24; ++h) out[h] += weight[i] * share[i][h];
    }
    return out;
  }
};

/// The days that the hourly counts cover, or all of the first year where none are named.
Mix mix_of(const Schedule& schedule, std::span<const Observed> observed, double workers) {
  std::set<Day> days;
  for (const Observed& row : observed) {
    if (row.hour && row.day) days.insert(*row.day);
  }
  if (days.empty()) {
    for (Day day = 0; day < 365; ++day) days.insert(day);
  }
  Mix mix;
  double total = 0;
  for (const Day day : days) {
    const auto time = static_cast<double>(schedule.end(day) - schedule.begin(day));
    const DayKind kind = schedule.kind(day);
    if (kind == DayKind::weekday) {
      mix.weight[0] += time * (1 - workers);
      mix.weight[1] += time * workers;
    } else {
      mix.weight[kind == DayKind::holiday ? 3 : 2] += time;
    }
    total += time;
  }
  for (double& weight : mix.weight) weight /= std::max(total, 1.0);
  for (std::size_t h = 0; h < 24; ++h) {
    const int hour = static_cast<int>(h);
    mix.share[0][h] = schedule.hours(DayKind::weekday, Pace::resident).share(hour);
    mix.share[1][h] = schedule.hours(DayKind::weekday, Pace::worker).share(hour);
    mix.share[2][h] = schedule.hours(DayKind::sunday, Pace::resident).share(hour);
    mix.share[3][h] = schedule.hours(DayKind::holiday, Pace::resident).share(hour);
  }
  return mix;
}

Errors fit_hours(const Schedule& schedule, std::span<const Observed> observed, double workers,
                 Calibration& out) {
  Hours counted{};
  double total = 0;
  for (const Observed& row : observed) {
    if (!row.hour) continue;
    counted[static_cast<std::size_t>(*row.hour)] += row.count;
    total += row.count;
  }
  if (!(total > 0)) return {};
  Mix mix = mix_of(schedule, observed, workers);
  const Hours before = mix.all();
  Hours target{};
  Errors errors;
  for (std::size_t h = 0; h < 24; ++h) {
    if (counted[h] > 0 && !(before[h] > 0)) {
      errors.push_back(wrong("hour " + std::to_string(h), shortest(counted[h]),
                             "are visits in an hour that the model has none in",
                             "0, or other opening hours or weights in the parameters"));
    }
    target[h] = (counted[h] + prior_visits * before[h]) / (total + prior_visits);
  }
  if (!errors.empty()) return errors;
  for (int round = 0; round < most_rounds; ++round) {
    const Hours now = mix.all();
    double worst = 0;
    for (std::size_t h = 0; h < 24; ++h) worst = std::max(worst, target[h] - now[h]);
    if (worst < 1e-9) break;
    for (std::size_t i = 0; i < 4; ++i) {
      double sum = 0;
      for (std::size_t h = 0; h < 24; ++h) {
        if (now[h] > 0) mix.share[i][h] *= target[h] / now[h];
        sum += mix.share[i][h];
      }
      for (double& share : mix.share[i]) share /= sum;
    }
  }
  const Hours after = mix.all();
  for (std::size_t h = 0; h < 24; ++h) {
    out.hours.push_back({counted[h] / total, before[h], after[h]});
  }
  const std::array<std::string*, 4> lists{&out.params.hours_resident, &out.params.hours_worker,
                                          &out.params.hours_weekend, &out.params.hours_holiday};
  for (std::size_t i = 0; i < 4; ++i) {
    Hours rounded{};
    for (std::size_t h = 0; h < 24; ++h) {
      rounded[h] =
          static_cast<double>(static_cast<std::int64_t>(mix.share[i][h] * 1e6 + 0.5)) / 1e4;
    }
    if (mix.weight[i] > 0) *lists[i] = weights_text(rounded);
  }
  return {};
}

}  // namespace

Result<std::vector<Observed>> parse_observed(std::string_view bytes, std::string_view file,
                                             Date first_day) {
  const auto csv = geo::parse_csv(bytes, file);
  if (!csv) return fail(csv.error());
  constexpr std::size_t none = geo::Csv::npos;
  const std::size_t store = csv->column("store"), day = csv->column("day"),
                    hour = csv->column("hour"), count = csv->column("count");
  const std::string name(file);
  if (store == none || count == none) {
    return fail(Error{name, "line 1", "", "lacks a column",
                      "store and count; day and hour where they are known"});
  }
  const Calendar calendar(first_day);
  std::vector<Observed> out;
  Errors errors;
  std::set<std::tuple<std::uint32_t, Day, int>> seen;
  for (std::size_t r = 0; r < csv->rows.size(); ++r) {
    const auto& row = csv->rows[r];
    const std::string line = "line " + std::to_string(csv->lines[r]);
    Observed one;
    one.line = csv->lines[r];
    const std::size_t before = errors.size();
    if (const auto id = whole(row[store], 1, 0xffffffff, name, line + ", column store", errors)) {
      one.store = {static_cast<std::uint32_t>(*id)};
    }
    if (hour != none) {
      const auto value = whole(row[hour], 0, 23, name, line + ", column hour", errors);
      if (value) one.hour = static_cast<int>(*value);
    }
    if (day != none) {
      if (const auto date = parse_date(trimmed(row[day]))) {
        one.day = calendar.day(*date);
      } else if (const auto number = parse_integer(row[day])) {
        one.day = static_cast<Day>(std::clamp<std::int64_t>(*number, -1, longest_run));
      }
      if (!one.day || *one.day < 0 || *one.day >= longest_run) {
        errors.push_back({name, line + ", column day", shortened(row[day], 60),
                          "is no day of a run",
                          "a date from " + date_text(first_day) + " on, or a number from 0 to " +
                              std::to_string(longest_run - 1)});
      }
    }
    const auto number = parse_number(row[count]);
    if (!number || *number < 0 || *number > 1e9) {
      errors.push_back({name, line + ", column count", shortened(row[count], 60), "is not allowed",
                        "a number from 0 to 1000000000"});
    } else {
      one.count = *number;
    }
    const bool good = errors.size() == before;
    if (good &&
        !seen.insert({one.store.value, one.day.value_or(-1), one.hour.value_or(-1)}).second) {
      errors.push_back({name, line, "", "repeats a store's day and hour", "each once"});
    }
    out.push_back(one);
  }
  if (csv->rows.empty()) errors.push_back({name, "", "", "has no rows", "counts"});
  if (!errors.empty()) return fail(std::move(errors));
  return out;
}

Result<Calibration> calibrate(const scenario::Scenario& scenario,
                              const population::Shoppers& shoppers, const Params& params,
                              std::span<const Observed> observed, const Job& job) {
  auto schedule = Schedule::make(params, scenario.first_day, random_key(0, 0, "visits"));
  if (!schedule) return fail(std::move(schedule.error()));
  const auto catchment = catchment::read_params(scenario);
  if (!catchment) return fail(catchment.error());
  const auto present = catchment::parse_factors(catchment->attraction);
  if (!present) return fail(present.error());
  auto choice = choices(scenario, {}, job);
  if (!choice) return fail(std::move(choice.error()));
  Errors errors = check_zones(shoppers, choice->zones);
  if (!errors.empty()) return fail(std::move(errors));
  Base base{std::move(*choice), std::move(*schedule), {}, {}};
  for (const catchment::Factor& f : *present) base.factors[f.store] = f.factor;
  base.flows = flows(shoppers, params, base.choices, base.schedule);
  const auto target = targets(base, observed);
  if (!target) return fail(target.error());

  Calibration out;
  out.params = params;
  std::vector<double> factors;
  errors = fit_stores(base, params, *target, out, factors, job);
  const std::vector<float> rates = trip_rates(shoppers, params);
  double trips = 0, by_workers = 0;
  for (std::size_t row = 0; row < shoppers.size(); ++row) {
    trips += static_cast<double>(rates[row]);
    if (shoppers.work[row] == population::Work::employed) {
      by_workers += static_cast<double>(rates[row]);
    }
  }
  append(errors, fit_hours(base.schedule, observed, trips > 0 ? by_workers / trips : 0, out));
  if (!errors.empty()) return fail(std::move(errors));
  for (const StoreFit& fit : out.stores) base.factors[fit.store] = fit.factor;
  std::vector<catchment::Factor> list;
  for (const auto& [store, factor] : base.factors) list.push_back({store, factor});
  out.attraction = catchment::factors_text(list);
  return out;
}

}  // namespace footfall::visits
