#include "ui/format.hpp"

#include <doctest/doctest.h>

using namespace footfall;
using namespace footfall::ui;

TEST_CASE("short numbers have three digits and the language's scale") {
  const auto en = [](double v) { return short_number(Language::english, v); };
  const auto zh = [](double v) { return short_number(Language::chinese, v); };
  CHECK(en(0) == "0");
  CHECK(en(12) == "12");
  CHECK(en(2.5) == "2.5");
  CHECK(en(999) == "999");
  CHECK(en(999.7) == "1.00 k");
  CHECK(en(12'345) == "12.3 k");
  CHECK(en(999'700) == "1.00 M");
  CHECK(en(12'345'678) == "12.3 M");
  CHECK(en(-4'560'000) == "-4.56 M");
  CHECK(en(1.5e9) == "1.50 bn");
  CHECK(zh(9'000) == "9000");
  CHECK(zh(12'345) == "1.23万");
  CHECK(zh(12'345'678) == "1235万");
  CHECK(zh(1.5e9) == "15.0亿");
  CHECK(en(1e300) == "–");
  CHECK(en(0.0 / 0.0) == "–");
}

TEST_CASE("lengths and shares") {
  CHECK(length_text(Language::english, 200) == "200 m");
  CHECK(length_text(Language::english, 5000) == "5 km");
  CHECK(length_text(Language::chinese, 5000) == "5 公里");
  CHECK(percent(0.345) == "35 %");
  CHECK(percent(0.345, 1) == "34.5 %");
  CHECK(whole_number(1234567) == "1 234 567");
}

TEST_CASE("fine numbers tell apart what lies close together") {
  CHECK(fine_number(Language::english, 13'865'212, 1000) == "13.8652 M");
  CHECK(fine_number(Language::english, 13'865'212, 2e6) == "13.9 M");
  CHECK(fine_number(Language::chinese, 13'865'212, 1000) == "1386.52万");
  CHECK(fine_number(Language::english, 0.8125, 0.01) == "0.813");
  CHECK(fine_number(Language::english, 14, 2) == "14");
  CHECK(fine_number(Language::english, 87.5, 0) == "87.50");
  CHECK(fine_number(Language::english, 0.0 / 0.0, 1) == "–");
}

TEST_CASE("clock times") {
  CHECK(clock_text(0) == "0:00");
  CHECK(clock_text(47.2) == "0:48");
  CHECK(clock_text(754) == "12:34");
  CHECK(clock_text(3800) == "1:03:20");
}
