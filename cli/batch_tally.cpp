#include "cli/batch_tally.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace footfall::cli {

Result<Shard> parse_shard(const std::string& text) {
  const auto parts = split(text, '/');
  const auto index = parse_integer(parts[0]);
  const auto count = parse_integer(parts.size() == 2 ? parts[1] : std::string());
  if (!index || !count || *index < 1 || *count < *index) {
    return fail(Error{"", "--shard", text, "is not allowed", "I/N with I from 1 to N"});
  }
  return Shard{static_cast<std::uint64_t>(*index), static_cast<std::uint64_t>(*count)};
}

Result<Tally> Tally::read(const Ledger& ledger, Shard shard) {
  Tally out;
  out.path_ = ledger.path();
  out.plan_ = ledger.plan();
  out.points_ = ledger.points();
  out.shard_ = shard;
  out.states_.assign(ledger.unit_count(), UnitState::planned);
  if (out.plan_.until) out.values_.assign(ledger.unit_count(), 0);
  Errors inner;
  Errors errors = ledger.each(false, [&](const UnitRecord& r) {
    inner = out.note(r);
    return inner.empty();
  });
  if (errors.empty()) errors = std::move(inner);
  if (!errors.empty()) return fail(std::move(errors));
  return out;
}

Errors Tally::note(const UnitRecord& record) {
  states_[record.id] = record.state;
  if (!plan_.until || record.state != UnitState::done) return {};
  const auto figures = parse_json(record.figures, path_);
  if (!figures) return figures.error();
  const auto found = figures->find(plan_.until->figure);
  if (found == figures->end()) {
    std::string names;
    for (const auto& [name, value] : figures->items()) names += (names.empty() ? "" : ", ") + name;
    return {{path_, "--until", plan_.until->figure, "is no figure of this study", names}};
  }
  values_[record.id] = found->at(0).get<double>();
  return {};
}

bool Tally::mine(std::uint64_t id) const {
  const std::uint64_t number = plan_.until ? id % points_ : id;
  return number % shard_.count == shard_.index - 1;
}

std::uint32_t Tally::wanted_at(std::uint64_t point) const {
  if (!plan_.until) return plan_.replications;
  std::vector<double> values;
  for (std::uint64_t id = point; id < states_.size() && states_[id] == UnitState::done;
       id += points_) {
    values.push_back(values_[id]);
  }
  return experiment::wanted_replications(values, plan_.until->precision, plan_.replications);
}

std::vector<std::uint64_t> Tally::pending(bool failed) const {
  std::vector<std::uint64_t> out;
  for (std::uint64_t point = 0; point < points_; ++point) {
    const std::uint64_t end = point + points_ * wanted_at(point);
    for (std::uint64_t id = point; id < end; id += points_) {
      const UnitState state = states_[id];
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
    out += states_[id] == state && mine(id) ? 1 : 0;
  }
  return out;
}

}  // namespace footfall::cli
