// Takes an .osm.pbf apart and puts some of its blocks together again uncompressed, so that broken
// copies reach the decoder behind the compression (wiki.openstreetmap.org/wiki/PBF_Format).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <cpl_conv.h>
#include <cpl_vsi.h>

namespace footfall::geo::gdal {

inline std::uint64_t take_varint(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; !bytes.empty() && shift < 64; shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) break;
  }
  return value;
}

inline std::string varint(std::uint64_t value) {
  std::string out;
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80U);
  return out + static_cast<char>(value);
}

/// A field of a message that is either a number or bytes.
struct PbfField {
  std::uint64_t number = 0, value = 0;
  std::string_view bytes;
};
inline PbfField take_field(std::string_view& message) {
  const std::uint64_t key = take_varint(message);
  PbfField field{key >> 3, take_varint(message), {}};
  if ((key & 7U) == 2) {
    field.bytes = message.substr(0, field.value);
    message.remove_prefix(field.bytes.size());
  }
  return field;
}

struct PbfBlock {
  std::string type, raw;
};

/// All blocks of a good file, uncompressed.
inline std::vector<PbfBlock> blocks_of(std::string_view file) {
  std::vector<PbfBlock> blocks;
  while (file.size() > 4) {
    std::size_t length = 0;
    for (int i = 0; i < 4; ++i) length = length << 8 | static_cast<unsigned char>(file[i]);
    std::string_view header = file.substr(4, length);
    file.remove_prefix(4 + length);
    PbfBlock block;
    std::size_t size = 0;
    while (!header.empty()) {
      const PbfField field = take_field(header);
      if (field.number == 1) block.type = field.bytes;
      if (field.number == 3) size = field.value;
    }
    std::string_view blob = file.substr(0, size), packed;
    file.remove_prefix(size);
    while (!blob.empty()) {
      const PbfField field = take_field(blob);
      if (field.number == 1) block.raw = field.bytes;
      if (field.number == 2) block.raw.resize(field.value);
      if (field.number == 3) packed = field.bytes;
    }
    if (!packed.empty())
      CPLZLibInflate(packed.data(), packed.size(), block.raw.data(), block.raw.size(), nullptr);
    blocks.push_back(std::move(block));
  }
  return blocks;
}

inline std::string pbf_text(const std::vector<PbfBlock>& blocks) {
  std::string out;
  for (const PbfBlock& block : blocks) {
    const std::string blob = '\x0a' + varint(block.raw.size()) + block.raw;
    const std::string header =
        '\x0a' + varint(block.type.size()) + block.type + '\x18' + varint(blob.size());
    for (const unsigned shift : {24U, 16U, 8U, 0U})
      out += static_cast<char>(header.size() >> shift);
    out += header + blob;
  }
  return out;
}

}  // namespace footfall::geo::gdal
