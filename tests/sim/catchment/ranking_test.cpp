#include "sim/catchment/ranking.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "core/parallel.hpp"
#include "sim/scenario/generate.hpp"
#include "tests/sim/catchment/town.hpp"

using namespace footfall;
using namespace footfall::catchment;
using namespace footfall::catchment::testing;
using scenario::Role;
using scenario::Scenario;

namespace {

Ranking ranked(const Scenario& town, const Params& params, const RankOptions& options,
               const std::vector<StoreId>& only = {}) {
  const Job job;
  const auto market = Market::build(town, params.measure, job);
  REQUIRE_MESSAGE(market.has_value(), (market ? "" : describe(market.error())));
  auto ranking = rank(*market, town, params, options, only, job);
  REQUIRE(ranking.has_value());
  return std::move(*ranking);
}

Scenario city() {
  scenario::CityParams params;
  params.demand_points = 600;
  params.residents = 30'000;
  params.radius_m = 3000;
  params.candidates = 8;
  params.seed = 5;
  auto made = scenario::generate_city(params);
  REQUIRE(made.has_value());
  return std::move(*made);
}

Params straight_params() {
  Params params;
  params.measure = Measure::straight_distance;
  return params;
}

std::string bytes_of(const Ranking& ranking) {
  std::string out = pack(ranking.field);
  const auto put = [&](const Spread& s) {
    out.append(reinterpret_cast<const char*>(&s), sizeof s);
  };
  for (const SiteResult& site : ranking.sites) {
    out += std::to_string(site.id.value);
    for (const Spread& s :
         {site.sales, site.net_new, site.transferred, site.from_competitors, site.from_outside}) {
      put(s);
    }
    out += site.reason_en + site.reason_zh + std::to_string(site.top1);
  }
  for (const Spread& s : ranking.store_sales) put(s);
  return out;
}

const SiteResult& site_of(const Ranking& ranking, StoreId id) {
  const auto at = std::find_if(ranking.sites.begin(), ranking.sites.end(),
                               [&](const SiteResult& site) { return site.id == id; });
  REQUIRE(at != ranking.sites.end());
  return *at;
}

}  // namespace

