#include "core/simd.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

using namespace footfall;

namespace {

// Every operation of lanes, its answers one after another, so that all levels can be compared with
// plain loops.
template <class S>
FOOTFALL_INLINE void operations_body(const float* x, const float* y, float* out, std::size_t n) {
  using F = typename S::f32;
  using I = typename S::i32;
  using D = typename S::f64;
  const F a = F::load(x);
  const F b = F::load(y);
  (a + b).store(out);
  (a - b).store(out + 16);
  (a * b).store(out + 32);
  (a / b).store(out + 48);
  select(a < b, a, b).store(out + 64);
  select(a >= 2.5f, F(1.0f), F(0.0f)).store(out + 80);
  to_float(to_int(a)).store(out + 96);
  simd::from_bits<F>(simd::bits(a) & I(0x7fff0000)).store(out + 112);
  to_float(shifted_down(simd::bits(a), 23) - 127).store(out + 128);
  (-a).store(out + 144);
  const D wide = simd::widen<false>(a) + simd::widen<true>(a);
  double sums[8];
  wide.store(sums);
  for (std::size_t i = 0; i < 8; ++i) out[160 + i] = static_cast<float>(sums[i]);
  out[168] = static_cast<float>(lane_sum(wide));
  out[169] = lane_sum(a);
  (F::load_some(x, n, -1.0f) * 2.0f).store_some(out + 170, n);
}
FOOTFALL_KERNEL(void, operations, (const float* x, const float* y, float* out, std::size_t n),
                (x, y, out, n))

template <class S>
FOOTFALL_INLINE void gather_sixteen_body(const float* table, const std::uint16_t* index,
                                         float* out) {
  simd::gather<typename S::f32>(table, index).store(out);
}
FOOTFALL_KERNEL(void, gather_sixteen, (const float* table, const std::uint16_t* index, float* out),
                (table, index, out))

struct AtLevel {
  SimdLevel before = simd_level();
  bool available;
  explicit AtLevel(SimdLevel level) : available(set_simd_level(level)) {}
  ~AtLevel() { set_simd_level(before); }
};

constexpr SimdLevel levels[] = {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512};

}  // namespace

TEST_CASE("operations of lanes equal plain loops at every level") {
  float x[16], y[16];
  for (int i = 0; i < 16; ++i) {
    x[i] = 0.7f + 0.3f * static_cast<float>(i);
    y[i] = 3.1f - 0.1f * static_cast<float>(i * i % 7);
  }
  for (const SimdLevel level : levels) {
    const AtLevel at(level);
    if (!at.available) continue;
    CAPTURE(name_of(level));
    for (std::size_t n = 0; n <= 15; ++n) {
      std::vector<float> out(190, -7.0f);
      operations(x, y, out.data(), n);
      for (std::size_t i = 0; i < 16; ++i) {
        REQUIRE(out[i] == x[i] + y[i]);
        REQUIRE(out[16 + i] == x[i] - y[i]);
        REQUIRE(out[32 + i] == x[i] * y[i]);
        REQUIRE(out[48 + i] == x[i] / y[i]);
        REQUIRE(out[64 + i] == std::min(x[i], y[i]));
        REQUIRE(out[80 + i] == (x[i] >= 2.5f ? 1.0f : 0.0f));
        REQUIRE(out[96 + i] == static_cast<float>(static_cast<int>(x[i])));
        REQUIRE(out[112 + i] == simd::from_bits<float>(simd::bits(x[i]) & 0x7fff0000));
        REQUIRE(out[128 + i] == static_cast<float>(std::ilogb(x[i])));
        REQUIRE(out[144 + i] == -x[i]);
        REQUIRE(out[170 + i] == (i < n ? 2 * x[i] : -7.0f));
      }
      for (std::size_t i = 0; i < 8; ++i) {
        REQUIRE(out[160 + i] == static_cast<float>(double{x[i]} + double{x[i + 8]}));
      }
    }
  }
}

TEST_CASE("lanes are summed by halving, whatever the registers") {
  float x[16], y[16];
  for (int i = 0; i < 16; ++i) x[i] = y[i] = i % 2 == 0 ? 1e8f : 0.7f * static_cast<float>(i);
  std::vector<float> tree(x, x + 16);
  for (std::size_t half = 8; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) tree[i] += tree[i + half];
  }
  REQUIRE(tree[0] != std::accumulate(x, x + 16, 0.0f));  // the order matters for these values
  for (const SimdLevel level : levels) {
    const AtLevel at(level);
    if (!at.available) continue;
    std::vector<float> out(190);
    operations(x, y, out.data(), 3);
    CHECK(out[169] == tree[0]);
  }
}

TEST_CASE("gather reads by 16-bit index") {
  std::vector<float> table(65536);
  std::iota(table.begin(), table.end(), 0.0f);
  const std::uint16_t index[16] = {0, 65535, 1, 2, 3, 500, 500, 9, 8, 7, 6, 32768, 32767, 4, 5, 11};
  for (const SimdLevel level : levels) {
    const AtLevel at(level);
    if (!at.available) continue;
    float out[16];
    gather_sixteen(table.data(), index, out);
    for (int i = 0; i < 16; ++i) CHECK(out[i] == static_cast<float>(index[i]));
  }
}

TEST_CASE("a level that is not there is refused and changes nothing") {
  const SimdLevel before = simd_level();
  for (const SimdLevel level : levels) {
    const bool available = level <= before;
    CHECK(set_simd_level(level) == available);
    CHECK(simd_level() == (available ? level : before));
    set_simd_level(before);
  }
}
