#include "sim/population/fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "core/text.hpp"
#include "sim/population/entropy.hpp"
#include "sim/population/ipf.hpp"
#include "sim/population/ipu.hpp"
#include "sim/population/kinds.hpp"

namespace footfall::population {
namespace {

constexpr std::size_t most_weights = 50'000'000;
constexpr std::size_t most_cells = 10'000'000;  // of a table in ipf
constexpr int most_cycles = 500;
constexpr double settled = 1e-8;  // change of a total in a cycle, of it or of one unit
constexpr std::size_t most_problems = 20;
constexpr std::uint32_t none = 0xffffffff;

struct LevelPlan {
  std::string name;
  std::vector<std::uint32_t> groups;
};

class Fitter {
 public:
  Fitter(const Controls& controls, const FitOptions& options, const Job& job)
      : c_(controls), options_(options), job_(job), kinds_(kinds_of(controls)) {
    of_group_.resize(c_.groups.size());
    for (std::size_t i = 0; i < c_.controls.size(); ++i)
      of_group_[c_.controls[i].group].push_back(static_cast<std::uint32_t>(i));
    problems_.resize(c_.groups.size());
    for (std::uint32_t g = 0; g < c_.groups.size(); ++g) {
      const auto level = std::find_if(levels_.begin(), levels_.end(), [&](const LevelPlan& l) {
        return l.name == c_.groups[g].level;
      });
      if (level == levels_.end())
        levels_.push_back({c_.groups[g].level, {g}});
      else
        level->groups.push_back(g);
    }
    std::sort(levels_.begin(), levels_.end(), [](const LevelPlan& a, const LevelPlan& b) {
      return a.groups.size() != b.groups.size() ? a.groups.size() > b.groups.size()
                                                : a.name < b.name;
    });
  }

  Result<Fit> run() {
    if (Errors errors = refusals(); !errors.empty()) return fail(std::move(errors));
    set_priors();
    int cycle = 0;
    std::vector<double> before;
    while (true) {
      for (std::size_t l = 0; l < levels_.size(); ++l)
        if (!solve_level(l)) return fail("", "", std::string(cancelled_message));
      ++cycle;
      if (Errors errors = taken_problems();
          !errors.empty() && options_.infeasible == Infeasible::error)
        return fail(std::move(errors));
      std::vector<double> now = totals();
      if (levels_.size() == 1 || cycle >= most_cycles || has_settled(before, now)) break;
      before = std::move(now);
    }
    return finish(cycle);
  }

 private:
  Errors refusals() const {
    Errors errors;
    if (c_.units.size() * kinds_.size() > most_weights)
      errors.push_back({"controls.csv", "", std::to_string(c_.units.size() * kinds_.size()),
                        "weights (places times kinds of households) are too many",
                        "at most 50000000: fewer zones or coarser categories"});
    if (options_.method != Method::ipf) return errors;
    if (options_.cap > 0)
      errors.push_back({"options", "cap", shortest(options_.cap), "is not for ipf", "0"});
    for (std::size_t i = 0; i < c_.controls.size() && errors.size() < most_problems; ++i)
      if (c_.categories[c_.controls[i].category].persons)
        errors.push_back(c_.error(i, "counts persons, which ipf does not know", "ipu or entropy"));
    return errors;
  }

  /// The sample's weights, scaled to the residents of each unit.
  void set_priors() {
    double persons = 0;
    for (std::size_t h = 0; h < c_.seed.size(); ++h)
      persons += c_.seed.weight[h] * c_.seed.persons_of(h);
    const std::size_t n = kinds_.size();
    weight_.resize(c_.units.size() * n);
    for (std::size_t u = 0; u < c_.units.size(); ++u)
      for (std::size_t k = 0; k < n; ++k)
        weight_[u * n + k] = kinds_.weight[k] * c_.units[u].residents / persons;
    if (options_.cap > 0) {
      most_ = weight_;
      for (double& most : most_) most *= options_.cap;
    }
    if (levels_.size() > 1 && options_.method == Method::entropy)
      factor_.assign(levels_.size(), std::vector<double>(weight_.size(), 1));
  }

  bool solve_level(std::size_t level) {
    const std::vector<std::uint32_t>& groups = levels_[level].groups;
    return parallel_blocks(
        groups.size(), 1,
        [&](std::size_t begin, std::size_t, std::size_t) { solve_group(level, groups[begin]); },
        &job_);
  }

