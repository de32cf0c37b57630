#include "core/text.hpp"

#include <cassert>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>

namespace footfall {

namespace {

__extension__ typedef unsigned __int128 Wide;

constexpr std::uint64_t powers_of_ten[] = {1,      10,      100,      1000,      10000,
                                           100000, 1000000, 10000000, 100000000, 1000000000};

struct Binary {
  bool negative = false;
  std::uint64_t mantissa = 0;
  int exponent = 0;  // value = mantissa * 2^exponent
};

Binary taken_apart(double value) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  const auto biased = static_cast<int>(bits >> 52 & 0x7ff);
  Binary b;
  b.negative = (bits >> 63) != 0;
  b.mantissa = bits & 0xf'ffff'ffff'ffff;
  if (biased != 0) b.mantissa |= std::uint64_t{1} << 52;
  b.exponent = (biased == 0 ? 1 : biased) - 1075;
  return b;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// The parts of a decimal number: the first 19 significant digits as an integer, and its exponent.
struct Decimal {
  bool negative = false;
  std::uint64_t digits = 0;
  int exponent = 0;
  bool cut = false;  // more digits than fit
};

// Reads digits at `at`, counting those behind the point; false where there is none at all.
bool read_digits(std::string_view text, std::size_t& at, Decimal& decimal) {
  bool any = false;
  bool behind_point = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && !behind_point) {
      behind_point = true;
      continue;
    }
    if (!is_digit(c)) break;
    any = true;
    if (decimal.digits < 1'000'000'000'000'000'000u) {
      decimal.digits = decimal.digits * 10 + static_cast<unsigned>(c - '0');
      decimal.exponent -= behind_point ? 1 : 0;
    } else {
      decimal.cut = decimal.cut || c != '0';
      decimal.exponent += behind_point ? 0 : 1;
    }
  }
  return any;
}

bool read_exponent(std::string_view text, std::size_t& at, Decimal& decimal) {
  if (at == text.size() || (text[at] != 'e' && text[at] != 'E')) return true;
  ++at;
  bool negative = false;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) negative = text[at++] == '-';
  if (at == text.size() || !is_digit(text[at])) return false;
  int exponent = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) {
    if (exponent < 100'000) exponent = exponent * 10 + (text[at] - '0');
  }
  decimal.exponent += negative ? -exponent : exponent;
  return true;
}

std::optional<Decimal> read_decimal(std::string_view text) {
  Decimal decimal;
  std::size_t at = 0;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) decimal.negative = text[at++] == '-';
  if (!read_digits(text, at, decimal) || !read_exponent(text, at, decimal)) return std::nullopt;
  if (at != text.size()) return std::nullopt;
  return decimal;
}

// Digits and power of ten are both exact doubles, so that one operation rounds once (Clinger 1990).
std::optional<double> exact_product(const Decimal& decimal) {
  static constexpr double exact_powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                            1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                            1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  if (decimal.cut || decimal.digits >> 53 != 0) return std::nullopt;
  if (decimal.exponent < -22 || decimal.exponent > 22) return std::nullopt;
  const auto digits = static_cast<double>(decimal.digits);
  return decimal.exponent < 0 ? digits / exact_powers[-decimal.exponent]
                              : digits * exact_powers[decimal.exponent];
}

// Length of the well-formed UTF-8 sequence at the start of the text; 0 where there is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first == 0) return 0;
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  const unsigned second = byte(1);
  const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool surrogate = first == 0xed && second >= 0xa0;
  const bool too_high = first == 0xf4 && second >= 0x90;
  return overlong || surrogate || too_high ? 0 : length;
}

}  // namespace

std::string shortest(double value) {
  assert(std::isfinite(value));
  return fmt::format("{}", value);
}

std::string fixed(double value, int decimals) {
  assert(decimals >= 0 && decimals <= 9);
  if (!(value > -1e15 && value < 1e15)) return shortest(value);
  const Binary b = taken_apart(value);
  const std::uint64_t scale = powers_of_ten[decimals];
  std::uint64_t whole = 0;
  std::uint64_t fraction = 0;
  if (b.exponent >= 0) {
    whole = b.mantissa << b.exponent;
  } else if (b.exponent > -120) {  // smaller ones are all zeros
    const int shift = -b.exponent;
    whole = shift < 64 ? b.mantissa >> shift : 0;
    const Wide rest = b.mantissa - (static_cast<Wide>(whole) << shift);
    fraction = static_cast<std::uint64_t>((rest * scale + (Wide{1} << (shift - 1))) >> shift);
    if (fraction == scale) {
      fraction = 0;
      ++whole;
    }
  }
  std::string text = b.negative && (whole != 0 || fraction != 0) ? "-" : "";
  text += std::to_string(whole);
  if (decimals > 0) text += fmt::format(".{:0{}}", fraction, decimals);
  return text;
}

std::string grouped(double value, int decimals, std::string_view separator) {
  const std::string plain = fixed(value, decimals);
  const std::size_t first = plain.find_first_of("0123456789");
  std::size_t end = plain.find_first_not_of("0123456789", first);
  if (end == std::string::npos) end = plain.size();
  std::string text = plain.substr(0, first);
  for (std::size_t i = first; i < end; ++i) {
    if (i != first && (end - i) % 3 == 0) text += separator;
    text += plain[i];
  }
  return text + plain.substr(end);
}

std::optional<double> parse_number(std::string_view text) {
  text = trimmed(text);
  const std::optional<Decimal> decimal = read_decimal(text);
  if (!decimal) return std::nullopt;
  std::optional<double> value = exact_product(*decimal);
  if (value) return decimal->negative ? -*value : *value;
  value = std::strtod(std::string(text).c_str(), nullptr);
  if (!std::isfinite(*value)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  text = trimmed(text);
  const bool negative = !text.empty() && text[0] == '-';
  if (negative || (!text.empty() && text[0] == '+')) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  const std::uint64_t limit = (std::uint64_t{1} << 63) - (negative ? 0 : 1);
  std::uint64_t value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (value > (limit - digit) / 10) return std::nullopt;
    value = value * 10 + digit;
  }
  return static_cast<std::int64_t>(negative ? ~value + 1 : value);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string shortened(std::string_view text, std::size_t characters) {
  std::size_t at = 0;
  std::size_t count = 0;
  std::size_t last = 0;  // where the last character that may stay before "…" ends
  while (at < text.size()) {
    if (count + 1 == characters) last = at;
    if (count == characters) return std::string(text.substr(0, last)) + (characters ? "…" : "");
    const std::size_t length = sequence_length(text.substr(at));
    at += length == 0 ? 1 : length;
    ++count;
  }
  return std::string(text);
}

std::string html_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace footfall
