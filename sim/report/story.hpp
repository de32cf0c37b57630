// Truth beside estimate: the table "story" (columns quantity, unit, truth, estimate, each with _low
// and _high, error, method, refused) as rows that a person reads at a glance. "" without it.
#pragma once

#include <string>

#include "sim/report/report.hpp"

namespace footfall::report {

std::string story_html(const Results& results, Language language);

}  // namespace footfall::report
