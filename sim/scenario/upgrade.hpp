// Files of older versions of the format are rewritten into the present one before they are read;
// newer ones are refused. One function for each step from a version to the next.
//
// Version 0 (a draft): scenario.json had no "format", and "format_version" was 0 or absent; in
// stores.csv the sales area was called "area".
#pragma once

#include "core/error.hpp"
#include "sim/scenario/files.hpp"

namespace footfall::scenario {

/// The same files in format_version; a note in scenario.json says from which version they come.
/// Files that cannot be read at all are left as they are: the reader reports them. Errors: another
/// format, a newer version.
Result<FileSet> upgrade(const FileSet& files);

}  // namespace footfall::scenario
