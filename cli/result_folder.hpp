// A result on disk: report, tables, layers, and run.json with the scenario beside it, from which
// the same bytes can be made again.
#pragma once

#include <map>
#include <string>

#include "sim/study/study.hpp"

namespace footfall::cli {

/// Marker of a result folder.
inline constexpr const char* run_file = "run.json";

/// What a study found for the scenario, with the run's own edits before it: for --edits of other
/// studies.
inline constexpr const char* edits_file = "edits.json";

/// All files of a result. run.json holds provenance, language, the SHA-256 of every other file, and
/// the machine (which is in no hash). `base` is the scenario without the edits.
std::map<std::string, std::string> result_files(const study::Output& output,
                                                const scenario::Scenario& base, Language language);

/// `footfall replay`: runs run.json of a result folder again and compares. Returns the program's
/// exit code.
int replay(const std::string& run_json, const std::string& out);

}  // namespace footfall::cli
