#include "sim/catchment/kernel.hpp"

#include <cstring>

#include <doctest/doctest.h>

#include "core/math.hpp"
#include "core/rng.hpp"
#include "core/simd.hpp"
#include "tests/sim/catchment/town.hpp"

using namespace footfall;
using namespace footfall::catchment;

namespace {

struct Columns {
  std::vector<float> x, y;
  Places places() const { return {x.data(), y.data()}; }
};

/// Points from 0 to 200 km from the origin, near ones as frequent as far ones.
Columns scattered(std::size_t count) {
  Draws draws(random_key(11, 0, "test"), 1, 0, 0);
  Columns out;
  for (std::size_t i = 0; i < count; ++i) {
    const double r = 0.1 * math::exp(draws.uniform(0, 14.5)), a = draws.uniform(0, 2 * math::pi);
    out.x.push_back(static_cast<float>(r * math::cos(a)));
    out.y.push_back(static_cast<float>(r * math::sin(a)));
  }
  return out;
}

std::vector<float> all_utilities(const Decayed& f, const Columns& columns, const Source& source) {
  std::vector<float> out(columns.x.size());
  for (std::size_t i = 0; i < out.size(); i += tile_size) {
    utilities(f, columns.places(), source, i, std::min(i + tile_size, out.size()), &out[i]);
  }
  return out;
}

/// Greatest relative error against double of utilities whose f is at least `least`.
double greatest_error(const Choice& choice, double least) {
  const Columns columns = scattered(20'000);
  const Source source{120, -45, amplitude_of(choice, 1700), false, nullptr};
  const std::vector<float> got = all_utilities(decayed(choice), columns, source);
  double greatest = 0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double dx = static_cast<double>(columns.x[i]) - 120;
    const double dy = static_cast<double>(columns.y[i]) + 45;
    const double f = catchment::testing::exact_decay(
        choice, math::sqrt(dx * dx + dy * dy) / 1000 + choice.access);
    if (f < least) continue;
    const double expected = f * math::pow(1.7, choice.area_exponent);
    const double error = static_cast<double>(got[i]) / expected - 1;
    greatest = std::max(greatest, error < 0 ? -error : error);
  }
  return greatest;
}

}  // namespace

TEST_CASE("utilities by power decay are right to 1e-6") {
  for (const double exponent : {0.0, 0.5, 1.0, 1.7, 2.0, 2.3456789, 3.0}) {
    CAPTURE(exponent);
    CHECK(greatest_error(catchment::testing::straight_choice(Decay::power, exponent), 0) < 1e-6);
  }
  CHECK(greatest_error(catchment::testing::straight_choice(Decay::power, 5), 0) < 2e-6);
}

TEST_CASE("utilities by exponential decay are right to 1e-6 near by, to 4e-6 far off") {
  for (const double rate : {0.0, 0.05, 0.25, 1.0, 5.0}) {
    CAPTURE(rate);
    const Choice choice = catchment::testing::straight_choice(Decay::exponential, rate);
    CHECK(greatest_error(choice, math::exp(-4)) < 1e-6);
    CHECK(greatest_error(choice, math::exp(-16)) < 4e-6);
  }
}

TEST_CASE("far below any use, exponential utilities are 0 and never negative or infinite") {
  const Choice choice = catchment::testing::straight_choice(Decay::exponential, 5);
  Columns columns;
  for (int i = 0; i < 1000; ++i) {
    columns.x.push_back(static_cast<float>(i) * 100);
    columns.y.push_back(0);
  }
  columns.x.push_back(2e7f);
  columns.y.push_back(-2e7f);
  float last = 1e30f;
  for (const float u : all_utilities(decayed(choice), columns, {0, 0, 1, false, nullptr})) {
    CHECK(u >= 0);
    CHECK(u <= last);
    last = u;
  }
  CHECK(last == 0);
}

TEST_CASE("a part of a tile gives what the whole gives") {
  const Columns columns = scattered(3 * tile_size);
  for (const Decay decay : {Decay::power, Decay::exponential}) {
    const Decayed f = decayed(catchment::testing::straight_choice(decay, 1.5));
    const Source source{3, 4, 2, false, nullptr};
    const std::vector<float> whole = all_utilities(f, columns, source);
    for (std::size_t begin = 0; begin < 200; begin += 7) {
      for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{63}, tile_size}) {
        std::vector<float> part(count);
        utilities(f, columns.places(), source, begin, begin + count, part.data());
        CHECK(std::memcmp(part.data(), &whole[begin], count * sizeof(float)) == 0);
      }
    }
  }
}

