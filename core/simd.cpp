#include "core/simd.hpp"

#include <atomic>

namespace footfall {

namespace {

SimdLevel widest() {
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2");
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512vl");
  if (avx2 && avx512) return SimdLevel::avx512;
  if (avx2) return SimdLevel::avx2;
#endif
  return SimdLevel::baseline;
}

std::atomic<SimdLevel>& level_in_use() {
  static std::atomic<SimdLevel> level{widest()};
  return level;
}

}  // namespace

SimdLevel simd_level() {
  return level_in_use().load(std::memory_order_relaxed);
}

bool set_simd_level(SimdLevel level) {
  if (level > widest()) return false;
  level_in_use().store(level, std::memory_order_relaxed);
  return true;
}

std::string_view name_of(SimdLevel level) {
  static constexpr std::string_view names[] = {"baseline", "avx2", "avx512"};
  return names[static_cast<std::size_t>(level)];
}

}  // namespace footfall
