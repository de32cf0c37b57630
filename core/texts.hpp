// Every text that a person reads in the window or a report, by key and in all languages. One table
// row holds all languages of a key, so that no language can miss one.
//
// Keys are "section.id". Rows live in a file for each owner:
//
//   texts_results.cpp  what results are made of, shown by report and window alike
//     figure.*  column.*  table.*  layer.*     by the ids of result.hpp
//     param.<room>.<name>  and  ….help         by the fields of params.hpp; the options of a study
//     stand
//                                              under its name: "param.sites rank.draws"
//     method.*  refused.*  stage.*  channel.*  (see value_label)
//     room.*  choice.*  role.*  area.*  road.* names that stand as values in data and parameters
//     unit.*  basis.*  study.*  report.*  sentence.*
//   texts_window.cpp   what only the window says: ui.*  command.*  toast.*  job.*
//   texts_people.cpp   all sections, of shoppers and visits
//   texts_chain.cpp    all sections, of store, sensors, members, campaigns, estimates and the world
//   texts_batch.cpp    all sections, of many runs
//
// {0} to {9} in a text are places for values, put in by filled().
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace footfall {

enum class Language : std::uint8_t { english, chinese };

/// "en" or "zh", as in lang attributes and options.
std::string_view code_of(Language language);

/// The text of a key; the key itself where there is none (a defect that tests look for).
std::string_view text(Language language, std::string_view key);

/// The text of "section.id"; the id itself where there is none, since data may bring ids of their
/// own.
std::string_view label(Language language, std::string_view section, std::string_view id);

/// The text with {0}, {1}, … replaced by the values; a place without a value stays as it is.
std::string filled(std::string_view pattern, std::initializer_list<std::string_view> values);

/// The cell of a results' text column as people read it: values of the columns role, quantity,
/// stage, method, refused, channel, unit, tag, value, age and income stand for texts; others are
/// shown as they are.
std::string value_label(Language language, std::string_view column, std::string_view value);

/// A unit as people read it: "m2" -> "m²", "CHF/year" -> "CHF a year"; with a scale of the section
/// unit.* in front of the first slash: "million" -> "CHF million a year". Unknown parts stay as
/// they are.
std::string unit_label(Language language, std::string_view unit, std::string_view scale = {});

/// An English sentence that the program writes into results (assumptions, warnings), in another
/// language. Found by its English form in the rows "sentence.*", values at {0} to {9} taken over.
/// The sentence itself where there is no such row, since data bring sentences of their own.
std::string translated(Language language, std::string_view english);

/// One row of the table.
struct Text {
  std::string_view key;
  std::string_view english;
  std::string_view chinese;
};
std::span<const Text> result_texts();
std::span<const Text> window_texts();
std::span<const Text> people_texts();
std::span<const Text> chain_texts();
std::span<const Text> batch_texts();
/// All rows of all files.
std::vector<Text> all_texts();

}  // namespace footfall
