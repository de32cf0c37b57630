#include "sim/study/shoppers_simulate.hpp"

#include <algorithm>

#include "sim/population/synthesis.hpp"
#include "sim/study/sites_rank.hpp"
#include "sim/study/table_builder.hpp"
#include "sim/visits/counters.hpp"

namespace footfall::study {
namespace {

constexpr char options_name[] = "shoppers simulate";
constexpr double heavy_buyers = 0.2;
constexpr std::int64_t few_visits = 1000;
constexpr double most_sampled_days = 5e6;  // days of shoppers whose visits are kept

using visits::Counted;
using visits::DayKind;
using visits::Tally;

/// Everything the writers of figures, tables and layers read.
struct Context {
  const scenario::Scenario& scenario;
  const ShoppersSimulateOptions& options;
  const population::Shoppers& shoppers;
  const visits::Panel& panel;
  const visits::Counters& counters;
  const Counted& counted;
  std::int64_t weight;            ///< residents of one shopper
  double minor;                   ///< minor units of the currency
  std::vector<std::size_t> open;  ///< stores with trade, by row

  const scenario::Store& store(std::size_t row) const { return scenario.stores[row]; }
  double money(std::int64_t amount) const {
    return static_cast<double>(amount) * static_cast<double>(weight) / minor;
  }
  std::int64_t people(std::int64_t count) const { return count * weight; }
};

Figure plain(std::string id, std::string unit, double value) {
  return {std::move(id), std::move(unit), value, value, value, Basis::none, 0};
}

double ratio(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

/// Mean of the intervals that were seen to end, days.
double mean_interval(const Counted& counted) {
  double sum = 0, n = 0;
  for (std::size_t days = 0; days < counted.intervals.size(); ++days) {
    sum += static_cast<double>(counted.intervals[days]) * static_cast<double>(days);
    n += static_cast<double>(counted.intervals[days]);
  }
  return ratio(sum, n);
}

std::vector<Figure> figures(const Context& c) {
  Tally own, others;
  std::int64_t own_visits = 0;
  for (const std::size_t row : c.open) {
    const Tally in_person = c.counted.of_store(row);
    const bool is_own = c.store(row).role != scenario::Role::competitor;
    Tally& sum = is_own ? own : others;
    sum += in_person;
    sum += c.counted.delivered[row];
    if (is_own) own_visits += in_person.count;
  }
  const double all =
      c.money(own.minor + others.minor + c.counted.online.minor + c.counted.outside.minor);
  const auto percent = [&](std::int64_t minor) { return ratio(c.money(minor), all) * 100; };
  std::int64_t grown_ups = 0;
  for (std::size_t row = 0; row < c.shoppers.size(); ++row) {
    grown_ups += c.shoppers.is_child(row) ? 0 : 1;
  }
  const auto days = static_cast<double>(c.options.days);
  const double occasions = static_cast<double>(own.count + others.count + c.counted.online.count +
                                               c.counted.outside.count);
  const double heavy = visits::heavy_share(c.counters.own_money(), heavy_buyers);
  return {
      plain("own_visits_per_day", "", static_cast<double>(c.people(own_visits)) / days),
      plain("own_sales_period", c.scenario.currency, c.money(own.minor)),
      plain("own_basket", c.scenario.currency,
            ratio(static_cast<double>(own.minor) / c.minor, static_cast<double>(own.count))),
      plain("own_sales_share", "%", percent(own.minor)),
      plain("heavy_buyer_share", "%", heavy * 100),
      plain("mean_interval", "days", mean_interval(c.counted)),
      plain("trips_per_shopper_week", "",
            ratio(occasions * 7, static_cast<double>(grown_ups) * days)),
      plain("online_sales_share", "%", percent(c.counted.online.minor)),
      plain("outside_sales_share", "%", percent(c.counted.outside.minor)),
      plain("shoppers", "", static_cast<double>(c.shoppers.size())),
      plain("people_per_shopper", "", static_cast<double>(c.weight)),
      plain("days", "days", days),
  };
}

void add_store(TableBuilder& t, const Context& c, std::size_t row) {
  t.integer("id", "", c.store(row).id.value);
  t.text("name", c.store(row).name);
}

Table stores_table(const Context& c) {
  TableBuilder t("store_visits");
  const std::string& money = c.scenario.currency;
  for (const std::size_t row : c.open) {
    const Tally in_person = c.counted.of_store(row), delivered = c.counted.delivered[row];
    const auto days = static_cast<double>(c.options.days);
    add_store(t, c, row);
    t.text("role", std::string(scenario::name_of(c.store(row).role)));
    t.integer("visits", "", c.people(in_person.count));
    t.number("visits_per_day", "", 1, static_cast<double>(c.people(in_person.count)) / days);
    t.number("expected_visits_per_day", "", 1, c.panel.mean_visits_per_day(c.store(row).id));
    t.number("sales_in_store", money, 0, c.money(in_person.minor));
    t.integer("orders", "", c.people(delivered.count));
    t.number("sales_delivered", money, 0, c.money(delivered.minor));
    t.number("basket", money, 2,
             ratio(static_cast<double>(in_person.minor + delivered.minor) / c.minor,
                   static_cast<double>(in_person.count + delivered.count)));
  }
  return t.take();
}

Table hours_table(const Context& c) {
  TableBuilder t("store_hours");
  for (const std::size_t row : c.open) {
    for (int hour = 0; hour < 24; ++hour) {
      if (c.counted.of_store(row, hour).count == 0) continue;
      add_store(t, c, row);
      t.integer("hour", "", hour);
      for (int kind = 0; kind < visits::day_kinds; ++kind) {
        std::int64_t sum = 0;
        for (int age = 0; age < population::age_bands; ++age) {
          sum += c.counted
                     .in_person[c.counted.cell(row, static_cast<DayKind>(kind), hour,
                                               static_cast<population::AgeBand>(age))]
                     .count;
        }
        t.integer(std::string(visits::name_of(static_cast<DayKind>(kind))), "", c.people(sum));
      }
    }
  }
  return t.take();
}

Table segments_table(const Context& c) {
  TableBuilder t("segments");
  for (const std::size_t row : c.open) {
    for (int age = 0; age < population::age_bands; ++age) {
      const auto band = static_cast<population::AgeBand>(age);
      const Tally sum = c.counted.of_age(row, band);
      if (sum.count == 0) continue;
      add_store(t, c, row);
      t.text("age", std::string(population::name_of(band)));
      t.integer("visits", "", c.people(sum.count));
      t.number("sales_in_store", c.scenario.currency, 0, c.money(sum.minor));
    }
  }
  return t.take();
}

Table intervals_table(const Context& c) {
  TableBuilder t("intervals");
  double all = 0;
  for (const std::int64_t n : c.counted.intervals) all += static_cast<double>(n);
  for (std::size_t days = 0; days < c.counted.intervals.size(); ++days) {
    if (c.counted.intervals[days] == 0) continue;
    t.integer("days", "days", static_cast<std::int64_t>(days));
    t.integer("repeats", "", c.people(c.counted.intervals[days]));
    t.number("share", "%", 2, static_cast<double>(c.counted.intervals[days]) / all * 100);
  }
  return t.take();
}

Table origins_table(const Context& c) {
  TableBuilder t("origins");
  for (const std::size_t row : c.open) {
    const std::int64_t all = c.counted.of_store(row).count;
    for (std::size_t d = 0; d < c.counted.districts.size(); ++d) {
      const std::int64_t from = c.counted.from[d * c.counted.stores.size() + row];
      if (from == 0) continue;
      add_store(t, c, row);
      t.text("district", c.counted.districts[d]);
      t.integer("visits", "", c.people(from));
      t.number("share", "%", 2, static_cast<double>(from) / static_cast<double>(all) * 100);
    }
  }
  return t.take();
}

Table sample_table(const Context& c) {
  TableBuilder t("sample_visits");
  const Calendar calendar(c.scenario.first_day);
  const auto two = [](std::uint32_t n) {
    return std::string(n < 10 ? "0" : "") + std::to_string(n);
  };
  for (const visits::Visit& v : c.counters.sample()) {
    t.integer("shopper", "", v.shopper.value);
    t.text("day", date_text(calendar.date(v.day)));
    t.text("time", two(v.arrival_s / 3600) + ":" + two(v.arrival_s / 60 % 60));
    t.text("channel", std::string(visits::name_of(v.channel)));
    const std::size_t row = population::Shoppers::row(v.shopper);
    t.integer("home", "", c.scenario.demand[c.shoppers.home[row]].id.value);
    t.integer("store_id", "", v.store.value);
    t.text("store", v.store ? c.scenario.store(v.store)->name : "");
    t.text("mission", std::string(visits::name_of(v.mission)));
    t.number("planned", c.scenario.currency, 2, v.planned_minor / c.minor);
  }
  return t.take();
}

Layer visits_layer(const Context& c) {
  Layer layer{"visits", {}, {}};
  TableBuilder t("visits");
  for (const std::size_t row : c.open) {
    layer.shapes.push_back({Shape::Kind::point, {{c.store(row).place}}, {}});
    add_store(t, c, row);
    t.text("role", std::string(scenario::name_of(c.store(row).role)));
    t.number("visits_per_day", "", 1,
             static_cast<double>(c.people(c.counted.of_store(row).count)) /
                 static_cast<double>(c.options.days));
  }
  layer.attributes = t.take();
  return layer;
}

Results results_of(const Context& c) {
  Results out;
  out.title = c.scenario.name;
  out.figures = figures(c);
  out.tables = {stores_table(c), hours_table(c), segments_table(c), intervals_table(c),
                origins_table(c)};
  if (c.options.sample > 0) out.tables.push_back(sample_table(c));
  out.layers = {visits_layer(c)};
  return out;
}

}  // namespace

Result<Output> compute_shoppers_simulate(const scenario::Scenario& scenario,
                                         const Json& options_json, const Job& job) {
  ShoppersSimulateOptions options;
  from_json(options_json, fields(options), "options", options_name);
  const auto seed = static_cast<std::uint64_t>(options.seed);
  auto people_params = population::read_params(scenario);
  if (!people_params) return fail(std::move(people_params.error()));
  const auto params = visits::read_params(scenario);
  if (!params) return fail(params.error());
  const auto opened = candidate_ids(scenario, "open", options.open);
  if (!opened) return fail(opened.error());
  people_params->most_shoppers = options.shoppers;
  const auto people = population::synthesise(scenario, *people_params, seed, job);
  if (!people) return fail(people.error());
  if (options.sample > 0) {
    const double kept = static_cast<double>(people->shoppers.size()) *
                        static_cast<double>(options.days) / static_cast<double>(options.sample);
    if (kept > most_sampled_days) {
      return fail(Error{
          "options", "sample", std::to_string(options.sample), "keeps too many visits to hold",
          "0, or a number from " +
              std::to_string(static_cast<std::int64_t>(kept * static_cast<double>(options.sample) /
                                                       most_sampled_days) +
                             1)});
    }
  }
  std::vector<visits::Opening> openings;
  for (const StoreId id : *opened) openings.push_back({id, 0});
  auto panel = visits::Panel::build(scenario, people->shoppers, *params, seed, openings, job);
  if (!panel) return fail(std::move(panel.error()));
  visits::Counters counters(scenario, people->shoppers, *panel, options.sample);
  if (!panel->run(0, static_cast<Day>(options.days), {}, counters, job)) {
    return fail("", "", std::string(cancelled_message));
  }

  const Counted counted = counters.counted();
  Context c{scenario,
            options,
            people->shoppers,
            *panel,
            counters,
            counted,
            static_cast<std::int64_t>(people->shoppers.people_per_shopper),
            static_cast<double>(visits::minor_units(scenario.currency)),
            {}};
  for (std::size_t row = 0; row < scenario.stores.size(); ++row) {
    const scenario::Store& store = scenario.stores[row];
    const bool opens = std::find(opened->begin(), opened->end(), store.id) != opened->end();
    if (store.role != scenario::Role::candidate || opens) c.open.push_back(row);
  }
  Output out;
  out.results = results_of(c);
  auto& assumptions = out.results.provenance.assumptions;
  assumptions = {
      "Trips go to stores as the store-choice model says; a shopper's favourite store is drawn "
      "from the same shares.",
      "Counts are of one run of " + std::to_string(people->shoppers.size()) + " shoppers over " +
          std::to_string(options.days) +
          " days: they carry its chance, and another seed gives others.",
      "Spending is what shoppers mean to spend: it is not yet what stores have on the shelf."};
  if (params->daytime_share > 0) {
    assumptions.push_back(
        "Part of the trips starts at work or school, so stores do not sell what the ranking of "
        "sites, which starts all trips at home, expects.");
  }
  assumptions.insert(assumptions.end(), people->assumptions.begin(), people->assumptions.end());
  assumptions.insert(assumptions.end(), scenario.notes.begin(), scenario.notes.end());
  auto& warnings = out.results.provenance.warnings;
  warnings = panel->warnings();
  std::int64_t visits = 0;
  for (const std::size_t row : c.open) visits += counted.of_store(row).count;
  if (visits < few_visits) {
    warnings.push_back("Fewer than 1,000 visits were counted: shares are rough.");
  }
  return out;
}

Fields fields(ShoppersSimulateOptions& o) {
  return {
      {"days", &o.days, 1, 3660, "days", "Days to simulate from the scenario's first day"},
      {"seed", &o.seed, 0, 9'007'199'254'740'992.0, "", "Seed of the random numbers"},
      {"shoppers", &o.shoppers, 100, 20'000'000, "",
       "Most shoppers to simulate; more residents are sampled"},
      {"open", &o.open, 0, 0, "",
       "Ids of candidates that open on the first day, separated by commas"},
      {"sample", &o.sample, 0, 1'000'000'000, "",
       "Keep all visits of every n-th shopper in a table; 0: of none"},
  };
}

Study shoppers_simulate() {
  return {options_name,
          "Simulate who shops where and when, day by day",
          "footfall shoppers simulate liechtenstein --days 28 --out result",
          block_of<ShoppersSimulateOptions, options_name>(),
          {"catchment", "population", "visits"}};
}

}  // namespace footfall::study
