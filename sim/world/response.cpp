#include "sim/world/response.hpp"

#include <limits>

namespace footfall::world {
namespace {

constexpr Day never = std::numeric_limits<Day>::min();

}  // namespace

Response::Response(std::span<const campaign::Campaign> campaigns,
                   std::span<const campaign::Channel> channels, double touch_window_days)
    : touch_window_days_(touch_window_days) {
  for (const campaign::Campaign& c : campaigns) {
    Side& side = sides_.emplace_back();
    side.id = c.id;
    side.by_account = channels[c.channel].needs_account;
  }
}

std::uint32_t Response::key_of(const Side& side, AccountId account, ShopperId shopper) const {
  return side.by_account ? account.value : shopper.value;
}

void Response::take(std::span<const campaign::Exposure> exposures) {
  for (const campaign::Exposure& e : exposures) {
    for (Side& side : sides_) {
      if (side.id != e.campaign) continue;
      const std::uint32_t key = key_of(side, e.account, e.shopper);
      if (side.unit_of.size() <= key) {
        side.unit_of.resize(key + 1, 0);
        side.touched.resize(key + 1, never);
      }
      if (side.unit_of[key] == 0) {
        side.units.push_back({e.held_out, 0});
        side.unit_of[key] = static_cast<std::uint32_t>(side.units.size());
      }
      if (e.held_out) {
        ++side.held_out;
      } else {
        ++side.sent;
        side.noticed += e.noticed;
        side.touched[key] = e.day;
      }
    }
  }
}

void Response::take(std::span<const members::Receipt> receipts, const members::Book& book) {
  for (const members::Receipt& receipt : receipts) {
    if (!receipt.account) continue;
    const ShopperId owner = book.owner(receipt.account);
    Side* last = nullptr;
    Day last_day = never;
    for (Side& side : sides_) {
      if (receipt.coupon == side.id) ++side.redeemed;
      const std::uint32_t key = key_of(side, receipt.account, owner);
      if (key >= side.unit_of.size() || side.unit_of[key] == 0) continue;
      side.units[side.unit_of[key] - 1].spent += receipt.paid_minor;
      if (side.touched[key] > last_day) {
        last_day = side.touched[key];
        last = &side;
      }
    }
    if (last != nullptr && receipt.day - last_day <= touch_window_days_)
      last->last_touch_minor += receipt.paid_minor;
  }
}

std::vector<CampaignOutcome> Response::outcome(double level, double minor_units) const {
  std::vector<CampaignOutcome> out;
  for (const Side& side : sides_) {
    CampaignOutcome c;
    c.id = side.id;
    c.sent = side.sent;
    c.held_out = side.held_out;
    c.noticed = side.noticed;
    c.redeemed = side.redeemed;
    c.last_touch = side.last_touch_minor / minor_units;
    c.hold_out = estimate::hold_out(side.units, level);
    for (double* value : {&c.hold_out.value, &c.hold_out.low, &c.hold_out.high})
      *value /= minor_units;
    out.push_back(c);
  }
  return out;
}

}  // namespace footfall::world
