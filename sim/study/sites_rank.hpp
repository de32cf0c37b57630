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

}  // namespace footfall::study
