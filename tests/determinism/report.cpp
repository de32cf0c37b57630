#include "sim/report/report.hpp"

#include "core/hash.hpp"
#include "tests/determinism/determinism.hpp"
#include "tests/sim/report/sample.hpp"

using namespace footfall;

FOOTFALL_GOLDEN(report_folder) {
  Sha256 hash;
  for (const Language language : {Language::english, Language::chinese}) {
    const auto files = report::folder(report_test::sample(), report_test::sample_base(), language);
    for (const auto& [name, bytes] : files) {
      hash.update(name);
      hash.update(bytes);
    }
  }
  return hash.hex();
}
