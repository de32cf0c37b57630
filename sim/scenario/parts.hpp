// The files of a scenario, one function each. Internal to this room; the whole is in files.hpp.
#pragma once

#include <string>
#include <string_view>

#include "sim/scenario/checks.hpp"
#include "sim/scenario/files.hpp"

namespace footfall::scenario {

inline constexpr std::string_view header_file = "scenario.json";
inline constexpr std::string_view demand_file = "demand.csv";
inline constexpr std::string_view stores_file = "stores.csv";
inline constexpr std::string_view roads_file = "roads.geojson";
inline constexpr std::string_view areas_file = "areas.geojson";
inline constexpr std::string_view format_name = "footfall-scenario";

/// Each reads one file into the scenario and reports all that is wrong in it.
void read_header(std::string_view bytes, Scenario& scenario, Problems& problems);
void read_demand(std::string_view bytes, Scenario& scenario, Problems& problems);
void read_stores(std::string_view bytes, Scenario& scenario, Problems& problems);
void read_roads(std::string_view bytes, Scenario& scenario, Problems& problems);
/// Needs demand and stores for the local frame in which rings are checked.
void read_areas(std::string_view bytes, Scenario& scenario, Problems& problems);

}  // namespace footfall::scenario
