#include "core/texts.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace footfall {
namespace {

const std::vector<Text>& sorted_texts() {
  static const std::vector<Text> all = [] {
    std::vector<Text> rows = all_texts();
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

bool is_place(std::string_view pattern, std::size_t i) {
  return pattern.size() - i > 2 && pattern[i] == '{' && pattern[i + 1] >= '0' &&
         pattern[i + 1] <= '9' && pattern[i + 2] == '}';
}

/// Whether the sentence has the pattern's form; each place takes the shortest text that lets what
/// stands between it and the next place follow, the last one all that is left.
bool matches(std::string_view pattern, std::string_view sentence,
             std::array<std::string_view, 10>& values) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < pattern.size();) {
    if (!is_place(pattern, i)) {
      if (at == sentence.size() || sentence[at] != pattern[i]) return false;
      ++at;
      ++i;
      continue;
    }
    std::size_t end = i + 3;
    while (end < pattern.size() && !is_place(pattern, end)) ++end;
    const std::string_view between = pattern.substr(i + 3, end - i - 3);
    const bool last = end == pattern.size();
    if (last && sentence.size() - at < between.size()) return false;
    const std::size_t stop = last ? sentence.size() - between.size() : sentence.find(between, at);
    if (stop == std::string_view::npos || sentence.substr(stop, between.size()) != between)
      return false;
    values[static_cast<std::size_t>(pattern[i + 1] - '0')] = sentence.substr(at, stop - at);
    at = stop + between.size();
    i = end;
  }
  return at == sentence.size();
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
    const bool place = is_place(pattern, i);
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

std::string value_label(Language language, std::string_view column, std::string_view value) {
  if (column == "unit") return unit_label(language, value);
  if (column == "quantity") return std::string(label(language, "figure", value));
  for (const std::string_view section : {"role", "stage", "method", "refused", "channel"}) {
    if (column == section) return std::string(label(language, section, value));
  }
  if (column == "tag") return std::string(label(language, "column", value));
  for (const std::string_view of_choice : {"age", "income", "value"}) {
    if (column == of_choice) return std::string(label(language, "choice", value));
  }
  return std::string(value);
}

std::string unit_label(Language language, std::string_view unit, std::string_view scale) {
  const auto slash = unit.rfind('/');
  const std::string per = slash == std::string_view::npos
                              ? std::string()
                              : "unit.per_" + std::string(unit.substr(slash + 1));
  if (slash > 0 && find_text(per)) {
    return filled(text(language, per), {unit_label(language, unit.substr(0, slash), scale)});
  }
  const std::string_view name = label(language, "unit", unit);
  if (scale.empty()) return std::string(name);
  return filled(label(language, "unit", scale), {name});
}

std::string translated(Language language, std::string_view english) {
  if (language == Language::english) return std::string(english);
  static const std::vector<Text> sentences = [] {
    std::vector<Text> rows = all_texts();
    std::erase_if(rows, [](const Text& row) { return !row.key.starts_with("sentence."); });
    return rows;
  }();
  for (const Text& row : sentences) {
    std::array<std::string_view, 10> values{};
    if (!matches(row.english, english, values)) continue;
    return filled(in(language, row), {values[0], values[1], values[2], values[3], values[4],
                                      values[5], values[6], values[7], values[8], values[9]});
  }
  return std::string(english);
}

std::vector<Text> all_texts() {
  std::vector<Text> rows;
  for (const auto part :
       {result_texts(), window_texts(), people_texts(), chain_texts(), batch_texts()}) {
    rows.insert(rows.end(), part.begin(), part.end());
  }
  return rows;
}

}  // namespace footfall
