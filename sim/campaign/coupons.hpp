// Who holds which coupon for which store until when.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/campaign/campaign.hpp"

namespace footfall::campaign {

/// A person holds at most one coupon of a campaign: another one makes it valid for longer. At a
/// purchase the holder redeems the best one that is valid (the greatest discount, ties to the
/// lowest campaign) with the probability
///   p = r s / (1 - r + r s),   s = price sensitivity / 128,
/// so that r is the average holder's chance and odds grow in proportion to the sensitivity.
class Coupons {
 public:
  /// `shoppers` must live as long as the coupons.
  Coupons(const population::Shoppers& shoppers, std::uint64_t seed);

  /// The morning of `day`: forgets what has ended or was redeemed and takes the new ones.
  void add(Day day, std::span<const Coupon> coupons);

  /// A purchase in its store: the coupon that is redeemed, and used up; nothing where there is
  /// none. Keyed by (visit, store). May be called for several stores at once, never twice for one
  /// at once.
  struct Redeemed {
    CampaignId campaign;
    double discount = 0;  ///< share of the purchase
  };
  Redeemed redeem(ShopperId shopper, StoreId store, Day day, std::uint64_t visit_key);

  std::size_t held() const { return coupons_.size(); }  ///< as of the last add()

 private:
  struct Held {
    Coupon coupon;
    bool used = false;
  };
  const population::Shoppers* shoppers_;
  PhiloxKey key_;
  std::vector<Held> coupons_;  // ordered by (shopper, store, campaign)
};

}  // namespace footfall::campaign
