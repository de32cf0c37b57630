#include "ui/map/camera.hpp"

#include <algorithm>

namespace footfall::ui {

void Camera::set_viewport(float x, float y, float width, float height) {
  x_ = x;
  y_ = y;
  width_ = std::max(1.0f, width);
  height_ = std::max(1.0f, height);
}

void Camera::set(geo::Point centre, double scale) {
  centre_ = centre;
  scale_ = std::clamp(scale, min_scale, max_scale);
}

ScreenPoint Camera::to_screen(geo::Point p) const {
  return {x_ + width_ / 2 + static_cast<float>((p.x - centre_.x) * scale_),
          y_ + height_ / 2 - static_cast<float>((p.y - centre_.y) * scale_)};
}

geo::Point Camera::to_local(ScreenPoint p) const {
  return {centre_.x + (p.x - x_ - width_ / 2) / scale_,
          centre_.y - (p.y - y_ - height_ / 2) / scale_};
}

bool Camera::contains(ScreenPoint p) const {
  return p.x >= x_ && p.y >= y_ && p.x < x_ + width_ && p.y < y_ + height_;
}

void Camera::pan(float dx, float dy) {
  centre_.x -= dx / scale_;
  centre_.y += dy / scale_;
}

void Camera::zoom(double factor, ScreenPoint at) {
  const geo::Point fixed = to_local(at);
  const double scale = std::clamp(scale_ * factor, min_scale, max_scale);
  const double ratio = scale_ / scale;
  centre_ = {fixed.x + (centre_.x - fixed.x) * ratio, fixed.y + (centre_.y - fixed.y) * ratio};
  scale_ = scale;
}

void Camera::fit(const geo::Box& box, float margin) {
  if (box.empty()) return;
  const double width = std::max(100.0, box.max.x - box.min.x);
  const double height = std::max(100.0, box.max.y - box.min.y);
  const double room_x = std::max(40.0f, width_ - 2 * margin);
  const double room_y = std::max(40.0f, height_ - 2 * margin);
  set({(box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2},
      std::min(room_x / width, room_y / height));
}

}  // namespace footfall::ui
