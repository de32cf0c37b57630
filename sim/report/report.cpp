#include "sim/report/report.hpp"

#include <algorithm>
#include <cmath>

#include "core/text.hpp"
#include "sim/report/cells.hpp"
#include "sim/report/charts.hpp"
#include "sim/report/map.hpp"
#include "sim/report/numbers.hpp"
#include "sim/report/page.hpp"
#include "sim/report/story.hpp"
#include "sim/report/tables.hpp"

namespace footfall::report {
namespace {

constexpr std::size_t most_in_words = 8;

/// Writes the sections of one report, each empty where the results hold nothing for it.
class Writer {
 public:
  Writer(const Results& results, const BaseMap& base, Language language)
      : results_(results), base_(base), language_(language) {}
  std::string page() const;

 private:
  std::string_view say(std::string_view key) const { return text(language_, key); }
  std::string escaped(std::string_view key) const { return html_escaped(say(key)); }
  std::string section(std::string_view css, std::string_view title, std::string_view body) const;
  std::string list(const std::vector<std::string>& lines) const;

  std::string header() const;
  std::string best() const;
  std::string card(const Figure& figure) const;
  std::string range(const Figure& figure, const Scale& scale) const;
  std::string figures() const;
  std::string words() const;
  std::string map() const;
  std::string tables() const;
  std::string parameters() const;
  std::string provenance() const;

