#include "geo/csv.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace footfall::geo {
namespace {

constexpr std::size_t most_problems = 1000;

class Reader {
 public:
  Reader(std::string_view bytes, std::string_view file, std::size_t max_rows)
      : bytes_(bytes), file_(file), max_rows_(max_rows) {}

  Result<Csv> read() {
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (bytes_.starts_with(byte_order_mark)) bytes_.remove_prefix(byte_order_mark.size());
    if (!is_utf8(bytes_)) return fail(encoding_error());
    find_separator();
    read_header();
    while (errors_.size() < most_problems && at_ < bytes_.size()) read_row();
    if (!errors_.empty()) return fail(std::move(errors_));
    return std::move(csv_);
  }

 private:
  void problem(std::size_t line, std::string message, std::string allowed = {}) {
    errors_.push_back(
        {file_, "line " + std::to_string(line), {}, std::move(message), std::move(allowed)});
  }

  Error encoding_error() const {
    std::size_t at = 0, line = 1, line_start = 0;
    while (at < bytes_.size()) {
      std::size_t length = 1;
      while (length <= 4 && !is_utf8(bytes_.substr(at, length))) ++length;
      if (length > 4) break;
      if (bytes_[at] == '\n') {
        ++line;
        line_start = at + 1;
      }
      at += length;
    }
    return {file_,
            "line " + std::to_string(line) + ", byte " + std::to_string(at - line_start + 1),
            {},
            "is not text in UTF-8",
            "CSV saved as UTF-8"};
  }

  void find_separator() {
    constexpr std::string_view candidates = ",;\t";
    std::array<std::size_t, candidates.size()> counts{};
    bool quoted = false, begun = false;
    for (const char c : bytes_) {
      if (c == '"') quoted = !quoted;
      if (c == '\n' && begun && !quoted) break;
      begun = begun || (c != '\r' && c != '\n');
      const std::size_t kind = candidates.find(c);
      if (kind != std::string_view::npos && !quoted) ++counts[kind];
    }
    separator_ = candidates[static_cast<std::size_t>(
        std::max_element(counts.begin(), counts.end()) - counts.begin())];
  }

  void read_header() {
    const std::size_t line = read_cells();
    if (cells_.empty()) {
      errors_.push_back({file_, {}, {}, "is empty", "a header line and rows"});
      return;
    }
    for (const std::string& cell : cells_) csv_.header.emplace_back(trimmed(cell));
    std::vector<std::string> names = csv_.header;
    std::sort(names.begin(), names.end());
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i].empty()) {
        problem(line, "a column has no name");
      } else if (i > 0 && names[i] == names[i - 1]) {
        problem(line, "column " + names[i] + " stands there twice");
      }
      if (errors_.size() >= most_problems) return;
    }
  }

  void read_row() {
    const std::size_t line = read_cells();
    if (cells_.empty()) return;
    if (csv_.rows.size() == max_rows_) {
      problem(line, "there are too many rows", "at most " + std::to_string(max_rows_));
      at_ = bytes_.size();
    } else if (cells_.size() != csv_.header.size()) {
      problem(line, "has " + std::to_string(cells_.size()) + " cells",
              std::to_string(csv_.header.size()) + " as in the header");
    } else {
      csv_.rows.push_back(std::move(cells_));
      csv_.lines.push_back(line);
    }
  }

  // The cells of the next line that is not empty (none at the end of the file); returns its number.
  std::size_t read_cells() {
    cells_.clear();
    cells_.reserve(csv_.header.size());
    while (at_ < bytes_.size() && end_of_line()) {
    }
    const std::size_t line = line_;
    if (at_ == bytes_.size()) return line;
    for (bool more = true; more;) {
      cells_.emplace_back();
      if (at_ < bytes_.size() && bytes_[at_] == '"') {
        read_quoted(cells_.back());
      } else {
        const std::size_t begin = at_;
        while (at_ < bytes_.size() && bytes_[at_] != separator_ && bytes_[at_] != '\n') ++at_;
        const bool crlf = at_ > begin && bytes_[at_ - 1] == '\r' && ends_line();
        cells_.back().assign(bytes_.substr(begin, at_ - begin - (crlf ? 1 : 0)));
      }
      more = at_ < bytes_.size() && bytes_[at_] == separator_;
      if (more) ++at_;
    }
    end_of_line();
    return line;
  }

  void read_quoted(std::string& cell) {
    const std::size_t line = line_;
    for (++at_;; at_ += 2) {
      const std::size_t quote = bytes_.find('"', at_);
      const std::string_view text = bytes_.substr(at_, quote - at_);
      cell += text;
      line_ += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
      at_ = std::min(quote, bytes_.size());
      if (quote == std::string_view::npos) {
        problem(line, "a quote is not closed");
        return;
      }
      if (quote + 1 >= bytes_.size() || bytes_[quote + 1] != '"') break;
      cell += '"';
    }
    ++at_;
    const std::size_t rest = at_;
    while (at_ < bytes_.size() && bytes_[at_] != separator_ && bytes_[at_] != '\n') ++at_;
    const std::string_view behind = bytes_.substr(rest, at_ - rest);
    if (!trimmed(behind).empty()) problem(line_, "there is text behind a closing quote");
  }

  bool ends_line() const { return at_ == bytes_.size() || bytes_[at_] == '\n'; }

  // Steps over the end of a line, if there is one here.
  bool end_of_line() {
    const std::size_t length = bytes_.substr(at_, 2) == "\r\n" ? 2
                               : bytes_.substr(at_, 1) == "\n" ? 1
                                                               : 0;
    at_ += length;
    line_ += length > 0 ? 1 : 0;
    return length > 0;
  }

  std::string_view bytes_;
  std::string file_;
  std::size_t max_rows_;
  char separator_ = ',';
  std::size_t at_ = 0, line_ = 1;
  std::vector<std::string> cells_;
  Csv csv_;
  Errors errors_;
};

}  // namespace

std::size_t Csv::column(std::string_view name) const {
  const auto found = std::find(header.begin(), header.end(), name);
  return found == header.end() ? npos : static_cast<std::size_t>(found - header.begin());
}

Result<Csv> parse_csv(std::string_view bytes, std::string_view file, std::size_t max_rows) {
  return Reader(bytes, file, max_rows).read();
}

std::string csv_cell(std::string_view text) {
  const bool spaces = text != trimmed(text);
  if (!spaces && text.find_first_of(",;\t\"\r\n") == std::string_view::npos) {
    return std::string(text);
  }
  std::string cell = "\"";
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell + '"';
}

}  // namespace footfall::geo
