// Dialogs over the window: the command palette, opening a path, about; and the toasts.
#include <algorithm>
#include <cctype>

#include <imgui.h>

#include "core/version.hpp"
#include "ui/app.hpp"
#include "ui/fonts.hpp"
#include "ui/icons.hpp"
#include "ui/platform.hpp"
#include "ui/tr.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {
namespace {

bool input(const char* id, const char* hint, std::string& text, bool focus,
           ImGuiInputTextFlags flags = 0) {
  std::string buffer = text;
  buffer.resize(std::max<std::size_t>(512, text.size() + 256));
  ImGui::SetNextItemWidth(-1);
  if (focus) ImGui::SetKeyboardFocusHere();
  const bool entered = ImGui::InputTextWithHint(id, hint, buffer.data(), buffer.size(), flags);
  text = buffer.c_str();
  return entered;
}

/// Dims the window and opens a card in the middle. A click beside it closes the dialog.
bool begin_dialog(App& app, const char* id, float width, float top, bool appeared) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos(ImVec2(0, 0));
  ImGui::SetNextWindowSize(size);
  if (appeared) ImGui::SetNextWindowFocus();  // over all panels
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::Begin("##dim", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoNav);
  ImGui::PopStyleVar();
  ImGui::GetWindowDrawList()->AddRectFilled(ImVec2(0, 0), size, Colour{0x0a0f1866}.im());
  if (ImGui::InvisibleButton("beside", size)) app.dialog = Dialog::none;
  ImGui::End();
  const float wide = std::min(width, size.x - 2 * space::l);
  ImGui::SetNextWindowPos(ImVec2((size.x - wide) / 2, size.y * top));
  ImGui::SetNextWindowSizeConstraints(ImVec2(wide, 0), ImVec2(wide, size.y * 0.8f));
  if (appeared) ImGui::SetNextWindowFocus();
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(space::l, space::l));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 10);
  const bool open = ImGui::Begin(id, nullptr,
                                 ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                                     ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                                     ImGuiWindowFlags_AlwaysAutoResize);
  ImGui::PopStyleVar(2);
  return open;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

/// Commands whose name in either language holds the text.
std::vector<const Command*> matching(const App& app) {
  std::vector<const Command*> found;
  const std::string wanted = lower(app.palette_filter);
  for (const Command& command : app.commands.all()) {
    const std::string names = lower(command_text(Language::english, command)) + "\n" +
                              std::string(command_text(Language::chinese, command));
    if (command.id != "help.palette" && command.id != "edit.cancel" &&
        names.find(wanted) != std::string::npos) {
      found.push_back(&command);
    }
  }
  return found;
}

void palette_dialog(App& app, bool appeared) {
  static int chosen = 0;
  if (appeared) chosen = 0, app.palette_filter.clear();
  const std::string before = app.palette_filter;
  const bool entered = input("##filter", tr("ui.palette_hint").c_str(), app.palette_filter,
                             appeared, ImGuiInputTextFlags_EnterReturnsTrue);
  mark("palette.filter");
  const auto found = matching(app);
  const int last = static_cast<int>(found.size()) - 1;
  if (app.palette_filter != before) chosen = 0;
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) ++chosen;
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) --chosen;
  chosen = std::clamp(chosen, 0, std::max(0, last));
  const Command* run = nullptr;
  ImGui::BeginChild("list", ImVec2(0, std::min(380.0f, 32.0f * static_cast<float>(last + 1) + 8)));
  for (int i = 0; i <= last; ++i) {
    const Command& command = *found[static_cast<std::size_t>(i)];
    const std::string id = "##" + std::string(command.id);
    ImGui::BeginDisabled(!command.enabled(app));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    if (ImGui::Selectable(id.c_str(), i == chosen, 0, ImVec2(0, 24))) run = &command;
    mark("palette." + std::string(command.id));
    ImDrawList* list = ImGui::GetWindowDrawList();
    const std::uint32_t colour = ImGui::GetColorU32(palette().text.im());
    draw_icon(list, command.icon, ImVec2(at.x + 12, at.y + 12), 16, colour);
    const std::string text(command_text(language_in_use(), command));
    list->AddText(ImVec2(at.x + 30, at.y + 3), colour, text.c_str());
    const std::string keys = shortcut_text(command.shortcut);
    const float right = ImGui::GetWindowPos().x + ImGui::GetContentRegionMax().x;
    list->AddText(ImVec2(right - ImGui::CalcTextSize(keys.c_str()).x - space::s, at.y + 3),
                  ImGui::GetColorU32(palette().muted.im()), keys.c_str());
    ImGui::EndDisabled();
  }
  ImGui::EndChild();
  if (found.empty()) text_small(tr("ui.palette_none"));
  if (entered && !found.empty()) run = found[static_cast<std::size_t>(chosen)];
  if (run == nullptr) return;
  app.dialog = Dialog::none;
  if (run->enabled(app)) run->run(app);
}

