#include "sim/catchment/market.hpp"

#include <cstdlib>

#include <doctest/doctest.h>

#include "core/parallel.hpp"
#include "tests/sim/catchment/town.hpp"

using namespace footfall;
using namespace footfall::catchment;
using namespace footfall::catchment::testing;
using scenario::Role;
using scenario::Scenario;

namespace {

const Job no_job;

struct Base {
  Market market;
  std::vector<Supply> stores;
};
Base base_of(const Scenario& town, Measure measure = Measure::straight_distance) {
  auto market = Market::build(town, measure, no_job);
  REQUIRE_MESSAGE(market.has_value(), (market ? "" : describe(market.error())));
  auto stores = supplies(*market, town, no_job);
  REQUIRE(stores.has_value());
  return {std::move(*market), std::move(*stores)};
}

Costs costs_to(const Market& market, LonLat place) {
  Market::Scratch scratch;
  return market.costs_to(place, scratch);
}

double sum(const std::vector<double>& values) {
  double total = 0;
  for (const double value : values) total += value;
  return total;
}

/// |a - b| / |b|, 0 where both are 0.
double off(double a, double b) {
  const double difference = a > b ? a - b : b - a;
  return difference == 0 ? 0 : difference / (b < 0 ? -b : b);
}

}  // namespace

TEST_CASE("two stores on one street: halves in the middle, exactly") {
  Scenario town;
  add_people(town, 0, 0, 100);
  add_store(town, -1000, 0, 800, Role::competitor);
  Base base = base_of(town);
  Choice choice = straight_choice();
  choice.outside_utility = 0;
  const catchment::Field f = field(base.market, base.stores, choice);
  std::vector<float> share(1);
  const LonLat same = town.stores[0].place;
  const Entry entry = enter(base.market, f, costs_to(base.market, same), 800, share);
  CHECK(share[0] == 0.5f);
  CHECK(entry.sales == entry.from_competitors);
  CHECK(entry.sales == doctest::Approx(f.sales[0] / 2).epsilon(1e-7));
}

TEST_CASE("two stores on one street: area and distance in ratio 2 : 1") {
  Scenario town;
  add_people(town, 0, 0, 100);
  add_store(town, -1000, 0, 2000, Role::own);
  add_store(town, 2000, 0, 1000, Role::competitor);
  Base base = base_of(town);
  Choice choice = straight_choice();
  choice.outside_utility = 0;
  choice.access = 0.01;
  for (const double exponent : {1.0, 2.0, 3.0}) {
    choice.decay_value = exponent;
    const catchment::Field f = field(base.market, base.stores, choice);
    const double ratio = 2 * math::pow(2.01 / 1.01, exponent);
    // Places are rounded to 1e-7 degree, about a centimetre, on the way to the frame.
    CHECK(f.sales[0] / f.sales[1] == doctest::Approx(ratio).epsilon(5e-5));
    const std::vector<double> exact = exact_sales(base.market, base.stores, choice);
    CHECK(off(f.sales[0], exact[0]) < 1e-6);
    CHECK(off(f.sales[1], exact[1]) < 1e-6);
  }
}

TEST_CASE("sales equal a brute-force sum in double; no store is left out, however far") {
  Scenario town = random_town(3, 200, 50);
  add_street(town);
  for (const Measure measure :
       {Measure::straight_distance, Measure::drive_time, Measure::walk_time}) {
    const Base base = base_of(town, measure);
    for (const Decay decay : {Decay::power, Decay::exponential}) {
      for (const double value : {0.3, 1.0, 2.2}) {
        Choice choice = straight_choice(decay, decay == Decay::power ? value : value / 5);
        choice.measure = measure;
        if (base.market.by_road()) choice.access = 2;
        const catchment::Field f = field(base.market, base.stores, choice);
        const std::vector<double> exact = exact_sales(base.market, base.stores, choice);
        CAPTURE(value);
        for (std::size_t k = 0; k < exact.size(); ++k) CHECK(off(f.sales[k], exact[k]) < 1e-6);
      }
    }
  }
}

