#include "sim/population/fit.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "core/parallel.hpp"
#include "sim/population/synthesis.hpp"
#include "sim/population/weights.hpp"
#include "tests/sim/population/towns.hpp"

using namespace footfall;
using namespace footfall::population;
using namespace footfall::population::testing;

namespace {

Controls controls_of(const scenario::Scenario& town) {
  auto read = read_controls(town);
  REQUIRE_MESSAGE(read.has_value(), (read ? "" : describe(read.error())));
  return std::move(**read);
}

Fit fitted(const Controls& controls, const FitOptions& options = {}) {
  auto made = fit(controls, options, Job());
  REQUIRE_MESSAGE(made.has_value(), (made ? "" : describe(made.error())));
  return std::move(*made);
}

std::string problems(const scenario::Scenario& town, const FitOptions& options = {}) {
  const auto made = fit(controls_of(town), options, Job());
  return made ? "fitted" : describe(made.error());
}

}  // namespace

TEST_CASE("IPU and entropy meet the same controls with different weights") {
  const Controls controls = controls_of(controlled_town());
  const Fit ipu = fitted(controls, {Method::ipu}), entropy = fitted(controls);
  for (const Fit* made : {&ipu, &entropy}) {
    const Measures m = measures(controls, made->total);
    CHECK(m.srmse < 1e-6);
    CHECK(m.targets == 855);
  }
  double differ = 0;
  for (std::size_t i = 0; i < ipu.weight.size(); ++i)
    differ = std::max(differ, std::abs(ipu.weight[i] - entropy.weight[i]));
  CHECK(differ > 0.1);
}

TEST_CASE("IPF: household tables only, and then as entropy") {
  CHECK(
      problems(controlled_town(), {Method::ipf}).find("counts persons, which ipf does not know") !=
      std::string::npos);
  scenario::Scenario town = controlled_town();
  town.tables["controls.csv"] =
      "level,zone,table,category,target\n"
      "district,north,size,households.size=1,60\n"
      "district,north,size,households.size=2,45\n"
      "district,north,size,households.size>=3,35\n"
      "district,north,income,households.income=low,50\n"
      "district,north,income,households.income=middle|high,90\n"
      "district,south,size,households.size=1,100\n";
  const Controls controls = controls_of(town);
  const Fit ipf = fitted(controls, {Method::ipf}), entropy = fitted(controls);
  for (std::size_t i = 0; i < ipf.weight.size(); ++i)
    CHECK(ipf.weight[i] == doctest::Approx(entropy.weight[i]).epsilon(1e-6));
  CHECK(problems(town, {Method::ipf, 3}).find("is not for ipf") != std::string::npos);
  town.tables["controls.csv"] += "district,south,size,households.size<=2,120\n";
  CHECK(problems(town, {Method::ipf}).find("another category of its table") != std::string::npos);
}

TEST_CASE("nested levels hold together") {
  scenario::Scenario town = controlled_town();
  town.tables["zones.csv"] = "district,region\nnorth,R\nsouth,R\n";
  town.tables["controls.csv"] +=
      "region,R,income,households.income=high,120,\n"
      "region,R,gender,persons.gender=female,440,\n"
      "zone,2,n,households,30,\n";
  const Controls controls = controls_of(town);
  CHECK(controls.units.size() == 3);
  for (const Method method : {Method::ipu, Method::entropy}) {
    const Fit made = fitted(controls, {method});
    CHECK(measures(controls, made.total).srmse < 1e-6);
    CHECK(made.cycles > 1);
  }
  // A region that wants other households than its districts have.
  town.tables["controls.csv"] += "region,R,total,households,431,\n";
  const std::string text = problems(town);
  CHECK(text.find("region R, households: \"431\" cannot hold together with other levels") !=
        std::string::npos);
}

TEST_CASE("nested levels with importances give the optimum of the whole") {
  // One kind of household in two districts; prior 1 each. Minimise over w1, w2:
  // Σ w ln w - w + 1 + k (w1 - 3)² / 6 + k (w1 + w2 - 5)² / 10.
  scenario::Scenario town;
  add_zone(town, 1, 1, "a");
  add_zone(town, 2, 1, "b");
  town.tables["seed_households.csv"] = "household_id\n1\n";
  town.tables["seed_persons.csv"] = "household_id,age\n1,30\n";
  town.tables["controls.csv"] =
      "level,zone,table,category,target,importance\n"
      "district,a,t,households,3,2\nall,,t,households,5,2\n";
  const Fit made = fitted(controls_of(town));
  const double w1 = made.weight[0], w2 = made.weight[1];
  CHECK(std::log(w1) + 2 * (w1 - 3) / 3 + 2 * (w1 + w2 - 5) / 5 ==
        doctest::Approx(0).epsilon(1e-6));
  CHECK(std::log(w2) + 2 * (w1 + w2 - 5) / 5 == doctest::Approx(0).epsilon(1e-6));
}

TEST_CASE("what cannot hold is named with its place; asked, the least-violating answer is given") {
  scenario::Scenario town = controlled_town();
  replace(town.tables["controls.csv"], "north,age,persons.age<15,75",
          "north,age,persons.age<15,300");
  const std::string text = problems(town);
  CHECK(text.find("district north, persons.age<15: \"300\" cannot hold together") !=
        std::string::npos);
  CHECK(text.find("south") == std::string::npos);
  const Controls controls = controls_of(town);
  const Fit least = fitted(controls, {Method::ipu, 0, Infeasible::least});
  CHECK_FALSE(least.warnings.empty());
  CHECK(least.warnings.front().find("north") != std::string::npos);
  for (const double w : least.weight) CHECK(std::isfinite(w));
  std::vector<char> south(controls.controls.size());
  for (std::size_t i = 6; i < south.size(); ++i) south[i] = 1;
  CHECK(measures(controls, least.total, south).srmse < 1e-6);
  CHECK(measures(controls, least.total).tae > 50);
}

