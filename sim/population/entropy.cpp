#include "sim/population/entropy.hpp"

#include <algorithm>
#include <cmath>

#include "core/math.hpp"

namespace footfall::population {
namespace {

constexpr double greatest_step = 4;       // of a row's exponent, in one step
constexpr double greatest_exponent = 80;  // beyond it the targets are taken as out of reach
constexpr double ridge = 1e-10;           // of the mean diagonal: controls may repeat each other
constexpr int most_halvings = 40;

/// The dual problem over the rows that may have weight and the controls that they can reach.
class Dual {
 public:
  /// `relaxed`: targets that must hold may be missed (soften()), so those of none bar no row.
  Dual(const FitProblem& p, bool relaxed) : p_(p) {
    std::vector<char> barred(p.rows());  // by a target of none
    for (std::size_t r = 0; r < p.rows(); ++r) {
      barred[r] = !(p.prior[r] > 0);
      for (std::uint32_t e = p.first[r]; e < p.first[r + 1]; ++e)
        if (!relaxed && p.target[p.control[e]] == 0 && p.importance[p.control[e]] == 0)
          barred[r] = 1;
    }
    constexpr std::uint32_t unused = 0xffffffff;
    std::vector<std::uint32_t> place(p.controls(), unused);
    first_.push_back(0);
    for (std::size_t r = 0; r < p.rows(); ++r) {
      if (barred[r]) continue;
      for (std::uint32_t e = p.first[r]; e < p.first[r + 1]; ++e) {
        const std::uint32_t c = p.control[e];
        if (p.target[c] == missing_target) continue;
        if (place[c] == unused) {
          place[c] = static_cast<std::uint32_t>(target_.size());
          target_.push_back(p.target[c]);
          const double scale = std::max(1.0, p.target[c]);
          softness_.push_back(p.importance[c] > 0 ? scale / p.importance[c] : 0);
          hard_.push_back(p.importance[c] == 0);
        }
        control_.push_back(place[c]);
        count_.push_back(p.count[e]);
      }
      row_.push_back(static_cast<std::uint32_t>(r));
      prior_.push_back(p.prior[r]);
      if (!p.most.empty()) most_.push_back(p.most[r]);
      first_.push_back(static_cast<std::uint32_t>(control_.size()));
    }
    lambda_.assign(target_.size(), 0);
    exponent_.resize(row_.size());
    weight_.resize(row_.size());
  }

  /// Newton's method. The number of steps.
  int solve(const EntropyOptions& options) {
    double value = evaluate(lambda_);
    for (int step = 0; step < options.most_steps; ++step) {
      if (worst_gradient() <= options.tolerance) return step;
      newton_direction();
      const double reach = greatest_change();
      if (!(reach > 0)) return step;
      if (!search(value, std::min(1.0, greatest_step / reach))) return step;
      if (greatest_exponent_used() > greatest_exponent) return step + 1;
    }
    return options.most_steps;
  }

  FitWeights answer(int steps) const {
    std::vector<double> weight(p_.rows());
    for (std::size_t i = 0; i < row_.size(); ++i) weight[row_[i]] = weight_[i];
    return finished(p_, std::move(weight), steps);
  }

  /// Gives the targets that must hold this importance.
  void soften(double importance) {
    for (std::size_t c = 0; c < target_.size(); ++c)
      if (hard_[c]) softness_[c] = std::max(1.0, target_[c]) / importance;
  }

 private:
  /// Sets weights and gradient at `lambda`; the dual's negative value.
  double evaluate(const std::vector<double>& lambda) {
    for (std::size_t i = 0; i < row_.size(); ++i) {
      double sum = 0;
      for (std::uint32_t e = first_[i]; e < first_[i + 1]; ++e)
        sum += count_[e] * lambda[control_[e]];
      exponent_[i] = sum;
    }
    math::exp(exponent_, weight_);
    gradient_.resize(target_.size());
    double value = 0;
    for (std::size_t c = 0; c < target_.size(); ++c) {
      gradient_[c] = softness_[c] * lambda[c] - target_[c];
      value += (softness_[c] * lambda[c] / 2 - target_[c]) * lambda[c];
    }
    for (std::size_t i = 0; i < row_.size(); ++i) {
      weight_[i] *= prior_[i];
      value += weight_[i];
      if (capped(i)) {
        // Beyond the cap the integral of the weight goes on as a straight line.
        value +=
            most_[i] - weight_[i] + most_[i] * (exponent_[i] - math::log(most_[i] / prior_[i]));
        weight_[i] = most_[i];
      }
      for (std::uint32_t e = first_[i]; e < first_[i + 1]; ++e)
        gradient_[control_[e]] += count_[e] * weight_[i];
    }
    return value;
  }

