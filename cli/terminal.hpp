// What a person sees in the terminal: tables, progress, errors; and Ctrl+C as a polite wish.
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/job.hpp"
#include "core/result.hpp"

namespace footfall::cli {

/// Columns `columns` of a table (those that exist), aligned, at most `max_rows` rows; intervals of
/// a column x with x_low and x_high stand behind it. Wide (Chinese) characters count twice.
std::string table_text(const Table& table, const std::vector<std::string>& columns,
                       std::size_t max_rows);

/// All errors on stderr, one line each.
void print_errors(const Errors& errors);

/// A job that shows its progress on stderr where that is a terminal, and is cancelled by Ctrl+C (a
/// second one ends the program at once).
class TerminalJob {
 public:
  TerminalJob();
  ~TerminalJob();
  TerminalJob(const TerminalJob&) = delete;
  TerminalJob& operator=(const TerminalJob&) = delete;
  const Job& job() const { return job_; }

 private:
  Job job_;
};

}  // namespace footfall::cli
