// Large tables of a batch as files: CSV for people, compressed columns for programs.
//
// The column file, all integers little-endian:
//
//   "FFCOLS1\n"
//   the columns, each as zstd frames one behind the other, every frame with its checksum (XXH64)
//   JSON: {"rows": n, "columns": [{"id", "type", "offset", "bytes"}, …]}
//   u64: size of that JSON in bytes
//   "FFCOLS1\n"
//
// A column's frames together hold, by type: f64 and i64, n numbers of 8 bytes (a missing number is
// NaN); text, one JSON array of n strings. Any zstd program reads a column: cut out `bytes` from
// `offset` and decompress.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace footfall::cli {

struct UnitColumn {
  std::string id;
  std::variant<std::vector<std::int64_t>, std::vector<double>, std::vector<std::string>> values;
};

/// All columns have the same length.
using UnitTable = std::vector<UnitColumn>;
std::size_t rows_of(const UnitTable& table);

/// RFC 4180 with \n, numbers in their shortest form that reads back to the same double, a missing
/// number as an empty cell. In parallel over rows.
std::string csv_bytes(const UnitTable& table);

/// The column file. In parallel over frames.
std::string column_bytes(const UnitTable& table);

}  // namespace footfall::cli
