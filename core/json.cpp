#include "core/json.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "core/text.hpp"

namespace footfall {

namespace {

constexpr int deepest = 200;

// Thrown through the parser by its callback, caught in parse_json().
struct Refused {
  std::string value;
  std::string message;
};

// The parser alone would keep the last of two equal keys without a word.
class Watcher {
 public:
  bool operator()(int depth, Json::parse_event_t event, Json& value) {
    switch (event) {
      case Json::parse_event_t::object_start:
      case Json::parse_event_t::array_start:
        if (depth >= deepest) throw Refused{{}, "is nested deeper than 200 levels"};
        keys_.emplace_back();
        break;
      case Json::parse_event_t::object_end:
      case Json::parse_event_t::array_end:
        keys_.pop_back();
        break;
      case Json::parse_event_t::key: {
        const auto& key = value.get_ref<const std::string&>();
        if (!keys_.back().insert(key).second) throw Refused{key, "is a repeated key"};
        break;
      }
      case Json::parse_event_t::value:
        break;
    }
    return true;
  }

 private:
  std::vector<std::set<std::string>> keys_;
};

// Reads from memory and knows how far it got.
class Reader {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Reader(const char* at, const char** reached) : at_(at), reached_(reached) {}
  reference operator*() const { return *at_; }
  Reader& operator++() {
    *reached_ = ++at_;
    return *this;
  }
  bool operator==(const Reader& other) const { return at_ == other.at_; }
  bool operator!=(const Reader& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  const char** reached_;
};

std::string place_of(std::string_view read) {
  const auto line = 1 + std::count(read.begin(), read.end(), '\n');
  const std::size_t start = read.rfind('\n');
  const std::size_t column =
      start == std::string_view::npos ? read.size() : read.size() - start - 1;
  return "line " + std::to_string(line) + ", column " +
         std::to_string(std::max<std::size_t>(column, 1));
}

// "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while parsing
// value - unexpected end of input; expected …" -> "unexpected end of input"
std::string reason(std::string_view what) {
  const std::size_t dash = what.find(" - ");
  if (dash != std::string_view::npos) {
    what.remove_prefix(dash + 3);
  } else if (const std::size_t bracket = what.find("] "); bracket != std::string_view::npos) {
    what.remove_prefix(bracket + 2);
  }
  what = what.substr(0, what.find("; "));
  return shortened(what, 120);
}

}  // namespace

Result<Json> parse_json(std::string_view text, std::string_view file) {
  if (text.substr(0, 3) == "\xef\xbb\xbf") text.remove_prefix(3);
  const char* reached = text.data();
  const auto read = [&] { return text.substr(0, static_cast<std::size_t>(reached - text.data())); };
  try {
    Watcher watcher;
    return Json::parse(Reader(text.data(), &reached), Reader(text.data() + text.size(), &reached),
                       [&](int depth, Json::parse_event_t event, Json& value) {
                         return watcher(depth, event, value);
                       });
  } catch (const Json::exception& e) {
    return fail(
        Error{std::string(file), place_of(read()), {}, "is not JSON: " + reason(e.what()), {}});
  } catch (const Refused& refused) {
    return fail(Error{std::string(file), place_of(read()), refused.value, refused.message, {}});
  }
}

std::string json_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace footfall
