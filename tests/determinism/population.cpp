#include "core/hash.hpp"
#include "core/rng.hpp"
#include "sim/population/fit.hpp"
#include "sim/population/ipf.hpp"
#include "sim/population/synthesis.hpp"
#include "tests/determinism/determinism.hpp"
#include "tests/sim/population/towns.hpp"

using namespace footfall;
using namespace footfall::population;
using namespace footfall::population::testing;

namespace {

void update(Sha256& hash, const Shoppers& s) {
  for (std::size_t r = 0; r < s.size(); ++r) {
    for (const std::uint32_t value : {s.home[r], s.daytime[r], s.household[r]})
      hash.update_u32(value);
    hash.update_f32(s.spending_factor[r]);
    for (const int value :
         {static_cast<int>(s.age[r]), static_cast<int>(s.gender[r]), static_cast<int>(s.work[r]),
          int{s.household_size[r]}, static_cast<int>(s.income[r]), static_cast<int>(s.spending[r]),
          int{s.interest_bits[r]}, int{s.online[r]}, int{s.messaging[r]},
          static_cast<int>(s.phone[r]), int{s.wifi[r]}, int{s.price_sensitivity[r]},
          int{s.channel_response[r]}, int{s.habit[r]}})
      hash.update_u32(static_cast<std::uint32_t>(value));
  }
  hash.update_f64(s.people_per_shopper);
}

}  // namespace

FOOTFALL_GOLDEN(population_synthesis) {
  std::vector<double> residents;
  for (int z = 0; z < 600; ++z) residents.push_back(z % 37 * 1.3);
  const auto made = synthesise(town_of(residents), {}, 11, Job());
  if (!made) return describe(made.error());
  Sha256 hash;
  update(hash, made->shoppers);
  return hash.hex();
}

namespace {

/// Weights, whole households and shoppers of a town under controls on two levels.
std::string hash_of(Method method) {
  scenario::Scenario town = controlled_town();
  town.tables["zones.csv"] = "district,region\nnorth,R\nsouth,R\n";
  if (method == Method::ipf) {
    town.tables["controls.csv"] =
        "level,zone,table,category,target\n"
        "district,north,size,households.size=1,60\ndistrict,north,size,households.size>1,80\n"
        "district,north,income,households.income=low,50\n"
        "district,south,size,households.size=1,100\n"
        "region,R,income,households.income=high,120\n";
  } else {
    town.tables["controls.csv"] += "region,R,income,households.income=high,120,\n";
  }
  const auto controls = read_controls(town);
  if (!controls) return describe(controls.error());
  const auto made = fit(**controls, {method}, Job());
  if (!made) return describe(made.error());
  Sha256 hash;
  for (const double w : made->weight) hash.update_f64(w);
  for (const auto& unit : whole_households(town, **controls, *made, 1, 5))
    for (const Copies& copies : unit) {
      hash.update_u32(copies.household);
      hash.update_u32(copies.count);
    }
  const auto shoppers = synthesise(town, {}, 5, Job());
  if (!shoppers) return describe(shoppers.error());
  update(hash, shoppers->shoppers);
  return hash.hex();
}

}  // namespace

FOOTFALL_GOLDEN(population_fit_ipf) {
  return hash_of(Method::ipf);
}
FOOTFALL_GOLDEN(population_fit_ipu) {
  return hash_of(Method::ipu);
}
FOOTFALL_GOLDEN(population_fit_entropy) {
  return hash_of(Method::entropy);
}
FOOTFALL_GOLDEN(population_quasirandom) {
  Draws draws(random_key(6, 0, "golden"), 1, 0, 0);
  std::vector<double> weight(500);
  double total = 0;
  for (double& w : weight) total += w = draws.uniform(0, 3);
  for (double& w : weight) w *= 700 / total;
  Sha256 hash;
  for (const std::uint32_t n : quasirandom(weight, 700, draws.bits32())) hash.update_u32(n);
  return hash.hex();
}
FOOTFALL_GOLDEN(population_ipf_table) {
  Draws draws(random_key(4, 0, "golden"), 1, 0, 0);
  IpfTable seed{{5, 7, 43}, {}};
  std::vector<IpfMargin> margins{{"a", {0}, std::vector<double>(5)},
                                 {"bc", {1, 2}, std::vector<double>(7 * 43)}};
  for (std::size_t i = 0; i < 5 * 7 * 43; ++i) {
    seed.cells.push_back(draws.uniform());
    const double truth = seed.cells.back() * draws.uniform(0.5, 2);
    margins[0].targets[i / (7 * 43)] += truth;
    margins[1].targets[i % (7 * 43)] += truth;
  }
  const auto made = ipf(seed, margins);
  if (!made) return describe(made.error());
  Sha256 hash;
  for (const double cell : made->cells) hash.update_f64(cell);
  return hash.hex();
}