TEST_CASE("ranking of a city by road: order, balance, intervals, stability") {
  const Scenario town = city();
  RankOptions options;
  options.draws = 60;
  const Ranking ranking = ranked(town, Params{}, options);
  REQUIRE(ranking.sites.size() == 8);
  double first = 0, five = 0;
  for (std::size_t i = 0; i < ranking.sites.size(); ++i) {
    const SiteResult& site = ranking.sites[i];
    if (i > 0) CHECK(ranking.sites[i - 1].net_new.value >= site.net_new.value);
    CHECK(site.net_new.value + site.transferred.value == doctest::Approx(site.sales.value));
    for (const Spread& s :
         {site.sales, site.net_new, site.transferred, site.from_competitors, site.from_outside}) {
      CHECK(s.low <= s.value);
      CHECK(s.value <= s.high);
      CHECK(s.low >= 0);
    }
    CHECK(site.sales.low < site.sales.high);
    double own = 0, others = 0;
    for (const StoreLoss& loss : site.own_losses) own += loss.loss;
    for (const StoreLoss& loss : site.competitor_losses) others += loss.loss;
    CHECK(own == doctest::Approx(site.transferred.value).epsilon(1e-6));
    CHECK(others == doctest::Approx(site.from_competitors.value).epsilon(1e-6));
    CHECK(std::is_sorted(site.own_losses.begin(), site.own_losses.end(),
                         [](const StoreLoss& a, const StoreLoss& b) { return a.loss > b.loss; }));
    CHECK(site.residents_5min <= site.residents_10min);
    CHECK(site.residents_10min <= site.residents_15min);
    CHECK(site.residents_15min <= 30'000.5);
    CHECK(site.top1 <= site.top3);
    CHECK(site.top3 <= site.top5);
    CHECK(site.top5 <= 1);
    first += site.top1;
    five += site.top5;
    CHECK_FALSE(site.reason_en.empty());
    CHECK_FALSE(site.reason_zh.empty());
  }
  CHECK(first == doctest::Approx(1).epsilon(1e-12));
  CHECK(five == doctest::Approx(5).epsilon(1e-12));
  CHECK(ranking.store_sales.size() == ranking.supplies.size());
}

TEST_CASE("central figures are those of enter(), with and without draws, alone and together") {
  const Scenario town = city();
  const Job job;
  const Params params;
  const auto market = Market::build(town, params.measure, job);
  REQUIRE(market.has_value());
  RankOptions options;
  options.draws = 10;
  const Ranking all = ranked(town, params, options);
  options.draws = 0;
  const Ranking plain = ranked(town, params, options);
  Market::Scratch scratch;
  for (const SiteResult& site : all.sites) {
    const scenario::Store& store = *town.store(site.id);
    const Costs costs = market->costs_to(store.place, scratch);
    const Entry entry = enter(*market, all.field, costs, store.floor_area_m2);
    CHECK(entry.sales == site.sales.value);
    CHECK(entry.net_new() == site.net_new.value);
    const SiteResult& same = site_of(plain, site.id);
    CHECK(same.sales.value == site.sales.value);
    CHECK(same.sales.low == same.sales.high);
    options.draws = 10;
    const Ranking alone = ranked(town, params, options, {site.id});
    REQUIRE(alone.sites.size() == 1);
    CHECK(alone.sites[0].sales.value == site.sales.value);
    CHECK(alone.sites[0].net_new.low == site.net_new.low);
    CHECK(alone.sites[0].net_new.high == site.net_new.high);
    CHECK(alone.sites[0].top1 == 1);
    options.draws = 0;
  }
}

TEST_CASE("the core catchment is the fewest points, best first, that bring half and 80 %") {
  const Scenario town = city();
  const Job job;
  const Params params = straight_params();
  const auto market = Market::build(town, params.measure, job);
  REQUIRE(market.has_value());
  const Ranking ranking = ranked(town, params, {1, 0, 0.9});
  Market::Scratch scratch;
  for (const SiteResult& site : ranking.sites) {
    const scenario::Store& store = *town.store(site.id);
    std::vector<float> shares(market->demand_count());
    enter(*market, ranking.field, market->costs_to(store.place, scratch), store.floor_area_m2,
          shares);
    for (const auto& [core, part] : {std::pair{&site.core50, 0.5}, std::pair{&site.core80, 0.8}}) {
      double inside = 0, least_money = 0;
      float least = 2, most = -1;
      for (std::size_t i = 0; i < shares.size(); ++i) {
        const double money =
            static_cast<double>(ranking.field.weight[i]) * static_cast<double>(shares[i]);
        if (!(*core)[i]) {
          if (money > 0) most = std::max(most, shares[i]);
          continue;
        }
        inside += money;
        if (shares[i] < least) least_money = money;
        least = std::min(least, shares[i]);
      }
      CHECK(inside >= part * site.sales.value * (1 - 1e-6));
      CHECK(inside - least_money < part * site.sales.value * (1 + 1e-6));
      CHECK(least >= most);
    }
    for (std::size_t i = 0; i < shares.size(); ++i) CHECK(site.core50[i] <= site.core80[i]);
    CHECK(site.residents_10min > 0);
    CHECK(site.residents_3km > 0);
  }
}

TEST_CASE("profit and payback from margin, rent and fit-out") {
  Scenario town = random_town(21, 400, 5);
  scenario::Store& good = add_store(town, 300, 200, 1500, Role::candidate);
  good.margin = 0.3;
  good.rent_per_year = 1000;
  good.fitout = 50'000;
  const StoreId good_id = good.id;
  scenario::Store& dear = add_store(town, -300, 200, 1500, Role::candidate);
  dear.margin = 0.3;
  dear.rent_per_year = 1e9;
  dear.fitout = 50'000;
  const StoreId dear_id = dear.id;
  const StoreId bare_id = add_store(town, 0, 400, 1500, Role::candidate).id;
  const Ranking ranking = ranked(town, straight_params(), {1, 40, 0.9});

  const SiteResult& first = site_of(ranking, good_id);
  REQUIRE(first.profit.has_value());
  CHECK(first.profit->value == doctest::Approx(0.3 * first.net_new.value - 1000));
  CHECK(first.profit->low == doctest::Approx(0.3 * first.net_new.low - 1000));
  CHECK(first.pays_back);
  REQUIRE(first.payback_years.has_value());
  CHECK(first.payback_years->value == doctest::Approx(50'000 / first.profit->value));
  CHECK(first.payback_years->low <= first.payback_years->value);
  CHECK(first.payback_years->high >= first.payback_years->value);
  const SiteResult& second = site_of(ranking, dear_id);
  REQUIRE(second.profit.has_value());
  CHECK(second.profit->value < 0);
  CHECK_FALSE(second.pays_back);
  CHECK_FALSE(second.payback_years.has_value());
  CHECK_FALSE(site_of(ranking, bare_id).profit.has_value());
}

TEST_CASE("quantiles are of type 7: with two draws the ends lie on the line between them") {
  const Scenario town = random_town(22, 100, 3, 1);
  const Params params = straight_params();
  const Ranking two = ranked(town, params, {9, 2, 0.5});
  const Job job;
  const auto market = Market::build(town, params.measure, job);
  REQUIRE(market.has_value());
  Market::Scratch scratch;
  const scenario::Store& store = *town.store(two.sites[0].id);
  const Costs costs = market->costs_to(store.place, scratch);
  double sales[2];
  for (std::uint32_t d = 0; d < 2; ++d) {
    const catchment::Field f = field(*market, two.supplies, drawn(params, 9, d));
    sales[d] = enter(*market, f, costs, store.floor_area_m2).sales;
  }
  const double low = std::min(sales[0], sales[1]), span = std::max(sales[0], sales[1]) - low;
  const Spread& s = two.sites[0].sales;
  CHECK(s.low == doctest::Approx(std::min(s.value, low + 0.25 * span)).epsilon(1e-12));
  CHECK(s.high == doctest::Approx(std::max(s.value, low + 0.75 * span)).epsilon(1e-12));
}

TEST_CASE("candidates that are alike in every figure stand in the order of their ids") {
  Scenario town = random_town(23, 200, 4);
  const StoreId first = add_store(town, 500, 500, 900, Role::candidate).id;
  const StoreId second = add_store(town, 500, 500, 900, Role::candidate).id;
  const Ranking ranking = ranked(town, straight_params(), {1, 20, 0.9});
  CHECK(ranking.sites[0].id == first);
  CHECK(ranking.sites[1].id == second);
  CHECK(ranking.sites[0].top1 == 1);
  CHECK(ranking.sites[1].top1 == 0);
}

TEST_CASE(
    "the bits of a ranking do not depend on the number of threads; the seed moves intervals only") {
  const Scenario town = random_town(24, 3000, 8, 5);
  std::string first;
  for (const int threads : {1, 2, 4}) {
    set_thread_count(threads);
    const std::string bytes = bytes_of(ranked(town, straight_params(), {1, 40, 0.9}));
    if (first.empty()) first = bytes;
    CHECK(bytes == first);
  }
  set_thread_count(0);
  const Ranking one = ranked(town, straight_params(), {1, 40, 0.9});
  const Ranking other = ranked(town, straight_params(), {2, 40, 0.9});
  CHECK(one.sites[0].sales.value == other.sites[0].sales.value);
  CHECK(one.sites[0].sales.low != other.sites[0].sales.low);
}

TEST_CASE("the reason names people, share, hardest hit store and stability") {
  Scenario town = random_town(25, 300, 0);
  add_store(town, 0, 0, 2000, Role::own).name = "Altstadt";
  add_store(town, 900, 0, 2000, Role::competitor).name = "Rivale";
  for (int i = 0; i < 4; ++i) add_store(town, 400.0 * i, 300, 1000, Role::candidate);
  const Ranking ranking = ranked(town, straight_params(), {1, 20, 0.9});
  for (const SiteResult& site : ranking.sites) {
    for (const std::string& reason : {site.reason_en, site.reason_zh}) {
      CHECK(reason.find("Altstadt") != std::string::npos);
      CHECK(reason.find("Rivale") != std::string::npos);
      CHECK(reason.find(" %") != std::string::npos);
      CHECK(reason.find("EUR") != std::string::npos);
    }
    CHECK(site.reason_en.find("within 3 km") != std::string::npos);
    CHECK(site.reason_en.find("of the draws") != std::string::npos);
  }
}

TEST_CASE("no stores, no candidates, no outside option") {
  Params params = straight_params();
  params.outside_area_m2 = {0, 0, 0};
  const Ranking empty = ranked(random_town(26, 50, 0), params, {1, 5, 0.9});
  CHECK(empty.sites.empty());
  CHECK(empty.supplies.empty());
  REQUIRE(empty.warnings.size() == 1);
  CHECK(empty.warnings[0].find("50 demand points reach no store") == 0);
  const Ranking alone = ranked(random_town(26, 50, 0, 1), params, {1, 5, 0.9});
  REQUIRE(alone.sites.size() == 1);
  CHECK(alone.sites[0].own_losses.empty());
  CHECK(alone.sites[0].net_new.value == alone.sites[0].sales.value);
}

TEST_CASE("a ranking tells its progress and can be cancelled at each stage") {
  const Scenario town = random_town(27, 300, 4, 3);
  const Params params = straight_params();
  const Job plain;
  const auto market = Market::build(town, params.measure, plain);
  REQUIRE(market.has_value());
  std::vector<std::string> stages;
  double last = 0;
  const Job told(1, [&](double share, std::string_view stage) {
    CHECK(share >= last);
    last = share;
    if (stages.empty() || stages.back() != stage) stages.emplace_back(stage);
  });
  CHECK(rank(*market, town, params, {1, 70, 0.9}, {}, told).has_value());
  CHECK(stages == std::vector<std::string>{"job.travel_times", "job.shares", "job.draws"});
  CHECK(last == 1);
  for (const std::string& at : stages) {
    Job* self = nullptr;
    Job stopped(2, [&](double, std::string_view stage) {
      if (stage == at) self->cancel();
    });
    self = &stopped;
    const auto ranking = rank(*market, town, params, {1, 70, 0.9}, {}, stopped);
    REQUIRE_FALSE(ranking.has_value());
    CHECK(ranking.error()[0].message == cancelled_message);
  }
}
