#include "cli/disk.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

namespace footfall::cli {
namespace {

namespace fs = std::filesystem;

Errors trouble(const std::string& path, const std::string& message) {
  return {{path, "", "", message, ""}};
}
Errors system_trouble(const std::string& path, const std::string& doing) {
  return trouble(path, doing + ": " + std::strerror(errno));
}

/// Writes and flushes one file that must not exist yet.
Errors write_new(const std::string& path, const std::string& bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0) return system_trouble(path, "cannot be written");
  std::size_t done = 0;
  bool ok = true;
  while (ok && done < bytes.size()) {
    const ssize_t n = ::write(file, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    ok = n > 0;
    if (ok) done += static_cast<std::size_t>(n);
  }
  ok = ok && ::fsync(file) == 0;
  const Errors errors = ok ? Errors{} : system_trouble(path, "cannot be written");
  ::close(file);
  return errors;
}

void flush_folder(const std::string& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);
  ::close(folder);
}

std::string parent_of(const std::string& path) {
  const std::string parent = fs::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

std::string temporary_name(const std::string& path) {
  return path + ".tmp-" + std::to_string(::getpid());
}

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

bool may_replace(const fs::path& path, const std::string& marker) {
  return fs::is_directory(path) && (fs::is_empty(path) || fs::exists(path / marker));
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) {
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (!fs::exists(status)) return fail(path, "", "does not exist");
  if (fs::is_directory(status)) return fail(path, "", "is a folder, not a file");
  if (fs::is_regular_file(status) && fs::file_size(path, code) > max_bytes) {
    return fail(path, "", "is larger than " + std::to_string(max_bytes >> 20) + " MiB");
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(path, "", "cannot be read");
  std::string bytes;
  char buffer[1 << 16];
  while (in.read(buffer, sizeof buffer) || in.gcount() > 0) {
    bytes.append(buffer, static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > max_bytes) {  // a pipe or a growing file
      return fail(path, "", "is larger than " + std::to_string(max_bytes >> 20) + " MiB");
    }
  }
  if (in.bad()) return fail(path, "", "cannot be read");
  return bytes;
}

Result<scenario::FileSet> read_scenario_files(const std::string& path) {
  std::error_code code;
  if (!fs::is_directory(path, code)) {
    auto bytes = read_file(path);
    if (!bytes) return fail(std::move(bytes.error()));
    return scenario::unpack(*bytes, path);
  }
  scenario::FileSet files;
  Errors errors;
  std::vector<std::string> names(scenario::layer_files.begin(), scenario::layer_files.end());
  names.insert(names.end(), scenario::room_tables.begin(), scenario::room_tables.end());
  for (const std::string& name : names) {
    const fs::path file = fs::path(path) / name;
    if (!fs::exists(file, code)) continue;  // read_scenario() knows which ones must be there
    auto bytes = read_file(file.string());
    if (bytes) {
      files[name] = std::move(*bytes);
    } else {
      append(errors, bytes.error());
    }
  }
  if (files.empty() && errors.empty()) {
    return fail(path, "", "holds no scenario (no scenario.json, demand.csv, stores.csv)");
  }
  if (!errors.empty()) return fail(std::move(errors));
  return files;
}

Result<scenario::Scenario> open_scenario(const std::string& path) {
  auto files = read_scenario_files(path);
  if (!files) return fail(std::move(files.error()));
  auto read = scenario::read_scenario(*files);
  if (!read) {
    Errors errors = std::move(read.error());
    for (Error& e : errors) e.file = without_slash(path) + (e.file.empty() ? "" : "/" + e.file);
    return fail(std::move(errors));
  }
  return read;
}

Result<std::vector<scenario::Edit>> read_edits(const std::string& path) {
  auto bytes = read_file(path, std::size_t{64} << 20);
  if (!bytes) return fail(std::move(bytes.error()));
  auto json = parse_json(*bytes, path);
  if (!json) return fail(std::move(json.error()));
  return scenario::edits_from_json(*json, path);
}

Errors write_file(const std::string& path, const std::string& bytes) {
  const std::string temporary = temporary_name(path);
  ::unlink(temporary.c_str());
  Errors errors = write_new(temporary, bytes);
  if (errors.empty() && ::rename(temporary.c_str(), path.c_str()) != 0) {
    errors = system_trouble(path, "cannot be replaced");
  }
  if (!errors.empty()) ::unlink(temporary.c_str());
  if (errors.empty()) flush_folder(parent_of(path));
  return errors;
}

Errors write_folder(const std::string& given, const std::map<std::string, std::string>& files,
                    const std::string& marker) {
  const std::string path = without_slash(given);
  std::error_code code;
  const bool exists = fs::exists(path, code);
  if (exists && !may_replace(path, marker)) {
    return trouble(
        path, "is not replaced, since it is no folder that was written here (it has no " + marker +
                  "); name another one");
  }
  fs::create_directories(parent_of(path), code);
  const std::string temporary = temporary_name(path);
  fs::remove_all(temporary, code);
  if (!fs::create_directory(temporary, code)) {
    return trouble(path, "cannot be written: " + code.message());
  }
  Errors errors;
  for (const auto& [name, bytes] : files) {
    errors = write_new(temporary + "/" + name, bytes);
    if (!errors.empty()) break;
  }
  flush_folder(temporary);
  if (errors.empty()) {
    // The exchange is one step, so that at any moment either the old or the new folder stands
    // there.
    const int result =
        exists ? ::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, path.c_str(), RENAME_EXCHANGE)
               : ::rename(temporary.c_str(), path.c_str());
    if (result != 0) errors = system_trouble(path, "cannot be replaced");
  }
  if (exists || !errors.empty()) fs::remove_all(temporary, code);
  flush_folder(parent_of(path));
  return errors;
}

}  // namespace footfall::cli
