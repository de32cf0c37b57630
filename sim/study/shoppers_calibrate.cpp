#include "sim/study/shoppers_calibrate.hpp"

#include <algorithm>
#include <cmath>

#include "core/math.hpp"
#include "sim/population/synthesis.hpp"
#include "sim/study/table_builder.hpp"
#include "sim/visits/calibrate.hpp"

namespace footfall::study {
namespace {

constexpr char options_name[] = "shoppers calibrate";

using visits::Calibration;
using visits::HourFit;
using visits::StoreFit;

/// How far modelled visits are from the observed ones, in percent.
struct Misfit {
  double mean_error = 0;  // mean of |modelled - observed| / observed
  double srmse = 0;       // root mean square of modelled - observed over the mean observed
};

Misfit misfit(const Calibration& fit, double StoreFit::*modelled) {
  Misfit out;
  double squares = 0, observed = 0;
  for (const StoreFit& store : fit.stores) {
    const double miss = store.*modelled - store.observed;
    out.mean_error += 100 * std::abs(miss) / store.observed;
    squares += miss * miss;
    observed += store.observed;
  }
  const auto n = static_cast<double>(fit.stores.size());
  out.mean_error /= n;
  out.srmse = 100 * math::sqrt(squares / n) / (observed / n);
  return out;
}

/// Percent of visits that the profile has in another hour than they were counted in.
double misplaced(const Calibration& fit, double HourFit::*modelled) {
  double sum = 0;
  for (const HourFit& hour : fit.hours) sum += 50 * std::abs(hour.*modelled - hour.observed);
  return sum;
}

std::vector<Figure> figures(const Calibration& fit) {
  std::vector<Figure> out;
  const auto add = [&](const char* id, const char* unit, double value) {
    out.push_back({id, unit, value, value, value, Basis::none, 0});
  };
  double observed = 0, least = fit.stores.front().factor, greatest = least;
  for (const StoreFit& store : fit.stores) {
    observed += store.observed;
    least = std::min(least, store.factor);
    greatest = std::max(greatest, store.factor);
  }
  const Misfit before = misfit(fit, &StoreFit::before), after = misfit(fit, &StoreFit::after);
  add("counted_stores", "", static_cast<double>(fit.stores.size()));
  add("observed_visits", "", observed);
  add("visits_error_before", "%", before.mean_error);
  add("visits_error_after", "%", after.mean_error);
  add("visits_srmse_before", "%", before.srmse);
  add("visits_srmse_after", "%", after.srmse);
  if (!fit.hours.empty()) {
    add("hours_error_before", "%", misplaced(fit, &HourFit::before));
    add("hours_error_after", "%", misplaced(fit, &HourFit::after));
  }
  add("least_factor", "%", 100 * least);
  add("greatest_factor", "%", 100 * greatest);
  return out;
}

void add_store(TableBuilder& t, const scenario::Scenario& scenario, const StoreFit& fit) {
  const scenario::Store& store = *scenario.store(fit.store);
  t.integer("id", "", store.id.value);
  t.text("name", store.name);
  t.text("role", std::string(scenario::name_of(store.role)));
  t.number("observed_visits", "", 1, fit.observed);
  t.number("visits_before", "", 1, fit.before);
  t.number("visits_after", "", 1, fit.after);
  t.number("residual_before", "", 1, fit.before - fit.observed);
  t.number("residual", "", 1, fit.after - fit.observed);
  t.number("attraction_factor", "", 4, fit.factor);
}

Table stores_table(const scenario::Scenario& scenario, const Calibration& fit) {
  TableBuilder t("counted_stores");
  for (const StoreFit& store : fit.stores) add_store(t, scenario, store);
  return t.take();
}

Layer stores_layer(const scenario::Scenario& scenario, const Calibration& fit) {
  Layer layer{"counted_stores", {}, {}};
  TableBuilder t("counted_stores");
  for (const StoreFit& store : fit.stores) {
    layer.shapes.push_back({Shape::Kind::point, {{scenario.store(store.store)->place}}, {}});
    add_store(t, scenario, store);
  }
  layer.attributes = t.take();
  return layer;
}

Table hours_table(const Calibration& fit) {
  TableBuilder t("counted_hours");
  for (std::size_t hour = 0; hour < fit.hours.size(); ++hour) {
    const HourFit& h = fit.hours[hour];
    t.integer("hour", "", static_cast<std::int64_t>(hour));
    t.number("observed_share", "%", 2, 100 * h.observed);
    t.number("share_before", "%", 2, 100 * h.before);
    t.number("share_after", "%", 2, 100 * h.after);
    t.number("share_residual", "%", 2, 100 * (h.after - h.observed));
  }
  return t.take();
}

/// What was fitted, as edits of the scenario; what did not change is left out.
std::vector<scenario::Edit> edits_of(const scenario::Scenario& scenario, const Calibration& fit,
                                     const visits::Params& before) {
  std::vector<scenario::Edit> out{
      scenario::set_parameter(scenario, "catchment", "attraction", fit.attraction)};
  using List = std::string visits::Params::*;
  static constexpr std::pair<const char*, List> lists[] = {
      {"hours_resident", &visits::Params::hours_resident},
      {"hours_worker", &visits::Params::hours_worker},
      {"hours_weekend", &visits::Params::hours_weekend},
      {"hours_holiday", &visits::Params::hours_holiday}};
  for (const auto& [name, list] : lists) {
    if (fit.params.*list == before.*list) continue;
    out.push_back(scenario::set_parameter(scenario, "visits", name, fit.params.*list));
  }
  return out;
}

/// The edits as people read them, and as --set takes them.
Table settings_table(const std::vector<scenario::Edit>& edits) {
  TableBuilder t("calibrated");
  for (const scenario::Edit& edit : edits) {
    std::string path = edit.path.substr(edit.path.find('/') + 1);
    std::replace(path.begin(), path.end(), '/', '.');
    t.text("parameter", path);
    t.text("fitted_value", edit.after.get<std::string>());
  }
  return t.take();
}

Result<std::vector<visits::Observed>> observed_of(const scenario::Scenario& scenario) {
  const auto counts = scenario.tables.find(std::string(visits::counts_file));
  if (counts == scenario.tables.end()) {
    return fail(Error{std::string(visits::counts_file), "", "", "is missing in the scenario",
                      "columns store and count; day and hour where they are known"});
  }
  return visits::parse_observed(counts->second, visits::counts_file, scenario.first_day);
}

}  // namespace

Result<Output> compute_shoppers_calibrate(const scenario::Scenario& scenario,
                                          const Json& options_json, const Job& job) {
  ShoppersCalibrateOptions options;
  from_json(options_json, fields(options), "options", options_name);
  auto people_params = population::read_params(scenario);
  if (!people_params) return fail(std::move(people_params.error()));
  const auto params = visits::read_params(scenario);
  if (!params) return fail(params.error());
  const auto observed = observed_of(scenario);
  if (!observed) return fail(observed.error());
  people_params->most_shoppers = options.shoppers;
  const auto people = population::synthesise(scenario, *people_params,
                                             static_cast<std::uint64_t>(options.seed), job);
  if (!people) return fail(people.error());
  const auto fit = visits::calibrate(scenario, people->shoppers, *params, *observed, job);
  if (!fit) return fail(fit.error());

  Output out;
  out.edits = edits_of(scenario, *fit, *params);
  out.results.title = scenario.name;
  out.results.figures = figures(*fit);
  out.results.tables = {stores_table(scenario, *fit)};
  if (!fit->hours.empty()) out.results.tables.push_back(hours_table(*fit));
  out.results.tables.push_back(settings_table(out.edits));
  out.results.layers = {stores_layer(scenario, *fit)};
  auto& assumptions = out.results.provenance.assumptions;
  assumptions = {
      "Each counted store has a factor of its own, so its count is met whatever the model is "
      "worth: "
      "how far factors are from 1 says how much it had to be bent.",
      "Counts are taken as exact, and hours that are not listed as counted empty.",
      "Stores without counts keep their factors."};
  if (!fit->hours.empty()) {
    assumptions.push_back(
        "Hour profiles lean on the present ones as on 100 counted visits: few counts change "
        "little.");
  }
  assumptions.insert(assumptions.end(), people->assumptions.begin(), people->assumptions.end());
  return out;
}

Fields fields(ShoppersCalibrateOptions& o) {
  return {
      {"seed", &o.seed, 0, 9'007'199'254'740'992.0, "", "Seed of the random numbers"},
      {"shoppers", &o.shoppers, 100, 20'000'000, "",
       "Most shoppers to make; more residents are sampled"},
  };
}

Study shoppers_calibrate() {
  return {options_name,
          "Fit stores' attraction and hours of the day to counted visits",
          "footfall shoppers calibrate liechtenstein --counts counts.csv --out calibrated",
          block_of<ShoppersCalibrateOptions, options_name>(),
          {"catchment", "population", "visits"},
          {{"counts", visits::counts_file,
            "CSV of counted visits in place of the scenario's counts.csv: store and count; day and "
            "hour where they are known"}}};
}

}  // namespace footfall::study
