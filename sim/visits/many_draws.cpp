#include "sim/visits/many_draws.hpp"

#include "core/simd.hpp"

namespace footfall::visits {
namespace {

// As in core/rng.cpp (Salmon et al. 2011); a test holds the two to the same bits.
constexpr std::uint64_t multiplier0 = 0xD2511F53, multiplier1 = 0xCD9E8D57;
constexpr std::uint32_t weyl0 = 0x9E3779B9, weyl1 = 0xBB67AE85;

template <class S>
FOOTFALL_INLINE void draw_many_body(PhiloxKey key, const std::uint32_t* shopper, std::uint32_t day,
                                    std::uint8_t what, ManyDraws* out) {
  std::uint32_t a[many], b[many], c[many], d[many];
  for (std::size_t i = 0; i < many; ++i) {
    a[i] = shopper[i];
    b[i] = 0;
    c[i] = day;
    d[i] = std::uint32_t{what} << 24;
  }
  std::uint32_t key0 = key[0], key1 = key[1];
  for (int round = 0; round < 10; ++round) {
    for (std::size_t i = 0; i < many; ++i) {
      const std::uint64_t product0 = multiplier0 * a[i];
      const std::uint64_t product1 = multiplier1 * c[i];
      a[i] = static_cast<std::uint32_t>(product1 >> 32) ^ b[i] ^ key0;
      c[i] = static_cast<std::uint32_t>(product0 >> 32) ^ d[i] ^ key1;
      b[i] = static_cast<std::uint32_t>(product1);
      d[i] = static_cast<std::uint32_t>(product0);
    }
    key0 += weyl0;
    key1 += weyl1;
  }
  for (std::size_t i = 0; i < many; ++i) {
    out->word[0][i] = a[i];
    out->word[1][i] = b[i];
    out->word[2][i] = c[i];
    out->word[3][i] = d[i];
  }
}

}  // namespace

FOOTFALL_KERNEL(void, draw_many,
                (PhiloxKey key, const std::uint32_t* shopper, std::uint32_t day, std::uint8_t what,
                 ManyDraws* out),
                (key, shopper, day, what, out))

}  // namespace footfall::visits
