#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>

#include "core/parallel.hpp"

namespace footfall {

namespace {

using Body = std::function<void(std::size_t, std::size_t, std::size_t)>;

thread_local bool inside_block = false;

// One call of parallel_blocks(). Shared, since a helper may wake when the call has long ended; then
// no block is left, and neither body nor job is touched.
struct Task {
  std::size_t count;
  std::size_t block_size;
  std::size_t blocks;
  const Body* body;
  const Job* job;
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> done{0};  // run or skipped
  std::atomic<bool> cancelled{false};

  void run() {
    const bool nested = inside_block;
    inside_block = true;
    for (std::size_t block = next++; block < blocks; block = next++) {
      if (job != nullptr && job->cancelled()) cancelled = true;
      if (!cancelled) {
        const std::size_t begin = block * block_size;
        (*body)(begin, std::min(count, begin + block_size), block);
      }
      ++done;
    }
    inside_block = nested;
  }
};

// Helpers are started when first needed, and wait between calls. They are detached and the pool is
// never destroyed: at the end of the program they sleep and end with it. (In the browser's build a
// join at exit would wait for ever, since exit runs on the thread that ends the others.)
class Pool {
 public:
  // Returns when all blocks are done; the calling thread does its share.
  void run(const std::shared_ptr<Task>& task, std::size_t helpers) {
    {
      const std::lock_guard lock(mutex_);
      start(helpers);
      task_ = task;
      wanted_ = helpers;
      ++round_;
    }
    wake_.notify_all();
    task->run();
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [&] { return task->done == task->blocks; });
    task_ = nullptr;
  }

  std::mutex& busy() { return busy_; }

 private:
  void start(std::size_t helpers) {
    try {
      for (; started_ < helpers; ++started_) {
        std::thread([this, index = started_] { help(index); }).detach();
      }
    } catch (const std::system_error&) {
      // The system gives no more threads: those that are here do the work.
    }
  }

  void help(std::size_t index) {
    std::uint64_t seen = 0;
    std::unique_lock lock(mutex_);
    for (;;) {
      wake_.wait(lock, [&] { return round_ != seen; });
      seen = round_;
      const std::shared_ptr<Task> task = index < wanted_ ? task_ : nullptr;
      if (!task) continue;
      lock.unlock();
      task->run();
      lock.lock();
      if (task->done == task->blocks) idle_.notify_all();
    }
  }

  std::mutex busy_;  // held by the one caller whose blocks are run
  std::mutex mutex_;
  std::condition_variable wake_, idle_;
  std::shared_ptr<Task> task_;
  std::size_t started_ = 0, wanted_ = 0;
  std::uint64_t round_ = 0;
};

Pool& pool() {
  static Pool& the_pool = *new Pool;
  return the_pool;
}

int processors() {
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 256);
}

std::atomic<int> wanted_threads{0};

}  // namespace

int thread_count() {
  const int wanted = wanted_threads;
  return wanted == 0 ? processors() : wanted;
}

void set_thread_count(int threads) {
  wanted_threads = std::clamp(threads, 0, 256);
}

bool parallel_blocks(
    std::size_t count, std::size_t block_size,
    const std::function<void(std::size_t begin, std::size_t end, std::size_t block)>& body,
    const Job* job) {
  const std::size_t size = std::max<std::size_t>(block_size, 1);
  const std::size_t blocks = count / size + (count % size != 0 ? 1 : 0);
  const auto task = std::make_shared<Task>();
  task->count = count;
  task->block_size = size;
  task->blocks = blocks;
  task->body = &body;
  task->job = job;
  const std::size_t threads =
      std::min<std::size_t>(static_cast<std::size_t>(thread_count()), blocks);
  std::unique_lock<std::mutex> free;
  if (threads > 1 && !inside_block) free = std::unique_lock(pool().busy(), std::try_to_lock);
  if (free.owns_lock()) {
    pool().run(task, threads - 1);
  } else {
    task->run();
  }
  return !task->cancelled;
}

}  // namespace footfall
