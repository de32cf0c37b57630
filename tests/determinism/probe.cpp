#include "sim/probe/probe.hpp"

#include "core/hash.hpp"
#include "tests/determinism/determinism.hpp"
#include "tests/sim/floor/small_store.hpp"

using namespace footfall;
using namespace footfall::probe;

namespace {

void update(Sha256& hash, const Heard& heard) {
  for (std::size_t i = 0; i < heard.capture.frames.size(); ++i) {
    const Frame& f = heard.capture.frames[i];
    hash.update_u64(static_cast<std::uint64_t>(f.time));
    hash.update(std::as_bytes(std::span(f.mac)));
    hash.update_u32(f.sequence | static_cast<std::uint32_t>(f.signal_dbm + 128) << 16);
    hash.update_u32(f.fingerprint);
    hash.update_u32(heard.truth.device[i].value);
  }
  for (const Beam& beam : heard.capture.beams)
    hash.update_u64(static_cast<std::uint64_t>(beam.time));
}

std::string hash_of(Listening listening) {
  Sha256 hash;
  const population::Shoppers shoppers = testing::some_shoppers(4000);
  const floor::Street street = testing::everyone(shoppers);
  const PhiloxKey key = random_key(8, 0, "probe");
  for (Day day = 0; day < 3; ++day) {
    const auto visits = testing::some_visits(200, day, 4);
    const floor::StoreDay store_day = floor::store_day(
        {}, {testing::shop, 900, 200}, day, random_key(8, 0, "floor"), visits, shoppers, street);
    Params params;
    draw_ranges(fields(params), "probe", 8, static_cast<std::uint32_t>(day));
    params.listening = listening;
    const auto ways = presences(params, store_day, day, key, shoppers);
    update(hash, hear(params, SensorId{3}, day, key, ways, store_day, shoppers));
  }
  return hash.hex();
}

}  // namespace

FOOTFALL_GOLDEN(probe_fixed) {
  return hash_of(Listening::fixed);
}
FOOTFALL_GOLDEN(probe_hopping) {
  return hash_of(Listening::hopping);
}
FOOTFALL_GOLDEN(probe_three) {
  return hash_of(Listening::three);
}
