#include "ui/map/renderer.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>

#include "ui/map/gl.hpp"

namespace footfall::ui {
namespace {

constexpr const char* area_vertex = R"(
layout(location = 0) in vec2 place;
uniform vec2 centre, scale, half_view;
void main() { gl_Position = vec4((place - centre) * scale / half_view, 0.0, 1.0); }
)";

constexpr const char* area_fragment = R"(
uniform vec4 colour;
out vec4 result;
void main() { result = colour; }
)";

constexpr const char* segment_vertex = R"(
layout(location = 0) in vec2 corner;
layout(location = 1) in vec4 ends;
uniform vec2 centre, scale, half_view;
uniform float width;
out vec2 at;
flat out float len;
void main() {
  vec2 a = (ends.xy - centre) * scale, b = (ends.zw - centre) * scale;
  len = length(b - a);
  vec2 along = len > 0.0 ? (b - a) / len : vec2(1.0, 0.0);
  vec2 across = vec2(-along.y, along.x);
  float reach = width * 0.5 + 1.0;
  vec2 p = (corner.x < 0.0 ? a - along * reach : b + along * reach) + across * corner.y * reach;
  at = vec2(dot(p - a, along), dot(p - a, across));
  gl_Position = vec4(p / half_view, 0.0, 1.0);
}
)";

constexpr const char* segment_fragment = R"(
in vec2 at;
flat in float len;
uniform vec4 colour;
uniform float width;
out vec4 result;
void main() {
  float away = length(vec2(at.x - clamp(at.x, 0.0, len), at.y));
  float cover = clamp(max(width, 1.0) * 0.5 + 0.5 - away, 0.0, 1.0) * min(width, 1.0);
  result = vec4(colour.rgb, colour.a * cover);
}
)";

constexpr const char* point_vertex = R"(
layout(location = 0) in vec3 place;
layout(location = 1) in float share;
uniform vec2 centre, scale, half_view;
uniform float width;
uniform vec4 palette[6];
out vec4 tint;
out float size;
void main() {
  gl_Position = vec4((place.xy - centre) * scale / half_view, 0.0, 1.0);
  float metre = scale.x;
  size = 2.0 * clamp(place.z * 14.0 * metre, (0.8 + 1.3 * place.z) * width, 14.0 * width);
  gl_PointSize = size + 1.0;
  if (place.z <= 0.0) gl_Position = vec4(2.0, 2.0, 0.0, 1.0);
  float stop = share * 5.0;
  int i = int(min(floor(stop), 4.0));
  tint = mix(palette[i], palette[i + 1], stop - float(i));
}
)";

constexpr const char* dot_vertex = R"(
layout(location = 0) in vec2 place;
layout(location = 1) in vec4 look;
uniform vec2 centre, scale, half_view;
uniform float width;
uniform vec4 palette[6];
out vec4 tint;
out float size;
void main() {
  gl_Position = vec4((place - centre) * scale / half_view, 0.0, 1.0);
  size = 2.0 * clamp(look.x * scale.x, look.y * width, look.z * width);
  gl_PointSize = size + 1.0;
  float stop = clamp(look.w, 0.0, 1.0) * 5.0;
  int i = int(min(floor(stop), 4.0));
  tint = mix(palette[i], palette[i + 1], stop - float(i));
}
)";

constexpr const char* point_fragment = R"(
in vec4 tint;
in float size;
out vec4 result;
void main() {
  float away = length(gl_PointCoord - 0.5) * (size + 1.0);
  result = vec4(tint.rgb, tint.a * clamp(size * 0.5 + 0.5 - away, 0.0, 1.0));
}
)";

constexpr const char* copy_vertex = R"(
layout(location = 0) in vec2 corner;
void main() { gl_Position = vec4(corner, 0.0, 1.0); }
)";

constexpr const char* copy_fragment = R"(
uniform sampler2D picture;
uniform vec2 corner;
out vec4 result;
void main() { result = texelFetch(picture, ivec2(gl_FragCoord.xy - corner), 0); }
)";

bool is_es() {
  const auto* version = reinterpret_cast<const char*>(glGetString(GL_VERSION));
  return version != nullptr && std::string_view(version).substr(0, 9) == "OpenGL ES";
}

const char* shader_header() {
  return is_es() ? "#version 300 es\nprecision highp float;\nprecision highp int;\n"
                 : "#version 330 core\n";
}

unsigned compiled(unsigned kind, const char* source) {
  const unsigned shader = glCreateShader(kind);
  const char* parts[] = {shader_header(), source};
  glShaderSource(shader, 2, parts, nullptr);
  glCompileShader(shader);
  return shader;
}

