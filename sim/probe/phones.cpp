#include "sim/probe/phones.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <vector>

#include "core/math.hpp"

namespace footfall::probe {
namespace {

/// What a draw decides: part of the counter of its random numbers, so fixed for ever.
enum class Drawn : std::uint8_t { phone, pace, model, fingerprint };

constexpr std::array<double, 7> levels{0, 0.1, 0.25, 0.5, 0.75, 0.9, 1};
constexpr std::array<Pace, states> paces{{
    {{5, 5, 5, 15, 20, 116, 290}, 1.0},
    {{3, 3, 3, 5, 20, 35, 260}, 1.0},
    {{5, 5, 5, 7, 60, 120, 180}, 0.9},
    {{5, 5, 5, 7, 60, 120, 150}, 0.7},
    {{40, 40, 40, 40, 300, 361, 500}, 1.0},
    {{60, 60, 61, 65, 300, 338, 2000}, 0.9},
}};
constexpr std::array<std::string_view, 4> policies{"real", "per_network", "per_day", "per_burst"};
constexpr double second_kind = 15.0 / 22.0;  // of models with two kinds: 37 kinds of 22 phones
constexpr double shared_kind = 0.1;          // 4 of 37 kinds

double segment_mass(const Pace& pace, std::size_t i) {
  return (levels[i + 1] - levels[i]) * (pace.quantile_s[i] + pace.quantile_s[i + 1]) / 2;
}

AliasTable market(std::int64_t models) {
  std::vector<double> sold;
  for (std::int64_t rank = 1; rank <= models; ++rank) {
    sold.push_back(1 / static_cast<double>(rank));
  }
  return AliasTable(sold);
}

Draws model_draws(PhiloxKey key, population::Phone system, std::uint32_t model, Drawn purpose) {
  return Draws(key, model, static_cast<std::uint32_t>(system), static_cast<std::uint8_t>(purpose));
}

double real_mac_share(const Params& params, population::Phone system) {
  return system == population::Phone::android ? params.real_mac_android.value
         : system == population::Phone::ios   ? params.real_mac_ios.value
                                              : params.real_mac_other.value;
}

MacPolicy policy_of(const Params& params, population::Phone system, double real, double kind) {
  if (real < real_mac_share(params, system)) return MacPolicy::real;
  if (kind < params.per_network_share.value) return MacPolicy::per_network;
  if (kind < params.per_network_share.value + params.per_day_share.value) return MacPolicy::per_day;
  return MacPolicy::per_burst;
}

}  // namespace

const Pace& pace_of(State state) {
  return paces[static_cast<std::size_t>(state)];
}

double mean_wait_s(const Pace& pace) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < levels.size(); ++i) sum += segment_mass(pace, i);
  return sum;
}

double wait_s(const Pace& pace, double u) {
  assert(u >= 0 && u < 1);
  std::size_t i = 0;
  while (u >= levels[i + 1]) ++i;
  const double low = pace.quantile_s[i], high = pace.quantile_s[i + 1];
  return low + (high - low) * (u - levels[i]) / (levels[i + 1] - levels[i]);
}

double biased_wait_s(const Pace& pace, double u) {
  double left = u * mean_wait_s(pace);
  std::size_t i = 0;
  while (i + 2 < levels.size() && left >= segment_mass(pace, i)) left -= segment_mass(pace, i++);
  // Within a segment the density is proportional to the wait.
  const double within = std::min(1.0, left / segment_mass(pace, i));
  const double low = pace.quantile_s[i], high = pace.quantile_s[i + 1];
  return math::sqrt(low * low + within * (high * high - low * low));
}

Bursts::Bursts(const Pace& pace, Draws own, Draws draws) : pace_(&pace), draws_(draws) {
  const bool biased = own.bernoulli(pace.kept);
  const double u = own.uniform();
  own_s_ = biased ? biased_wait_s(pace, u) : wait_s(pace, u);
}

