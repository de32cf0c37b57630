#include "core/rng.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "core/math.hpp"

namespace footfall {

namespace {

// Values of the authors of Philox (Salmon et al. 2011, section 3.3).
constexpr std::uint64_t multipliers[2] = {0xD2511F53, 0xCD9E8D57};
constexpr std::uint32_t weyl[2] = {0x9E3779B9, 0xBB67AE85};

constexpr double two_to_minus_52 = 1.0 / 4503599627370496.0;
constexpr double two_to_minus_53 = 1.0 / 9007199254740992.0;

// FNV-1a with 64 bits.
std::uint64_t text_hash(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return hash;
}

double horner(std::span<const double> coefficients, double x) {
  double sum = 0;
  for (const double c : coefficients) sum = sum * x + c;
  return sum;
}

// Inverse of the standard normal distribution: M. J. Wichura, "Algorithm AS 241: the percentage
// points of the normal distribution", Applied Statistics 37 (1988), PPND16; relative error about
// 1e-16.
double normal_quantile(double p) {
  static constexpr double a[] = {2.5090809287301226727e+3, 3.3430575583588128105e+4,
                                 6.7265770927008700853e+4, 4.5921953931549871457e+4,
                                 1.3731693765509461125e+4, 1.9715909503065514427e+3,
                                 1.3314166789178437745e+2, 3.3871328727963666080e+0};
  static constexpr double b[] = {5.2264952788528545610e+3, 2.8729085735721942674e+4,
                                 3.9307895800092710610e+4, 2.1213794301586595867e+4,
                                 5.3941960214247511077e+3, 6.8718700749205790830e+2,
                                 4.2313330701600911252e+1, 1.0};
  static constexpr double c[] = {7.74545014278341407640e-4, 2.27238449892691845833e-2,
                                 2.41780725177450611770e-1, 1.27045825245236838258e+0,
                                 3.64784832476320460504e+0, 5.76949722146069140550e+0,
                                 4.63033784615654529590e+0, 1.42343711074968357734e+0};
  static constexpr double d[] = {1.05075007164441684324e-9, 5.47593808499534494600e-4,
                                 1.51986665636164571966e-2, 1.48103976427480074590e-1,
                                 6.89767334985100004550e-1, 1.67638483018380384940e+0,
                                 2.05319162663775882187e+0, 1.0};
  static constexpr double e[] = {2.01033439929228813265e-7, 2.71155556874348757815e-5,
                                 1.24266094738807843860e-3, 2.65321895265761230930e-2,
                                 2.96560571828504891230e-1, 1.78482653991729133580e+0,
                                 5.46378491116411436990e+0, 6.65790464350110377720e+0};
  static constexpr double f[] = {2.04426310338993978564e-15, 1.42151175831644588870e-7,
                                 1.84631831751005468180e-5,  7.86869131145613259100e-4,
                                 1.48753612908506148525e-2,  1.36929880922735805310e-1,
                                 5.99832206555887937690e-1,  1.0};
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * horner(a, r) / horner(b, r);
  }
  const double tail = q < 0 ? p : 1 - p;
  const double r = math::sqrt(-math::log(tail));
  const double size =
      r <= 5 ? horner(c, r - 1.6) / horner(d, r - 1.6) : horner(e, r - 5) / horner(f, r - 5);
  return q < 0 ? -size : size;
}

// Inversion by adding up probabilities; exp(-mean) is well above the smallest number.
std::uint64_t small_poisson(Draws& draws, double mean) {
  double probability = math::exp(-mean);
  double u = draws.uniform();
  std::uint64_t k = 0;
  while (u >= probability && k < 1000) {
    u -= probability;
    ++k;
    probability *= mean / static_cast<double>(k);
  }
  return k;
}

// Transformed rejection with squeeze: W. Hörmann, "The transformed rejection method for generating
// Poisson random variables", Insurance: Mathematics and Economics 12 (1993), algorithm PTRS.
std::uint64_t large_poisson(Draws& draws, double mean) {
  const double log_mean = math::log(mean);
  const double b = 0.931 + 2.53 * math::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double v_r = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const double u = draws.uniform() - 0.5;
    const double v = draws.uniform_open();
    const double us = 0.5 - std::abs(u);
    if (us <= 0) continue;
    const double k = math::floor((2 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= v_r) return static_cast<std::uint64_t>(k);
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const double left = math::log(v) + math::log(inverse_alpha) - math::log(a / (us * us) + b);
    if (left <= -mean + k * log_mean - math::lgamma(k + 1)) return static_cast<std::uint64_t>(k);
  }
}

// Inversion for n p < 10 and p <= 1/2.
std::uint64_t small_binomial(Draws& draws, std::uint64_t n, double p) {
  const auto size = static_cast<double>(n);
  double probability = math::exp(size * math::log1p(-p));
  const double odds = p / (1 - p);
  double u = draws.uniform();
  std::uint64_t k = 0;
  while (u >= probability && k < n && k < 1000) {
    u -= probability;
    probability *= odds * (size - static_cast<double>(k));
    ++k;
    probability /= static_cast<double>(k);
  }
  return k;
}

// Transformed rejection with squeeze: W. Hörmann, "The generation of binomial random variates",
// Journal of Statistical Computation and Simulation 46 (1993), algorithm BTRS; p <= 1/2.
std::uint64_t large_binomial(Draws& draws, std::uint64_t n, double p) {
  const auto size = static_cast<double>(n);
  const double spread = math::sqrt(size * p * (1 - p));
  const double b = 1.15 + 2.53 * spread;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double c = size * p + 0.5;
  const double v_r = 0.92 - 4.2 / b;
  const double alpha = (2.83 + 5.1 / b) * spread;
  const double log_odds = math::log(p / (1 - p));
  const double mode = math::floor((size + 1) * p);
  const double height = math::lgamma(mode + 1) + math::lgamma(size - mode + 1);
  for (;;) {
    const double u = draws.uniform() - 0.5;
    const double v = draws.uniform_open();
    const double us = 0.5 - std::abs(u);
    if (us <= 0) continue;
    const double k = math::floor((2 * a / us + b) * u + c);
    if (k < 0 || k > size) continue;
    if (us >= 0.07 && v <= v_r) return static_cast<std::uint64_t>(k);
    const double left = math::log(v * alpha / (a / (us * us) + b));
    const double right =
        height - math::lgamma(k + 1) - math::lgamma(size - k + 1) + (k - mode) * log_odds;
    if (left <= right) return static_cast<std::uint64_t>(k);
  }
}

}  // namespace

