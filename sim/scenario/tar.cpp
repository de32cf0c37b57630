// The single-file form. Layout of a header block: POSIX.1-1988 "ustar" (IEEE Std 1003.1, pax,
// "ustar Interchange Format"); extended headers of pax and of GNU tar are understood when reading.
#include <algorithm>
#include <cstring>
#include <optional>

#include "core/text.hpp"
#include "sim/scenario/files.hpp"

namespace footfall::scenario {

namespace {

constexpr std::size_t block_size = 512;
constexpr std::size_t most_members = 64;
constexpr std::uint64_t most_bytes = std::uint64_t{1} << 30;

struct Slot {
  std::size_t offset, size;
};
constexpr Slot name_slot{0, 100}, mode_slot{100, 8}, owner_slot{108, 8}, group_slot{116, 8},
    size_slot{124, 12}, time_slot{136, 12}, checksum_slot{148, 8}, prefix_slot{345, 155};
constexpr std::size_t type_offset = 156, magic_offset = 257;

std::size_t padded(std::size_t size) {
  return (size + block_size - 1) / block_size * block_size;
}

// Writing.

void put_octal(std::string& block, Slot slot, std::uint64_t value) {
  for (std::size_t digit = slot.size - 1; digit-- > 0; value /= 8)
    block[slot.offset + digit] = static_cast<char>('0' + value % 8);
}

/// Sum of the header's bytes with the checksum itself taken as spaces.
std::uint64_t checksum(std::string_view block) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < block_size; ++i) {
    const bool own = i >= checksum_slot.offset && i < checksum_slot.offset + checksum_slot.size;
    sum += own ? ' ' : static_cast<unsigned char>(block[i]);
  }
  return sum;
}

std::string header_block(std::string_view name, std::size_t size) {
  std::string block(block_size, '\0');
  name.copy(block.data(), name_slot.size);
  put_octal(block, mode_slot, 0644);
  put_octal(block, owner_slot, 0);
  put_octal(block, group_slot, 0);
  put_octal(block, size_slot, size);
  put_octal(block, time_slot, 0);
  block[type_offset] = '0';
  std::memcpy(&block[magic_offset], "ustar\00000", 8);
  // Six digits, NUL, space.
  put_octal(block, {checksum_slot.offset, 7}, checksum(block));
  block[checksum_slot.offset + 7] = ' ';
  return block;
}

// Reading.

std::string text_in(std::string_view block, Slot slot) {
  const std::string_view field = block.substr(slot.offset, slot.size);
  return std::string(field.substr(0, field.find('\0')));
}

std::optional<std::uint64_t> octal_in(std::string_view block, Slot slot) {
  std::uint64_t value = 0;
  bool any = false;
  for (const char c : block.substr(slot.offset, slot.size)) {
    if (c == '\0' || c == ' ') {
      if (any) break;
      continue;
    }
    if (c < '0' || c > '7') return std::nullopt;
    value = value * 8 + static_cast<std::uint64_t>(c - '0');
    any = true;
  }
  return any ? std::optional(value) : std::nullopt;
}

/// The last value of a key in the records "length key=value\n" of a pax header.
std::optional<std::string> pax_value(std::string_view records, std::string_view key) {
  std::optional<std::string> found;
  while (!records.empty()) {
    const std::size_t space = records.find(' ');
    if (space == std::string_view::npos) break;
    const auto length = parse_integer(records.substr(0, space));
    if (!length || *length <= static_cast<std::int64_t>(space) + 1 ||
        *length > static_cast<std::int64_t>(records.size()))
      break;
    const auto size = static_cast<std::size_t>(*length);
    const std::string_view record = records.substr(space + 1, size - space - 2);
    const std::size_t equals = record.find('=');
    if (equals != std::string_view::npos && record.substr(0, equals) == key)
      found = std::string(record.substr(equals + 1));
    records.remove_prefix(size);
  }
  return found;
}

struct Member {
  std::string name;
  char type = '0';
  std::string_view bytes;
};

/// Walks over the members of an archive; the extended headers are applied to the member that
/// follows.
class TarReader {
 public:
  TarReader(std::string_view bytes, std::string_view file) : bytes_(bytes), file_(file) {}

