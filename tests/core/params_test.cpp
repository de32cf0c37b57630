#include "core/params.hpp"

#include <limits>

#include <doctest/doctest.h>

using namespace footfall;

namespace {

constexpr std::string_view decay_names[] = {"power", "exponential"};

struct Sample {
  bool on = true;
  std::int64_t count = 5;
  double rate = 0.25;
  Ranged exponent{2, 1.5, 2.5};
  std::string category = "groceries";
  std::uint8_t decay = 0;

  Fields fields() {
    return {{"on", &on, 0, 0, "", "Whether it is on"},
            {"count", &count, 1, 10, "", "How many"},
            {"rate", &rate, 0, 1, "per minute", "How fast"},
            {"exponent", &exponent, 0, 5, "", "How steep", "Huff 1963"},
            {"category", &category, 0, 12, "", "Of goods"},
            {"decay", &decay, 0, 0, "", "Form of decay", {}, decay_names}};
  }
};

Errors read(Sample& sample, std::string_view text) {
  return from_json(parse_json(text, "t").value(), sample.fields(), "scenario.json", "/parameters");
}

// The one error of reading this text, which must leave the sample as it was.
Error refused(std::string_view text) {
  Sample sample;
  const Json before = to_json(sample.fields());
  const Errors errors = read(sample, text);
  CAPTURE(text);
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].file == "scenario.json");
  CHECK(to_json(sample.fields()) == before);
  return errors[0];
}

TEST_CASE("draws stay in their ranges, have the triangle's mean, and are keyed by room and name") {
  struct Two {
    Ranged a{0.1, 0.02, 0.3}, b{2, 1, 5};
    std::int64_t count = 7;
  };
  const auto drawn = [](Two params, std::uint32_t draw, std::string_view room = "room") {
    draw_ranges({{"a", &params.a, 0, 1}, {"b", &params.b, 0, 10}, {"count", &params.count, 0, 9}},
                room, 3, draw);
    return params;
  };
  double mean = 0;
  for (std::uint32_t d = 0; d < 4000; ++d) {
    const Ranged a = drawn({}, d).a;
    CHECK(a.low == a.high);
    CHECK(a.value >= 0.02);
    CHECK(a.value <= 0.3);
    mean += a.value / 4000;
  }
  CHECK(mean == doctest::Approx((0.02 + 0.1 + 0.3) / 3).epsilon(0.03));  // standard error 0.0009
  Two certain;
  certain.a = {0.2, 0.2, 0.2};
  CHECK(drawn(certain, 17).a.value == 0.2);
  CHECK(drawn(certain, 17).b == drawn({}, 17).b);
  CHECK(drawn({}, 18).b != drawn({}, 17).b);
  CHECK(drawn({}, 17, "other").b != drawn({}, 17).b);
  CHECK(drawn({}, 17).count == 7);
}

}  // namespace

TEST_CASE("parameters survive JSON") {
  Sample a;
  a.on = false;
  a.count = 7;
  a.rate = 0.1;
  a.exponent = {3, 2, 4};
  a.category = "shoes";
  a.decay = 1;
  Sample b;
  CHECK(from_json(to_json(a.fields()), b.fields(), "f", "p").empty());
  CHECK(to_json(b.fields()) == to_json(a.fields()));
  CHECK(b.decay == 1);
  CHECK(b.exponent == Ranged{3, 2, 4});
}

TEST_CASE("absent fields keep their values; a plain number is certain") {
  Sample sample;
  CHECK(read(sample, R"({"exponent": 3, "count": 6.0})").empty());
  CHECK(sample.exponent == Ranged{3, 3, 3});
  CHECK(sample.count == 6);
  CHECK(sample.rate == 0.25);
  CHECK(to_json(sample.fields())["exponent"] == 3);
}

