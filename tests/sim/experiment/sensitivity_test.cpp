#include "sim/experiment/sensitivity.hpp"

#include <limits>

#include <doctest/doctest.h>

#include "core/math.hpp"
#include "core/parallel.hpp"

using namespace footfall;
using namespace footfall::experiment;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Ishigami and Homma 1990 with a = 7, b = 0.1 over [-π, π]³.
double ishigami(std::span<const double> u) {
  const auto x = [&](std::size_t i) { return (2 * u[i] - 1) * math::pi; };
  const double s1 = math::sin(x(0)), s2 = math::sin(x(1)), x3 = x(2) * x(2);
  return s1 + 7 * s2 * s2 + 0.1 * x3 * x3 * s1;
}

template <class Function>
std::vector<double> values_at(const Points& points, const Function& f) {
  std::vector<double> out(points.count);
  for (std::size_t i = 0; i < points.count; ++i) out[i] = f(points.row(i));
  return out;
}

}  // namespace

TEST_CASE("sobol indices of the Ishigami function") {
  const Points points = saltelli(1 << 13, 3, 1);
  const SobolResult r = sobol_indices(3, values_at(points, ishigami), 1, 0.95, 200);
  const double first[] = {0.3139, 0.4424, 0}, total[] = {0.5576, 0.4424, 0.2437};
  for (std::size_t d = 0; d < 3; ++d) {
    CHECK(r.variables[d].first.value == doctest::Approx(first[d]).epsilon(0.01));
    CHECK(r.variables[d].total.value == doctest::Approx(total[d]).epsilon(0.01));
    CHECK(r.variables[d].first.low <= first[d]);
    CHECK(r.variables[d].first.high >= first[d]);
    CHECK(r.variables[d].total.low <= total[d]);
    CHECK(r.variables[d].total.high >= total[d]);
  }
  CHECK(r.variance == doctest::Approx(13.8446).epsilon(0.01));
  CHECK(r.used == (1 << 13));
}

TEST_CASE(
    "sobol indices: intervals narrow with the root of the blocks, and threads change nothing") {
  const auto width = [](std::size_t n) {
    const auto r = sobol_indices(3, values_at(saltelli(n, 3, 2), ishigami), 4, 0.95, 400);
    return r.variables[0].first.high - r.variables[0].first.low;
  };
  CHECK(width(256) / width(4096) == doctest::Approx(4).epsilon(0.35));
  const auto values = values_at(saltelli(128, 3, 2), ishigami);
  set_thread_count(1);
  const double serial = sobol_indices(3, values, 4, 0.95).variables[1].total.high;
  set_thread_count(4);
  CHECK(sobol_indices(3, values, 4, 0.95).variables[1].total.high == serial);
  set_thread_count(0);
}

TEST_CASE("sobol indices: blocks with missing values are left out, constants have no variance") {
  const Points points = saltelli(512, 3, 1);
  auto values = values_at(points, ishigami);
  values[7] = missing;
  values[5 * 100 + 4] = missing;
  const SobolResult r = sobol_indices(3, values, 1, 0.95);
  CHECK(r.used == 510);
  CHECK(r.variables[1].first.value == doctest::Approx(0.4424).epsilon(0.1));
  const SobolResult flat = sobol_indices(3, std::vector<double>(points.count, 4.0), 1, 0.95);
  CHECK(flat.variance == 0);
  CHECK(flat.variables[0].total.high == 0);
  CHECK(sobol_indices(3, std::vector<double>(points.count, missing), 1, 0.95).used == 0);
}

TEST_CASE("morris: a straight line has its slopes as effects, without scatter") {
  const Points points = morris(10, 3, 1);
  const auto r = morris_indices(
      points, values_at(points, [](auto u) { return 2 * u[0] - 5 * u[1] + 0 * u[2]; }), 0.95);
  CHECK(r.used == 10);
  const double slope[] = {2, -5, 0};
  for (std::size_t d = 0; d < 3; ++d) {
    CHECK(r.variables[d].mu == doctest::Approx(slope[d]));
    CHECK(r.variables[d].mu_star.value == doctest::Approx(slope[d] < 0 ? -slope[d] : slope[d]));
    CHECK(r.variables[d].sigma == doctest::Approx(0).epsilon(1e-9));
  }
}

TEST_CASE("morris: effects that cancel show in mu*, interactions in sigma") {
  const Points points = morris(200, 2, 8);
  // d/du0 of u0 (u1 - 1/2) is u1 - 1/2: ±1/2 and ±1/6 at the four levels, mean size 1/3.
  const auto r =
      morris_indices(points, values_at(points, [](auto u) { return u[0] * (u[1] - 0.5); }), 0.95);
  CHECK(r.variables[0].mu_star.low <= 1.0 / 3);
  CHECK(r.variables[0].mu_star.high >= 1.0 / 3);
  CHECK(r.variables[0].mu == doctest::Approx(0).epsilon(0.06));
  CHECK(r.variables[0].sigma == doctest::Approx(0.3727).epsilon(0.1));
  auto values = values_at(points, [](auto u) { return u[0]; });
  values[4] = missing;
  CHECK(morris_indices(points, values, 0.95).used == 199);
}
