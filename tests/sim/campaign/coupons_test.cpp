#include "sim/campaign/coupons.hpp"

#include <doctest/doctest.h>

#include "core/math.hpp"
#include "tests/sim/campaign/town.hpp"

using namespace footfall;
using namespace footfall::campaign;
using members::testing::people;
using members::testing::visit_key;

namespace {

Coupon coupon(std::uint32_t campaign, std::uint32_t shopper, Day from, Day to, double discount,
              double redeem = 1) {
  return {{campaign}, {shopper}, {1}, from, to, discount, redeem};
}

CampaignId redeemed(Coupons& coupons, std::uint32_t shopper, Day day, StoreId store = {1}) {
  return coupons.redeem({shopper}, store, day, visit_key({shopper}, day)).campaign;
}

}  // namespace

TEST_CASE("a coupon is redeemed once, in its store, while it is valid") {
  const auto shoppers = people(5);
  Coupons coupons(shoppers, 1);
  const std::vector<Coupon> given{coupon(7, 2, 3, 6, 0.1), coupon(7, 1, 3, 6, 0.1)};
  coupons.add(3, given);
  CHECK(coupons.held() == 2);
  CHECK_FALSE(redeemed(coupons, 1, 2));
  CHECK_FALSE(redeemed(coupons, 1, 6));
  CHECK_FALSE(redeemed(coupons, 1, 3, {2}));
  CHECK_FALSE(redeemed(coupons, 3, 3));
  const auto first = coupons.redeem({1}, {1}, 5, visit_key({1}, 5));
  CHECK(first.campaign == CampaignId{7});
  CHECK(first.discount == 0.1);
  CHECK_FALSE(redeemed(coupons, 1, 5));
  coupons.add(5, {});
  CHECK(coupons.held() == 1);
  coupons.add(6, {});
  CHECK(coupons.held() == 0);
}

TEST_CASE("the best coupon goes first; the same campaign's coupons become one") {
  const auto shoppers = people(2);
  Coupons coupons(shoppers, 1);
  coupons.add(0, std::vector{coupon(2, 1, 0, 9, 0.1), coupon(1, 1, 0, 9, 0.1),
                             coupon(3, 1, 0, 9, 0.3), coupon(3, 1, 2, 12, 0.3)});
  CHECK(coupons.held() == 3);
  CHECK(redeemed(coupons, 1, 1) == CampaignId{3});
  CHECK(redeemed(coupons, 1, 1) == CampaignId{1});
  CHECK(redeemed(coupons, 1, 1) == CampaignId{2});
  coupons.add(2, std::vector{coupon(4, 1, 2, 5, 0.1)});
  coupons.add(3, std::vector{coupon(4, 1, 6, 9, 0.1)});  // valid from now to its end
  CHECK(redeemed(coupons, 1, 8) == CampaignId{4});
}

TEST_CASE("odds of redeeming grow with price sensitivity") {
  const std::size_t n = 20'000;
  auto shoppers = people(n);
  for (std::size_t i = n / 2; i < n; ++i) shoppers.price_sensitivity[i] = 64;
  Coupons coupons(shoppers, 1);
  std::vector<Coupon> given;
  for (std::uint32_t id = 1; id <= n; ++id) given.push_back(coupon(1, id, 0, 5, 0.1, 0.4));
  coupons.add(0, given);
  double average = 0, calm = 0;
  for (std::uint32_t id = 1; id <= n; ++id)
    (id <= n / 2 ? average : calm) += redeemed(coupons, id, 1) ? 1 : 0;
  const auto check = [&](double count, double p) {
    CHECK(std::abs(count - n / 2.0 * p) <= 4 * math::sqrt(n / 2.0 * p * (1 - p)));
  };
  check(average, 0.4);
  check(calm, 0.2 / (0.6 + 0.2));
}

TEST_CASE("luck is that of the visit, whoever else holds coupons") {
  const auto shoppers = people(200);
  Coupons few(shoppers, 3), many(shoppers, 3);
  std::vector<Coupon> given;
  for (std::uint32_t id = 1; id <= 200; ++id) given.push_back(coupon(1, id, 0, 5, 0.1, 0.5));
  many.add(0, given);
  few.add(0, std::span(given).subspan(0, 50));
  for (std::uint32_t id = 200; id >= 51; --id) redeemed(many, id, 1);
  for (std::uint32_t id = 1; id <= 50; ++id) CHECK(redeemed(few, id, 1) == redeemed(many, id, 1));
}
