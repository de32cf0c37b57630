// Results of a ranking as the study gives them, made by formulas: a valley with a river, two towns,
// eleven stores and a few candidates.
#pragma once

#include "sim/report/report.hpp"

namespace footfall::report_test {

Results sample(std::size_t sites = 12);
report::BaseMap sample_base();

}  // namespace footfall::report_test
