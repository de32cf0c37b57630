// One registry of all that can be done without the mouse on the map. Menus, toolbar, shortcuts,
// palette, tests and the page's accessible mirror are made from it, so that none can have what
// another lacks.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/texts.hpp"

namespace footfall::ui {

class App;

/// A key with its modifiers. `key` is an ImGuiKey as a number, 0: none. Ctrl stands for Cmd on a
/// Mac.
struct Shortcut {
  int key = 0;
  bool ctrl = false, shift = false;
  friend bool operator==(const Shortcut&, const Shortcut&) = default;
};

enum class Menu : std::uint8_t { file, edit, view, run, help };

struct Command {
  std::string_view id;  ///< "edit.undo"; its text has the key "command.edit.undo"
  Menu menu;
  Shortcut shortcut;
  std::string_view icon;  ///< name in icons.hpp, empty: none
  bool (*enabled)(const App& app);
  void (*run)(App& app);
  bool (*checked)(const App& app) = nullptr;  ///< a switch that can be on
};

class Commands {
 public:
  Commands();
  std::span<const Command> all() const { return commands_; }
  const Command* find(std::string_view id) const;
  /// Runs it where it is enabled.
  bool run(App& app, std::string_view id) const;

 private:
  std::vector<Command> commands_;
};

/// "Ctrl+Shift+Z", "F", ""; the same in all languages.
std::string shortcut_text(const Shortcut& shortcut);
/// Name of a command in a language.
std::string_view command_text(Language language, const Command& command);
/// Key of a menu's title.
std::string_view menu_key(Menu menu);

}  // namespace footfall::ui
