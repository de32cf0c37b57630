#include "sim/catchment/kernel.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/math.hpp"
#include "core/simd.hpp"

namespace footfall::catchment {
namespace {

constexpr double log2_e = 1.44269504088896340736;
constexpr double log2_series[] = {2.8853913, 0.96147081, 0.59897388};
constexpr float whole =
    12582912.0f;  // 1.5 · 2^23: adding it rounds to a whole number in the low bits
constexpr float least_log2 = -95.0f;
constexpr std::uint32_t root_half = 0x3f3504f3;  // bits of √½

FOOTFALL_INLINE std::uint32_t bits_of(float value) {
  std::uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}
FOOTFALL_INLINE float float_of(std::uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

/// 2^r · 2^(low bits of `rounded`) · amplitude.
FOOTFALL_INLINE float scaled_exp2(float r, float rounded, float amplitude) {
  const float r2 = r * r;
  const float p = (1.0f + 0.69314698f * r) + r2 * ((0.24022242f + 0.055507337f * r) +
                                                   r2 * (0.0096715127f + 0.0013264727f * r));
  return float_of(bits_of(p * amplitude) + (bits_of(rounded) << 23));
}

FOOTFALL_INLINE float metres_between(float x, float y, float to_x, float to_y) {
  const float dx = x - to_x, dy = y - to_y;
  return std::sqrt(dx * dx + dy * dy);
}

/// (m - 1)/(m + 1) and 2^23 · e of m · 2^e.
FOOTFALL_INLINE float split(float metres, float* exponent) {
  const std::uint32_t bits = bits_of(metres);
  const std::uint32_t above = (bits - root_half) & 0xff800000u;
  *exponent = static_cast<float>(static_cast<std::int32_t>(above));
  const float m = float_of(bits - above);
  return (m - 1.0f) / (m + 1.0f);
}

FOOTFALL_INLINE float power_utility(const Straight& f, float s, float exponent, float amplitude) {
  const float z = s * s;
  const float small = s * (f.series[0] + z * (f.series[1] + z * f.series[2]));
  const float exact = exponent * f.slope;
  const float n = (exact + small) + whole;
  const float rest = (exact - (n - whole)) + (small + exponent * f.slope_rest);
  return scaled_exp2(rest, n, amplitude);
}

/// The stages of power decay for one store, one loop each.
FOOTFALL_INLINE void power_utilities(const Decayed& given, const float* x, const float* y,
                                     const Source& source, float* __restrict out) {
  const Straight f = given.straight;
  const float to_x = source.x, to_y = source.y, amplitude = source.amplitude * f.unit;
  float metres[tile_size], s[tile_size], exponent[tile_size];
  for (std::size_t i = 0; i < tile_size; ++i) metres[i] = metres_between(x[i], y[i], to_x, to_y);
  for (std::size_t i = 0; i < tile_size; ++i) s[i] = split(metres[i] + f.access, &exponent[i]);
  for (std::size_t i = 0; i < tile_size; ++i) {
    out[i] = power_utility(f, s[i], exponent[i], amplitude);
  }
}

FOOTFALL_INLINE void exponential_utilities(const Decayed& given, const float* x, const float* y,
                                           const Source& source, float* __restrict out) {
  const Straight f = given.straight;
  const float to_x = source.x, to_y = source.y, amplitude = source.amplitude;
  float cost[tile_size];
  for (std::size_t i = 0; i < tile_size; ++i) {
    cost[i] = metres_between(x[i], y[i], to_x, to_y) * f.unit + f.access;
  }
  for (std::size_t i = 0; i < tile_size; ++i) {
    const float log2_f = cost[i] * f.slope;
    const float held = log2_f < least_log2 ? least_log2 : log2_f;
    const float n = held + whole;
    const float u = scaled_exp2((held - (n - whole)) + cost[i] * f.slope_rest, n, amplitude);
    out[i] = log2_f < least_log2 ? 0.0f : u;
  }
}

/// The values [begin, end) of a column as a whole tile: in place where it is one, else copied, with
/// the last value repeated.
FOOTFALL_INLINE const float* tile_of(const float* column, std::size_t begin, std::size_t end,
                                     float* copy) {
  if (end - begin == tile_size) return column + begin;
  for (std::size_t i = 0; i < tile_size; ++i) copy[i] = column[std::min(begin + i, end - 1)];
  return copy;
}

/// Utilities of one tile whose x and y are `x` and `y`; those beyond `end` mean nothing.
FOOTFALL_INLINE void tile_utilities(const Decayed& f, const float* x, const float* y,
                                    const Source& source, std::size_t begin, std::size_t end,
                                    float* __restrict out) {
  if (source.times != nullptr) {
    const float* table = f.by_time.data();
    const geo::TravelTime* times = source.times + begin;
    for (std::size_t i = 0; i < end - begin; ++i) out[i] = table[times[i]] * source.amplitude;
    for (std::size_t i = end - begin; i < tile_size; ++i) out[i] = 0;
    return;
  }
  if (f.exponential) {
    exponential_utilities(f, x, y, source, out);
  } else {
    power_utilities(f, x, y, source, out);
  }
}

/// Power decay for many stores at one tile: what is under way for the stores to come. The
/// operations of a store are those of power_utilities(), and so are the bits.
struct Pipeline {
  float metres[tile_size];                  ///< to the store after next
  float s[tile_size], exponent[tile_size];  ///< of the next one
};
FOOTFALL_INLINE void start(const Straight& f, const float* x, const float* y, const Source* sources,
                           std::size_t stores, Pipeline* __restrict p) {
  const Source &first = sources[0], &second = sources[std::min<std::size_t>(1, stores - 1)];
  for (std::size_t i = 0; i < tile_size; ++i) {
    p->s[i] = split(metres_between(x[i], y[i], first.x, first.y) + f.access, &p->exponent[i]);
    p->metres[i] = metres_between(x[i], y[i], second.x, second.y);
  }
}
FOOTFALL_INLINE void step(const Straight& f, const float* x, const float* y, const Source& source,
                          const Source& after_next, Pipeline* __restrict p, float* __restrict out) {
  const float to_x = after_next.x, to_y = after_next.y, amplitude = source.amplitude * f.unit;
  for (std::size_t i = 0; i < tile_size; ++i) {
    out[i] = power_utility(f, p->s[i], p->exponent[i], amplitude);
    p->s[i] = split(p->metres[i] + f.access, &p->exponent[i]);
    p->metres[i] = metres_between(x[i], y[i], to_x, to_y);
  }
}

/// Starts to load the travel times of a tile: each store has a column of its own, so that without
/// it most of the time by road is spent waiting for the first of them.
FOOTFALL_INLINE void fetch(const geo::TravelTime* times, std::size_t begin, std::size_t end) {
  constexpr std::size_t line = 64 / sizeof(geo::TravelTime);
  for (std::size_t i = begin; i < end; i += line) __builtin_prefetch(times + i);
}

/// tile_utilities() of store `k` of many, to be called for k = 0, 1, 2, … with one `p` for each
/// tile.
FOOTFALL_INLINE void next_utilities(const Decayed& f, const float* x, const float* y,
                                    const Source* sources, std::size_t stores, std::size_t k,
                                    std::size_t begin, std::size_t end, Pipeline* __restrict p,
                                    float* __restrict out) {
  const bool by_road = sources[k].times != nullptr;
  if (by_road) fetch(sources[std::min(k + 8, stores - 1)].times, begin, end);
  if (by_road || f.exponential) {
    tile_utilities(f, x, y, sources[k], begin, end, out);
    return;
  }
  const Straight straight = f.straight;
  if (k == 0) start(straight, x, y, sources, stores, p);
  step(straight, x, y, sources[k], sources[std::min(k + 2, stores - 1)], p, out);
}

/// lanes[i mod 16] += values[i] · factor[i]
FOOTFALL_INLINE void add_products(const float* values, const double* factor, double* lanes) {
  double sum[lane_count];
  for (std::size_t l = 0; l < lane_count; ++l) sum[l] = lanes[l];
  for (std::size_t i = 0; i < tile_size; i += lane_count) {
    for (std::size_t l = 0; l < lane_count; ++l) {
      sum[l] += static_cast<double>(values[i + l]) * factor[i + l];
    }
  }
  for (std::size_t l = 0; l < lane_count; ++l) lanes[l] = sum[l];
}

/// lanes[i mod 16] += values[i]
template <class T>
FOOTFALL_INLINE void add_values(const T* values, double* lanes) {
  for (std::size_t i = 0; i < tile_size; i += lane_count) {
    for (std::size_t l = 0; l < lane_count; ++l) lanes[l] += static_cast<double>(values[i + l]);
  }
}

template <class S>
FOOTFALL_INLINE void utilities_body(const Decayed& f, const Places& places, const Source& source,
                                    std::size_t begin, std::size_t end, float* out) {
  float x_copy[tile_size], y_copy[tile_size], u[tile_size];
  tile_utilities(f, tile_of(places.x, begin, end, x_copy), tile_of(places.y, begin, end, y_copy),
                 source, begin, end, u);
  std::copy_n(u, end - begin, out);
}

FOOTFALL_INLINE void field_tile(const Decayed& f, const Places& places, const Source* sources,
                                std::size_t stores, std::size_t begin, std::size_t end,
                                FieldBlock& block, double* outside, double* unserved) {
  float x_copy[tile_size], y_copy[tile_size];
  const float* x = tile_of(places.x, begin, end, x_copy);
  const float* y = tile_of(places.y, begin, end, y_copy);
  double own[tile_size] = {}, rivals[tile_size] = {};
  Pipeline pipeline;
  for (std::size_t k = 0; k < stores; ++k) {
    float* __restrict u = block.buffer + k * tile_size;
    next_utilities(f, x, y, sources, stores, k, begin, end, &pipeline, u);
    double* __restrict sum = sources[k].own ? own : rivals;
    for (std::size_t i = 0; i < tile_size; ++i) sum[i] += static_cast<double>(u[i]);
  }
  double rate[tile_size] = {}, to_outside[tile_size] = {}, lost[tile_size] = {};
  for (std::size_t i = 0; i < end - begin; ++i) {
    const double weight = block.weight[begin + i];
    rate[i] = weight / ((block.outside_utility + own[i]) + rivals[i]);
    to_outside[i] = rate[i] * block.outside_utility;
    block.own[begin + i] = static_cast<float>(own[i]);
    block.rivals[begin + i] = static_cast<float>(rivals[i]);
    if (own[i] + rivals[i] > 0 || !(weight > 0)) continue;
    lost[i] = weight;
    ++block.unserved_points;
  }
  add_values(to_outside, outside);
  add_values(lost, unserved);
  for (std::size_t k = 0; k < stores; ++k) {
    add_products(block.buffer + k * tile_size, rate, block.sales + k * lane_count);
  }
}

template <class S>
FOOTFALL_INLINE void field_block_body(const Decayed& f, const Places& places, const Source* sources,
                                      std::size_t stores, std::size_t begin, std::size_t end,
                                      FieldBlock* block) {
  double outside[lane_count] = {}, unserved[lane_count] = {};
  for (std::size_t i = begin; i < end; i += tile_size) {
    field_tile(f, places, sources, stores, i, std::min(i + tile_size, end), *block, outside,
               unserved);
  }
  block->outside = lane_total(outside);
  block->unserved = lane_total(unserved);
}

/// Of one tile: what the site takes of each point's money, its share, and 1/S.
struct Tile {
  float share[tile_size], money[tile_size], inverse[tile_size], own[tile_size], rivals[tile_size];
};
FOOTFALL_INLINE void site_tile(const Decayed& f, const Places& places, const Balance& b,
                               const Source& site, std::size_t begin, std::size_t end,
                               Tile* __restrict t) {
  float x_copy[tile_size], y_copy[tile_size], u[tile_size];
  tile_utilities(f, tile_of(places.x, begin, end, x_copy), tile_of(places.y, begin, end, y_copy),
                 site, begin, end, u);
  float weight_copy[tile_size], own_copy[tile_size], rivals_copy[tile_size];
  const float* weight = tile_of(b.weight, begin, end, weight_copy);
  const float* own = tile_of(b.own, begin, end, own_copy);
  const float* rivals = tile_of(b.rivals, begin, end, rivals_copy);
  for (std::size_t i = end - begin; i < tile_size; ++i) u[i] = 0;
  for (std::size_t i = 0; i < tile_size; ++i) {
    const float total = (b.outside + own[i]) + rivals[i];
    const float share = u[i] / (total + u[i]);
    t->share[i] = share;
    t->money[i] = weight[i] * share;
    t->inverse[i] = 1.0f / total;
    t->own[i] = own[i];
    t->rivals[i] = rivals[i];
  }
}

template <class S>
FOOTFALL_INLINE void enter_block_body(const Decayed& f, const Places& places,
                                      const Balance& balance, const Source& site, std::size_t begin,
                                      std::size_t end, float* shares, Taken* taken) {
  double own[lane_count] = {}, rivals[lane_count] = {}, outside[lane_count] = {};
  for (std::size_t first = begin; first < end; first += tile_size) {
    const std::size_t last = std::min(first + tile_size, end);
    Tile t;
    site_tile(f, places, balance, site, first, last, &t);
    float from_own[tile_size], from_rivals[tile_size], from_outside[tile_size];
    for (std::size_t i = 0; i < tile_size; ++i) {
      from_own[i] = t.money[i] * (t.own[i] * t.inverse[i]);
      from_rivals[i] = t.money[i] * (t.rivals[i] * t.inverse[i]);
      from_outside[i] = t.money[i] * (balance.outside * t.inverse[i]);
    }
    add_values(from_own, own);
    add_values(from_rivals, rivals);
    add_values(from_outside, outside);
    if (shares != nullptr) std::copy_n(t.share, last - first, shares + first);
  }
  *taken = {lane_total(own), lane_total(rivals), lane_total(outside)};
}

template <class S>
FOOTFALL_INLINE void losses_block_body(const Decayed& f, const Places& places,
                                       const Balance& balance, const Source* sources,
                                       std::size_t stores, const Source& site, std::size_t begin,
                                       std::size_t end, double* lanes) {
  for (std::size_t first = begin; first < end; first += tile_size) {
    const std::size_t last = std::min(first + tile_size, end);
    Tile t;
    site_tile(f, places, balance, site, first, last, &t);
    float x_copy[tile_size], y_copy[tile_size];
    const float* x = tile_of(places.x, first, last, x_copy);
    const float* y = tile_of(places.y, first, last, y_copy);
    double money[tile_size];
    for (std::size_t i = 0; i < tile_size; ++i) money[i] = static_cast<double>(t.money[i]);
    Pipeline pipeline;
    for (std::size_t k = 0; k < stores; ++k) {
      float u[tile_size];
      next_utilities(f, x, y, sources, stores, k, first, last, &pipeline, u);
      for (std::size_t i = 0; i < tile_size; ++i) u[i] *= t.inverse[i];
      add_products(u, money, lanes + k * lane_count);
    }
  }
}

}  // namespace

FOOTFALL_KERNEL(void, utilities,
                (const Decayed& f, const Places& places, const Source& source, std::size_t begin,
                 std::size_t end, float* out),
                (f, places, source, begin, end, out))

FOOTFALL_KERNEL(void, field_block,
                (const Decayed& f, const Places& places, const Source* sources, std::size_t stores,
                 std::size_t begin, std::size_t end, FieldBlock* block),
                (f, places, sources, stores, begin, end, block))

FOOTFALL_KERNEL(void, enter_block,
                (const Decayed& f, const Places& places, const Balance& balance, const Source& site,
                 std::size_t begin, std::size_t end, float* shares, Taken* taken),
                (f, places, balance, site, begin, end, shares, taken))

FOOTFALL_KERNEL(void, losses_block,
                (const Decayed& f, const Places& places, const Balance& balance,
                 const Source* sources, std::size_t stores, const Source& site, std::size_t begin,
                 std::size_t end, double* lanes),
                (f, places, balance, sources, stores, site, begin, end, lanes))

namespace {

/// Its 16 upper bits into `slope`, what is left into `rest`.
void set_slope(Straight& f, double slope) {
  f.slope = float_of(bits_of(static_cast<float>(slope)) & 0xffffff00u);
  f.slope_rest = static_cast<float>(slope - static_cast<double>(f.slope));
}

Straight straight_exponential(const Choice& choice) {
  Straight f;
  f.access = static_cast<float>(choice.access);
  f.unit = 0.001f;
  set_slope(f, -choice.decay_value * log2_e);
  return f;
}

Straight straight_power(const Choice& choice) {
  Straight f;
  f.access = static_cast<float>(choice.access * 1000);
  f.unit = static_cast<float>(math::pow(1000, choice.decay_value));
  set_slope(f, -choice.decay_value);
  f.slope *= 0x1p-23f;
  f.slope_rest *= 0x1p-23f;
  for (std::size_t j = 0; j < 3; ++j) {
    f.series[j] = static_cast<float>(-choice.decay_value * log2_series[j]);
  }
  return f;
}

}  // namespace

Decayed decayed(const Choice& choice) {
  Decayed f;
  f.exponential = choice.decay == Decay::exponential;
  if (choice.measure == Measure::straight_distance) {
    f.straight = f.exponential ? straight_exponential(choice) : straight_power(choice);
    return f;
  }
  std::vector<double> column(geo::longest + 1);
  const auto minutes = [&](std::size_t t) {
    return geo::seconds(static_cast<geo::TravelTime>(t)) / 60 + choice.access;
  };
  for (std::size_t t = 0; t < column.size(); ++t) column[t] = minutes(t);
  if (!f.exponential) math::log(column, column);
  for (double& value : column) value *= -choice.decay_value;
  math::exp(column, column);
  f.by_time.resize(column.size() + 1);
  const double least = math::exp(static_cast<double>(least_log2) / log2_e);
  for (std::size_t t = 0; t < column.size(); ++t) {
    f.by_time[t] = column[t] < least ? 0.0f : static_cast<float>(column[t]);
  }
  return f;
}

float amplitude_of(const Choice& choice, double floor_area_m2) {
  const double area = std::clamp(floor_area_m2, 1.0, 500'000.0);
  return static_cast<float>(math::pow(area / 1000, choice.area_exponent));
}

double lane_total(const double* lanes) {
  double sum[lane_count];
  std::copy_n(lanes, lane_count, sum);
  for (std::size_t half = lane_count / 2; half > 0; half /= 2) {
    for (std::size_t l = 0; l < half; ++l) sum[l] += sum[l + half];
  }
  return sum[0];
}

}  // namespace footfall::catchment