Philox4 philox4x32_10(Philox4 counter, PhiloxKey key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t product0 = multipliers[0] * counter[0];
    const std::uint64_t product1 = multipliers[1] * counter[2];
    counter = {static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0],
               static_cast<std::uint32_t>(product1),
               static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1],
               static_cast<std::uint32_t>(product0)};
    key[0] += weyl[0];
    key[1] += weyl[1];
  }
  return counter;
}

PhiloxKey random_key(std::uint64_t seed, std::uint32_t replication, std::string_view room) {
  const std::uint64_t hash = text_hash(room);
  const Philox4 words = philox4x32_10(
      {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32), replication, 0},
      {static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(hash >> 32)});
  return {words[0], words[1]};
}

Draws::Draws(PhiloxKey key, std::uint64_t id, std::uint32_t step, std::uint8_t purpose)
    : counter_{static_cast<std::uint32_t>(id), static_cast<std::uint32_t>(id >> 32), step,
               std::uint32_t{purpose} << 24},
      key_(key) {}

std::uint32_t Draws::bits32() {
  if (used_ == 4) {
    block_ = philox4x32_10(counter_, key_);
    counter_[3] = (counter_[3] & 0xff000000) | ((counter_[3] + 1) & 0x00ffffff);
    used_ = 0;
  }
  return block_[static_cast<std::size_t>(used_++)];
}

std::uint64_t Draws::bits64() {
  const std::uint64_t low = bits32();
  const std::uint64_t high = bits32();
  return high << 32 | low;
}

double Draws::uniform() {
  return static_cast<double>(bits64() >> 11) * two_to_minus_53;
}

double Draws::uniform_open() {
  return (static_cast<double>(bits64() >> 12) + 0.5) * two_to_minus_52;
}

