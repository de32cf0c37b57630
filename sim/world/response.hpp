// What the retailer can say of its campaigns: it knows what was sent to whom and which receipts
// show an account. Where a channel needs no account, the platform that sends matches its users with
// the brand's members.
#pragma once

#include <span>
#include <vector>

#include "sim/world/world.hpp"

namespace footfall::world {

class Response {
 public:
  Response(std::span<const campaign::Campaign> campaigns,
           std::span<const campaign::Channel> channels, double touch_window_days);

  void take(std::span<const campaign::Exposure> exposures);
  void take(std::span<const members::Receipt> receipts, const members::Book& book);
  std::vector<CampaignOutcome> outcome(double level, double minor_units) const;

 private:
  struct Side {
    CampaignId id;
    bool by_account = true;
    std::vector<estimate::Unit> units;
    std::vector<std::uint32_t> unit_of;  // by account or shopper id; 0: none, else index + 1
    std::vector<Day> touched;            // day of the last message, by the same id
    std::uint64_t sent = 0, held_out = 0, noticed = 0, redeemed = 0;
    double last_touch_minor = 0;
  };
  std::uint32_t key_of(const Side& side, AccountId account, ShopperId shopper) const;

  std::vector<Side> sides_;
  double touch_window_days_;
};

}  // namespace footfall::world
