// A day of trips as a film: who is where at a moment.
#include "ui/playback.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "sim/scenario/generate.hpp"

using namespace footfall;
using namespace footfall::ui;

namespace {

struct Bench {
  scenario::Scenario city;
  geo::Frame frame;
  Table trips;

  Bench() {
    scenario::CityParams params;
    params.demand_points = 50;
    params.block_m = 0;
    city = *scenario::generate_city(params);
    frame = geo::Frame(city.origin());
    const auto zone = static_cast<std::int64_t>(city.demand[3].id.value);
    const auto store = static_cast<std::int64_t>(city.stores[0].id.value);
    trips.id = "trips";
    trips.columns = {
        {"day", "", Column::Texts{"2026-03-09", "2026-03-02", "2026-03-09", "2026-03-02"}, 0},
        {"time", "", Column::Texts{"10:00", "13:20", "22:10", "9:00"}, 0},
        {"channel", "", Column::Texts{"store", "store", "store", "delivery"}, 0},
        {"home", "", Column::Integers{zone, zone, zone, zone}, 0},
        {"store_id", "", Column::Integers{store, store, store, store}, 0}};
  }
  geo::Point home() const { return frame.to_local(city.demand[3].place); }
  geo::Point store() const { return frame.to_local(city.stores[0].place); }
};

double distance(const Dot& dot, geo::Point p) {
  return std::hypot(static_cast<double>(dot.x) - p.x, static_cast<double>(dot.y) - p.y);
}

}  // namespace

TEST_CASE("a trip goes from home to the store, stays, and goes back") {
  const Bench b;
  Playback film;
  REQUIRE(film.load(b.trips, b.city, b.frame));
  REQUIRE(film.days().size() == 2);
  CHECK(film.days()[0] == "2026-03-02");
  CHECK(film.day() == 0);
  CHECK(film.trips_of_day() == 1);  // what is brought home is no way to the store
  film.set_day(99);
  CHECK(film.day() == 1);
  CHECK(film.trips_of_day() == 2);
  const FilmParams params;
  const double way_m = std::hypot(b.home().x - b.store().x, b.home().y - b.store().y);
  const double way_s = params.least_way_s + way_m / params.speed_mps;
  std::vector<Dot> dots;
  const auto at = [&](double second) {
    film.set_second(second);
    film.dots(dots);
    return dots.size();
  };
  CHECK(at(36'000 - way_s - 2) == 0);
  REQUIRE(at(36'000 - way_s + 1) == 1);
  CHECK(distance(dots[0], b.home()) < way_m / 50 + 1);
  REQUIRE(at(36'000 - way_s / 2) == 1);
  CHECK(distance(dots[0], b.home()) == doctest::Approx(way_m / 2).epsilon(0.01));
  REQUIRE(at(36'000 + 60) == 1);
  CHECK(distance(dots[0], b.store()) < 100);
  REQUIRE(at(36'000 + params.stay_s + way_s * 0.75) == 1);
  CHECK(distance(dots[0], b.home()) == doctest::Approx(way_m / 4).epsilon(0.02));
  CHECK(at(36'000 + params.stay_s + way_s + 2) == 0);
}

TEST_CASE("the film runs at its speed and stops at midnight") {
  const Bench b;
  Playback film;
  film.set_playing(true);
  CHECK(!film.playing());  // there is nothing to play
  REQUIRE(film.load(b.trips, b.city, b.frame));
  film.set_second(1000);
  film.advance(500);
  CHECK(film.second() == 1000);  // it does not play yet
  film.set_playing(true);
  film.set_speed(10);
  film.advance(500);
  CHECK(film.second() == doctest::Approx(1000 + 0.5 * 10 * 60));
  film.set_speed(1e6);
  CHECK(film.speed() == Playback::fastest);
  film.set_second(Playback::day_s - 10);
  film.advance(1000);
  CHECK(film.second() == Playback::day_s);
  CHECK(!film.playing());
  film.set_second(-5);
  CHECK(film.second() == 0);
}

TEST_CASE("the profile counts everyone who is about") {
  const Bench b;
  Playback film;
  REQUIRE(film.load(b.trips, b.city, b.frame));
  film.set_day(1);
  const auto counts = film.profile(24);
  CHECK(counts[10] == 1);
  CHECK(counts[3] == 0);
  double total = 0;
  for (const double n : counts) total += n;
  CHECK(total >= 2);
}

TEST_CASE("tables without what a film needs are refused, rows of unknown places left out") {
  Bench b;
  Playback film;
  std::get<Column::Integers>(b.trips.columns[4].values)[0] = 99'999;
  std::get<Column::Integers>(b.trips.columns[3].values)[2] = -1;
  std::get<Column::Texts>(b.trips.columns[1].values)[3] = "noon";
  REQUIRE(film.load(b.trips, b.city, b.frame));
  film.set_day(1);
  CHECK(film.trips_of_day() == 0);
  film.set_day(0);
  CHECK(film.trips_of_day() == 1);
  b.trips.columns.pop_back();
  CHECK(!film.load(b.trips, b.city, b.frame));
  CHECK(film.empty());
  CHECK(!film.load(Table{}, b.city, b.frame));
}
