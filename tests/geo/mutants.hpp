// Broken copies of a good input, for the readers' tests.
#pragma once

#include <cstdlib>
#include <string>

#include "core/rng.hpp"

namespace footfall::geo {

/// How many mutants: the environment's FOOTFALL_FUZZ, else 500.
inline std::uint32_t mutant_count() {
  const char* text = std::getenv("FOOTFALL_FUZZ");
  const int count = text ? std::atoi(text) : 0;
  return count > 0 ? static_cast<std::uint32_t>(count) : 500;
}

/// One to eight bytes or pieces of the text changed, removed, doubled or cut off.
inline std::string mutant(std::string text, std::uint32_t number) {
  Draws draws(random_key(17, 0, "mutants"), number, 0, 0);
  static constexpr std::string_view special = "\",;\n\r\t{}[]:-+.eE019 \\\xff\xc3";
  const auto place = [&] { return draws.below(static_cast<std::uint32_t>(text.size()) + 1); };
  for (std::uint32_t changes = 1 + draws.below(8); changes > 0; --changes) {
    const std::size_t at = place(), length = draws.below(20);
    switch (draws.below(6)) {
      case 0:
        text.insert(at, 1, special[draws.below(static_cast<std::uint32_t>(special.size()))]);
        break;
      case 1:
        if (at < text.size()) text[at] = static_cast<char>(draws.below(256));
        break;
      case 2:
        text.erase(at, length);
        break;
      case 3:
        text.insert(at, text.substr(place(), length));
        break;
      case 4:
        if (draws.below(4) == 0) text.resize(at);
        break;
      default:
        if (at < text.size())
          text[at] = special[draws.below(static_cast<std::uint32_t>(special.size()))];
    }
  }
  return text;
}

}  // namespace footfall::geo
