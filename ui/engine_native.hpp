// Studies on a thread of their own: one session, the newest request wins.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "core/job.hpp"

namespace footfall::ui {

class NativeEngine {
 public:
  /// Both are called on the engine's thread.
  using Progress =
      std::function<void(std::uint64_t generation, double share, std::string_view stage)>;
  using Reply = std::function<void(std::uint64_t generation, std::string bytes)>;

  NativeEngine(Progress progress, Reply reply);
  /// Cancels what runs and waits for it.
  ~NativeEngine();

  /// Never blocks. What runs or waits is cancelled.
  void run(std::string request, std::uint64_t generation);
  void cancel();

 private:
  struct Request {
    std::string bytes;
    std::uint64_t generation = 0;
  };
  void work();

  Progress progress_;
  Reply reply_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<Request> next_;
  std::shared_ptr<Job> running_;
  bool ending_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace footfall::ui
