#include "core/error.hpp"

#include "core/text.hpp"

namespace footfall {

namespace {

std::string one_line(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return line;
}

}  // namespace

std::string describe(const Error& error) {
  std::string line;
  if (!error.file.empty()) line += error.file + ": ";
  if (!error.place.empty()) line += error.place + ": ";
  if (!error.value.empty()) line += '"' + shortened(error.value, 60) + "\" ";
  line += error.message;
  if (!error.allowed.empty()) line += " (" + error.allowed + ")";
  return one_line(line);
}

std::string describe(const Errors& errors, std::size_t limit) {
  std::string text;
  for (std::size_t i = 0; i < errors.size() && i < limit; ++i) {
    text += describe(errors[i]) + '\n';
  }
  if (errors.size() > limit) {
    text += "and " + std::to_string(errors.size() - limit) + " more\n";
  }
  return text;
}

}  // namespace footfall
