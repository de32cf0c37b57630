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

FOOTFALL_GOLDEN(study_shoppers_calibrate) {
  auto city = footfall::testing::small_city();
  city.tables["counts.csv"] = "store,hour,count\n1,9,200\n1,18,100\n2,9,50\n2,12,50\n";
  const Job job;
  auto output = study::run("shoppers calibrate", city, {}, {{"shoppers", 5000}}, job);
  return output ? sha256_hex(to_json(output->results).dump()) : describe(output.error());
}
