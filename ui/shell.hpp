// The system's window: SDL2, its GL context and the ImGui frame around App. One class for the
// desktop and the browser page; what differs between them is behind platform.hpp and in
// app/main_*.cpp.
//
// Coordinates. Everything in the window (ImGui, App, hooks) is in logical pixels: CSS pixels of a
// page, window points of a desktop. SDL's window units may be finer (X11 knows physical pixels
// only): step() divides by units_per_logical(). Fonts and GL are drawn at platform::pixel_ratio().
//
//   App app(options);
//   auto shell = Shell::open(app, {});
//   while ((*shell)->step()) (*shell)->wait();     // natively
//   // in the browser: requestAnimationFrame calls step(), nobody waits
#pragma once

#include <memory>
#include <string>

#include "core/error.hpp"

union SDL_Event;
struct SDL_TouchFingerEvent;

namespace footfall::ui {

class App;

class Shell {
 public:
  struct Options {
    int width = 1440;  ///< logical pixels
    int height = 900;
  };

  /// Makes window, GL context (3.3 core, or ES 3 in the browser) and ImGui. Errors: no display, no
  /// GL.
  static Result<std::unique_ptr<Shell>> open(App& app, const Options& options);
  ~Shell();
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;

  /// One turn: takes input and events, and draws a frame if anything has changed. Draws nothing
  /// when idle. False once the user has closed the window.
  bool step();
  /// Sleeps until there is input, an event of the platform, or something due. Not for the browser.
  void wait();
  /// Draw the next frame whatever happens (after changes from outside, as by a hook).
  void wake() { frames_left_ = frames_to_settle; }

  /// The page's canvas has a new size in logical pixels.
  void resize(int width, int height);
  /// All GL objects are gone: makes them again. Called by step() on Event::context_restored.
  void restore_context();

  /// The frame as it was last drawn, RGB rows from the top, physical pixels.
  struct Image {
    int width = 0, height = 0;
    std::string rgb;
  };
  Image screenshot();

 private:
  explicit Shell(App& app);
  bool pump();
  void take(const SDL_Event& event);
  void touch(const SDL_TouchFingerEvent& event);
  void begin_frame();
  void draw();
  void set_cursor();
  float units_per_logical() const;

  static constexpr int frames_to_settle = 3;  // ImGui shows some answers a frame or two later
  struct System;
  App& app_;
  std::unique_ptr<System> system_;
  int frames_left_ = frames_to_settle;
  bool closed_ = false;
};

}  // namespace footfall::ui