TEST_CASE("money is conserved to 1e-12") {
  for (const int points : {1, 127, 128, 129, 1000, 20'000}) {
    Scenario town = random_town(static_cast<std::uint64_t>(points), points, 17);
    town.demand[0].residents = 3;
    add_street(town);
    for (const Measure measure : {Measure::straight_distance, Measure::drive_time}) {
      const Base base = base_of(town, measure);
      for (const Decay decay : {Decay::power, Decay::exponential}) {
        Choice choice = straight_choice(decay, 1.3);
        choice.measure = measure;
        if (base.market.by_road()) choice.access = 2;
        for (const double outside : {0.0, 0.05}) {
          choice.outside_utility = outside;
          const catchment::Field f = field(base.market, base.stores, choice);
          CHECK(off(sum(f.sales) + f.outside + f.online, f.spending) < 1e-12);
        }
      }
    }
  }
}

TEST_CASE("a store that enters is a field with that store added") {
  Scenario town = random_town(5, 1500, 20);
  add_street(town);
  for (const Measure measure : {Measure::straight_distance, Measure::drive_time}) {
    const Base base = base_of(town, measure);
    Choice choice = straight_choice();
    choice.measure = measure;
    if (base.market.by_road()) choice.access = 2;
    const catchment::Field before = field(base.market, base.stores, choice);
    const Costs costs = costs_to(base.market, place_at(700, 300));
    std::vector<float> shares(base.market.demand_count());
    const Entry entry = enter(base.market, before, costs, 1500, shares);

    std::vector<Supply> with = base.stores;
    with.push_back({StoreId{99}, 1500, true, costs});
    const catchment::Field after = field(base.market, with, choice);
    CHECK(off(entry.sales, after.sales.back()) < 1e-6);
    CHECK(off(entry.from_outside, before.outside - after.outside) < 2e-6);
    const std::vector<double> lost = losses(base.market, before, base.stores, costs, 1500);
    double own = 0;
    for (std::size_t k = 0; k < lost.size(); ++k) {
      CHECK(lost[k] == doctest::Approx(before.sales[k] - after.sales[k]).epsilon(1e-4));
      if (base.stores[k].own) own += lost[k];
    }
    CHECK(off(sum(lost), entry.sales - entry.from_outside) < 1e-6);
    CHECK(off(own, entry.transferred) < 1e-6);
    CHECK(off(entry.transferred + entry.from_competitors + entry.from_outside, entry.sales) <
          1e-12);
    double by_share = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      by_share += static_cast<double>(before.weight[i]) * static_cast<double>(shares[i]);
    }
    CHECK(off(by_share, entry.sales) < 1e-6);
    CHECK(enter(base.market, before, costs, 1500).sales == entry.sales);
  }
}

TEST_CASE("a store at the other end of the world changes next to nothing") {
  const Scenario town = random_town(6, 500, 9);
  const Base base = base_of(town);
  const Choice choice = straight_choice(Decay::exponential, 0.25);
  const catchment::Field f = field(base.market, base.stores, choice);
  const Entry entry =
      enter(base.market, f, costs_to(base.market, {-840'000'000, -471'400'000}), 5000);
  CHECK(entry.sales >= 0);
  CHECK(entry.sales < 1e-9 * f.spending);
}

TEST_CASE("without stores everything is spent outside, and a newcomer takes from there") {
  const Scenario town = random_town(7, 300, 0);
  const Base base = base_of(town);
  Choice choice = straight_choice();
  for (const double outside : {0.0, 0.02}) {
    choice.outside_utility = outside;
    const catchment::Field f = field(base.market, base.stores, choice);
    CHECK(off(f.outside + f.online, f.spending) < 1e-12);
    CHECK(f.unserved_points == 300);
    CHECK(off(f.unserved, f.outside) < 1e-12);
    const Entry entry = enter(base.market, f, costs_to(base.market, place_at(0, 0)), 1000);
    CHECK(entry.transferred == 0);
    CHECK(entry.from_competitors == 0);
    CHECK(entry.sales == entry.from_outside);
    if (outside == 0) CHECK(off(entry.sales, f.outside) < 1e-6);
    if (outside > 0) CHECK(entry.sales < f.outside);
  }
}