TEST_CASE("caps hold against the prior of the unit") {
  const Controls controls = controls_of(controlled_town());
  const Fit made = fitted(controls, {Method::entropy, 4});
  double persons = 0;
  for (std::size_t h = 0; h < 12; ++h)
    persons += controls.seed.weight[h] * controls.seed.persons_of(h);
  for (std::size_t u = 0; u < 2; ++u)
    for (std::size_t k = 0; k < made.kinds; ++k) {
      double prior = 0;
      for (std::uint32_t i = made.kind_first[k]; i < made.kind_first[k + 1]; ++i)
        prior += controls.seed.weight[made.kind_members[i]];
      CHECK(made.of_unit(u)[k] <= 4 * prior * controls.units[u].residents / persons * (1 + 1e-12));
    }
  CHECK(measures(controls, made.total).srmse < 1e-6);
  CHECK(problems(controlled_town(), {Method::entropy, 1.01}).find("cannot hold") !=
        std::string::npos);
}

TEST_CASE("whole households: exact number, controls within a few units") {
  const scenario::Scenario town = controlled_town();
  const Controls controls = controls_of(town);
  const Fit made = fitted(controls);
  const auto whole = whole_households(town, controls, made, 1, 7);
  std::vector<std::uint32_t> households;
  for (const auto& unit : whole) {
    households.push_back(0);
    for (const Copies& copies : unit) households.back() += copies.count;
  }
  CHECK(households == std::vector<std::uint32_t>{140, 290});
  const Measures m = measures(controls, whole_totals(controls, whole));
  CHECK(m.tae <= 10);  // of 855 counted units
  set_thread_count(3);
  const auto again = whole_households(town, controls, made, 1, 7);
  set_thread_count(0);
  for (std::size_t u = 0; u < 2; ++u) {
    REQUIRE(again[u].size() == whole[u].size());
    for (std::size_t i = 0; i < whole[u].size(); ++i) {
      CHECK(again[u][i].household == whole[u][i].household);
      CHECK(again[u][i].count == whole[u][i].count);
    }
  }
}

TEST_CASE("measures and disclosure on counts done by hand") {
  const scenario::Scenario town = controlled_town();
  const Controls controls = controls_of(town);
  std::vector<double> totals;
  for (const Control& c : controls.controls) totals.push_back(c.target);
  totals[0] += 3;
  totals[1] -= 4;
  const Measures m = measures(controls, totals);
  CHECK(m.tae == 7);
  CHECK(m.srmse == doctest::Approx(std::sqrt(25.0 / 11) / (855.0 / 11)));
  // Households 1 and 11 differ only by age and gender of their one person; all 12 are unique.
  const Disclosure d = disclosure(controls, {{{0, 3}, {10, 2}, {1, 1}}, {{11, 5}}});
  CHECK(d.households == 11);
  CHECK(d.copies_of_unique == 11);
  CHECK(d.smallest_cell == 1);  // household 2: low income, two persons
  CHECK(d.alone == 1);
  scenario::Scenario twins = town;
  twins.tables["seed_households.csv"] += "21,1,low\n";
  twins.tables["seed_persons.csv"] += "21,70,female\n";
  const Disclosure e = disclosure(controls_of(twins), {{{0, 3}, {12, 2}, {10, 4}}, {}});
  CHECK(e.copies_of_unique == 4);
  CHECK(e.smallest_cell == 9);
}

TEST_CASE("shoppers come from the controls where there are some") {
  scenario::Scenario town = controlled_town();
  add_zone(town, 7, 100);  // in no district: from priors
  const auto made = synthesise(town, {}, 3, Job());
  REQUIRE_MESSAGE(made.has_value(), (made ? "" : describe(made.error())));
  const Shoppers& s = made->shoppers;
  CHECK(made->assumptions.front().find("household size, age, gender, income") != std::string::npos);
  const auto first = zone_rows(s, town.demand.size());
  CHECK(first[7] - first[6] == 100);
  // South: 290 households, 170 children, 90 of 65 or more.
  int households = 0, children = 0, old = 0;
  bool sound = true;
  for (std::size_t r = first[3]; r < first[6]; ++r) {
    if (s.household[r] == r) ++households;
    if (s.is_child(r)) ++children;
    if (s.age[r] == AgeBand::from_65) ++old;
    sound &=
        s.income[r] == Income::low || s.income[r] == Income::middle || s.income[r] == Income::high;
    sound &= !s.is_child(s.household[r]) && s.household_size[r] == s.household_size[s.household[r]];
  }
  CHECK(households == 290);
  CHECK(std::abs(children - 170) <= 4);
  CHECK(std::abs(old - 90) <= 4);
  CHECK(sound);
  for (std::size_t z = 0; z < 7; ++z) {
    double spending = 0;
    for (std::size_t r = first[z]; r < first[z + 1]; ++r) spending += s.spending_factor[r];
    CHECK(spending / (first[z + 1] - first[z]) == doctest::Approx(1).epsilon(1e-6));
    // Zones get their part of the district's people.
    const double share = town.demand[z].residents / (z < 3 ? 300 : 750);
    const std::uint32_t in = z < 3 ? first[3] : first[6] - first[3];
    if (z < 6) CHECK(std::abs(first[z + 1] - first[z] - share * in) <= 5);
  }
  Params few;
  few.most_shoppers = 200;
  const auto sampled = synthesise(town, few, 3, Job());
  REQUIRE(sampled.has_value());
  CHECK(sampled->shoppers.size() <= 200);
  CHECK(sampled->shoppers.size() > 120);
  CHECK(sampled->shoppers.people_per_shopper > 3);
}
