#include "ui/map/camera.hpp"

#include <doctest/doctest.h>

#include "core/rng.hpp"

using namespace footfall;
using namespace footfall::ui;

namespace {

Camera camera() {
  Camera c;
  c.set_frame(geo::Frame({95'200'000, 471'400'000}));
  c.set_viewport(300, 50, 800, 600);
  c.set({120, -340}, 0.25);
  return c;
}

}  // namespace

TEST_CASE("the centre is in the middle of the map, and north is up") {
  const Camera c = camera();
  CHECK(c.to_screen(geo::Point{120, -340}).x == doctest::Approx(700));
  CHECK(c.to_screen(geo::Point{120, -340}).y == doctest::Approx(350));
  CHECK(c.to_screen(geo::Point{120, -240}).y == doctest::Approx(325));
  CHECK(c.to_screen(geo::Point{220, -340}).x == doctest::Approx(725));
}

TEST_CASE("screen and plane undo each other") {
  Draws draws(random_key(1, 0, "camera"), 1, 0, 0);
  const Camera c = camera();
  for (int i = 0; i < 200; ++i) {
    const double x = draws.uniform(300, 1100), y = draws.uniform(50, 650);
    const ScreenPoint at{static_cast<float>(x), static_cast<float>(y)};
    const ScreenPoint back = c.to_screen(c.to_local(at));
    CHECK(back.x == doctest::Approx(at.x).epsilon(1e-5));
    CHECK(back.y == doctest::Approx(at.y).epsilon(1e-5));
    // A place is whole 1e-7 degrees: within a centimetre.
    const ScreenPoint place = c.to_screen(c.to_lonlat(at));
    CHECK(place.x == doctest::Approx(at.x).epsilon(1e-4));
    CHECK(place.y == doctest::Approx(at.y).epsilon(1e-4));
  }
}

TEST_CASE("zoom keeps the place under the cursor, within limits") {
  Draws draws(random_key(2, 0, "camera"), 1, 0, 0);
  for (int i = 0; i < 200; ++i) {
    Camera c = camera();
    const double x = draws.uniform(300, 1100), y = draws.uniform(50, 650);
    const ScreenPoint at{static_cast<float>(x), static_cast<float>(y)};
    const geo::Point before = c.to_local(at);
    c.zoom(draws.uniform(0.2, 5), at);
    const geo::Point after = c.to_local(at);
    CHECK(after.x == doctest::Approx(before.x).epsilon(1e-6));
    CHECK(after.y == doctest::Approx(before.y).epsilon(1e-6));
  }
  Camera c = camera();
  for (int i = 0; i < 100; ++i) c.zoom(10, {700, 350});
  CHECK(c.scale() == Camera::max_scale);
  for (int i = 0; i < 100; ++i) c.zoom(0.1, {700, 350});
  CHECK(c.scale() == Camera::min_scale);
}

TEST_CASE("fit shows the whole box, pan moves with the mouse") {
  Camera c = camera();
  geo::Box box;
  box.add({-5000, -2000});
  box.add({3000, 9000});
  c.fit(box);
  for (const geo::Point corner : {box.min, box.max}) CHECK(c.contains(c.to_screen(corner)));
  const ScreenPoint before = c.to_screen(geo::Point{0, 0});
  c.pan(30, -12);
  CHECK(c.to_screen(geo::Point{0, 0}).x == doctest::Approx(before.x + 30));
  CHECK(c.to_screen(geo::Point{0, 0}).y == doctest::Approx(before.y - 12));
  const double scale = c.scale();
  c.fit(geo::Box{});
  CHECK(c.scale() == scale);
}