TEST_CASE(
    "whoever lives far from any road reaches no store by car; a candidate there sells nothing") {
  Scenario town;
  add_street(town);
  add_people(town, 100, 50, 10);
  add_people(town, 0, 9000, 30);
  add_people(town, 0, -9000, 0);
  add_store(town, 1000, 0, 900, Role::competitor);
  const Base base = base_of(town, Measure::drive_time);
  REQUIRE(base.market.warnings().size() == 1);
  CHECK(base.market.warnings()[0].find("2 of 3 demand points (30 residents)") == 0);
  Choice choice = straight_choice();
  choice.measure = Measure::drive_time;
  choice.access = 2;
  choice.outside_utility = 0;
  const catchment::Field f = field(base.market, base.stores, choice);
  CHECK(f.unserved_points == 1);
  CHECK(off(f.outside, 0.75 * (f.spending - f.online)) < 1e-12);
  CHECK(off(f.sales[0] + f.outside + f.online, f.spending) < 1e-12);
  const Costs far = costs_to(base.market, place_at(0, 8000));
  CHECK(far.far);
  CHECK(enter(base.market, f, far, 1000).sales == 0);
  const Costs near = costs_to(base.market, place_at(500, 20));
  CHECK_FALSE(near.far);
  CHECK(enter(base.market, f, near, 1000).sales > 0);
}

