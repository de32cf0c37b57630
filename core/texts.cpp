#include "core/texts.hpp"

#include <algorithm>
#include <vector>

namespace footfall {
namespace {

const std::vector<Text>& sorted_texts() {
  static const std::vector<Text> all = [] {
    std::vector<Text> rows(result_texts().begin(), result_texts().end());
    rows.insert(rows.end(), window_texts().begin(), window_texts().end());
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Text& a, const Text& b) { return a.key < b.key; });
    return rows;
  }();
  return all;
}

const Text* find_text(std::string_view key) {
  const auto& all = sorted_texts();
  const auto row = std::lower_bound(all.begin(), all.end(), key,
                                    [](const Text& a, std::string_view k) { return a.key < k; });
  return row != all.end() && row->key == key ? &*row : nullptr;
}

std::string_view in(Language language, const Text& row) {
  return language == Language::chinese ? row.chinese : row.english;
}

}  // namespace

std::string_view code_of(Language language) {
  return language == Language::chinese ? "zh" : "en";
}

std::string_view text(Language language, std::string_view key) {
  const Text* row = find_text(key);
  return row ? in(language, *row) : key;
}

std::string_view label(Language language, std::string_view section, std::string_view id) {
  std::string key(section);
  key += '.';
  key += id;
  const Text* row = find_text(key);
  return row ? in(language, *row) : id;
}

std::string filled(std::string_view pattern, std::initializer_list<std::string_view> values) {
  std::string result;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool place = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' &&
                       pattern[i + 1] >= '0' && pattern[i + 1] <= '9';
    const std::size_t index = place ? static_cast<std::size_t>(pattern[i + 1] - '0') : 0;
    if (place && index < values.size()) {
      result += *(values.begin() + index);
      i += 2;
    } else {
      result += pattern[i];
    }
  }
  return result;
}

std::string unit_label(Language language, std::string_view unit) {
  constexpr std::string_view per_year = "/year";
  const bool yearly =
      unit.size() > per_year.size() && unit.substr(unit.size() - per_year.size()) == per_year;
  if (!yearly) return std::string(label(language, "unit", unit));
  const std::string_view what = label(language, "unit", unit.substr(0, unit.size() - 5));
  return filled(text(language, "unit.per_year"), {what});
}

}  // namespace footfall
