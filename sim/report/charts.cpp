#include "sim/report/charts.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/text.hpp"
#include "sim/report/cells.hpp"
#include "sim/report/numbers.hpp"

namespace footfall::report {
namespace {

constexpr std::size_t most_bars = 20;
constexpr std::size_t most_sites = 15;
constexpr std::size_t most_stores = 10;
constexpr double most_tint = 45;  ///< percent: more would leave the text too little contrast
constexpr double plot_left = 270, plot_right = 990, row_height = 26, top = 8;

struct Bar {
  std::string id, name;
  double net_new = 0, moved = 0;
  double low = 0, high = 0;  ///< of net-new
  bool interval = false;
};

std::vector<Bar> bars_of(const Table& table) {
  std::vector<Bar> bars;
  for (std::size_t i = 0; i < std::min(table.rows(), most_bars); ++i) {
    Bar bar;
    bar.id = text_at(table, "id", i);
    bar.name = text_at(table, "name", i);
    bar.net_new = number_at(table, "net_new_sales", i).value_or(0);
    bar.moved = number_at(table, "transferred", i).value_or(0);
    const auto low = number_at(table, "net_new_sales_low", i);
    const auto high = number_at(table, "net_new_sales_high", i);
    bar.interval = low && high;
    bar.low = low.value_or(bar.net_new);
    bar.high = high.value_or(bar.net_new);
    bars.push_back(std::move(bar));
  }
  return bars;
}

/// The axis: from low to high in whole steps of 1, 2 or 5 · 10^k, about five of them.
struct Axis {
  double low = 0, high = 1, step = 1;
  double x(double value) const {
    const double share = std::clamp((value - low) / (high - low), 0.0, 1.0);
    return plot_left + share * (plot_right - plot_left);
  }
};

Axis axis_of(const std::vector<Bar>& bars) {
  double low = 0, high = 0;
  for (const Bar& b : bars) {
    low = std::min({low, b.net_new, b.low});
    high = std::max({high, b.net_new + b.moved, b.high});
  }
  const double rough = (high - low) / 5;
  if (!(rough > 1e-200 && rough < 1e300)) return {};
  double step = 1;
  while (step > rough) step /= 10;
  while (step * 10 <= rough) step *= 10;
  for (const double factor : {5.0, 2.0}) {
    if (step * factor <= rough * 1.25) {
      step *= factor;
      break;
    }
  }
  return {std::floor(low / step) * step, -std::floor(-high / step) * step, step};
}

std::string rect(std::string_view css, double from, double to, double y) {
  return "<rect class=\"" + std::string(css) + "\" x=\"" + fixed(std::min(from, to), 1) +
         "\" y=\"" + fixed(y + 6, 1) + "\" width=\"" + fixed(std::abs(to - from), 1) +
         "\" height=\"14\"/>";
}

std::string whisker(const Bar& bar, const Axis& axis, double y) {
  const std::string low = fixed(axis.x(bar.low), 1);
  const std::string high = fixed(axis.x(bar.high), 1);
  const std::string end = " " + fixed(y + 9, 1) + "v8";
  const std::string path = "d=\"M" + low + end + "M" + high + end + "M" + low + " " +
                           fixed(y + 13, 1) + "H" + high + "\"/>";
  return "<path class=\"halo\" " + path + "<path class=\"whisker\" " + path;
}

std::string grid(const Axis& axis, const Scale& scale, double bottom) {
  std::string svg;
  const int steps = static_cast<int>(std::floor((axis.high - axis.low) / axis.step + 0.5));
  for (int k = 0; k <= std::min(steps, 12); ++k) {
    const double value = axis.low + k * axis.step;
    const std::string x = fixed(axis.x(value), 1);
    svg += "<path class=\"grid\" d=\"M" + x + " " + fixed(top, 0) + "V" + fixed(bottom, 0) +
           "\"/><text class=\"tick\" x=\"" + x + "\" y=\"" + fixed(bottom + 18, 0) + "\">" +
           short_number(value, scale) + "</text>\n";
  }
  return svg;
}

std::string bar_svg(const Bar& bar, std::size_t rank, const Axis& axis, const Scale& scale,
                    double y) {
  const std::string text_y = fixed(y + 17.5, 1);
  std::string svg = "<g data-site=\"" + html_escaped(bar.id) +
                    "\"><text class=\"rank\" x=\"22\" y=\"" + text_y + "\">" +
                    std::to_string(rank) + "</text><text class=\"site-name\" x=\"32\" y=\"" +
                    text_y + "\">" + html_escaped(shortened(bar.name, 32)) + "</text>";
  svg += rect("bar-new", axis.x(0), axis.x(bar.net_new), y);
  if (bar.moved > 0)
    svg += rect("bar-moved", axis.x(bar.net_new), axis.x(bar.net_new + bar.moved), y);
  if (bar.interval) svg += whisker(bar, axis, y);
  const double end = std::max({axis.x(bar.net_new + bar.moved), axis.x(bar.high), axis.x(0)});
  return svg + "<text class=\"bar-value\" x=\"" + fixed(end + 8, 1) + "\" y=\"" + text_y + "\">" +
         short_number(bar.net_new, scale) + "<tspan class=\"total\"> / " +
         short_number(bar.net_new + bar.moved, scale) + "</tspan></text></g>\n";
}

std::string key(std::string_view css, std::string_view text) {
  return "<li><span class=\"swatch " + std::string(css) + "\"></span>" + html_escaped(text) +
         "</li>\n";
}

struct Loss {
  std::string site, store;
  double share = 0;
};

std::vector<Loss> own_losses(const Table& table) {
  std::vector<Loss> losses;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    if (text_at(table, "role", i) != "own") continue;
    const auto share = number_at(table, "loss_share", i);
    if (share) losses.push_back({text_at(table, "site", i), text_at(table, "store", i), *share});
  }
  return losses;
}

/// Names in the order of their first row.
template <class Member>
std::vector<std::string> names(const std::vector<Loss>& losses, Member member) {
  std::vector<std::string> list;
  for (const Loss& loss : losses) {
    if (std::find(list.begin(), list.end(), loss.*member) == list.end())
      list.push_back(loss.*member);
  }
  return list;
}

std::vector<std::string> hardest_hit(const std::vector<Loss>& losses) {
  std::vector<std::pair<double, std::string>> sums;
  for (const std::string& store : names(losses, &Loss::store)) {
    double sum = 0;
    for (const Loss& loss : losses) sum += loss.store == store ? loss.share : 0;
    sums.emplace_back(-sum, store);
  }
  std::sort(sums.begin(), sums.end());
  std::vector<std::string> stores;
  for (std::size_t i = 0; i < std::min(sums.size(), most_stores); ++i)
    stores.push_back(sums[i].second);
  return stores;
}

std::string matrix_cell(const std::vector<Loss>& losses, const std::string& site,
                        const std::string& store, double most) {
  const auto it = std::find_if(losses.begin(), losses.end(),
                               [&](const Loss& l) { return l.site == site && l.store == store; });
  if (it == losses.end()) return "<td>–</td>";
  const int tint =
      most > 0 ? static_cast<int>(std::clamp(it->share / most * most_tint, 0.0, most_tint)) : 0;
  return "<td style=\"--tint:" + std::to_string(tint) + "%\">" + number_text(it->share, 1) +
         "</td>";
}

}  // namespace

