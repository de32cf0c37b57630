#include "geo/frame.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "core/math.hpp"
#include "core/rng.hpp"

namespace footfall::geo {
namespace {

struct Known {
  LonLat origin, place;
  Point local;
};

// cct of PROJ 9.1.1: +proj=tmerc +ellps=WGS84 +k=1 with the origin's +lat_0 and +lon_0.
constexpr Known proj_points[] = {
    {{95200000, 471400000}, {95200000, 471400000}, {0.000000, 0.000000}},
    {{95200000, 471400000}, {95285790, 471481214}, {650.678988, 902.921403}},
    {{95200000, 471400000}, {92640333, 468962637}, {-19505.446450, -27064.644482}},
    {{95200000, 471400000}, {111205244, 476674956}, {120203.732100, 59887.569915}},
    {{95200000, 471400000}, {63963308, 466481940}, {-239121.991047, -49931.405986}},
    {{95200000, 471400000}, {68819497, 490828279}, {-192700.977523, 219381.227185}},
    {{0, 0}, {0, 0}, {0.000000, 0.000000}},
    {{0, 0}, {-99891, -4670}, {-1111.981531, -51.638188}},
    {{0, 0}, {2917131, 700257}, {32473.470900, 7743.142140}},
    {{0, 0}, {-10972498, 4859316}, {-122148.441258, 53741.468091}},
    {{0, 0}, {19917348, 9349058}, {221734.525265, 103439.526932}},
    {{0, 0}, {21896457, 14029704}, {243737.327766, 155246.821318}},
    {{-705000000, -334500000}, {-705000000, -334500000}, {0.000000, 0.000000}},
    {{-705000000, -334500000}, {-704944344, -334588566}, {517.414236, -982.322131}},
    {{-705000000, -334500000}, {-702444689, -332394708}, {23815.515223, 23320.811378}},
    {{-705000000, -334500000}, {-702624987, -322669236}, {22377.012342, 131180.729692}},
    {{-705000000, -334500000}, {-723704934, -350292353}, {-170703.594061, -176779.159586}},
    {{-705000000, -334500000}, {-675214175, -342889552}, {274285.936550, -97075.640942}},
    {{1797000000, -175000000}, {1797000000, -175000000}, {0.000000, 0.000000}},
    {{1797000000, -175000000}, {1796916479, -174939547}, {-887.017611, 669.042447}},
    {{1797000000, -175000000}, {-1799888592, -175445922}, {33035.041347, -4962.281051}},
    {{1797000000, -175000000}, {-1790975445, -171537681}, {127947.407153, 37922.441296}},
    {{1797000000, -175000000}, {-1788323352, -192085450}, {154353.158114, -189760.025194}},
    {{1797000000, -175000000}, {1790370610, -149801040}, {-71307.389592, 278748.394663}},
    {{1165000000, 399000000}, {1165000000, 399000000}, {0.000000, 0.000000}},
    {{1165000000, 399000000}, {1165096259, 399067437}, {823.109843, 748.816091}},
    {{1165000000, 399000000}, {1163589416, 401799737}, {-12013.839659, 31096.533695}},
    {{1165000000, 399000000}, {1171215196, 388020948}, {53989.899041, -121708.345456}},
    {{1165000000, 399000000}, {1177461786, 418948739}, {103417.506967, 222285.695918}},
    {{1165000000, 399000000}, {1135999276, 386245968}, {-252568.975132, -137604.016768}},
    {{257000000, 699000000}, {257000000, 699000000}, {0.000000, 0.000000}},
    {{257000000, 699000000}, {256797565, 699071857}, {-776.465999, 801.771288}},
    {{257000000, 699000000}, {248695397, 698113476}, {-31998.033577, -9672.427527}},
    {{257000000, 699000000}, {289962105, 703612323}, {123636.910682, 54807.424301}},
    {{257000000, 699000000}, {318964494, 707047456}, {228264.295687, 101445.825156}},
    {{257000000, 699000000}, {280493291, 724010878}, {79296.308854, 280611.453116}},
    {{-1000000000, 850000000}, {-1000000000, 850000000}, {0.000000, 0.000000}},
    {{-1000000000, 850000000}, {-1001031568, 850043942}, {-1003.301433, 491.667785}},
    {{-1000000000, 850000000}, {-1014287532, 852759609}, {-13141.088451, 30984.230256}},
    {{-1000000000, 850000000}, {-1105354060, 843855077}, {-114486.922443, -58123.677339}},
    {{-1000000000, 850000000}, {-1276819971, 856378408}, {-226219.170878, 126825.419278}},
    {{-1000000000, 850000000}, {-1159964644, 874739205}, {-77731.883720, 287221.282335}},
};

LonLat degrees(double lon, double lat) {
  return {static_cast<std::int32_t>(math::round_half_away(lon * 1e7)),
          static_cast<std::int32_t>(math::round_half_away(lat * 1e7))};
}

}  // namespace

TEST_CASE("local metres equal PROJ's to a tenth of a millimetre within 300 km") {
  for (const Known& known : proj_points) {
    CAPTURE(known.place.lon());
    CAPTURE(known.place.lat());
    const Point p = Frame(known.origin).to_local(known.place);
    CHECK(distance_m(p, known.local) < 1e-4);
    CHECK(Frame(known.origin).to_lonlat(known.local) == known.place);
  }
}

TEST_CASE("there and back is within a centimetre, near and far") {
  Draws draws(random_key(1, 0, "test"), 1, 0, 0);
  for (int i = 0; i < 2000; ++i) {
    const Frame frame(degrees(draws.uniform(-180, 180), draws.uniform(-80, 80)));
    const Point p{draws.uniform(-3e5, 3e5), draws.uniform(-3e5, 3e5)};
    CHECK(distance_m(frame.to_local(frame.to_lonlat(p)), p) < 0.01);
  }
}

TEST_CASE("a frame lies across the 180th meridian") {
  const Frame frame(degrees(179.9, 10));
  CHECK(frame.to_local(degrees(-179.9, 10)).x == doctest::Approx(21931.6).epsilon(1e-3));
  CHECK(frame.to_lonlat({21931.6, 0}).lon() < -179.8);
}

TEST_CASE("every place and every point give something finite on the earth") {
  const std::int32_t lons[] = {-1'800'000'000, -900'000'000, 0, 900'000'000, 1'800'000'000};
  const std::int32_t lats[] = {-900'000'000, -1, 0, 1, 450'000'000, 900'000'000};
  for (const std::int32_t lon : lons) {
    for (const std::int32_t lat : lats) {
      for (const std::int32_t lat_0 : lats) {
        const Point p = Frame({0, lat_0}).to_local({lon, lat});
        CHECK(std::isfinite(p.x));
        CHECK(std::isfinite(p.y));
      }
    }
  }
  const double huge = std::numeric_limits<double>::max();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Point p : {Point{huge, 0}, Point{0, -huge}, Point{nan, nan}, Point{1e7, 1e7}}) {
    const LonLat place = Frame(degrees(170, 47)).to_lonlat(p);
    CHECK(std::abs(place.lon()) <= 180);
    CHECK(std::abs(place.lat()) <= 90);
  }
}

