// Flags of the command line from the fields of a parameter struct: --draws from "draws", with the
// allowed range and the default in the help text.
#pragma once

#include <deque>
#include <string>
#include <utility>

#include <CLI/CLI.hpp>

#include "core/params.hpp"

namespace footfall::cli {

class FieldFlags {
 public:
  /// Adds one flag per field to `app`. The names and texts of the fields must outlive it.
  void add(CLI::App& app, const Fields& fields);
  /// Sets the fields whose flags were given; all errors, each naming its flag.
  Errors apply(const Fields& fields) const;

 private:
  struct Flag {
    std::string name;  // of the field
    std::string text;  // as given
    CLI::Option* option = nullptr;
  };
  std::deque<Flag> flags_;  // addresses must stay: CLI11 writes into them
};

}  // namespace footfall::cli
