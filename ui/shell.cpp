#include "ui/shell.hpp"

#include <algorithm>
#include <array>
#include <cfloat>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include <SDL.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>
#include <imgui_impl_sdl2.h>
#include <imgui_internal.h>
#include <implot.h>

#include "ui/app.hpp"
#include "ui/fonts.hpp"
#include "ui/map/gl.hpp"
#include "ui/platform.hpp"
#include "ui/theme.hpp"

namespace footfall::ui {
namespace {

// ImGui shows tooltips only after some rest: a few late frames follow each input.
constexpr double late_frame_ms = 100, settled_after_ms = 700;
constexpr double caret_ms = 300;
constexpr double busy_frame_ms = 33;

/// The keys that shortcuts are made of; 0: another one.
int key_of(SDL_Keycode key) {
  if (key >= SDLK_a && key <= SDLK_z) return ImGuiKey_A + (key - SDLK_a);
  if (key >= SDLK_0 && key <= SDLK_9) return ImGuiKey_0 + (key - SDLK_0);
  if (key >= SDLK_F1 && key <= SDLK_F12) return ImGuiKey_F1 + (key - SDLK_F1);
  switch (key) {
    case SDLK_ESCAPE:
      return ImGuiKey_Escape;
    case SDLK_DELETE:
    case SDLK_BACKSPACE:
      return ImGuiKey_Delete;
    case SDLK_SPACE:
      return ImGuiKey_Space;
    case SDLK_LEFT:
      return ImGuiKey_LeftArrow;
    case SDLK_RIGHT:
      return ImGuiKey_RightArrow;
    case SDLK_LEFTBRACKET:
      return ImGuiKey_LeftBracket;
    case SDLK_RIGHTBRACKET:
      return ImGuiKey_RightBracket;
    case SDLK_UP:
      return ImGuiKey_UpArrow;
    case SDLK_DOWN:
      return ImGuiKey_DownArrow;
    case SDLK_PLUS:
    case SDLK_KP_PLUS:
    case SDLK_EQUALS:
      return ImGuiKey_Equal;
    case SDLK_KP_MINUS:
    case SDLK_MINUS:
      return ImGuiKey_Minus;
    default:
      return 0;
  }
}

bool is_browser() {
  return std::string_view(SDL_GetPlatform()) == "Emscripten";
}

}  // namespace

// Fingers on a touch screen, in logical pixels. The first one is SDL's mouse. Two on the map move
// and zoom it by what lies between them, and are no mouse until all are up.
struct Touch {
  struct Finger {
    SDL_FingerID id;
    float x, y;
  };
  struct Span {
    float x = 0, y = 0;  ///< the middle
    float width = 0;     ///< between the first two; 0 where there is one
  };
  std::vector<Finger> fingers;
  bool moves_map = false;

