// Texts of store, sensors, members, campaigns, estimates and the world.
#include "core/texts.hpp"

namespace footfall {
namespace {

constexpr Text rows[] = {
    {"room.floor", "Store", "门店内"},      {"room.probe", "Sensors", "传感器"},
    {"room.members", "Members", "会员"},    {"room.campaign", "Campaign", "营销活动"},
    {"room.estimate", "Estimates", "估计"},
};

}  // namespace

std::span<const Text> chain_texts() {
  return rows;
}

}  // namespace footfall
