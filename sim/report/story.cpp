#include "sim/report/story.hpp"

#include <algorithm>
#include <cmath>

#include "core/text.hpp"
#include "sim/report/cells.hpp"
#include "sim/report/numbers.hpp"

namespace footfall::report {
namespace {

constexpr double half_axis = 0.6;  ///< the chart shows estimates within ±60 % of the truth
constexpr double width = 240, height = 30, middle = width / 2, margin = 10;

class Row {
 public:
  Row(const Table& table, std::size_t row, Language language)
      : table_(table), row_(row), language_(language), unit_(text_at(table, "unit", row)) {
    const double most =
        std::max(std::abs(number("truth").value_or(0)), std::abs(number("estimate").value_or(0)));
    scale_ = scale_for(most, unit_, language);
  }

  std::string html() const {
    const std::string quantity = text_at(table_, "quantity", row_);
    const std::string refused = text_at(table_, "refused", row_);
    const std::string method = text_at(table_, "method", row_);
    std::string out =
        "<tr><th scope=\"row\">" + html_escaped(label(language_, "figure", quantity)) +
        "<br><span class=\"unit\">" + html_escaped(unit_label(language_, unit_, scale_.name)) +
        "</span></th>" + cell("truth");
    if (refused.empty()) {
      out += cell("estimate") + "<td class=\"vs\">" + chart() + "</td><td class=\"n\">" + error() +
             "</td>";
    } else {
      out += "<td class=\"none\" colspan=\"3\">" +
             html_escaped(label(language_, "refused", refused)) + "</td>";
    }
    return out + "<td>" + html_escaped(method.empty() ? "–" : label(language_, "method", method)) +
           "</td></tr>\n";
  }

 private:
  std::optional<double> number(const std::string& column) const {
    return number_at(table_, column, row_);
  }
  std::string shown(double value) const {
    const int decimals = scale_.divisor > 1 ? 2 : decimals_by_size(value);
    return number_text(value / scale_.divisor, decimals);
  }

  std::string cell(const std::string& column) const {
    const auto value = number(column);
    if (!value) return "<td class=\"n none\">–</td>";
    std::string out = "<td class=\"n\"><strong>" + shown(*value) + "</strong>";
    const auto low = number(column + "_low"), high = number(column + "_high");
    if (low && high && *low < *high)
      out += "<small>" + shown(*low) + " – " + shown(*high) + "</small>";
    return out + "</td>";
  }

  std::string error() const {
    const auto value = number("error");
    if (!value) return "–";
    return (*value > 0 ? "+" : "") + number_text(*value, std::abs(*value) < 100 ? 1 : 0) + " %";
  }

  /// The estimate on an axis around the truth; an arrow where it lies outside.
  std::string chart() const {
    const auto truth = number("truth"), value = number("estimate");
    if (!truth || !value || *truth == 0) return {};
    const auto x = [&](double v) {
      const double share = (v - *truth) / std::abs(*truth) / half_axis;
      return middle + std::clamp(share, -1.0, 1.0) * (middle - margin);
    };
    const auto at = [&](const std::string& column, double otherwise) {
      return fixed(x(number(column).value_or(otherwise)), 1);
    };
    const std::string left = at("truth_low", *truth), right = at("truth_high", *truth);
    std::string svg = "<svg viewBox=\"0 0 " + fixed(width, 0) + " " + fixed(height, 0) +
                      "\" role=\"img\" aria-label=\"" + html_escaped(error()) +
                      "\"><path class=\"axis\" d=\"M" + fixed(margin, 0) + " 15H" +
                      fixed(width - margin, 0) + "\"/><path class=\"truth-band\" d=\"M" + left +
                      " 15H" + right + "\"/><path class=\"truth\" d=\"M" + fixed(middle, 0) +
                      " 4V26\"/>";
    const double share = (*value - *truth) / std::abs(*truth);
    if (std::abs(share) > half_axis) {
      const double tip = share > 0 ? width - 2 : 2, back = share > 0 ? -9 : 9;
      return svg + "<path class=\"estimate\" d=\"M" + fixed(tip, 0) + " 15l" + fixed(back, 0) +
             " -6v12z\"/></svg>";
    }
    const std::string low = at("estimate_low", *value), high = at("estimate_high", *value);
    if (low != high)
      svg += "<path class=\"whisker\" d=\"M" + low + " 15H" + high + "M" + low + " 11v8M" + high +
             " 11v8\"/>";
    return svg + "<circle class=\"estimate\" cx=\"" + fixed(x(*value), 1) +
           "\" cy=\"15\" r=\"4.5\"/></svg>";
  }

  const Table& table_;
  std::size_t row_;
  Language language_;
  std::string unit_;
  Scale scale_;
};

}  // namespace

std::string story_html(const Results& results, Language language) {
  const Table* table = results.table("story");
  if (table == nullptr || table->rows() == 0 || table->find("truth") == nullptr) return {};
  std::string out = "<div class=\"scroll\"><table class=\"story\">\n<thead><tr>";
  const auto head = [&](std::string_view id, bool numeric) {
    out += numeric ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">";
    out += html_escaped(label(language, "column", id)) + "</th>";
  };
  head("quantity", false);
  head("truth", true);
  head("estimate", true);
  head("estimate_vs_truth", false);
  head("error", true);
  head("method", false);
  out += "</tr></thead>\n<tbody>\n";
  for (std::size_t i = 0; i < table->rows(); ++i) out += Row(*table, i, language).html();
  return out + "</tbody>\n</table></div>\n<p class=\"note\">" +
         html_escaped(text(language, "report.story_note")) + "</p>\n";
}

}  // namespace footfall::report
