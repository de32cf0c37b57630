#include "sim/report/report.hpp"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>

#include <doctest/doctest.h>

#include "core/text.hpp"
#include "sim/report/tables.hpp"
#include "tests/sim/report/html_check.hpp"
#include "tests/sim/report/sample.hpp"

namespace footfall::report {
namespace {

using report_test::count;
using report_test::problem_in;
using report_test::sample;
using report_test::sample_base;

constexpr Language languages[] = {Language::english, Language::chinese};

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST_CASE("a report shows every figure, table, site and source in both languages") {
  const Results r = sample();
  for (const Language language : languages) {
    const std::string page = html(r, sample_base(), language);
    CHECK(problem_in(page) == "");
    CHECK(has(page, "<html lang=\"" + std::string(code_of(language)) + "\">"));
    for (const Figure& f : r.figures) {
      CAPTURE(f.id);
      CHECK(label(language, "figure", f.id) != f.id);
      CHECK(has(page, html_escaped(label(language, "figure", f.id))));
    }
    for (const Table& t : r.tables) CHECK(has(page, html_escaped(label(language, "table", t.id))));
    for (std::size_t i = 0; i < 12; ++i) CHECK(has(page, r.tables[0].find("name")->text(i)));
    for (const std::string& a : r.provenance.attribution) CHECK(count(page, a) >= 2);
    CHECK(has(page, r.provenance.scenario_hash));
    CHECK(has(page, "footfall replay run.json"));
    CHECK(count(page, "<li data-site=") == 8);
    CHECK(count(page, "<g class=\"site") == 12);
    CHECK(count(page, "class=\"bar-new\"") == 12);
    CHECK(count(page, "class=\"whisker\"") == 12);
    CHECK_FALSE(has(page, "http"));
  }
}

TEST_CASE("reasons, assumptions and warnings stand in the report's language alone") {
  const std::string en = html(sample(), sample_base(), Language::english);
  const std::string zh = html(sample(), sample_base(), Language::chinese);
  CHECK(has(en, "9800 residents live within 10 minutes"));
  CHECK_FALSE(has(en, "名居民"));
  CHECK(has(zh, "10分钟内有9800名居民"));
  CHECK_FALSE(has(zh, "residents live"));
  CHECK(has(en, "is far from any road."));
  CHECK(has(zh, "远离任何道路"));
  CHECK_FALSE(has(zh, "competitors do not react"));
}

TEST_CASE("no key stands where its text should") {
  for (const Language language : languages) {
    const std::string page = html(sample(), sample_base(), language);
    for (const std::string_view part : {">figure.", ">column.", ">report.", ">unit.", ">basis.",
                                        "{0}", "{1}", ">table.", ">role."}) {
      CAPTURE(part);
      CHECK_FALSE(has(page, part));
    }
  }
}

TEST_CASE("the same results give the same bytes") {
  for (const Language language : languages) {
    CHECK(html(sample(), sample_base(), language) == html(sample(), sample_base(), language));
  }
}

TEST_CASE("numbers of a card: value, interval and where it comes from") {
  Results r;
  r.figures = {{"best_net_new_sales", "CHF/year", 12'340'000, 11'000'000, 14'000'000,
                Basis::parameters, 200},
               {"best_transferred", "CHF/year", 5, 5, 5, Basis::pending, 0},
               {"own_share_now", "%", 28.44, 28.44, 28.44, Basis::none, 0}};
  const std::string page = html(r, {}, Language::english);
  CHECK(has(page, ">12.3 <span class=\"unit\">CHF million a year</span>"));
  CHECK(has(page, "11 to 14<br>from 200 draws of the parameters"));
  CHECK(has(page, "interval not yet computed"));
  CHECK(has(page, ">28.4%</p></li>"));
  CHECK(count(page, "class=\"range\"") == 1);
}

void make_hostile(std::string& text) {
  text = "<script>alert('" + text + "')</script>\"&{0}";
}

TEST_CASE("every text is escaped") {
  Results r = sample(3);
  make_hostile(r.title);
  for (Figure& f : r.figures) {
    make_hostile(f.id);
    make_hostile(f.unit);
  }
  const auto spoil = [](Table& t, bool ids) {
    for (Column& c : t.columns) {
      make_hostile(c.unit);
      if (auto* texts = std::get_if<Column::Texts>(&c.values)) {
        for (std::string& s : *texts) make_hostile(s);
      }
      if (ids) make_hostile(c.id);
    }
  };
  Table renamed = r.tables[0];
  spoil(renamed, true);
  make_hostile(renamed.id);
  for (Table& t : r.tables) spoil(t, false);
  for (Layer& l : r.layers) spoil(l.attributes, false);
  r.tables.push_back(renamed);
  Provenance& made = r.provenance;
  for (std::string* s : {&made.version, &made.study, &made.scenario, &made.scenario_hash}) {
    make_hostile(*s);
  }
  for (auto* list : {&made.attribution, &made.assumptions, &made.warnings}) {
    for (std::string& s : *list) make_hostile(s);
  }
  BaseMap base = sample_base();
  for (auto& [kind, shape] : base.shapes) make_hostile(kind);
  for (const Language language : languages) {
    const std::string page = html(r, base, language);
    CHECK(problem_in(page) == "");
    CHECK(count(page, "<script") == 1);
    CHECK(count(page, "&lt;script&gt;alert(") > 50);
  }
}

TEST_CASE("nothing gives an empty report, one row a report of one row") {
  for (const Language language : languages) {
    const std::string nothing = html({}, {}, language);
    CHECK(problem_in(nothing) == "");
    CHECK_FALSE(has(nothing, "<svg"));
    CHECK_FALSE(has(nothing, "<table"));
    const std::string none = html(sample(0), {}, language);
    CHECK(problem_in(none) == "");
    CHECK(has(none, text(language, "report.no_rows")));
    const std::string one = html(sample(1), sample_base(), language);
    CHECK(problem_in(one) == "");
    CHECK(count(one, "class=\"bar-new\"") == 1);
  }
}

double extreme(int k) {
  using Limits = std::numeric_limits<double>;
  static constexpr double values[] = {1e300,
                                      -1e300,
                                      Limits::infinity(),
                                      -Limits::infinity(),
                                      Limits::quiet_NaN(),
                                      Limits::denorm_min(),
                                      -5e-324,
                                      0.0,
                                      1e15,
                                      -1e15,
                                      999'999.5,
                                      Limits::max(),
                                      Limits::lowest()};
  return values[k % 13];
}

TEST_CASE("extreme numbers and places are shown, not fatal") {
  for (int shift = 0; shift < 13; ++shift) {
    Results r = sample(4);
    int k = shift;
    for (Figure& f : r.figures) {
      f.value = extreme(k++);
      f.low = extreme(k++);
      f.high = extreme(k++);
      f.basis = Basis::parameters;
    }
    const auto fill = [&](Table& t) {
      for (Column& c : t.columns) {
        auto* numbers = std::get_if<Column::Numbers>(&c.values);
        if (numbers == nullptr) continue;
        for (auto& v : *numbers) v = extreme(k++);
      }
    };
    for (Table& t : r.tables) fill(t);
    for (Layer& l : r.layers) fill(l.attributes);
    r.layers[0].shapes[0].parts[0][0] = {-1'800'000'000, -900'000'000};
    r.layers[0].shapes[1].parts[0][0] = {1'800'000'000, 900'000'000};
    CHECK(problem_in(html(r, sample_base(), Language::english)) == "");
  }
}

int fuzz_count() {
  const char* text = std::getenv("FOOTFALL_FUZZ");
  const auto n = text ? parse_integer(text) : std::nullopt;
  return n ? static_cast<int>(*n) : 500;
}

/// Breaks one thing: columns lost or of another type, shapes without parts, rows without shapes.
void mutate(Results& r, std::uint64_t seed) {
  std::uint64_t state = seed;
  const auto below = [&](std::size_t n) {
    state = state * 6'364'136'223'846'793'005u + 1'442'695'040'888'963'407u;
    return n == 0 ? 0 : static_cast<std::size_t>((state >> 33) % n);
  };
  const bool of_layer = below(2) == 0;
  Layer& layer = r.layers[below(r.layers.size())];
  Table& table = of_layer ? layer.attributes : r.tables[below(r.tables.size())];
  if (table.columns.empty()) return;
  Column& column = table.columns[below(table.columns.size())];
  switch (below(8)) {
    case 0:
      table.columns.erase(table.columns.begin());
      break;
    case 1:
      column.values = Column::Texts{};
      break;
    case 2:
      column.values = Column::Numbers(table.rows(), std::nullopt);
      break;
    case 3:
      column.values = Column::Texts(table.rows(), "\x01<&");
      break;
    case 4:
      column.id = "";
      break;
    case 5:
      layer.shapes.resize(below(4));
      break;
    case 6:
      layer.shapes.push_back({Shape::Kind::polygon, {{}, {{}}}, {}});
      break;
    default:
      layer.shapes.insert(layer.shapes.begin(), Shape{});
      break;
  }
}

TEST_CASE("broken results never break the page") {
  Results whole = sample(3);
  for (auto& part : {&whole.layers[3]}) {
    part->shapes.resize(20);
    std::get<Column::Integers>(part->attributes.columns[0].values).resize(20);
  }
  for (int i = 0; i < fuzz_count(); ++i) {
    Results r = whole;
    for (int k = 0; k < 3; ++k) mutate(r, static_cast<std::uint64_t>(i) * 31 + k);
    const std::string page = html(r, {}, i % 2 ? Language::english : Language::chinese);
    CAPTURE(i);
    REQUIRE(problem_in(page) == "");
  }
}

TEST_CASE("a large scenario still gives a small report") {
  Results r = sample(40);
  Layer& dots = r.layers[3];
  auto& core = std::get<Column::Integers>(dots.attributes.columns[0].values);
  const std::vector<Shape> some = dots.shapes;
  for (int k = 1; k < 60; ++k) {
    for (Shape shape : some) {
      shape.parts[0][0].lon_e7 += 1311 * k;
      shape.parts[0][0].lat_e7 += 2003 * k;
      dots.shapes.push_back(shape);
      core.push_back(80);
    }
  }
  BaseMap base;
  for (int k = 0; k < 60'000; ++k) {
    const std::int32_t x = 95'000'000 + k * 7919 % 600'000, y = 470'500'000 + k * 6101 % 1'900'000;
    base.shapes.emplace_back(
        "residential",
        Shape{Shape::Kind::line, {{{x, y}, {x + 4000, y + 900}, {x + 5000, y + 7000}}}, {}});
  }
  const std::string page = html(r, base, Language::english);
  CHECK(page.size() < 1'500'000);
  CHECK(has(page, "b-road3"));
  CHECK(problem_in(page) == "");
}

TEST_CASE("long tables are cut, and the report says so") {
  Results r;
  Column::Integers ids;
  for (int i = 0; i < 1000; ++i) ids.push_back(i);
  r.tables = {{"../stores", {{"id", "", ids, 0}}}};
  const std::string page = html(r, {}, Language::english);
  CHECK(count(page, "<td class=\"n\"") == most_other_rows);
  CHECK(has(page, "30 of 1000 rows; all of them are in ___stores.csv."));
}

TEST_CASE("the folder holds the report and all of the data") {
  Results r = sample(3);
  r.tables.push_back({"../../etc/x", r.tables[1].columns});
  r.tables.push_back({".._.._etc_x", r.tables[1].columns});
  const auto files = folder(r, sample_base(), Language::english);
  CHECK(files.at("report.html") == html(r, sample_base(), Language::english));
  CHECK(files.at("sites.csv") == to_csv(r.tables[0]));
  CHECK(files.at("stores.geojson") == to_geojson(r.layers[0]));
  CHECK(files.count("parameters.csv") == 1);
  CHECK(files.count("______etc_x.csv") == 1);
  CHECK(files.count("______etc_x_2.csv") == 1);
  for (const auto& [name, bytes] : files) {
    CHECK(name.find('/') == std::string::npos);
    CHECK_FALSE(bytes.empty());
  }
  const auto json = parse_json(files.at("results.json"), "results.json");
  REQUIRE(json);
  const auto back = results_from_json(*json);
  REQUIRE(back);
  CHECK(html(*back, sample_base(), Language::english) == files.at("report.html"));
  const auto run = parse_json(files.at("run.json"), "run.json");
  REQUIRE(run);
  CHECK(run->at("study") == "sites rank");
  CHECK(run->at("scenario_hash") == r.provenance.scenario_hash);
}

}  // namespace
}  // namespace footfall::report
