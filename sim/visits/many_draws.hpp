// The draws of many shoppers at once: the same bits as draw() of purposes.hpp, a few times faster,
// as the lanes of a vector are independent blocks of Philox.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/rng.hpp"

namespace footfall::visits {

inline constexpr std::size_t many = 64;

struct ManyDraws {
  std::uint32_t word[4][many];  ///< of the block of shopper i: word[0][i] to word[3][i]
  Philox4 of(std::size_t i) const { return {word[0][i], word[1][i], word[2][i], word[3][i]}; }
};

/// Block i is draw(key, shopper[i], 0, day, what).
void draw_many(PhiloxKey key, const std::uint32_t* shopper, std::uint32_t day, std::uint8_t what,
               ManyDraws* out);

}  // namespace footfall::visits
