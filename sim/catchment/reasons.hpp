// The reason for a site's place in the ranking, in plain words.
#pragma once

#include "sim/catchment/ranking.hpp"

namespace footfall::catchment {

/// Fills reason_en and reason_zh of `site` from its figures: whom it serves, how much is net-new,
/// who loses most, how sure its place among `sites` candidates is.
void write_reason(const scenario::Scenario& scenario, const RankOptions& options, std::size_t sites,
                  SiteResult& site);

}  // namespace footfall::catchment
