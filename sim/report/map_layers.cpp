#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "core/text.hpp"
#include "sim/report/cells.hpp"
#include "sim/report/map.hpp"
#include "sim/report/numbers.hpp"
#include "sim/report/view.hpp"

namespace footfall::report {
namespace {

constexpr std::size_t numbered_sites = 40;  ///< the others are dots, or the map would be covered
constexpr std::int64_t cell = 40;           ///< tenths: demand points are shown one per such square

/// Rectangles that labels must leave free.
class Taken {
 public:
  struct Box {
    std::int64_t left, top, right, bottom;
  };
  bool free(const Box& b) const {
    return std::none_of(boxes_.begin(), boxes_.end(), [&](const Box& o) {
      return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom;
    });
  }
  void add(const Box& b) { boxes_.push_back(b); }

 private:
  std::vector<Box> boxes_;
};

struct Pen {
  const View& view;
  Language language;
  Taken taken;
  Drawn& drawn;
};

bool is_points(const Layer& layer) {
  return !layer.shapes.empty() && layer.shapes.front().kind == Shape::Kind::point;
}

/// Calls draw(row, place in the picture) for the points of a layer that lie in it.
template <class Draw>
void each_point(const Layer& layer, const View& view, Draw&& draw) {
  for (std::size_t i = 0; i < layer.shapes.size(); ++i) {
    const Shape& shape = layer.shapes[i];
    if (shape.kind != Shape::Kind::point || shape.parts.empty() || shape.parts[0].empty()) continue;
    const Tenths t = view.at(shape.parts[0][0]);
    if (t.x < 0 || t.y < 0 || t.x > View::width * 10 || t.y > view.height() * 10) continue;
    draw(i, t);
  }
}

std::string tooltip(std::string_view name, std::string_view column, const Table& table,
                    std::size_t row, Language language) {
  std::string text(name);
  const Column* c = table.find(column);
  if (const auto value = number_at(c, row)) {
    const Scale scale = scale_for(std::abs(*value), c->unit, language);
    text += "\n" + std::string(label(language, "column", column)) + ": " +
            with_unit(short_number(*value, scale), c->unit, scale, language);
  }
  return "<title>" + html_escaped(text) + "</title>";
}

void add_sorted(std::vector<double>& values, double value) {
  const auto at = std::lower_bound(values.begin(), values.end(), value);
  if (at == values.end() || *at != value) values.insert(at, value);
}

std::string reach_svg(const Layer& layer, Pen& pen) {
  std::string svg;
  for (std::size_t i = 0; i < layer.shapes.size(); ++i) {
    if (const auto m = number_at(layer.attributes, "minutes", i)) add_sorted(pen.drawn.minutes, *m);
    if (const auto km = number_at(layer.attributes, "kilometres", i)) {
      add_sorted(pen.drawn.kilometres, *km);
    }
    const std::string path = path_data(layer.shapes[i], pen.view, 7);
    if (!path.empty()) svg += "<path class=\"reach\" d=\"" + path + "\"/>\n";
  }
  return svg;
}

/// Demand points by the share of sales that they belong to. Points in one square are one dot, at
/// the first of them, of the smallest (innermost) share. A dot is a line of no length with round
/// ends.
std::string core_svg(const Layer& layer, Pen& pen) {
  struct Dot {
    Tenths at;
    double core;
  };
  std::map<std::pair<std::int64_t, std::int64_t>, Dot> squares;
  each_point(layer, pen.view, [&](std::size_t i, Tenths t) {
    const auto core = number_at(layer.attributes, "core", i);
    if (!core) return;
    const auto [it, added] = squares.try_emplace({t.y / cell, t.x / cell}, Dot{t, *core});
    if (!added) it->second.core = std::min(it->second.core, *core);
    add_sorted(pen.drawn.core, *core);
  });
  std::string svg;
  for (std::size_t k = pen.drawn.core.size(); k-- > 0;) {
    svg += "<path class=\"core c" + std::to_string(std::min<std::size_t>(k, 1)) + "\" d=\"";
    for (const auto& [square, dot] : squares) {
      if (dot.core != pen.drawn.core[k]) continue;
      svg += "M" + std::to_string(dot.at.x) + " " + std::to_string(dot.at.y) + "h0";
    }
    svg += "\"/>\n";
  }
  return svg;
}

std::int64_t text_width(std::string_view text, std::int64_t latin, std::int64_t wide) {
  std::int64_t width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 || (byte >= 0xc0 && byte < 0xe0)) width += latin;
    if (byte >= 0xe0) width += wide;
  }
  return width;
}

std::string name_label(const std::string& name, Tenths at, std::int64_t radius, Pen& pen) {
  const std::string text = shortened(name, 24);
  const std::int64_t w = text_width(text, 66, 115);
  const std::int64_t right = at.x + radius + 25;
  const std::int64_t left = at.x - radius - 25;
  for (const bool to_right : {true, false}) {
    const Taken::Box box = to_right ? Taken::Box{right, at.y - 70, right + w, at.y + 70}
                                    : Taken::Box{left - w, at.y - 70, left, at.y + 70};
    if (box.left < 0 || box.right > View::width * 10 || !pen.taken.free(box)) continue;
    pen.taken.add(box);
    return "<text class=\"name\" x=\"" + pixels(to_right ? right : left) + "\" y=\"" +
           pixels(at.y + 40) + (to_right ? "\">" : "\" text-anchor=\"end\">") + html_escaped(text) +
           "</text>\n";
  }
  return {};
}

