// What the page and its tests call (web/bridge.js, web/loader.js). Texts that are returned live until
// the next call of the same function.
#include <emscripten.h>
#include <imgui.h>

#include "core/json.hpp"
#include "core/texts.hpp"
#include "ui/app/page_web.hpp"
#include "ui/hooks.hpp"

using namespace footfall;
using namespace footfall::ui;

extern "C" {

/// Whether there is a window. Only then may the others be called.
EMSCRIPTEN_KEEPALIVE int footfall_running() { return page() != nullptr; }

/// One turn out of order: a canvas of a new size is empty until it is drawn again.
EMSCRIPTEN_KEEPALIVE void footfall_step() { page()->step(); }

EMSCRIPTEN_KEEPALIVE void footfall_context_lost() { page()->context_lost = true; }
EMSCRIPTEN_KEEPALIVE void footfall_context_restored() { page()->context_lost = false; }

/// Text that was typed or composed.
EMSCRIPTEN_KEEPALIVE void footfall_text(const char* text) {
  ImGui::GetIO().AddInputCharactersUTF8(text);
  page()->shell->wake();
}

/// The browser has allowed to paste this: now ImGui sees the keys for it.
EMSCRIPTEN_KEEPALIVE void footfall_paste(const char* text) {
  page()->clipboard = text;
  ImGuiIO& io = ImGui::GetIO();
  const bool held = io.KeyCtrl;
  io.AddKeyEvent(ImGuiMod_Ctrl, true);
  io.AddKeyEvent(ImGuiKey_V, true);
  io.AddKeyEvent(ImGuiKey_V, false);
  io.AddKeyEvent(ImGuiMod_Ctrl, held);
  page()->shell->wake();
}

EMSCRIPTEN_KEEPALIVE double footfall_frames() { return static_cast<double>(page()->app.frames); }

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
