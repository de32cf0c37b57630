#include "ui/engine_native.hpp"

#include <utility>

#include "sim/study/session.hpp"

namespace footfall::ui {

NativeEngine::NativeEngine(Progress progress, Reply reply)
    : progress_(std::move(progress)), reply_(std::move(reply)), thread_([this] { work(); }) {}

NativeEngine::~NativeEngine() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    next_.reset();
    if (running_) running_->cancel();
  }
  wake_.notify_one();
  thread_.join();
}

void NativeEngine::run(std::string request, std::uint64_t generation) {
  {
    const std::lock_guard lock(mutex_);
    next_ = Request{std::move(request), generation};
    if (running_) running_->cancel();
  }
  wake_.notify_one();
}

void NativeEngine::cancel() {
  const std::lock_guard lock(mutex_);
  next_.reset();
  if (running_) running_->cancel();
}

void NativeEngine::work() {
  study::Session session;
  for (;;) {
    Request request;
    std::shared_ptr<Job> job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return ending_ || next_; });
      if (ending_) return;
      request = std::move(*next_);
      next_.reset();
      const std::uint64_t generation = request.generation;
      running_ = job = std::make_shared<Job>(
          generation, [this, generation](double share, std::string_view stage) {
            progress_(generation, share, stage);
          });
    }
    std::string reply = session.handle(request.bytes, *job);
    {
      const std::lock_guard lock(mutex_);
      running_.reset();
    }
    reply_(request.generation, std::move(reply));
  }
}

}  // namespace footfall::ui
