// Prints "name hash" for each golden, sorted by name.
//
//   footfall-determinism [--threads N] [--simd baseline|avx2|avx512]
//
// Ends with status 77, and a line on stderr, where this machine has no such SIMD level.
#include <cstdio>
#include <map>
#include <string>
#include <string_view>

#include "core/parallel.hpp"
#include "core/simd.hpp"
#include "core/text.hpp"
#include "tests/determinism/determinism.hpp"

namespace {

using namespace footfall;

constexpr int not_available = 77;

using Goldens = std::map<std::string, std::string (*)(), std::less<>>;

Goldens& goldens() {
  static Goldens all;
  return all;
}

int usage() {
  std::fputs("usage: footfall-determinism [--threads 1..256] [--simd baseline|avx2|avx512]\n",
             stderr);
  return 2;
}

bool set_threads(std::string_view text) {
  const auto threads = parse_integer(text);
  if (!threads || *threads < 1 || *threads > 256) return false;
  set_thread_count(static_cast<int>(*threads));
  return true;
}

// 0, or the status to end with.
int set_level(std::string_view name) {
  for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
    if (name_of(level) != name) continue;
    if (set_simd_level(level)) return 0;
    std::fputs("skipped: this machine has no such SIMD level\n", stderr);
    return not_available;
  }
  return usage();
}

}  // namespace

footfall::determinism::Golden::Golden(std::string_view name, std::string (*hash)()) {
  goldens().emplace(name, hash);
}

int main(int argc, char** argv) {
  for (int i = 1; i < argc; i += 2) {
    const std::string_view flag = argv[i];
    if (i + 1 == argc) return usage();
    if (flag == "--threads") {
      if (!set_threads(argv[i + 1])) return usage();
    } else if (flag == "--simd") {
      if (const int status = set_level(argv[i + 1]); status != 0) return status;
    } else {
      return usage();
    }
  }
  for (const auto& [name, hash] : goldens()) std::printf("%s %s\n", name.c_str(), hash().c_str());
}
