#include "sim/population/kinds.hpp"

#include <algorithm>
#include <numeric>

namespace footfall::population {

Kinds kinds_of(const Controls& controls) {
  const Seed& seed = controls.seed;
  using Entry = std::pair<std::uint32_t, double>;
  std::vector<std::vector<Entry>> entries(seed.size());
  for (std::uint32_t c = 0; c < controls.categories.size(); ++c)
    for (std::size_t h = 0; h < seed.size(); ++h)
      if (controls.categories[c].count[h] > 0)
        entries[h].emplace_back(c, controls.categories[c].count[h]);
  std::vector<std::uint32_t> order(seed.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return entries[a] != entries[b] ? entries[a] < entries[b] : a < b;
  });
  Kinds out;
  out.first.push_back(0);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::uint32_t h = order[i];
    if (i == 0 || entries[order[i - 1]] != entries[h]) {
      for (const auto& [category, count] : entries[h]) {
        out.category.push_back(category);
        out.count.push_back(count);
      }
      out.first.push_back(static_cast<std::uint32_t>(out.category.size()));
      out.weight.push_back(0);
      out.member_first.push_back(static_cast<std::uint32_t>(i));
    }
    out.weight.back() += seed.weight[h];
    out.members.push_back(h);
  }
  out.member_first.push_back(static_cast<std::uint32_t>(order.size()));
  return out;
}

}  // namespace footfall::population
