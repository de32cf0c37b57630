// What the page and its tests call (web/bridge.js, web/loader.js). Texts that are returned live
// until the next call of the same function.
//
// Text goes through SDL's queue, as keys do: between two frames their order must not change.
#include <algorithm>
#include <string>
#include <string_view>

#include <SDL.h>
#include <emscripten.h>

#include "core/json.hpp"
#include "core/texts.hpp"
#include "ui/app/page_web.hpp"
#include "ui/hooks.hpp"

using namespace footfall;
using namespace footfall::ui;

namespace {

/// Bytes of whole UTF-8 characters at the start of the text, at most `limit` (4 or more).
std::size_t whole_characters(std::string_view text, std::size_t limit) {
  std::size_t size = std::min(text.size(), limit);
  while (size > 0 && size < text.size() && (text[size] & 0xC0) == 0x80) --size;
  return size;
}

}  // namespace

extern "C" {

/// Whether there is a window. Only then may the others be called.
EMSCRIPTEN_KEEPALIVE int footfall_running() {
  return page() != nullptr;
}

/// One turn out of order: a canvas of a new size is empty until it is drawn again.
EMSCRIPTEN_KEEPALIVE void footfall_step() {
  page()->step();
}

EMSCRIPTEN_KEEPALIVE void footfall_context_lost() {
  page()->context_lost = true;
}
EMSCRIPTEN_KEEPALIVE void footfall_context_restored() {
  page()->context_lost = false;
}

/// Text that was typed or composed.
EMSCRIPTEN_KEEPALIVE void footfall_text(const char* text) {
  std::string_view rest = text;
  while (!rest.empty()) {
    SDL_Event event{};
    event.type = SDL_TEXTINPUT;
    const std::size_t size = whole_characters(rest, sizeof event.text.text - 1);
    rest.copy(event.text.text, size);
    rest.remove_prefix(size);
    SDL_PushEvent(&event);
  }
}

/// The browser has allowed to paste this: only now ImGui sees the keys for it.
EMSCRIPTEN_KEEPALIVE void footfall_paste(const char* text) {
  page()->clipboard = text;
  for (const Uint32 type : {SDL_KEYDOWN, SDL_KEYUP}) {
    SDL_Event event{};
    event.type = type;
    event.key.keysym.sym = SDLK_v;
    event.key.keysym.mod = static_cast<Uint16>(type == SDL_KEYDOWN ? KMOD_CTRL : SDL_GetModState());
    SDL_PushEvent(&event);
  }
}

EMSCRIPTEN_KEEPALIVE double footfall_frames() {
  return static_cast<double>(page()->app.frames);
}

EMSCRIPTEN_KEEPALIVE const char* footfall_snapshot() {
  static std::string text;
  text = snapshot(page()->app);
  return text.c_str();
}

EMSCRIPTEN_KEEPALIVE const char* footfall_commands() {
  static std::string text;
  text = commands_json(page()->app);
  return text.c_str();
}

EMSCRIPTEN_KEEPALIVE int footfall_run(const char* command) {
  page()->shell->wake();
  return run_command(page()->app, command);
}

EMSCRIPTEN_KEEPALIVE const char* footfall_edits() {
  static std::string text;
  text = edits_json(page()->app);
  return text.c_str();
}

/// {x, y, width, height} of an item, or null.
EMSCRIPTEN_KEEPALIVE const char* footfall_rect(const char* id) {
  static std::string text;
  text = answer(page()->app, std::string("rect ") + id);
  return text.c_str();
}

EMSCRIPTEN_KEEPALIVE const char* footfall_items() {
  static std::string text;
  text = answer(page()->app, "items");
  return text.c_str();
}

EMSCRIPTEN_KEEPALIVE const char* footfall_label(const char* section, const char* id) {
  static std::string text;
  text = label(page()->app.settings.language, section, id);
  return text.c_str();
}

}  // extern "C"