std::string bar_chart(const Results& results, Language language) {
  const Table* table = results.table("sites");
  const Column* value = table ? table->find("net_new_sales") : nullptr;
  if (value == nullptr || table->rows() == 0) return {};
  const std::vector<Bar> bars = bars_of(*table);
  const Axis axis = axis_of(bars);
  const Scale scale = scale_for(std::max(std::abs(axis.low), axis.high), value->unit, language);
  const double bottom = top + row_height * static_cast<double>(bars.size());
  const auto say = [&](std::string_view k) { return text(language, k); };

  std::string out = "<figure class=\"chart\">\n<ul class=\"legend\">\n";
  out += key("s-new", say("column.net_new_sales")) + key("s-moved", say("column.transferred"));
  if (bars.front().interval) out += key("s-whisker", say("report.whisker"));
  out += "<li class=\"unit\">" + html_escaped(unit_label(language, value->unit, scale.name)) +
         "</li>\n</ul>\n<svg viewBox=\"0 0 1060 " + fixed(bottom + 28, 0) +
         "\" role=\"img\" aria-labelledby=\"bars-title bars-desc\">\n<title id=\"bars-title\">" +
         html_escaped(say("report.chart")) + "</title>\n<desc id=\"bars-desc\">" +
         html_escaped(filled(say("report.chart_description"),
                             {std::to_string(bars.size()), bars.front().name})) +
         "</desc>\n" + grid(axis, scale, bottom);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    out += bar_svg(bars[i], i + 1, axis, scale, top + row_height * static_cast<double>(i));
  }
  const std::string zero = fixed(axis.x(0), 1);
  return out + "<path class=\"zero\" d=\"M" + zero + " " + fixed(top, 0) + "V" + fixed(bottom, 0) +
         "\"/>\n</svg>\n</figure>\n";
}

std::string loss_matrix(const Results& results, Language language) {
  const Table* table = results.table("transfers");
  if (table == nullptr) return {};
  const std::vector<Loss> losses = own_losses(*table);
  if (losses.empty()) return {};
  double most = 0;
  for (const Loss& loss : losses) most = std::max(most, loss.share);
  const std::vector<std::string> stores = hardest_hit(losses);
  std::vector<std::string> sites = names(losses, &Loss::site);
  sites.resize(std::min(sites.size(), most_sites));

  std::string out =
      "<div class=\"scroll\"><table class=\"matrix\">\n<thead><tr><th scope=\"col\">" +
      html_escaped(text(language, "column.site")) + "</th>";
  for (const std::string& store : stores) {
    out += "<th scope=\"col\">" + html_escaped(shortened(store, 28)) + "</th>";
  }
  out += "</tr></thead>\n<tbody>\n";
  for (const std::string& site : sites) {
    out += "<tr><th scope=\"row\">" + html_escaped(site) + "</th>";
    for (const std::string& store : stores) out += matrix_cell(losses, site, store, most);
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table></div>\n<p class=\"note\">" +
         html_escaped(text(language, "report.matrix_note")) + " (%)</p>\n";
}

}  // namespace footfall::report
