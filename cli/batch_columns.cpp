#include "cli/batch_columns.hpp"

#include <algorithm>
#include <bit>
#include <iterator>
#include <string_view>

#include <fmt/compile.h>
#include <fmt/format.h>
#include <zstd.h>

#include "core/json.hpp"
#include "core/parallel.hpp"
#include "geo/csv.hpp"

namespace footfall::cli {
namespace {

constexpr std::string_view magic = "FFCOLS1\n";
constexpr std::size_t csv_block_rows = 4096;
constexpr std::size_t frame_bytes = std::size_t{1} << 20;
constexpr int fast = 1;  // zstd's level: tables are written more often than sent

static_assert(std::endian::native == std::endian::little);

using Buffer = fmt::memory_buffer;

void put(Buffer& out, std::int64_t value) {
  fmt::format_to(std::back_inserter(out), FMT_COMPILE("{}"), value);
}
void put(Buffer& out, double value) {
  if (value == value) fmt::format_to(std::back_inserter(out), FMT_COMPILE("{}"), value);
}
void put(Buffer& out, const std::string& value) {
  const std::string cell = geo::csv_cell(value);
  out.append(cell.data(), cell.data() + cell.size());
}

void put_rows(Buffer& out, const UnitTable& table, std::size_t begin, std::size_t end) {
  for (std::size_t row = begin; row < end; ++row) {
    for (std::size_t c = 0; c < table.size(); ++c) {
      if (c > 0) out.push_back(',');
      std::visit([&](const auto& values) { put(out, values[row]); }, table[c].values);
    }
    out.push_back('\n');
  }
}

/// The bytes that a column's frames hold, and its type.
struct Raw {
  std::string_view type, bytes;
  std::string text;  // behind `bytes` where they had to be made
};

Raw raw_of(const UnitColumn& column) {
  Raw out;
  if (const auto* texts = std::get_if<std::vector<std::string>>(&column.values)) {
    out.type = "text";
    out.text = Json(*texts).dump(-1, ' ', false, Json::error_handler_t::replace);
    return out;
  }
  std::visit(
      [&](const auto& values) {
        out.bytes = {reinterpret_cast<const char*>(values.data()), values.size() * 8};
      },
      column.values);
  out.type = std::holds_alternative<std::vector<double>>(column.values) ? "f64" : "i64";
  return out;
}

std::string frame(std::string_view bytes) {
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, fast);
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compress2(context, out.data(), out.size(), bytes.data(), bytes.size());
  ZSTD_freeCCtx(context);
  out.resize(ZSTD_isError(size) ? 0 : size);  // fails only without memory
  return out;
}

void append_u64(std::string& out, std::uint64_t value) {
  for (int byte = 0; byte < 8; ++byte) out.push_back(static_cast<char>(value >> (8 * byte)));
}

}  // namespace

std::size_t rows_of(const UnitTable& table) {
  if (table.empty()) return 0;
  return std::visit([](const auto& values) { return values.size(); }, table.front().values);
}

std::string csv_bytes(const UnitTable& table) {
  const std::size_t rows = rows_of(table);
  std::vector<Buffer> blocks((rows + csv_block_rows - 1) / csv_block_rows);
  parallel_blocks(rows, csv_block_rows, [&](std::size_t begin, std::size_t end, std::size_t block) {
    put_rows(blocks[block], table, begin, end);
  });
  std::string out;
  for (const UnitColumn& column : table) {
    out += (out.empty() ? "" : ",") + geo::csv_cell(column.id);
  }
  out += '\n';
  std::size_t size = out.size();
  for (const Buffer& block : blocks) size += block.size();
  out.reserve(size);
  for (const Buffer& block : blocks) out.append(block.data(), block.size());
  return out;
}

std::string column_bytes(const UnitTable& table) {
  struct Piece {
    std::size_t column;
    std::string_view bytes;
    std::string packed;
  };
  std::vector<Raw> raws;
  for (const UnitColumn& column : table) raws.push_back(raw_of(column));
  std::vector<Piece> pieces;
  for (std::size_t c = 0; c < raws.size(); ++c) {
    if (raws[c].type == "text") raws[c].bytes = raws[c].text;
    for (std::size_t at = 0; at == 0 || at < raws[c].bytes.size(); at += frame_bytes) {
      pieces.push_back({c, raws[c].bytes.substr(at, frame_bytes), {}});
    }
  }
  parallel_blocks(pieces.size(), 1, [&](std::size_t begin, std::size_t, std::size_t) {
    pieces[begin].packed = frame(pieces[begin].bytes);
  });
  std::string out(magic);
  std::size_t size = 0;
  for (const Piece& piece : pieces) size += piece.packed.size();
  out.reserve(size + 4096);
  Json columns = Json::array();
  std::size_t next = 0;
  for (std::size_t c = 0; c < table.size(); ++c) {
    const std::size_t offset = out.size();
    for (; next < pieces.size() && pieces[next].column == c; ++next) out += pieces[next].packed;
    columns.push_back({{"id", table[c].id},
                       {"type", raws[c].type},
                       {"offset", offset},
                       {"bytes", out.size() - offset}});
  }
  const std::string index = Json{{"rows", rows_of(table)}, {"columns", columns}}.dump();
  out += index;
  append_u64(out, index.size());
  out += magic;
  return out;
}

}  // namespace footfall::cli
