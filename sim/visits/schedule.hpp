// When trips happen: how many on each day, and at which hour. The same for all shoppers, so that a
// day is a stretch of common "trip time" in which everyone's intervals run at their own rate.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/rng.hpp"
#include "core/time.hpp"
#include "sim/visits/params.hpp"

namespace footfall::visits {

/// Trip time: 65,536 to a day of average weight; the first 365 days hold 365 average days.
using TripTime = std::uint32_t;
inline constexpr TripTime day_of_trips = 65'536;
/// Days that a run may have; trip time stays below 2^32.
inline constexpr Day longest_run = 20'000;

enum class DayKind : std::uint8_t { weekday, saturday, sunday, holiday };
inline constexpr int day_kinds = 4;
std::string_view name_of(DayKind value);

/// Hours of the day by weight, drawn by Walker's alias method from one word of 32 bits.
class HourProfile {
 public:
  HourProfile() = default;
  /// `weights` of the 24 hours, not all 0.
  explicit HourProfile(const std::array<double, 24>& weights);

  /// Second of the day; `bits` chooses the hour, `more` (16 bits) the second in it.
  std::uint32_t second(std::uint32_t bits, std::uint32_t more) const {
    const std::uint64_t product = std::uint64_t{bits} * 24;
    const auto slot = static_cast<std::size_t>(product >> 32);
    const std::uint32_t hour = static_cast<std::uint32_t>(product) < threshold_[slot]
                                   ? static_cast<std::uint32_t>(slot)
                                   : alias_[slot];
    return first_s_[hour] + ((more * length_s_[hour]) >> 16);
  }
  double share(int hour) const { return share_[static_cast<std::size_t>(hour)]; }

 private:
  friend class Schedule;
  std::array<std::uint32_t, 24> threshold_{};
  std::array<std::uint8_t, 24> alias_{};
  std::array<std::uint32_t, 24> first_s_{}, length_s_{};  // open part of each hour
  std::array<double, 24> share_{};
};

/// Whose profile counts on weekdays.
enum class Pace : std::uint8_t { resident, worker };

class Schedule {
 public:
  /// `key` is for the weather. Errors: lists that are no lists of the right length, dates that are
  /// none, no day of the week open, hours that no profile reaches.
  static Result<Schedule> make(const Params& params, Date first_day, PhiloxKey key);

  /// Trip time before the day begins, 0 for day 0. Days from 0 to longest_run.
  TripTime begin(Day day) const { return begin_[static_cast<std::size_t>(day)]; }
  TripTime end(Day day) const { return begin(day + 1); }
  DayKind kind(Day day) const { return kind_[static_cast<std::size_t>(day)]; }
  const HourProfile& hours(DayKind kind, Pace pace) const {
    const std::size_t weekday = pace == Pace::worker ? 1 : 0;
    return profiles_[kind == DayKind::weekday ? weekday : kind == DayKind::holiday ? 3 : 2];
  }

 private:
  std::vector<TripTime> begin_;  // longest_run + 1 values
  std::vector<DayKind> kind_;
  std::array<HourProfile, 4> profiles_;  // resident, worker, weekend, holiday
};

/// `count` numbers of at least 0, not all 0, separated by spaces. The error names the field.
Result<std::vector<double>> parse_weights(std::string_view text, std::size_t count,
                                          std::string_view field);
/// The 24 weights as such a text.
std::string weights_text(const std::array<double, 24>& weights);

}  // namespace footfall::visits
