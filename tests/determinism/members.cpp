#include "sim/members/members.hpp"

#include "core/hash.hpp"
#include "tests/determinism/determinism.hpp"
#include "tests/sim/members/people.hpp"

using namespace footfall;
using namespace footfall::members;

/// Three stores over eight days, with buyers, visitors and some scan-and-go; accounts, receipts,
/// signals and groups.
FOOTFALL_GOLDEN(members_book) {
  constexpr std::size_t n = 3000;
  population::Shoppers shoppers = members::testing::people(n);
  for (std::size_t i = 0; i < n; ++i) {
    shoppers.messaging[i] = static_cast<std::uint8_t>(i % 256);
    shoppers.wifi[i] = static_cast<std::uint8_t>(i / 7 % 256);
    shoppers.phone[i] = static_cast<population::Phone>(i % 4);
  }
  Book book(Params(), shoppers, 11);
  Sha256 hash;
  for (Day day = 0; day < 8; ++day) {
    for (std::uint32_t store = 1; store <= 3; ++store) {
      const std::size_t from = 800 * (store - 1);
      auto purchases = members::testing::purchases(from, from + 1000, day, {store});
      for (std::size_t i = 0; i < purchases.size(); i += 17) purchases[i].scan_and_go = true;
      std::vector<ShopperId> entered;
      for (std::size_t i = 0; i < n; i += 5) entered.push_back(population::Shoppers::id(i));
      const std::vector<CampaignId> coupons(purchases.size());
      const auto result = book.take(day, {store}, purchases, entered, coupons);
      for (const Receipt& r : result.receipts) hash.update_u32(r.account.value);
      for (const Signal& s : result.signals) {
        hash.update_u32(s.account.value);
        hash.update_u32(static_cast<std::uint32_t>(s.kind));
      }
    }
  }
  for (const Account& a : book.accounts()) {
    hash.update_u32(book.owner(a.id).value);
    hash.update_u32(static_cast<std::uint32_t>(a.way));
    hash.update_u32(a.tokens);
    hash.update_u32(static_cast<std::uint32_t>(a.last_seen));
    hash.update_u64(static_cast<std::uint64_t>(a.spent_minor));
  }
  for (const std::uint32_t group : book.identity_groups()) hash.update_u32(group);
  return hash.hex();
}
