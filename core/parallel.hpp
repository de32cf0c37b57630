// Parallel loops whose results do not depend on the number of threads: work is cut into fixed
// blocks, each block writes only its own part, and sums are taken by a fixed tree.
//
// parallel_threads.cpp runs blocks on a small pool; parallel_serial.cpp runs them in order, for
// builds without threads. CMake picks the file.
#pragma once

#include <cstddef>
#include <functional>
#include <span>

#include "core/job.hpp"

namespace footfall {

/// Threads that parallel_blocks() may use, the calling one included. 1 where the build has none.
int thread_count();

/// 0 means one per processor. Values above 256 are cut to 256.
void set_thread_count(int threads);

/// Calls body(begin, end, block) for the blocks [0, block_size), [block_size, 2 block_size), … of
/// [0, count), in any order and on any thread, and returns when all have run. The body must not
/// throw and must write only what belongs to its block. Between blocks `job` (may be null) is asked
/// for cancelling; then the remaining blocks are skipped and false is returned. Nested calls run
/// serially.
bool parallel_blocks(
    std::size_t count, std::size_t block_size,
    const std::function<void(std::size_t begin, std::size_t end, std::size_t block)>& body,
    const Job* job = nullptr);

/// Sum by a fixed binary tree over the position of the values: the same bits for any thread count.
/// The empty sum is 0. Error grows with log2(n) (Higham 2002, ch. 4).
double tree_sum(std::span<const double> values);

}  // namespace footfall