  void take(const SDL_TouchFingerEvent& event, ImVec2 at) {
    const auto it = std::find_if(fingers.begin(), fingers.end(),
                                 [&](const Finger& f) { return f.id == event.fingerId; });
    if (event.type == SDL_FINGERUP) {
      if (it != fingers.end()) fingers.erase(it);
    } else if (it == fingers.end()) {
      fingers.push_back({event.fingerId, at.x, at.y});
    } else {
      it->x = at.x;
      it->y = at.y;
    }
  }
  Span span() const {
    if (fingers.empty()) return {};
    const Finger &a = fingers[0], &b = fingers[fingers.size() > 1 ? 1 : 0];
    return {(a.x + b.x) / 2, (a.y + b.y) / 2, std::hypot(a.x - b.x, a.y - b.y)};
  }
};

struct Shell::System {
  SDL_Window* window = nullptr;
  SDL_GLContext context = nullptr;
  std::array<SDL_Cursor*, ImGuiMouseCursor_COUNT> cursors{};
  ImGuiMouseCursor cursor = ImGuiMouseCursor_COUNT;
  bool themed_dark = false, themed = false;
  double font_ratio = 0;
  double last_frame_ms = 0, draw_ms = 0, next_late_ms = 0, settled_ms = 0;
  Image* capture = nullptr;
  Touch touch;
};

Shell::Shell(App& app) : app_(app), system_(std::make_unique<System>()) {}

Result<std::unique_ptr<Shell>> Shell::open(App& app, const Options& options) {
  const auto failed = [](const char* what) { return fail("", what, SDL_GetError()); };
  if (SDL_Init(SDL_INIT_VIDEO | SDL_INIT_TIMER) != 0) return failed("display");
  const bool es = is_browser();
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK,
                      es ? SDL_GL_CONTEXT_PROFILE_ES : SDL_GL_CONTEXT_PROFILE_CORE);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, es ? 0 : 3);
  SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
  auto shell = std::unique_ptr<Shell>(new Shell(app));
  System& s = *shell->system_;
  s.window = SDL_CreateWindow("Footfall", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                              options.width, options.height,
                              SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
  if (s.window == nullptr) return failed("window");
  s.context = SDL_GL_CreateContext(s.window);
  if (s.context == nullptr) return failed("OpenGL");
  SDL_GL_SetSwapInterval(1);
  if (!es) shell->resize(options.width, options.height);
  SDL_EventState(SDL_DROPFILE, SDL_ENABLE);
  ImGui::CreateContext();
  ImPlot::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  ImGui_ImplSDL2_InitForOpenGL(s.window, s.context);
  ImGui_ImplOpenGL3_Init(es ? "#version 300 es" : "#version 330 core");
  static constexpr SDL_SystemCursor kinds[] = {
      SDL_SYSTEM_CURSOR_ARROW,    SDL_SYSTEM_CURSOR_IBEAM,  SDL_SYSTEM_CURSOR_SIZEALL,
      SDL_SYSTEM_CURSOR_SIZENS,   SDL_SYSTEM_CURSOR_SIZEWE, SDL_SYSTEM_CURSOR_SIZENESW,
      SDL_SYSTEM_CURSOR_SIZENWSE, SDL_SYSTEM_CURSOR_HAND,   SDL_SYSTEM_CURSOR_NO};
  for (std::size_t i = 0; i < s.cursors.size(); ++i) {
    s.cursors[i] = SDL_CreateSystemCursor(kinds[i]);
  }
  return shell;
}

Shell::~Shell() {
  if (ImGui::GetCurrentContext() != nullptr) {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplSDL2_Shutdown();
    ImPlot::DestroyContext();
    ImGui::DestroyContext();
  }
  for (SDL_Cursor* cursor : system_->cursors) {
    if (cursor != nullptr) SDL_FreeCursor(cursor);
  }
  if (system_->context != nullptr) SDL_GL_DeleteContext(system_->context);
  if (system_->window != nullptr) SDL_DestroyWindow(system_->window);
  SDL_Quit();
}

float Shell::units_per_logical() const {
  int window = 1, drawable = 1;
  SDL_GetWindowSize(system_->window, &window, nullptr);
  SDL_GL_GetDrawableSize(system_->window, &drawable, nullptr);
  return static_cast<float>(platform::pixel_ratio() * window / std::max(1, drawable));
}

void Shell::resize(int width, int height) {
  const float units = units_per_logical();
  SDL_SetWindowSize(system_->window,
                    static_cast<int>(std::lround(static_cast<float>(width) * units)),
                    static_cast<int>(std::lround(static_cast<float>(height) * units)));
  wake();
}

void Shell::restore_context() {
  ImGui_ImplOpenGL3_DestroyDeviceObjects();
  ImGui_ImplOpenGL3_CreateDeviceObjects();
  wake();
}

// --- input

