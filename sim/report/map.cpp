#include "sim/report/map.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/text.hpp"
#include "sim/report/cells.hpp"
#include "sim/report/numbers.hpp"
#include "sim/report/view.hpp"

namespace footfall::report {
namespace {

std::string legend_row(std::string_view css, std::string_view text) {
  return "<li><span class=\"swatch " + std::string(css) + "\"></span>" + html_escaped(text) +
         "</li>\n";
}

/// The greatest of 1, 2, 5 · 10^k metres that is at most 160 pixels long.
std::string scale_bar(const View& view) {
  double metres = 1;
  for (int step = 0; metres * (step % 3 == 1 ? 2.5 : 2) <= 160 * view.metres_per_pixel(); ++step) {
    metres *= step % 3 == 1 ? 2.5 : 2;
  }
  const bool km = metres >= 1000;
  const std::string text = shortest(km ? metres / 1000 : metres) + (km ? " km" : " m");
  const double length = metres / view.metres_per_pixel();
  const int y = view.height() - 16;
  return "<g class=\"scalebar\" transform=\"translate(16 " + std::to_string(y) +
         ")\"><path d=\"M0-5V0H" + fixed(length, 1) + "V-5\"/><text x=\"" + fixed(length / 2, 1) +
         "\" y=\"-5\">" + text + "</text></g>\n";
}

std::string legend(const Drawn& drawn, const BaseMap& base, Language language) {
  const auto say = [&](std::string_view key) { return text(language, key); };
  std::string rows;
  if (drawn.sites) rows += legend_row("s-site", say("report.sites"));
  if (drawn.own) rows += legend_row("s-own", say("role.own"));
  if (drawn.competitors) rows += legend_row("s-competitor", say("role.competitor"));
  for (std::size_t i = 0; i < drawn.core.size(); ++i) {
    rows += legend_row(i == 0 ? "s-core0" : "s-core1",
                       filled(say("report.core"), {shortest(drawn.core[i])}));
  }
  const auto reach = [&](const std::vector<double>& limits, std::string_view key) {
    std::string list;
    for (const double limit : limits) list += (list.empty() ? "" : " / ") + shortest(limit);
    if (!list.empty()) rows += legend_row("s-reach", filled(say(key), {list}));
  };
  reach(drawn.minutes, "report.within_minutes");
  reach(drawn.kilometres, "report.within_km");
  for (const std::string_view kind : {"water", "forest", "commercial", "residential"}) {
    const bool there = std::any_of(base.shapes.begin(), base.shapes.end(),
                                   [&](const auto& s) { return s.first == kind; });
    if (!there) continue;
    rows += legend_row("s-" + std::string(kind), label(language, "area", kind));
  }
  return rows.empty() ? "" : "<ul class=\"legend\">\n" + rows + "</ul>\n";
}

std::string description(const Results& results, Language language) {
  std::size_t sites = 0, own = 0, competitors = 0;
  for (const Layer& layer : results.layers) {
    if (layer.attributes.find("rank")) sites += layer.shapes.size();
    if (!layer.attributes.find("role")) continue;
    for (std::size_t i = 0; i < layer.shapes.size(); ++i) {
      ++(text_at(layer.attributes, "role", i) == "own" ? own : competitors);
    }
  }
  return filled(text(language, "report.map_description"),
                {std::to_string(sites), std::to_string(own), std::to_string(competitors)});
}

}  // namespace

std::string map_figure(const Results& results, const BaseMap& base, Language language) {
  const auto view = View::fitting(results.layers, base);
  if (!view) return {};
  Drawn drawn;
  const std::string layers = layers_svg(results.layers, *view, language, drawn);
  std::string credits;
  for (const std::string& line : results.provenance.attribution) {
    credits += (credits.empty() ? "" : " · ") + line;
  }
  const std::string size =
      "0 0 " + std::to_string(View::width) + " " + std::to_string(view->height());
  std::string out =
      "<figure class=\"map\">\n<svg viewBox=\"" + size +
      "\" role=\"img\" aria-labelledby=\"map-title map-desc\">\n<title id=\"map-title\">";
  out += html_escaped(filled(text(language, "report.map_title"), {results.title}));
  out += "</title>\n<desc id=\"map-desc\">" + html_escaped(description(results, language)) +
         "</desc>\n";
  out += "<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n<g transform=\"scale(.1)\">\n";
  out += base_svg(base, *view) + "</g>\n" + layers + scale_bar(*view) + "</svg>\n<figcaption>\n";
  out += legend(drawn, base, language);
  if (!credits.empty()) out += "<p class=\"credits\">" + html_escaped(credits) + "</p>\n";
  return out + "</figcaption>\n</figure>\n";
}

}  // namespace footfall::report
