#include "ui/format.hpp"

#include <algorithm>
#include <cmath>

#include "core/text.hpp"

namespace footfall::ui {
namespace {

struct Scale {
  double from, unit;
  const char* text;
};
constexpr Scale english_scales[] = {
    {999.5e6, 1e9, " bn"}, {999.5e3, 1e6, " M"}, {999.5, 1e3, " k"}};
constexpr Scale chinese_scales[] = {{99.95e6, 1e8, "亿"}, {9.995e3, 1e4, "万"}};

std::string digits(double value) {
  const double size = std::abs(value);
  return fixed(value, size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
}

constexpr Scale no_scale{0, 1, ""};

/// That in which a number of this size is written.
const Scale& scale_of(Language language, double value) {
  const auto find = [&](const auto& scales) -> const Scale& {
    for (const Scale& scale : scales) {
      if (std::abs(value) >= scale.from) return scale;
    }
    return no_scale;
  };
  return language == Language::chinese ? find(chinese_scales) : find(english_scales);
}

}  // namespace

std::string short_number(Language language, double value) {
  if (!(std::abs(value) < 1e15)) return "–";
  const Scale& scale = scale_of(language, value);
  if (scale.unit > 1) return digits(value / scale.unit) + scale.text;
  return fixed(value, std::abs(value) < 10 && value != std::floor(value) ? 1 : 0);
}

std::string short_range(Language language, double low, double high) {
  std::string from = short_number(language, low);
  const std::string to = short_number(language, high);
  const auto scale_at = [](const std::string& text) {
    const auto last = text.find_last_of("0123456789");
    return last == std::string::npos ? std::string() : text.substr(last + 1);
  };
  const std::string scale = scale_at(from);
  if (scale == scale_at(to)) from.resize(from.size() - scale.size());
  return from + " – " + to;
}

std::string fine_number(Language language, double value, double span) {
  if (!(std::abs(value) < 1e15)) return "–";
  const Scale& scale = scale_of(language, value);
  const double apart = span / scale.unit;
  int decimals = apart > 0 ? 1 - static_cast<int>(std::floor(std::log10(apart))) : 2;
  if (value == std::floor(value) && span >= 1 && scale.unit == 1) decimals = 0;
  return fixed(value / scale.unit, std::clamp(decimals, 0, 6)) + scale.text;
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
