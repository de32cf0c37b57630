#include "core/rng.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <set>
#include <vector>

#include <doctest/doctest.h>

#include "core/math.hpp"

using namespace footfall;

namespace {

constexpr int samples = 100'000;

Draws draws_of(std::uint64_t id) {
  return {random_key(42, 0, "rng_test"), id, 0, 0};
}

// Kolmogorov-Smirnov distance of samples from a distribution, times sqrt(n). Its 99.9 % quantile is
// 1.95; seeds are fixed, so that a passing test stays passing.
double ks_statistic(const std::function<double(Draws&)>& draw,
                    const std::function<double(double)>& cdf) {
  std::vector<double> values;
  for (int i = 0; i < samples; ++i) {
    Draws draws = draws_of(static_cast<std::uint64_t>(i));
    values.push_back(draw(draws));
  }
  std::sort(values.begin(), values.end());
  double distance = 0;
  for (int i = 0; i < samples; ++i) {
    const double p = cdf(values[static_cast<std::size_t>(i)]);
    distance = std::max(
        {distance, p - static_cast<double>(i) / samples, static_cast<double>(i + 1) / samples - p});
  }
  return distance * std::sqrt(static_cast<double>(samples));
}

// Chi-square of counts against probabilities, as a standard normal score (Wilson and Hilferty
// 1931). Classes with fewer than five expected are joined with the next.
double chi_square_score(const std::function<std::uint64_t(Draws&)>& draw,
                        const std::function<double(std::uint64_t)>& probability,
                        std::uint64_t highest) {
  std::vector<double> counts(static_cast<std::size_t>(highest + 2));
  for (int i = 0; i < samples; ++i) {
    Draws draws = draws_of(static_cast<std::uint64_t>(i));
    counts[static_cast<std::size_t>(std::min(draw(draws), highest + 1))] += 1;
  }
  double chi_square = 0, expected = 0, seen = 0, left = 1;
  int classes = 0;
  for (std::uint64_t k = 0; k <= highest + 1; ++k) {
    const double p = k <= highest ? probability(k) : left;
    left -= p;
    expected += p * samples;
    seen += counts[static_cast<std::size_t>(k)];
    if (expected < 5 || (left * samples < 5 && k <= highest)) continue;
    chi_square += (seen - expected) * (seen - expected) / expected;
    expected = seen = 0;
    ++classes;
  }
  const double freedom = classes - 1;
  const double spread = 2 / (9 * freedom);
  return (std::cbrt(chi_square / freedom) - (1 - spread)) / std::sqrt(spread);
}

double poisson_probability(double mean, std::uint64_t k) {
  const auto x = static_cast<double>(k);
  return std::exp(x * std::log(mean) - mean - std::lgamma(x + 1));
}

double binomial_probability(double n, double p, std::uint64_t k) {
  const auto x = static_cast<double>(k);
  if (x > n) return 0;
  return std::exp(std::lgamma(n + 1) - std::lgamma(x + 1) - std::lgamma(n - x + 1) +
                  x * std::log(p) + (n - x) * std::log1p(-p));
}

// Regularised lower incomplete gamma function by its series.
double gamma_cdf(double shape, double x) {
  double term = 1 / shape, sum = term;
  for (int k = 1; k < 500; ++k) {
    term *= x / (shape + k);
    sum += term;
  }
  return sum * std::exp(shape * std::log(x) - x - std::lgamma(shape));
}

}  // namespace

