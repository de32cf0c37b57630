// What part of the plane the map shows, and where on the screen.
#pragma once

#include "core/place.hpp"
#include "geo/frame.hpp"

namespace footfall::ui {

/// Screen places are logical pixels from the window's top left corner, y down; the plane is the
/// local frame in metres, y up.
struct ScreenPoint {
  float x = 0, y = 0;
};

class Camera {
 public:
  static constexpr double min_scale = 1e-4;  ///< pixels per metre: 10 km a pixel
  static constexpr double max_scale = 8;     ///< 12.5 cm a pixel

  void set_frame(const geo::Frame& frame) { frame_ = frame; }
  const geo::Frame& frame() const { return frame_; }
  /// The map's rectangle; the middle of the view stays where it is.
  void set_viewport(float x, float y, float width, float height);
  float x() const { return x_; }
  float y() const { return y_; }
  float width() const { return width_; }
  float height() const { return height_; }

  geo::Point centre() const { return centre_; }
  double scale() const { return scale_; }  ///< logical pixels per metre
  void set(geo::Point centre, double scale);

  ScreenPoint to_screen(geo::Point p) const;
  ScreenPoint to_screen(LonLat place) const { return to_screen(frame_.to_local(place)); }
  geo::Point to_local(ScreenPoint p) const;
  LonLat to_lonlat(ScreenPoint p) const { return frame_.to_lonlat(to_local(p)); }
  bool contains(ScreenPoint p) const;

  void pan(float dx, float dy);
  /// The place under `at` stays under it.
  void zoom(double factor, ScreenPoint at);
  /// Shows all of the box with a margin in pixels; an empty box changes nothing.
  void fit(const geo::Box& box, float margin = 48);

 private:
  geo::Frame frame_;
  geo::Point centre_;
  double scale_ = 0.05;
  float x_ = 0, y_ = 0, width_ = 1, height_ = 1;
};

}  // namespace footfall::ui
