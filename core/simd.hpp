// Fixed virtual lanes: hot loops are written once over 16 lanes with compiler vector types,
// whatever the width of the hardware, and reduced in a fixed order. One source gives AVX-512, AVX2,
// SSE2, wasm SIMD and scalar code with the same bits.
//
// A kernel is an always-inline body plus one wrapper per instruction set, made by FOOTFALL_KERNEL,
// and the widest that the processor has is called. Tests force a narrower one with
// set_simd_level().
#pragma once

#include <cstdint>
#include <string_view>

namespace footfall {

inline constexpr int lanes = 16;

typedef float f32x16 __attribute__((vector_size(64)));
typedef std::int32_t i32x16 __attribute__((vector_size(64)));
typedef std::uint32_t u32x16 __attribute__((vector_size(64)));
typedef double f64x8 __attribute__((vector_size(64)));
typedef std::int64_t i64x8 __attribute__((vector_size(64)));
typedef std::uint64_t u64x8 __attribute__((vector_size(64)));

enum class SimdLevel : std::uint8_t {
  baseline,  ///< what the build assumes everywhere (x86-64: SSE2; wasm: as compiled)
  avx2,      ///< x86-64-v3
  avx512     ///< x86-64-v4
};

/// The level in use: the widest that processor and build have, unless set lower.
SimdLevel simd_level();

/// Forces a level for tests and benchmarks; returns false and changes nothing where it is not
/// available.
bool set_simd_level(SimdLevel level);

std::string_view name_of(SimdLevel level);

}  // namespace footfall
