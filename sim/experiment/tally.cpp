#include "sim/experiment/tally.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace footfall::experiment {

namespace {

/// Ids and counts are checked to be at most max_units.
std::size_t place(std::uint64_t n) {
  return static_cast<std::size_t>(n);
}

}  // namespace

std::string_view name_of(UnitState state) {
  static constexpr std::array<std::string_view, 4> names{"planned", "running", "done", "failed"};
  return names[static_cast<std::size_t>(state)];
}

Tally::Tally(Plan plan, std::uint64_t points, Shard shard)
    : plan_(std::move(plan)), points_(points), shard_(shard) {
  states_.assign(place(points_ * plan_.replications), UnitState::planned);
  if (plan_.until) values_.assign(states_.size(), 0);
}

Errors Tally::note(std::uint64_t id, UnitState state, std::string_view figures,
                   std::string_view file) {
  states_[place(id)] = state;
  if (!plan_.until || state != UnitState::done) return {};
  const auto json = parse_json(figures, file);
  if (!json) return json.error();
  const auto found = json->find(plan_.until->figure);
  if (found == json->end()) {
    std::string names;
    for (const auto& [name, value] : json->items()) names += (names.empty() ? "" : ", ") + name;
    return {
        {std::string(file), "--until", plan_.until->figure, "is no figure of this study", names}};
  }
  values_[place(id)] = found->at(0).get<double>();
  return {};
}

bool Tally::mine(std::uint64_t id) const {
  const std::uint64_t number = plan_.until ? id % points_ : id;
  return number % shard_.count == shard_.index - 1;
}

std::uint32_t Tally::wanted_at(std::uint64_t point) const {
  if (!plan_.until) return plan_.replications;
  std::vector<double> values;
  for (std::uint64_t id = point; id < states_.size() && states_[place(id)] == UnitState::done;
       id += points_) {
    values.push_back(values_[place(id)]);
  }
  return wanted_replications(values, plan_.until->precision, plan_.replications);
}

std::vector<std::uint64_t> Tally::pending(bool failed) const {
  std::vector<std::uint64_t> out;
  for (std::uint64_t point = 0; point < points_; ++point) {
    const std::uint64_t end = point + points_ * wanted_at(point);
    for (std::uint64_t id = point; id < end; id += points_) {
      const UnitState state = states_[place(id)];
      const bool open = state == UnitState::planned || state == UnitState::running ||
                        (failed && state == UnitState::failed);
      if (open && mine(id)) out.push_back(id);
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::uint64_t Tally::wanted() const {
  std::uint64_t out = 0;
  for (std::uint64_t point = 0; point < points_; ++point) {
    const std::uint64_t end = point + points_ * wanted_at(point);
    for (std::uint64_t id = point; id < end; id += points_) out += mine(id) ? 1 : 0;
  }
  return out;
}

std::uint64_t Tally::count(UnitState state) const {
  std::uint64_t out = 0;
  for (std::uint64_t id = 0; id < states_.size(); ++id) {
    out += states_[place(id)] == state && mine(id) ? 1 : 0;
  }
  return out;
}

}  // namespace footfall::experiment
