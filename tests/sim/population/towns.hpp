// Towns for the tests of this room: zones of given residents, 300 m apart on a line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo/frame.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::population::testing {

inline LonLat place_at(double east_m, double north_m) {
  return geo::Frame({95'200'000, 471'400'000}).to_lonlat({east_m, north_m});
}

inline void add_zone(scenario::Scenario& town, std::uint32_t id, double residents,
                     std::string district = {}) {
  const auto east = 300.0 * static_cast<double>(town.demand.size());
  town.demand.push_back({{id}, place_at(east, 0), residents, std::move(district), "", 1});
}

inline scenario::Scenario town_of(const std::vector<double>& residents) {
  scenario::Scenario town;
  for (const double people : residents)
    add_zone(town, static_cast<std::uint32_t>(town.demand.size() + 1), people);
  return town;
}

/// Six demand points in two districts, a sample of 12 households and controls of households and
/// persons for each district that hold together.
inline scenario::Scenario controlled_town() {
  scenario::Scenario town;
  for (std::uint32_t z = 1; z <= 6; ++z) add_zone(town, z, 50 * z, z <= 3 ? "north" : "south");
  town.tables["seed_households.csv"] =
      "household_id,weight,income\n"
      "1,2,low\n2,1,low\n3,1,high\n4,3,middle\n5,1,middle\n6,1,high\n"
      "7,1,low\n8,2,high\n9,1,middle\n10,1,high\n11,1,low\n12,1,middle\n";
  town.tables["seed_persons.csv"] =
      "household_id,age,gender\n"
      "1,70,female\n2,30,female\n2,5,male\n3,40,male\n3,38,female\n3,8,female\n3,11,male\n"
      "4,25,male\n5,50,female\n5,52,male\n6,66,male\n6,64,female\n7,22,female\n7,23,female\n"
      "8,45,male\n9,4,male\n9,33,female\n9,35,male\n10,58,female\n10,17,female\n11,80,male\n"
      "12,28,male\n12,29,female\n12,1,female\n12,3,male\n12,6,male\n";
  town.tables["controls.csv"] =
      "level,zone,table,category,target,importance\n"
      "district,north,size,households.size=1,60,\n"
      "district,north,size,households.size=2,45,\n"
      "district,north,size,households.size>=3,35,\n"
      "district,north,age,persons.age<15,75,\n"
      "district,north,age,persons.age>=65,40,\n"
      "district,north,income,households.income=low,50,\n"
      "district,south,size,households.size=1,90,\n"
      "district,south,size,households.size=2,120,\n"
      "district,south,size,households.size>=3,80,\n"
      "district,south,age,persons.age<15,170,\n"
      "district,south,age,persons.age>=65,90,\n"
      "district,south,gender,persons.gender=female & persons.age>=15,,\n";
  return town;
}

inline void replace(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at != std::string::npos) text.replace(at, from.size(), to);
}

}  // namespace footfall::population::testing
