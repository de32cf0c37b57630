#include "sim/floor/queue.hpp"

#include <algorithm>
#include <cassert>

namespace footfall::floor {

Queue::Queue(Lines lines, std::size_t tills) : free_s_(tills, 0.0) {
  assert(tills >= 1);
  if (lines == Lines::one_for_all) {
    lines_.push_back({0, tills, {}, 0});
    return;
  }
  for (std::size_t till = 0; till < tills; ++till) lines_.push_back({till, 1, {}, 0});
}

Queue::Service Queue::serve(double now_s, double service_s) {
  assert(service_s >= 0);
  Line& line = shortest(now_s);
  const auto first = free_s_.begin() + static_cast<std::ptrdiff_t>(line.first);
  const auto till = std::min_element(first, first + static_cast<std::ptrdiff_t>(line.count));
  const double start_s = std::max(now_s, *till);
  *till = start_s + service_s;
  line.starts.push_back(start_s);
  longest_ = std::max(longest_, waiting_in(line, now_s));
  return {start_s, *till};
}

std::uint32_t Queue::waiting(double now_s) {
  return waiting_in(shortest(now_s), now_s);
}

std::uint32_t Queue::persons(double now_s) {
  std::uint32_t sum = 0;
  for (Line& line : lines_) sum += persons_in(line, now_s);
  return sum;
}

std::uint32_t Queue::waiting_in(Line& line, double now_s) {
  while (line.head < line.starts.size() && line.starts[line.head] <= now_s) ++line.head;
  return static_cast<std::uint32_t>(line.starts.size() - line.head);
}

std::uint32_t Queue::persons_in(Line& line, double now_s) {
  std::uint32_t sum = waiting_in(line, now_s);
  for (std::size_t t = line.first; t < line.first + line.count; ++t) sum += free_s_[t] > now_s;
  return sum;
}

Queue::Line& Queue::shortest(double now_s) {
  if (lines_.size() == 1) return lines_.front();
  Line* best = nullptr;
  std::uint32_t fewest = 0;
  for (Line& line : lines_) {
    const std::uint32_t persons = persons_in(line, now_s);
    if (best == nullptr || persons < fewest) {
      best = &line;
      fewest = persons;
    }
  }
  return *best;
}

}  // namespace footfall::floor