struct RoadWidth {
  double metres, least_px, from_scale;
};
// Metres: usual widths of such roads with their verges. Pixels and scales: chosen by eye.
constexpr RoadWidth road_widths[road_styles] = {{2, 0.7, 0.12},     // path
                                                {3, 0.7, 0.08},     // track
                                                {4.5, 0.8, 0.06},   // service
                                                {7.5, 0.9, 0.015},  // residential
                                                {9, 1.3, 0.006},    // tertiary
                                                {10, 1.7, 0.003},   // secondary
                                                {12, 2.2, 0},       // primary
                                                {15, 2.6, 0},       // trunk
                                                {20, 3.0, 0}};      // motorway

constexpr float corner_data[] = {-1, -1, 1, -1, -1, 1, 1, 1};

template <class T>
void fill(unsigned buffer, const std::vector<T>& data, unsigned usage) {
  glBindBuffer(GL_ARRAY_BUFFER, buffer);
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(data.size() * sizeof(T)), data.data(),
               usage);
}

const void* offset(std::size_t bytes) {
  return reinterpret_cast<const void*>(bytes);
}

}  // namespace

float road_width_px(RoadStyle style, double scale) {
  const RoadWidth& w = road_widths[static_cast<std::size_t>(style)];
  if (scale < w.from_scale) return 0;
  return static_cast<float>(std::min(40.0, std::max(w.least_px, w.metres * scale)));
}

void MapRenderer::set_mesh(std::shared_ptr<const Mesh> mesh) {
  mesh_ = std::move(mesh);
  mesh_changed_ = true;
  set_shares({}, 1);
}

void MapRenderer::set_shares(std::span<const float> shares_now, float greatest) {
  has_shares_ = !shares_now.empty();
  shares_changed_ = true;
  share_bytes_.assign(mesh_ ? mesh_->points.size() : 0, 0);
  const float unit = 255.0f / greatest;
  const std::size_t n = std::min(share_bytes_.size(), shares_now.size());
  for (std::size_t i = 0; i < n; ++i) {
    share_bytes_[i] = static_cast<std::uint8_t>(std::min(255.0f, shares_now[i] * unit + 0.5f));
  }
}

void MapRenderer::set_dots(std::vector<Dot> dots_now, bool film) {
  film_ = film;
  dots_ = std::move(dots_now);
  dots_changed_ = true;
}

void MapRenderer::hide_points(bool hidden) {
  points_changed_ = points_changed_ || hidden != points_hidden_;
  points_hidden_ = hidden;
}

void MapRenderer::forget() {
  made_ = ok_ = false;
  buffers_ = {};
  area_ = segment_ = point_ = dot_ = copy_ = {};
  ground_ = whole_ = {};
  vertex_array_ = 0;
}

MapRenderer::Program MapRenderer::program(const char* vertex, const char* fragment) {
  Program made;
  made.id = glCreateProgram();
  const unsigned shaders[] = {compiled(GL_VERTEX_SHADER, vertex),
                              compiled(GL_FRAGMENT_SHADER, fragment)};
  for (const unsigned shader : shaders) glAttachShader(made.id, shader);
  glLinkProgram(made.id);
  for (const unsigned shader : shaders) glDeleteShader(shader);
  int linked = 0;
  glGetProgramiv(made.id, GL_LINK_STATUS, &linked);
  ok_ = ok_ && linked != 0;
  const auto at = [&](const char* name) { return glGetUniformLocation(made.id, name); };
  made.centre = at("centre");
  made.scale = at("scale");
  made.half_view = at("half_view");
  made.colour = at("colour");
  made.width = at("width");
  made.palette = at("palette");
  made.corner = at("corner");
  return made;
}

void MapRenderer::make_programs() {
  ok_ = true;
  area_ = program(area_vertex, area_fragment);
  segment_ = program(segment_vertex, segment_fragment);
  point_ = program(point_vertex, point_fragment);
  dot_ = program(dot_vertex, point_fragment);
  copy_ = program(copy_vertex, copy_fragment);
  glGenVertexArrays(1, &vertex_array_);
  if (!is_es()) glEnable(GL_PROGRAM_POINT_SIZE);  // ES always takes it from the shader
  glGenBuffers(static_cast<GLsizei>(buffers_.size()), buffers_.data());
  made_ = true;
  mesh_changed_ = shares_changed_ = dots_changed_ = true;
}

void MapRenderer::upload() {
  if (mesh_changed_) {
    fill(buffers_[areas], mesh_->areas, GL_STATIC_DRAW);
    fill(buffers_[outlines], mesh_->outlines, GL_STATIC_DRAW);
    fill(buffers_[borders], mesh_->borders, GL_STATIC_DRAW);
    fill(buffers_[roads], mesh_->roads, GL_STATIC_DRAW);
    fill(buffers_[points], mesh_->points, GL_STATIC_DRAW);
    glBindBuffer(GL_ARRAY_BUFFER, buffers_[corners]);
    glBufferData(GL_ARRAY_BUFFER, sizeof corner_data, corner_data, GL_STATIC_DRAW);
    mesh_changed_ = false;
    view_ = {};
    ++uploads_;
  }
  points_changed_ = points_changed_ || shares_changed_ || dots_changed_;
  if (shares_changed_) fill(buffers_[shares], share_bytes_, GL_STREAM_DRAW);
  shares_changed_ = false;
  if (dots_changed_) fill(buffers_[dots], dots_, GL_STREAM_DRAW);
  dots_changed_ = false;
}

