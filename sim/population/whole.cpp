// Whole households from fitted weights, and what is measured on them.
#include <algorithm>
#include <cmath>
#include <map>

#include "core/math.hpp"
#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "sim/population/fit.hpp"
#include "sim/population/kinds.hpp"
#include "sim/population/weights.hpp"

namespace footfall::population {
namespace {

/// A unit's rounding problem: the categories that its controls count, with what was fitted as
/// targets.
FitProblem rounding_problem(const Kinds& kinds, const std::vector<char>& used, const double* weight,
                            double scale) {
  FitProblem p;
  p.first = kinds.first;
  p.control = kinds.category;
  p.count = kinds.count;
  p.prior.assign(weight, weight + kinds.size());
  for (double& w : p.prior) w *= scale;
  p.target.assign(used.size(), 0);
  p.importance.assign(used.size(), 0);
  p.target = totals_of(p, p.prior);
  for (std::size_t c = 0; c < used.size(); ++c)
    if (used[c] == 0) p.target[c] = missing_target;
  return p;
}

/// `count` households of one kind: each member as often as its weight in the sample asks for, by
/// systematic sampling.
void share_out(const Kinds& kinds, const Seed& seed, std::size_t kind, std::uint32_t count,
               Draws& draws, std::vector<Copies>& out) {
  const double start = draws.uniform();
  double running = 0;
  std::uint32_t placed = 0;
  const std::uint32_t end = kinds.member_first[kind + 1];
  for (std::uint32_t i = kinds.member_first[kind]; i < end; ++i) {
    running += seed.weight[kinds.members[i]];
    const double upto = math::floor(count * (running / kinds.weight[kind]) + start);
    const std::uint32_t whole =
        i + 1 == end ? count : static_cast<std::uint32_t>(std::min<double>(upto, count));
    if (whole > placed) out.push_back({kinds.members[i], whole - placed});
    placed = std::max(placed, whole);
  }
}

/// Every household's values as one text, persons in sorted order; with `persons` or without.
std::vector<std::string> records(const Seed& seed, bool persons) {
  std::vector<std::string> out;
  for (std::size_t h = 0; h < seed.size(); ++h) {
    std::string text;
    for (const SeedColumn& c : seed.households) text += std::to_string(c.code[h]) + ",";
    if (persons) {
      std::vector<std::string> members;
      for (std::uint32_t p = seed.first[h]; p < seed.first[h + 1]; ++p) {
        members.emplace_back();
        for (const SeedColumn& c : seed.persons) members.back() += std::to_string(c.code[p]) + ",";
      }
      std::sort(members.begin(), members.end());
      for (const std::string& member : members) text += ";" + member;
    }
    out.push_back(std::move(text));
  }
  return out;
}

}  // namespace

std::vector<std::vector<Copies>> whole_households(const scenario::Scenario& scenario,
                                                  const Controls& controls, const Fit& fit,
                                                  double people_per_shopper, std::uint64_t seed,
                                                  Integers method) {
  const Kinds kinds = kinds_of(controls);
  const PhiloxKey key = random_key(seed, 0, "population.households");
  std::vector<std::vector<char>> used(controls.units.size(),
                                      std::vector<char>(controls.categories.size()));
  for (const Control& control : controls.controls)
    for (const std::uint32_t u : controls.groups[control.group].units)
      used[u][control.category] = 1;
  std::vector<std::uint32_t> households;
  double running = 0, before = 0;
  for (std::size_t u = 0; u < controls.units.size(); ++u) {
    for (std::size_t k = 0; k < fit.kinds; ++k) running += fit.of_unit(u)[k] / people_per_shopper;
    const double upto = math::floor(running + 0.5);
    households.push_back(static_cast<std::uint32_t>(upto - before));
    before = upto;
  }
  std::vector<std::vector<Copies>> out(controls.units.size());
  parallel_blocks(out.size(), 1, [&](std::size_t u, std::size_t, std::size_t) {
    const std::uint32_t id = scenario.demand[controls.units[u].zones.front()].id.value;
    const FitProblem problem =
        rounding_problem(kinds, used[u], fit.of_unit(u), 1 / people_per_shopper);
    Draws rounding(key, id, 0, 0);
    const auto counts = integerised(problem, problem.prior, households[u], rounding, method);
    for (std::size_t k = 0; k < counts.size(); ++k) {
      if (counts[k] == 0) continue;
      Draws members(key, id, static_cast<std::uint32_t>(k), 1);
      share_out(kinds, controls.seed, k, counts[k], members, out[u]);
    }
  });
  return out;
}

Measures measures(const Controls& controls, const std::vector<double>& totals,
                  const std::vector<char>& take) {
  Measures out;
  double squares = 0, n = 0;
  for (std::size_t i = 0; i < controls.controls.size(); ++i) {
    const double target = controls.controls[i].target;
    if (target == missing_target || (!take.empty() && take[i] == 0)) continue;
    const double miss = std::abs(totals[i] - target);
    squares += miss * miss;
    out.tae += miss;
    out.targets += target;
    ++n;
  }
  if (out.targets > 0) out.srmse = math::sqrt(squares / n) / (out.targets / n);
  return out;
}

std::vector<double> whole_totals(const Controls& controls,
                                 const std::vector<std::vector<Copies>>& households) {
  std::vector<double> out(controls.controls.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Category& category = controls.categories[controls.controls[i].category];
    for (const std::uint32_t u : controls.groups[controls.controls[i].group].units)
      for (const Copies& copies : households[u])
        out[i] += category.count[copies.household] * copies.count;
  }
  return out;
}

Disclosure disclosure(const Controls& controls,
                      const std::vector<std::vector<Copies>>& households) {
  const std::vector<std::string> full = records(controls.seed, true),
                                 outer = records(controls.seed, false);
  std::map<std::string_view, int> seen;
  for (const std::string& record : full) ++seen[record];
  Disclosure out;
  for (const std::vector<Copies>& unit : households) {
    std::map<std::string_view, std::int64_t> cells;
    for (const Copies& copies : unit) {
      out.households += copies.count;
      if (seen[full[copies.household]] == 1) out.copies_of_unique += copies.count;
      cells[outer[copies.household]] += copies.count;
    }
    for (const auto& [record, count] : cells) {
      if (out.smallest_cell == 0 || count < out.smallest_cell) out.smallest_cell = count;
      if (count == 1) ++out.alone;
    }
  }
  return out;
}

}  // namespace footfall::population
