#include "sim/floor/queue.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "core/rng.hpp"

using namespace footfall;
using floor::Queue;

namespace {

struct Measured {
  double wait_s = 0;         ///< mean time before service
  double stay_s = 0;         ///< mean time before and in service
  double persons = 0;        ///< mean over time, from samples at random moments
  double arrival_rate = 0;   ///< per second, as it came out
  double share_waiting = 0;  ///< of the arrivals
};

/// Poisson arrivals and exponential service of mean 1; the number in the system is seen at moments
/// of a Poisson process of its own.
Measured run(Queue::Lines lines, std::size_t tills, double rate, int arrivals, std::uint64_t seed) {
  Queue queue(lines, tills);
  Draws draws(random_key(seed, 0, "queue test"), 1, 0, 0);
  Draws looks(random_key(seed, 0, "queue test"), 1, 0, 1);
  Measured m;
  double now = 0, look = looks.exponential();
  long looked = 0;
  for (int i = 0; i < arrivals; ++i) {
    now += draws.exponential() / rate;
    for (; look < now; look += looks.exponential() / rate) {
      m.persons += queue.persons(look);
      ++looked;
    }
    const Queue::Service service = queue.serve(now, draws.exponential());
    m.wait_s += service.start_s - now;
    m.stay_s += service.end_s - now;
    m.share_waiting += service.start_s > now;
  }
  m.wait_s /= arrivals;
  m.stay_s /= arrivals;
  m.share_waiting /= arrivals;
  m.persons /= static_cast<double>(looked);
  m.arrival_rate = arrivals / now;
  return m;
}

/// Chance of having to wait in M/M/c with offered load a < c (Erlang 1917).
double erlang_c(int c, double a) {
  double term = 1, sum = 0;
  for (int k = 0; k < c; ++k) {
    sum += term;
    term *= a / (k + 1);
  }
  const double all_busy = term * c / (c - a);
  return all_busy / (sum + all_busy);
}

}  // namespace

TEST_CASE("M/M/1 with rates 0.8 and 1: four persons, five seconds") {
  constexpr int arrivals = 2'000'000;
  const Measured m = run(Queue::Lines::one_for_all, 1, 0.8, arrivals, 11);
  // Variance of the mean wait of n arrivals: rho (2 + 5 rho - 4 rho² + rho³) / (1 - rho)^4 / n
  // (Daley 1968), standard error 0.031; intervals of 99.9 %.
  const double error = std::sqrt(0.8 * (2 + 4 - 4 * 0.64 + 0.512) / 0.0016 / arrivals);
  CHECK(std::abs(m.wait_s - 4) < 3.3 * error);
  CHECK(std::abs(m.stay_s - 5) < 3.3 * error);
  CHECK(std::abs(m.persons - 4) < 3.3 * error);
  CHECK(m.share_waiting == doctest::Approx(0.8).epsilon(0.01));
  CHECK(m.persons == doctest::Approx(m.arrival_rate * m.stay_s).epsilon(0.01));  // Little 1961
}

TEST_CASE("M/M/c by Erlang C") {
  for (const auto& [tills, rate] : {std::pair{2, 1.5}, {3, 2.4}, {8, 6.0}}) {
    CAPTURE(tills);
    const Measured m =
        run(Queue::Lines::one_for_all, static_cast<std::size_t>(tills), rate, 1'000'000, 12);
    const double waiting = erlang_c(tills, rate);
    CHECK(m.share_waiting == doctest::Approx(waiting).epsilon(0.01));
    CHECK(m.wait_s == doctest::Approx(waiting / (tills - rate)).epsilon(0.03));
    CHECK(m.persons == doctest::Approx(m.arrival_rate * m.stay_s).epsilon(0.01));
  }
}

TEST_CASE(
    "a line for each till: Little's law, and waits between one line for all and none chosen") {
  const Measured shortest = run(Queue::Lines::one_each, 3, 2.4, 1'000'000, 13);
  const Measured common = run(Queue::Lines::one_for_all, 3, 2.4, 1'000'000, 13);
  CHECK(shortest.persons == doctest::Approx(shortest.arrival_rate * shortest.stay_s).epsilon(0.01));
  CHECK(shortest.wait_s > common.wait_s);
  CHECK(shortest.wait_s < 4);  // three separate M/M/1 of load 0.8
}

TEST_CASE("by hand: two tills") {
  Queue one_line(Queue::Lines::one_for_all, 2);
  CHECK(one_line.serve(0, 10).start_s == 0);
  CHECK(one_line.serve(1, 2).end_s == 3);
  CHECK(one_line.serve(2, 5).start_s == 3);
  CHECK(one_line.waiting(2) == 1);
  CHECK(one_line.persons(2) == 3);
  CHECK(one_line.waiting(3) == 0);
  CHECK(one_line.persons(9) == 1);
  CHECK(one_line.longest() == 1);

  Queue lines(Queue::Lines::one_each, 2);
  CHECK(lines.serve(0, 10).end_s == 10);   // first till
  CHECK(lines.serve(1, 2).end_s == 3);     // second
  CHECK(lines.serve(2, 5).start_s == 10);  // equal lines: the first, and it stays there
  CHECK(lines.serve(2, 1).start_s == 3);
  CHECK(lines.persons(2) == 4);
  CHECK(lines.persons(20) == 0);
  CHECK(lines.serve(20, 0).end_s == 20);
}