void open_dialog(App& app, bool appeared) {
  ImGui::TextUnformatted(tr("ui.open_title").c_str());
  text_wrapped_small(tr("ui.open_hint"));
  const bool entered = input("##path", tr("ui.open_path").c_str(), app.open_path, appeared,
                             ImGuiInputTextFlags_EnterReturnsTrue);
  mark("open.path");
  ImGui::Dummy(ImVec2(0, space::xs));
  const bool pressed = text_button("open.ok", tr("ui.open"), true);
  ImGui::SameLine();
  if (text_button("open.cancel", tr("ui.cancel"))) app.dialog = Dialog::none;
  if (!(entered || pressed) || app.open_path.empty()) return;
  app.dialog = Dialog::none;
  platform::open_path(app.open_path);
}

void about_dialog(App& app) {
  ImGui::PushFont(fonts().large);
  ImGui::TextUnformatted("Footfall");
  ImGui::PopFont();
  text_small(tr("ui.about_version", {version}));
  ImGui::Dummy(ImVec2(0, space::xs));
  text_wrapped(tr("ui.about_text"));
  for (const std::string& line : app.document.scenario().attribution) text_wrapped_small(line);
  text_wrapped_small(tr("ui.about_libraries"));
  ImGui::Dummy(ImVec2(0, space::xs));
  if (text_button("about.close", tr("ui.close"), true)) app.dialog = Dialog::none;
}

}  // namespace

void dialogs_view(App& app) {
  static Dialog shown = Dialog::none;
  const bool appeared = app.dialog != shown;
  shown = app.dialog;
  switch (app.dialog) {
    case Dialog::none:
      return;
    case Dialog::palette:
      if (begin_dialog(app, "##palette", 560, 0.12f, appeared)) palette_dialog(app, appeared);
      break;
    case Dialog::open:
      if (begin_dialog(app, "##open", 520, 0.22f, appeared)) open_dialog(app, appeared);
      break;
    case Dialog::about:
      if (begin_dialog(app, "##about", 460, 0.22f, appeared)) about_dialog(app);
      break;
  }
  ImGui::End();
}

void toasts_view(App& app, const Rect& over) {
  const Palette& p = palette();
  float bottom = over.y + over.height - 36;
  int n = 0;
  for (auto toast = app.toasts.rbegin(); toast != app.toasts.rend(); ++toast, ++n) {
    const float width = std::min(460.0f, over.width - 2 * space::l);
    const float wrap = width - 2 * space::m - 56;
    const ImVec2 text = ImGui::CalcTextSize(toast->text.c_str(), nullptr, false, wrap);
    const ImVec2 size(std::min(width, text.x + 2 * space::m + 56), text.y + 2 * space::m);
    const ImVec2 at(over.x + (over.width - size.x) / 2, bottom - size.y);
    const std::string id = "##toast" + std::to_string(n);
    ImGui::PushStyleColor(ImGuiCol_WindowBg, p.toast.im());
    ImGui::PushStyleColor(ImGuiCol_Text, p.on_toast.im());
    ImGui::SetNextWindowPos(at);
    ImGui::SetNextWindowSize(size);
    ImGui::Begin(id.c_str(), nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing |
                     ImGuiWindowFlags_NoNav);
    const bool wrong = toast->kind == Toast::Kind::error;
    draw_icon(ImGui::GetWindowDrawList(),
              wrong                                 ? "warning"
              : toast->kind == Toast::Kind::success ? "check"
                                                    : "info",
              ImVec2(at.x + 20, at.y + size.y / 2), 16,
              (wrong ? Colour{0xe5604fff} : p.on_toast).im());
    ImGui::SetCursorPos(ImVec2(36, space::m));
    ImGui::PushTextWrapPos(36 + wrap + 1);
    ImGui::TextUnformatted(toast->text.c_str());
    ImGui::PopTextWrapPos();
    ImGui::SetCursorPos(ImVec2(size.x - 28, size.y / 2 - 12));
    ImGui::InvisibleButton("close", ImVec2(24, 24));
    mark(n == 0 ? "toast.close" : "toast.close." + std::to_string(n));
    draw_icon(ImGui::GetWindowDrawList(), "close", ImVec2(at.x + size.x - 16, at.y + size.y / 2),
              12, p.on_toast.im());
    if (ImGui::IsItemClicked()) toast->until_ms = 0;
    ImGui::End();
    ImGui::PopStyleColor(2);
    bottom = at.y - space::s;
  }
}

}  // namespace footfall::ui
