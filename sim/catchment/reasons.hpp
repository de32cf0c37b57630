// The reason for a site's place in the ranking, in plain words.
#pragma once

#include "sim/catchment/ranking.hpp"

namespace footfall::catchment {

/// Fills reason_en and reason_zh of ranking.sites[index].
void write_reason(const scenario::Scenario& scenario, Ranking& ranking, const RankOptions& options,
                  std::size_t index);

}  // namespace footfall::catchment
