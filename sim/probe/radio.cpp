#include "sim/probe/radio.hpp"

#include <algorithm>

#include "core/math.hpp"

namespace footfall::probe {

double mean_signal_dbm(const Params& params, double distance_m, bool inside) {
  constexpr double per_log_e = 10 / 2.302585092994045684;  // 10 log10(x) = per_log_e log(x)
  const double loss =
      params.path_loss_exponent.value * per_log_e * math::log(std::max(distance_m, 0.5));
  return params.signal_at_1m_dbm.value - loss - (inside ? 0 : params.wall_db.value);
}

Shadowing::Shadowing(const Params& params, Draws draws) : params_(&params), draws_(draws) {}

double Shadowing::at(double moved_m) {
  const double alike = begun_ ? math::exp(-moved_m / params_->shadowing_m.value) : 0;
  begun_ = true;
  standard_ = alike * standard_ + math::sqrt(1 - alike * alike) * draws_.normal();
  return params_->shadowing_db.value * standard_;
}

}  // namespace footfall::probe