void Shell::touch(const SDL_TouchFingerEvent& event) {
  ImGuiIO& io = ImGui::GetIO();
  Touch& t = system_->touch;
  const Touch::Span before = t.span();
  t.take(event, ImVec2(event.x * io.DisplaySize.x, event.y * io.DisplaySize.y));
  const Touch::Span now = t.span();
  if (event.type == SDL_FINGERMOTION) {
    if (!t.moves_map) return;
    app_.camera.pan(now.x - before.x, now.y - before.y);
    const bool both = before.width > 0 && now.width > 0;
    if (both) app_.camera.zoom(now.width / before.width, {now.x, now.y});
  } else if (t.fingers.empty()) {
    t.moves_map = false;
    app_.release_fingers();
  } else if (t.fingers.size() == 2 && !t.moves_map && app_.take_fingers(now.x, now.y)) {
    t.moves_map = true;
    SDL_CaptureMouse(SDL_FALSE);
    io.AddMouseButtonEvent(0, false);
    io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
  }
}

void Shell::take(const SDL_Event& event) {
  ImGuiIO& io = ImGui::GetIO();
  const bool finger = (event.type == SDL_MOUSEMOTION && event.motion.which == SDL_TOUCH_MOUSEID) ||
                      ((event.type == SDL_MOUSEBUTTONDOWN || event.type == SDL_MOUSEBUTTONUP) &&
                       event.button.which == SDL_TOUCH_MOUSEID);
  if (finger && system_->touch.moves_map) return;
  const float units = units_per_logical();
  const auto at = [&](int x, int y) {
    io.AddMousePosEvent(static_cast<float>(x) / units, static_cast<float>(y) / units);
  };
  switch (event.type) {
    case SDL_QUIT:
      closed_ = true;
      return;
    case SDL_MOUSEMOTION:
      return at(event.motion.x, event.motion.y);
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
      at(event.button.x, event.button.y);
      SDL_CaptureMouse(event.type == SDL_MOUSEBUTTONDOWN ? SDL_TRUE : SDL_FALSE);
      break;
    case SDL_WINDOWEVENT:
      if (event.window.event == SDL_WINDOWEVENT_CLOSE) closed_ = true;
      if (event.window.event == SDL_WINDOWEVENT_LEAVE) io.AddMousePosEvent(-1e30f, -1e30f);
      break;
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
      return touch(event.tfinger);
    case SDL_KEYDOWN: {
      const auto mod = static_cast<unsigned>(event.key.keysym.mod);
      const int key = key_of(event.key.keysym.sym);
      const bool shift = (mod & KMOD_SHIFT) != 0 && key != ImGuiKey_Equal;  // "+" needs it
      app_.press({key, (mod & (KMOD_CTRL | KMOD_GUI)) != 0, shift});
      break;
    }
    case SDL_DROPFILE:
      platform::open_path(event.drop.file);
      SDL_free(event.drop.file);
      return;
    default:
      break;
  }
  ImGui_ImplSDL2_ProcessEvent(&event);
  // A finger that is up points at nothing.
  if (finger && event.type == SDL_MOUSEBUTTONUP) io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
}

bool Shell::pump() {
  bool any = false;
  SDL_Event event;
  while (SDL_PollEvent(&event) != 0) {
    if (event.type != SDL_USEREVENT) any = true;  // that one only ends wait()
    take(event);
  }
  return any;
}

// --- frames

bool Shell::step() {
  const bool input = pump();
  System& s = *system_;
  const double now = platform::now_ms();
  if (input) {
    s.settled_ms = now + settled_after_ms;
    s.next_late_ms = now + late_frame_ms;
  }
  if (app_.poll() || input) frames_left_ = frames_to_settle;
  if (app_.take_context_restored()) restore_context();
  if (s.next_late_ms > 0 && now >= s.next_late_ms) {
    frames_left_ = std::max(frames_left_, 1);
    const bool typing = ImGui::GetIO().WantTextInput;
    s.next_late_ms = now < s.settled_ms ? now + late_frame_ms : typing ? now + caret_ms : 0;
  }
  // Where drawing is slow, what is computed needs the processor more than the spinner does.
  if (app_.busy() && now - s.last_frame_ms >= std::max(busy_frame_ms, 4 * s.draw_ms)) {
    frames_left_ = std::max(frames_left_, 1);
  }
  if (frames_left_ > 0) {
    --frames_left_;
    draw();
    s.draw_ms = platform::now_ms() - now;
    // ImGui takes one key a frame: the rest of fast typing waits in its queue.
    if (ImGui::GetCurrentContext()->InputEventsQueue.Size > 0) wake();
  }
  return !closed_;
}