TEST_CASE("many stores at once give the bits of each alone") {
  const Columns columns = scattered(tile_size);
  const std::vector<double> weight(tile_size, 1.0);
  const std::vector<Source> sources{{3, 4, 2, true, nullptr},
                                    {-900, 70, 1, false, nullptr},
                                    {5e4f, 0, 0.5, true, nullptr},
                                    {0, 0, 7, false, nullptr},
                                    {20, -2e4f, 3, false, nullptr}};
  for (const Decay decay : {Decay::power, Decay::exponential}) {
    const Decayed f = decayed(catchment::testing::straight_choice(decay, 1.5));
    for (std::size_t stores = 1; stores <= sources.size(); ++stores) {
      std::vector<float> own(tile_size), rivals(tile_size), buffer(stores * tile_size);
      std::vector<double> sales(stores * lane_count);
      FieldBlock block{weight.data(), 0.1, own.data(), rivals.data(), buffer.data(), sales.data()};
      field_block(f, columns.places(), sources.data(), stores, 0, tile_size, &block);
      for (std::size_t k = 0; k < stores; ++k) {
        CAPTURE(stores);
        CAPTURE(k);
        const std::vector<float> alone = all_utilities(f, columns, sources[k]);
        CHECK(std::memcmp(&buffer[k * tile_size], alone.data(), tile_size * sizeof(float)) == 0);
      }
    }
  }
}

TEST_CASE("the table over travel times is the closed form") {
  Choice choice = catchment::testing::straight_choice(Decay::power, 1.8);
  choice.measure = Measure::drive_time;
  choice.access = 2;
  for (const Decay decay : {Decay::power, Decay::exponential}) {
    choice.decay = decay;
    choice.decay_value = decay == Decay::power ? 1.8 : 0.2;
    const Decayed f = decayed(choice);
    REQUIRE(f.by_time.size() == 65'536);
    CHECK(f.by_time[geo::unreachable] == 0);
    for (const int quarters : {0, 1, 240, 2399, 40'000, 65'534}) {
      const auto t = static_cast<geo::TravelTime>(quarters);
      const double expected =
          catchment::testing::exact_decay(choice, geo::seconds(t) / 60 + choice.access);
      CHECK(static_cast<double>(f.by_time[t]) == doctest::Approx(expected).epsilon(1e-7));
    }
  }
}

TEST_CASE("areas outside the scenario's range are held to it") {
  const Choice choice = catchment::testing::straight_choice();
  CHECK(amplitude_of(choice, 0) == amplitude_of(choice, 1));
  CHECK(amplitude_of(choice, 1e9) == amplitude_of(choice, 500'000));
  CHECK(amplitude_of(choice, 2000) == 2.0f);
}

TEST_CASE("every SIMD level gives the same bits") {
  const SimdLevel widest = simd_level();
  const Columns columns = scattered(1000);
  const std::vector<double> weight(1000, 12.5);
  const std::vector<Source> sources{{0, 0, 1, true, nullptr}, {500, 90, 3, false, nullptr}};
  for (const Decay decay : {Decay::power, Decay::exponential}) {
    const Decayed f = decayed(catchment::testing::straight_choice(decay, 1.9));
    std::string first;
    for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
      if (!set_simd_level(level)) continue;
      std::vector<float> own(1000), rivals(1000), buffer(2 * tile_size);
      std::vector<double> sales(2 * lane_count);
      FieldBlock block{weight.data(), 0.1, own.data(), rivals.data(), buffer.data(), sales.data()};
      field_block(f, columns.places(), sources.data(), 2, 0, 1000, &block);
      std::string bytes(reinterpret_cast<const char*>(own.data()), own.size() * sizeof(float));
      bytes.append(reinterpret_cast<const char*>(sales.data()), sales.size() * sizeof(double));
      bytes.append(reinterpret_cast<const char*>(&block.outside), sizeof(double));
      if (first.empty()) first = bytes;
      CHECK(bytes == first);
    }
    CHECK(!first.empty());
  }
  set_simd_level(widest);
}