TEST_CASE("places that no frame can hold give figures, not faults") {
  const Scenario town = random_town(8, 50, 3);
  const Base base = base_of(town);
  const catchment::Field f = field(base.market, base.stores, straight_choice());
  for (const LonLat place : {LonLat{-1'800'000'000, 0}, LonLat{0, 900'000'000},
                             LonLat{1'800'000'000, -900'000'000}, LonLat{995'200'000, 0}}) {
    const Entry entry = enter(base.market, f, costs_to(base.market, place), 1);
    CHECK(entry.sales >= 0);
    CHECK(entry.sales < f.spending);
  }
}

TEST_CASE("bad input is told, all of it") {
  Scenario town;
  auto market = Market::build(town, Measure::straight_distance, no_job);
  REQUIRE_FALSE(market.has_value());
  CHECK(describe(market.error()).find("demand.csv: has no demand points") == 0);
  market = Market::build(town, Measure::drive_time, no_job);
  REQUIRE_FALSE(market.has_value());
  CHECK(market.error().size() == 2);
  CHECK(describe(market.error()).find("roads.geojson: is missing") != std::string::npos);

  add_people(town, 0, 0, 0);
  market = Market::build(town, Measure::straight_distance, no_job);
  REQUIRE_FALSE(market.has_value());
  CHECK(describe(market.error()).find("no residents at all") != std::string::npos);

  town.demand[0].residents = 1;
  add_street(town);
  for (scenario::RoadLine& road : town.roads) road.walk = false;
  CHECK(Market::build(town, Measure::drive_time, no_job).has_value());
  market = Market::build(town, Measure::walk_time, no_job);
  REQUIRE_FALSE(market.has_value());
  CHECK(describe(market.error()).find("no roads for this way of travelling") != std::string::npos);
}

TEST_CASE("a cancelled job gives no market and no costs") {
  Scenario town = random_town(9, 50, 3);
  const Base base = base_of(town);
  Job job;
  job.cancel();
  const auto market = Market::build(town, Measure::straight_distance, job);
  REQUIRE_FALSE(market.has_value());
  CHECK(market.error()[0].message == cancelled_message);
  CHECK_FALSE(supplies(base.market, town, job).has_value());
}

TEST_CASE("the bits do not depend on the number of threads") {
  const Scenario town = random_town(10, 40'000, 12);
  const Base base = base_of(town);
  const Costs costs = costs_to(base.market, place_at(10, 20));
  std::string first;
  for (const int threads : {1, 2, 4}) {
    set_thread_count(threads);
    const catchment::Field f = field(base.market, base.stores, straight_choice());
    const Entry entry = enter(base.market, f, costs, 900);
    std::string bytes = pack(f);
    bytes.append(reinterpret_cast<const char*>(&entry), sizeof entry);
    if (first.empty()) first = bytes;
    CHECK(bytes == first);
  }
  set_thread_count(0);
}

TEST_CASE("a packed field comes back whole") {
  Scenario town = random_town(11, 300, 5);
  add_street(town);
  for (const Measure measure : {Measure::straight_distance, Measure::drive_time}) {
    const Base base = base_of(town, measure);
    Choice choice = straight_choice();
    choice.measure = measure;
    const catchment::Field f = field(base.market, base.stores, choice);
    const std::string bytes = pack(f);
    const auto again = unpack_field(bytes);
    REQUIRE(again.has_value());
    CHECK(pack(*again) == bytes);
    const Costs costs = costs_to(base.market, place_at(100, 100));
    CHECK(enter(base.market, *again, costs, 700).sales == enter(base.market, f, costs, 700).sales);
    for (std::size_t size = 0; size < bytes.size(); size += 17) {
      CHECK_FALSE(unpack_field(std::string_view(bytes).substr(0, size)).has_value());
    }
    CHECK_FALSE(unpack_field(bytes + "x").has_value());
  }
}

TEST_CASE("broken bytes are refused or make a field of finite numbers") {
  const Base base = base_of(random_town(12, 40, 3));
  const std::string bytes = pack(field(base.market, base.stores, straight_choice()));
  const char* asked = std::getenv("FOOTFALL_FUZZ");
  const int rounds = asked != nullptr ? std::atoi(asked) : 500;
  int refused = 0;
  for (int round = 0; round < rounds; ++round) {
    Draws draws(random_key(12, static_cast<std::uint32_t>(round), "test"), 1, 0, 0);
    std::string broken = bytes;
    const std::uint32_t changes = 1 + draws.below(4);
    for (std::uint32_t c = 0; c < changes; ++c) {
      const std::uint32_t at = draws.below(static_cast<std::uint32_t>(broken.size()));
      broken[at] = static_cast<char>(draws.below(256));
    }
    if (draws.below(4) == 0) broken.resize(draws.below(static_cast<std::uint32_t>(broken.size())));
    const auto back = unpack_field(broken);
    if (!back) {
      ++refused;
      continue;
    }
    CHECK(back->own.size() == back->weight.size());
    CHECK(pack(*back).size() == broken.size());
  }
  CHECK(refused > 0);
}

TEST_CASE("a factor acts as the sales area does, on its store alone") {
  Scenario town = random_town(11, 60, 2, 1);
  town.stores[1].floor_area_m2 = 1500;
  Scenario larger = town;
  larger.stores[1].floor_area_m2 = 3000;
  town.parameters["catchment"]["attraction"] = "2:2";
  const Choice choice = central(*read_params(town));
  const Base with_factor = base_of(town), with_area = base_of(larger);
  CHECK(with_factor.stores[0].attraction == 1);
  CHECK(with_factor.stores[1].attraction == 2);
  const catchment::Field f = field(with_factor.market, with_factor.stores, choice);
  const catchment::Field g = field(with_area.market, with_area.stores, choice);
  for (std::size_t k = 0; k < 2; ++k) CHECK(off(f.sales[k], g.sales[k]) < 1e-6);
  const Costs site = costs_to(with_factor.market, town.stores[2].place);
  CHECK(off(enter(with_factor.market, f, site, 1000).sales,
            enter(with_area.market, g, site, 1000).sales) < 1e-6);
  CHECK(off(sum(losses(with_factor.market, f, with_factor.stores, site, 1000)),
            sum(losses(with_area.market, g, with_area.stores, site, 1000))) < 1e-6);
}

TEST_CASE("factors survive their text; those of no open store and those that are none are named") {
  const std::vector<Factor> factors{{{3}, 1.25}, {{12}, 0.001}};
  const auto back = parse_factors(factors_text(factors));
  REQUIRE(back.has_value());
  CHECK(back->size() == 2);
  CHECK(back->at(1).store == StoreId{12});
  CHECK(back->at(1).factor == 0.001);
  CHECK(parse_factors(" ")->empty());
  Scenario town = random_town(12, 5, 1, 1);
  const auto market = Market::build(town, Measure::straight_distance, no_job);
  REQUIRE(market.has_value());
  for (const char* wrong :
       {"2:2", "9:2", "1:0", "1:1001", "1:nan", "1", "x:2", "1:2, 1:3", ",", "1:2;"}) {
    CAPTURE(wrong);
    town.parameters["catchment"]["attraction"] = wrong;
    const auto stores = supplies(*market, town, no_job);
    REQUIRE_FALSE(stores.has_value());
    CHECK(stores.error().front().place == "parameters/catchment/attraction");
  }
}
