#include "ui/playback.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace footfall::ui {
namespace {

/// The whole numbers of a column; null where it is missing or has others.
const Column::Integers* integers(const Table& table, std::string_view id) {
  const Column* column = table.find(id);
  return column == nullptr ? nullptr : std::get_if<Column::Integers>(&column->values);
}
const Column::Integers* integers(const Table& table, std::initializer_list<const char*> ids) {
  for (const char* id : ids) {
    if (const auto* found = integers(table, id)) return found;
  }
  return nullptr;
}
const Column::Numbers* numbers(const Table& table, std::string_view id) {
  const Column* column = table.find(id);
  return column == nullptr ? nullptr : std::get_if<Column::Numbers>(&column->values);
}

/// Where each trip starts, by the columns that there are.
class Origins {
 public:
  Origins(const Table& table, const scenario::Scenario& scenario)
      : lon_(numbers(table, "lon")),
        lat_(numbers(table, "lat")),
        zone_(integers(table, {"zone", "zone_id", "home", "origin"})) {
    for (const scenario::DemandPoint& point : scenario.demand) {
      places_.emplace(point.id.value, point.place);
    }
  }
  bool usable() const { return (lon_ != nullptr && lat_ != nullptr) || zone_ != nullptr; }
  std::optional<LonLat> at(std::size_t row) const {
    if (lon_ != nullptr && lat_ != nullptr) {
      if (!(*lon_)[row] || !(*lat_)[row]) return std::nullopt;
      return LonLat{static_cast<std::int32_t>(std::lround(*(*lon_)[row] * 1e7)),
                    static_cast<std::int32_t>(std::lround(*(*lat_)[row] * 1e7))};
    }
    const auto it = places_.find((*zone_)[row]);
    return it == places_.end() ? std::nullopt : std::optional(it->second);
  }

 private:
  const Column::Numbers *lon_, *lat_;
  const Column::Integers* zone_;
  std::map<std::int64_t, LonLat> places_;
};

}  // namespace

bool Playback::load(const Table& table, const scenario::Scenario& scenario, const geo::Frame& frame,
                    const FilmParams& params) {
  clear();
  const auto* day = integers(table, "day");
  const auto* arrival = integers(table, {"arrival_s", "arrival"});
  const auto* store = integers(table, {"store_id", "store"});
  const auto* stay = integers(table, "stay_s");
  const Origins origins(table, scenario);
  if (day == nullptr || arrival == nullptr || store == nullptr || !origins.usable()) return false;
  for (std::size_t i = 0; i < day->size(); ++i) {
    const auto id = (*store)[i];
    const scenario::Store* there = id > 0 && id <= 0xffffffff
                                       ? scenario.store(StoreId{static_cast<std::uint32_t>(id)})
                                       : nullptr;
    const auto from = origins.at(i);
    if (there == nullptr || !from) continue;
    const geo::Point a = frame.to_local(*from), b = frame.to_local(there->place);
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double way = params.least_way_s + std::sqrt(dx * dx + dy * dy) / params.speed_mps;
    const auto arrives = static_cast<double>((*arrival)[i]);
    const double goes =
        arrives + (stay != nullptr ? static_cast<double>((*stay)[i]) : params.stay_s);
    Trip trip;
    trip.day = static_cast<std::int32_t>((*day)[i]);
    trip.leaves_s = static_cast<float>(arrives - way);
    trip.arrives_s = static_cast<float>(arrives);
    trip.goes_s = static_cast<float>(goes);
    trip.back_s = static_cast<float>(goes + way);
    trip.x0 = static_cast<float>(a.x), trip.y0 = static_cast<float>(a.y);
    trip.x1 = static_cast<float>(b.x), trip.y1 = static_cast<float>(b.y);
    trips_.push_back(trip);
  }
  std::stable_sort(trips_.begin(), trips_.end(),
                   [](const Trip& a, const Trip& b) { return a.day < b.day; });
  for (const Trip& trip : trips_) {
    if (days_.empty() || days_.back() != trip.day) days_.push_back(trip.day);
  }
  if (!days_.empty()) set_day(days_.front());
  return true;
}

void Playback::clear() {
  trips_.clear();
  days_.clear();
  from_ = to_ = 0;
  playing_ = false;
}

void Playback::set_day(std::int32_t day) {
  day_ = day;
  const auto before = [](const Trip& trip, std::int32_t d) { return trip.day < d; };
  const auto first = std::lower_bound(trips_.begin(), trips_.end(), day, before);
  const auto last = std::lower_bound(first, trips_.end(), day + 1, before);
  from_ = static_cast<std::size_t>(first - trips_.begin());
  to_ = static_cast<std::size_t>(last - trips_.begin());
}

void Playback::set_second(double second) {
  second_ = std::clamp(second, 0.0, day_s);
}

void Playback::set_speed(double minutes_per_second) {
  speed_ = std::clamp(minutes_per_second, slowest, fastest);
}

void Playback::advance(double elapsed_ms) {
  if (!playing_) return;
  set_second(second_ + elapsed_ms / 1000 * speed_ * 60);
  if (second_ >= day_s) playing_ = false;
}

void Playback::dots(std::vector<Dot>& out) const {
  out.clear();
  const auto now = static_cast<float>(second_);
  for (std::size_t i = from_; i < to_; ++i) {
    const Trip& t = trips_[i];
    if (now < t.leaves_s || now >= t.back_s) continue;
    const bool there = now >= t.arrives_s && now < t.goes_s;
    const float share = there               ? 1
                        : now < t.arrives_s ? (now - t.leaves_s) / (t.arrives_s - t.leaves_s)
                                            : (t.back_s - now) / (t.back_s - t.goes_s);
    const float shade = there ? 0.85f : now < t.arrives_s ? 0.25f : 0.5f;
    // Those in a store stand around it, or they would lie on one another.
    const auto turn = static_cast<float>(i) * 2.399963f;  // the golden angle, as seeds of a flower
    const float spread = there ? 8 * std::sqrt(static_cast<float>(i % 64) + 1) : 0;
    out.push_back({t.x0 + (t.x1 - t.x0) * share + spread * std::cos(turn),
                   t.y0 + (t.y1 - t.y0) * share + spread * std::sin(turn), 12, 2, 5, shade});
  }
}

std::vector<double> Playback::profile(std::size_t bins) const {
  std::vector<double> counts(bins, 0);
  const double width = day_s / static_cast<double>(bins);
  for (std::size_t i = from_; i < to_; ++i) {
    const auto first = static_cast<std::ptrdiff_t>(std::floor(trips_[i].leaves_s / width));
    const auto last = static_cast<std::ptrdiff_t>(std::floor(trips_[i].back_s / width));
    for (auto b = std::max<std::ptrdiff_t>(0, first);
         b <= std::min(last, static_cast<std::ptrdiff_t>(bins) - 1); ++b) {
      counts[static_cast<std::size_t>(b)] += 1;
    }
  }
  return counts;
}

}  // namespace footfall::ui
