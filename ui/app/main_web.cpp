// The window in a browser page. The page gives options as arguments, --lang en|zh and --theme
// light|dark; main() returns at once, and the browser calls step() before each of its frames.
#include <string_view>

#include <SDL.h>
#include <emscripten.h>
#include <imgui.h>

#include "ui/app/page_web.hpp"
#include "ui/platform.hpp"

// clang-format off
EM_JS(void, page_place_input, (int active, float x, float y, float height), {
  Module.bridge.place_input(active !== 0, x, y, height);
})
EM_JS(void, page_copy, (const char* text), { Module.bridge.copy(UTF8ToString(text)); })
// clang-format on

namespace footfall::ui {
namespace {

Page* the_page = nullptr;

App::Options options_of(int count, char** arguments) {
  App::Options options;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string_view name = arguments[i], value = arguments[i + 1];
    if (name == "--lang") options.language = value == "zh" ? Language::chinese : Language::english;
    if (name == "--theme") options.dark = value == "dark";
  }
  return options;
}

// The page has an input field and a clipboard of its own (web/input.js): SDL's would stand in the
// way.
void use_page_input() {
  SDL_StopTextInput();
  ImGuiIO& io = ImGui::GetIO();
  io.SetClipboardTextFn = [](void*, const char* text) {
    the_page->clipboard = text;
    page_copy(text);
  };
  io.GetClipboardTextFn = [](void*) { return the_page->clipboard.c_str(); };
  io.SetPlatformImeDataFn = [](ImGuiViewport*, ImGuiPlatformImeData* data) {
    page_place_input(data->WantVisible, data->InputPos.x, data->InputPos.y, data->InputLineHeight);
  };
}

}  // namespace

Page* page() {
  return the_page;
}

void Page::step() {
  if (!context_lost) shell->step();
}

}  // namespace footfall::ui

int main(int count, char** arguments) {
  using namespace footfall::ui;
  SDL_SetHint(SDL_HINT_EMSCRIPTEN_KEYBOARD_ELEMENT, "#canvas");
  static Page only{App(options_of(count, arguments)), nullptr, false, {}};
  auto shell = Shell::open(only.app, {});
  if (!shell) return 1;
  only.shell = std::move(*shell);
  the_page = &only;
  use_page_input();
  emscripten_set_main_loop([] { page()->step(); }, 0, false);
  return 0;
}
