// Broken copies of good input, the same ones in every run.
#pragma once

#include <cstdlib>
#include <string>

#include "core/rng.hpp"

namespace footfall::testing {

/// How many mutants to try: the environment's FOOTFALL_FUZZ, else 500.
inline int fuzz_count() {
  const char* text = std::getenv("FOOTFALL_FUZZ");
  const int count = text == nullptr ? 0 : std::atoi(text);
  return count > 0 ? count : 500;
}

/// One to four bytes changed, removed, doubled or moved, or the rest cut off.
inline std::string mutant(std::string text, Draws& draws) {
  const std::uint32_t changes = 1 + draws.below(4);
  for (std::uint32_t i = 0; i < changes && !text.empty(); ++i) {
    const std::size_t at = draws.below(static_cast<std::uint32_t>(text.size()));
    const std::size_t other = draws.below(static_cast<std::uint32_t>(text.size()));
    switch (draws.below(6)) {
      case 0:
        text[at] = static_cast<char>(draws.below(256));
        break;
      case 1:
        text[at] = text[other];
        break;
      case 2:
        text.erase(at, 1);
        break;
      case 3:
        text.insert(at, 1, text[other]);
        break;
      case 4:
        text.insert(at, text.substr(other, 1 + draws.below(12)));
        break;
      default:
        if (draws.below(8) == 0) text.resize(at);
    }
  }
  return text;
}

}  // namespace footfall::testing
