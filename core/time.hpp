// Time is an integer number of microseconds since the scenario's first midnight, in local civil
// time without daylight saving. A day is an integer. Intervals are [from, to). There is no wall
// clock here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace footfall {

using Micros = std::int64_t;  ///< Microseconds since the first midnight; may be negative.
using Day = std::int32_t;     ///< Days since the first day, which is 0; may be negative.

inline constexpr Micros micros_per_second = 1'000'000;
inline constexpr Micros micros_per_day = 86'400 * micros_per_second;

/// The day that a moment lies in (floored, so that -1 µs is day -1).
constexpr Day day_of(Micros t) {
  return static_cast<Day>(t >= 0 ? t / micros_per_day
                                 : -((-t + micros_per_day - 1) / micros_per_day));
}
/// Microseconds since that day's midnight, 0 to micros_per_day - 1.
constexpr Micros time_of_day(Micros t) {
  return t - day_of(t) * micros_per_day;
}

/// A date of the proleptic Gregorian calendar (ISO 8601).
struct Date {
  std::int32_t year = 2026;
  std::int32_t month = 1;  ///< 1 to 12
  std::int32_t day = 1;    ///< 1 to the length of the month

  friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

/// "2026-01-31"; an error names the text.
Result<Date> parse_date(std::string_view text);
std::string date_text(Date date);

/// Days since 1970-01-01 and back (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
std::int64_t days_from_civil(Date date);
Date civil_from_days(std::int64_t days);

enum class Weekday : std::uint8_t {
  monday,
  tuesday,
  wednesday,
  thursday,
  friday,
  saturday,
  sunday
};
enum class Season : std::uint8_t { winter, spring, summer, autumn };

/// Knows weekday, holiday and season of each day of a scenario.
class Calendar {
 public:
  /// `first` is day 0. `holidays` may be in any order; repeated dates count once.
  /// `southern` moves the meteorological seasons (Dec-Feb is winter in the north) by half a year.
  explicit Calendar(Date first = {}, std::vector<Date> holidays = {}, bool southern = false);

  Date date(Day day) const;
  Day day(Date date) const;
  Weekday weekday(Day day) const;
  bool is_holiday(Day day) const;
  Season season(Day day) const;

 private:
  std::int64_t first_ = 0;              // days since 1970-01-01
  std::vector<std::int64_t> holidays_;  // sorted, unique, days since 1970-01-01
  bool southern_ = false;
};

}  // namespace footfall