TEST_CASE("each kind of error names its place, value and range, and changes nothing") {
  CHECK(refused(R"({"colour": 1})").place == "/parameters/colour");
  CHECK(refused(R"({"colour": 1})").allowed.find("exponent") != std::string::npos);
  CHECK(refused(R"({"on": 1})").allowed == "true or false");
  CHECK(refused(R"({"count": 11})").allowed == "a whole number from 1 to 10");
  CHECK(refused(R"({"count": 2.5})").value == "2.5");
  CHECK(refused(R"({"count": "2"})").place == "/parameters/count");
  CHECK(refused(R"({"count": 18446744073709551615})").place == "/parameters/count");
  CHECK(refused(R"({"rate": -0.1})").allowed == "a number from 0 to 1");
  CHECK(refused(R"({"rate": null})").value == "null");
  CHECK(refused(R"({"exponent": 9})").value == "9");
  CHECK(refused(R"({"exponent": true})").place == "/parameters/exponent");
  CHECK(refused(R"({"exponent": {"value": 2, "low": 1}})").place == "/parameters/exponent/high");
  CHECK(refused(R"({"exponent": {"value": 2, "low": 1, "high": 9}})").value == "9");
  CHECK(refused(R"({"exponent": {"value": 2, "low": 3, "high": 4}})").allowed ==
        "low <= value <= high");
  CHECK(refused(R"({"exponent": {"value": 2, "low": 1, "high": 3, "mid": 2}})").place ==
        "/parameters/exponent/mid");
  CHECK(refused(R"({"category": "much too long a text"})").allowed ==
        "a text of at most 12 characters");
  CHECK(refused(R"({"category": 4})").value == "4");
  CHECK(refused(R"({"decay": "linear"})").allowed == "one of power, exponential");
  CHECK(refused(R"({"decay": 1})").value == "1");
  CHECK(refused(R"([])").allowed == "an object");
}

TEST_CASE("all errors are reported, and the right fields are still read") {
  Sample sample;
  const Errors errors = read(sample, R"({"count": 99, "rate": 0.5, "decay": "x", "zzz": 0})");
  CHECK(errors.size() == 3);
  CHECK(sample.rate == 0.5);
  CHECK(sample.count == 5);
}

TEST_CASE("fields are set from text") {
  Sample sample;
  const Fields fields = sample.fields();
  CHECK(set_field(fields, "rate", "0.75", "catchment").empty());
  CHECK(set_field(fields, "on", "false", "").empty());
  CHECK(set_field(fields, "count", "3", "").empty());
  CHECK(set_field(fields, "decay", "exponential", "").empty());
  CHECK(set_field(fields, "category", "7", "").empty());
  CHECK(set_field(fields, "exponent.high", "4", "").empty());
  CHECK(set_field(fields, "exponent.low", "1", "").empty());
  CHECK(sample.rate == 0.75);
  CHECK_FALSE(sample.on);
  CHECK(sample.count == 3);
  CHECK(sample.decay == 1);
  CHECK(sample.category == "7");
  CHECK(sample.exponent == Ranged{2, 1, 4});
  CHECK(set_field(fields, "exponent", "3", "").empty());
  CHECK(sample.exponent == Ranged{3, 3, 3});

  const auto refused_text = [&](std::string_view name, std::string_view text) {
    const Errors errors = set_field(fields, name, text, "catchment");
    CAPTURE(name);
    CAPTURE(text);
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].place == "catchment/" + std::string(name));
    return errors[0].allowed;
  };
  CHECK(refused_text("rate", "fast") == "a number from 0 to 1");
  CHECK(refused_text("rate", "nan") == "a number from 0 to 1");
  CHECK(refused_text("count", "1.5") == "a whole number from 1 to 10");
  CHECK(refused_text("on", "maybe") == "true or false");
  CHECK(refused_text("decay", "") == "one of power, exponential");
  CHECK(refused_text("exponent.low", "4") == "low <= value <= high");
  CHECK(refused_text("exponent.low", "-1") == "a number from 0 to 5");
  refused_text("exponent.mid", "1");
  refused_text("rate.low", "1");
  refused_text("nothing", "1");
  CHECK(sample.exponent == Ranged{3, 3, 3});
}

TEST_CASE("the schema holds types, ranges, choices, defaults, units and sources") {
  Sample sample;
  const Json s = schema(sample.fields(), "Sample");
  CHECK(s["title"] == "Sample");
  CHECK(s["additionalProperties"] == false);
  const Json& p = s["properties"];
  CHECK(p.size() == 6);
  CHECK(p["count"]["type"] == "integer");
  CHECK(p["count"]["minimum"] == 1);
  CHECK(p["count"]["maximum"] == 10);
  CHECK(p["count"]["default"] == 5);
  CHECK(p["decay"]["enum"] == Json{"power", "exponential"});
  CHECK(p["decay"]["default"] == "power");
  CHECK(p["category"]["maxLength"] == 12);
  CHECK(p["rate"]["x-unit"] == "per minute");
  CHECK(p["exponent"]["x-source"] == "Huff 1963");
  CHECK(p["exponent"]["oneOf"].size() == 2);
  CHECK(p["exponent"]["description"] == "How steep");
}
