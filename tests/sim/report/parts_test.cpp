// Known answers of the parts that a report is made of.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include <doctest/doctest.h>

#include "core/text.hpp"
#include "sim/report/charts.hpp"
#include "sim/report/map.hpp"
#include "sim/report/numbers.hpp"
#include "sim/report/page.hpp"
#include "sim/report/parameters.hpp"
#include "sim/report/tables.hpp"
#include "sim/report/view.hpp"
#include "tests/sim/report/html_check.hpp"

namespace footfall::report {
namespace {

using report_test::count;
using Texts = Column::Texts;
using Numbers = Column::Numbers;

Shape point(std::int32_t lon_e7, std::int32_t lat_e7) {
  return {Shape::Kind::point, {{{lon_e7, lat_e7}}}, {}};
}

TEST_CASE("numbers as people read them") {
  CHECK(number_text(1234567.891, 1) == "1,234,567.9");
  CHECK(number_text(-1234, 0) == "-1,234");
  CHECK(number_text(1e300, 2) == "1e+300");
  CHECK(number_text(std::numeric_limits<double>::quiet_NaN(), 0) == "–");
  const auto shown = [](double v, std::string_view unit, Language language) {
    const Scale scale = scale_for(std::abs(v), unit, language);
    return with_unit(short_number(v, scale), unit, scale, language);
  };
  const auto en = Language::english, zh = Language::chinese;
  CHECK(shown(12'345'678, "CHF/year", en) == "12.3 CHF million a year");
  CHECK(shown(-2'500'000'000, "CHF/year", en) == "-2.50 CHF billion a year");
  CHECK(shown(12'345'678, "CHF/year", zh) == "1,235 万 CHF/年");
  CHECK(shown(2'500'000'000, "CNY/year", zh) == "25 亿 CNY/年");
  CHECK(shown(12'345'678, "persons", en) == "12,345,678 persons");
  CHECK(shown(999'999, "CHF", en) == "999,999 CHF");
  CHECK(shown(28.44, "%", en) == "28.4%");
  CHECK(shown(0.125, "", en) == "0.13");
  CHECK(shown(20, "", en) == "20");
}

TEST_CASE("the view holds all points, true to scale, north up") {
  Layer layer{"sites", {point(95'000'000, 471'000'000), point(96'000'000, 472'000'000)}, {}};
  const auto view = View::fitting({layer}, {});
  REQUIRE(view);
  const Tenths sw = view->at({95'000'000, 471'000'000});
  const Tenths ne = view->at({96'000'000, 472'000'000});
  CHECK(sw.x > 0);
  CHECK(ne.x < View::width * 10);
  CHECK(ne.y > 0);
  CHECK(sw.y < view->height() * 10);
  // 0.1 degree of latitude is 11.12 km, of longitude at 47.15° north cos(47.15°) = 0.68008 of it.
  const double metres = static_cast<double>(sw.y - ne.y) / 10 * view->metres_per_pixel();
  CHECK(metres == doctest::Approx(11'119.5).epsilon(0.001));
  CHECK(static_cast<double>(ne.x - sw.x) / static_cast<double>(sw.y - ne.y) ==
        doctest::Approx(0.68008).epsilon(0.001));
}

TEST_CASE("one point gets a map around it, nothing gets none") {
  const auto view = View::fitting({{"a", {point(0, 0)}, {}}}, {});
  REQUIRE(view);
  CHECK(view->at({0, 0}).x == View::width * 5);
  CHECK(view->at({0, 0}).y == view->height() * 5);
  CHECK_FALSE(View::fitting({}, {}));
  CHECK_FALSE(View::fitting({{"a", {Shape{}}, {}}}, {}));
  CHECK(map_figure({}, {}, Language::english).empty());
}

TEST_CASE("paths are relative, closed where they are rings, and lose what cannot be seen") {
  const auto view = View::fitting({{"a", {point(0, 0), point(100'000, 100'000)}, {}}}, {});
  REQUIRE(view);
  const auto place = [&](double dx, double dy) {  // pixels from the middle
    const double unit = view->metres_per_pixel() / 0.0111195080;
    return LonLat{static_cast<std::int32_t>(std::floor(50'000.5 + dx * unit)),
                  static_cast<std::int32_t>(std::floor(50'000.5 + dy * unit))};
  };
  const std::vector<LonLat> square{place(0, 0), place(100, 0), place(100, 100), place(0, 100)};
  const std::string middle =
      std::to_string(View::width * 5) + " " + std::to_string(view->height() * 5);
  CHECK(path_data({Shape::Kind::polygon, {square}, {true}}, *view, 7) ==
        "M" + middle + "l1000 0 0-1000-1000 0z");
  CHECK(path_data({Shape::Kind::line, {square}, {}}, *view, 7) ==
        "M" + middle + "l1000 0 0-1000-1000 0");
  const std::vector<LonLat> tiny{place(0, 0), place(0.3, 0), place(0.3, 0.3)};
  CHECK(path_data({Shape::Kind::polygon, {tiny}, {true}}, *view, 7).empty());
  const std::vector<LonLat> far{place(9000, 0), place(9900, 0)};
  CHECK(path_data({Shape::Kind::line, {far}, {}}, *view, 7).empty());
}

TEST_CASE("demand points in one square of the picture are one dot of the innermost share") {
  Layer layer{"catchment_best",
              {point(0, 0), point(1, 1), point(100'000, 100'000)},
              {"catchment_best", {{"core", "%", Column::Integers{80, 50, 80}, 0}}}};
  Drawn drawn;
  const auto view = View::fitting({layer}, {});
  REQUIRE(view);
  const std::string svg = layers_svg({layer}, *view, Language::english, drawn);
  CHECK(count(svg, "h0") == 2);
  CHECK(drawn.core == std::vector<double>{50, 80});
}

TEST_CASE("stores: own ones are squares with names, area grows with sales") {
  Layer layer{"stores",
              {point(0, 0), point(100'000, 100'000)},
              {"stores",
               {{"name", "", Texts{"Mine", "Theirs"}, 0},
                {"role", "", Texts{"own", "competitor"}, 0},
                {"sales", "CHF/year", Numbers{1e6, 4e6}, 0}}}};
  Drawn drawn;
  const auto view = View::fitting({layer}, {});
  REQUIRE(view);
  const std::string svg = layers_svg({layer}, *view, Language::english, drawn);
  CHECK(count(svg, "<rect class=\"own\"") == 1);
  CHECK(svg.find("width=\"13.4\"") != std::string::npos);  // 2 · (3.5 + 6.5 · sqrt(1/4)), cut
  CHECK(svg.find("r=\"10\"") != std::string::npos);
  CHECK(count(svg, ">Mine</text>") == 1);
  CHECK(count(svg, ">Theirs</text>") == 0);
  CHECK(drawn.own);
  CHECK(drawn.competitors);
}

TEST_CASE("bars are as long as their sales") {
  Results r;
  r.tables = {{"sites",
               {{"name", "", Texts{"A", "B"}, 0},
                {"net_new_sales", "CHF/year", Numbers{6e6, 2e6}, 0},
                {"transferred", "CHF/year", Numbers{4e6, 8e6}, 0}}}};
  const std::string svg = bar_chart(r, Language::english);
  // The axis goes from 0 to 10 million over 720 pixels.
  CHECK(svg.find("class=\"bar-new\" x=\"270.0\" y=\"14.0\" width=\"432.0\"") != std::string::npos);
  CHECK(svg.find("class=\"bar-moved\" x=\"702.0\" y=\"14.0\" width=\"288.0\"") !=
        std::string::npos);
  CHECK(svg.find("class=\"bar-moved\" x=\"414.0\" y=\"40.0\" width=\"576.0\"") !=
        std::string::npos);
  CHECK(count(svg, "class=\"tick\"") == 6);
  CHECK(count(svg, "whisker") == 0);
  CHECK(bar_chart({}, Language::english).empty());
}

TEST_CASE("the matrix has own stores alone, the hardest hit first") {
  Results r;
  r.tables = {{"transfers",
               {{"site", "", Texts{"S1", "S1", "S1", "S2"}, 0},
                {"store", "", Texts{"Little", "Other", "Much", "Much"}, 0},
                {"role", "", Texts{"own", "competitor", "own", "own"}, 0},
                {"loss_share", "%", Numbers{1.0, 50.0, 8.0, 4.0}, 2}}}};
  const std::string table = loss_matrix(r, Language::english);
  CHECK(table.find("Other") == std::string::npos);
  CHECK(table.find("Much") < table.find("Little"));
  CHECK(table.find("<th scope=\"row\">S1</th><td style=\"--tint:45%\">8.0</td>"
                   "<td style=\"--tint:5%\">1.0</td>") != std::string::npos);
  CHECK(table.find("<th scope=\"row\">S2</th><td style=\"--tint:22%\">4.0</td><td>–</td>") !=
        std::string::npos);
}

TEST_CASE("tables: one scale per unit, intervals in the cell of their value") {
  const Table t{"stores",
                {{"name", "", Texts{"A", "B"}, 0},
                 {"sales", "CHF/year", Numbers{12'340'000.0, std::nullopt}, 0},
                 {"sales_low", "CHF/year", Numbers{11'000'000.0, std::nullopt}, 0},
                 {"sales_high", "CHF/year", Numbers{14'000'000.0, std::nullopt}, 0},
                 {"loss", "CHF/year", Numbers{40'000.0, 0.0}, 0},
                 {"lone_low", "", Numbers{1.0, 2.0}, 1}}};
  const std::string html = table_html(t, Language::english);
  CHECK(html.find("<td class=\"n\" data-v=\"12340000\">12.34<small>11.00 – 14.00</small></td>"
                  "<td class=\"n\" data-v=\"40000\">0.04</td>") != std::string::npos);
  CHECK(html.find("<td class=\"n none\">–</td>") != std::string::npos);
  CHECK(count(html, "<th scope=\"col\"") == 4);
  CHECK(html.find("lone_low") != std::string::npos);
}

TEST_CASE("parameters of every kind become rows") {
  bool flag = true;
  std::int64_t draws = 200;
  double level = 0.9;
  Ranged exponent{2, 1.5, 2.5}, certain{3, 3, 3};
  std::string category = "groceries";
  std::uint8_t decay = 1;
  static constexpr std::string_view choices[] = {"power", "exponential"};
  Table t = parameter_table();
  add_parameters(t, "room",
                 {{"flag", &flag, 0, 0, "", ""},
                  {"draws", &draws, 0, 1000, "", ""},
                  {"level", &level, 0, 1, "", ""},
                  {"exponent", &exponent, 0, 5, "min", "How much", "Huff 1963"},
                  {"certain", &certain, 0, 5, "", ""},
                  {"category", &category, 0, 0, "", ""},
                  {"decay", &decay, 0, 0, "", "", "", choices}});
  CHECK(to_csv(t) ==
        "room,name,value,low,high,unit,help,source\n"
        "room,flag,yes,,,,,\n"
        "room,draws,200,,,,,\n"
        "room,level,0.9,,,,,\n"
        "room,exponent,2,1.5000,2.5000,min,How much,Huff 1963\n"
        "room,certain,3,,,,,\n"
        "room,category,groceries,,,,,\n"
        "room,decay,exponential,,,,,\n");
}

using Colour = std::array<double, 3>;  // red, green, blue, 0 to 1

Colour colour(std::string_view theme, std::string_view variable) {
  const std::string key = "--" + std::string(variable) + ": #";
  const std::size_t at = theme.find(key);
  REQUIRE(at != std::string_view::npos);
  Colour c{};
  for (std::size_t k = 0; k < 3; ++k) {
    const std::string digits(theme.substr(at + key.size() + 2 * k, 2));
    c[k] = std::stoi(digits, nullptr, 16) / 255.0;
  }
  return c;
}

/// WCAG 2.1.
double luminance(const Colour& colour) {
  const double weights[] = {0.2126, 0.7152, 0.0722};
  double sum = 0;
  for (std::size_t k = 0; k < 3; ++k) {
    const double c = colour[k];
    sum += weights[k] * (c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
  }
  return sum;
}

TEST_CASE("text stands out from its ground in both themes") {
  const std::string_view css = style();
  const std::size_t dark = css.find("prefers-color-scheme: dark");
  for (const std::string_view theme : {css.substr(0, dark), css.substr(dark)}) {
    const auto contrast = [&](std::string_view text, std::string_view ground,
                              std::string_view tint = "ink", double share = 0) {
      Colour mixed = colour(theme, ground);
      const Colour other = colour(theme, tint);
      for (std::size_t k = 0; k < 3; ++k) mixed[k] += share * (other[k] - mixed[k]);
      const double a = luminance(colour(theme, text)) + 0.05, b = luminance(mixed) + 0.05;
      return std::max(a, b) / std::min(a, b);
    };
    for (const std::string_view ink : {"ink", "soft", "accent", "new", "own"}) {
      for (const std::string_view ground : {"paper", "ground", "m-ground"}) {
        CAPTURE(ink);
        CAPTURE(ground);
        CHECK(contrast(ink, ground) >= 4.5);
      }
    }
    CHECK(contrast("warn", "warn-ground") >= 4.5);
    CHECK(contrast("ink", "warn-ground") >= 4.5);
    CHECK(contrast("accent-ink", "accent") >= 4.5);
    CHECK(contrast("ink", "paper", "moved", 0.45) >= 4.5);  // the darkest cell of the matrix
  }
}

TEST_CASE("file names are plain") {
  CHECK(file_stem("sites") == "sites");
  CHECK(file_stem("../a b") == "___a_b");
  CHECK(file_stem("") == "_");
}

}  // namespace
}  // namespace footfall::report
