#include "sim/visits/counters.hpp"

#include <algorithm>
#include <functional>
#include <mutex>

namespace footfall::visits {

// In memory a cell is 12 bytes rather than a Tally's 16: what a thread counts should stay in its
// cache.
struct Counters::Part {
  std::vector<std::uint32_t> count;
  std::vector<std::int64_t> minor;
  std::vector<Tally> delivered;
  Tally online, outside;
  std::vector<std::uint32_t> from;
  std::array<std::int64_t, interval_cells> intervals{};
};

// Parts are lent to whoever comes; as all are added up in the end, it does not matter to whom.
struct Counters::Parts {
  std::mutex mutex;
  std::vector<std::unique_ptr<Part>> all;
  std::vector<Part*> free;
};

Tally Counted::of_store(std::size_t store, int hour) const {
  Tally sum;
  for (int kind = 0; kind < day_kinds; ++kind) {
    for (int h = hour < 0 ? 0 : hour; h <= (hour < 0 ? 23 : hour); ++h) {
      for (int age = 0; age < population::age_bands; ++age) {
        sum += in_person[cell(store, static_cast<DayKind>(kind), h,
                              static_cast<population::AgeBand>(age))];
      }
    }
  }
  return sum;
}

Tally Counted::of_age(std::size_t store, population::AgeBand age) const {
  Tally sum;
  for (int kind = 0; kind < day_kinds; ++kind) {
    for (int h = 0; h < 24; ++h) sum += in_person[cell(store, static_cast<DayKind>(kind), h, age)];
  }
  return sum;
}

double heavy_share(std::span<const std::int64_t> money, double top) {
  std::vector<std::int64_t> buyers;
  std::int64_t all = 0;
  for (const std::int64_t minor : money) {
    if (minor <= 0) continue;
    buyers.push_back(minor);
    all += minor;
  }
  if (all == 0) return 0;
  std::sort(buyers.begin(), buyers.end(), std::greater<>());
  const double wanted = top * static_cast<double>(buyers.size());
  std::int64_t heavy = 0;
  for (std::size_t i = 0; i < buyers.size() && static_cast<double>(i) < wanted; ++i) {
    heavy += buyers[i];
  }
  return static_cast<double>(heavy) / static_cast<double>(all);
}

Counters::Counters(const scenario::Scenario& scenario, const population::Shoppers& shoppers,
                   const Panel& panel, std::int64_t sample_every)
    : shoppers_(shoppers),
      blocks_(panel.blocks()),
      sample_every_(sample_every),
      parts_(std::make_unique<Parts>()),
      last_(shoppers.size(), -1),
      own_money_(shoppers.size()),
      kept_(blocks_),
      last_day_(blocks_, -1) {
  for (Day day = 0; day < longest_run; ++day) kinds_.push_back(panel.schedule().kind(day));
  for (const scenario::Store& store : scenario.stores) {
    empty_.stores.push_back(store.id);
    own_.push_back(store.role == scenario::Role::competitor ? 0 : 1);
  }
  index_ = StoreIndex(empty_.stores);
  auto& names = empty_.districts;
  for (const scenario::DemandPoint& point : scenario.demand) names.push_back(point.district);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  for (const scenario::DemandPoint& point : scenario.demand) {
    const auto it = std::lower_bound(names.begin(), names.end(), point.district);
    district_.push_back(static_cast<std::uint32_t>(it - names.begin()));
  }
  empty_.in_person.resize(empty_.stores.size() * day_kinds * 24 * population::age_bands);
  empty_.delivered.resize(empty_.stores.size());
  empty_.from.resize(empty_.stores.size() * names.size());
}

Counters::~Counters() = default;

void Counters::count(const Visit& visit, DayKind kind, Part& part) {
  const std::size_t row = population::Shoppers::row(visit.shopper);
  if (visit.channel == Channel::online) return part.online.add(visit.planned_minor);
  if (visit.channel == Channel::outside) return part.outside.add(visit.planned_minor);
  const std::size_t store = index_.find(visit.store);
  if (own_[store] != 0) own_money_[row] += visit.planned_minor;
  if (visit.channel == Channel::delivery) return part.delivered[store].add(visit.planned_minor);
  const std::size_t cell =
      empty_.cell(store, kind, static_cast<int>(visit.arrival_s / 3600), shoppers_.age[row]);
  ++part.count[cell];
  part.minor[cell] += visit.planned_minor;
  ++part.from[district_[shoppers_.home[row]] * empty_.stores.size() + store];
  if (last_[row] >= 0) {
    const auto days = static_cast<std::size_t>(visit.day - last_[row]);
    ++part.intervals[std::min(days, interval_cells - 1)];
  }
  last_[row] = visit.day;
}

void Counters::take(std::size_t block, Day day, std::span<const Visit> visits) {
  last_day_[block] = day;
  Part* part = nullptr;
  {
    const std::lock_guard lock(parts_->mutex);
    if (parts_->free.empty()) {
      part = parts_->all.emplace_back(std::make_unique<Part>()).get();
      part->count.resize(empty_.in_person.size());
      part->minor.resize(empty_.in_person.size());
      part->delivered.resize(empty_.delivered.size());
      part->from.resize(empty_.from.size());
    } else {
      part = parts_->free.back();
      parts_->free.pop_back();
    }
  }
  const DayKind kind = kinds_[static_cast<std::size_t>(day)];
  for (const Visit& visit : visits) {
    count(visit, kind, *part);
    if (sample_every_ > 0 && visit.shopper.value % sample_every_ == 0) {
      kept_[block].push_back(visit);
    }
  }
  const std::lock_guard lock(parts_->mutex);
  parts_->free.push_back(part);
}

Counted Counters::counted() const {
  Counted out = empty_;
  for (const auto& part : parts_->all) {
    for (std::size_t i = 0; i < part->count.size(); ++i) {
      out.in_person[i] += {part->count[i], part->minor[i]};
    }
    for (std::size_t i = 0; i < part->delivered.size(); ++i) {
      out.delivered[i] += part->delivered[i];
    }
    out.online += part->online;
    out.outside += part->outside;
    for (std::size_t i = 0; i < part->from.size(); ++i) out.from[i] += part->from[i];
    for (std::size_t i = 0; i < interval_cells; ++i) out.intervals[i] += part->intervals[i];
  }
  for (const Day day : last_day_) out.days = std::max<std::int64_t>(out.days, day + 1);
  return out;
}

std::vector<Visit> Counters::sample() const {
  std::vector<Visit> out;
  for (const auto& visits : kept_) out.insert(out.end(), visits.begin(), visits.end());
  std::stable_sort(out.begin(), out.end(),
                   [](const Visit& a, const Visit& b) { return a.day < b.day; });
  return out;
}

}  // namespace footfall::visits
