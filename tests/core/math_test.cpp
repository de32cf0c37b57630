#include "core/math.hpp"

#include <cmath>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/math_lanes.hpp"
#include "core/rng.hpp"

using namespace footfall;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

// Lines of arguments, the correctly rounded value, and what rounding took off it in ulp.
std::vector<std::vector<double>> reference(const std::string& name) {
  std::ifstream file("tests/core/reference/" + name + ".txt");
  std::vector<std::vector<double>> rows;
  for (std::string line; std::getline(file, line);) {
    std::vector<double>& row = rows.emplace_back();
    const char* at = line.c_str();
    for (char* end = nullptr;; at = end) {
      const double value = std::strtod(at, &end);
      if (end == at) break;
      row.push_back(value);
    }
  }
  return rows;
}

// Distance in units in the last place of the right value, which is rounded + rest of these units.
double ulps(double value, double rounded, double rest) {
  const double size = std::abs(rounded);
  const double step = std::nextafter(size, infinity) - size;
  return std::abs((value - rounded) / step - rest);
}

template <class Function>
double worst_ulps(const std::string& name, Function function) {
  double worst = 0;
  const auto rows = reference(name);
  REQUIRE(rows.size() >= 250);
  for (const auto& row : rows) {
    worst = std::max(worst, ulps(function(row), row[row.size() - 2], row.back()));
  }
  return worst;
}

std::vector<double> seeded(std::size_t n, double low, double high) {
  Draws draws(random_key(1, 0, "math_test"), n, 0, 0);
  std::vector<double> values(n);
  for (double& v : values) v = draws.uniform(low, high);
  return values;
}

template <class S>
FOOTFALL_INLINE void pow_column_body(const float* x, float y, float* out, std::size_t n) {
  using F = typename S::f32;
  for (std::size_t i = 0; i < n; i += F::size) {
    math::pow_lanes(F::load(x + i), F(y)).store(out + i);
  }
}
FOOTFALL_KERNEL(void, pow_column, (const float* x, float y, float* out, std::size_t n),
                (x, y, out, n))

// Of a float against a double that is good to far more digits.
double float_ulps(float value, double right) {
  int exponent = 0;
  std::frexp(right, &exponent);
  return std::abs(value - right) / std::ldexp(1.0, exponent - 24);
}

double worst_pow(float y, double low_log2, double high_log2) {
  double worst = 0;
  for (const double log2_x : seeded(100'000, low_log2, high_log2)) {
    const auto x = static_cast<float>(math::exp(log2_x * 0.69314718055994531));
    worst = std::max(worst, float_ulps(math::pow_lanes(x, y), math::pow(x, y)));
  }
  return worst;
}

}  // namespace

TEST_CASE("one-argument functions are within their bounds of the reference") {
  struct Row {
    std::string name;
    double (*function)(double);
    double bound_ulps;
  };
  const Row rows[] = {
      {"exp", math::exp, 0.8},     {"log", math::log, 0.9},       {"sin", math::sin, 1.0},
      {"cos", math::cos, 1.0},     {"tan", math::tan, 1.0},       {"asin", math::asin, 1.0},
      {"acos", math::acos, 1.0},   {"atan", math::atan, 1.0},     {"sinh", math::sinh, 2.0},
      {"cosh", math::cosh, 2.0},   {"tanh", math::tanh, 2.0},     {"asinh", math::asinh, 3.0},
      {"atanh", math::atanh, 3.0}, {"expm1", math::expm1, 1.0},   {"log1p", math::log1p, 1.0},
      {"cbrt", math::cbrt, 1.0},   {"lgamma", math::lgamma, 2.0}, {"erf", math::erf, 1.0},
      {"erfc", math::erfc, 3.0}};
  for (const Row& row : rows) {
    const double worst =
        worst_ulps(row.name, [&](const std::vector<double>& x) { return row.function(x[0]); });
    CAPTURE(row.name);
    CHECK(worst <= row.bound_ulps);
  }
}

TEST_CASE("two-argument functions are within their bounds of the reference") {
  struct Row {
    std::string name;
    double (*function)(double, double);
    double bound_ulps;
  };
  const Row rows[] = {
      {"pow", math::pow, 0.6}, {"atan2", math::atan2, 1.2}, {"hypot", math::hypot, 1.0}};
  for (const Row& row : rows) {
    const double worst = worst_ulps(
        row.name, [&](const std::vector<double>& x) { return row.function(x[0], x[1]); });
    CAPTURE(row.name);
    CHECK(worst <= row.bound_ulps);
  }
}

