// Results of a ranking as the study gives them, made by formulas: a valley with a river, two towns,
// eleven stores and a few candidates.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/math.hpp"
#include "sim/report/parameters.hpp"
#include "sim/report/report.hpp"

namespace footfall::report_test {
namespace parts {

constexpr char money[] = "CHF/year";

using Texts = Column::Texts;
using Integers = Column::Integers;
using Numbers = Column::Numbers;

/// A place in metres east and north of the valley's middle.
inline LonLat at(double east, double north) {
  return {static_cast<std::int32_t>(95'300'000 + east * 131.5),
          static_cast<std::int32_t>(471'500'000 + north * 89.9)};
}

inline LonLat store_place(std::size_t i) {
  const double k = static_cast<double>(i);
  return at(900 * math::sin(2.1 * k), -9000 + 1800 * k);
}

inline LonLat site_place(std::size_t i) {
  const double k = static_cast<double>(i);
  return at(1500 * math::cos(1.7 * k),
            7000 - 14'000 * (0.6 * k - math::floor(0.6 * k)) + 900 * math::sin(5 * k));
}

inline Shape point(LonLat place) {
  return {Shape::Kind::point, {{place}}, {}};
}

inline Shape ring(double east, double north, double a, double b) {
  Shape shape{Shape::Kind::polygon, {{}}, {true}};
  for (int k = 0; k < 60; ++k) {
    const double angle = k * math::pi / 30;
    const double wave = 1 + 0.12 * math::sin(5 * angle) + 0.05 * math::cos(11 * angle);
    shape.parts[0].push_back(
        at(east + a * wave * math::cos(angle), north + b * wave * math::sin(angle)));
  }
  return shape;
}

inline void spread(Table& t, const std::string& id, const std::string& unit, int decimals,
                   const Numbers& values, double below, double above) {
  Numbers low, high;
  for (const auto& v : values) {
    low.push_back(v ? std::optional(*v * below) : std::nullopt);
    high.push_back(v ? std::optional(*v * above) : std::nullopt);
  }
  t.columns.push_back({id, unit, values, decimals});
  t.columns.push_back({id + "_low", unit, low, decimals});
  t.columns.push_back({id + "_high", unit, high, decimals});
}

template <class F>
auto column(std::size_t n, F&& f) {
  std::vector<decltype(f(std::size_t{}))> values;
  for (std::size_t i = 0; i < n; ++i) values.push_back(f(i));
  return values;
}

inline Numbers numbers(std::size_t n, double first, double fall) {
  return column(
      n, [&](std::size_t i) { return std::optional(first / (1 + fall * static_cast<double>(i))); });
}

inline std::string site_name(std::size_t i) {
  static constexpr std::array towns{"Schaan", "Vaduz", "Triesen", "Eschen", "Mauren", "Balzers"};
  static constexpr std::array streets{"Landstrasse", "Industriering", "Bahnhofweg"};
  return std::string(towns[i % 6]) + ", " + streets[i % 3] + " " + std::to_string(7 + 3 * i);
}

inline std::string store_name(std::size_t i) {
  static constexpr std::array own{"Alpmarkt Vaduz", "Alpmarkt Eschen", "Alpmarkt Triesen"};
  return i % 4 == 0 ? own[i / 4] : "Markt " + std::to_string(i);
}

inline Table sites_table(std::size_t n) {
  Table t{"sites", {}};
  const auto say_en = [](std::size_t i) {
    return std::to_string(9800 - 420 * static_cast<int>(i)) +
           " residents live within 10 minutes; 71 % of its sales would be new to the chain. "
           "Alpmarkt Vaduz would lose most.";
  };
  const auto say_zh = [](std::size_t i) {
    return "10分钟内有" + std::to_string(9800 - 420 * static_cast<int>(i)) +
           "名居民；71% 的销售额为本品牌净增。Alpmarkt Vaduz 受影响最大。";
  };
  t.columns = {
      {"rank", "", column(n, [](std::size_t i) { return static_cast<std::int64_t>(i + 1); }), 0},
      {"id", "", column(n, [](std::size_t i) { return static_cast<std::int64_t>(i + 101); }), 0},
      {"name", "", column(n, site_name), 0}};
  spread(t, "net_new_sales", money, 0, numbers(n, 11'934'567.4, 0.07), 0.84, 1.21);
  spread(t, "expected_sales", money, 0, numbers(n, 16'734'567.4, 0.05), 0.88, 1.17);
  spread(t, "transferred", money, 0, numbers(n, 4'800'000, 0.01), 0.8, 1.3);
  spread(t, "from_competitors", money, 0, numbers(n, 9'400'000, 0.07), 0.8, 1.2);
  spread(t, "from_outside", money, 0, numbers(n, 2'534'567, 0.07), 0.7, 1.4);
  t.columns.push_back({"hardest_hit", "", Texts(n, "Alpmarkt Vaduz"), 0});
  t.columns.push_back({"hardest_hit_loss", money, numbers(n, 3'100'000, 0.06), 0});
  for (const auto& [id, most] : {std::pair{"residents_5min", 4210.0},
                                 {"residents_10min", 9800.0},
                                 {"residents_15min", 21'344.0},
                                 {"residents_3km", 7412.0}}) {
    t.columns.push_back({id, "persons", numbers(n, most, 0.04), 0});
  }
  Numbers payback = numbers(n, 3.2, -0.05);
  if (n > 2) payback[2] = std::nullopt;
  spread(t, "payback_years", "years", 1, payback, 0.8, 1.5);
  t.columns.push_back({"top1", "%", numbers(n, 62, 2.0), 0});
  t.columns.push_back({"top3", "%", numbers(n, 97, 0.4), 0});
  t.columns.push_back({"floor_area_m2", "m2", Numbers(n, 1200.0), 0});
  t.columns.push_back({"reason_en", "", column(n, say_en), 0});
  t.columns.push_back({"reason_zh", "", column(n, say_zh), 0});
  return t;
}

inline std::string role(std::size_t i) {
  return i % 4 == 0 ? "own" : "competitor";
}

inline Table stores_table(std::size_t n) {
  Table t{"stores",
          {{"id", "", column(n, [](std::size_t i) { return static_cast<std::int64_t>(i + 1); }), 0},
           {"name", "", column(n, store_name), 0},
           {"brand", "", Texts(n, "Alpmarkt"), 0},
           {"role", "", column(n, role), 0},
           {"floor_area_m2", "m2", numbers(n, 2400, 0.1), 0}}};
  spread(t, "sales", money, 0, numbers(n, 21'000'000, 0.15), 0.9, 1.1);
  t.columns.push_back({"change_with_best", "%", numbers(n, -14.6, 0.3), 1});
  return t;
}

inline Table transfers_table(std::size_t sites, std::size_t stores) {
  Table t{"transfers",
          {{"site", "", Texts{}, 0},
           {"store", "", Texts{}, 0},
           {"role", "", Texts{}, 0},
           {"loss", money, Numbers{}, 0},
           {"loss_share", "%", Numbers{}, 2}}};
  for (std::size_t i = 0; i < sites; ++i) {
    for (std::size_t k = 0; k < stores; ++k) {
      const double share = 14.6 / (1 + static_cast<double>((i + 3 * k) % 7));
      std::get<Texts>(t.columns[0].values).push_back(site_name(i));
      std::get<Texts>(t.columns[1].values).push_back(store_name(k));
      std::get<Texts>(t.columns[2].values).push_back(role(k));
      std::get<Numbers>(t.columns[3].values).push_back(share * 180'000);
      std::get<Numbers>(t.columns[4].values).push_back(share);
    }
  }
  return t;
}

inline Layer points(std::string id, std::size_t n, LonLat (*place)(std::size_t), Table attributes) {
  Layer layer{std::move(id), {}, std::move(attributes)};
  for (std::size_t i = 0; i < n; ++i) layer.shapes.push_back(point(place(i)));
  return layer;
}

/// Demand around the first site: a sunflower of points, the inner ones in the core of 50 %.
inline Layer catchment_layer() {
  Layer layer{"catchment_best", {}, {"catchment_best", {{"core", "%", Integers{}, 0}}}};
  for (int k = 0; k < 900; ++k) {
    const double r = 95 * math::sqrt(k);
    const double angle = 2.39996 * k;
    layer.shapes.push_back(
        point(at(1500 + r * math::cos(angle), 6500 + 1.6 * r * math::sin(angle))));
    std::get<Integers>(layer.attributes.columns[0].values).push_back(k < 330 ? 50 : 80);
  }
  return layer;
}

inline Layer reach_layer() {
  Layer layer{"isochrones_best", {}, {"isochrones_best", {{"minutes", "min", Numbers{}, 0}}}};
  for (const double minutes : {15.0, 10.0, 5.0}) {
    layer.shapes.push_back(ring(1500, 6800, 260 * minutes, 480 * minutes));
    std::get<Numbers>(layer.attributes.columns[0].values).push_back(minutes);
  }
  return layer;
}

inline std::vector<Figure> figures() {
  const auto ranged = [](std::string id, double value) {
    return Figure{std::move(id), money, value, value * 0.84, value * 1.21, Basis::parameters, 200};
  };
  const auto plain = [](std::string id, std::string unit, double v) {
    return Figure{std::move(id), std::move(unit), v, v, v, Basis::none, 0};
  };
  return {ranged("best_net_new_sales", 11'934'567.4),
          ranged("best_expected_sales", 16'734'567.4),
          ranged("best_transferred", 4'800'000),
          plain("best_top1_share", "%", 62.5),
          plain("candidates", "", 12),
          plain("own_share_now", "%", 28.44),
          plain("outside_share", "%", 17.2),
          plain("spending_total", money, 122'244'500)};
}

inline Table parameters_table() {
  struct {
    std::uint8_t measure = 0;
    Ranged exponent{2, 1.5, 2.5};
    Ranged spending{3500, 2800, 4200};
    std::int64_t draws = 200;
  } p;
  static constexpr std::array<std::string_view, 2> measures{"drive_time", "walk_time"};
  Table t = report::parameter_table();
  report::add_parameters(
      t, "catchment",
      {{"measure", &p.measure, 0, 1, "", "How far a store is for a shopper", {}, measures},
       {"decay_exponent", &p.exponent, 0, 5, "", "How strongly distance deters", "Huff 1963"},
       {"spending_per_head", &p.spending, 0, 1e6, "currency/year", "Spending",
        "household survey"}});
  report::add_parameters(t, "sites rank", {{"draws", &p.draws, 0, 100'000, "", "Draws"}});
  return t;
}

inline Provenance provenance() {
  Provenance made;
  made.version = "0.1.0";
  made.study = "sites rank";
  made.scenario = "Liechtenstein";
  made.scenario_hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  made.seed = 1;
  made.attribution = {"© OpenStreetMap contributors, ODbL", "GeoNames, CC BY 4.0"};
  made.assumptions = {
      "A candidate is judged alone: no other candidate opens, and competitors do not react.",
      "Intervals hold 90 % of 200 draws of the parameters from their ranges, the same draws for "
      "every site; they do not cover errors of the map or of the population."};
  made.warnings = {"Site 107 (Schaan, Landstrasse 25) is far from any road."};
  return made;
}

}  // namespace parts

inline Results sample(std::size_t sites = 12) {
  using namespace parts;
  constexpr std::size_t stores = 11;
  Results r;
  r.title = "Liechtenstein";
  r.figures = figures();
  r.tables = {sites_table(sites), stores_table(stores), transfers_table(sites, stores),
              parameters_table()};
  r.layers = {points("stores", stores, store_place, r.tables[1]),
              points("sites", sites, site_place, r.tables[0]), reach_layer(), catchment_layer()};
  r.provenance = provenance();
  return r;
}

inline report::BaseMap sample_base() {
  using namespace parts;
  report::BaseMap base;
  base.shapes.emplace_back("forest", ring(4500, 0, 2500, 9000));
  base.shapes.emplace_back("residential", ring(0, 6000, 1800, 1500));
  base.shapes.emplace_back("residential", ring(300, -3000, 1300, 2100));
  base.shapes.emplace_back("commercial", ring(-900, 1500, 500, 700));
  Shape river{Shape::Kind::line, {{}}, {}}, road = river, lane = river;
  for (int k = -60; k <= 60; ++k) {
    river.parts[0].push_back(at(-2600 + 500 * math::sin(k * 0.1), k * 200.0));
    road.parts[0].push_back(at(400 * math::sin(k * 0.13), k * 200.0));
    lane.parts[0].push_back(at(k * 50.0, 6000 + 300 * math::sin(k * 0.2)));
  }
  base.shapes.emplace_back("river", river);
  base.shapes.emplace_back("residential", lane);
  base.shapes.emplace_back("primary", road);
  return base;
}

}  // namespace footfall::report_test