TEST_CASE("Philox4x32-10 gives its authors' answers") {
  CHECK(philox4x32_10({0, 0, 0, 0}, {0, 0}) ==
        Philox4{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(philox4x32_10({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) ==
        Philox4{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox4x32_10({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        Philox4{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
  CHECK(philox4x32_10({1, 0, 0, 0}, {1, 2}) ==
        Philox4{0x5f027b1e, 0xb2571bcc, 0x2851b0fa, 0xae652d64});
  CHECK(philox4x32_10({7, 0x16d, 3, 9}, {0x2a, 0x2b}) ==
        Philox4{0xa14ebac1, 0x13d52a42, 0x5c3ea9f8, 0x1aa0cca3});
}

TEST_CASE("draws depend on seed, replication, room, id, step and purpose, and on nothing else") {
  std::set<std::uint64_t> first;
  const auto add = [&](PhiloxKey key, std::uint64_t id, std::uint32_t step, std::uint8_t purpose) {
    first.insert(Draws(key, id, step, purpose).bits64());
  };
  const PhiloxKey key = random_key(1, 0, "a");
  add(key, 1, 0, 0);
  add(key, 1, 0, 0);
  CHECK(first.size() == 1);
  add(random_key(2, 0, "a"), 1, 0, 0);
  add(random_key(1ull << 32, 0, "a"), 1, 0, 0);
  add(random_key(1, 1, "a"), 1, 0, 0);
  add(random_key(1, 0, "b"), 1, 0, 0);
  add(key, 1ull << 32, 0, 0);
  add(key, 1, 1, 0);
  add(key, 1, 0, 1);
  CHECK(first.size() == 8);
}

TEST_CASE("uniform numbers stay in their ranges and are uniform") {
  CHECK(ks_statistic([](Draws& d) { return d.uniform(); }, [](double x) { return x; }) < 1.95);
  CHECK(ks_statistic([](Draws& d) { return d.uniform_open(); }, [](double x) { return x; }) < 1.95);
  Draws draws = draws_of(1);
  for (int i = 0; i < 1000; ++i) {
    CHECK(draws.uniform(2.0, 2.0) == 2.0);
    const double narrow = draws.uniform(1.0, std::nextafter(1.0, 2.0));
    REQUIRE(narrow == 1.0);
  }
}

TEST_CASE("below() is uniform for bounds that do not divide 2^32") {
  for (const std::uint32_t bound : {1u, 3u, 10u, 97u}) {
    CAPTURE(bound);
    if (bound == 1) {
      Draws draws = draws_of(7);
      CHECK(draws.below(1) == 0);
      continue;
    }
    const double score = chi_square_score([&](Draws& d) { return std::uint64_t{d.below(bound)}; },
                                          [&](std::uint64_t) { return 1.0 / bound; }, bound - 1);
    CHECK(std::abs(score) < 3.3);
  }
  // With this bound a plain product would favour every third value by a half.
  constexpr std::uint32_t bound = 0xC0000000;
  std::array<int, 3> thirds{};
  Draws draws = draws_of(8);
  for (int i = 0; i < samples; ++i) ++thirds[draws.below(bound) % 3];
  for (const int n : thirds) CHECK(std::abs(n - samples / 3.0) < 500);
}

TEST_CASE("continuous distributions against their closed forms") {
  const auto normal_cdf = [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); };
  CHECK(ks_statistic([](Draws& d) { return d.normal(); }, normal_cdf) < 1.95);
  CHECK(ks_statistic([](Draws& d) { return d.exponential(); },
                     [](double x) { return -std::expm1(-x); }) < 1.95);
  CHECK(ks_statistic([](Draws& d) { return d.gumbel(); },
                     [](double x) { return std::exp(-std::exp(-x)); }) < 1.95);
  for (const double shape : {0.3, 1.0, 2.5, 40.0}) {
    CAPTURE(shape);
    CHECK(ks_statistic([&](Draws& d) { return d.gamma(shape); },
                       [&](double x) { return gamma_cdf(shape, x); }) < 1.95);
  }
  const auto triangular_cdf = [](double x) {
    return x < 2 ? (x - 1) * (x - 1) / 4 : 1 - (5 - x) * (5 - x) / 12;
  };
  CHECK(ks_statistic([](Draws& d) { return d.triangular(1, 2, 5); }, triangular_cdf) < 1.95);
  Draws draws = draws_of(1);
  CHECK(draws.triangular(3, 3, 3) == 3);
  CHECK(draws.triangular(0, 0, 1) < 1);
}

TEST_CASE("normal quantile by symmetry and in the far tail") {
  // The 4th and 8th moments of 1e5 draws, exact values 3 and 105.
  double fourth = 0, eighth = 0;
  for (int i = 0; i < samples; ++i) {
    Draws draws = draws_of(static_cast<std::uint64_t>(i));
    const double x = draws.normal();
    fourth += x * x * x * x / samples;
    eighth += std::pow(x, 8) / samples;
  }
  CHECK(fourth == doctest::Approx(3).epsilon(0.03));
  CHECK(eighth == doctest::Approx(105).epsilon(0.15));
}

TEST_CASE("Poisson by inversion and by rejection") {
  for (const double mean : {0.4, 3.0, 9.99, 10.0, 37.5, 400.0}) {
    CAPTURE(mean);
    const auto highest = static_cast<std::uint64_t>(mean + 8 * std::sqrt(mean) + 8);
    const double score =
        chi_square_score([&](Draws& d) { return d.poisson(mean); },
                         [&](std::uint64_t k) { return poisson_probability(mean, k); }, highest);
    CHECK(std::abs(score) < 3.3);
  }
  Draws draws = draws_of(3);
  CHECK(draws.poisson(0) == 0);
  const double large = static_cast<double>(draws.poisson(1e9));
  CHECK(std::abs(large - 1e9) < 6 * std::sqrt(1e9));
}

TEST_CASE("binomial by inversion and by rejection, on both sides of one half") {
  struct Case {
    std::uint64_t n;
    double p;
  };
  for (const Case c : {Case{1, 0.5}, Case{10, 0.3}, Case{100, 0.05}, Case{100, 0.4}, Case{90, 0.9},
                       Case{1000, 0.5}, Case{100'000, 0.999}}) {
    CAPTURE(c.n);
    CAPTURE(c.p);
    const auto size = static_cast<double>(c.n);
    const double score = chi_square_score(
        [&](Draws& d) { return c.p > 0.99 ? c.n - d.binomial(c.n, c.p) : d.binomial(c.n, c.p); },
        [&](std::uint64_t k) { return binomial_probability(size, c.p > 0.99 ? 1 - c.p : c.p, k); },
        std::min<std::uint64_t>(c.n, 700));
    CHECK(std::abs(score) < 3.3);
  }
  Draws draws = draws_of(4);
  CHECK(draws.binomial(0, 0.5) == 0);
  CHECK(draws.binomial(50, 0) == 0);
  CHECK(draws.binomial(50, 1) == 50);
}

TEST_CASE("bernoulli is certain at 0 and 1 and always takes one draw") {
  Draws a = draws_of(5), b = draws_of(5);
  for (int i = 0; i < 1000; ++i) {
    REQUIRE_FALSE(a.bernoulli(0));
    REQUIRE(b.bernoulli(1));
  }
  CHECK(a.bits64() == b.bits64());
}

TEST_CASE("shuffle reaches every order equally often") {
  const double score = chi_square_score(
      [](Draws& d) {
        std::uint32_t items[] = {0, 1, 2, 3};
        shuffle(items, d);
        return std::uint64_t{items[0] * 6 + (items[1] - (items[1] > items[0] ? 1 : 0)) * 2 +
                             (items[2] > items[3] ? 1u : 0u)};
      },
      [](std::uint64_t) { return 1.0 / 24; }, 23);
  CHECK(std::abs(score) < 3.3);
}

TEST_CASE("alias table follows its weights and never gives a weight of zero") {
  const std::vector<double> weights = {3, 0, 1, 0.5, 10, 0, 2.5};
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  const AliasTable table(weights);
  CHECK(table.size() == weights.size());
  const double score = chi_square_score(
      [&](Draws& d) { return std::uint64_t{table.sample(d)}; },
      [&](std::uint64_t k) { return weights[static_cast<std::size_t>(k)] / total; }, 6);
  CHECK(std::abs(score) < 3.3);
  Draws draws = draws_of(6);
  for (int i = 0; i < samples; ++i) REQUIRE(weights[table.sample(draws)] > 0);
}
