#include "ui/playback.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "core/text.hpp"

namespace footfall::ui {
namespace {

template <class Values>
const Values* values(const Table& table, std::string_view id) {
  const Column* column = table.find(id);
  return column == nullptr ? nullptr : std::get_if<Values>(&column->values);
}

/// Seconds of "17:05".
std::optional<double> seconds_of(const std::string& time) {
  const auto colon = time.find(':');
  if (colon == std::string::npos) return std::nullopt;
  const auto hours = parse_integer(time.substr(0, colon));
  const auto minutes = parse_integer(time.substr(colon + 1));
  if (!hours || !minutes) return std::nullopt;
  return static_cast<double>(*hours * 3600 + *minutes * 60);
}

}  // namespace

bool Playback::load(const Table& table, const scenario::Scenario& scenario, const geo::Frame& frame,
                    const FilmParams& params) {
  clear();
  const auto* day = values<Column::Texts>(table, "day");
  const auto* time = values<Column::Texts>(table, "time");
  const auto* channel = values<Column::Texts>(table, "channel");
  const auto* home = values<Column::Integers>(table, "home");
  const auto* store = values<Column::Integers>(table, "store_id");
  if (!day || !time || !channel || !home || !store) return false;
  std::map<std::int64_t, geo::Point> homes, stores;
  for (const auto& point : scenario.demand) homes[point.id.value] = frame.to_local(point.place);
  for (const auto& shop : scenario.stores) stores[shop.id.value] = frame.to_local(shop.place);
  days_ = *day;
  std::sort(days_.begin(), days_.end());
  days_.erase(std::unique(days_.begin(), days_.end()), days_.end());
  for (std::size_t i = 0; i < day->size(); ++i) {
    const auto from = homes.find((*home)[i]), to = stores.find((*store)[i]);
    const auto at = seconds_of((*time)[i]);
    if ((*channel)[i] != "store" || from == homes.end() || to == stores.end() || !at) continue;
    const geo::Point a = from->second, b = to->second;
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double way = params.least_way_s + std::sqrt(dx * dx + dy * dy) / params.speed_mps;
    // Times are whole minutes: people do not all come at their first second.
    const double arrives = *at + static_cast<double>(i * 37 % 60), goes = arrives + params.stay_s;
    Trip trip;
    trip.day = static_cast<std::size_t>(std::lower_bound(days_.begin(), days_.end(), (*day)[i]) -
                                        days_.begin());
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
  set_day(0);
  return true;
}

void Playback::clear() {
  trips_.clear();
  days_.clear();
  from_ = to_ = 0;
  playing_ = false;
}

void Playback::set_day(std::size_t day) {
  day_ = std::min(day, days_.empty() ? 0 : days_.size() - 1);
  const auto before = [](const Trip& trip, std::size_t d) { return trip.day < d; };
  const auto first = std::lower_bound(trips_.begin(), trips_.end(), day_, before);
  const auto last = std::lower_bound(first, trips_.end(), day_ + 1, before);
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
    const float shade = there ? 0.5f : now < t.arrives_s ? 0.0f : 1.0f;
    // Those in a store stand around it, or they would lie on one another.
    const auto turn = static_cast<float>(i) * 2.399963f;  // the golden angle, as seeds of a flower
    const float spread = there ? 8 * std::sqrt(static_cast<float>(i % 64) + 1) : 0;
    out.push_back({t.x0 + (t.x1 - t.x0) * share + spread * std::cos(turn),
                   t.y0 + (t.y1 - t.y0) * share + spread * std::sin(turn), 14, 2.4f, 5, shade});
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
