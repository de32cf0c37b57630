#include "cli/terminal.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>

#include <signal.h>
#include <unistd.h>

#include "core/text.hpp"
#include "core/texts.hpp"

namespace footfall::cli {
namespace {

std::atomic<Job*> running{nullptr};

void interrupted(int) {
  if (Job* job = running.load()) job->cancel();  // cancel() only sets an atomic flag
}

/// Columns on the screen: East Asian wide characters take two.
std::size_t width(const std::string& text) {
  std::size_t out = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    const std::size_t length = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    // U+2E80 and above, in three bytes from E2 BA 80 on, is wide enough a rule for names of places.
    const bool wide = length == 4 || (length == 3 && c >= 0xe3);
    out += wide ? 2 : 1;
    i += length;
  }
  return out;
}

std::string padded(const std::string& text, std::size_t to, bool right) {
  const std::string space(to - std::min(to, width(text)), ' ');
  return right ? space + text : text + space;
}

/// Sums of money of a million and more are told in millions.
bool in_millions(const Column& column) {
  const auto* numbers = std::get_if<Column::Numbers>(&column.values);
  if (numbers == nullptr || column.unit.find("/year") == std::string::npos) return false;
  return std::any_of(numbers->begin(), numbers->end(),
                     [](const auto& value) { return value && *value >= 1e6; });
}

/// Rows with a unit of their own show as many digits as each number needs.
std::string number_text(const Table& table, const Column& column, std::size_t row, bool millions) {
  const auto& value = std::get<Column::Numbers>(column.values)[row];
  if (!value) return "-";
  if (millions) return grouped(*value / 1e6, 2);
  return grouped(*value, table.find("unit") ? decimals_by_size(*value) : column.decimals);
}

std::string cell_text(const Table& table, const Column& column, std::size_t row, bool interval) {
  const auto* numbers = std::get_if<Column::Numbers>(&column.values);
  if (numbers == nullptr)
    return shortened(value_label(Language::english, column.id, column.text(row)), 40);
  const bool millions = in_millions(column);
  std::string out = number_text(table, column, row, millions);
  const Column* low = table.find(column.id + "_low");
  const Column* high = table.find(column.id + "_high");
  if (interval && low != nullptr && high != nullptr && (*numbers)[row] &&
      std::get<Column::Numbers>(low->values)[row] < std::get<Column::Numbers>(high->values)[row]) {
    out += " (" + number_text(table, *low, row, millions) + " to " +
           number_text(table, *high, row, millions) + ")";
  }
  return out;
}

std::string heading(const Column& column) {
  std::string out(label(Language::english, "column", column.id));
  const std::string unit =
      unit_label(Language::english, column.unit, in_millions(column) ? "million" : "");
  return unit.empty() || unit == "persons" ? out : out + " [" + unit + "]";
}

/// A heading over two lines, cut at the space nearest its middle.
std::pair<std::string, std::string> in_two(const std::string& text) {
  std::size_t cut = std::string::npos;
  for (std::size_t i = text.find(' '); i != std::string::npos; i = text.find(' ', i + 1)) {
    const auto off = [&](std::size_t at) {
      return at * 2 > text.size() ? at * 2 - text.size() : text.size() - at * 2;
    };
    if (cut == std::string::npos || off(i) < off(cut)) cut = i;
  }
  if (cut == std::string::npos || text.size() < 8) return {"", text};
  return {text.substr(0, cut), text.substr(cut + 1)};
}

}  // namespace

std::string table_text(const Table& table, const std::vector<Shown>& columns,
                       std::size_t max_rows) {
  const std::size_t rows = std::min(max_rows, table.rows());
  std::vector<std::string> lines(rows + 3);
  bool first = true;
  for (const Shown& shown : columns) {
    const Column* column = table.find(shown.id);
    if (column == nullptr) continue;
    const bool right = !std::holds_alternative<Column::Texts>(column->values);
    const auto [above, below] = in_two(heading(*column));
    std::vector<std::string> cells{above, below, ""};
    for (std::size_t r = 0; r < rows; ++r) {
      cells.push_back(cell_text(table, *column, r, shown.interval));
    }
    std::size_t widest = 0;
    for (const std::string& c : cells) widest = std::max(widest, width(c));
    cells[2] = std::string(widest, '-');
    for (std::size_t r = 0; r < lines.size(); ++r) {
      lines[r] += (first ? "" : "  ") + padded(cells[r], widest, right);
    }
    first = false;
  }
  std::string out;
  for (std::string& line : lines) {
    while (!line.empty() && line.back() == ' ') line.pop_back();
    out += line + "\n";
  }
  if (table.rows() > rows) out += "… and " + std::to_string(table.rows() - rows) + " more\n";
  return out;
}

void print_errors(const Errors& errors) {
  std::fflush(stdout);
  std::fputs(describe(errors).c_str(), stderr);
}

TerminalJob::TerminalJob()
    : job_(0, ::isatty(STDERR_FILENO) ? Job::Progress([](double share, std::string_view stage) {
             std::fprintf(stderr, "\r\033[K%3.0f %%  %s", share * 100,
                          std::string(text(Language::english, stage)).c_str());
           })
                                      : Job::Progress()) {
  running = &job_;
  struct sigaction action {};
  action.sa_handler = interrupted;
  action.sa_flags = static_cast<int>(SA_RESETHAND);  // the second Ctrl+C ends the program
  sigaction(SIGINT, &action, nullptr);
}

TerminalJob::~TerminalJob() {
  running = nullptr;
  signal(SIGINT, SIG_DFL);
  if (::isatty(STDERR_FILENO)) std::fprintf(stderr, "\r\033[K");
}

}  // namespace footfall::cli
