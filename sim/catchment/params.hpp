// Parameters of store choice (docs/models/catchment.md).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/params.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::catchment {

enum class Measure : std::uint8_t {
  drive_time,        ///< minutes by car on the roads, plus access_min
  walk_time,         ///< minutes on foot on the roads, plus access_min
  straight_distance  ///< kilometres as the crow flies, plus access_km
};
enum class Decay : std::uint8_t {
  power,       ///< f(c) = c^-decay_exponent (Huff 1963)
  exponential  ///< f(c) = exp(-decay_rate · c) (Wilson 1971)
};

/// Utility of store j for demand point i: U_ij = α_j · A_j^area_exponent · f(c_ij), A in 1,000 m²,
/// c in minutes or kilometres, α_j its factor in `attraction`, 1 where it has none. Patronage
/// probability p_ij = U_ij / (U_0 + Σ_k U_ik) over all stores, no one left out.
struct Params {
  Measure measure = Measure::drive_time;
  Decay decay = Decay::power;
  Ranged area_exponent{1.0, 0.8, 1.2};
  Ranged decay_exponent{2.0, 1.5, 2.5};     ///< power
  Ranged decay_rate{0.25, 0.15, 0.35};      ///< exponential, per minute or kilometre
  Ranged access_min{2.0, 1.0, 3.0};         ///< parking and walking, added to every trip by road
  Ranged access_km{0.2, 0.1, 0.3};          ///< the same for straight distances
  Ranged outside_area_m2{2000, 500, 5000};  ///< the outside option as a store of this area …
  Ranged outside_cost{12, 8, 20};           ///< … this far from everyone (minutes or kilometres)
  Ranged online_share{0.03, 0.01, 0.08};    ///< of spending that never reaches a store
  Ranged spending_per_head{3500, 2800, 4200};  ///< currency a year in the category
  std::string category = "groceries";
  std::string attraction;  ///< calibrated "store:factor" pairs, separated by commas
};
Fields fields(Params& params);

/// The factor α of an own or competing store.
struct Factor {
  StoreId store;
  double factor = 1;  ///< least_factor to greatest_factor
};
inline constexpr double least_factor = 0.001, greatest_factor = 1000;
/// The pairs of a text "12:1.3, 15:0.8", and back. Errors: what is no pair, factors out of range, a
/// store twice.
Result<std::vector<Factor>> parse_factors(std::string_view text);
std::string factors_text(std::span<const Factor> factors);

/// Reads the block "catchment" of a scenario; absent members have their defaults.
Result<Params> read_params(const scenario::Scenario& scenario);

/// The parameters of one draw, resolved to plain numbers.
struct Choice {
  Measure measure = Measure::drive_time;
  Decay decay = Decay::power;
  double area_exponent = 1;
  double decay_value = 2;      ///< exponent or rate, as `decay` says
  double access = 2;           ///< minutes or kilometres, as `measure` says
  double outside_utility = 0;  ///< U_0; 0: no outside option
  double online_share = 0;
  double spending_per_head = 0;  ///< currency a year
};

/// All parameters at their best value.
Choice central(const Params& params);
/// Draw number `draw` of `seed`: each Ranged from a triangular distribution (low, value, high),
/// keyed by the parameter, so that every candidate meets the same draws (common random numbers).
Choice drawn(const Params& params, std::uint64_t seed, std::uint32_t draw);

}  // namespace footfall::catchment
