#include "ui/widgets.hpp"

#include <algorithm>
#include <cmath>

#include "ui/app.hpp"
#include "ui/fonts.hpp"
#include "ui/hooks.hpp"
#include "ui/icons.hpp"
#include "ui/tr.hpp"

namespace footfall::ui {
namespace {

const char* end_of(std::string_view text) {
  return text.data() + text.size();
}

ImVec2 size_of(std::string_view text) {
  return ImGui::CalcTextSize(text.data(), end_of(text), false, -1);
}

/// End of the shortest piece from `at` after which a line may be broken: a word with its blank, or
/// a Chinese character with the punctuation after it.
std::size_t next_break(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto wide = [&](std::size_t i) { return byte(i) >= 0xE3 && byte(i) <= 0xEF; };
  const auto closes = [&](std::size_t i) {
    const std::string_view mark = text.substr(i, 3);
    return mark == "。" || mark == "，" || mark == "；" || mark == "、" || mark == "）" ||
           mark == "：";
  };
  std::size_t end = at;
  if (wide(at)) {
    end = std::min(text.size(), at + 3);
  } else {
    while (end < text.size() && text[end] != ' ' && !wide(end)) ++end;
  }
  while (end < text.size() && wide(end) && closes(end)) end += 3;
  if (end < text.size() && text[end] == ' ') ++end;
  return std::min(end, text.size());
}

void plain_text(std::string_view text) {
  ImGui::TextUnformatted(text.data(), end_of(text));
}

}  // namespace

bool icon_button(std::string_view id, std::string_view icon, std::string_view tip, bool enabled,
                 bool active, float size) {
  const Palette& p = palette();
  const std::string name(id);
  ImGui::BeginDisabled(!enabled);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool pressed = ImGui::InvisibleButton(name.c_str(), ImVec2(size, size));
  const bool hovered = ImGui::IsItemHovered();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 end(at.x + size, at.y + size);
  if (active || hovered) {
    list->AddRectFilled(at, end, (active ? p.selected_row : p.hover).im(), space::rounding);
  }
  const Colour colour = active ? p.accent : p.text;
  draw_icon(list, icon, ImVec2(at.x + size / 2, at.y + size / 2), 18,
            ImGui::GetColorU32(colour.im()));
  ImGui::EndDisabled();
  mark(id);
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip | ImGuiHoveredFlags_AllowWhenDisabled)) {
    tooltip(tip);
  }
  return pressed;
}

void command_button(App& app, std::string_view id, float size) {
  const Command* command = app.commands.find(id);
  if (command == nullptr) return;
  std::string tip(command_text(language_in_use(), *command));
  if (id == "edit.undo" && app.document.undo_depth() > 0) {
    tip += ": " + step_text(app.document.undo_label());
  }
  if (id == "edit.redo" && app.document.redo_depth() > 0) {
    tip += ": " + step_text(app.document.redo_label());
  }
  const std::string keys = shortcut_text(command->shortcut);
  if (!keys.empty()) tip += "   " + keys;
  const bool on = command->checked != nullptr && command->checked(app);
  if (icon_button(id, command->icon, tip, command->enabled(app), on, size)) command->run(app);
}

bool text_button(std::string_view id, std::string_view text, bool main, float width) {
  const Palette& p = palette();
  if (main) {
    ImGui::PushStyleColor(ImGuiCol_Button, p.accent.im());
    ImGui::PushStyleColor(ImGuiCol_ButtonHovered, p.accent.faded(0.9f).im());
    ImGui::PushStyleColor(ImGuiCol_ButtonActive, p.accent.faded(0.8f).im());
    ImGui::PushStyleColor(ImGuiCol_Text, p.on_accent.im());
  }
  const std::string name = std::string(text) + "###" + std::string(id);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(space::m, 7));
  const bool pressed = ImGui::Button(name.c_str(), ImVec2(width, 0));
  ImGui::PopStyleVar();
  if (main) ImGui::PopStyleColor(4);
  mark(id);
  return pressed;
}

std::size_t tab_row(std::span<const TabItem> tabs, std::size_t chosen) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    const std::string text = tr(tabs[i].key);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 size(size_of(text).x + 2 * space::s, 34);
    if (ImGui::InvisibleButton(tabs[i].id, size)) chosen = i;
    mark(tabs[i].id);
    const Palette& p = palette();
    const bool on = i == chosen;
    const Colour colour = on ? p.accent : ImGui::IsItemHovered() ? p.text : p.muted;
    list->AddText(ImVec2(at.x + space::s, at.y + 8), colour.im(), text.c_str());
    if (on) {
      list->AddRectFilled(ImVec2(at.x + space::s, at.y + 31),
                          ImVec2(at.x + size.x - space::s, at.y + 33), p.accent.im(), 1);
    }
    ImGui::SameLine(0, 0);
  }
  ImGui::NewLine();
  const ImVec2 line = ImGui::GetCursorScreenPos();
  list->AddLine(ImVec2(line.x, line.y - space::s), ImVec2(line.x + 4000, line.y - space::s),
                palette().line.im());
  return chosen;
}

