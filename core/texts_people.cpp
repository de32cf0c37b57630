// Texts of shoppers and visits.
#include "core/texts.hpp"

namespace footfall {
namespace {

constexpr Text rows[] = {
    {"room.population", "Shoppers", "购物者"},
    {"room.visits", "Visits", "到店"},
};

}  // namespace

std::span<const Text> people_texts() {
  return rows;
}

}  // namespace footfall
