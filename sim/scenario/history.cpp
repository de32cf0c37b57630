#include "sim/scenario/edit.hpp"

namespace footfall::scenario {

Errors History::perform(Scenario& scenario, Edit edit, std::string label, std::string merge_key) {
  if (Errors errors = apply(scenario, edit); !errors.empty()) return errors;
  steps_.resize(position_);
  const bool merge = !merge_key.empty() && !steps_.empty() &&
                     steps_.back().merge_key == merge_key && steps_.back().edit.path == edit.path;
  if (merge) {
    steps_.back().edit.after = std::move(edit.after);
  } else {
    steps_.push_back({std::move(edit), std::move(label), std::move(merge_key)});
    ++position_;
  }
  return {};
}

void History::end_merge() {
  if (position_ > 0) steps_[position_ - 1].merge_key.clear();
}

bool History::undo(Scenario& scenario) {
  if (position_ == 0 || !apply(scenario, inverse(steps_[position_ - 1].edit)).empty()) return false;
  --position_;
  end_merge();
  return true;
}

bool History::redo(Scenario& scenario) {
  if (position_ == steps_.size() || !apply(scenario, steps_[position_].edit).empty()) return false;
  ++position_;
  end_merge();
  return true;
}

std::string History::undo_label() const {
  return position_ == 0 ? "" : steps_[position_ - 1].label;
}

std::string History::redo_label() const {
  return position_ == steps_.size() ? "" : steps_[position_].label;
}

std::vector<Edit> History::edits() const {
  std::vector<Edit> result;
  for (std::size_t i = 0; i < position_; ++i) result.push_back(steps_[i].edit);
  return result;
}

}  // namespace footfall::scenario
