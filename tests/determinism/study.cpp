#include "sim/study/study.hpp"

#include "core/hash.hpp"
#include "tests/determinism/determinism.hpp"
#include "tests/sim/study/small_city.hpp"

using namespace footfall;

FOOTFALL_GOLDEN(study_sites_rank) {
  const Job job;
  auto output = study::run("sites rank", footfall::testing::small_city(), {}, {{"draws", 30}}, job);
  return output ? sha256_hex(to_json(output->results).dump()) : describe(output.error());
}