// What is drawn next goes to the picture, which is made again where its size has changed.
void MapRenderer::draw_into(Picture& picture, int width, int height) {
  if (picture.frame == 0) {
    glGenFramebuffers(1, &picture.frame);
    glGenTextures(1, &picture.texture);
  }
  glBindFramebuffer(GL_FRAMEBUFFER, picture.frame);
  if (picture.width != width || picture.height != height) {
    glBindTexture(GL_TEXTURE_2D, picture.texture);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, picture.texture, 0);
    picture.width = width;
    picture.height = height;
  }
  glViewport(0, 0, width, height);
}

// Fills the viewport, whose lower left corner is (x, y).
void MapRenderer::copy(const Picture& picture, int x, int y) {
  glDisable(GL_BLEND);
  glUseProgram(copy_.id);
  glUniform2f(copy_.corner, static_cast<float>(x), static_cast<float>(y));
  glBindTexture(GL_TEXTURE_2D, picture.texture);
  glBindBuffer(GL_ARRAY_BUFFER, buffers_[corners]);
  glEnableVertexAttribArray(0);
  glDisableVertexAttribArray(1);
  glVertexAttribDivisor(0, 0);
  glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, nullptr);
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
  glEnable(GL_BLEND);
}

void MapRenderer::use(const Program& p, const Camera& camera, float pixel_ratio) const {
  const auto metre = static_cast<float>(camera.scale() * pixel_ratio);
  glUseProgram(p.id);
  glUniform2f(p.centre, static_cast<float>(camera.centre().x),
              static_cast<float>(camera.centre().y));
  glUniform2f(p.scale, metre, metre);
  glUniform2f(p.half_view, camera.width() * pixel_ratio / 2, camera.height() * pixel_ratio / 2);
}

void MapRenderer::draw_areas(const Camera& camera, const Palette& colours, float pixel_ratio) {
  for (std::size_t i = 0; i < area_styles; ++i) {
    const Range range = mesh_->area_ranges[i];
    const bool building = static_cast<AreaStyle>(i) == AreaStyle::building;
    if (range.count == 0 || (building && camera.scale() < 0.08)) continue;
    const Colour c = colours.areas[i];
    use(area_, camera, pixel_ratio);
    glUniform4f(area_.colour, c.r(), c.g(), c.b(), c.a());
    glBindBuffer(GL_ARRAY_BUFFER, buffers_[areas]);
    glEnableVertexAttribArray(0);
    glDisableVertexAttribArray(1);
    glVertexAttribDivisor(0, 0);
    glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(AreaVertex), nullptr);
    glDrawArrays(GL_TRIANGLES, static_cast<GLint>(range.first), static_cast<GLsizei>(range.count));
    use(segment_, camera, pixel_ratio);
    draw_segments(outlines, mesh_->outline_ranges[i], 1, c);
  }
}

void MapRenderer::draw_segments(Buffer buffer, Range range, float width_px, Colour c) {
  if (range.count == 0 || c.a() <= 0) return;
  glUniform4f(segment_.colour, c.r(), c.g(), c.b(), c.a());
  glUniform1f(segment_.width, width_px);
  glBindBuffer(GL_ARRAY_BUFFER, buffers_[corners]);
  glEnableVertexAttribArray(0);
  glVertexAttribDivisor(0, 0);
  glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, nullptr);
  glBindBuffer(GL_ARRAY_BUFFER, buffers_[buffer]);
  glEnableVertexAttribArray(1);
  glVertexAttribDivisor(1, 1);
  glVertexAttribPointer(1, 4, GL_FLOAT, GL_FALSE, sizeof(Segment),
                        offset(range.first * sizeof(Segment)));
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(range.count));
  glVertexAttribDivisor(1, 0);
}

void MapRenderer::draw_roads(const Camera& camera, const Palette& colours, float pixel_ratio) {
  use(segment_, camera, pixel_ratio);
  draw_segments(borders, {0, static_cast<std::uint32_t>(mesh_->borders.size())}, 1.5f * pixel_ratio,
                colours.map_border);
  // Casings of all first, so that a crossing is not cut by the casing of the greater road.
  for (const bool casing : {true, false}) {
    for (std::size_t i = 0; i < road_styles; ++i) {
      const float width = road_width_px(static_cast<RoadStyle>(i), camera.scale());
      if (width <= 0 || (casing && width < 2)) continue;
      // Too thin for a casing: in the casing's colour, which stands out from the ground.
      const bool outer = casing || (width < 2 && colours.casings[i].a() > 0);
      draw_segments(roads, mesh_->road_ranges[i], (width + (casing ? 1.6f : 0)) * pixel_ratio,
                    outer ? colours.casings[i] : colours.roads[i]);
    }
  }
}

