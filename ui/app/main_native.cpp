// footfall-window: the window on a desktop.
#include <atomic>
#include <deque>
#include <fstream>
#include <iostream>
#include <mutex>
#include <thread>

#include <CLI/CLI.hpp>
#include <SDL.h>

#include "sim/scenario/files.hpp"
#include "sim/scenario/generate.hpp"
#include "ui/app.hpp"
#include "ui/hooks.hpp"
#include "ui/platform.hpp"
#include "ui/shell.hpp"

namespace footfall::ui {
namespace {

/// The lines of stdin as they come, read on a thread of their own.
class Lines {
 public:
  void start() {
    std::thread([this] {
      std::string line;
      while (std::getline(std::cin, line)) add(line);
      add("quit");
    }).detach();
  }
  std::optional<std::string> next() {
    const std::lock_guard lock(mutex_);
    if (lines_.empty()) return std::nullopt;
    std::string line = std::move(lines_.front());
    lines_.pop_front();
    return line;
  }

 private:
  void add(const std::string& line) {
    {
      const std::lock_guard lock(mutex_);
      lines_.push_back(line);
    }
    SDL_Event wake{};
    wake.type = SDL_USEREVENT;
    SDL_PushEvent(&wake);
  }
  std::mutex mutex_;
  std::deque<std::string> lines_;
};

/// "screenshot FILE" writes a PPM (P6).
std::string save_screenshot(Shell& shell, const std::string& path) {
  const Shell::Image image = shell.screenshot();
  std::ofstream out(path, std::ios::binary);
  out << "P6\n" << image.width << ' ' << image.height << "\n255\n" << image.rgb;
  return out ? "true" : "false";
}

/// Answers all waiting lines; false after "quit".
bool answer_lines(Lines& lines, App& app, Shell& shell) {
  while (const auto line = lines.next()) {
    if (*line == "quit") return false;
    const bool picture = line->rfind("screenshot ", 0) == 0;
    const std::string reply =
        picture ? save_screenshot(shell, line->substr(11)) : answer(app, *line);
    std::cout << reply << std::endl;
    if (line->rfind("command ", 0) == 0) shell.wake();
  }
  return true;
}

/// Without a file there is still something to look at.
void open_generated(App& app) {
  const auto city = scenario::generate_city({});
  if (!city) return app.toast(city.error());
  const Errors errors = app.document.open(*city);
  if (!errors.empty()) app.toast(errors);
}

int run(const App::Options& options, const Shell::Options& size, const std::string& scenario,
        bool hooks) {
  App app(options);
  auto shell = Shell::open(app, size);
  if (!shell) {
    std::cerr << "footfall-window: " << describe(shell.error()) << '\n';
    return 1;
  }
  if (scenario.empty()) {
    open_generated(app);
  } else {
    platform::open_path(scenario);
  }
  static Lines lines;  // its thread ends with the program
  if (hooks) lines.start();
  while ((*shell)->step()) {
    if (!answer_lines(lines, app, **shell)) break;
    (*shell)->wait();
  }
  platform::engine_cancel(platform::Engine::ranking);
  platform::engine_cancel(platform::Engine::studies);
  return 0;
}

}  // namespace
}  // namespace footfall::ui

int main(int count, char** arguments) {
  using namespace footfall;
  std::string scenario, language, theme, size = "1440x900";
  bool hooks = false;
  CLI::App cli("Footfall's window: candidate sites on the map, dragged with their figures.");
  cli.add_option("scenario", scenario, "Scenario: a folder or a .footfall file");
  cli.add_option("--lang", language, "Language")->check(CLI::IsMember({"en", "zh"}));
  cli.add_option("--theme", theme, "Theme")->check(CLI::IsMember({"light", "dark"}));
  cli.add_option("--size", size, "Size in logical pixels, WIDTHxHEIGHT")->capture_default_str();
  cli.add_flag("--hooks", hooks, "Answer the test protocol on stdin (ui/hooks.hpp)");
  CLI11_PARSE(cli, count, arguments);
  ui::App::Options options;
  if (!language.empty()) {
    options.language = language == "zh" ? Language::chinese : Language::english;
  }
  if (!theme.empty()) options.dark = theme == "dark";
  ui::Shell::Options window;
  char rest = 0;
  if (std::sscanf(size.c_str(), "%dx%d%c", &window.width, &window.height, &rest) != 2 ||
      window.width < 320 || window.height < 240 || window.width > 16384 || window.height > 16384) {
    std::cerr << "footfall-window: --size: \"" << size
              << "\" is not allowed (WIDTHxHEIGHT from 320x240 to 16384x16384)\n";
    return 2;
  }
  return ui::run(options, window, scenario, hooks);
}
