#include "core/json.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/text.hpp"

namespace footfall {

namespace {

constexpr std::size_t deepest = 200;

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

// Builds the document. The parser's own builder would keep the last of two equal keys without a
// word, and with a callback it looks through a list's items after each.
class Builder final : public nlohmann::json_sax<Json> {
 public:
  Json take() { return std::move(root_); }
  /// Why the parser stopped: what the builder refused, else what the parser said.
  const std::string& value() const { return value_; }
  const std::string& message() const { return message_; }

  bool null() override { return add(nullptr); }
  bool boolean(bool v) override { return add(v); }
  bool number_integer(std::int64_t v) override { return add(v); }
  bool number_unsigned(std::uint64_t v) override { return add(v); }
  bool number_float(double v, const std::string&) override { return add(v); }
  bool string(std::string& v) override { return add(std::move(v)); }
  bool binary(Json::binary_t& v) override { return add(std::move(v)); }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(std::string& name) override {
    const auto [member, is_new] = inside_.back()->emplace(name, nullptr);
    member_ = &*member;
    return is_new || refuse(name, "is a repeated key");
  }
  bool parse_error(std::size_t, const std::string&, const Json::exception& e) override {
    return refuse({}, "is not JSON: " + reason(e.what()));
  }

 private:
  Json* put(Json&& v) {
    if (inside_.empty()) return &(root_ = std::move(v));
    if (inside_.back()->is_object()) return &(*member_ = std::move(v));
    inside_.back()->push_back(std::move(v));
    return &inside_.back()->back();
  }
  bool add(Json&& v) { return put(std::move(v)) != nullptr; }
  bool open(Json&& v) {
    if (inside_.size() >= deepest) return refuse({}, "is nested deeper than 200 levels");
    inside_.push_back(put(std::move(v)));
    return true;
  }
  bool close() {
    inside_.pop_back();
    return true;
  }
  bool refuse(std::string value, std::string message) {
    value_ = std::move(value);
    message_ = std::move(message);
    return false;
  }

  Json root_;
  std::vector<Json*> inside_;  // a list grows only at its end, when all behind it are closed
  Json* member_ = nullptr;
  std::string value_, message_;
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

}  // namespace

Result<Json> parse_json(std::string_view text, std::string_view file) {
  if (text.substr(0, 3) == "\xef\xbb\xbf") text.remove_prefix(3);
  const char* reached = text.data();
  Builder builder;
  if (Json::sax_parse(Reader(text.data(), &reached), Reader(text.data() + text.size(), &reached),
                      &builder)) {
    return builder.take();
  }
  const auto read = text.substr(0, static_cast<std::size_t>(reached - text.data()));
  return fail(Error{std::string(file), place_of(read), builder.value(), builder.message(), {}});
}

std::string json_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace footfall