  /// Entries of a kind that this group controls, as a problem over its units and all kinds. With
  /// several levels, the share that this level had in the weights is taken out first, so that its
  /// importances are counted from the sample and not from its own last answer.
  FitProblem problem_of(std::size_t level, std::uint32_t group) const {
    const std::size_t n = kinds_.size();
    std::vector<std::uint32_t> column(c_.categories.size(), none);
    FitProblem p;
    for (const std::uint32_t i : of_group_[group]) {
      column[c_.controls[i].category] = static_cast<std::uint32_t>(p.target.size());
      p.target.push_back(c_.controls[i].target);
      p.importance.push_back(c_.controls[i].importance);
    }
    p.first.push_back(0);
    for (const std::uint32_t u : c_.groups[group].units)
      for (std::size_t k = 0; k < n; ++k) {
        for (std::uint32_t e = kinds_.first[k]; e < kinds_.first[k + 1]; ++e) {
          if (column[kinds_.category[e]] == none) continue;
          p.control.push_back(column[kinds_.category[e]]);
          p.count.push_back(kinds_.count[e]);
        }
        p.first.push_back(static_cast<std::uint32_t>(p.control.size()));
        const std::size_t at = u * n + k;
        const bool own = !factor_.empty() && factor_[level][at] > 0;
        p.prior.push_back(own ? weight_[at] / factor_[level][at] : weight_[at]);
        if (!most_.empty()) p.most.push_back(most_[at]);
      }
    return p;
  }

  void solve_group(std::size_t level, std::uint32_t group) {
    problems_[group].clear();
    const FitProblem p = problem_of(level, group);
    FitWeights found = solved(p, group);
    if (!found.missed.empty()) {
      name_missed(found, group);
      if (options_.infeasible == Infeasible::least) found = least_violating(p);
    }
    put(level, group, p, found.weight);
  }

  FitWeights solved(const FitProblem& p, std::uint32_t group) {
    if (options_.method == Method::ipu) return ipu(p);
    if (options_.method == Method::entropy) return entropy(p);
    return by_table(p, group);
  }

  void name_missed(const FitWeights& found, std::uint32_t group) {
    for (const std::uint32_t m : found.missed) {
      if (problems_[group].size() >= most_problems) return;
      problems_[group].push_back(c_.error(of_group_[group][m],
                                          "cannot hold together with the others",
                                          fixed(found.total[m], 2) + " was reached"));
    }
  }

  void put(std::size_t level, std::uint32_t group, const FitProblem& p,
           const std::vector<double>& weight) {
    const std::size_t n = kinds_.size();
    std::size_t row = 0;
    for (const std::uint32_t u : c_.groups[group].units)
      for (std::size_t k = 0; k < n; ++k, ++row) {
        weight_[u * n + k] = weight[row];
        if (!factor_.empty())
          factor_[level][u * n + k] = p.prior[row] > 0 ? weight[row] / p.prior[row] : 1;
      }
  }

  /// ipf: the table of the group's control tables, each with a rest for households in none of its
  /// categories; rows of a cell are scaled alike.
  FitWeights by_table(const FitProblem& p, std::uint32_t group) {
    std::vector<std::string> names;
    std::vector<std::vector<std::uint32_t>> members;  // controls of the group, by table
    for (std::uint32_t m = 0; m < of_group_[group].size(); ++m) {
      const std::string& table = c_.controls[of_group_[group][m]].table;
      const auto at = std::find(names.begin(), names.end(), table) - names.begin();
      if (at == static_cast<std::ptrdiff_t>(names.size())) {
        names.push_back(table);
        members.emplace_back();
      }
      members[static_cast<std::size_t>(at)].push_back(m);
    }
    IpfTable seed{{}, {}};
    std::vector<IpfMargin> margins;
    std::size_t cells = 1;
    for (std::size_t t = 0; t < names.size(); ++t) {
      margins.push_back({names[t], {t}, {}});
      for (const std::uint32_t m : members[t]) margins[t].targets.push_back(p.target[m]);
      margins[t].targets.push_back(missing_target);
      seed.sizes.push_back(margins[t].targets.size());
      cells *= seed.sizes.back();
      if (cells > most_cells) return too_large(p, group);
    }
    seed.cells.assign(cells, 0);
    std::vector<std::size_t> cell_of(p.rows());
    for (std::size_t r = 0; r < p.rows(); ++r) {
      std::size_t cell = 0;
      for (std::size_t t = 0; t < names.size(); ++t) {
        std::size_t place = members[t].size();
        for (std::uint32_t e = p.first[r]; e < p.first[r + 1]; ++e) {
          const auto at = std::find(members[t].begin(), members[t].end(), p.control[e]);
          if (at == members[t].end()) continue;
          if (place < members[t].size()) return overlap(p, group, p.control[e]);
          place = static_cast<std::size_t>(at - members[t].begin());
        }
        cell = cell * seed.sizes[t] + place;
      }
      cell_of[r] = cell;
      seed.cells[cell] += p.prior[r];
    }
    const auto fitted = ipf(seed, margins, {}, &job_);
    std::vector<double> weight = p.prior;
    if (fitted)
      for (std::size_t r = 0; r < p.rows(); ++r)
        if (seed.cells[cell_of[r]] > 0)
          weight[r] *= fitted->cells[cell_of[r]] / seed.cells[cell_of[r]];
    if (!fitted) {
      for (Error e : fitted.error()) {
        e.file = "controls.csv";
        e.place = c_.groups[group].level + " " + c_.groups[group].zone + ", " + e.place;
        problems_[group].push_back(std::move(e));
      }
    }
    return finished(p, std::move(weight), fitted ? fitted->cycles : 0);
  }

