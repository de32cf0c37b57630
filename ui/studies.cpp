#include "ui/studies.hpp"

#include <algorithm>
#include <utility>

namespace footfall::ui {

Json differing_options(const study::Study& study, Json options) {
  const Json defaults = study.options.defaults();
  for (const auto& [name, value] : defaults.items()) {
    if (options.contains(name) && options[name] == value) options.erase(name);
  }
  return options;
}

void Studies::reset() {
  for (auto& [name, state] : states_) {
    Json options = std::move(state.options);
    state = {};
    state.options = std::move(options);
  }
  waiting_.clear();
  running_.clear();
  ++generation_;  // answers that are under way are of another scenario
}

const StudyState& Studies::state(std::string_view study) const {
  static const StudyState none;
  const auto it = states_.find(study);
  return it == states_.end() ? none : it->second;
}

StudyState& Studies::mutable_state(std::string_view study) {
  return states_[std::string(study)];
}

void Studies::set_options(std::string_view study, Json options) {
  const study::Study* found = study::find_study(study);
  if (found != nullptr) options = differing_options(*found, std::move(options));
  mutable_state(study).options = std::move(options);
}

void Studies::ask(std::string_view study, double at_ms) {
  mutable_state(study).waiting = true;
  auto [it, added] = waiting_.try_emplace(std::string(study), Waiting{});
  if (added) it->second.order = ++order_;
  it->second.at_ms = at_ms;
}

bool Studies::cancel(std::string_view study) {
  StudyState& s = mutable_state(study);
  s.waiting = false;
  if (const auto it = waiting_.find(study); it != waiting_.end()) waiting_.erase(it);
  if (running_ != study) return false;
  running_.clear();
  s.running = false;
  ++generation_;
  base_sent_.clear();  // the engine may not have got as far as taking it
  return true;
}

std::string Studies::key_of(const StudyState& s, const Document& document) const {
  return document.edits_key() + s.options.dump();
}

bool Studies::stale(std::string_view study, const Document& document) const {
  const StudyState& s = state(study);
  return s.has_results && s.results_key != key_of(s, document);
}

bool Studies::wanting(std::string_view study, const Document& document) const {
  const StudyState& s = state(study);
  if (s.waiting) return false;
  const std::string key = key_of(s, document);
  return s.running ? running_key_ != key : s.key != key;
}

double Studies::request_due_in_ms(double now_ms) const {
  double due = -1;
  for (const auto& [name, waiting] : waiting_) {
    if (!running_.empty() && name != running_) continue;
    const double left = std::max(0.0, waiting.at_ms - now_ms);
    due = due < 0 ? left : std::min(due, left);
  }
  return due;
}

std::optional<std::string> Studies::take_request(const Document& document, double now_ms) {
  if (!document.is_open()) return std::nullopt;
  auto next = waiting_.end();
  for (auto it = waiting_.begin(); it != waiting_.end(); ++it) {
    if (it->second.at_ms > now_ms || (!running_.empty() && it->first != running_)) continue;
    if (next == waiting_.end() || it->second.order < next->second.order) next = it;
  }
  if (next == waiting_.end()) return std::nullopt;
  running_ = next->first;
  waiting_.erase(next);
  StudyState& s = mutable_state(running_);
  s.waiting = false;
  s.running = true;
  s.share = 0;
  s.stage.clear();
  running_key_ = key_of(s, document);
  study::Request request;
  request.generation = ++generation_;
  request.study = running_;
  request.options = s.options;
  request.edits = document.edits();
  request.base_hash = document.base_hash();
  if (base_sent_ != request.base_hash) request.base = document.packed_base();
  base_sent_ = request.base_hash;
  return study::encode(request);
}

void Studies::engine_progress(std::uint64_t generation, double share, std::string stage) {
  if (generation != generation_ || running_.empty()) return;
  StudyState& s = mutable_state(running_);
  s.share = share;
  s.stage = std::move(stage);
}

std::optional<std::string> Studies::engine_reply(std::uint64_t generation,
                                                 Result<study::Reply> reply) {
  if (generation != generation_ || running_.empty()) return std::nullopt;
  const std::string name = std::exchange(running_, {});
  StudyState& s = mutable_state(name);
  s.running = false;
  if (reply && reply->need_base) {
    base_sent_.clear();
    ask(name);
    return std::nullopt;
  }
  s.key = running_key_;
  s.errors = reply ? std::move(reply->errors) : std::move(reply.error());
  if (!s.errors.empty()) return name;
  s.results = std::move(reply->results);
  s.results_key = running_key_;
  s.has_results = true;
  s.version = ++versions_;
  return name;
}

}  // namespace footfall::ui