  bool capped(std::size_t i) const { return !most_.empty() && weight_[i] >= most_[i]; }

  double worst_gradient() const {
    double worst = 0;
    for (std::size_t c = 0; c < target_.size(); ++c)
      worst = std::max(worst, std::abs(gradient_[c]) / std::max(1.0, target_[c]));
    return worst;
  }

  /// direction = -H⁻¹ gradient by Cholesky's decomposition.
  void newton_direction() {
    const std::size_t n = target_.size();
    matrix_.assign(n * n, 0);
    for (std::size_t i = 0; i < row_.size(); ++i) {
      if (capped(i)) continue;
      for (std::uint32_t a = first_[i]; a < first_[i + 1]; ++a) {
        double* line = &matrix_[control_[a] * n];
        const double w = weight_[i] * count_[a];
        for (std::uint32_t b = first_[i]; b < first_[i + 1]; ++b)
          line[control_[b]] += w * count_[b];
      }
    }
    double trace = 0;
    for (std::size_t c = 0; c < n; ++c) trace += matrix_[c * n + c] += softness_[c];
    const double least = ridge * trace / static_cast<double>(n) + 1e-300;
    for (std::size_t c = 0; c < n; ++c) {
      double* row = &matrix_[c * n];
      for (std::size_t b = 0; b <= c; ++b) {
        const double* other = &matrix_[b * n];
        double sum = row[b];
        for (std::size_t k = 0; k < b; ++k) sum -= row[k] * other[k];
        row[b] = b < c ? sum / other[b] : math::sqrt(std::max(sum, 0.0) + least);
      }
    }
    direction_.resize(n);
    for (std::size_t c = 0; c < n; ++c) {
      double sum = -gradient_[c];
      for (std::size_t k = 0; k < c; ++k) sum -= matrix_[c * n + k] * direction_[k];
      direction_[c] = sum / matrix_[c * n + c];
    }
    for (std::size_t c = n; c-- > 0;) {
      double sum = direction_[c];
      for (std::size_t k = c + 1; k < n; ++k) sum -= matrix_[k * n + c] * direction_[k];
      direction_[c] = sum / matrix_[c * n + c];
    }
  }

  double greatest_change() const {
    double greatest = 0;
    for (std::size_t i = 0; i < row_.size(); ++i) {
      double sum = 0;
      for (std::uint32_t e = first_[i]; e < first_[i + 1]; ++e)
        sum += count_[e] * direction_[control_[e]];
      greatest = std::max(greatest, std::abs(sum));
    }
    return greatest;
  }

  double greatest_exponent_used() const {
    double greatest = 0;
    for (const double u : exponent_) greatest = std::max(greatest, std::abs(u));
    return greatest;
  }

  /// Halves the step until the value falls enough (Armijo); false where it does not.
  bool search(double& value, double length) {
    double slope = 0;
    for (std::size_t c = 0; c < target_.size(); ++c) slope += gradient_[c] * direction_[c];
    std::vector<double> next(lambda_.size());
    for (int i = 0; i < most_halvings; ++i, length /= 2) {
      for (std::size_t c = 0; c < next.size(); ++c) next[c] = lambda_[c] + length * direction_[c];
      const double reached = evaluate(next);
      if (reached <= value + 1e-4 * length * slope + 1e-14 * std::abs(value)) {
        lambda_.swap(next);
        value = reached;
        return true;
      }
    }
    evaluate(lambda_);
    return false;
  }

  const FitProblem& p_;
  std::vector<std::uint32_t> row_, first_, control_;
  std::vector<double> count_, prior_, most_, target_, softness_;
  std::vector<char> hard_;
  std::vector<double> lambda_, exponent_, weight_, gradient_, direction_, matrix_;
};

}  // namespace

FitWeights entropy(const FitProblem& problem, const EntropyOptions& options) {
  Dual dual(problem, false);
  return dual.answer(dual.solve(options));
}

FitWeights least_violating(const FitProblem& problem, const EntropyOptions& options) {
  Dual dual(problem, true);
  int steps = 0;
  // From loose to tight, each from the answer before it.
  for (double importance = 1; importance <= 1e4; importance *= 10) {
    dual.soften(importance);
    steps += dual.solve(options);
  }
  return dual.answer(steps);
}

}  // namespace footfall::population
