#include "core/time.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/text.hpp"

namespace footfall {

namespace {

constexpr std::int64_t days_per_era = 146'097;  // 400 years

bool is_leap(std::int32_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

std::int32_t month_length(std::int32_t year, std::int32_t month) {
  static constexpr std::int32_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<Date> parse_date(std::string_view text) {
  const auto refused = [&] {
    return fail(Error{{}, {}, std::string(text), "is not a date", "YYYY-MM-DD"});
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return refused();
  const std::string_view parts[] = {text.substr(0, 4), text.substr(5, 2), text.substr(8, 2)};
  std::int32_t numbers[3];
  for (int i = 0; i < 3; ++i) {
    if (!all_digits(parts[i])) return refused();
    numbers[i] = static_cast<std::int32_t>(*parse_integer(parts[i]));
  }
  const auto [year, month, day] = numbers;
  if (month < 1 || month > 12 || day < 1 || day > month_length(year, month)) return refused();
  return Date{year, month, day};
}

std::string date_text(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::int64_t days_from_civil(Date date) {
  // Years are counted from March, so that the leap day is the last of its year.
  const std::int64_t year = std::int64_t{date.year} - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t march_month = (date.month + 9) % 12;
  const std::int64_t day_of_year = (153 * march_month + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * days_per_era + day_of_era - 719'468;
}

Date civil_from_days(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - (days_per_era - 1)) / days_per_era;
  const std::int64_t day_of_era = days - era * days_per_era;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t march_month = (5 * day_of_year + 2) / 153;
  const auto day = static_cast<std::int32_t>(day_of_year - (153 * march_month + 2) / 5 + 1);
  const auto month =
      static_cast<std::int32_t>(march_month < 10 ? march_month + 3 : march_month - 9);
  const auto year = static_cast<std::int32_t>(year_of_era + era * 400 + (month <= 2 ? 1 : 0));
  return {year, month, day};
}

Calendar::Calendar(Date first, std::vector<Date> holidays, bool southern)
    : first_(days_from_civil(first)), southern_(southern) {
  holidays_.reserve(holidays.size());
  for (const Date date : holidays) holidays_.push_back(days_from_civil(date));
  std::sort(holidays_.begin(), holidays_.end());
  holidays_.erase(std::unique(holidays_.begin(), holidays_.end()), holidays_.end());
}

Date Calendar::date(Day day) const {
  return civil_from_days(first_ + day);
}

Day Calendar::day(Date date) const {
  return static_cast<Day>(days_from_civil(date) - first_);
}

Weekday Calendar::weekday(Day day) const {
  const std::int64_t since_monday = (first_ + day + 3) % 7;  // 1970-01-01 was a Thursday
  return static_cast<Weekday>(since_monday < 0 ? since_monday + 7 : since_monday);
}

bool Calendar::is_holiday(Day day) const {
  return std::binary_search(holidays_.begin(), holidays_.end(), first_ + day);
}

Season Calendar::season(Day day) const {
  const std::int32_t quarter = date(day).month % 12 / 3;  // December to February is 0
  return static_cast<Season>((quarter + (southern_ ? 2 : 0)) % 4);
}

}  // namespace footfall
