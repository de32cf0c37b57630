// A job is a long computation seen from inside: it reports progress and asks whether to stop.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace footfall {

class Job {
 public:
  /// Called on the thread that runs the job, at most every few milliseconds of work, with the share
  /// done (0 to 1) and what is being done, as a text key of the interface ("job.travel_times").
  using Progress = std::function<void(double share, std::string_view stage)>;

  explicit Job(std::uint64_t generation = 0, Progress progress = {})
      : generation_(generation), progress_(std::move(progress)) {}
  /// A part of a longer job, which must outlive it: its progress fills [from, to] of the whole, and
  /// it is cancelled with the whole.
  Job(const Job& whole, double from, double to)
      : generation_(whole.generation_),
        progress_([&whole, from, to](double share, std::string_view stage) {
          whole.progress(from + share * (to - from), stage);
        }),
        whole_(&whole) {}
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  /// Which request this job answers: a result of an older generation is thrown away by the
  /// receiver.
  std::uint64_t generation() const { return generation_; }

  /// From any thread. The job ends within 100 ms with an error whose message is
  /// `cancelled_message`.
  void cancel() { cancelled_.store(true, std::memory_order_relaxed); }
  bool cancelled() const {
    return cancelled_.load(std::memory_order_relaxed) || (whole_ != nullptr && whole_->cancelled());
  }

  void progress(double share, std::string_view stage) const {
    if (progress_) progress_(share, stage);
  }

 private:
  std::uint64_t generation_;
  Progress progress_;
  const Job* whole_ = nullptr;
  std::atomic<bool> cancelled_{false};
};

inline constexpr std::string_view cancelled_message = "was cancelled";

}  // namespace footfall
