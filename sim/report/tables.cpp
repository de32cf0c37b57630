#include "sim/report/tables.hpp"

#include <algorithm>
#include <vector>

#include "core/text.hpp"
#include "sim/report/cells.hpp"
#include "sim/report/numbers.hpp"

namespace footfall::report {
namespace {

struct Shown {
  const Column* column = nullptr;
  const Column* low = nullptr;
  const Column* high = nullptr;
  bool numeric = false;
  Scale scale;
  int decimals = 0;
};

bool is_elsewhere(std::string_view id) {
  return id == "lon" || id == "lat" || id.substr(0, 7) == "reason_";
}

/// One scale for all columns of a unit, so that they can be compared.
Scale scale_of(const Table& table, const Column& column, Language language) {
  double most = 0;
  for (const Column& c : table.columns) {
    if (c.unit == column.unit) most = std::max(most, largest(&c));
  }
  return scale_for(most, column.unit, language);
}

std::vector<Shown> shown_columns(const Table& table, Language language) {
  std::vector<Shown> list;
  for (const Column& c : table.columns) {
    if (is_elsewhere(c.id) || is_hidden(table, c, language)) continue;
    Shown s{&c,
            table.find(c.id + "_low"),
            table.find(c.id + "_high"),
            !std::holds_alternative<Column::Texts>(c.values),
            scale_of(table, c, language),
            c.decimals};
    if (s.scale.divisor > 1) s.decimals = language == Language::chinese ? 0 : 2;
    list.push_back(s);
  }
  return list;
}

std::string heading(const Shown& s, Language language) {
  const std::string unit = unit_label(language, s.column->unit, s.scale.name);
  std::string out = s.numeric ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">";
  out += "<button type=\"button\">" + html_escaped(label(language, "column", s.column->id));
  if (!unit.empty()) out += " <span class=\"unit\">" + html_escaped(unit) + "</span>";
  return out + "</button></th>";
}

std::string number_cell(const Shown& s, std::size_t row, bool own_units) {
  const auto value = number_at(s.column, row);
  if (!value) return "<td class=\"n none\">–</td>";
  const auto show = [&](double v) {
    return number_text(v / s.scale.divisor, own_units ? decimals_by_size(v) : s.decimals);
  };
  std::string out = "<td class=\"n\" data-v=\"" + shortest(*value) + "\">" + show(*value);
  const auto low = number_at(s.low, row);
  const auto high = number_at(s.high, row);
  if (low && high && *low < *high) out += "<small>" + show(*low) + " – " + show(*high) + "</small>";
  return out + "</td>";
}

std::string cell(const Shown& s, std::size_t row, bool own_units, Language language) {
  if (s.numeric) return number_cell(s, row, own_units);
  const std::string text = html_escaped(shown_text(*s.column, row, language));
  return s.column->id == "name" ? "<th scope=\"row\">" + text + "</th>" : "<td>" + text + "</td>";
}

}  // namespace

std::string table_html(const Table& table, Language language) {
  const std::size_t most = table.find("name") ? most_named_rows : most_other_rows;
  const std::size_t rows = std::min(table.rows(), most);
  if (rows == 0) {
    return "<p class=\"note\">" + html_escaped(text(language, "report.no_rows")) + "</p>\n";
  }
  const std::vector<Shown> columns = shown_columns(table, language);
  const bool own_units = table.find("unit") != nullptr;
  std::string out = "<div class=\"scroll\"><table class=\"sortable\">\n<thead><tr>";
  for (const Shown& s : columns) out += heading(s, language);
  out += "</tr></thead>\n<tbody>\n";
  for (std::size_t row = 0; row < rows; ++row) {
    const std::string id = table.id == "sites" ? text_at(table, "id", row) : "";
    out += id.empty() ? "<tr>" : "<tr data-site=\"" + html_escaped(id) + "\">";
    for (const Shown& s : columns) out += cell(s, row, own_units, language);
    out += "</tr>\n";
  }
  out += "</tbody>\n</table></div>\n";
  if (rows == table.rows()) return out;
  return out + "<p class=\"note\">" +
         html_escaped(filled(
             text(language, "report.more_rows"),
             {std::to_string(rows), std::to_string(table.rows()), file_stem(table.id) + ".csv"})) +
         "</p>\n";
}

std::string file_stem(std::string_view id) {
  std::string stem;
  for (const char c : id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_';
    stem += plain ? c : '_';
  }
  return stem.empty() ? "_" : stem;
}

}  // namespace footfall::report
