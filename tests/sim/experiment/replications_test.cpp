#include "sim/experiment/replications.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "core/math.hpp"
#include "core/rng.hpp"

using namespace footfall;
using namespace footfall::experiment;

namespace {

std::vector<double> normals(std::size_t n, std::uint64_t id, double mean, double deviation) {
  Draws draws(random_key(77, 0, "test"), id, 0, 0);
  std::vector<double> out(n);
  for (double& x : out) x = mean + deviation * draws.normal();
  return out;
}

}  // namespace

TEST_CASE("student: quantiles and probabilities of tables") {
  struct Known {
    double p, dof, t;
  };
  // Closed forms for 1 to 3 degrees of freedom, else scipy 1.10.
  for (const Known& k : {Known{0.975, 1, 12.7062047361747},
                         {0.975, 2, 4.302652729911275},
                         {0.95, 9, 1.8331129326536335},
                         {0.975, 9, 2.2621571627409915},
                         {0.975, 29, 2.045229642132703},
                         {0.995, 99, 2.6264054563851857},
                         {0.9, 3, 1.63774435369621},
                         {0.999, 5, 5.893429532923187},
                         {0.975, 1e6, 1.9599663568141066}}) {
    CHECK(student_t_quantile(k.p, k.dof) == doctest::Approx(k.t).epsilon(1e-9));
    CHECK(student_t_quantile(1 - k.p, k.dof) == doctest::Approx(-k.t).epsilon(1e-9));
    CHECK(student_t_cdf(k.t, k.dof) == doctest::Approx(k.p).epsilon(1e-9));
  }
  for (const Known& k : {Known{0.6475836176504333, 1, 0.5},
                         {0.9303370157205785, 3, 2},
                         {0.11738391769618858, 7, -1.3},
                         {0.9995673039201984, 12, 4.4},
                         {0.5039853686972782, 250, 0.01},
                         {0.9750007184028492, 1e5, 1.96}}) {
    CHECK(student_t_cdf(k.t, k.dof) == doctest::Approx(k.p).epsilon(1e-9));
  }
  CHECK(student_t_quantile(0.5, 4) == doctest::Approx(0));
}

TEST_CASE("estimate: mean, deviation and interval of known numbers") {
  const std::vector<double> values{1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09};
  const Estimate e = estimate(values, 0.9);  // Law, example 4.26: 1.34 ± 0.24
  CHECK(e.mean == doctest::Approx(1.343));
  CHECK(e.half_width() == doctest::Approx(0.24).epsilon(0.02));
  CHECK(e.n == 10);
  CHECK(estimate({}, 0.95).n == 0);
  const Estimate one = estimate(std::vector<double>{7}, 0.95);
  CHECK(one.low == 7);
  CHECK(one.high == 7);
}

TEST_CASE("intervals of 95 % cover the truth in 93 to 97 % of 1,000 experiments") {
  for (const std::size_t n : {5u, 10u, 40u}) {
    int covered = 0;
    for (std::uint64_t run = 0; run < 1000; ++run) {
      const Estimate e = estimate(normals(n, 10'000 * n + run, 3, 2), 0.95);
      covered += e.low <= 3 && 3 <= e.high ? 1 : 0;
    }
    CHECK(covered >= 930);
    CHECK(covered <= 970);
  }
}

TEST_CASE("replicating until the interval is narrow: it is, and it covers") {
  struct Case {
    Precision precision;
    double most_wrong;
  };
  const Precision absolute{0.4, false, 0.95, 10}, relative{0.1, true, 0.95, 10};
  for (const Precision& p : {absolute, relative}) {
    int covered = 0;
    for (std::uint64_t run = 0; run < 1000; ++run) {
      const auto values = normals(2000, 500'000 + run, 3, 2);
      const std::uint32_t n = wanted_replications(values, p, 2000);
      REQUIRE(n < 2000);
      const Estimate e = estimate(std::span(values).first(n), 0.95);
      CHECK(e.half_width() <= (p.relative ? 0.1 * e.mean : 0.4));
      covered += e.low <= 3 && 3 <= e.high ? 1 : 0;
    }
    CHECK(covered >= 930);
    CHECK(covered <= 970);
  }
}

TEST_CASE("the number of replications does not depend on how many there are already") {
  const Precision p{0.5, false, 0.95, 10};
  const auto values = normals(500, 1, 0, 2);
  const std::uint32_t n = wanted_replications(values, p, 1000);
  CHECK(n <= 500);
  std::uint32_t looks = 0;
  for (std::uint32_t have = 0; have <= 500; ++have) {
    const std::uint32_t wanted = wanted_replications(std::span(values).first(have), p, 1000);
    CHECK(wanted <= n);
    CHECK((wanted > have || wanted == n));
    looks += wanted == have ? 1 : 0;
  }
  CHECK(looks == 1);
  CHECK(wanted_replications({}, p, 1000) == 10);
  CHECK(wanted_replications({}, p, 4) == 4);
  CHECK(wanted_replications(values, {1e-9, false, 0.95, 10}, 60) == 60);
  CHECK(wanted_replications(std::vector<double>(10, 5.0), p, 1000) == 10);
}
