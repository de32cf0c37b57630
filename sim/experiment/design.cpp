#include "sim/experiment/design.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "core/rng.hpp"

namespace footfall::experiment {
namespace {

constexpr std::string_view room = "experiment";

/// What a draw decides: part of the counter of its random numbers, so fixed for ever.
enum Purpose : std::uint8_t { slice_order, slice_place, digital_shift, path };

Draws draws(std::uint64_t seed, std::uint64_t id, Purpose purpose) {
  return Draws(random_key(seed, 0, room), id, 0, purpose);
}

Points empty(std::size_t count, std::size_t dimensions) {
  return {dimensions, count, std::vector<double>(count * dimensions)};
}

/// A row of Joe and Kuo's table: a primitive polynomial of `degree` with inner coefficients
/// `inner`, and the first direction numbers.
struct Direction {
  std::uint32_t degree, inner;
  std::array<std::uint32_t, 7> m;
};

// Dimensions 2 to 32; the first has all m = 1.
constexpr std::array<Direction, sobol_dimensions - 1> directions{{
    {1, 0, {1}},
    {2, 1, {1, 3}},
    {3, 1, {1, 3, 1}},
    {3, 2, {1, 1, 1}},
    {4, 1, {1, 1, 3, 3}},
    {4, 4, {1, 3, 5, 13}},
    {5, 2, {1, 1, 5, 5, 17}},
    {5, 4, {1, 1, 5, 5, 5}},
    {5, 7, {1, 1, 7, 11, 19}},
    {5, 11, {1, 1, 5, 1, 1}},
    {5, 13, {1, 1, 1, 3, 11}},
    {5, 14, {1, 3, 5, 5, 31}},
    {6, 1, {1, 3, 3, 9, 7, 49}},
    {6, 13, {1, 1, 1, 15, 21, 21}},
    {6, 16, {1, 3, 1, 13, 27, 49}},
    {6, 19, {1, 1, 1, 15, 7, 5}},
    {6, 22, {1, 3, 1, 15, 13, 25}},
    {6, 25, {1, 1, 5, 5, 19, 61}},
    {7, 1, {1, 3, 7, 11, 23, 15, 103}},
    {7, 4, {1, 3, 7, 13, 13, 15, 69}},
    {7, 7, {1, 1, 3, 13, 7, 35, 63}},
    {7, 8, {1, 3, 5, 9, 1, 25, 53}},
    {7, 14, {1, 3, 1, 13, 9, 35, 107}},
    {7, 19, {1, 3, 1, 5, 27, 61, 31}},
    {7, 21, {1, 1, 5, 11, 19, 41, 61}},
    {7, 28, {1, 3, 5, 3, 3, 13, 69}},
    {7, 31, {1, 1, 7, 13, 1, 19, 1}},
    {7, 32, {1, 3, 7, 5, 13, 19, 59}},
    {7, 37, {1, 1, 3, 9, 25, 29, 41}},
    {7, 41, {1, 3, 5, 13, 23, 1, 55}},
    {7, 42, {1, 3, 7, 3, 13, 59, 17}},
}};

using Bits = std::array<std::uint32_t, 32>;

/// v_k = m_k / 2^k as fractions of 2^32, continued by the polynomial's recurrence.
Bits direction_numbers(std::size_t dimension) {
  Bits v{};
  if (dimension == 0) {
    for (std::uint32_t k = 0; k < 32; ++k) v[k] = 1u << (31 - k);
    return v;
  }
  const Direction& d = directions[dimension - 1];
  for (std::uint32_t k = 0; k < 32; ++k) {
    if (k < d.degree) {
      v[k] = d.m[k] << (31 - k);
      continue;
    }
    v[k] = v[k - d.degree] ^ (v[k - d.degree] >> d.degree);
    for (std::uint32_t j = 1; j < d.degree; ++j) {
      if ((d.inner >> (d.degree - 1 - j)) & 1u) v[k] ^= v[k - j];
    }
  }
  return v;
}

const std::array<Bits, sobol_dimensions>& all_direction_numbers() {
  static const auto all = [] {
    std::array<Bits, sobol_dimensions> out{};
    for (std::size_t d = 0; d < out.size(); ++d) out[d] = direction_numbers(d);
    return out;
  }();
  return all;
}

constexpr double two_to_minus_32 = 1.0 / 4294967296.0;

}  // namespace

Points grid(std::span<const std::size_t> levels) {
  std::size_t count = 1;
  for (const std::size_t n : levels) count *= n;
  Points out = empty(count, levels.size());
  for (std::size_t point = 0; point < count; ++point) {
    std::size_t rest = point;
    for (std::size_t d = levels.size(); d-- > 0;) {
      const std::size_t level = rest % levels[d];
      rest /= levels[d];
      out.values[point * levels.size() + d] =
          levels[d] == 1 ? 0.5 : static_cast<double>(level) / static_cast<double>(levels[d] - 1);
    }
  }
  return out;
}

Points latin_hypercube(std::size_t count, std::size_t dimensions, std::uint64_t seed) {
  Points out = empty(count, dimensions);
  std::vector<std::uint32_t> order(count);
  for (std::size_t d = 0; d < dimensions; ++d) {
    std::iota(order.begin(), order.end(), 0u);
    Draws ordering = draws(seed, d, slice_order);
    shuffle(order, ordering);
    Draws places = draws(seed, d, slice_place);
    for (std::size_t i = 0; i < count; ++i) {
      const double inside = places.uniform();
      out.values[i * dimensions + d] =
          std::min((order[i] + inside) / static_cast<double>(count), 1.0 - 0x1p-53);
    }
  }
  return out;
}

void sobol_point(std::uint32_t index, std::span<std::uint32_t> bits) {
  const auto& v = all_direction_numbers();
  const std::uint32_t gray = index ^ (index >> 1);
  for (std::size_t d = 0; d < bits.size(); ++d) {
    bits[d] = 0;
    for (std::uint32_t k = 0; k < 32 && (gray >> k) != 0; ++k) {
      if ((gray >> k) & 1u) bits[d] ^= v[d][k];
    }
  }
}

Points sobol(std::size_t count, std::size_t dimensions, std::uint64_t seed) {
  std::vector<std::uint32_t> shift(dimensions);
  for (std::size_t d = 0; d < dimensions; ++d) shift[d] = draws(seed, d, digital_shift).bits32();
  Points out = empty(count, dimensions);
  std::vector<std::uint32_t> bits(dimensions);
  for (std::size_t i = 0; i < count; ++i) {
    sobol_point(static_cast<std::uint32_t>(i), bits);
    for (std::size_t d = 0; d < dimensions; ++d) {
      out.values[i * dimensions + d] = (bits[d] ^ shift[d]) * two_to_minus_32;
    }
  }
  return out;
}

Points morris(std::size_t trajectories, std::size_t dimensions, std::uint64_t seed) {
  constexpr std::uint32_t jump = morris_levels / 2;
  Points out = empty(trajectories * (dimensions + 1), dimensions);
  std::vector<std::uint32_t> order(dimensions), level(dimensions);
  for (std::size_t t = 0; t < trajectories; ++t) {
    Draws d = draws(seed, t, path);
    for (auto& l : level) l = d.below(morris_levels);
    std::iota(order.begin(), order.end(), 0u);
    shuffle(order, d);
    for (std::size_t step = 0; step <= dimensions; ++step) {
      if (step > 0) {  // with four levels there is always exactly one way to jump by two
        std::uint32_t& moved = level[order[step - 1]];
        moved = moved < jump ? moved + jump : moved - jump;
      }
      for (std::size_t i = 0; i < dimensions; ++i) {
        out.values[(t * (dimensions + 1) + step) * dimensions + i] =
            level[i] / static_cast<double>(morris_levels - 1);
      }
    }
  }
  return out;
}

Points saltelli(std::size_t base, std::size_t dimensions, std::uint64_t seed) {
  const Points both = sobol(base, 2 * dimensions, seed);
  Points out = empty(base * (dimensions + 2), dimensions);
  for (std::size_t j = 0; j < base; ++j) {
    const auto a = both.row(j).first(dimensions), b = both.row(j).last(dimensions);
    for (std::size_t kind = 0; kind < dimensions + 2; ++kind) {
      double* const point = &out.values[(j * (dimensions + 2) + kind) * dimensions];
      std::copy(kind == 1 ? b.begin() : a.begin(), kind == 1 ? b.end() : a.end(), point);
      if (kind >= 2) point[kind - 2] = b[kind - 2];
    }
  }
  return out;
}

}  // namespace footfall::experiment
