#include "tests/sim/report/html_check.hpp"

#include <set>
#include <vector>

#include "core/text.hpp"

namespace footfall::report_test {
namespace {

using View = std::string_view;

class Reader {
 public:
  explicit Reader(View html) : html_(html) {}

  std::string problem() {
    if (!is_utf8(html_)) return "not UTF-8";
    constexpr View doctype = "<!DOCTYPE html>";
    if (html_.substr(0, doctype.size()) != doctype) return "no doctype";
    at_ = doctype.size();
    while (problem_.empty() && (at_ = html_.find('<', at_)) != View::npos) tag();
    if (problem_.empty() && !open_.empty()) problem_ = "left open: " + open_.back();
    return problem_;
  }

 private:
  void fail(const std::string& what) {
    problem_ = what + " at …" + std::string(html_.substr(at_ > 60 ? at_ - 60 : 0, 160)) + "…";
  }

  void tag() {
    const bool closing = html_.substr(at_ + 1, 1) == "/";
    std::size_t i = at_ + (closing ? 2 : 1);
    const std::size_t start = i;
    while (i < html_.size() && (is_letter(html_[i]) || (html_[i] >= '0' && html_[i] <= '9'))) ++i;
    const std::string name(html_.substr(start, i - start));
    if (name.empty()) return fail("bare <");
    bool itself = false;
    while (i < html_.size() && html_[i] != '>') {
      if (html_[i] == '/') {
        itself = true;
        ++i;
      } else if (html_[i] == ' ') {
        ++i;
      } else if (!attribute(i)) {
        return fail("bad attribute of " + name);
      }
    }
    if (i == html_.size()) return fail("unfinished tag");
    if (closing) {
      if (open_.empty() || open_.back() != name) return fail("wrong end of " + name);
      open_.pop_back();
    } else if (!itself && name != "meta" && name != "br") {
      open_.push_back(name);
    }
    at_ = i + 1;
    if (!closing && (name == "script" || name == "style")) at_ = html_.find("</" + name, at_);
  }

  bool attribute(std::size_t& i) {
    const std::size_t start = i;
    while (i < html_.size() && (is_letter(html_[i]) || html_[i] == '-')) ++i;
    const View name = html_.substr(start, i - start);
    if (name.empty() || html_.substr(i, 2) != "=\"") return false;
    const std::size_t end = html_.find('"', i + 2);
    if (end == View::npos) return false;
    const View value = html_.substr(i + 2, end - i - 2);
    i = end + 1;
    if (name.substr(0, 2) == "on" || value.find('<') != View::npos) return false;
    return name != "id" || ids_.insert(value).second;
  }

  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  View html_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
  std::set<View> ids_;
  std::string problem_;
};

}  // namespace

std::string problem_in(std::string_view html) {
  return Reader(html).problem();
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != View::npos; at = text.find(part, at + part.size()))
    ++n;
  return n;
}

}  // namespace footfall::report_test
