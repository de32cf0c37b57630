#include "sim/visits/visit.hpp"

#include <algorithm>
#include <array>

namespace footfall::visits {

std::string_view name_of(Channel value) {
  static constexpr std::array<std::string_view, 4> names{"store", "delivery", "online", "outside"};
  return names[static_cast<std::size_t>(value)];
}

std::string_view name_of(Mission value) {
  static constexpr std::array<std::string_view, 3> names{"one_item", "list", "browse"};
  return names[static_cast<std::size_t>(value)];
}

std::string_view name_of(Outcome value) {
  static constexpr std::array<std::string_view, 4> names{"passed", "looked", "entered", "bought"};
  return names[static_cast<std::size_t>(value)];
}

int minor_units(std::string_view currency) {
  static constexpr std::array<std::string_view, 15> none{"BIF", "CLP", "DJF", "GNF", "ISK",
                                                         "JPY", "KMF", "KRW", "PYG", "RWF",
                                                         "UGX", "VND", "VUV", "XAF", "XOF"};
  static constexpr std::array<std::string_view, 7> thousand{"BHD", "IQD", "JOD", "KWD",
                                                            "LYD", "OMR", "TND"};
  if (std::find(none.begin(), none.end(), currency) != none.end()) return 1;
  return std::find(thousand.begin(), thousand.end(), currency) != thousand.end() ? 1000 : 100;
}

}  // namespace footfall::visits
