// Draws the base map and the demand points with GL, under everything that ImGui draws.
//
// All geometry lies in vertex buffers made once for a scenario. The ground (areas and roads) and
// the ground with its points are kept as pictures: a frame draws again only what has changed, so
// that a hand over a still map costs two copies, on a machine without a graphics card too. Only the
// shares (one byte for each demand point) change while a candidate is dragged. Roads are instanced
// capsules: a quad around each segment, cut to shape and smoothed in the fragment shader.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ui/map/camera.hpp"
#include "ui/map/mesh.hpp"
#include "ui/theme.hpp"

namespace footfall::ui {

/// A coloured disc over the base map: a layer of results, or somebody on the way.
struct Dot {
  float x = 0, y = 0;  ///< metres of the local frame
  float metres = 0;    ///< radius on the ground …
  float least_px = 2;  ///< … but at least and at most so many logical pixels
  float most_px = 14;
  float shade = 0;  ///< 0 to 1 on the palette's shares; of a film: 0 goes there, 0.5 is there, 1
                    ///< goes home
};

class MapRenderer {
 public:
  /// Buffers are made at the next draw().
  void set_mesh(std::shared_ptr<const Mesh> mesh);
  const Mesh* mesh() const { return mesh_.get(); }

  /// Patronage share of each demand point, shown between 0 and `greatest`; empty: no site is shown.
  void set_shares(std::span<const float> shares, float greatest);

  /// Discs over all else, in this order; they take the place of the demand points. Empty: none, and
  /// the points are back.
  void set_dots(std::vector<Dot> dots, bool film = false);
  std::size_t dot_count() const { return dots_.size(); }
  /// The demand points are hidden, dots or not.
  void hide_points(bool hidden);

  /// Fills the camera's rectangle of the frame buffer. `pixel_ratio`: its pixels per logical
  /// pixel; `height_px`: its height.
  void draw(const Camera& camera, const Palette& colours, float pixel_ratio, int height_px);

  /// The context is lost: its objects are forgotten, not deleted, and made again at the next
  /// draw().
  void forget();
  /// Shaders compiled and buffers made without a GL error.
  bool ok() const { return ok_; }
  /// How often the GL objects were made.
  int uploads() const { return uploads_; }
  /// How often the ground was drawn.
  int grounds() const { return grounds_; }

 private:
  struct Program {
    unsigned id = 0;
    int centre = -1, scale = -1, half_view = -1, colour = -1, width = -1, palette = -1, corner = -1;
  };
  /// What an earlier draw() left: a frame buffer with its texture.
  struct Picture {
    unsigned frame = 0, texture = 0;
    int width = 0, height = 0;  ///< physical pixels
  };
  /// All that the ground's picture depends on beside the mesh.
  struct View {
    geo::Point centre;
    double scale = 0;
    int width = 0, height = 0;  ///< physical pixels
    float pixel_ratio = 0;
    const Palette* colours = nullptr;
    bool operator==(const View&) const = default;
  };
  enum Buffer : std::size_t {
    areas,
    outlines,
    borders,
    roads,
    points,
    shares,
    corners,
    dots,
    buffer_count
  };

  void make_programs();
  void upload();
  void draw_into(Picture& picture, int width, int height);
  void copy(const Picture& picture, int x, int y);
  Program program(const char* vertex, const char* fragment);
  void use(const Program& program, const Camera& camera, float pixel_ratio) const;
  void draw_areas(const Camera& camera, const Palette& colours, float pixel_ratio);
  void draw_segments(Buffer buffer, Range range, float width_px, Colour colour);
  void draw_roads(const Camera& camera, const Palette& colours, float pixel_ratio);
  void draw_points(const Camera& camera, const Palette& colours, float pixel_ratio);
  void draw_dots(const Camera& camera, const Palette& colours, float pixel_ratio);

  std::shared_ptr<const Mesh> mesh_;
  std::vector<std::uint8_t> share_bytes_;
  bool mesh_changed_ = false, shares_changed_ = false, made_ = false, ok_ = false;
  bool has_shares_ = false, dots_changed_ = false, points_hidden_ = false, film_ = false;
  bool points_changed_ = false;
  std::vector<Dot> dots_;
  int uploads_ = 0, grounds_ = 0;
  View view_;
  Picture ground_, whole_;
  unsigned vertex_array_ = 0;
  std::array<unsigned, buffer_count> buffers_{};
  Program area_, segment_, point_, dot_, copy_;
};

/// Width of a road in logical pixels at a scale (pixels per metre); 0: not shown there.
float road_width_px(RoadStyle style, double scale);

}  // namespace footfall::ui
