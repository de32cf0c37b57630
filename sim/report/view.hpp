// From places on the earth to the picture of a map: an equirectangular projection around the
// middle, true to scale within 1 % up to 100 km from it, which is what a printed map needs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/result.hpp"
#include "sim/report/report.hpp"

namespace footfall::report {

/// A place in the picture, in tenths of a pixel from its top left corner.
struct Tenths {
  std::int64_t x = 0;
  std::int64_t y = 0;
};

class View {
 public:
  static constexpr int width = 760;  ///< pixels; the height follows the extent, 420 to 920

  /// Shows all points of the layers; where they have none all their shapes, else the base map. None
  /// where there is nothing at all.
  static std::optional<View> fitting(const std::vector<Layer>& layers, const BaseMap& base);

  Tenths at(LonLat place) const;
  int height() const { return height_; }
  double metres_per_pixel() const { return metres_per_pixel_; }

 private:
  LonLat middle_;
  double cos_lat_ = 1;
  double metres_per_pixel_ = 1;
  int height_ = 0;
};

/// "12.3"
std::string pixels(std::int64_t tenths);

/// SVG path data in integers relative to each other: "M10 20l3-4z". Places nearer to the last one
/// than `tolerance` (tenths) are left out; "" where the whole part is smaller than that or off the
/// picture.
std::string path_data(const Shape& shape, const View& view, std::int64_t tolerance);

}  // namespace footfall::report
