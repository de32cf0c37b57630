// The studies beside the live ranking: each study of the registry with its options, what runs, and
// the results that it last gave with the state of the scenario that they are of. It knows no
// screen: the window shows it, tests drive it.
//
// One study runs at a time, the others wait in the order of asking. A study that is asked for again
// while it runs starts anew. Results stay until newer ones arrive; where the scenario or the
// options have changed since, they are stale, and are shown so.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "sim/study/session.hpp"
#include "ui/document.hpp"

namespace footfall::ui {

/// Without options that have their defaults: the same state has one form.
Json differing_options(const study::Study& study, Json options);

/// One study as the window has it.
struct StudyState {
  Json options = Json::object();  ///< what differs from the defaults
  bool waiting = false;           ///< asked for, not yet begun
  bool running = false;
  double share = 0;   ///< done of what runs
  std::string stage;  ///< text key of what is being done

  bool has_results = false;
  Results results;
  std::uint64_t version = 0;  ///< grows with each results, over all studies
  Errors errors;              ///< why the last run gave none
  std::string key;            ///< state that results or errors are of
  std::string results_key;    ///< state that the results are of

  bool busy() const { return waiting || running; }
};

class Studies {
 public:
  /// Another scenario is open: results go, options stay.
  void reset();

  const StudyState& state(std::string_view study) const;
  /// What the options are set to shows in stale() at once.
  void set_options(std::string_view study, Json options);

  /// Has the study run as soon as the engine is free, not before `at_ms`.
  void ask(std::string_view study, double at_ms = 0);
  /// True: it was running, and the engine must be told.
  bool cancel(std::string_view study);

  /// The results are of an earlier state of scenario or options.
  bool stale(std::string_view study, const Document& document) const;
  /// The present state has neither results nor errors, and nobody asked for them.
  bool wanting(std::string_view study, const Document& document) const;

  /// The bytes of a request that is due now; nothing where none is.
  std::optional<std::string> take_request(const Document& document, double now_ms);
  /// Milliseconds until one is due; < 0: none is.
  double request_due_in_ms(double now_ms) const;
  std::uint64_t generation() const { return generation_; }
  /// Something runs.
  bool computing() const { return !running_.empty(); }
  /// Those of an older generation are thrown away.
  void engine_progress(std::uint64_t generation, double share, std::string stage);
  /// The study whose run is over; nothing where it goes on.
  std::optional<std::string> engine_reply(std::uint64_t generation, Result<study::Reply> reply);

 private:
  struct Waiting {
    std::uint64_t order = 0;
    double at_ms = 0;
  };
  StudyState& mutable_state(std::string_view study);
  std::string key_of(const StudyState& state, const Document& document) const;

  std::map<std::string, StudyState, std::less<>> states_;
  std::map<std::string, Waiting, std::less<>> waiting_;
  std::string running_, running_key_;
  std::string base_sent_;  ///< base_hash of the scenario that the engine holds
  std::uint64_t generation_ = 0, order_ = 0, versions_ = 0;
};

}  // namespace footfall::ui
