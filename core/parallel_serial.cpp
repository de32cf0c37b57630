#include <algorithm>

#include "core/parallel.hpp"

namespace footfall {

int thread_count() {
  return 1;
}

void set_thread_count(int) {}

bool parallel_blocks(
    std::size_t count, std::size_t block_size,
    const std::function<void(std::size_t begin, std::size_t end, std::size_t block)>& body,
    const Job* job) {
  const std::size_t size = std::max<std::size_t>(block_size, 1);
  std::size_t block = 0;
  for (std::size_t begin = 0; begin < count; begin += size, ++block) {
    if (job != nullptr && job->cancelled()) return false;
    body(begin, begin + std::min(size, count - begin), block);
  }
  return true;
}

}  // namespace footfall
