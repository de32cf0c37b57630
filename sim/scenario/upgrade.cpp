#include "sim/scenario/upgrade.hpp"

#include <algorithm>

#include "sim/scenario/parts.hpp"

namespace footfall::scenario {

namespace {

Error header_error(std::string place, std::string value, std::string message, std::string allowed) {
  return {std::string(header_file), std::move(place), std::move(value), std::move(message),
          std::move(allowed)};
}

/// Version of the files, or what is wrong with it.
Result<int> version_of(const Json& header) {
  const auto format = header.find("format");
  const auto version = header.find("format_version");
  const std::string allowed = "a whole number from 0 to " + std::to_string(format_version);
  if (format != header.end() && *format != format_name)
    return fail(header_error("format", excerpt(*format), "is another format",
                             "\"" + std::string(format_name) + "\""));
  if (version == header.end()) {
    if (format == header.end()) return 0;
    return fail(header_error("format_version", "", "is missing", allowed));
  }
  if (!version->is_number_integer() || *version < 0)
    return fail(header_error("format_version", excerpt(*version), "is not a version", allowed));
  if (*version > format_version)
    return fail(header_error("format_version", excerpt(*version),
                             "is newer than this program knows", allowed));
  if (*version > 0 && format == header.end())
    return fail(header_error("format", "", "is missing", "\"" + std::string(format_name) + "\""));
  return version->get<int>();
}

/// Renames a column in the first line, leaving all else as it stands.
void rename_column(std::string& csv, std::string_view from, std::string_view to) {
  const std::size_t end = std::min(csv.find('\n'), csv.size());
  const auto is_edge = [](char c) {
    return std::string_view(",;\t\" \r").find(c) != std::string_view::npos;
  };
  for (std::size_t at = csv.find(from); at < end; at = csv.find(from, at + 1)) {
    const std::size_t after = at + from.size();
    if ((at == 0 || is_edge(csv[at - 1])) && (after == end || is_edge(csv[after]))) {
      csv.replace(at, from.size(), to);
      return;
    }
  }
}

void upgrade_0_to_1(FileSet& files, Json& header) {
  header["format"] = format_name;
  const auto stores = files.find(std::string(stores_file));
  if (stores != files.end()) rename_column(stores->second, "area", "floor_area_m2");
}

}  // namespace

Result<FileSet> upgrade(const FileSet& files) {
  const auto found = files.find(std::string(header_file));
  if (found == files.end()) return files;
  auto header = parse_json(found->second, header_file);
  if (!header || !header->is_object()) return files;
  const auto version = version_of(*header);
  if (!version) return fail(version.error());
  if (*version == format_version) return files;

  FileSet upgraded = files;
  upgrade_0_to_1(upgraded, *header);
  (*header)["format_version"] = format_version;
  Json& notes = (*header)["notes"];
  if (notes.is_null() || notes.is_array())
    notes.push_back("Upgraded from format version " + std::to_string(*version));
  upgraded[std::string(header_file)] = json_text(*header);
  return upgraded;
}

}  // namespace footfall::scenario
