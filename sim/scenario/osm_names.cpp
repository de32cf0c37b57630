#include "core/text.hpp"
#include "sim/scenario/osm_parts.hpp"

namespace footfall::scenario::osm {

namespace {

/// Base letters of U+00C0 to U+017F, "." where a character stays as it is.
constexpr std::string_view base_letters =
    "aaaaaaaceeeeiiiidnooooo.ouuuuyts"   // U+00C0
    "aaaaaaaceeeeiiiidnooooo.ouuuuyty"   // U+00E0
    "aaaaaaccccccccddddeeeeeeeeeegggg"   // U+0100
    "gggghhhhiiiiiiiiiiiijjkkklllllll"   // U+0120
    "lllnnnnnnnnnoooooooorrrrrrssssss"   // U+0140
    "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";  // U+0160

/// Reads one code point of two bytes at `at`, 0 where there is none.
unsigned two_byte_character(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if ((first & 0xE0U) != 0xC0U || at + 1 >= text.size()) return 0;
  return (first & 0x1FU) << 6U | (static_cast<unsigned char>(text[at + 1]) & 0x3FU);
}

}  // namespace

std::string folded(std::string_view text) {
  std::string out;
  const std::string_view source = trimmed(text);
  for (std::size_t i = 0; i < source.size(); ++i) {
    const char c = source[i];
    const unsigned wide = two_byte_character(source, i);
    if (wide >= 0x300 && wide <= 0x36F) {  // combining accents
      ++i;
    } else if (wide >= 0xC0 && wide <= 0x17F && base_letters[wide - 0xC0] != '.') {
      out += base_letters[wide - 0xC0];
      ++i;
    } else {
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return out;
}

std::string clean_name(std::string_view text) {
  std::string out;
  for (const char c : trimmed(text))
    out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  return name_problem(out).empty() ? out : shortened(out, longest_name - 1);
}

std::string tag(const geo::OsmFeature& feature, const char* key) {
  const auto found = feature.tags.find(key);
  return found == feature.tags.end() ? std::string() : found->second;
}

std::vector<std::string> Notes::take() const {
  std::vector<std::string> lines = lines_;
  for (const auto& [what, n] : counts_) lines.push_back(what + ": " + std::to_string(n));
  return lines;
}

}  // namespace footfall::scenario::osm