  /// The next regular file or folder; a type of 0 at the end of the archive.
  Result<Member> next() {
    std::optional<std::string> long_name, pax_size;
    while (true) {
      auto member = raw(pax_size);
      if (!member || member->type == '\0') return member;
      if (member->type == 'x') {
        if (auto name = pax_value(member->bytes, "path")) long_name = std::move(name);
        pax_size = pax_value(member->bytes, "size");
      } else if (member->type == 'L') {
        long_name = std::string(member->bytes.substr(0, member->bytes.find('\0')));
      } else if (member->type != 'g') {
        if (long_name) member->name = *long_name;
        return member;
      }
    }
  }

 private:
  tl::unexpected<Errors> broken(std::string message) const {
    return fail(file_, "byte " + std::to_string(at_), std::move(message));
  }

  Result<Member> raw(const std::optional<std::string>& pax_size) {
    if (bytes_.size() - at_ < block_size)
      return broken(at_ == 0 ? "is no tar archive" : "is truncated");
    const std::string_view block = bytes_.substr(at_, block_size);
    if (block.find_first_not_of('\0') == std::string_view::npos) return Member{{}, '\0', {}};
    if (octal_in(block, checksum_slot) != checksum(block))
      return broken(at_ == 0 ? "is no tar archive" : "has a wrong checksum");
    auto size = octal_in(block, size_slot);
    if (pax_size) {
      const auto value = parse_integer(*pax_size);
      size =
          value && *value >= 0 ? std::optional(static_cast<std::uint64_t>(*value)) : std::nullopt;
    }
    if (!size || *size > most_bytes) return broken("has a member of no or too large a size");
    if (bytes_.size() - at_ - block_size < *size) return broken("is truncated");
    Member member;
    member.name = text_in(block, name_slot);
    const bool posix = block.substr(magic_offset, 6) == std::string_view("ustar\0", 6);
    if (const std::string prefix = text_in(block, prefix_slot); posix && !prefix.empty())
      member.name = prefix + "/" + member.name;
    member.type = block[type_offset] == '\0' ? '0' : block[type_offset];
    member.bytes = bytes_.substr(at_ + block_size, static_cast<std::size_t>(*size));
    at_ = std::min(bytes_.size(), at_ + block_size + padded(member.bytes.size()));
    return member;
  }

  std::string_view bytes_;
  std::string file_;
  std::size_t at_ = 0;
};

struct Path {
  std::string folder, name;
};
/// "./city/demand.csv" -> city, demand.csv. Nothing where there is more than one folder.
std::optional<Path> split_path(std::string_view path) {
  while (path.substr(0, 2) == "./") path.remove_prefix(2);
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return Path{{}, std::string(path)};
  Path result{std::string(path.substr(0, slash)), std::string(path.substr(slash + 1))};
  if (result.folder.empty() || result.folder == ".." || result.name.find('/') != std::string::npos)
    return std::nullopt;
  return result;
}

}  // namespace

std::string pack(const FileSet& files) {
  std::string out;
  for (const auto& [name, bytes] : files) {
    out += header_block(name, bytes.size());
    out += bytes;
    out.resize(padded(out.size()), '\0');
  }
  out.resize(out.size() + 2 * block_size, '\0');
  return out;
}

Result<FileSet> unpack(std::string_view bytes, std::string_view file) {
  const std::string name(file);
  if (bytes.empty()) return fail(name, "", "is empty");
  if (bytes.size() > most_bytes) return fail(name, "", "is larger than 1 GiB");
  FileSet files;
  std::optional<std::string> folder;
  TarReader reader(bytes, file);
  while (true) {
    const auto member = reader.next();
    if (!member) return fail(member.error());
    if (member->type == '\0') break;
    if (member->type == '5') continue;
    const auto wrong = [&](std::string message, std::string allowed) {
      return fail(Error{name, "member", shortened(member->name, 60), std::move(message),
                        std::move(allowed)});
    };
    if (member->type != '0' && member->type != '7')
      return wrong("is no regular file", "files and one folder");
    const auto path = split_path(member->name);
    if (!path || path->name.empty() || (folder && *folder != path->folder))
      return wrong("lies in another folder", "all files in one folder");
    folder = path->folder;
    if (files.size() == most_members)
      return wrong("is one file too many", "at most " + std::to_string(most_members) + " files");
    if (!files.emplace(path->name, std::string(member->bytes)).second)
      return wrong("is there twice", "each file once");
  }
  if (files.empty()) return fail(name, "", "holds no files");
  return files;
}

}  // namespace footfall::scenario