double Draws::uniform(double low, double high) {
  assert(low <= high);
  const double value = low + (high - low) * uniform();
  return value < high ? value : low;  // the sum may have been rounded up
}

std::uint32_t Draws::below(std::uint32_t bound) {
  assert(bound >= 1);
  std::uint64_t product = std::uint64_t{bits32()} * bound;
  if (static_cast<std::uint32_t>(product) < bound) {
    const std::uint32_t threshold = (0u - bound) % bound;
    while (static_cast<std::uint32_t>(product) < threshold) {
      product = std::uint64_t{bits32()} * bound;
    }
  }
  return static_cast<std::uint32_t>(product >> 32);
}

bool Draws::bernoulli(double p) {
  return uniform() < p;
}

double Draws::normal() {
  return normal_quantile(uniform_open());
}

double Draws::exponential() {
  return -math::log(uniform_open());
}

double Draws::gumbel() {
  return -math::log(-math::log(uniform_open()));
}

double Draws::gamma(double shape) {
  assert(shape > 0);
  if (shape < 1) {  // Gamma(a) = Gamma(a + 1) U^(1/a)
    const double larger = gamma(shape + 1);
    return larger * math::pow(uniform_open(), 1 / shape);
  }
  const double d = shape - 1.0 / 3.0;
  const double c = 1 / math::sqrt(9 * d);
  for (;;) {
    const double x = normal();
    const double u = uniform_open();
    const double root = 1 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root;
    if (math::log(u) < 0.5 * x * x + d - d * v + d * math::log(v)) return d * v;
  }
}

double Draws::triangular(double low, double mode, double high) {
  assert(low <= mode && mode <= high);
  const double u = uniform();
  const double width = high - low;
  if (width <= 0) return mode;
  if (u * width < mode - low) return low + math::sqrt(u * width * (mode - low));
  return high - math::sqrt((1 - u) * width * (high - mode));
}

std::uint64_t Draws::poisson(double mean) {
  assert(mean >= 0 && mean <= 1e9);
  return mean < 10 ? small_poisson(*this, mean) : large_poisson(*this, mean);
}

std::uint64_t Draws::binomial(std::uint64_t n, double p) {
  assert(p >= 0 && p <= 1);
  const bool mirrored = p > 0.5;
  const double rare = mirrored ? 1 - p : p;
  const std::uint64_t hits = static_cast<double>(n) * rare < 10 ? small_binomial(*this, n, rare)
                                                                : large_binomial(*this, n, rare);
  return mirrored ? n - hits : hits;
}

void shuffle(std::span<std::uint32_t> items, Draws& draws) {
  for (std::size_t left = items.size(); left > 1; --left) {
    const std::uint32_t pick = draws.below(static_cast<std::uint32_t>(left));
    std::swap(items[left - 1], items[pick]);
  }
}

AliasTable::AliasTable(std::span<const double> weights)
    : threshold_(weights.size(), 1.0), alias_(weights.size()) {
  double total = 0;
  for (const double w : weights) {
    assert(w >= 0 && std::isfinite(w));
    total += w;
  }
  assert(total > 0);
  const double scale = static_cast<double>(weights.size()) / total;
  std::vector<double> share(weights.size());
  std::vector<std::uint32_t> small, large;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    share[i] = weights[i] * scale;
    alias_[i] = static_cast<std::uint32_t>(i);
    (share[i] < 1 ? small : large).push_back(static_cast<std::uint32_t>(i));
  }
  while (!small.empty() && !large.empty()) {
    const std::uint32_t poor = small.back();
    const std::uint32_t rich = large.back();
    small.pop_back();
    threshold_[poor] = share[poor];
    alias_[poor] = rich;
    share[rich] = (share[rich] + share[poor]) - 1;
    if (share[rich] < 1) {
      large.pop_back();
      small.push_back(rich);
    }
  }
}

std::uint32_t AliasTable::sample(Draws& draws) const {
  const std::uint32_t row = draws.below(static_cast<std::uint32_t>(threshold_.size()));
  const double u = draws.uniform();
  return u < threshold_[row] ? row : alias_[row];
}

}  // namespace footfall
