// What a ledger's finished units say, as one table.
#pragma once

#include "cli/batch_columns.hpp"
#include "cli/ledger.hpp"

namespace footfall::cli {

struct UnitFigure {
  std::string id, unit;
  std::vector<double> value, low, high;  ///< by row; NaN where a unit has no such figure
  bool interval = false;                 ///< whether low and high differ from the value anywhere
};

/// The units that are done, by id.
struct UnitFigures {
  std::vector<experiment::Unit> units;
  std::vector<UnitFigure> figures;  ///< by id, in alphabetical order
  const UnitFigure* find(std::string_view id) const;
};

Result<UnitFigures> read_figures(const Ledger& ledger);

/// Columns id, point, replication, the variables, and the figures, each with _low and _high where
/// it has an interval.
UnitTable unit_table(const Ledger& ledger, UnitFigures figures);

}  // namespace footfall::cli
