// Legend, scale bar and attribution of the map.
#include <cmath>

#include <imgui.h>

#include "ui/app.hpp"
#include "ui/fonts.hpp"
#include "ui/format.hpp"
#include "ui/tr.hpp"
#include "ui/views/views.hpp"
#include "ui/widgets.hpp"

namespace footfall::ui {
namespace {

constexpr float row_height = 20, bar_width = 168;

struct Small {
  ImFont* font = fonts().small;
  float size = font->FontSize * ImGui::GetIO().FontGlobalScale;
  float width(const std::string& text) const {
    return font->CalcTextSizeA(size, 10000, 0, text.c_str()).x;
  }
  void draw(ImDrawList* list, ImVec2 at, const std::string& text, Colour colour) const {
    list->AddText(font, size, at, colour.im(), text.c_str());
  }
};

void gradient(ImDrawList* list, ImVec2 at, float width, float height) {
  const auto& stops = palette().share;
  const float step = width / static_cast<float>(stops.size() - 1);
  for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
    const float x = at.x + step * static_cast<float>(i);
    list->AddRectFilledMultiColor(ImVec2(x, at.y), ImVec2(x + step, at.y + height), stops[i].im(),
                                  stops[i + 1].im(), stops[i + 1].im(), stops[i].im());
  }
}

void card(ImDrawList* list, ImVec2 at, ImVec2 size) {
  const ImVec2 end(at.x + size.x, at.y + size.y);
  list->AddRectFilled(ImVec2(at.x, at.y + 1), ImVec2(end.x, end.y + 2), Colour{0x00000022}.im(),
                      space::rounding);
  list->AddRectFilled(at, end, palette().panel.faded(0.94f).im(), space::rounding);
  list->AddRect(at, end, palette().line.im(), space::rounding);
}

void symbol(ImDrawList* list, int kind, ImVec2 at) {
  const Palette& p = palette();
  if (kind == 0) {
    list->AddCircleFilled(at, 6, p.panel.im());
    list->AddCircle(at, 6, p.candidate.im(), 0, 1.8f);
  } else if (kind == 1) {
    list->AddRectFilled(ImVec2(at.x - 5, at.y - 5), ImVec2(at.x + 5, at.y + 5), p.own.im(), 3);
  } else {
    list->AddCircleFilled(at, 4.5f, p.competitor.im());
  }
}

/// What the film's dots do.
constexpr const char* film_keys[] = {"ui.film_there", "ui.film_stays", "ui.film_back"};

Colour film_colour(int i) {
  const Palette& p = palette();
  return i == 0 ? p.net_new : i == 1 ? p.own : p.transferred;
}

void legend(App& app, ImDrawList* list) {
  const Camera& c = app.camera;
  if (c.height() < 300 || c.width() < 420) return;
  const Palette& p = palette();
  const Small small;
  const bool sites = app.on_sites();
  const bool dots = !app.map.legend.empty();
  const bool shares =
      dots || (sites && (app.document.live() != nullptr || app.document.dragging()));
  const int film = app.on_film() && !app.film.empty() ? 3 : 0;
  const float height =
      static_cast<float>((sites ? 3 : 2) + film) * row_height + 2 * space::s + (shares ? 52.0f : 0);
  const ImVec2 size(bar_width + 2 * space::m, height);
  const ImVec2 at(c.x() + space::m, c.y() + c.height() - height - space::m);
  card(list, at, size);
  float y = at.y + space::s;
  if (shares) {
    small.draw(list, ImVec2(at.x + space::m, y), dots ? app.map.legend : tr("ui.legend_share"),
               p.text);
    gradient(list, ImVec2(at.x + space::m, y + 19), bar_width, 9);
    const std::string most =
        dots ? app.map.legend_most : percent(static_cast<double>(app.map.greatest_share));
    const bool per_cent = !dots || app.map.legend_most.find('%') != std::string::npos;
    small.draw(list, ImVec2(at.x + space::m, y + 30), per_cent ? "0 %" : "0", p.muted);
    small.draw(list, ImVec2(at.x + space::m + bar_width - small.width(most), y + 30), most,
               p.muted);
    y += 52;
  }
  static constexpr const char* roles[] = {"candidate", "own", "competitor"};
  for (int i = 0; i < film; ++i) {
    list->AddCircleFilled(ImVec2(at.x + space::m + 6, y + row_height / 2), 4, film_colour(i).im());
    small.draw(list, ImVec2(at.x + space::m + 20, y + 2), tr(film_keys[i]), p.text);
    y += row_height;
  }
  for (int i = sites ? 0 : 1; i < 3; ++i) {
    symbol(list, i, ImVec2(at.x + space::m + 6, y + row_height / 2));
    small.draw(list, ImVec2(at.x + space::m + 20, y + 2),
               std::string(label(language_in_use(), "role", roles[i])), p.text);
    y += row_height;
  }
}

/// The longest round length that is not wider than 120 px.
double round_length(double metres) {
  const double power = std::pow(10.0, std::floor(std::log10(metres)));
  for (const double step : {5.0, 2.0}) {
    if (step * power <= metres) return step * power;
  }
  return power;
}

void scale_bar(const App& app, ImDrawList* list, float right, float bottom) {
  const Palette& p = palette();
  const Small small;
  const double metres = round_length(120 / app.camera.scale());
  const auto width = static_cast<float>(metres * app.camera.scale());
  const std::string text = length_text(language_in_use(), metres);
  const ImVec2 from(right - width, bottom - 6), to(right, bottom - 6);
  for (const auto& [colour, thick] : {std::pair{p.map_halo, 4.0f}, std::pair{p.map_text, 1.6f}}) {
    list->AddLine(from, to, colour.im(), thick);
    list->AddLine(ImVec2(from.x, from.y - 4), ImVec2(from.x, from.y + 1), colour.im(), thick);
    list->AddLine(ImVec2(to.x, to.y - 4), ImVec2(to.x, to.y + 1), colour.im(), thick);
  }
  small.draw(list, ImVec2(from.x + (width - small.width(text)) / 2, from.y - 19), text, p.map_text);
}

/// Height of the patch, 0 where there is nothing to name.
float attribution(const App& app, ImDrawList* list, float right, float bottom) {
  std::string text;
  for (const std::string& one : app.document.scenario().attribution) {
    text += (text.empty() ? "" : " · ") + one;
  }
  if (text.empty()) return 0;
  const Small small;
  float width = small.width(text);
  const float room = app.camera.width() - 2 * space::m;
  const bool two = width > room;
  const float wrap = two ? room : 0;
  const ImVec2 size = small.font->CalcTextSizeA(small.size, 1e5f, wrap, text.c_str());
  const ImVec2 at(right - size.x - space::s, bottom - size.y - 4);
  list->AddRectFilled(at, ImVec2(right, bottom), palette().panel.faded(0.8f).im(), 4);
  list->AddText(small.font, small.size, ImVec2(at.x + space::xs, at.y + 2), palette().muted.im(),
                text.c_str(), nullptr, wrap);
  return size.y + 4;
}

}  // namespace

void draw_map_legend(App& app) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Camera& c = app.camera;
  legend(app, list);
  const float right = c.x() + c.width(), bottom = c.y() + c.height();
  const float taken = attribution(app, list, right, bottom);
  scale_bar(app, list, right - space::m, bottom - taken - space::xs);
}

}  // namespace footfall::ui