  FitWeights too_large(const FitProblem& p, std::uint32_t group) {
    problems_[group].push_back(c_.error(of_group_[group].front(),
                                        "is in tables of more than 10000000 cells together",
                                        "fewer tables, ipu or entropy"));
    return finished(p, p.prior, 0);
  }
  FitWeights overlap(const FitProblem& p, std::uint32_t group, std::uint32_t m) {
    problems_[group].push_back(c_.error(of_group_[group][m],
                                        "counts households that another category of its table "
                                        "counts too, which ipf does not know",
                                        "ipu or entropy"));
    return finished(p, p.prior, 0);
  }

  Errors taken_problems() const {
    Errors out;
    for (const Errors& errors : problems_)
      for (const Error& e : errors)
        if (out.size() < most_problems) out.push_back(e);
    return out;
  }

  std::vector<double> totals() const {
    const std::size_t n = kinds_.size();
    std::vector<double> by_category(c_.units.size() * c_.categories.size());
    for (std::size_t u = 0; u < c_.units.size(); ++u)
      for (std::size_t k = 0; k < n; ++k)
        for (std::uint32_t e = kinds_.first[k]; e < kinds_.first[k + 1]; ++e)
          by_category[u * c_.categories.size() + kinds_.category[e]] +=
              kinds_.count[e] * weight_[u * n + k];
    std::vector<double> out;
    for (const Control& control : c_.controls) {
      double sum = 0;
      for (const std::uint32_t u : c_.groups[control.group].units)
        sum += by_category[u * c_.categories.size() + control.category];
      out.push_back(sum);
    }
    return out;
  }

  bool has_settled(const std::vector<double>& before, const std::vector<double>& now) const {
    if (before.empty()) return false;
    for (std::size_t i = 0; i < now.size(); ++i)
      if (std::abs(now[i] - before[i]) > settled * std::max(1.0, now[i])) return false;
    return true;
  }

  Result<Fit> finish(int cycles) {
    Fit out;
    out.total = totals();
    Errors errors = taken_problems();
    if (errors.empty())
      for (std::size_t i = 0; i < c_.controls.size() && errors.size() < most_problems; ++i) {
        const Control& control = c_.controls[i];
        if (control.target == missing_target || control.importance > 0 ||
            holds(out.total[i], control.target))
          continue;
        errors.push_back(c_.error(i, "cannot hold together with other levels",
                                  fixed(out.total[i], 2) + " was reached"));
      }
    if (!errors.empty() && options_.infeasible == Infeasible::error) return fail(std::move(errors));
    for (const Error& e : errors) out.warnings.push_back(describe(e));
    out.kinds = kinds_.size();
    out.kind_first = std::move(kinds_.member_first);
    out.kind_members = std::move(kinds_.members);
    out.weight = std::move(weight_);
    out.cycles = cycles;
    return out;
  }

  const Controls& c_;
  const FitOptions& options_;
  const Job& job_;
  Kinds kinds_;
  std::vector<std::vector<std::uint32_t>> of_group_;
  std::vector<LevelPlan> levels_;
  std::vector<double> weight_, most_;        // units × kinds
  std::vector<std::vector<double>> factor_;  // of each level, units × kinds
  std::vector<Errors> problems_;             // of each group
};

}  // namespace

std::string_view name_of(Method value) {
  static constexpr std::array<std::string_view, 3> names{"ipf", "ipu", "entropy"};
  return names[static_cast<std::size_t>(value)];
}
std::string_view name_of(Infeasible value) {
  static constexpr std::array<std::string_view, 2> names{"error", "least"};
  return names[static_cast<std::size_t>(value)];
}

Result<Fit> fit(const Controls& controls, const FitOptions& options, const Job& job) {
  return Fitter(controls, options, job).run();
}

}  // namespace footfall::population
