#include "sim/study/shoppers_fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/text.hpp"
#include "sim/population/weights.hpp"
#include "sim/study/table_builder.hpp"

namespace footfall::study {
namespace {

constexpr char options_name[] = "shoppers fit";
constexpr std::size_t most_rows = 100'000;  // of the table of controls

using population::Controls;

struct Context {
  const scenario::Scenario& scenario;
  const Controls& controls;
  const population::Fit& fit;
  const std::vector<std::vector<population::Copies>>& households;
  std::vector<double> whole;  // totals of the controls under whole households
};

struct UnitRow {
  double residents = 0, fitted = 0, households = 0, persons = 0;
  population::Measures measures;  // of whole households
};

/// A control over several units counts for each of them.
std::vector<UnitRow> unit_rows(const Context& c) {
  std::vector<UnitRow> rows(c.controls.units.size());
  std::vector<std::vector<std::uint32_t>> of_unit(rows.size());
  for (std::uint32_t i = 0; i < c.controls.controls.size(); ++i)
    for (const std::uint32_t u : c.controls.groups[c.controls.controls[i].group].units)
      of_unit[u].push_back(i);
  for (std::size_t u = 0; u < rows.size(); ++u) {
    UnitRow& row = rows[u];
    row.residents = c.controls.units[u].residents;
    for (std::size_t k = 0; k < c.fit.kinds; ++k) row.fitted += c.fit.of_unit(u)[k];
    for (const population::Copies& copies : c.households[u]) {
      row.households += copies.count;
      row.persons +=
          static_cast<double>(c.controls.seed.persons_of(copies.household)) * copies.count;
    }
    for (const std::uint32_t i : of_unit[u]) {
      const double target = c.controls.controls[i].target;
      if (target == population::missing_target) continue;
      row.measures.tae += std::abs(c.whole[i] - target);
      row.measures.targets += target;
    }
  }
  return rows;
}

double relative_error(const UnitRow& row) {
  return row.measures.tae / std::max(1.0, row.measures.targets);
}

/// Units by relative error, worst first; ties by order.
std::vector<std::size_t> worst_first(const std::vector<UnitRow>& rows) {
  std::vector<std::size_t> order(rows.size());
  for (std::size_t u = 0; u < rows.size(); ++u) order[u] = u;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return relative_error(rows[a]) > relative_error(rows[b]);
  });
  return order;
}

std::vector<Figure> figures(const Context& c, const std::vector<UnitRow>& rows) {
  std::vector<Figure> out;
  const auto add = [&](const char* id, const char* unit, double value) {
    out.push_back({id, unit, value, value, value, Basis::none, 0});
  };
  double households = 0, persons = 0;
  for (const UnitRow& row : rows) {
    households += row.households;
    persons += row.persons;
  }
  const population::Measures fitted = measures(c.controls, c.fit.total);
  const population::Measures whole = measures(c.controls, c.whole);
  const population::Disclosure d = population::disclosure(c.controls, c.households);
  add("households", "", households);
  add("persons", "persons", persons);
  add("seed_households", "", static_cast<double>(c.controls.seed.size()));
  add("controls", "", static_cast<double>(c.controls.controls.size()));
  add("srmse_fitted", "%", 100 * fitted.srmse);
  add("srmse_whole", "%", 100 * whole.srmse);
  add("tae_fitted", "", fitted.tae);
  add("tae_whole", "", whole.tae);
  add("worst_zone_error", "%", 100 * relative_error(rows[worst_first(rows).front()]));
  add("copies_of_unique", "", static_cast<double>(d.copies_of_unique));
  add("smallest_cell", "", static_cast<double>(d.smallest_cell));
  add("alone_in_cell", "", static_cast<double>(d.alone));
  return out;
}

Table controls_table(const Context& c) {
  TableBuilder t("controls");
  for (std::size_t i = 0; i < std::min(c.controls.controls.size(), most_rows); ++i) {
    const population::Control& control = c.controls.controls[i];
    const population::Group& group = c.controls.groups[control.group];
    const bool known = control.target != population::missing_target;
    t.text("level", group.level);
    t.text("zone", group.zone);
    t.text("control_table", control.table);
    t.text("category", c.controls.categories[control.category].text);
    t.number("target", "", 2, known ? std::optional(control.target) : std::nullopt);
    t.number("fitted", "", 2, c.fit.total[i]);
    t.number("whole", "", 0, c.whole[i]);
    t.number("control_error", "", 2,
             known ? std::optional(c.whole[i] - control.target) : std::nullopt);
  }
  return t.take();
}

/// SRMSE and total absolute error of each control table over all its zones.
Table tables_table(const Context& c) {
  std::vector<std::string> names;
  for (const population::Control& control : c.controls.controls) names.push_back(control.table);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  TableBuilder t("control_tables");
  for (const std::string& name : names) {
    std::vector<char> take;
    for (const population::Control& control : c.controls.controls)
      take.push_back(control.table == name);
    const population::Measures fitted = measures(c.controls, c.fit.total, take);
    const population::Measures whole = measures(c.controls, c.whole, take);
    t.text("control_table", name);
    t.number("target", "", 2, whole.targets);
    t.number("tae_fitted", "", 2, fitted.tae);
    t.number("tae_whole", "", 2, whole.tae);
    t.number("srmse_fitted", "", 5, fitted.srmse);
    t.number("srmse_whole", "", 5, whole.srmse);
  }
  return t.take();
}

