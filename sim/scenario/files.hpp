// The scenario's file form: a set of named byte strings, whatever holds them: a folder, one tar
// file, or the memory of a browser tab. This room reads no files itself.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::scenario {

/// File name without folder ("demand.csv") -> bytes.
using FileSet = std::map<std::string, std::string>;

/// The files that this room reads, and those that it only carries for the rooms that own them
/// (population: what controls the making of shoppers; visits: counts to calibrate to).
inline constexpr std::array<std::string_view, 5> layer_files{
    "scenario.json", "demand.csv", "stores.csv", "roads.geojson", "areas.geojson"};
inline constexpr std::array<std::string_view, 5> room_tables{
    "controls.csv", "seed_households.csv", "seed_persons.csv", "zones.csv", "counts.csv"};

/// Reads and validates everything and reports every problem found (at most 200), each with file,
/// place, value and allowed range. Unknown files are ignored; an unknown member of scenario.json is
/// an error. Files of an older format are upgraded first; newer ones are refused. Parameter blocks
/// are only checked to be objects: the rooms check the rest (study::check does all).
Result<Scenario> read_scenario(const FileSet& files);

/// The canonical files: the same scenario gives the same bytes.
FileSet write_scenario(const Scenario& scenario);

/// SHA-256 over names and bytes of the canonical files, as hexadecimal digits.
std::string files_hash(const FileSet& canonical);
std::string scenario_hash(const Scenario& scenario);

/// The single-file form: a POSIX ustar archive with fixed owner and time, members in name order.
/// Any tar program opens it. The extension is .footfall.
std::string pack(const FileSet& files);
/// Errors: not a tar, truncated, bad checksum, member names with folders other than one common one,
/// more than 64 members, more than 1 GiB. Archives made by other tar programs (ustar, pax, gnu) are
/// read.
Result<FileSet> unpack(std::string_view bytes, std::string_view file);

/// JSON Schema of scenario.json without the rooms' blocks.
Json scenario_schema();

}  // namespace footfall::scenario
