#include "sim/catchment/params.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/math.hpp"
#include "core/rng.hpp"
#include "core/text.hpp"

namespace footfall::catchment {
namespace {

constexpr std::string_view room = "catchment";
constexpr std::array<std::string_view, 3> measures{"drive_time", "walk_time", "straight_distance"};
constexpr std::array<std::string_view, 2> decays{"power", "exponential"};

/// What a draw decides: part of the counter of its random numbers, so fixed for ever.
enum class Drawn : std::uint8_t {
  area_exponent,
  decay_exponent,
  decay_rate,
  access_min,
  access_km,
  outside_area_m2,
  outside_cost,
  online_share,
  spending_per_head
};

double decay_of(Decay decay, double value, double cost) {
  return decay == Decay::power ? math::pow(cost, -value) : math::exp(-value * cost);
}

/// The choice with each parameter as `value_of(ranged, which)` gives it.
template <class ValueOf>
Choice resolved(const Params& p, const ValueOf& value_of) {
  const bool straight = p.measure == Measure::straight_distance;
  const bool power = p.decay == Decay::power;
  Choice choice;
  choice.measure = p.measure;
  choice.decay = p.decay;
  choice.area_exponent = value_of(p.area_exponent, Drawn::area_exponent);
  choice.decay_value = power ? value_of(p.decay_exponent, Drawn::decay_exponent)
                             : value_of(p.decay_rate, Drawn::decay_rate);
  choice.access = straight ? value_of(p.access_km, Drawn::access_km)
                           : value_of(p.access_min, Drawn::access_min);
  const double area = value_of(p.outside_area_m2, Drawn::outside_area_m2);
  const double cost = value_of(p.outside_cost, Drawn::outside_cost);
  if (area > 0) {
    choice.outside_utility =
        math::pow(area / 1000, choice.area_exponent) * decay_of(p.decay, choice.decay_value, cost);
  }
  choice.online_share = value_of(p.online_share, Drawn::online_share);
  choice.spending_per_head = value_of(p.spending_per_head, Drawn::spending_per_head);
  return choice;
}

}  // namespace

Fields fields(Params& p) {
  return {
      {"measure",
       reinterpret_cast<std::uint8_t*>(&p.measure),
       0,
       0,
       "",
       "How the effort to reach a store is measured",
       {},
       measures},
      {"decay", reinterpret_cast<std::uint8_t*>(&p.decay), 0, 0, "",
       "How attraction falls with effort", "Huff 1963; Wilson 1971", decays},
      {"area_exponent", &p.area_exponent, 0, 3, "",
       "How strongly shoppers prefer larger stores: exponent of the sales area", "Huff 1963"},
      {"decay_exponent", &p.decay_exponent, 0, 5, "",
       "How strongly effort deters, with power decay: exponent of minutes or kilometres",
       "Huff 1963"},
      {"decay_rate", &p.decay_rate, 0, 5, "1/min or 1/km",
       "How strongly effort deters, with exponential decay", "Wilson 1971"},
      {"access_min", &p.access_min, 0.1, 60, "min",
       "Parking and walking, added to every trip by road"},
      {"access_km", &p.access_km, 0.01, 20, "km", "The same for straight distances"},
      {"outside_area_m2", &p.outside_area_m2, 0, 500'000, "m2",
       "Shops beyond the map as one store of this sales area; 0 means that there are none"},
      {"outside_cost", &p.outside_cost, 0.1, 1000, "min or km",
       "How far that store is from everyone"},
      {"online_share", &p.online_share, 0, 0.95, "",
       "Share of spending that never reaches a store"},
      {"spending_per_head", &p.spending_per_head, 0, 1'000'000, "currency/year",
       "Spending of an average resident in the category"},
      {"category", &p.category, 0, 0, "", "What is sold"},
      {"attraction", &p.attraction, 0, 0, "",
       "Calibrated factors on the stores' attraction, as store:factor, separated by commas"},
  };
}

Result<Params> read_params(const scenario::Scenario& scenario) {
  Params params;
  Errors errors = scenario::read_block(scenario, room, fields(params));
  if (!errors.empty()) return fail(std::move(errors));
  return params;
}

Result<std::vector<Factor>> parse_factors(std::string_view text) {
  std::vector<Factor> out;
  std::set<StoreId> seen;
  Errors errors;
  if (trimmed(text).empty()) return out;
  for (const std::string& part : split(text, ',')) {
    const auto colon = part.find(':');
    const auto id = parse_integer(part.substr(0, colon));
    const auto factor = parse_number(colon == std::string::npos ? "" : part.substr(colon + 1));
    std::string wrong;
    if (!id || *id < 1 || *id > 0xffffffff || !factor || *factor < least_factor ||
        *factor > greatest_factor) {
      wrong = "is no factor";
    } else {
      const StoreId store{static_cast<std::uint32_t>(*id)};
      if (!seen.insert(store).second) wrong = "is the second factor of this store";
      out.push_back({store, *factor});
    }
    if (wrong.empty()) continue;
    errors.push_back({"scenario.json", "parameters/catchment/attraction",
                      shortened(trimmed(part), 60), std::move(wrong),
                      "store:factor, each store once, with a factor from 0.001 to 1000"});
  }
  if (!errors.empty()) return fail(std::move(errors));
  return out;
}

std::string factors_text(std::span<const Factor> factors) {
  std::string out;
  for (const Factor& f : factors) {
    if (!out.empty()) out += ", ";
    out += std::to_string(f.store.value) + ":" + shortest(f.factor);
  }
  return out;
}

Choice central(const Params& params) {
  return resolved(params, [](const Ranged& r, Drawn) { return r.value; });
}

Choice drawn(const Params& params, std::uint64_t seed, std::uint32_t draw) {
  const PhiloxKey key = random_key(seed, 0, room);
  return resolved(params, [&](const Ranged& r, Drawn which) {
    if (!(r.low < r.high)) return r.value;
    Draws draws(key, static_cast<std::uint64_t>(which), draw, 0);
    return draws.triangular(r.low, r.value, r.high);
  });
}

}  // namespace footfall::catchment
