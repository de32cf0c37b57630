// One registry: ids, shortcuts and texts that cannot contradict each other.
#include "ui/commands.hpp"

#include <set>
#include <string>

#include <doctest/doctest.h>

#include "ui/icons.hpp"
#include "ui/tr.hpp"

using namespace footfall;
using namespace footfall::ui;

TEST_CASE("command ids are unique and found again") {
  const Commands commands;
  std::set<std::string_view> ids;
  for (const Command& command : commands.all()) {
    CHECK_MESSAGE(ids.insert(command.id).second, command.id);
    CHECK(commands.find(command.id) == &command);
  }
  CHECK(ids.size() > 20);
  CHECK(commands.find("edit.nothing") == nullptr);
}

TEST_CASE("shortcuts are unique and can be written") {
  const Commands commands;
  std::set<std::string> keys;
  for (const Command& command : commands.all()) {
    const std::string text = shortcut_text(command.shortcut);
    if (command.shortcut.key == 0) {
      CHECK(text.empty());
      continue;
    }
    CHECK_MESSAGE(keys.insert(text).second, text);
    CHECK_MESSAGE(text.find('?') == std::string::npos, command.id);
  }
  CHECK(shortcut_text(commands.find("edit.redo")->shortcut) == "Ctrl+Shift+Z");
  CHECK(shortcut_text(commands.find("view.fit")->shortcut) == "F");
}

TEST_CASE("every command and menu has a text in both languages, and icons exist") {
  const Commands commands;
  for (const Command& command : commands.all()) {
    const std::string key = "command." + std::string(command.id);
    for (const Language language : {Language::english, Language::chinese}) {
      CHECK_MESSAGE(text(language, key) != key, key);
      CHECK(text(language, menu_key(command.menu)) != menu_key(command.menu));
    }
    CHECK_MESSAGE((command.icon.empty() || has_icon(command.icon)), command.icon);
  }
}

TEST_CASE("names of steps carry their argument") {
  use_language(Language::english);
  CHECK(step_text("ui.step.move|Vaduz") == "Move Vaduz");
  CHECK(step_text("ui.step.parameter|catchment.decay_exponent") == "Change Decay exponent");
  use_language(Language::chinese);
  CHECK(step_text("ui.step.move|瓦杜兹") == "移动 瓦杜兹");
  use_language(Language::english);
}
