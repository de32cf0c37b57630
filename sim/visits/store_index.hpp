// Row numbers of stores by id, in constant time whatever the ids are: open addressing over a table
// at most half full.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/id.hpp"

namespace footfall::visits {

class StoreIndex {
 public:
  StoreIndex() : StoreIndex(std::span<const StoreId>{}) {}
  /// Ids unique, none of them 0.
  explicit StoreIndex(std::span<const StoreId> ids) : count_(ids.size()) {
    while ((std::size_t{1} << (32 - shift_)) < 2 * ids.size() + 2) --shift_;
    slots_.resize(std::size_t{1} << (32 - shift_));
    for (std::size_t i = 0; i < ids.size(); ++i) {
      std::size_t at = hash(ids[i]);
      while (slots_[at].id != 0) at = (at + 1) % slots_.size();
      slots_[at] = {ids[i].value, static_cast<std::uint32_t>(i)};
    }
  }
  /// The row of the id in the list, its size where it is not in it.
  std::size_t find(StoreId id) const {
    for (std::size_t at = hash(id);; at = (at + 1) % slots_.size()) {
      if (slots_[at].id == 0) return count_;
      if (slots_[at].id == id.value) return slots_[at].row;
    }
  }

 private:
  struct Slot {
    std::uint32_t id = 0, row = 0;
  };
  std::size_t hash(StoreId id) const { return (id.value * 0x9E3779B9u) >> shift_; }

  std::size_t count_ = 0;
  int shift_ = 31;
  std::vector<Slot> slots_;
};

}  // namespace footfall::visits
