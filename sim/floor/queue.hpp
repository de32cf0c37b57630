// Tills of one kind as a queue: first come, first served, service times known on arrival. One line
// for all tills (self-service; M/M/c where arrivals and services are exponential), or one line in
// front of each (staffed): then a newcomer takes the line with the fewest persons, the first of
// equals, and stays in it.
//
// With service times known on arrival each start follows from what came before: start =
// max(arrival, when the till is free). No events are kept; a basket costs O(tills).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace footfall::floor {

class Queue {
 public:
  enum class Lines : std::uint8_t { one_for_all, one_each };

  /// `tills` >= 1.
  Queue(Lines lines, std::size_t tills);

  struct Service {
    double start_s = 0, end_s = 0;
  };
  /// Times must not go back from one call to the next, in all of the following; service_s >= 0.
  Service serve(double now_s, double service_s);
  /// Persons who wait, not yet served, in the line that a newcomer would take.
  std::uint32_t waiting(double now_s);
  /// Persons who wait or are served, in all lines.
  std::uint32_t persons(double now_s);

  /// Most persons that ever waited in one line.
  std::uint32_t longest() const { return longest_; }

 private:
  struct Line {
    std::size_t first = 0, count = 0;  // tills
    std::vector<double> starts;        // of service, never falling
    std::size_t head = 0;              // first that still waits
  };
  std::uint32_t waiting_in(Line& line, double now_s);
  std::uint32_t persons_in(Line& line, double now_s);
  Line& shortest(double now_s);

  std::vector<double> free_s_;  // of each till
  std::vector<Line> lines_;
  std::uint32_t longest_ = 0;
};

}  // namespace footfall::floor
