// A store day's frames, reduced to what the usual rules make of them. Three ways to count, each a
// vendor's or a paper's, none of which knows a person:
//
//   naive        every MAC is a person
//   thresholded  a MAC seen often and strongly enough is a visit (Cisco CMX)
//   bursts       bursts of frames, to be scaled by counts made by hand (counter.hpp)
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "sim/estimate/estimate.hpp"
#include "sim/estimate/params.hpp"
#include "sim/probe/probe.hpp"

namespace footfall::estimate {

inline constexpr std::size_t hours = 24;

struct WifiDay {
  std::uint64_t frames = 0, random_frames = 0;
  std::uint64_t macs = 0, random_macs = 0;    ///< different ones
  std::uint64_t visits = 0;                   ///< by the threshold rule, all MACs
  std::uint64_t real_visits = 0;              ///< of them, by MACs that are not random
  double real_dwell_s = 0;                    ///< Σ of their lengths
  std::vector<probe::Mac> real_visitors;      ///< sorted, different
  std::array<std::uint32_t, hours> bursts{};  ///< by hour of their first frame
};

/// Frames in any order.
WifiDay read_day(const Params& params, std::span<const probe::Frame> frames);

/// Remembers MACs over days.
class Returning {
 public:
  void take(const WifiDay& day);
  /// Share of visitors seen on more than one day, from MACs that are not random; refused where the
  /// share of random MACs makes it mean nothing.
  Estimate share(const Params& params) const;
  std::uint64_t visitors() const { return days_.size(); }

 private:
  std::map<probe::Mac, std::uint32_t> days_;
  std::uint64_t frames_ = 0, random_frames_ = 0;
};

}  // namespace footfall::estimate
