#include "core/time.hpp"

#include <doctest/doctest.h>

using namespace footfall;

TEST_CASE("days and moments before the first midnight are floored") {
  CHECK(day_of(0) == 0);
  CHECK(day_of(-1) == -1);
  CHECK(day_of(-micros_per_day) == -1);
  CHECK(day_of(-micros_per_day - 1) == -2);
  CHECK(day_of(micros_per_day - 1) == 0);
  CHECK(day_of(micros_per_day) == 1);
  CHECK(time_of_day(-1) == micros_per_day - 1);
  CHECK(time_of_day(micros_per_day + 5) == 5);
}

TEST_CASE("calendar facts") {
  CHECK(days_from_civil({1970, 1, 1}) == 0);
  CHECK(days_from_civil({2000, 3, 1}) == 11'017);
  CHECK(days_from_civil({1969, 12, 31}) == -1);
  CHECK(days_from_civil({1, 1, 1}) == -719'162);
  const Calendar calendar({2026, 1, 1});
  CHECK(calendar.weekday(0) == Weekday::thursday);
  CHECK(Calendar({2000, 1, 1}).weekday(0) == Weekday::saturday);
  CHECK(Calendar({1900, 1, 1}).weekday(0) == Weekday::monday);
  CHECK(calendar.weekday(-1) == Weekday::wednesday);
  CHECK(calendar.weekday(-400'000) == static_cast<Weekday>(((3 - 400'000) % 7 + 7) % 7));
  CHECK(calendar.day({2026, 12, 31}) == 364);
  CHECK(calendar.day({2025, 12, 31}) == -1);
}

TEST_CASE("every day of 1,600 years follows the one before and comes back") {
  Date last = civil_from_days(-400'000);
  for (std::int64_t d = -399'999; d < 184'000; ++d) {
    const Date date = civil_from_days(d);
    REQUIRE(days_from_civil(date) == d);
    const bool same_month = date.month == last.month && date.year == last.year;
    if (same_month) {
      REQUIRE(date.day == last.day + 1);
    } else {
      REQUIRE(date.day == 1);
      REQUIRE(last.day >= 28);
    }
    last = date;
  }
}

TEST_CASE("dates are read strictly") {
  CHECK(parse_date("2024-02-29").value() == Date{2024, 2, 29});
  CHECK(date_text({987, 3, 4}) == "0987-03-04");
  for (const char* text :
       {"2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "2024-1-01",
        "2024-01-00", "24-01-01", " 2024-01-01", "2024/01/01", "2024-01-01x", "", "2024-01-+1"}) {
    CAPTURE(text);
    const auto date = parse_date(text);
    REQUIRE_FALSE(date);
    CHECK(date.error()[0].value == text);
    CHECK(date.error()[0].allowed == "YYYY-MM-DD");
  }
}

TEST_CASE("holidays and seasons") {
  const Calendar calendar({2026, 1, 1}, {{2026, 12, 25}, {2026, 1, 1}, {2026, 12, 25}});
  CHECK(calendar.is_holiday(0));
  CHECK_FALSE(calendar.is_holiday(1));
  CHECK(calendar.is_holiday(calendar.day({2026, 12, 25})));
  const auto season = [](Date date, bool southern) {
    const Calendar c(date, {}, southern);
    return c.season(0);
  };
  CHECK(season({2026, 12, 1}, false) == Season::winter);
  CHECK(season({2026, 2, 28}, false) == Season::winter);
  CHECK(season({2026, 3, 1}, false) == Season::spring);
  CHECK(season({2026, 8, 31}, false) == Season::summer);
  CHECK(season({2026, 11, 30}, false) == Season::autumn);
  CHECK(season({2026, 1, 15}, true) == Season::summer);
  CHECK(season({2026, 4, 15}, true) == Season::autumn);
}
