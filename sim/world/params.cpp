#include "sim/world/params.hpp"

namespace footfall::world {

Fields fields(Params& p) {
  return {
      {"street_reach_km", &p.street_reach_km, 0.05, 20, "km",
       "How far the people who pass a store live or work from it", "no good source: a range"},
      {"margin", &p.margin, 0, 1, "",
       "Gross margin for the return on campaigns where the store gives none",
       "no good source: a range"},
  };
}

Result<Params> read_params(const scenario::Scenario& scenario) {
  Params params;
  Errors errors = scenario::read_block(scenario, "world", fields(params));
  if (!errors.empty()) return fail(std::move(errors));
  return params;
}

}  // namespace footfall::world