TEST_CASE("exp and log at the ends of their ranges") {
  CHECK(math::exp(0.0) == 1.0);
  CHECK(math::exp(710.0) == infinity);
  CHECK(math::exp(infinity) == infinity);
  CHECK(math::exp(709.7) == doctest::Approx(1.65499e308));
  CHECK(math::exp(-745.3) == 0.0);
  CHECK(math::exp(-infinity) == 0.0);
  CHECK(math::exp(-745.1) == std::numeric_limits<double>::denorm_min());
  CHECK(std::isnan(math::exp(nan_value)));
  CHECK(math::log(1.0) == 0.0);
  CHECK(math::log(0.0) == -infinity);
  CHECK(math::log(infinity) == infinity);
  CHECK(std::isnan(math::log(-1.0)));
  CHECK(std::isnan(math::log(nan_value)));
  CHECK(math::log(std::numeric_limits<double>::denorm_min()) ==
        doctest::Approx(-744.4400719213812));
  CHECK(math::pow(0.0, 2.0) == 0.0);
  CHECK(math::pow(7.0, 0.0) == 1.0);
  CHECK(math::round_half_away(2.5) == 3.0);
  CHECK(math::round_half_away(-2.5) == -3.0);
  CHECK(math::round_half_away(0.49999999999999994) == 0.0);
}

TEST_CASE("columns equal single values bit for bit at every SIMD level") {
  const SimdLevel widest = simd_level();
  std::vector<double> x = seeded(1003, -760, 720);
  for (const double special : {0.0, -0.0, infinity, -infinity, 1e-310, -1e-310})
    x.push_back(special);
  std::vector<double> out(x.size());
  for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
    if (!set_simd_level(level)) continue;
    math::exp(x, out);
    for (std::size_t i = 0; i < x.size(); ++i) REQUIRE(out[i] == math::exp(x[i]));
    for (double& v : out) v = std::abs(v);
    const std::vector<double> positive = out;
    math::log(out, out);
    for (std::size_t i = 0; i < x.size(); ++i) REQUIRE(out[i] == math::log(positive[i]));
  }
  set_simd_level(widest);
}

TEST_CASE("float pow: error over exponents and bases") {
  for (const float y : {-3.0f, -2.0f, -1.5f, -0.3f, 0.5f, 1.0f, 2.0f, 2.5f, 3.0f}) {
    const double reach = std::min(60.0 / std::abs(y), 120.0);
    const double worst = std::max(worst_pow(y, -reach, reach), worst_pow(y, -1, 1));
    CAPTURE(y);
    CHECK(worst <= 2.0);
  }
  CHECK(worst_pow(8.0f, -7, 7) <= 4.0);
}

TEST_CASE("float functions at exact and extreme places") {
  CHECK(math::pow_lanes(1.0f, 123.0f) == 1.0f);
  CHECK(math::pow_lanes(2.0f, 10.0f) == 1024.0f);
  CHECK(math::pow_lanes(0.25f, -3.0f) == 64.0f);
  CHECK(math::pow_lanes(5.0f, 0.0f) == 1.0f);
  CHECK(math::pow_lanes(0.0f, 2.0f) == 0.0f);
  CHECK(math::pow_lanes(1e30f, 30.0f) == std::numeric_limits<float>::infinity());
  CHECK(math::pow_lanes(1e30f, -30.0f) == 0.0f);
  CHECK(math::exp2_lanes(-126.0f) == std::numeric_limits<float>::min());
  CHECK(math::exp2_lanes(-127.0f) == 0.0f);
  CHECK(math::exp2_lanes(128.0f) == std::numeric_limits<float>::infinity());
  CHECK(math::log2_lanes(8.0f) == 3.0f);
  CHECK(math::log2_lanes(1.0f) == 0.0f);
}

TEST_CASE("float exp, exp2 and log2 against double") {
  double worst_exp = 0, worst_exp2 = 0, worst_log2 = 0;
  for (const double v : seeded(100'000, -87, 88)) {
    const auto x = static_cast<float>(v);
    worst_exp = std::max(worst_exp, float_ulps(math::exp_lanes(x), math::exp(x)));
    worst_exp2 = std::max(worst_exp2, float_ulps(math::exp2_lanes(x), math::pow(2.0, x)));
    const auto base = static_cast<float>(math::pow(2.0, v));
    const double right = math::log(base) / 0.69314718055994531;
    worst_log2 = std::max(worst_log2, float_ulps(math::log2_lanes(base), right));
  }
  CHECK(worst_exp <= 2.0);
  CHECK(worst_exp2 <= 1.5);
  CHECK(worst_log2 <= 2.5);
}

TEST_CASE("float kernels equal the single function at every SIMD level") {
  const SimdLevel widest = simd_level();
  std::vector<float> x, out(4096);
  for (const double v : seeded(4096, 1e-3, 1e3)) x.push_back(static_cast<float>(v));
  for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
    if (!set_simd_level(level)) continue;
    pow_column(x.data(), -1.7f, out.data(), x.size());
    for (std::size_t i = 0; i < x.size(); ++i) REQUIRE(out[i] == math::pow_lanes(x[i], -1.7f));
  }
  set_simd_level(widest);
}
