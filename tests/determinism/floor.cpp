#include "core/hash.hpp"
#include "sim/floor/queue.hpp"
#include "sim/floor/store_day.hpp"
#include "tests/determinism/determinism.hpp"
#include "tests/sim/floor/small_store.hpp"

using namespace footfall;
using namespace footfall::floor;

namespace {

void update(Sha256& hash, const StoreDay& day) {
  for (const Stay& s : day.stays) {
    hash.update_u64(s.key(0));
    hash.update_u32(s.visit);
    hash.update_u32(static_cast<std::uint32_t>(s.outcome) | (s.deep ? 256u : 0u) |
                    static_cast<std::uint32_t>(s.till) << 16 |
                    static_cast<std::uint32_t>(s.zones) << 24);
    hash.update_u32(s.items);
    for (const float value : {s.from_s, s.to_s, s.look_s, s.queue_s}) hash.update_f32(value);
    hash.update_u32(static_cast<std::uint32_t>(s.paid_minor));
  }
  hash.update_f64(day.staff_hours);
  hash.update_u32(day.longest_queue);
}

}  // namespace

FOOTFALL_GOLDEN(floor_store_day) {
  Sha256 hash;
  const population::Shoppers shoppers = testing::some_shoppers(9000);
  const Street street = testing::everyone(shoppers);
  for (std::uint32_t draw = 0; draw < 4; ++draw) {
    const auto day = static_cast<Day>(draw);
    const auto visits = testing::some_visits(700, day, 4);
    Params params;
    draw_ranges(fields(params), "floor", 6, draw);
    update(hash, store_day(params, {testing::shop, 300.0 * (draw + 1), 650}, day,
                           random_key(6, 0, "floor"), visits, shoppers, street));
  }
  return hash.hex();
}

FOOTFALL_GOLDEN(floor_queue) {
  Sha256 hash;
  for (const Queue::Lines lines : {Queue::Lines::one_for_all, Queue::Lines::one_each}) {
    Queue queue(lines, 3);
    Draws draws(random_key(6, 0, "floor"), 1, 0, 9);
    double now = 0;
    for (int i = 0; i < 5000; ++i) {
      now += draws.exponential() / 2.7;
      const Queue::Service service = queue.serve(now, draws.exponential());
      hash.update_f64(service.start_s);
      hash.update_u32(queue.persons(now));
    }
    hash.update_u32(queue.longest());
  }
  return hash.hex();
}