Table zones_table(const Context& c, const std::vector<UnitRow>& rows) {
  TableBuilder t("fitted_zones");
  for (const std::size_t u : worst_first(rows)) {
    t.text("zone", c.controls.units[u].name);
    t.number("residents", "persons", 0, rows[u].residents);
    t.number("persons", "persons", 0, rows[u].persons);
    t.number("households", "", 0, rows[u].households);
    t.number("fitted", "", 2, rows[u].fitted);
    t.number("tae_whole", "", 2, rows[u].measures.tae);
    t.number("zone_error", "%", 2, 100 * relative_error(rows[u]));
  }
  return t.take();
}

Layer zones_layer(const Context& c, const std::vector<UnitRow>& rows) {
  Layer layer{"fitted_zones", {}, {}};
  TableBuilder t("fitted_zones");
  for (std::size_t u = 0; u < rows.size(); ++u) {
    for (const std::uint32_t z : c.controls.units[u].zones) {
      const scenario::DemandPoint& point = c.scenario.demand[z];
      layer.shapes.push_back({Shape::Kind::point, {{point.place}}, {}});
      t.integer("id", "", point.id.value);
      t.text("zone", c.controls.units[u].name);
      t.number("residents", "persons", 0, point.residents);
      t.number("zone_error", "%", 2, 100 * relative_error(rows[u]));
    }
  }
  layer.attributes = t.take();
  return layer;
}

std::vector<std::string> assumptions(const Context& c, const ShoppersFitOptions& options) {
  static constexpr std::array<std::string_view, 3> methods{"iterative proportional fitting",
                                                           "iterative proportional updating",
                                                           "minimum relative entropy"};
  std::vector<std::string> out{
      "Weights of households by " + std::string(methods[static_cast<std::size_t>(options.method)]) +
          "; other methods give other weights with the same totals.",
      options.integers == population::Integers::rounding
          ? "Whole households are made from the weights by controlled rounding."
          : "Whole households are made from the weights by quasirandom integer sampling, which "
            "keeps "
            "their number and each kind to within one household, and looks at no control.",
      "Simulated shoppers use minimum relative entropy without caps, and controlled rounding.",
  };
  std::size_t outside = c.scenario.demand.size();
  for (const population::Unit& unit : c.controls.units) outside -= unit.zones.size();
  if (outside > 0)
    out.push_back(std::to_string(outside) + " demand points have no controls and are left out.");
  return out;
}

}  // namespace

Result<Output> compute_shoppers_fit(const scenario::Scenario& scenario, const Json& options_json,
                                    const Job& job) {
  ShoppersFitOptions options;
  from_json(options_json, fields(options), "options", options_name);
  auto controls = population::read_controls(scenario);
  if (!controls) return fail(std::move(controls.error()));
  if (!*controls)
    return fail(Error{"controls.csv", "", "", "is missing in the scenario",
                      "controls.csv, seed_households.csv and seed_persons.csv"});
  job.progress(0.1, "job.fit");
  auto fit = population::fit(**controls, {options.method, options.cap, options.infeasible}, job);
  if (!fit) return fail(std::move(fit.error()));
  job.progress(0.8, "job.fit");
  const auto households = population::whole_households(
      scenario, **controls, *fit, 1, static_cast<std::uint64_t>(options.seed), options.integers);
  if (job.cancelled()) return fail("", "", std::string(cancelled_message));
  const Context c{scenario, **controls, *fit, households,
                  population::whole_totals(**controls, households)};
  const std::vector<UnitRow> rows = unit_rows(c);
  Output out;
  out.results.title = scenario.name;
  out.results.figures = figures(c, rows);
  out.results.tables = {tables_table(c), zones_table(c, rows), controls_table(c)};
  out.results.layers = {zones_layer(c, rows)};
  out.results.provenance.assumptions = assumptions(c, options);
  out.results.provenance.warnings = fit->warnings;
  if (c.controls.controls.size() > most_rows)
    out.results.provenance.warnings.push_back("The table of controls shows the first " +
                                              std::to_string(most_rows) + " only.");
  return out;
}

Fields fields(ShoppersFitOptions& o) {
  static constexpr std::array<std::string_view, 3> methods{"ipf", "ipu", "entropy"};
  static constexpr std::array<std::string_view, 2> answers{"error", "least"};
  static constexpr std::array<std::string_view, 2> integers{"rounding", "quasirandom"};
  return {
      {"method", reinterpret_cast<std::uint8_t*>(&o.method), 0, 0, "", "How weights are found",
       "Deming, Stephan 1940; Ye, Konduri et al. 2009; Bar-Gera et al. "
       "2009",
       methods},
      {"cap", &o.cap, 0, 1e6, "",
       "Greatest weight of a household relative to its weight in the sample; 0 is none"},
      {"infeasible",
       reinterpret_cast<std::uint8_t*>(&o.infeasible),
       0,
       0,
       "",
       "What to do where controls cannot hold together: stop, or miss them as little as possible",
       {},
       answers},
      {"integers", reinterpret_cast<std::uint8_t*>(&o.integers), 0, 0, "",
       "How whole households are made from weights", "Cox 1987; Smith, Lovelace, Birkin 2017",
       integers},
      {"seed", &o.seed, 0, 9'007'199'254'740'992.0, "", "Seed of the random numbers"},
  };
}

Study shoppers_fit() {
  return {options_name,
          "Fit a sample of households to controls and report how well",
          "footfall shoppers fit my-city --method ipu --out result",
          block_of<ShoppersFitOptions, options_name>(),
          {}};
}

}  // namespace footfall::study
