// The desktop: files, the engine's thread, a state folder, the system's own programs for choosing a
// file and showing a page.
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include <SDL.h>
#include <spawn.h>
#include <unistd.h>

#include "sim/scenario/files.hpp"
#include "ui/engine_native.hpp"
#include "ui/platform.hpp"

extern char** environ;
extern const unsigned char footfall_font_cjk[];
extern const unsigned footfall_font_cjk_size;

namespace footfall::ui::platform {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = 1u << 30;
constexpr std::size_t most_files = 64;  // of a folder, as in a packed scenario

std::mutex queue_mutex;
std::deque<Event> queue;
fs::path opened_folder;      // where save_file() writes; under queue_mutex
std::set<fs::path> written;  // files of this run: these may be written again

/// Ends the window's wait.
void wake() {
  if (SDL_WasInit(SDL_INIT_VIDEO) == 0) return;
  SDL_Event event{};
  event.type = SDL_USEREVENT;
  SDL_PushEvent(&event);
}

void push(Event event) {
  {
    const std::lock_guard lock(queue_mutex);
    const bool progress = event.kind == Event::Kind::engine_progress;
    if (progress && !queue.empty() && queue.back().kind == Event::Kind::engine_progress &&
        queue.back().engine == event.engine) {
      queue.back() = std::move(event);
      return;
    }
    queue.push_back(std::move(event));
  }
  wake();
}

std::unique_ptr<NativeEngine> new_engine(Engine engine) {
  return std::make_unique<NativeEngine>(
      [engine](std::uint64_t generation, double share, std::string_view stage) {
        push({Event::Kind::engine_progress, "", std::string(stage), "", generation, share, engine});
      },
      [engine](std::uint64_t generation, std::string bytes) {
        push({Event::Kind::engine_reply, "", "", std::move(bytes), generation, 0, engine});
      });
}

/// Null where it has not been asked for anything.
std::unique_ptr<NativeEngine>& engine_of(Engine engine) {
  static std::array<std::unique_ptr<NativeEngine>, engines> all;
  return all[static_cast<std::size_t>(engine)];
}

void failed(const fs::path& path, const std::string& why) {
  push({Event::Kind::file_failed, path.string(), why, "", 0, 0});
}

/// Empty where it cannot be read; then `why` says so.
std::optional<std::string> read_file(const fs::path& path, std::string& why) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) return why = error.message(), std::nullopt;
  if (size > largest_file) return why = "is larger than 1 GiB", std::nullopt;
  std::string bytes(static_cast<std::size_t>(size), '\0');
  std::ifstream in(path, std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!in) return why = "cannot be read", std::nullopt;
  return bytes;
}

std::optional<std::string> read_folder(const fs::path& path, std::string& why) {
  scenario::FileSet files;
  std::error_code error;
  std::uintmax_t total = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
    if (!entry.is_regular_file(error)) continue;
    auto bytes = read_file(entry.path(), why);
    if (!bytes) return why = entry.path().filename().string() + ": " + why, std::nullopt;
    total += bytes->size();
    files[entry.path().filename().string()] = std::move(*bytes);
    if (files.size() > most_files || total > largest_file) {
      return why = "holds more than 64 files or 1 GiB", std::nullopt;
    }
  }
  if (error) return why = error.message(), std::nullopt;
  return scenario::pack(files);
}

/// To a temporary name beside it, then renamed.
std::string write_file(const fs::path& path, std::string_view bytes) {
  const fs::path temporary = path.string() + ".part";
  {
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.flush();
    if (!out) return "cannot be written";
  }
  std::error_code error;
  fs::rename(temporary, path, error);
  return error ? error.message() : "";
}

fs::path state_folder() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state != '\0') {
    return fs::path(state) / "footfall";
  }
  const char* home = std::getenv("HOME");
  return fs::path(home != nullptr ? home : ".") / ".local" / "state" / "footfall";
}

bool in_path(const std::string& program) {
  const char* paths = std::getenv("PATH");
  std::string list = paths != nullptr ? paths : "";
  for (std::size_t from = 0; from <= list.size();) {
    const std::size_t to = std::min(list.find(':', from), list.size());
    if (::access((fs::path(list.substr(from, to - from)) / program).c_str(), X_OK) == 0)
      return true;
    from = to + 1;
  }
  return false;
}

const char* chooser_command() {
  if (in_path("zenity")) return "zenity --file-selection 2>/dev/null";
  if (in_path("kdialog")) return "kdialog --getopenfilename 2>/dev/null";
  return nullptr;
}

/// A name that would not overwrite what this run has not written itself.
fs::path free_name(const fs::path& wanted) {
  fs::path path = wanted;
  for (int n = 2; fs::exists(path) && written.count(path) == 0; ++n) {
    path = wanted;
    path.replace_filename(wanted.stem().string() + "-" + std::to_string(n) +
                          wanted.extension().string());
  }
  return path;
}

}  // namespace

