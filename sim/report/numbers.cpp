#include "sim/report/numbers.hpp"

#include <cmath>

#include "core/text.hpp"

namespace footfall::report {
namespace {

bool is_money(std::string_view unit) {
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return unit.size() >= 3 && upper(unit[0]) && upper(unit[1]) && upper(unit[2]) &&
         (unit.size() == 3 || unit[3] == '/');
}

}  // namespace

std::string number_text(double value, int decimals) {
  if (!std::isfinite(value)) return "–";
  if (std::abs(value) >= 1e15) return shortest(value);
  return grouped(value, decimals, ",");
}

Scale scale_for(double largest, std::string_view unit, Language language) {
  if (!is_money(unit) || !(largest >= 1e6)) return {};
  if (language == Language::chinese) return largest >= 1e9 ? Scale{1e8, "yi"} : Scale{1e4, "wan"};
  return largest >= 1e9 ? Scale{1e9, "billion"} : Scale{1e6, "million"};
}

std::string short_number(double value, const Scale& scale) {
  const double scaled = value / scale.divisor;
  const double size = std::abs(scaled);
  if (size >= 100 || scaled == std::floor(scaled)) return number_text(scaled, 0);
  return number_text(scaled, size >= 10 ? 1 : 2);
}

std::string with_unit(std::string_view number, std::string_view unit, const Scale& scale,
                      Language language) {
  std::string text(number);
  if (unit.empty() && scale.name.empty()) return text;
  if (unit != "%" && unit != "deg") text += " ";
  return text + unit_label(language, unit, scale.name);
}

}  // namespace footfall::report
