#include "cli/batch_unit.hpp"

#include "sim/scenario/files.hpp"

namespace footfall::cli {

Result<UnitWork> unit_work(const Ledger& ledger) {
  auto files = scenario::unpack(ledger.scenario(), ledger.path());
  if (!files) return fail(std::move(files.error()));
  auto base = scenario::read_scenario(*files);
  if (!base) return fail(std::move(base.error()));
  return UnitWork::make(ledger.plan(), ledger.design(), *base);
}

std::string results_text(const Results& results) {
  return json_text(to_json(results));
}

}  // namespace footfall::cli
