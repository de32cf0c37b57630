#include "ui/commands.hpp"

#include <algorithm>

#include <imgui.h>

#include "ui/app.hpp"
#include "ui/platform.hpp"

namespace footfall::ui {
namespace {

bool always(const App&) {
  return true;
}
bool is_open(const App& app) {
  return app.document.is_open();
}
bool has_results(const App& app) {
  return app.shown_results() != nullptr;
}
bool sites_open(const App& app) {
  return app.document.is_open() && app.on_sites();
}
bool has_sites(const App& app) {
  return app.on_sites() && !app.document.sites().empty();
}
bool has_selection(const App& app) {
  return app.on_sites() && static_cast<bool>(app.document.selected());
}
bool has_runs(const App& app) {
  return app.on_runs() && !app.batch.figures().empty();
}
bool has_film(const App& app) {
  return app.on_film() && !app.film.empty();
}

template <Workspace workspace>
bool can_go(const App& app) {
  return app.document.is_open() && has_studies(workspace);
}
template <Workspace workspace>
bool on(const App& app) {
  return app.settings.workspace == workspace;
}
template <Workspace workspace>
void go(App& app) {
  app.set_workspace(workspace);
}

constexpr double film_step_s = 15 * 60;

void step_day(App& app, int by) {
  const std::size_t day = app.film.day();
  if (by > 0 || day > 0) app.film.set_day(by > 0 ? day + 1 : day - 1);
}

void zoom(App& app, double factor) {
  const Camera& c = app.camera;
  app.camera.zoom(factor, {c.x() + c.width() / 2, c.y() + c.height() / 2});
}

void cancel(App& app) {
  if (app.document.dragging()) return app.document.cancel_drag(platform::now_ms());
  if (app.dialog != Dialog::none) {
    app.dialog = Dialog::none;
  } else if (app.tool != Tool::select) {
    app.tool = Tool::select;
  } else {
    app.select({});
  }
}

constexpr Shortcut none{};
constexpr Shortcut key(int code) {
  return {code};
}
constexpr Shortcut ctrl(int code) {
  return {code, true};
}
constexpr Shortcut shift(int code) {
  return {code, false, true};
}
constexpr Shortcut ctrl_shift(int code) {
  return {code, true, true};
}

const Command table[] = {
    {"file.open", Menu::file, ctrl(ImGuiKey_O), "open", always, [](App& a) { a.choose_file(); }},
    {"file.save", Menu::file, ctrl(ImGuiKey_S), "save", is_open, [](App& a) { a.save_scenario(); }},
    {"file.save_edits", Menu::file, ctrl_shift(ImGuiKey_S), "",
     [](const App& a) { return a.document.undo_depth() > 0; }, [](App& a) { a.save_edits(); }},
    {"file.report", Menu::file, ctrl(ImGuiKey_R), "report", has_results,
     [](App& a) { a.show_report(); }},
    {"file.runs", Menu::file, none, "save", has_runs, [](App& a) { a.export_runs(); }},

    {"edit.undo", Menu::edit, ctrl(ImGuiKey_Z), "undo",
     [](const App& a) { return a.document.undo_depth() > 0; }, [](App& a) { a.document.undo(); }},
    {"edit.redo", Menu::edit, ctrl_shift(ImGuiKey_Z), "redo",
     [](const App& a) { return a.document.redo_depth() > 0; }, [](App& a) { a.document.redo(); }},
    {"edit.select", Menu::edit, key(ImGuiKey_V), "select", sites_open,
     [](App& a) { a.tool = Tool::select; }, [](const App& a) { return a.tool == Tool::select; }},
    {"edit.add_site", Menu::edit, key(ImGuiKey_A), "add", sites_open,
     [](App& a) { a.tool = a.tool == Tool::add_site ? Tool::select : Tool::add_site; },
     [](const App& a) { return a.tool == Tool::add_site; }},
    {"edit.delete", Menu::edit, key(ImGuiKey_Delete), "delete", has_selection,
     [](App& a) {
       const Errors e = a.document.remove(a.document.selected(), platform::now_ms());
       if (!e.empty()) a.toast(e);
     }},
    {"edit.next", Menu::edit, key(ImGuiKey_DownArrow), "", has_sites,
     [](App& a) { a.document.select_neighbour(1); }},
    {"edit.previous", Menu::edit, key(ImGuiKey_UpArrow), "", has_sites,
     [](App& a) { a.document.select_neighbour(-1); }},
    {"edit.cancel", Menu::edit, key(ImGuiKey_Escape), "", always, cancel},

    {"view.sites", Menu::view, key(ImGuiKey_1), "add", always, go<Workspace::sites>,
     on<Workspace::sites>},
    {"view.shoppers", Menu::view, key(ImGuiKey_2), "people", can_go<Workspace::shoppers>,
     go<Workspace::shoppers>, on<Workspace::shoppers>},
    {"view.world", Menu::view, key(ImGuiKey_3), "report", can_go<Workspace::world>,
     go<Workspace::world>, on<Workspace::world>},
    {"view.runs", Menu::view, key(ImGuiKey_4), "runs", can_go<Workspace::runs>, go<Workspace::runs>,
     on<Workspace::runs>},
    {"view.fit", Menu::view, key(ImGuiKey_F), "fit", is_open, [](App& a) { a.fit_pending = true; }},
    {"view.zoom_in", Menu::view, key(ImGuiKey_Equal), "plus", is_open,
     [](App& a) { zoom(a, 1.5); }},
    {"view.zoom_out", Menu::view, key(ImGuiKey_Minus), "minus", is_open,
     [](App& a) { zoom(a, 1 / 1.5); }},
    {"view.centre", Menu::view, key(ImGuiKey_C), "", has_selection,
     [](App& a) { a.select(a.document.selected(), true); }},
    {"view.left", Menu::view, shift(ImGuiKey_1), "left", always,
     [](App& a) { a.settings.show_left = !a.settings.show_left; },
     [](const App& a) { return a.settings.show_left; }},
    {"view.chart", Menu::view, shift(ImGuiKey_2), "bottom", always,
     [](App& a) { a.settings.show_chart = !a.settings.show_chart; },
     [](const App& a) { return a.settings.show_chart; }},
    {"view.right", Menu::view, shift(ImGuiKey_3), "right", always,
     [](App& a) { a.settings.show_right = !a.settings.show_right; },
     [](const App& a) { return a.settings.show_right; }},
    {"view.theme", Menu::view, key(ImGuiKey_T), "theme", always,
     [](App& a) { a.set_dark(!a.settings.dark); }, [](const App& a) { return a.settings.dark; }},
    {"view.language", Menu::view, key(ImGuiKey_L), "language", always,
     [](App& a) {
       a.set_language(a.settings.language == Language::english ? Language::chinese
                                                               : Language::english);
     }},

    {"run.again", Menu::run, key(ImGuiKey_F5), "run", is_open, [](App& a) { a.run_study(); }},
    {"run.cancel", Menu::run, none, "close",
     [](const App& a) {
       if (a.on_runs()) return a.batch.running();
       const study::Study* study = a.shown_study();
       return study == nullptr ? a.document.computing() : a.studies.state(study->name).busy();
     },
     [](App& a) { a.cancel_study(); }},
    {"film.play", Menu::run, key(ImGuiKey_Space), "play", has_film,
     [](App& a) {
       if (a.film.second() >= Playback::day_s) a.film.set_second(0);
       a.film.set_playing(!a.film.playing());
     },
     [](const App& a) { return a.film.playing(); }},
    {"film.back", Menu::run, key(ImGuiKey_LeftArrow), "", has_film,
     [](App& a) { a.film.set_second(a.film.second() - film_step_s); }},
    {"film.forward", Menu::run, key(ImGuiKey_RightArrow), "", has_film,
     [](App& a) { a.film.set_second(a.film.second() + film_step_s); }},
    {"film.slower", Menu::run, key(ImGuiKey_LeftBracket), "", has_film,
     [](App& a) { a.film.set_speed(a.film.speed() / 2); }},
    {"film.faster", Menu::run, key(ImGuiKey_RightBracket), "", has_film,
     [](App& a) { a.film.set_speed(a.film.speed() * 2); }},
    {"film.previous_day", Menu::run, shift(ImGuiKey_LeftArrow), "previous", has_film,
     [](App& a) { step_day(a, -1); }},
    {"film.next_day", Menu::run, shift(ImGuiKey_RightArrow), "next", has_film,
     [](App& a) { step_day(a, 1); }},

    {"help.palette", Menu::help, ctrl(ImGuiKey_K), "search", always,
     [](App& a) { a.dialog = Dialog::palette; }},
    {"help.about", Menu::help, key(ImGuiKey_F1), "info", always,
     [](App& a) { a.dialog = Dialog::about; }},
};

}  // namespace

Commands::Commands() : commands_(std::begin(table), std::end(table)) {}

const Command* Commands::find(std::string_view id) const {
  const auto it = std::find_if(commands_.begin(), commands_.end(),
                               [&](const Command& c) { return c.id == id; });
  return it == commands_.end() ? nullptr : &*it;
}

bool Commands::run(App& app, std::string_view id) const {
  const Command* command = find(id);
  if (command == nullptr || !command->enabled(app)) return false;
  command->run(app);
  return true;
}

std::string shortcut_text(const Shortcut& shortcut) {
  if (shortcut.key == 0) return {};
  std::string text = shortcut.ctrl ? "Ctrl+" : "";
  if (shortcut.shift) text += "Shift+";
  switch (shortcut.key) {
    case ImGuiKey_Equal:
      return text + "+";
    case ImGuiKey_Minus:
      return text + "-";
    case ImGuiKey_Escape:
      return text + "Esc";
    case ImGuiKey_Delete:
      return text + "Del";
    case ImGuiKey_Space:
      return text + "Space";
    case ImGuiKey_LeftArrow:
      return text + "←";
    case ImGuiKey_RightArrow:
      return text + "→";
    case ImGuiKey_LeftBracket:
      return text + "[";
    case ImGuiKey_RightBracket:
      return text + "]";
    case ImGuiKey_UpArrow:
      return text + "↑";
    case ImGuiKey_DownArrow:
      return text + "↓";
    default:
      break;
  }
  if (shortcut.key >= ImGuiKey_A && shortcut.key <= ImGuiKey_Z) {
    return text + static_cast<char>('A' + shortcut.key - ImGuiKey_A);
  }
  if (shortcut.key >= ImGuiKey_0 && shortcut.key <= ImGuiKey_9) {
    return text + static_cast<char>('0' + shortcut.key - ImGuiKey_0);
  }
  if (shortcut.key >= ImGuiKey_F1 && shortcut.key <= ImGuiKey_F12) {
    return text + "F" + std::to_string(shortcut.key - ImGuiKey_F1 + 1);
  }
  return text + "?";
}

std::string_view command_text(Language language, const Command& command) {
  return label(language, "command", command.id);
}

std::string_view menu_key(Menu menu) {
  static constexpr std::string_view keys[] = {"ui.menu.file", "ui.menu.edit", "ui.menu.view",
                                              "ui.menu.run", "ui.menu.help"};
  return keys[static_cast<std::size_t>(menu)];
}

}  // namespace footfall::ui
