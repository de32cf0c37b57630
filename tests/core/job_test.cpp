#include "core/job.hpp"

#include <vector>

#include <doctest/doctest.h>

namespace footfall {
namespace {

TEST_CASE("a part of a job fills its share of the progress and is cancelled with the whole") {
  std::vector<double> seen;
  Job whole(7, [&](double share, std::string_view) { seen.push_back(share); });
  const Job second(whole, 0.5, 1);
  const Job half_of_it(second, 0, 0.5);
  second.progress(0, "job.draws");
  half_of_it.progress(1, "job.draws");
  second.progress(1, "job.draws");
  CHECK(seen == std::vector<double>{0.5, 0.75, 1});
  CHECK(half_of_it.generation() == 7);
  CHECK_FALSE(half_of_it.cancelled());
  whole.cancel();
  CHECK(half_of_it.cancelled());
}

TEST_CASE("cancelling a part leaves the whole") {
  const Job whole;
  Job part(whole, 0, 1);
  part.cancel();
  CHECK(part.cancelled());
  CHECK_FALSE(whole.cancelled());
}

}  // namespace
}  // namespace footfall
