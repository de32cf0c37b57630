#include "ui/format.hpp"

#include <cmath>

#include "core/text.hpp"

namespace footfall::ui {
namespace {

struct Scale {
  double from, unit;
  const char* english;
};
constexpr Scale english_scales[] = {
    {999.5e6, 1e9, " bn"}, {999.5e3, 1e6, " M"}, {999.5, 1e3, " k"}};
constexpr Scale chinese_scales[] = {{99.95e6, 1e8, "亿"}, {9.995e3, 1e4, "万"}};

std::string digits(double value) {
  const double size = std::abs(value);
  return fixed(value, size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
}

template <std::size_t n>
std::string scaled(const Scale (&scales)[n], double value) {
  for (const Scale& scale : scales) {
    if (std::abs(value) >= scale.from) return digits(value / scale.unit) + scale.english;
  }
  return fixed(value, std::abs(value) < 10 && value != std::floor(value) ? 1 : 0);
}

}  // namespace

std::string short_number(Language language, double value) {
  if (!(std::abs(value) < 1e15)) return "–";
  return language == Language::chinese ? scaled(chinese_scales, value)
                                       : scaled(english_scales, value);
}

std::string short_range(Language language, double low, double high) {
  std::string from = short_number(language, low);
  const std::string to = short_number(language, high);
  const auto scale_of = [](const std::string& text) {
    const auto last = text.find_last_of("0123456789");
    return last == std::string::npos ? std::string() : text.substr(last + 1);
  };
  const std::string scale = scale_of(from);
  if (scale == scale_of(to)) from.resize(from.size() - scale.size());
  return from + " – " + to;
}

std::string fine_number(Language language, double value, double span) {
  if (!(std::abs(value) < 1e15)) return "–";
  double unit = 1;
  std::string_view scale;
  const auto pick = [&](const auto& scales) {
    for (const Scale& one : scales) {
      if (unit == 1 && std::abs(value) >= one.from) unit = one.unit, scale = one.english;
    }
  };
  language == Language::chinese ? pick(chinese_scales) : pick(english_scales);
  const double apart = span / unit;
  int decimals = apart > 0 ? 1 - static_cast<int>(std::floor(std::log10(apart))) : 2;
  if (value == std::floor(value) && span >= 1 && unit == 1) decimals = 0;
  return fixed(value / unit, std::min(6, std::max(0, decimals))) + std::string(scale);
}

std::string clock_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const std::int64_t h = whole / 3600, m = whole / 60 % 60, s = whole % 60;
  return h > 0 ? std::to_string(h) + ":" + two(m) + ":" + two(s) : std::to_string(m) + ":" + two(s);
}

std::string whole_number(double value) {
  return grouped(value, 0);
}

std::string percent(double share, int decimals) {
  return fixed(share * 100, decimals) + " %";
}

std::string length_text(Language language, double metres) {
  const bool km = metres >= 1000;
  const std::string number = shortest(km ? metres / 1000 : metres);
  return number + " " + std::string(label(language, "unit", km ? "km" : "m"));
}

}  // namespace footfall::ui
