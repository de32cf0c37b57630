#include "sim/scenario/parts.hpp"
#include "sim/scenario/upgrade.hpp"

namespace footfall::scenario {

namespace {

using Reader = void (*)(std::string_view, Scenario&, Problems&);

void read_part(const FileSet& files, std::string_view name, bool required, Reader reader,
               Scenario& scenario, Problems& problems) {
  const auto found = files.find(std::string(name));
  if (found == files.end()) {
    if (required) problems.add({std::string(name), {}, {}, "is missing in the scenario", {}});
  } else if (found->second.empty()) {
    problems.add({std::string(name), {}, {}, "is empty", {}});
  } else {
    reader(found->second, scenario, problems);
  }
}

}  // namespace

Result<Scenario> read_scenario(const FileSet& given) {
  const auto upgraded = upgrade(given);
  if (!upgraded) return fail(upgraded.error());
  const FileSet& files = *upgraded;

  Scenario scenario;
  Problems problems;
  read_part(files, header_file, true, read_header, scenario, problems);
  read_part(files, demand_file, true, read_demand, scenario, problems);
  read_part(files, stores_file, true, read_stores, scenario, problems);
  read_part(files, roads_file, false, read_roads, scenario, problems);
  read_part(files, areas_file, false, read_areas, scenario, problems);
  for (const std::string_view name : room_tables)
    if (const auto found = files.find(std::string(name)); found != files.end())
      scenario.tables.insert(*found);
  if (!problems.empty()) return fail(problems.take());
  return scenario;
}

}  // namespace footfall::scenario