void Shell::wait() {
  if (frames_left_ > 0 || closed_) return;
  double due = app_.due_in_ms();
  if (system_->next_late_ms > 0) {
    const double late = std::max(0.0, system_->next_late_ms - platform::now_ms());
    due = due < 0 ? late : std::min(due, late);
  }
  if (due < 0) {
    SDL_WaitEvent(nullptr);
  } else {
    SDL_WaitEventTimeout(nullptr, static_cast<int>(std::ceil(due)));
  }
}

void Shell::set_cursor() {
  const ImGuiMouseCursor wanted = ImGui::GetMouseCursor();
  if (wanted == system_->cursor || wanted < 0) return;
  system_->cursor = wanted;
  SDL_SetCursor(system_->cursors[static_cast<std::size_t>(wanted)]);
}

void Shell::begin_frame() {
  System& s = *system_;
  ImGuiIO& io = ImGui::GetIO();
  const double ratio = platform::pixel_ratio();
  if (app_.fonts_changed() || ratio != s.font_ratio) {
    s.font_ratio = ratio;
    make_fonts(ratio, app_.needs_chinese(), app_.chinese_font());
    ImGui_ImplOpenGL3_DestroyDeviceObjects();
    ImGui_ImplOpenGL3_CreateDeviceObjects();
  }
  if (!s.themed || s.themed_dark != app_.settings.dark) {
    s.themed = true;
    s.themed_dark = app_.settings.dark;
    apply_theme(s.themed_dark);
  }
  int width = 0, height = 0, drawable_width = 0, drawable_height = 0;
  SDL_GetWindowSize(s.window, &width, &height);
  SDL_GL_GetDrawableSize(s.window, &drawable_width, &drawable_height);
  const float units = units_per_logical();
  io.DisplaySize = ImVec2(static_cast<float>(width) / units, static_cast<float>(height) / units);
  const auto scale = static_cast<float>(ratio);
  io.DisplayFramebufferScale = ImVec2(scale, scale);
  const double now = platform::now_ms();
  io.DeltaTime = static_cast<float>(std::clamp((now - s.last_frame_ms) / 1000, 1e-4, 0.1));
  s.last_frame_ms = now;
  set_cursor();
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
}

void Shell::draw() {
  System& s = *system_;
  begin_frame();
  app_.frame();
  ImGui::Render();
  int width = 0, height = 0;
  SDL_GL_GetDrawableSize(s.window, &width, &height);
  const Colour ground = palette().chrome;
  glViewport(0, 0, width, height);
  glDisable(GL_SCISSOR_TEST);
  glClearColor(ground.r(), ground.g(), ground.b(), 1);
  glClear(GL_COLOR_BUFFER_BIT);
  app_.draw_map(width, height);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  if (s.capture != nullptr) {
    s.capture->width = width;
    s.capture->height = height;
    std::string rows(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3, '\0');
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, rows.data());
    const auto row = static_cast<std::size_t>(width) * 3;
    for (std::size_t y = static_cast<std::size_t>(height); y-- > 0;) {
      s.capture->rgb.append(rows, y * row, row);
    }
  }
  SDL_GL_SwapWindow(s.window);
}

Shell::Image Shell::screenshot() {
  Image image;
  system_->capture = &image;
  draw();
  system_->capture = nullptr;
  return image;
}

}  // namespace footfall::ui
