// Files on disk: reading with limits, writing so that an interrupted run leaves the old result or
// the new one, never half.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "sim/scenario/edit.hpp"
#include "sim/scenario/files.hpp"

namespace footfall::cli {

/// Whole file. Errors: missing, a folder, unreadable, larger than `max_bytes`.
Result<std::string> read_file(const std::string& path,
                              std::size_t max_bytes = std::size_t{2} << 30);

/// A scenario's files from its folder, or from its single-file form.
Result<scenario::FileSet> read_scenario_files(const std::string& path);
/// read_scenario_files() and scenario::read_scenario(), with the path in front of each error's
/// file.
Result<scenario::Scenario> open_scenario(const std::string& path);

/// A file of edits, as the window and calibrations save it.
Result<std::vector<scenario::Edit>> read_edits(const std::string& path);

/// To a temporary name beside it, flushed, renamed.
Errors write_file(const std::string& path, const std::string& bytes);

/// A whole folder at once: written beside it, flushed, then exchanged with what stands there.
/// Refused where the path is a file, or a folder that holds neither `marker` nor nothing: it may be
/// the user's.
Errors write_folder(const std::string& path, const std::map<std::string, std::string>& files,
                    const std::string& marker);

}  // namespace footfall::cli