double Bursts::first_s() {
  // The wait that holds the start is one among all in proportion to its length.
  const double own = pace_->kept * own_s_;
  const double fresh = (1 - pace_->kept) * mean_wait_s(*pace_);
  const bool at_own = draws_.uniform() * (own + fresh) < own;
  const double u = draws_.uniform();
  const double wait = at_own ? own_s_ : biased_wait_s(*pace_, u);
  return wait * draws_.uniform();
}

double Bursts::next_s() {
  const bool at_own = draws_.bernoulli(pace_->kept);
  const double u = draws_.uniform();
  return at_own ? own_s_ : wait_s(*pace_, u);
}

std::string_view name_of(MacPolicy value) {
  return policies[static_cast<std::size_t>(value)];
}

Fleet::Fleet(const Params& params, PhiloxKey key)
    : params_(&params), key_(key), models_(market(params.phone_models)) {}

Phone Fleet::phone(DeviceId id, population::Phone system) const {
  assert(id && system != population::Phone::none);
  Draws draws(key_, id.value, 0, static_cast<std::uint8_t>(Drawn::phone));
  const double real = draws.uniform(), kind = draws.uniform();
  const double continues = draws.uniform(), off = draws.uniform();
  const bool ios = system == population::Phone::ios;
  Phone phone;
  phone.id = id;
  phone.system = system;
  phone.policy = policy_of(*params_, system, real, kind);
  phone.sequence_continues = continues < params_->sequence_continues_share.value;
  phone.sends_when_off = off < params_->off_sends_share.value;
  phone.frames_per_burst =
      (ios ? params_->frames_per_burst_ios.value : params_->frames_per_burst.value) *
      (phone.policy == MacPolicy::real ? params_->real_mac_frames.value : 1);
  const double macs = ios ? params_->ios_macs_per_burst.value : 1;
  phone.macs_per_burst = static_cast<std::uint32_t>(math::floor(macs + draws.uniform()));
  Draws model(key_, id.value, 0, static_cast<std::uint8_t>(Drawn::model));
  phone.model = models_.sample(model);
  return phone;
}

std::uint32_t Fleet::fingerprints(population::Phone system, std::uint32_t model) const {
  return model_draws(key_, system, model, Drawn::model).bernoulli(second_kind) ? 2 : 1;
}

std::uint32_t Fleet::fingerprint(population::Phone system, std::uint32_t model,
                                 std::uint32_t kind) const {
  Draws draws = model_draws(key_, system, model, Drawn::fingerprint);
  const bool shared = draws.bernoulli(shared_kind);
  if (kind == 0 && shared && model > 0) return fingerprint(system, model - 1, 0);
  const std::uint32_t first = draws.bits32(), second = draws.bits32();
  return kind == 0 ? first : second;
}

Draws Fleet::own_pace(DeviceId id, State state) const {
  return Draws(key_, id.value, static_cast<std::uint32_t>(state),
               static_cast<std::uint8_t>(Drawn::pace));
}

Mac mac_of(PhiloxKey key, const Phone& phone, const Epoch& epoch) {
  Philox4 counter{phone.id.value, 0, 0, static_cast<std::uint32_t>(phone.policy)};
  if (phone.policy >= MacPolicy::per_day) {
    counter[3] |= static_cast<std::uint32_t>(epoch.day) << 2;
  }
  if (phone.policy == MacPolicy::per_burst) {
    counter[1] = epoch.start;
    counter[2] = epoch.burst << 8 | (epoch.index & 0xff);
  }
  // A key of its own, so that no draw has the same words.
  const Philox4 words = philox4x32_10(counter, {key[0] ^ 0x4d414321u, key[1]});
  Mac mac;
  for (std::size_t i = 0; i < mac.size(); ++i) {
    mac[i] = static_cast<std::uint8_t>(words[i / 4] >> (8 * (i % 4)));
  }
  mac[0] = static_cast<std::uint8_t>(mac[0] & 0xfc);
  if (phone.policy != MacPolicy::real) mac[0] |= 2;
  return mac;
}

}  // namespace footfall::probe
