// The goldens of a room: for each, a hash of all bits that a model gives for fixed input. The
// program footfall-determinism prints them; run.sh compares them over thread counts, SIMD levels,
// compilers, optimisation levels and wasm. A new golden is one definition in any .cpp file of this
// folder:
//
//   FOOTFALL_GOLDEN(catchment_field) {
//     footfall::Sha256 hash;
//     ...
//     return hash.hex();
//   }
#pragma once

#include <string>
#include <string_view>

namespace footfall::determinism {

/// Adds a golden at the start of the program; names must differ.
struct Golden {
  Golden(std::string_view name, std::string (*hash)());
};

}  // namespace footfall::determinism

#define FOOTFALL_GOLDEN(name)                                                            \
  static std::string golden_##name();                                                    \
  static const footfall::determinism::Golden golden_entry_##name(#name, &golden_##name); \
  static std::string golden_##name()
