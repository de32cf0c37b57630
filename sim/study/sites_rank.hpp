// `sites rank`: candidate sites by what they would add to the chain's sales.
#pragma once

#include "sim/study/study.hpp"

namespace footfall::study {

struct SitesRankOptions {
  std::int64_t draws = 200;  ///< parameter draws behind the intervals; 0: none
  double level = 0.9;        ///< share of the draws inside an interval
  std::int64_t seed = 1;
  std::string only;  ///< ids of candidates, separated by commas; empty: all
};
Fields fields(SitesRankOptions& options);

Study sites_rank();
Result<Output> compute_sites_rank(const scenario::Scenario& scenario, const Json& options,
                                  const Job& job);

/// Ids of candidates from a text "12, 15"; empty: none. `option` is named in the errors.
Result<std::vector<StoreId>> candidate_ids(const scenario::Scenario& scenario,
                                           const std::string& option, const std::string& text);

}  // namespace footfall::study
