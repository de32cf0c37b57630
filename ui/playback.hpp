// A day of trips as a film: who is on the way at a moment, and where. It knows no screen.
//
// The film shows the trips that a study sampled, not all of them. Between home and store people
// move on the straight line: the study gives no routes, and the film is to show when and where
// from, not which road.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/place.hpp"
#include "core/result.hpp"
#include "geo/frame.hpp"
#include "sim/scenario/scenario.hpp"
#include "ui/map/renderer.hpp"

namespace footfall::ui {

/// How fast people go on the straight line, and how long they stay: the table does not say.
struct FilmParams {
  double speed_mps = 7;      ///< 25 km/h: a town's traffic with its detours
  double least_way_s = 240;  ///< from the door to the car, and from there to the shop
  double stay_s = 25 * 60;
};

class Playback {
 public:
  static constexpr double day_s = 86'400;
  static constexpr double slowest = 1, fastest = 100;  ///< minutes of the film in a second

  /// Takes the table "sample_visits" of `shoppers simulate`: columns day (date), time ("17:05"),
  /// channel, home (a demand point's id), store_id. Other channels than the store's are left out,
  /// and so are places that the scenario does not have. False, and nothing is loaded, where columns
  /// are missing.
  bool load(const Table& trips, const scenario::Scenario& scenario, const geo::Frame& frame,
            const FilmParams& params = {});
  void clear();
  bool empty() const { return trips_.empty(); }

  std::span<const std::string> days() const { return days_; }  ///< dates that have trips, ascending
  std::size_t day() const { return day_; }                     ///< number of the date in days()
  void set_day(std::size_t day);
  std::size_t trips_of_day() const { return to_ - from_; }

  double second() const { return second_; }
  void set_second(double second);
  bool playing() const { return playing_; }
  void set_playing(bool playing) { playing_ = playing && !empty(); }
  double speed() const { return speed_; }
  void set_speed(double minutes_per_second);
  /// The film goes on; stops at the end of the day.
  void advance(double elapsed_ms);

  /// Those on the way or in a store at the moment. Shades as of a film.
  void dots(std::vector<Dot>& out) const;
  /// People on the way or in a store in each of `bins` equal parts of the day.
  std::vector<double> profile(std::size_t bins) const;

 private:
  struct Trip {
    std::size_t day = 0;
    float leaves_s = 0, arrives_s = 0, goes_s = 0, back_s = 0;
    float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  };
  std::vector<Trip> trips_;  ///< by day
  std::vector<std::string> days_;
  std::size_t day_ = 0, from_ = 0, to_ = 0;
  double second_ = 9 * 3600.0, speed_ = 20;
  bool playing_ = false;
};

}  // namespace footfall::ui
