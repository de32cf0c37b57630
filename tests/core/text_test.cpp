#include "core/text.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "core/rng.hpp"

using namespace footfall;

namespace {

double from_bits(std::uint64_t bits) {
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

std::string printed(double value, int decimals) {
  char text[120];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

}  // namespace

TEST_CASE("shortest text of any double reads back to it") {
  CHECK(shortest(0.1) == "0.1");
  CHECK(shortest(1e30) == "1e+30");
  CHECK(shortest(100) == "100");
  CHECK(shortest(std::numeric_limits<double>::denorm_min()) == "5e-324");
  Draws draws(random_key(1, 0, "text_test"), 1, 0, 0);
  for (int i = 0; i < 20'000; ++i) {
    const double value = from_bits(draws.bits64());
    if (!std::isfinite(value)) continue;
    const auto back = parse_number(shortest(value));
    REQUIRE(back);
    REQUIRE(std::memcmp(&*back, &value, sizeof value) == 0);
  }
}

TEST_CASE("numbers are rounded correctly when read") {
  struct Case {
    const char* text;
    double value;
  };
  for (const Case c :
       {Case{"9007199254740993", 9007199254740992.0},
        Case{"9007199254740993.00000000000000000000001", 9007199254740994.0},
        Case{"123456789012345678901234567890", 123456789012345678901234567890.0},
        Case{"0.000000000000000000000000000001", 1e-30}, Case{"1e23", 1e23},
        Case{"2.2250738585072011e-308", 2.2250738585072011e-308}, Case{"1e-400", 0.0},
        Case{"+5", 5.0}, Case{" 7.25\t", 7.25}, Case{".5", 0.5}, Case{"5.", 5.0},
        Case{"1E3", 1000.0}, Case{"-0", 0.0}, Case{"0000000000000000000000001", 1.0}}) {
    CAPTURE(c.text);
    REQUIRE(parse_number(c.text));
    CHECK(*parse_number(c.text) == c.value);
  }
  Draws draws(random_key(1, 0, "text_test"), 2, 0, 0);
  for (int i = 0; i < 20'000; ++i) {  // digits and exponent at random, against strtod
    std::string text = std::to_string(draws.bits64() >> draws.below(60));
    text.insert(draws.below(static_cast<std::uint32_t>(text.size()) + 1), ".");
    text += "e" + std::to_string(static_cast<int>(draws.below(60)) - 30);
    REQUIRE(*parse_number(text) == std::strtod(text.c_str(), nullptr));
  }
}

TEST_CASE("what is no plain decimal number is refused") {
  for (const char* text :
       {"",  " ", "nan", "inf", "-inf",  "0x10",  "1,5",    "1 2",   "--1", "+-1",  "e5",
        ".", "-", "1e",  "1e+", "1.2.3", "1e400", "-1e400", "1_000", "١",   "1e5.0"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_number(text));
  }
  for (const char* text : {"", "1.0", "1e3", "9223372036854775808", "-9223372036854775809",
                           "99999999999999999999", "0x1", "+", "- 1"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_integer(text));
  }
  CHECK(*parse_integer("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
  CHECK(*parse_integer("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
  CHECK(*parse_integer(" +12 ") == 12);
}

TEST_CASE("fixed point rounds half away from zero on the exact value") {
  CHECK(fixed(0.5, 0) == "1");
  CHECK(fixed(2.5, 0) == "3");
  CHECK(fixed(-2.5, 0) == "-3");
  CHECK(fixed(0.125, 2) == "0.13");
  CHECK(fixed(1.005, 2) == "1.00");  // the double is a little less
  CHECK(fixed(-0.004, 2) == "0.00");
  CHECK(fixed(-0.0, 3) == "0.000");
  CHECK(fixed(9.9996, 3) == "10.000");
  CHECK(fixed(0.05, 1) == "0.1");
  CHECK(fixed(1e-300, 9) == "0.000000000");
  CHECK(fixed(5e-10, 9) == "0.000000001");
  CHECK(fixed(4.9e-10, 9) == "0.000000000");
  CHECK(fixed(999999999999999.9, 0) == "1000000000000000");
  CHECK(fixed(123456789.987654321, 6) == "123456789.987654");
  CHECK(fixed(1e15, 2) == shortest(1e15));
  Draws draws(random_key(1, 0, "text_test"), 3, 0, 0);
  for (int i = 0; i < 20'000; ++i) {  // ties aside, as printf
    const double value = draws.uniform(-1, 1) * std::pow(10.0, draws.uniform(-12, 14.9));
    const int decimals = static_cast<int>(draws.below(10));
    const std::string right = printed(value, decimals);
    const std::string digits = printed(value, 70);
    const std::string tail =
        digits.substr(digits.find('.') + 1 + static_cast<std::size_t>(decimals));
    if (tail == "5" + std::string(tail.size() - 1, '0')) continue;
    const bool zero = right.find_first_of("123456789") == std::string::npos;
    REQUIRE(fixed(value, decimals) == (zero && right[0] == '-' ? right.substr(1) : right));
  }
}

TEST_CASE("thousands are grouped") {
  CHECK(grouped(1234567.891, 2, ",") == "1,234,567.89");
  CHECK(grouped(-1234, 0) == "-1 234");
  CHECK(grouped(999, 0) == "999");
  CHECK(grouped(0, 1) == "0.0");
}

TEST_CASE("UTF-8") {
  CHECK(is_utf8("Zürich 苏黎世 🛒"));
  CHECK(is_utf8(""));
  for (const std::string_view bad :
       {std::string_view("a\0b", 3), std::string_view("\xc0\xaf"), std::string_view("\xed\xa0\x80"),
        std::string_view("\xf4\x90\x80\x80"), std::string_view("\xe0\x80\x80"),
        std::string_view("\xff"), std::string_view("\xe8\x8b"), std::string_view("\x80")}) {
    CHECK_FALSE(is_utf8(bad));
  }
  CHECK(shortened("苏黎世湖", 3) == "苏黎…");
  CHECK(shortened("苏黎世", 3) == "苏黎世");
  CHECK(shortened("abc", 1) == "…");
  CHECK(shortened("abc", 0) == "");
  CHECK(shortened("\xff\xff\xff", 5) == "\xff\xff\xff");
}

TEST_CASE("small helpers") {
  CHECK(split("a,,b", ',') == std::vector<std::string>{"a", "", "b"});
  CHECK(split("", ',') == std::vector<std::string>{""});
  CHECK(trimmed(" \t x y \r\n") == "x y");
  CHECK(html_escaped("<a b=\"c\">&'") == "&lt;a b=&quot;c&quot;&gt;&amp;&#39;");
}

TEST_CASE("an error is one line; long lists are cut") {
  const Error full{"stores.csv", "line 12, column floor_area_m2", "-40", "is not allowed",
                   "a number from 1 to 500000"};
  CHECK(describe(full) ==
        "stores.csv: line 12, column floor_area_m2: \"-40\" is not allowed (a number from 1 to "
        "500000)");
  CHECK(describe(Error{{}, {}, "a\nb", "is wrong", {}}) == "\"a b\" is wrong");
  const std::string cut = describe(Error{{}, {}, std::string(500, 'x'), "is long", {}});
  CHECK(cut == "\"" + std::string(59, 'x') + "…\" is long");
  CHECK(describe(Errors(25, full), 2).find("and 23 more\n") != std::string::npos);
  CHECK(describe(Errors(2, full), 2).find("more") == std::string::npos);
}
