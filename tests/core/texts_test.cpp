#include "core/texts.hpp"

#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/text.hpp"

namespace footfall {
namespace {

std::set<char> places(std::string_view text) {
  std::set<char> found;
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    if (text[i] == '{' && text[i + 2] == '}') found.insert(text[i + 1]);
  }
  return found;
}

TEST_CASE("every key stands once, has a section and a text in both languages") {
  std::set<std::string_view> keys;
  for (const Text& row : all_texts()) {
    CAPTURE(row.key);
    CHECK(keys.insert(row.key).second);
    CHECK(row.key.find('.') != std::string_view::npos);
    CHECK_FALSE(row.english.empty());
    CHECK_FALSE(row.chinese.empty());
    CHECK(is_utf8(row.english));
    CHECK(is_utf8(row.chinese));
    CHECK(places(row.english) == places(row.chinese));
    CHECK(text(Language::english, row.key) == row.english);
    CHECK(text(Language::chinese, row.key) == row.chinese);
  }
}

TEST_CASE("every parameter with a name has a help") {
  for (const Text& row : all_texts()) {
    if (row.key.substr(0, 6) != "param.") continue;
    CAPTURE(row.key);
    if (row.key.size() > 5 && row.key.substr(row.key.size() - 5) == ".help") continue;
    const std::string help = std::string(row.key) + ".help";
    CHECK(text(Language::english, help) != help);
  }
}

TEST_CASE("a missing key is shown as it is") {
  CHECK(text(Language::english, "figure.nothing") == "figure.nothing");
  CHECK(label(Language::chinese, "figure", "nothing") == "nothing");
  CHECK(label(Language::english, "role", "own") == "own store");
  CHECK(code_of(Language::chinese) == "zh");
}

TEST_CASE("values are put into their places and nowhere else") {
  CHECK(filled("{0} of {1}", {"3", "12"}) == "3 of 12");
  CHECK(filled("{1}{0}{1}", {"a", "b"}) == "bab");
  CHECK(filled("{0} {2}", {"{2}", "b"}) == "{2} {2}");
  CHECK(filled("{x} {} {0", {"a"}) == "{x} {} {0");
  CHECK(filled("", {"a"}).empty());
}

TEST_CASE("units in words") {
  const auto en = [](std::string_view unit, std::string_view scale = {}) {
    return unit_label(Language::english, unit, scale);
  };
  CHECK(en("m2") == "m²");
  CHECK(en("CHF/year") == "CHF a year");
  CHECK(en("CHF/year", "million") == "CHF million a year");
  CHECK(en("CHF/m2/year") == "CHF per m² a year");
  CHECK(en("wombats") == "wombats");
  CHECK(en("wombats/hour") == "wombats/hour");
  CHECK(en("/year") == "/year");
  CHECK(en("").empty());
  CHECK(unit_label(Language::chinese, "CHF/year", "wan") == "万 CHF/年");
}

TEST_CASE("sentences of results are found by their English form") {
  const auto zh = [](std::string_view text) { return translated(Language::chinese, text); };
  CHECK(zh("Site 7 (Vaduz (north)) is far from any road.") ==
        "候选址 7（Vaduz (north)）远离任何道路。");
  CHECK(zh("Site 7 is far from any road.") == "Site 7 is far from any road.");
  CHECK(zh("The scenario has no candidate sites. Really.") ==
        "The scenario has no candidate sites. Really.");
  CHECK(zh("").empty());
  CHECK(translated(Language::english, "Anything {0}") == "Anything {0}");
  for (const Text& row : all_texts()) {
    if (row.key.substr(0, 9) != "sentence.") continue;
    CAPTURE(row.key);
    CHECK(zh(filled(row.english, {"12", "ab", "x", "y", "z"})) ==
          filled(row.chinese, {"12", "ab", "x", "y", "z"}));
  }
}

}  // namespace
}  // namespace footfall