TEST_CASE("scale error is below 0.12 % within 300 km") {
  const Frame frame(degrees(9.5, 47.1));
  for (const double x : {0.0, 1e5, 2e5, 3e5}) {
    const LonLat a = frame.to_lonlat({x, 0}), b = frame.to_lonlat({x, 10000});
    // Length of the meridian arc and parallel: the frame at a's own origin has scale 1 there.
    const double truth = distance_m({0, 0}, Frame(a).to_local(b));
    CHECK(10000 / truth == doctest::Approx(1 + x * x / (2 * 6.38e6 * 6.38e6)).epsilon(1e-5));
    CHECK(10000 / truth < 1.0012);
  }
}

TEST_CASE("great circles") {
  const double radius_m = 6371008.8;
  CHECK(great_circle_m(degrees(0, 0), degrees(90, 0)) == doctest::Approx(radius_m * math::pi / 2));
  CHECK(great_circle_m(degrees(0, 90), degrees(0, -90)) == doctest::Approx(radius_m * math::pi));
  CHECK(great_circle_m(degrees(179.5, 0), degrees(-179.5, 0)) ==
        doctest::Approx(radius_m * math::degree));
  CHECK(great_circle_m(degrees(9.5, 47), degrees(9.5, 47)) == 0);
}

TEST_CASE("a box grows with its points and is closed") {
  Box box;
  CHECK(box.empty());
  box.add({1, 2});
  box.add({-1, 5});
  CHECK_FALSE(box.empty());
  CHECK(box.contains({-1, 2}));
  CHECK(box.contains({1, 5}));
  CHECK_FALSE(box.contains({1.001, 3}));
}

}  // namespace footfall::geo
