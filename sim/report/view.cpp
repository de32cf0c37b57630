#include "sim/report/view.hpp"

#include <algorithm>
#include <cmath>

#include "core/math.hpp"

namespace footfall::report {
namespace {

constexpr double metres_per_degree = 111'195.08;  // sphere of 6,371,008.8 m
constexpr double margin = 1.12;                   // of the extent
constexpr double min_extent_m = 1500;
constexpr int min_height = 420;
constexpr int max_height = 920;

struct Box {
  std::int64_t west = INT64_MAX, south = INT64_MAX, east = INT64_MIN, north = INT64_MIN;

  bool empty() const { return west > east; }
  void add(std::int64_t x, std::int64_t y) {
    west = std::min(west, x);
    east = std::max(east, x);
    south = std::min(south, y);
    north = std::max(north, y);
  }
  void add(const Shape& shape) {
    for (const auto& part : shape.parts) {
      for (const LonLat p : part) add(p.lon_e7, p.lat_e7);
    }
  }
};

Box extent(const std::vector<Layer>& layers, const BaseMap& base) {
  Box box;
  for (const bool points_only : {true, false}) {
    for (const Layer& layer : layers) {
      for (const Shape& shape : layer.shapes) {
        if (!points_only || shape.kind == Shape::Kind::point) box.add(shape);
      }
    }
    if (!box.empty()) return box;
  }
  for (const auto& [kind, shape] : base.shapes) box.add(shape);
  return box;
}

void append(std::string& path, std::int64_t value, bool first) {
  if (value >= 0 && !first) path += ' ';
  path += std::to_string(value);
}

bool visible(const std::vector<LonLat>& part, const View& view, std::int64_t tolerance) {
  Box box;
  for (const LonLat p : part) {
    const Tenths t = view.at(p);
    box.add(t.x, t.y);
  }
  if (box.empty() || box.east < 0 || box.north < 0) return false;
  if (box.west > View::width * 10 || box.south > view.height() * 10) return false;
  return std::max(box.east - box.west, box.north - box.south) >= tolerance;
}

void append_part(std::string& path, const std::vector<LonLat>& part, const View& view,
                 std::int64_t tolerance, bool closed) {
  Tenths last = view.at(part.front());
  path += 'M';
  append(path, last.x, true);
  append(path, last.y, false);
  bool first = true;
  for (std::size_t i = 1; i < part.size(); ++i) {
    const Tenths t = view.at(part[i]);
    const std::int64_t dx = t.x - last.x;
    const std::int64_t dy = t.y - last.y;
    const bool end = i + 1 == part.size() && !closed;
    if ((dx == 0 && dy == 0) || (!end && std::max(std::abs(dx), std::abs(dy)) < tolerance))
      continue;
    if (first) path += 'l';
    append(path, dx, first);
    append(path, dy, false);
    first = false;
    last = t;
  }
  if (closed) path += 'z';
}

}  // namespace

std::optional<View> View::fitting(const std::vector<Layer>& layers, const BaseMap& base) {
  const Box box = extent(layers, base);
  if (box.empty()) return std::nullopt;
  View view;
  view.middle_ = {static_cast<std::int32_t>((box.west + box.east) / 2),
                  static_cast<std::int32_t>((box.south + box.north) / 2)};
  view.cos_lat_ = std::max(0.01, math::cos(view.middle_.lat() * math::degree));
  const double metres = metres_per_degree * 1e-7;
  const double w =
      std::max(min_extent_m, static_cast<double>(box.east - box.west) * metres * view.cos_lat_);
  const double h = std::max(min_extent_m, static_cast<double>(box.north - box.south) * metres);
  view.height_ =
      static_cast<int>(std::clamp(width * h / w, double{min_height}, double{max_height}));
  view.metres_per_pixel_ = margin * std::max(w / width, h / view.height_);
  return view;
}

Tenths View::at(LonLat place) const {
  const double per_unit = metres_per_degree * 1e-6 / metres_per_pixel_;
  const double dx = static_cast<double>(std::int64_t{place.lon_e7} - middle_.lon_e7);
  const double dy = static_cast<double>(std::int64_t{place.lat_e7} - middle_.lat_e7);
  return {static_cast<std::int64_t>(std::floor(dx * per_unit * cos_lat_ + width * 5.0 + 0.5)),
          static_cast<std::int64_t>(std::floor(height_ * 5.0 - dy * per_unit + 0.5))};
}

std::string pixels(std::int64_t tenths) {
  const std::int64_t size = std::abs(tenths);
  std::string text = (tenths < 0 ? "-" : "") + std::to_string(size / 10);
  if (size % 10 != 0) text += "." + std::to_string(size % 10);
  return text;
}

std::string path_data(const Shape& shape, const View& view, std::int64_t tolerance) {
  std::string path;
  for (const auto& part : shape.parts) {
    if (part.size() < 2 || !visible(part, view, tolerance)) continue;
    append_part(path, part, view, tolerance, shape.kind == Shape::Kind::polygon);
  }
  return path;
}

}  // namespace footfall::report
