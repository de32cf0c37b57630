// The parameters behind a result as a table of it, so that the report and a CSV file show them
// alike.
#pragma once

#include <string_view>

#include "core/params.hpp"
#include "core/result.hpp"

namespace footfall::report {

/// An empty table "parameters" with columns room, name, value (text: a number, a choice, yes or
/// no), low, high (missing where no range is meant), unit, help, source.
Table parameter_table();

/// Appends one row per field; `room` is a room's or a study's name.
void add_parameters(Table& table, std::string_view room, const Fields& fields);

}  // namespace footfall::report
