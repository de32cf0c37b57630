#include "core/hash.hpp"
#include "core/math.hpp"
#include "core/math_lanes.hpp"
#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "core/simd.hpp"
#include "tests/determinism/determinism.hpp"

using namespace footfall;

namespace {

Draws golden_draws(std::uint64_t id) {
  return {random_key(2026, 3, "golden"), id, 7, 1};
}

std::vector<double> column(std::size_t n, double low, double high) {
  Draws draws = golden_draws(n);
  std::vector<double> values(n);
  for (double& v : values) v = draws.uniform(low, high);
  return values;
}

std::string hash_of(const std::vector<double>& values) {
  Sha256 hash;
  for (const double v : values) hash.update_f64(v);
  return hash.hex();
}

template <class S>
FOOTFALL_INLINE void float_lanes_body(const float* x, const float* y, float* out, std::size_t n) {
  using F = typename S::f32;
  for (std::size_t i = 0; i + F::size <= n; i += F::size) {
    const F base = F::load(x + i);
    const F exponent = F::load(y + i);
    const F power = math::pow_lanes(base, exponent);
    const F decay = math::exp_lanes(exponent);
    const F logarithm = math::log2_lanes(base);
    const F back = math::exp2_lanes(logarithm);
    const F sum = (power + decay) + (logarithm + back);
    sum.store(out + i);
    out[i] = simd::lane_sum(sum);
  }
}
FOOTFALL_KERNEL(void, float_lanes, (const float* x, const float* y, float* out, std::size_t n),
                (x, y, out, n))

}  // namespace

FOOTFALL_GOLDEN(core_draws) {
  Sha256 hash;
  for (std::uint64_t id = 1; id <= 2000; ++id) {
    Draws draws = golden_draws(id << 20);
    hash.update_u32(draws.bits32());
    hash.update_u32(draws.below(1'000'003));
    hash.update_f64(draws.uniform());
    hash.update_f64(draws.uniform(-3, 11));
    hash.update_u32(draws.bernoulli(0.3) ? 1 : 0);
  }
  return hash.hex();
}

FOOTFALL_GOLDEN(core_distributions) {
  Sha256 hash;
  for (std::uint64_t id = 1; id <= 500; ++id) {
    Draws draws = golden_draws(id);
    hash.update_f64(draws.normal());
    hash.update_f64(draws.exponential());
    hash.update_f64(draws.gumbel());
    hash.update_f64(draws.gamma(0.4));
    hash.update_f64(draws.gamma(7.5));
    hash.update_f64(draws.triangular(1, 2, 5));
    hash.update_u64(draws.poisson(3.2));
    hash.update_u64(draws.poisson(412.0));
    hash.update_u64(draws.binomial(12, 0.3));
    hash.update_u64(draws.binomial(10'000, 0.7));
  }
  return hash.hex();
}

FOOTFALL_GOLDEN(core_shuffle_and_alias) {
  std::vector<std::uint32_t> items(1000);
  for (std::uint32_t i = 0; i < 1000; ++i) items[i] = i;
  Draws draws = golden_draws(5);
  shuffle(items, draws);
  Sha256 hash;
  for (const std::uint32_t i : items) hash.update_u32(i);
  const AliasTable table(column(777, 0, 1));
  for (int i = 0; i < 1000; ++i) hash.update_u32(table.sample(draws));
  return hash.hex();
}

FOOTFALL_GOLDEN(core_math_columns) {
  std::vector<double> x = column(20'003, -740, 700);
  math::exp(x, x);
  std::vector<double> y = x;
  math::log(y, y);
  x.insert(x.end(), y.begin(), y.end());
  return hash_of(x);
}

FOOTFALL_GOLDEN(core_math_floats) {
  Draws draws = golden_draws(6);
  std::vector<float> x(16'000), y(16'000), out(16'000);
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = static_cast<float>(draws.uniform(1e-3, 1e3));
    y[i] = static_cast<float>(draws.uniform(-4, 4));
  }
  float_lanes(x.data(), y.data(), out.data(), x.size());
  Sha256 hash;
  for (const float v : out) hash.update_f32(v);
  return hash.hex();
}

FOOTFALL_GOLDEN(core_math_rare) {
  constexpr double (*functions[])(double) = {math::sin,  math::cos,   math::tan,   math::asin,
                                             math::acos, math::atan,  math::sinh,  math::cosh,
                                             math::tanh, math::asinh, math::atanh, math::expm1,
                                             math::cbrt, math::erf,   math::erfc,  math::lgamma};
  std::vector<double> out;
  for (const double x : column(2000, -1, 1)) {
    for (const auto function : functions) out.push_back(function(x));
    out.push_back(math::sin(x * 1e6));
    out.push_back(math::atan2(x, 1 - x * x));
    out.push_back(math::log1p(x));
    out.push_back(math::hypot(x, 3));
    out.push_back(math::pow(1.5 + x, 40 * x));
  }
  return hash_of(out);
}

FOOTFALL_GOLDEN(core_tree_sums) {
  const std::vector<double> values = column(100'003, -1e3, 1e6);
  std::vector<double> sums(101);
  parallel_blocks(values.size(), 1000, [&](std::size_t begin, std::size_t end, std::size_t block) {
    sums[block] = tree_sum(std::span(values).subspan(begin, end - begin));
  });
  sums.push_back(tree_sum(sums));
  sums.push_back(tree_sum(values));
  return hash_of(sums);
}
