#include "cli/result_folder.hpp"

#include <cstdio>
#include <filesystem>
#include <thread>

#include "cli/disk.hpp"
#include "cli/terminal.hpp"
#include "core/hash.hpp"
#include "core/parallel.hpp"
#include "core/simd.hpp"
#include "core/version.hpp"

namespace footfall::cli {
namespace {

constexpr const char* scenario_file = "scenario.footfall";

Json machine() {
  return {{"processors", std::thread::hardware_concurrency()},
          {"threads", thread_count()},
          {"simd", name_of(simd_level())}};
}

struct Run {
  std::string study;
  Json options;
  std::vector<scenario::Edit> edits;
  Language language;
  std::map<std::string, std::string> hashes;
  std::string version;
};

Result<Run> read_run(const std::string& path) {
  auto bytes = read_file(path, std::size_t{64} << 20);
  if (!bytes) return fail(std::move(bytes.error()));
  auto json = parse_json(*bytes, path);
  if (!json) return fail(std::move(json.error()));
  try {
    Json list = Json::object();
    list["edits"] = json->at("edits");
    auto edits = scenario::edits_from_json(list, path);
    if (!edits) return fail(std::move(edits.error()));
    return Run{
        json->at("study").get<std::string>(),
        json->at("options"),
        std::move(*edits),
        json->at("language").get<std::string>() == "zh" ? Language::chinese : Language::english,
        json->at("files").get<std::map<std::string, std::string>>(),
        json->at("version").get<std::string>()};
  } catch (const Json::exception&) {
    return fail(path, "",
                "is no run.json of a result (study, options, edits, language, files, version)");
  }
}

}  // namespace

std::map<std::string, std::string> result_files(const study::Output& output,
                                                const scenario::Scenario& base, Language language) {
  scenario::Scenario edited = base;
  Json list = Json::object();
  list["edits"] = output.results.provenance.edits;
  auto edits = scenario::edits_from_json(list, "edits");
  if (edits) scenario::apply_all(edited, *edits, "edits");
  auto files = report::folder(output.results, study::base_map(edited), language);
  files[scenario_file] = scenario::pack(scenario::write_scenario(base));
  if (edits && !output.edits.empty()) {
    edits->insert(edits->end(), output.edits.begin(), output.edits.end());
    files[edits_file] = json_text(scenario::edits_to_json(*edits));
  }

  auto made = parse_json(files.at(run_file), run_file);
  Json run = made ? std::move(*made) : Json::object();
  files.erase(run_file);
  run["language"] = code_of(language);
  run["machine"] = machine();
  for (const auto& [name, bytes] : files) run["files"][name] = sha256_hex(bytes);
  files[run_file] = json_text(run);
  return files;
}

int replay(const std::string& given, const std::string& out) {
  namespace fs = std::filesystem;
  std::error_code code;
  const std::string path =
      fs::is_directory(given, code) ? (fs::path(given) / run_file).string() : given;
  auto run = read_run(path);
  if (!run) return print_errors(run.error()), 1;
  auto base = open_scenario((fs::path(path).parent_path() / scenario_file).string());
  if (!base) return print_errors(base.error()), 1;
  if (run->version != version) {
    std::fprintf(stderr, "made by version %s, this is %s: the bytes may differ\n",
                 run->version.c_str(), std::string(version).c_str());
  }
  Result<study::Output> output = [&] {
    TerminalJob job;
    return study::run(run->study, *base, run->edits, run->options, job.job());
  }();
  if (!output) return print_errors(output.error()), 1;
  const auto files = result_files(*output, *base, run->language);

  std::size_t different = 0;
  for (const auto& [name, hash] : run->hashes) {
    const auto it = files.find(name);
    const bool same = it != files.end() && sha256_hex(it->second) == hash;
    if (!same) std::fprintf(stderr, "%s: %s\n", name.c_str(), "differs from the recorded run");
    different += same ? 0 : 1;
  }
  if (!out.empty()) {
    const Errors errors = write_folder(out, files, run_file);
    if (!errors.empty()) return print_errors(errors), 1;
    std::printf("written to %s\n", out.c_str());
  }
  std::printf("%zu of %zu files have the same bytes as the recorded run\n",
              run->hashes.size() - different, run->hashes.size());
  return different == 0 ? 0 : 1;
}

}  // namespace footfall::cli