void MapRenderer::draw_points(const Camera& camera, const Palette& colours, float pixel_ratio) {
  if (mesh_->points.empty() || points_hidden_ || !dots_.empty()) return;
  use(point_, camera, pixel_ratio);
  float stops[24];
  for (std::size_t i = 0; i < 6; ++i) {
    const Colour c = has_shares_ ? colours.share[i] : colours.map_point;
    stops[4 * i] = c.r();
    stops[4 * i + 1] = c.g();
    stops[4 * i + 2] = c.b();
    stops[4 * i + 3] = has_shares_ ? 0.9f : c.a();
  }
  glUniform4fv(point_.palette, 6, stops);
  glUniform1f(point_.width, pixel_ratio);
  glBindBuffer(GL_ARRAY_BUFFER, buffers_[points]);
  glEnableVertexAttribArray(0);
  glVertexAttribDivisor(0, 0);
  glVertexAttribPointer(0, 3, GL_FLOAT, GL_FALSE, sizeof(PointVertex), nullptr);
  glBindBuffer(GL_ARRAY_BUFFER, buffers_[shares]);
  glEnableVertexAttribArray(1);
  glVertexAttribDivisor(1, 0);
  glVertexAttribPointer(1, 1, GL_UNSIGNED_BYTE, GL_TRUE, 1, nullptr);
  glDrawArrays(GL_POINTS, 0, static_cast<GLsizei>(mesh_->points.size()));
}

void MapRenderer::draw_dots(const Camera& camera, const Palette& colours, float pixel_ratio) {
  if (dots_.empty()) return;
  use(dot_, camera, pixel_ratio);
  const std::array<Colour, 6> of_film{colours.net_new, colours.net_new,     colours.own,
                                      colours.own,     colours.transferred, colours.transferred};
  float stops[24];
  for (std::size_t i = 0; i < 6; ++i) {
    const Colour c = film_ ? of_film[i] : colours.share[i];
    stops[4 * i] = c.r();
    stops[4 * i + 1] = c.g();
    stops[4 * i + 2] = c.b();
    stops[4 * i + 3] = 0.92f;
  }
  glUniform4fv(dot_.palette, 6, stops);
  glUniform1f(dot_.width, pixel_ratio);
  glBindBuffer(GL_ARRAY_BUFFER, buffers_[dots]);
  for (const unsigned attribute : {0u, 1u}) {
    glEnableVertexAttribArray(attribute);
    glVertexAttribDivisor(attribute, 0);
  }
  glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(Dot), nullptr);
  glVertexAttribPointer(1, 4, GL_FLOAT, GL_FALSE, sizeof(Dot), offset(offsetof(Dot, metres)));
  glDrawArrays(GL_POINTS, 0, static_cast<GLsizei>(dots_.size()));
}

void MapRenderer::draw(const Camera& camera, const Palette& colours, float pixel_ratio,
                       int height_px) {
  if (!made_) make_programs();
  if (!mesh_ || !ok_) return;
  const auto px = [&](float v) { return static_cast<GLint>(std::lround(v * pixel_ratio)); };
  const View view{camera.centre(),     camera.scale(), px(camera.width()),
                  px(camera.height()), pixel_ratio,    &colours};
  if (view.width <= 0 || view.height <= 0) return;
  glDisable(GL_SCISSOR_TEST);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_CULL_FACE);
  glEnable(GL_BLEND);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glActiveTexture(GL_TEXTURE0);
  glBindVertexArray(vertex_array_);
  upload();
  if (view != view_) {
    draw_into(ground_, view.width, view.height);
    glClearColor(colours.map_ground.r(), colours.map_ground.g(), colours.map_ground.b(), 1);
    glClear(GL_COLOR_BUFFER_BIT);
    draw_areas(camera, colours, pixel_ratio);
    draw_roads(camera, colours, pixel_ratio);
    view_ = view;
    points_changed_ = true;
    ++grounds_;
  }
  if (points_changed_) {
    draw_into(whole_, view.width, view.height);
    copy(ground_, 0, 0);
    draw_points(camera, colours, pixel_ratio);
    draw_dots(camera, colours, pixel_ratio);
    points_changed_ = false;
  }
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  const GLint bottom = height_px - px(camera.y() + camera.height());
  glViewport(px(camera.x()), bottom, view.width, view.height);
  copy(whole_, px(camera.x()), bottom);
  glBindVertexArray(0);
}

}  // namespace footfall::ui