  const Results& results_;
  const BaseMap& base_;
  Language language_;
};

std::string Writer::section(std::string_view css, std::string_view title,
                            std::string_view body) const {
  if (body.empty()) return {};
  return "<section class=\"" + std::string(css) + "\">\n<h2>" + escaped(title) + "</h2>\n" +
         std::string(body) + "</section>\n";
}

std::string Writer::list(const std::vector<std::string>& lines) const {
  if (lines.empty()) return {};
  std::string out = "<ul class=\"plain\">\n";
  for (const std::string& line : lines) {
    out += "<li>" + html_escaped(translated(language_, line)) + "</li>\n";
  }
  return out + "</ul>\n";
}

std::string Writer::header() const {
  const Provenance& made = results_.provenance;
  return "<header class=\"top\">\n<p class=\"eyebrow\">Footfall · " +
         html_escaped(label(language_, "study", made.study)) + "</p>\n<h1>" +
         html_escaped(results_.title) + "</h1>\n</header>\n";
}

std::string Writer::best() const {
  const Table* sites = results_.table("sites");
  if (sites == nullptr || sites->rows() == 0 || sites->find("name") == nullptr) return {};
  const Column* reason = find_in_language(*sites, "reason", language_);
  return "<section>\n<p class=\"eyebrow\">" + escaped("report.best_site") +
         "</p>\n<p class=\"best-name\">" + html_escaped(text_at(*sites, "name", 0)) +
         "</p>\n<p class=\"best-reason\">" + html_escaped(text_at(reason, 0)) +
         "</p>\n</section>\n";
}

/// A bar from zero to the greatest end, with the interval and the value on it.
std::string Writer::range(const Figure& f, const Scale& scale) const {
  const double left = std::min(0.0, f.low);
  const double width = (std::max(0.0, f.high) - left) * 1.05;
  const auto percent = [&](double v) {
    return fixed(std::clamp((v - left) / width * 100, 0.0, 100.0), 1);
  };
  std::string out;
  const bool finite = std::isfinite(f.low) && std::isfinite(f.value) && std::isfinite(f.high);
  if (finite && width > 0 && std::isfinite(width)) {
    const double part = std::clamp((f.high - f.low) / width * 100, 0.0, 100.0);
    out = "<div class=\"range\" aria-hidden=\"true\"><i style=\"left:" + percent(f.low) +
          "%;width:" + fixed(part, 1) + "%\"></i><b style=\"left:" + percent(f.value) +
          "%\"></b></div>";
  }
  const std::string ends =
      filled(say("report.to"), {short_number(f.low, scale), short_number(f.high, scale)});
  const std::string basis =
      filled(say("basis." + std::string(name_of(f.basis))), {std::to_string(f.n)});
  return out + "<p class=\"basis\">" + html_escaped(ends) + "<br>" + html_escaped(basis) + "</p>";
}

std::string Writer::card(const Figure& f) const {
  const Scale scale = scale_for(std::max({std::abs(f.value), std::abs(f.low), std::abs(f.high)}),
                                f.unit, language_);
  std::string out = "<li><p class=\"what\">" + html_escaped(label(language_, "figure", f.id)) +
                    "</p><p class=\"value\">" + short_number(f.value, scale);
  const std::string unit = unit_label(language_, f.unit, scale.name);
  if (f.unit == "%") {
    out += "%";
  } else if (!unit.empty()) {
    out += " <span class=\"unit\">" + html_escaped(unit) + "</span>";
  }
  out += "</p>";
  if (f.basis == Basis::pending) {
    out += "<p class=\"basis\">" + escaped("basis.pending") + "</p>";
  } else if (f.basis != Basis::none) {
    out += range(f, scale);
  }
  return out + "</li>\n";
}

std::string Writer::figures() const {
  if (results_.figures.empty()) return {};
  std::string out = "<ul class=\"cards\">\n";
  for (const Figure& figure : results_.figures) out += card(figure);
  return out + "</ul>\n";
}

std::string Writer::words() const {
  const Table* sites = results_.table("sites");
  const Column* reason = sites ? find_in_language(*sites, "reason", language_) : nullptr;
  if (reason == nullptr || sites->rows() == 0) return {};
  const Column* gain = sites->find("net_new_sales");
  std::string out = "<ol class=\"words\" aria-label=\"" + escaped("report.ranked") + "\">\n";
  for (std::size_t i = 0; i < std::min(sites->rows(), most_in_words); ++i) {
    out += "<li data-site=\"" + html_escaped(text_at(*sites, "id", i)) + "\"><span class=\"pin\">" +
           std::to_string(i + 1) + "</span><div><strong>" +
           html_escaped(text_at(*sites, "name", i)) + "</strong>";
    if (const auto value = number_at(gain, i)) {
      const Scale scale = scale_for(largest(gain), gain->unit, language_);
      out += "<span class=\"gain\">+" +
             html_escaped(with_unit(short_number(*value, scale), gain->unit, scale, language_)) +
             "</span>";
    }
    out += "</div><p>" + html_escaped(text_at(reason, i)) + "</p></li>\n";
  }
  return out + "</ol>\n";
}

std::string Writer::map() const {
  const std::string figure = map_figure(results_, base_, language_);
  const std::string list = words();
  if (figure.empty() || list.empty()) return figure + list;
  return "<div class=\"place\">\n" + figure + list + "</div>\n";
}

std::string Writer::tables() const {
  std::string out;
  for (const Table& table : results_.tables) {
    if (table.id == "parameters" || table.id == "story") continue;
    out += "<h3>" + html_escaped(label(language_, "table", table.id)) + "</h3>\n" +
           table_html(table, language_);
  }
  if (out.empty()) return out;
  return "<p class=\"note hint\">" + escaped("report.sort_hint") + "</p>\n" + out;
}

std::string Writer::parameters() const {
  const Table* table = results_.table("parameters");
  if (table == nullptr || table->rows() == 0) return {};
  std::string out = "<div class=\"scroll\"><table class=\"params\">\n<thead><tr>";
  for (const std::string_view id : {"parameter", "value", "range", "help", "source"}) {
    out += "<th scope=\"col\">" + escaped("column." + std::string(id)) + "</th>";
  }
  out += "</tr></thead>\n<tbody>\n";
  for (std::size_t i = 0; i < table->rows(); ++i) {
    const auto at = [&](std::string_view column) { return text_at(*table, column, i); };
    const std::string name = at("room") + "." + at("name");
    const std::string help_key = name + ".help";
    const std::string_view help = label(language_, "param", help_key);
    const std::string unit = unit_label(language_, at("unit"));
    const auto low = number_at(*table, "low", i);
    const auto high = number_at(*table, "high", i);
    const std::string range =
        low && high ? filled(say("report.to"), {shortest(*low), shortest(*high)}) : "";
    const std::string_view shown = label(language_, "param", name);
    out += "<tr><th scope=\"row\">" + html_escaped(shown == name ? at("name") : shown) +
           "<br><code class=\"soft\">" + html_escaped(name) + "</code></th><td>" +
           html_escaped(std::string(label(language_, "choice", at("value"))) +
                        (unit.empty() ? "" : " " + unit)) +
           "</td><td>" + html_escaped(range) + "</td><td>" +
           html_escaped(help == help_key ? at("help") : help) + "</td><td>" +
           html_escaped(at("source")) + "</td></tr>\n";
  }
  return out + "</tbody>\n</table></div>\n";
}

std::string Writer::provenance() const {
  const Provenance& made = results_.provenance;
  std::string out = "<dl>\n";
  const auto row = [&](std::string_view key, std::string_view value) {
    out += "<dt>" + escaped(key) + "</dt><dd>" + html_escaped(value) + "</dd>\n";
  };
  row("report.study", made.study);
  row("report.scenario", made.scenario);
  row("report.scenario_hash", made.scenario_hash);
  row("report.version", "Footfall " + made.version);
  row("report.seed", std::to_string(made.seed));
  row("report.edits", std::to_string(made.edits.size()));
  return out + "<dt>" + escaped("report.rerun") +
         "</dt><dd><code>footfall replay run.json</code> " + escaped("report.rerun_note") +
         "</dd>\n</dl>\n";
}

std::string Writer::page() const {
  const Provenance& made = results_.provenance;
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + std::string(code_of(language_)) +
                    "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                    "content=\"width=device-width, initial-scale=1\">\n<title>" +
                    html_escaped(results_.title) + " · Footfall</title>\n<style>" +
                    std::string(style()) +
                    "</style>\n</head>\n<body>\n<a class=\"skip\" "
                    "href=\"#content\">" +
                    escaped("report.skip") + "</a>\n" + header() + "<main id=\"content\">\n";
  out += best();
  out += section("warnings", "report.warnings", list(made.warnings));
  const std::string story = story_html(results_, language_);
  out += section("story", "report.story", story);
  if (story.empty()) out += section("figures", "report.figures", figures());
  out += section("bars", "report.chart", bar_chart(results_, language_));
  out += section("where", "report.map", map());
  out += section("losses", "report.matrix", loss_matrix(results_, language_));
  out += section("wide", "report.tables", tables());
  out += section("parameters", "report.parameters", parameters());
  out += section("assumptions", "report.assumptions", list(made.assumptions));
  out += section("sources", "report.sources", list(made.attribution));
  out += section("provenance", "report.provenance", provenance());
  return out + "</main>\n<script>" + std::string(script()) + "</script>\n</body>\n</html>\n";
}

/// Two ids may have the same stem: the later one gets a number.
void put(std::map<std::string, std::string>& files, const std::string& stem,
         std::string_view extension, std::string bytes) {
  std::string name = stem + std::string(extension);
  for (int n = 2; files.count(name) != 0; ++n)
    name = stem + "_" + std::to_string(n) + std::string(extension);
  files[name] = std::move(bytes);
}

}  // namespace

std::string html(const Results& results, const BaseMap& base, Language language) {
  return Writer(results, base, language).page();
}

std::map<std::string, std::string> folder(const Results& results, const BaseMap& base,
                                          Language language) {
  const Json json = to_json(results);
  std::map<std::string, std::string> files{{"report.html", html(results, base, language)},
                                           {"results.json", json_text(json)},
                                           {"run.json", json_text(json.at("provenance"))}};
  for (const Table& table : results.tables) put(files, file_stem(table.id), ".csv", to_csv(table));
  for (const Layer& layer : results.layers) {
    put(files, file_stem(layer.id), ".geojson", to_geojson(layer));
  }
  return files;
}

}  // namespace footfall::report