std::string store_svg(bool own, Tenths t, std::int64_t radius, std::string_view title) {
  const std::string r = pixels(radius);
  if (!own) {
    return "<circle class=\"competitor\" cx=\"" + pixels(t.x) + "\" cy=\"" + pixels(t.y) +
           "\" r=\"" + r + "\">" + std::string(title) + "</circle>\n";
  }
  const std::string side = pixels(2 * radius);
  return "<rect class=\"own\" x=\"" + pixels(t.x - radius) + "\" y=\"" + pixels(t.y - radius) +
         "\" width=\"" + side + "\" height=\"" + side + "\" rx=\"2\">" + std::string(title) +
         "</rect>\n";
}

std::string stores_svg(const Layer& layer, Pen& pen) {
  const double most = largest(layer.attributes.find("sales"));
  std::string marks, names;
  each_point(layer, pen.view, [&](std::size_t i, Tenths t) {
    const bool own = text_at(layer.attributes, "role", i) == "own";
    (own ? pen.drawn.own : pen.drawn.competitors) = true;
    const double sales = std::max(0.0, number_at(layer.attributes, "sales", i).value_or(0));
    const double share = most > 0 ? sales / most : 0;
    const auto radius = static_cast<std::int64_t>(35 + 65 * std::sqrt(share));
    const std::string name = text_at(layer.attributes, "name", i);
    marks += store_svg(own, t, radius, tooltip(name, "sales", layer.attributes, i, pen.language));
    if (own) names += name_label(name, t, radius, pen);
  });
  return marks + names;
}

std::int64_t pin_radius(double rank) {
  return rank <= 1 ? 115 : rank <= 3 ? 100 : 85;
}

void reserve_pins(const Layer& layer, Pen& pen) {
  each_point(layer, pen.view, [&](std::size_t i, Tenths t) {
    const std::int64_t r = pin_radius(number_at(layer.attributes, "rank", i).value_or(99));
    pen.taken.add({t.x - r, t.y - r, t.x + r, t.y + r});
  });
}

/// Numbered pins, the best one on top.
std::string sites_svg(const Layer& layer, Pen& pen) {
  std::vector<std::string> pins;
  each_point(layer, pen.view, [&](std::size_t i, Tenths t) {
    pen.drawn.sites = true;
    const double rank = number_at(layer.attributes, "rank", i).value_or(1e9);
    const bool numbered = rank <= static_cast<double>(numbered_sites);
    const std::string title = tooltip(text_at(layer.attributes, "name", i), "net_new_sales",
                                      layer.attributes, i, pen.language);
    std::string pin = std::string("<g class=\"site") + (rank <= 1 ? " best" : "") +
                      "\" data-site=\"" + html_escaped(text_at(layer.attributes, "id", i)) +
                      "\" transform=\"translate(" + pixels(t.x) + " " + pixels(t.y) + ")\">" +
                      title + "<circle r=\"" + pixels(numbered ? pin_radius(rank) : 35) + "\"/>";
    if (numbered) pin += "<text y=\"3.8\">" + number_text(rank, 0) + "</text>";
    pins.push_back(pin + "</g>\n");
  });
  std::string svg;
  for (auto pin = pins.rbegin(); pin != pins.rend(); ++pin) svg += *pin;
  return svg;
}

std::string other_svg(const Layer& layer, Pen& pen) {
  std::string path;
  each_point(layer, pen.view, [&](std::size_t, Tenths t) {
    path += "M" + std::to_string(t.x) + " " + std::to_string(t.y) + "h0";
  });
  std::string svg = path.empty() ? "" : "<path class=\"points\" d=\"" + path + "\"/>\n";
  for (const Shape& shape : layer.shapes) {
    const std::string line = path_data(shape, pen.view, 7);
    if (!line.empty()) svg += "<path class=\"other\" d=\"" + line + "\"/>\n";
  }
  return svg;
}

}  // namespace

std::string layers_svg(const std::vector<Layer>& layers, const View& view, Language language,
                       Drawn& drawn) {
  Pen pen{view, language, {}, drawn};
  const auto has = [](const Layer& layer, std::string_view column) {
    return layer.attributes.find(column) != nullptr;
  };
  for (const Layer& layer : layers) {
    if (has(layer, "rank")) reserve_pins(layer, pen);
  }
  std::string reach, core, stores, sites;
  for (const Layer& layer : layers) {
    if (!is_points(layer)) {
      const bool known = has(layer, "minutes") || has(layer, "kilometres");
      reach += known ? reach_svg(layer, pen) : other_svg(layer, pen);
    } else if (has(layer, "rank")) {
      sites += sites_svg(layer, pen);
    } else if (has(layer, "role")) {
      stores += stores_svg(layer, pen);
    } else {
      core += has(layer, "core") ? core_svg(layer, pen) : other_svg(layer, pen);
    }
  }
  return "<g transform=\"scale(.1)\">\n" + reach + core + "</g>\n" + stores + sites;
}

}  // namespace footfall::report
