// The browser page, through web/bridge.js: Module.bridge offers what the page can do, and calls
// footfall_event() with what has arrived.
#include <deque>

#include <emscripten.h>

#include "sim/study/session.hpp"
#include "ui/platform.hpp"

// Bytes are copied before they are handed out: what is a view of this program's memory dies when
// the memory grows.
// clang-format off
EM_JS(void, page_engine_run, (int engine, const char* bytes, std::size_t size, double generation), {
  Module.bridge.engine_run(engine, HEAPU8.slice(bytes, bytes + size), generation);
})
EM_JS(void, page_engine_cancel, (int engine), { Module.bridge.engine_cancel(engine); })
EM_JS(void, page_choose_file, (), { Module.bridge.choose_file(); })
EM_JS(void, page_save_file, (const char* name, const char* bytes, std::size_t size, const char* type), {
  Module.bridge.save_file(UTF8ToString(name), HEAPU8.slice(bytes, bytes + size), UTF8ToString(type));
})
EM_JS(void, page_open_tab, (const char* name, const char* html, std::size_t size), {
  Module.bridge.open_tab(UTF8ToString(name), HEAPU8.slice(html, html + size));
})
EM_JS(void, page_store, (const char* key, const char* bytes, std::size_t size), {
  Module.bridge.store(UTF8ToString(key), HEAPU8.slice(bytes, bytes + size));
})
EM_JS(void, page_load, (const char* key), { Module.bridge.load(UTF8ToString(key)); })
EM_JS(void, page_request_font, (), { Module.bridge.request_font(); })
EM_JS(int, page_is_chinese, (), { return Module.bridge.language() === "zh" ? 1 : 0; })
EM_JS(int, page_prefers_dark, (), { return Module.bridge.prefers_dark() ? 1 : 0; })
// clang-format on

namespace footfall::ui::platform {
namespace {

std::deque<Event>& events() {
  static std::deque<Event> queue;
  return queue;
}

// The page knows no study::Reply: it says what went wrong in words.
Event failed_run(Engine engine, std::uint64_t generation, const char* text) {
  study::Reply reply;
  reply.generation = generation;
  reply.errors = {{"", "", "", text, ""}};
  return {Event::Kind::engine_reply, "", "", study::encode(reply), generation, 0, engine};
}

}  // namespace

std::optional<Event> next_event() {
  if (events().empty()) return std::nullopt;
  Event event = std::move(events().front());
  events().pop_front();
  return event;
}

void engine_run(Engine engine, std::string request, std::uint64_t generation) {
  page_engine_run(static_cast<int>(engine), request.data(), request.size(),
                  static_cast<double>(generation));
}
void engine_cancel(Engine engine) {
  page_engine_cancel(static_cast<int>(engine));
}

void in_background(std::function<void()> work) {
  work();
}

void choose_file() {
  page_choose_file();
}
bool has_file_chooser() {
  return true;
}
void open_path(const std::string&) {}  // a page sees no paths

void save_file(const std::string& name, std::string bytes, std::string_view mime_type) {
  page_save_file(name.c_str(), bytes.data(), bytes.size(), std::string(mime_type).c_str());
}
void open_in_browser(const std::string& name, std::string html) {
  page_open_tab(name.c_str(), html.data(), html.size());
}

void store(const std::string& key, std::string bytes) {
  page_store(key.c_str(), bytes.data(), bytes.size());
}
void load(const std::string& key) {
  page_load(key.c_str());
}

void request_font() {
  page_request_font();
}

std::string language() {
  return page_is_chinese() ? "zh" : "en";
}
bool prefers_dark() {
  return page_prefers_dark() != 0;
}
double pixel_ratio() {
  return emscripten_get_device_pixel_ratio();
}
double now_ms() {
  return emscripten_get_now();
}

}  // namespace footfall::ui::platform

using footfall::ui::platform::Engine;
using footfall::ui::platform::Event;

extern "C" {

/// `kind` is the number of an Event::Kind, or -1: the engine failed, and `text` says why.
EMSCRIPTEN_KEEPALIVE void footfall_event(int kind, const char* name, const char* text,
                                         const char* bytes, std::size_t size, double generation,
                                         double share, int engine) {
  namespace platform = footfall::ui::platform;
  const auto number = static_cast<std::uint64_t>(generation);
  const auto which = static_cast<Engine>(engine);
  platform::events().push_back(kind < 0 ? platform::failed_run(which, number, text)
                                        : Event{static_cast<Event::Kind>(kind), name, text,
                                                std::string(bytes, size), number, share, which});
}

}  // extern "C"
