// What the window needs from the system it runs on. platform_native.cpp (SDL2 on a desktop) and
// platform_web.cpp (a browser page, through web/bridge.js) implement it; CMake picks the file.
//
// Everything that arrives from outside comes as an Event, taken once a frame by next_event().
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace footfall::ui::platform {

/// Engines of their own, so that the live ranking never ends a long study, nor a study a batch.
/// Each holds a scenario of its own, and is made when first asked.
enum class Engine : std::uint8_t {
  ranking,  ///< the study behind the map of sites
  studies,  ///< all others
  batch     ///< units of a batch
};
inline constexpr std::size_t engines = 3;

struct Event {
  enum class Kind : std::uint8_t {
    file,              ///< a file was opened or dropped: name, bytes (a folder arrives packed)
    file_failed,       ///< it could not be read: name, text says why
    engine_progress,   ///< generation, share, text = stage key
    engine_reply,      ///< bytes = encoded study::Reply
    font,              ///< the large Chinese font has arrived: bytes
    context_restored,  ///< all GL objects are gone: make them again
    saved,             ///< save_file() is done: name = where the user finds it
    stored             ///< answer to load(): name = key, bytes ("" where there is nothing)
  };
  Kind kind;
  std::string name;
  std::string text;
  std::string bytes;
  std::uint64_t generation = 0;
  double share = 0;
  Engine engine = {};  ///< of progress and replies
};
std::optional<Event> next_event();

/// Studies: bytes of study::Request in; progress and reply come as events. A new request cancels
/// the one that runs in the same engine. Never blocks.
void engine_run(Engine engine, std::string request, std::uint64_t generation);
void engine_cancel(Engine engine);

/// Work that would hold up the window, and may not touch it. Natively on a thread of its own; when
/// it is done the window takes a turn. In the browser, which gives the window no thread, at once.
void in_background(std::function<void()> work);

/// Natively: a file chooser (zenity or kdialog where there is one, else the path field of the
/// window's own dialog); in the browser: the page's file input. The answer is an Event::file.
void choose_file();
bool has_file_chooser();
/// Natively: open this path now.
void open_path(const std::string& path);
/// Natively: writes beside the opened scenario or into the current folder, atomically; in the
/// browser: a download. The answer is Event::saved or file_failed.
void save_file(const std::string& name, std::string bytes, std::string_view mime_type);
void open_in_browser(const std::string& name, std::string html);

/// Small values that survive a restart (settings, autosave): a file in the user's state folder, or
/// IndexedDB.
void store(const std::string& key, std::string bytes);
void load(const std::string& key);

/// Asks for the Chinese font (Event::font); natively it is built in and arrives at once.
void request_font();

/// Preferred language of the system ("en", "zh") and whether it prefers a dark theme.
std::string language();
bool prefers_dark();
/// Physical pixels per logical pixel.
double pixel_ratio();

/// Milliseconds since some start, for frame statistics only.
double now_ms();

}  // namespace footfall::ui::platform
