#include "cli/batch_report.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "cli/batch_plan.hpp"
#include "cli/batch_tally.hpp"
#include "cli/terminal.hpp"
#include "core/text.hpp"
#include "core/texts.hpp"
#include "sim/experiment/sensitivity.hpp"

namespace footfall::cli {
namespace {

using experiment::DesignKind;
using experiment::Estimate;
using experiment::Index;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t failures_shown = 10;

/// Four significant digits, thousands grouped; whole numbers whole.
std::string number_text(double value) {
  const double size = std::abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return shortest(value);
  if (size >= 1000 || size == std::floor(size)) return grouped(value, 0);
  return grouped(value, std::clamp(3 - static_cast<int>(std::floor(std::log10(size))), 0, 8));
}

std::string interval_text(double low, double high) {
  return "(" + number_text(low) + " to " + number_text(high) + ")";
}

std::string figure_name(const std::string& id) {
  return std::string(label(Language::english, "figure", id));
}

/// Mean over the points for each replication that all points have.
std::vector<double> replication_means(const Ledger& ledger, const UnitFigures& all,
                                      const UnitFigure& figure) {
  std::vector<double> sum(ledger.plan().replications, 0.0);
  std::vector<std::uint64_t> count(sum.size(), 0);
  for (std::size_t row = 0; row < all.units.size(); ++row) {
    if (std::isnan(figure.value[row])) continue;
    sum[all.units[row].replication] += figure.value[row];
    ++count[all.units[row].replication];
  }
  std::vector<double> means;
  for (std::size_t r = 0; r < sum.size(); ++r) {
    if (count[r] == ledger.points()) means.push_back(sum[r] / static_cast<double>(count[r]));
  }
  return means;
}

/// The mean over replications at each point; NaN where none is done.
std::vector<double> point_means(const Ledger& ledger, const UnitFigures& all,
                                const UnitFigure& figure) {
  std::vector<double> sum(ledger.points(), 0.0);
  std::vector<std::uint32_t> count(sum.size(), 0);
  for (std::size_t row = 0; row < all.units.size(); ++row) {
    if (std::isnan(figure.value[row])) continue;
    sum[all.units[row].point] += figure.value[row];
    ++count[all.units[row].point];
  }
  for (std::size_t p = 0; p < sum.size(); ++p) sum[p] = count[p] > 0 ? sum[p] / count[p] : missing;
  return sum;
}

struct Progress {
  std::uint64_t wanted = 0, done = 0, failed = 0, left = 0;
  double per_second = 0;  ///< over the last units that ended; 0 where unknown
  std::vector<UnitRecord> failures;
};

Result<Progress> progress_of(const Ledger& ledger) {
  auto tally = read_tally(ledger);
  if (!tally) return fail(std::move(tally.error()));
  Progress out;
  out.wanted = tally->wanted();
  out.done = tally->done();
  out.failed = tally->failed();
  out.left = out.wanted - std::min(out.wanted, out.done + out.failed);
  std::vector<double> ends;
  Errors errors = ledger.each(false, [&](const UnitRecord& r) {
    if (r.state == UnitState::failed) out.failures.push_back(r);
    if (r.state != UnitState::running) ends.push_back(r.finished);
    return true;
  });
  if (!errors.empty()) return fail(std::move(errors));
  std::sort(ends.begin(), ends.end());
  const std::size_t last = std::min<std::size_t>(ends.size(), 200);
  const double span = last > 1 ? ends.back() - ends[ends.size() - last] : 0;
  if (span > 0) out.per_second = static_cast<double>(last - 1) / span;
  return out;
}

Json json_of(const FigureSummary& f) {
  return {{"id", f.id},        {"unit", f.unit},      {"mean", f.mean.mean},
          {"low", f.mean.low}, {"high", f.mean.high}, {"n", f.mean.n},
          {"least", f.least},  {"most", f.most},      {"over", f.over}};
}

void print_figures(const std::vector<FigureSummary>& figures) {
  if (figures.empty()) return;
  const bool intervals = figures.front().over == "replications";
  std::printf("\n%s\n", intervals ? "Figures: mean over the design with its 95 % interval, from "
                                    "replications"
                                  : "Figures: mean over all units, and their least and greatest");
  for (const FigureSummary& f : figures) {
    std::printf(
        "  %-36s %14s  %-28s %s\n", figure_name(f.id).c_str(), number_text(f.mean.mean).c_str(),
        (intervals ? interval_text(f.mean.low, f.mean.high) : interval_text(f.least, f.most))
            .c_str(),
        unit_label(Language::english, f.unit).c_str());
  }
}

void print_progress(const Ledger& ledger, const Progress& p) {
  std::printf("%s\n%llu units: %llu done, %llu failed, %llu left%s\n",
              plan_text(ledger.plan(), ledger.points()).c_str(),
              static_cast<unsigned long long>(p.wanted), static_cast<unsigned long long>(p.done),
              static_cast<unsigned long long>(p.failed), static_cast<unsigned long long>(p.left),
              ledger.plan().until && p.left > 0 ? ", perhaps more" : "");
  if (p.per_second > 0) std::printf("%s units a second\n", number_text(p.per_second).c_str());
  for (std::size_t i = 0; i < std::min(p.failures.size(), failures_shown); ++i) {
    const UnitRecord& r = p.failures[i];
    std::printf("  unit %llu (seed %llu) failed: %s\n", static_cast<unsigned long long>(r.id),
                static_cast<unsigned long long>(r.seed), r.message.c_str());
  }
  if (p.failures.size() > failures_shown) {
    std::printf("  and %zu more\n", p.failures.size() - failures_shown);
  }
}

struct Sensitivity {
  std::string figure;
  experiment::MorrisResult morris;
  experiment::SobolResult sobol;
};

Json json_of(const Index& index) {
  return {{"value", index.value}, {"low", index.low}, {"high", index.high}};
}

Json json_of(const Sensitivity& s, const experiment::Plan& plan) {
  const bool is_morris = plan.kind == DesignKind::morris;
  Json variables = Json::array();
  for (std::size_t v = 0; v < plan.variables.size(); ++v) {
    Json row{{"variable", plan.variables[v].name}};
    if (is_morris) {
      const auto& m = s.morris.variables[v];
      row["mu_star"] = json_of(m.mu_star);
      row["mu"] = m.mu;
      row["sigma"] = m.sigma;
    } else {
      row["first"] = json_of(s.sobol.variables[v].first);
      row["total"] = json_of(s.sobol.variables[v].total);
    }
    variables.push_back(std::move(row));
  }
  return {{"figure", s.figure},
          {"used", is_morris ? s.morris.used : s.sobol.used},
          {"variables", std::move(variables)}};
}

std::string index_text(const Index& index, bool share) {
  const auto one = [&](double value) { return share ? fixed(value, 3) : number_text(value); };
  return one(index.value) + " (" + one(index.low) + " to " + one(index.high) + ")";
}

void print_sensitivity_text(const Sensitivity& s, const experiment::Plan& plan) {
  const bool is_morris = plan.kind == DesignKind::morris;
  std::printf("%s, from %zu %s\n", figure_name(s.figure).c_str(),
              is_morris ? s.morris.used : s.sobol.used, is_morris ? "paths" : "blocks");
  std::printf("  %-32s %-34s %s\n", "variable", is_morris ? "mu*" : "first order",
              is_morris ? "mu, sigma" : "total");
  for (std::size_t v = 0; v < plan.variables.size(); ++v) {
    std::string first, second;
    if (is_morris) {
      const auto& m = s.morris.variables[v];
      first = index_text(m.mu_star, false);
      second = number_text(m.mu) + ", " + number_text(m.sigma);
    } else {
      first = index_text(s.sobol.variables[v].first, true);
      second = index_text(s.sobol.variables[v].total, true);
    }
    std::printf("  %-32s %-34s %s\n", plan.variables[v].name.c_str(), first.c_str(),
                second.c_str());
  }
}

Sensitivity sensitivity_of(const Ledger& ledger, const UnitFigures& all, const UnitFigure& figure) {
  constexpr double level = 0.95;
  const auto values = point_means(ledger, all, figure);
  Sensitivity out{figure.id, {}, {}};
  if (ledger.plan().kind == DesignKind::morris) {
    out.morris = experiment::morris_indices(ledger.design(), values, level);
  } else {
    out.sobol = experiment::sobol_indices(ledger.plan().variables.size(), values,
                                          ledger.plan().seed, level);
  }
  return out;
}

}  // namespace

std::vector<FigureSummary> summarise(const Ledger& ledger, const UnitFigures& all, double level) {
  std::vector<FigureSummary> out;
  for (const UnitFigure& figure : all.figures) {
    std::vector<double> values;
    std::copy_if(figure.value.begin(), figure.value.end(), std::back_inserter(values),
                 [](double v) { return !std::isnan(v); });
    FigureSummary summary{figure.id, figure.unit, {}, 0, 0, "replications"};
    summary.least = *std::min_element(values.begin(), values.end());
    summary.most = *std::max_element(values.begin(), values.end());
    const auto means = replication_means(ledger, all, figure);
    summary.mean = experiment::estimate(means.size() >= 2 ? means : values, level);
    if (means.size() < 2) {
      summary.over = "points";
      summary.mean.low = summary.mean.high = summary.mean.mean;
    }
    out.push_back(std::move(summary));
  }
  return out;
}

int print_status(const std::string& path, bool json) {
  auto ledger = Ledger::open(path);
  if (!ledger) return print_errors(ledger.error()), 1;
  auto progress = progress_of(*ledger);
  if (!progress) return print_errors(progress.error()), 1;
  auto figures = read_figures(*ledger);
  if (!figures) return print_errors(figures.error()), 1;
  const auto summaries = summarise(*ledger, *figures);
  if (!json) {
    print_progress(*ledger, *progress);
    print_figures(summaries);
    return 0;
  }
  Json out{{"plan", experiment::to_json(ledger->plan())},
           {"plan_hash", experiment::plan_hash(ledger->plan())},
           {"points", ledger->points()},
           {"units", progress->wanted},
           {"done", progress->done},
           {"failed", progress->failed},
           {"left", progress->left},
           {"units_per_second", progress->per_second},
           {"figures", Json::array()},
           {"failures", Json::array()}};
  for (const FigureSummary& f : summaries) out["figures"].push_back(json_of(f));
  for (const UnitRecord& r : progress->failures) {
    out["failures"].push_back({{"id", r.id}, {"seed", r.seed}, {"message", r.message}});
  }
  std::fputs(json_text(out).c_str(), stdout);
  return 0;
}

int print_sensitivity(const std::string& path, const std::string& wanted, bool json) {
  auto ledger = Ledger::open(path);
  if (!ledger) return print_errors(ledger.error()), 1;
  const DesignKind kind = ledger->plan().kind;
  if (kind != DesignKind::morris && kind != DesignKind::saltelli) {
    print_errors({{path, "design", std::string(name_of(kind)), "gives no sensitivity",
                   "a plan with --design morris or saltelli"}});
    return 1;
  }
  auto figures = read_figures(*ledger);
  if (!figures) return print_errors(figures.error()), 1;
  if (!wanted.empty() && figures->find(wanted) == nullptr) {
    std::string names;
    for (const UnitFigure& f : figures->figures) names += (names.empty() ? "" : ", ") + f.id;
    print_errors({{path, "--figure", wanted, "is no figure of this batch", names}});
    return 1;
  }
  Json out = Json::array();
  for (const UnitFigure& figure : figures->figures) {
    if (!wanted.empty() && figure.id != wanted) continue;
    const Sensitivity s = sensitivity_of(*ledger, *figures, figure);
    if (json) {
      out.push_back(json_of(s, ledger->plan()));
    } else {
      print_sensitivity_text(s, ledger->plan());
    }
  }
  if (json) std::fputs(json_text(out).c_str(), stdout);
  return 0;
}

}  // namespace footfall::cli
