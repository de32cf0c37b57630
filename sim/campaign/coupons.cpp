#include "sim/campaign/coupons.hpp"

#include <algorithm>
#include <tuple>

namespace footfall::campaign {
namespace {

auto key_of(const Coupon& c) {
  return std::tuple(c.shopper, c.store, c.campaign);
}

}  // namespace

Coupons::Coupons(const population::Shoppers& shoppers, std::uint64_t seed)
    : shoppers_(&shoppers), key_(random_key(seed, 0, "coupons")) {}

void Coupons::add(Day day, std::span<const Coupon> coupons) {
  const auto ended = [&](const Held& h) { return h.used || h.coupon.to <= day; };
  coupons_.erase(std::remove_if(coupons_.begin(), coupons_.end(), ended), coupons_.end());
  const auto before = [](const Held& a, const Held& b) {
    return key_of(a.coupon) < key_of(b.coupon);
  };
  const auto old = static_cast<std::ptrdiff_t>(coupons_.size());
  for (const Coupon& coupon : coupons) coupons_.push_back({coupon, false});
  std::stable_sort(coupons_.begin() + old, coupons_.end(), before);
  std::inplace_merge(coupons_.begin(), coupons_.begin() + old, coupons_.end(), before);
  std::size_t kept = 0;
  for (const Held& held : coupons_) {
    if (kept == 0 || before(coupons_[kept - 1], held)) {
      coupons_[kept++] = held;
      continue;
    }
    Coupon& same = coupons_[kept - 1].coupon;
    same.from = std::min(same.from, held.coupon.from);
    same.to = std::max(same.to, held.coupon.to);
  }
  coupons_.resize(kept);
}

Coupons::Redeemed Coupons::redeem(ShopperId shopper, StoreId store, Day day,
                                  std::uint64_t visit_key) {
  const auto before = [](const Held& held, const std::tuple<ShopperId, StoreId>& place) {
    return std::tuple(held.coupon.shopper, held.coupon.store) < place;
  };
  auto it = std::lower_bound(coupons_.begin(), coupons_.end(), std::tuple(shopper, store), before);
  Held* best = nullptr;
  for (; it != coupons_.end() && it->coupon.shopper == shopper && it->coupon.store == store; ++it) {
    const bool valid = !it->used && it->coupon.from <= day && day < it->coupon.to;
    if (valid && (best == nullptr || it->coupon.discount > best->coupon.discount)) best = &*it;
  }
  if (best == nullptr) return {};
  const double sensitivity =
      shoppers_->price_sensitivity[population::Shoppers::row(shopper)] / 128.0;
  const double odds = best->coupon.redeem * sensitivity;
  const double refused = 1 - best->coupon.redeem;
  const double chance = odds + refused > 0 ? odds / (odds + refused) : 0;
  if (!Draws(key_, visit_key, store.value, 0).bernoulli(chance)) return {};
  best->used = true;
  return {best->coupon.campaign, best->coupon.discount};
}

}  // namespace footfall::campaign