float segments_width(std::span<const TabItem> items) {
  float width = 0;
  for (const TabItem& item : items) width += size_of(tr(item.key)).x + 2 * space::m;
  return width;
}

std::size_t segments(std::span<const TabItem> items, std::size_t chosen, float height) {
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const ImVec2 end(from.x + segments_width(items), from.y + height);
  list->AddRectFilled(from, end, p.card.im(), space::rounding);
  list->AddRect(from, end, p.line.im(), space::rounding);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string text = tr(items[i].key);
    const ImVec2 at = ImGui::GetCursorScreenPos(), wide = size_of(text);
    const ImVec2 size(wide.x + 2 * space::m, height);
    if (ImGui::InvisibleButton(items[i].id, size)) chosen = i;
    mark(items[i].id);
    const bool on = i == chosen, hovered = ImGui::IsItemHovered();
    const ImVec2 a(at.x + 2, at.y + 2), b(at.x + size.x - 2, at.y + size.y - 2);
    if (on) {
      list->AddRectFilled(a, b, p.selected_row.im(), space::rounding - 1);
    } else if (hovered) {
      list->AddRectFilled(a, b, p.hover.im(), space::rounding - 1);
    }
    list->AddText(ImVec2(at.x + space::m, at.y + (height - wide.y) / 2),
                  (on        ? p.accent
                   : hovered ? p.text
                             : p.muted)
                      .im(),
                  text.c_str());
    ImGui::SameLine(0, 0);
  }
  ImGui::NewLine();
  return chosen;
}

void text_small(std::string_view text) {
  ImGui::PushFont(fonts().small);
  ImGui::PushStyleColor(ImGuiCol_Text, palette().muted.im());
  plain_text(text);
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

void text_wrapped_small(std::string_view text) {
  ImGui::PushTextWrapPos(0);
  text_small(text);
  ImGui::PopTextWrapPos();
}

void text_wrapped(std::string_view text) {
  const float room = ImGui::GetContentRegionAvail().x;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 3));
  std::size_t line = 0, fits = 0, at = 0;
  while (at < text.size()) {
    const std::size_t next = next_break(text, at);
    if (size_of(text.substr(line, next - line)).x > room && fits > line) {
      plain_text(text.substr(line, fits - line));
      line = fits;
      while (line < text.size() && text[line] == ' ') ++line;
      at = fits = std::max(at, line);
      continue;
    }
    at = fits = next;
  }
  plain_text(text.substr(line));
  ImGui::PopStyleVar();
}

void section_title(std::string_view text) {
  ImGui::Dummy(ImVec2(0, space::xs));
  text_small(text);
}

void text_right(std::string_view text, Colour colour) {
  const float room = ImGui::GetContentRegionAvail().x - size_of(text).x;
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0f, room));
  ImGui::PushStyleColor(ImGuiCol_Text, colour.im());
  plain_text(text);
  ImGui::PopStyleColor();
}

void text_right_small(std::string_view text, Colour colour) {
  ImGui::PushFont(fonts().small);
  text_right(text, colour);
  ImGui::PopFont();
}

void badge(std::string_view text, Colour colour) {
  ImGui::PushFont(fonts().small);
  const ImVec2 size = size_of(text), at = ImGui::GetCursorScreenPos();
  const ImVec2 end(at.x + size.x + 2 * space::s, at.y + size.y + space::xs);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(at, end, colour.faded(0.14f).im(), 10);
  list->AddText(ImVec2(at.x + space::s, at.y + space::xs / 2), colour.im(), text.data(),
                end_of(text));
  ImGui::Dummy(ImVec2(end.x - at.x, end.y - at.y));
  ImGui::PopFont();
}

void text_cut(std::string_view text, float width) {
  if (size_of(text).x <= width) return plain_text(text);
  std::string cut(text);
  while (!cut.empty() && size_of(cut + "…").x > width) {
    do {
      cut.pop_back();
    } while (!cut.empty() && (static_cast<unsigned char>(cut.back()) & 0xC0) == 0x80);
    if (!cut.empty() && static_cast<unsigned char>(cut.back()) >= 0xC0) cut.pop_back();
  }
  plain_text(cut + "…");
  if (ImGui::IsItemHovered()) tooltip(text);
}

void range_bar(float width, double min, double max, double low, double value, double high,
               Colour colour) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const double span = max > min ? max - min : 1;
  const auto x = [&](double v) {
    return at.x + 4 + (width - 8) * static_cast<float>(std::clamp((v - min) / span, 0.0, 1.0));
  };
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float y = at.y + 6;
  list->AddRectFilled(ImVec2(at.x, y - 2), ImVec2(at.x + width, y + 2), palette().line.im(), 2);
  list->AddRectFilled(ImVec2(x(low) - 2, y - 2), ImVec2(x(high) + 2, y + 2),
                      colour.faded(0.55f).im(), 2);
  list->AddCircleFilled(ImVec2(x(value), y), 4.5f, colour.im());
  ImGui::Dummy(ImVec2(width, 12));
}

