// Charts of a report: bars of the sites, the matrix of losses. Each gives "" where its table is not
// there.
#pragma once

#include <string>

#include "sim/report/report.hpp"

namespace footfall::report {

/// Table "sites": net-new sales, behind them what is transferred, together the expected sales; a
/// whisker over the interval of net-new sales. The first 20 rows, as SVG.
std::string bar_chart(const Results& results, Language language);

/// Table "transfers": sites × own stores, the share of its sales that a store would lose, shaded.
/// The first 15 sites, the 10 stores that lose most in sum, as an HTML table.
std::string loss_matrix(const Results& results, Language language);

}  // namespace footfall::report