std::optional<Event> next_event() {
  const std::lock_guard lock(queue_mutex);
  if (queue.empty()) return std::nullopt;
  Event event = std::move(queue.front());
  queue.pop_front();
  return event;
}

void engine_run(Engine engine, std::string request, std::uint64_t generation) {
  auto& running = engine_of(engine);
  if (!running) running = new_engine(engine);
  running->run(std::move(request), generation);
}
void engine_cancel(Engine engine) {
  if (const auto& running = engine_of(engine)) running->cancel();
}

void in_background(std::function<void()> work) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  static std::vector<std::future<void>> running;  // waited for at the end of the program
  std::erase_if(running, [](const std::future<void>& one) {
    return one.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  });
  running.push_back(std::async(std::launch::async, [work = std::move(work)] {
    work();
    wake();
  }));
}

bool has_file_chooser() {
  return chooser_command() != nullptr;
}

void choose_file() {
  const char* command = chooser_command();
  if (command == nullptr) return;
  std::thread([command] {
    std::string path;
    if (FILE* pipe = ::popen(command, "r"); pipe != nullptr) {
      std::array<char, 4096> line{};
      if (std::fgets(line.data(), static_cast<int>(line.size()), pipe) != nullptr)
        path = line.data();
      ::pclose(pipe);
    }
    while (!path.empty() && path.back() == '\n') path.pop_back();
    if (!path.empty()) open_path(path);
  }).detach();
}

void open_path(const std::string& name) {
  in_background([path = fs::path(name)] {
    std::error_code error;
    std::string why;
    const bool folder = fs::is_directory(path, error);
    auto bytes = folder ? read_folder(path, why) : read_file(path, why);
    if (!bytes) return failed(path, why);
    {
      const std::lock_guard lock(queue_mutex);
      opened_folder = fs::absolute(path, error).parent_path();
    }
    push({Event::Kind::file, path.filename().string(), "", std::move(*bytes), 0, 0});
  });
}

void save_file(const std::string& name, std::string bytes, std::string_view) {
  std::error_code error;
  fs::path folder = fs::current_path(error);
  {
    const std::lock_guard lock(queue_mutex);
    if (!opened_folder.empty()) folder = opened_folder;
  }
  const fs::path path = free_name(folder / name);
  if (const std::string why = write_file(path, bytes); !why.empty()) return failed(path, why);
  written.insert(path);
  push({Event::Kind::saved, path.string(), "", "", 0, 0});
}

void open_in_browser(const std::string& name, std::string html) {
  std::error_code error;
  const fs::path folder =
      fs::temp_directory_path(error) / ("footfall-" + std::to_string(::getpid()));
  fs::create_directories(folder, error);
  const fs::path path = folder / name;
  if (const std::string why = write_file(path, html); !why.empty()) return failed(path, why);
  std::string program = "xdg-open", argument = path.string();
  char* arguments[] = {program.data(), argument.data(), nullptr};
  pid_t child = 0;
  posix_spawnp(&child, program.c_str(), nullptr, nullptr, arguments, environ);
  push({Event::Kind::saved, path.string(), "", "", 0, 0});
}

void store(const std::string& key, std::string bytes) {
  std::error_code error;
  fs::create_directories(state_folder(), error);
  static_cast<void>(write_file(state_folder() / (key + ".json"), bytes));
}

void load(const std::string& key) {
  std::string why;
  push({Event::Kind::stored, key, "", read_file(state_folder() / (key + ".json"), why).value_or(""),
        0, 0});
}

void request_font() {
  push({Event::Kind::font, "", "",
        std::string(reinterpret_cast<const char*>(footfall_font_cjk), footfall_font_cjk_size), 0,
        0});
}

std::string language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') {
      return std::string_view(value).substr(0, 2) == "zh" ? "zh" : "en";
    }
  }
  return "en";
}

bool prefers_dark() {
  const char* theme = std::getenv("GTK_THEME");
  return theme != nullptr && std::string_view(theme).find("dark") != std::string_view::npos;
}

double pixel_ratio() {
  SDL_Window* window = SDL_GL_GetCurrentWindow();
  if (window == nullptr) return 1;
  int wide = 1, drawable = 1;
  SDL_GetWindowSize(window, &wide, nullptr);
  SDL_GL_GetDrawableSize(window, &drawable, nullptr);
  if (drawable > wide) return static_cast<double>(drawable) / wide;
  // Where the system does not scale windows itself, its setting or its resolution says what it
  // wants.
  const char* scale = std::getenv("GDK_SCALE");
  if (scale != nullptr && *scale >= '1' && *scale <= '3') return *scale - '0';
  float dpi = 96;
  if (SDL_GetDisplayDPI(SDL_GetWindowDisplayIndex(window), nullptr, &dpi, nullptr) != 0) return 1;
  return std::min(3.0, std::max(1.0, std::floor(static_cast<double>(dpi) / 96 * 4 + 0.1) / 4));
}

double now_ms() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(now).count();
}

}  // namespace footfall::ui::platform
