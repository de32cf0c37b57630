#include "sim/population/shoppers.hpp"

#include <array>

namespace footfall::population {
namespace {

template <std::size_t n, class Enum>
std::string_view name_in(const std::array<std::string_view, n>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view name_of(AgeBand value) {
  static constexpr std::array<std::string_view, age_bands> names{
      "under_15", "15_24", "25_34", "35_44", "45_54", "55_64", "65_over"};
  return name_in(names, value);
}
std::string_view name_of(Gender value) {
  static constexpr std::array<std::string_view, 2> names{"female", "male"};
  return name_in(names, value);
}
std::string_view name_of(Work value) {
  static constexpr std::array<std::string_view, 4> names{"none", "employed", "student", "retired"};
  return name_in(names, value);
}
std::string_view name_of(Income value) {
  static constexpr std::array<std::string_view, incomes> names{"lowest", "low", "middle", "high",
                                                               "highest"};
  return name_in(names, value);
}
std::string_view name_of(Spending value) {
  static constexpr std::array<std::string_view, spendings> names{"thrifty", "average", "lavish"};
  return name_in(names, value);
}
std::string_view name_of(Phone value) {
  static constexpr std::array<std::string_view, phones> names{"none", "android", "ios", "other"};
  return name_in(names, value);
}
std::string_view name_of(Interest value) {
  static constexpr std::array<std::string_view, interests> names{
      "family", "fashion", "food", "health", "home", "sport", "technology", "travel"};
  return name_in(names, value);
}

std::vector<std::uint32_t> zone_rows(const Shoppers& shoppers, std::size_t zones) {
  std::vector<std::uint32_t> first(zones + 1);
  for (const std::uint32_t zone : shoppers.home) ++first[zone + 1];
  for (std::size_t z = 0; z < zones; ++z) first[z + 1] += first[z];
  return first;
}

}  // namespace footfall::population