void figure_card(std::string_view label, std::string_view value, std::string_view second,
                 float width, Colour colour, bool pending) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = 82;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(at, ImVec2(at.x + width, at.y + height), palette().card.im(),
                      space::rounding);
  list->AddRectFilled(ImVec2(at.x, at.y + space::m), ImVec2(at.x + 3, at.y + height - space::m),
                      colour.im(), 2);
  ImGui::BeginGroup();
  ImGui::SetCursorScreenPos(ImVec2(at.x + space::m, at.y + space::s));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 1));
  ImGui::PushFont(fonts().small);
  ImGui::PushStyleColor(ImGuiCol_Text, palette().muted.im());
  text_cut(label, width - 2 * space::m);
  ImGui::PopStyleColor();
  ImGui::PopFont();
  ImGui::SetCursorScreenPos(ImVec2(at.x + space::m, at.y + 26));
  ImGui::PushFont(fonts().large);
  plain_text(value);
  ImGui::PopFont();
  ImGui::SetCursorScreenPos(ImVec2(at.x + space::m, at.y + 56));
  ImGui::PushFont(fonts().small);
  ImGui::PushStyleColor(ImGuiCol_Text, palette().muted.im());
  if (pending) {
    spinner(list, ImVec2(at.x + space::m + 6, at.y + 65), 5, palette().muted);
    ImGui::SetCursorScreenPos(ImVec2(at.x + space::m + 18, at.y + 56));
  }
  text_cut(second, width - 2 * space::m - (pending ? 18 : 0));
  ImGui::PopStyleColor();
  ImGui::PopFont();
  ImGui::PopStyleVar();
  ImGui::EndGroup();
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy(ImVec2(width, height));
}

void begin_card(const char* id, float width, float height) {
  ImGui::PushStyleColor(ImGuiCol_ChildBg, palette().panel.im());
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(space::l, space::m));
  ImGui::BeginChild(
      id, ImVec2(width, height),
      ImGuiChildFlags_AlwaysUseWindowPadding | (height > 0 ? 0 : ImGuiChildFlags_AutoResizeY));
  ImGui::PopStyleVar();
}

void end_card() {
  ImGui::EndChild();
  ImGui::PopStyleColor();
}

void empty_state(std::string_view icon, std::string_view title, std::string_view hint) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  ImGui::Dummy(ImVec2(0, std::max(0.0f, room.y * 0.3f - 40)));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_icon(ImGui::GetWindowDrawList(), icon, ImVec2(at.x + room.x / 2, at.y + 16), 32,
            palette().muted.im());
  ImGui::Dummy(ImVec2(0, 40));
  const float left = ImGui::GetCursorPosX();
  ImGui::SetCursorPosX(left + std::max(0.0f, (room.x - size_of(title).x) / 2));
  plain_text(title);
  ImGui::PushFont(fonts().small);
  const float width = std::min(room.x, size_of(hint).x + 1);
  ImGui::PopFont();
  ImGui::SetCursorPosX(left + std::max(0.0f, (room.x - width) / 2));
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + width + 1);
  text_small(hint);
  ImGui::PopTextWrapPos();
}

bool splitter(std::string_view id, const ImVec2& from, const ImVec2& to, float& size, float min,
              float max, float sign) {
  const bool upright = to.y - from.y > to.x - from.x;
  ImGui::SetNextWindowPos(from);
  ImGui::SetNextWindowSize(ImVec2(to.x - from.x, to.y - from.y));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  const std::string name(id);
  ImGui::Begin(name.c_str(), nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoNav);
  ImGui::InvisibleButton("line", ImVec2(to.x - from.x, to.y - from.y));
  mark(id);
  const bool active = ImGui::IsItemActive();
  if (active || ImGui::IsItemHovered()) {
    ImGui::SetMouseCursor(upright ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
    ImGui::GetWindowDrawList()->AddRectFilled(from, to, palette().accent.faded(0.5f).im(), 2);
  }
  if (active) {
    const ImVec2 moved = ImGui::GetIO().MouseDelta;
    size = std::clamp(size + sign * (upright ? moved.x : moved.y), min, std::max(min, max));
  }
  ImGui::End();
  ImGui::PopStyleVar();
  return active;
}

void tooltip(std::string_view title, std::string_view second) {
  if (title.empty()) return;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(space::m, space::s));
  if (ImGui::BeginTooltip()) {
    ImGui::PushTextWrapPos(320);
    plain_text(title);
    if (!second.empty()) text_small(second);
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar();
}

void spinner(ImDrawList* list, const ImVec2& centre, float radius, Colour colour) {
  const auto turn = static_cast<float>(std::fmod(ImGui::GetTime() * 5.0, 6.283185307));
  list->PathArcTo(centre, radius, turn, turn + 4.4f, 20);
  list->PathStroke(colour.im(), 0, 1.8f);
}

void begin_panel(const char* id, const ImVec2& at, const ImVec2& size, ImGuiWindowFlags flags,
                 bool padded) {
  ImGui::SetNextWindowPos(at);
  ImGui::SetNextWindowSize(size);
  const ImVec2 padding = padded ? ImVec2(space::m, space::m) : ImVec2(0, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::Begin(id, nullptr,
               flags | ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoCollapse |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus);
  ImGui::PopStyleVar(2);
}

}  // namespace footfall::ui
