#include "core/hash.hpp"
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
