// Known parameters come back: shares or choices are made in a generated city, and a small estimator
// that shares no code with the model finds the exponents again.
#include <array>

#include <doctest/doctest.h>

#include "sim/catchment/market.hpp"
#include "sim/scenario/generate.hpp"
#include "tests/sim/catchment/town.hpp"

using namespace footfall;
using namespace footfall::catchment;

namespace {

constexpr double true_area_exponent = 0.85;
constexpr double true_decay_exponent = 1.73;

struct Shares {
  std::vector<std::vector<double>> of_store;             // [store][point]
  std::vector<std::vector<std::array<double, 2>>> logs;  // [store][point]: log area, log cost
};

/// Each store's shares are those with which it would enter the market of all others.
Shares city_shares() {
  scenario::CityParams params;
  params.demand_points = 800;
  params.own_stores = 2;
  params.competitors = 7;
  const auto city = scenario::generate_city(params);
  REQUIRE(city.has_value());
  const Job job;
  const auto market = Market::build(*city, Measure::straight_distance, job);
  REQUIRE(market.has_value());
  const auto all = supplies(*market, *city, job);
  REQUIRE(all.has_value());
  Choice choice = catchment::testing::straight_choice(Decay::power, true_decay_exponent);
  choice.area_exponent = true_area_exponent;
  choice.outside_utility = 0;
  Shares out;
  for (std::size_t k = 0; k < all->size(); ++k) {
    const Supply& store = (*all)[k];
    std::vector<Supply> others = *all;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(k));
    std::vector<float> shares(market->demand_count());
    enter(*market, field(*market, others, choice), store.costs, store.floor_area_m2, shares);
    out.of_store.emplace_back(shares.begin(), shares.end());
    auto& logs = out.logs.emplace_back();
    for (std::size_t i = 0; i < shares.size(); ++i) {
      const double km = geo::distance_m(market->places()[i], store.costs.place) / 1000;
      logs.push_back({math::log(store.floor_area_m2), math::log(km + choice.access)});
    }
  }
  return out;
}

std::array<double, 2> solved(const std::array<double, 3>& m, const std::array<double, 2>& v) {
  const double det = m[0] * m[2] - m[1] * m[1];
  return {(v[0] * m[2] - v[1] * m[1]) / det, (v[1] * m[0] - v[0] * m[1]) / det};
}

}  // namespace

TEST_CASE("log-centred least squares (Nakanishi and Cooper 1974) find the exponents in shares") {
  const Shares shares = city_shares();
  const std::size_t stores = shares.of_store.size();
  std::array<double, 3> m{};
  std::array<double, 2> v{};
  for (std::size_t i = 0; i < shares.of_store[0].size(); ++i) {
    double mean_p = 0;
    std::array<double, 2> mean{};
    for (std::size_t k = 0; k < stores; ++k) {
      mean_p += math::log(shares.of_store[k][i]) / static_cast<double>(stores);
      for (int h = 0; h < 2; ++h) mean[h] += shares.logs[k][i][h] / static_cast<double>(stores);
    }
    for (std::size_t k = 0; k < stores; ++k) {
      const double y = math::log(shares.of_store[k][i]) - mean_p;
      const double a = shares.logs[k][i][0] - mean[0], c = shares.logs[k][i][1] - mean[1];
      m[0] += a * a;
      m[1] += a * c;
      m[2] += c * c;
      v[0] += a * y;
      v[1] += c * y;
    }
  }
  const auto found = solved(m, v);
  CHECK(found[0] == doctest::Approx(true_area_exponent).epsilon(1e-5));
  CHECK(found[1] == doctest::Approx(-true_decay_exponent).epsilon(1e-5));
}

TEST_CASE("maximum likelihood finds the exponents in choices, within four standard errors") {
  const Shares shares = city_shares();
  const std::size_t stores = shares.of_store.size(), points = shares.of_store[0].size();
  std::vector<std::size_t> chosen;
  constexpr std::size_t trips = 25;  // per point
  for (std::size_t i = 0; i < points; ++i) {
    Draws draws(random_key(77, 0, "test"), i, 0, 0);
    for (std::size_t t = 0; t < trips; ++t) {
      double left = draws.uniform();
      std::size_t k = 0;
      while (k + 1 < stores && left >= shares.of_store[k][i]) left -= shares.of_store[k++][i];
      chosen.push_back(k);
    }
  }
  std::array<double, 2> at{1, -1};
  std::array<double, 3> information{};
  for (int step = 0; step < 12; ++step) {
    information = {};
    std::array<double, 2> score{};
    for (std::size_t i = 0; i < points; ++i) {
      std::vector<double> p(stores);
      double total = 0;
      for (std::size_t k = 0; k < stores; ++k) {
        const auto& x = shares.logs[k][i];
        total += p[k] = math::exp(at[0] * x[0] + at[1] * x[1]);
      }
      std::array<double, 2> mean{};
      for (std::size_t k = 0; k < stores; ++k) {
        p[k] /= total;
        for (int h = 0; h < 2; ++h) mean[h] += p[k] * shares.logs[k][i][h];
      }
      for (std::size_t k = 0; k < stores; ++k) {
        const double a = shares.logs[k][i][0] - mean[0], c = shares.logs[k][i][1] - mean[1];
        const double n = static_cast<double>(trips) * p[k];
        information[0] += n * a * a;
        information[1] += n * a * c;
        information[2] += n * c * c;
      }
      for (std::size_t t = 0; t < trips; ++t) {
        const auto& x = shares.logs[chosen[i * trips + t]][i];
        for (int h = 0; h < 2; ++h) score[h] += x[h] - mean[h];
      }
    }
    const auto move = solved(information, score);
    at = {at[0] + move[0], at[1] + move[1]};
  }
  const double det = information[0] * information[2] - information[1] * information[1];
  const double error_area = math::sqrt(information[2] / det);
  const double error_decay = math::sqrt(information[0] / det);
  CHECK(error_area < 0.03);
  CHECK(error_decay < 0.03);
  CHECK(math::sqrt((at[0] - true_area_exponent) * (at[0] - true_area_exponent)) < 4 * error_area);
  CHECK(math::sqrt((at[1] + true_decay_exponent) * (at[1] + true_decay_exponent)) <
        4 * error_decay);
}
