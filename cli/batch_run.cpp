#include "cli/batch_run.hpp"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <exception>
#include <mutex>
#include <thread>

#include <signal.h>

#include "cli/terminal.hpp"
#include "core/parallel.hpp"
#include "core/text.hpp"
#include "core/texts.hpp"

namespace footfall::cli {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double unix_time() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string duration_text(double seconds) {
  if (seconds < 100) return fixed(seconds, 0) + " s";
  if (seconds < 6000) return fixed(seconds / 60, 0) + " min";
  return fixed(seconds / 3600, 1) + " h";
}

class Runner {
 public:
  Runner(Ledger& ledger, const UnitWork& work, Tally& tally, bool json)
      : ledger_(ledger), work_(work), tally_(tally), json_(json), watch_([this] {
          pass_on_cancel();
        }) {
    // A limit on file sizes shall be an error of the write, not the end of the program.
    ::signal(SIGXFSZ, SIG_IGN);
  }

  ~Runner() {
    over_ = true;
    watch_.join();
  }

  /// False where it has to stop: cancelled, or the ledger cannot be written.
  bool run(const std::vector<std::uint64_t>& ids) {
    total_ = finished_ + ids.size();
    const bool all = parallel_blocks(
        ids.size(), 1,
        [&](std::size_t begin, std::size_t, std::size_t) {
          try {
            run_one(ids[begin]);
          } catch (const std::exception& error) {  // memory, or a ledger with strange contents
            const std::lock_guard lock(mutex_);
            stop({{ledger_.path(), "unit " + std::to_string(ids[begin]), "", error.what(), ""}});
          }
        },
        &terminal_.job());
    return all && errors_.empty() && !cancelled();
  }

  bool cancelled() const { return terminal_.job().cancelled(); }
  const Errors& errors() const { return errors_; }
  std::uint64_t finished() const { return finished_; }
  double seconds() const { return seconds_since(start_); }

 private:
  /// Ctrl+C reaches the units within their 100 ms.
  void pass_on_cancel() {
    while (!over_) {
      if (cancelled()) quiet_.cancel();
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  void stop(Errors errors) {
    if (errors_.empty()) errors_ = std::move(errors);
    quiet_.cancel();
  }

  bool begin(const experiment::Unit& unit) {
    const std::lock_guard lock(mutex_);
    if (!errors_.empty() || cancelled()) return false;
    Errors errors = ledger_.start(unit);
    if (errors.empty()) return true;
    stop(std::move(errors));
    return false;
  }

  UnitRecord computed(const experiment::Unit& unit) const {
    UnitRecord record;
    record.id = unit.id;
    record.seed = unit.seed;
    const auto start = Clock::now();
    study::UnitOutcome outcome = work_.outcome(unit, quiet_);
    record.seconds = seconds_since(start);
    record.finished = unix_time();
    record.state = outcome.failed() ? UnitState::failed : UnitState::done;
    record.message = std::move(outcome.message);
    record.figures = std::move(outcome.figures);
    if (!outcome.failed() && ledger_.plan().keep_results) {
      record.results = results_text(outcome.results);
    }
    return record;
  }

  void run_one(std::uint64_t id) {
    const experiment::Unit unit = experiment::unit_of(ledger_.plan(), ledger_.points(), id);
    if (!begin(unit)) return;
    const UnitRecord record = computed(unit);
    const std::lock_guard lock(mutex_);
    // A unit that was cancelled stays `running` and is taken again.
    if (record.state == UnitState::failed && quiet_.cancelled()) return;
    if (!errors_.empty()) return;
    Errors errors = ledger_.finish(record);
    if (errors.empty())
      errors = tally_.note(record.id, record.state, record.figures, ledger_.path());
    if (!errors.empty()) return stop(std::move(errors));
    ++finished_;
    if (json_) print_line(unit, record);
    show_progress();
  }

  static void print_line(const experiment::Unit& unit, const UnitRecord& r) {
    Json line{{"id", r.id},     {"point", unit.point},       {"replication", unit.replication},
              {"seed", r.seed}, {"state", name_of(r.state)}, {"seconds", r.seconds}};
    if (r.state == UnitState::failed) line["message"] = r.message;
    if (r.state == UnitState::done) line["figures"] = Json::parse(r.figures);
    std::puts(line.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
    std::fflush(stdout);
  }

  void show_progress() {
    const double now = seconds();
    if (now < shown_ + 0.1 && finished_ < total_) return;
    shown_ = now;
    const double left = now / static_cast<double>(finished_) *
                        static_cast<double>(total_ - std::min(total_, finished_));
    terminal_.job().progress(
        static_cast<double>(finished_) / static_cast<double>(std::max<std::uint64_t>(total_, 1)),
        filled(text(Language::english, "job.runs_left"),
               {std::to_string(finished_), std::to_string(total_), duration_text(left)}));
  }

  Ledger& ledger_;
  const UnitWork& work_;
  Tally& tally_;
  bool json_;
  TerminalJob terminal_;
  Job quiet_;  // of all units: they show no progress of their own
  std::mutex mutex_;
  Errors errors_;
  std::uint64_t finished_ = 0, total_ = 0;
  double shown_ = -1;
  Clock::time_point start_ = Clock::now();
  std::atomic<bool> over_{false};
  std::thread watch_;  // last: it reads the members above
};

void print_end(const Runner& runner, const Tally& tally, const Ledger& ledger) {
  const std::uint64_t left = tally.wanted() - std::min(tally.wanted(), tally.done());
  std::printf("%llu units run in %s; done %llu, failed %llu, left %llu\n",
              static_cast<unsigned long long>(runner.finished()),
              duration_text(runner.seconds()).c_str(),
              static_cast<unsigned long long>(tally.done()),
              static_cast<unsigned long long>(tally.failed()),
              static_cast<unsigned long long>(left - std::min(left, tally.failed())));
  if (left > 0) std::printf("Go on by: footfall batch resume %s\n", ledger.path().c_str());
}

int ended(const Runner& runner, const Tally& tally, const Ledger& ledger) {
  if (!runner.errors().empty()) return print_errors(runner.errors()), 1;
  if (tally.failed() > 0) {
    std::fprintf(stderr, "%s: %llu units failed; see: footfall batch status %s\n",
                 ledger.path().c_str(), static_cast<unsigned long long>(tally.failed()),
                 ledger.path().c_str());
    return 1;
  }
  return 0;
}

}  // namespace

int run_batch(Ledger& ledger, const UnitWork& work, const RunChoice& choice) {
  auto tally = read_tally(ledger, choice.shard);
  if (!tally) return print_errors(tally.error()), 1;
  bool cancelled = false;
  int code = 0;
  {
    Runner runner(ledger, work, *tally, choice.json);
    bool failed = choice.failed;
    for (auto ids = tally->pending(failed); !ids.empty(); ids = tally->pending(failed)) {
      failed = false;  // once
      if (!runner.run(ids)) break;
    }
    cancelled = runner.cancelled();
    code = ended(runner, *tally, ledger);
    if (!choice.json) print_end(runner, *tally, ledger);
  }
  return cancelled ? 130 : code;
}

int run_units(Ledger& ledger, const UnitWork& work, const std::vector<std::uint64_t>& ids) {
  auto tally = read_tally(ledger);
  if (!tally) return print_errors(tally.error()), 1;
  Runner runner(ledger, work, *tally, false);
  runner.run(ids);
  const int code = ended(runner, *tally, ledger);
  return runner.cancelled() ? 130 : code;
}

}  // namespace footfall::cli
