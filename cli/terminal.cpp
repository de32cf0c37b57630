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

std::string cell_text(const Table& table, const Column& column, std::size_t row) {
  const auto* numbers = std::get_if<Column::Numbers>(&column.values);
  if (numbers == nullptr) return shortened(column.text(row), 40);
  const auto show = [](const Column& c, std::size_t r) {
    const auto& value = std::get<Column::Numbers>(c.values)[r];
    return value ? grouped(*value, c.decimals, " ") : std::string("-");
  };
  std::string out = show(column, row);
  const Column* low = table.find(column.id + "_low");
  const Column* high = table.find(column.id + "_high");
  if (low != nullptr && high != nullptr && (*numbers)[row]) {
    out += " (" + show(*low, row) + " to " + show(*high, row) + ")";
  }
  return out;
}

std::string heading(const Column& column) {
  std::string out(text(Language::english, "column." + column.id));
  if (!column.unit.empty())
    out += " [" + std::string(text(Language::english, "unit." + column.unit)) + "]";
  return out;
}

}  // namespace

std::string table_text(const Table& table, const std::vector<std::string>& columns,
                       std::size_t max_rows) {
  const std::size_t rows = std::min(max_rows, table.rows());
  std::vector<std::string> lines(rows + 2);
  for (const std::string& id : columns) {
    const Column* column = table.find(id);
    if (column == nullptr) continue;
    const bool right = !std::holds_alternative<Column::Texts>(column->values);
    std::vector<std::string> cells{heading(*column)};
    for (std::size_t r = 0; r < rows; ++r) cells.push_back(cell_text(table, *column, r));
    std::size_t widest = 0;
    for (const std::string& c : cells) widest = std::max(widest, width(c));
    const std::string gap = lines[0].empty() ? "" : "  ";
    lines[0] += gap + padded(cells[0], widest, right);
    lines[1] += gap + std::string(widest, '-');
    for (std::size_t r = 0; r < rows; ++r)
      lines[r + 2] += gap + padded(cells[r + 1], widest, right);
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
  std::fprintf(stderr, "%s\n", describe(errors).c_str());
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
