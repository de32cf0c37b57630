#include "sim/visits/schedule.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "sim/visits/purposes.hpp"

namespace footfall::visits {
namespace {

Error wrong(std::string_view field, std::string_view value, std::string message,
            std::string allowed) {
  return {"scenario.json", "parameters/visits/" + std::string(field), shortened(value, 60),
          std::move(message), std::move(allowed)};
}

Result<std::vector<Date>> parse_dates(std::string_view text) {
  std::vector<Date> dates;
  Errors errors;
  if (trimmed(text).empty()) return dates;
  for (const std::string& part : split(text, ',')) {
    const auto date = parse_date(trimmed(part));
    if (date) {
      dates.push_back(*date);
    } else {
      errors.push_back(wrong("holidays", part, "is no date", "dates like 2026-12-25"));
    }
  }
  if (!errors.empty()) return fail(std::move(errors));
  return dates;
}

DayKind kind_of(const Calendar& calendar, Day day) {
  if (calendar.is_holiday(day)) return DayKind::holiday;
  switch (calendar.weekday(day)) {
    case Weekday::saturday:
      return DayKind::saturday;
    case Weekday::sunday:
      return DayKind::sunday;
    default:
      return DayKind::weekday;
  }
}

double weight_of(const Params& p, const Calendar& calendar, const std::vector<double>& weekdays,
                 PhiloxKey key, Day day) {
  double weight = calendar.is_holiday(day)
                      ? p.holiday_weight
                      : weekdays[static_cast<std::size_t>(calendar.weekday(day))];
  if (calendar.date(day).month == 12) weight *= p.december_factor;
  if (p.bad_weather_share > 0) {
    Draws draws(key, 0, static_cast<std::uint32_t>(day), purpose::weather);
    if (draws.bernoulli(p.bad_weather_share)) weight *= 1 + p.bad_weather_effect;
  }
  return weight;
}

/// Share of the hour [hour, hour + 1) that is open.
double open_part(const Params& p, int hour) {
  const double from = std::max(p.opens_h, static_cast<double>(hour));
  const double to = std::min(p.closes_h, static_cast<double>(hour + 1));
  return std::max(to - from, 0.0);
}

}  // namespace

std::string_view name_of(DayKind value) {
  static constexpr std::array<std::string_view, day_kinds> names{"weekday", "saturday", "sunday",
                                                                 "holiday"};
  return names[static_cast<std::size_t>(value)];
}

HourProfile::HourProfile(const std::array<double, 24>& weights) {
  double total = 0;
  for (const double w : weights) total += w;
  std::array<double, 24> scaled{};
  std::array<std::uint8_t, 24> small{}, large{};
  std::size_t smalls = 0, larges = 0;
  for (std::size_t h = 0; h < 24; ++h) {
    share_[h] = weights[h] / total;
    scaled[h] = share_[h] * 24;
    first_s_[h] = static_cast<std::uint32_t>(h) * 3600;
    length_s_[h] = 3600;
    (scaled[h] < 1 ? small[smalls++] : large[larges++]) = static_cast<std::uint8_t>(h);
    threshold_[h] = 0xffffffffu;
    alias_[h] = static_cast<std::uint8_t>(h);
  }
  while (smalls > 0 && larges > 0) {  // Vose 1991
    const std::uint8_t low = small[--smalls], high = large[larges - 1];
    threshold_[low] = static_cast<std::uint32_t>(scaled[low] * 4294967295.0);
    alias_[low] = high;
    scaled[high] -= 1 - scaled[low];
    if (scaled[high] < 1) {
      --larges;
      small[smalls++] = high;
    }
  }
}

Result<std::vector<double>> parse_weights(std::string_view text, std::size_t count,
                                          std::string_view field) {
  std::vector<double> out;
  double total = 0;
  for (const std::string& part : split(text, ' ')) {
    if (trimmed(part).empty()) continue;
    const auto number = parse_number(part);
    if (!number || *number < 0 || *number > 1e6) {
      return fail(wrong(field, part, "is not allowed", "a number from 0 to 1000000"));
    }
    out.push_back(*number);
    total += *number;
  }
  if (out.size() != count || !(total > 0)) {
    return fail(wrong(field, text, out.size() != count ? "has the wrong length" : "is all zero",
                      std::to_string(count) + " numbers, separated by spaces, not all 0"));
  }
  return out;
}

std::string weights_text(const std::array<double, 24>& weights) {
  std::string out;
  for (const double w : weights) {
    if (!out.empty()) out += ' ';
    out += shortest(w);
  }
  return out;
}

Result<Schedule> Schedule::make(const Params& params, Date first_day, PhiloxKey key) {
  Schedule out;
  Errors errors;
  const auto weekdays = parse_weights(params.weekdays, 7, "weekdays");
  if (!weekdays) append(errors, weekdays.error());
  auto holidays = parse_dates(params.holidays);
  if (!holidays) append(errors, holidays.error());
  const std::array<std::pair<std::string_view, const std::string*>, 4> lists{
      {{"hours_resident", &params.hours_resident},
       {"hours_worker", &params.hours_worker},
       {"hours_weekend", &params.hours_weekend},
       {"hours_holiday", &params.hours_holiday}}};
  for (std::size_t i = 0; i < lists.size(); ++i) {
    const auto list = parse_weights(*lists[i].second, 24, lists[i].first);
    if (!list) {
      append(errors, list.error());
      continue;
    }
    std::array<double, 24> weights{};
    double total = 0;
    for (int h = 0; h < 24; ++h) {
      const auto at = static_cast<std::size_t>(h);
      weights[at] = (*list)[at] * open_part(params, h);
      total += weights[at];
    }
    if (!(total > 0)) {
      errors.push_back(wrong(lists[i].first, *lists[i].second, "has no trip while stores are open",
                             "opens_h before closes_h, and weights between them"));
      continue;
    }
    HourProfile& profile = out.profiles_[i] = HourProfile(weights);
    for (std::size_t h = 0; h < 24; ++h) {
      const double from = std::max(params.opens_h, static_cast<double>(h));
      profile.first_s_[h] = static_cast<std::uint32_t>(from * 3600);
      profile.length_s_[h] =
          static_cast<std::uint32_t>(open_part(params, static_cast<int>(h)) * 3600);
    }
  }
  if (!errors.empty()) return fail(std::move(errors));

  const Calendar calendar(first_day, std::move(*holidays));
  std::vector<double> weights(static_cast<std::size_t>(longest_run));
  double first_year = 0;
  for (Day day = 0; day < longest_run; ++day) {
    const auto at = static_cast<std::size_t>(day);
    weights[at] = weight_of(params, calendar, *weekdays, key, day);
    if (day < 365) first_year += weights[at];
    out.kind_.push_back(kind_of(calendar, day));
  }
  if (!(first_year > 0)) {
    return fail(wrong("holidays", params.holidays, "leave no day open", "a day with trips"));
  }
  double time = 0;
  out.begin_.push_back(0);
  for (const double weight : weights) {
    time += weight * 365 / first_year;
    out.begin_.push_back(static_cast<TripTime>(std::min(time * day_of_trips, 4.2e9)));
  }
  return out;
}

}  // namespace footfall::visits
