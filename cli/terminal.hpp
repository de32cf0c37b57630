// What a person sees in the terminal: tables, progress, errors; and Ctrl+C as a polite wish.
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/job.hpp"
#include "core/result.hpp"

namespace footfall::cli {

/// A column of a printed table. With `interval`, that of columns id_low and id_high stands behind
/// it.
struct Shown {
  std::string id;
  bool interval = false;
};

/// The columns that the table has, aligned, at most `max_rows` rows; large money in millions. Wide
/// (Chinese) characters count twice.
std::string table_text(const Table& table, const std::vector<Shown>& columns, std::size_t max_rows);

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
