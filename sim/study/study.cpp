#include "sim/study/study.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <deque>
#include <utility>

#include "core/version.hpp"
#include "sim/campaign/channel.hpp"
#include "sim/catchment/params.hpp"
#include "sim/estimate/params.hpp"
#include "sim/floor/params.hpp"
#include "sim/members/params.hpp"
#include "sim/population/params.hpp"
#include "sim/probe/params.hpp"
#include "sim/report/parameters.hpp"
#include "sim/scenario/files.hpp"
#include "sim/study/shoppers_calibrate.hpp"
#include "sim/study/shoppers_explore.hpp"
#include "sim/study/shoppers_fit.hpp"
#include "sim/study/shoppers_simulate.hpp"
#include "sim/study/sites_rank.hpp"
#include "sim/study/world_run.hpp"
#include "sim/visits/params.hpp"
#include "sim/world/params.hpp"

namespace footfall::study {
namespace {

constexpr char catchment_name[] = "catchment";
constexpr char population_name[] = "population";
constexpr char visits_name[] = "visits";
constexpr char floor_name[] = "floor";
constexpr char probe_name[] = "probe";
constexpr char members_name[] = "members";
constexpr char campaign_name[] = "campaign";
constexpr char estimate_name[] = "estimate";
constexpr char world_name[] = "world";

Errors apply_edits(scenario::Scenario& scenario, const std::vector<scenario::Edit>& edits) {
  return scenario::apply_all(scenario, edits, "edits");
}

Provenance provenance_of(const Study& study, const scenario::Scenario& base,
                         const std::vector<scenario::Edit>& edits, const Json& options,
                         std::string_view base_hash) {
  Provenance out;
  out.version = version;
  out.study = study.name;
  out.scenario = base.name;
  out.scenario_hash = base_hash.empty() ? scenario::scenario_hash(base) : std::string(base_hash);
  out.edits = scenario::edits_to_json(edits).at("edits");
  out.options = study.options.with_fields(options, [](const Fields&) {});
  if (out.options.contains("seed")) out.seed = out.options["seed"].get<std::uint64_t>();
  out.attribution = base.attribution;
  return out;
}

/// What the study read: the blocks of its rooms and its own options, with the scenario's currency
/// where a unit says so.
Table parameters_of(const Study& study, const scenario::Scenario& scenario, const Json& options) {
  Table table = report::parameter_table();
  const auto add = [&](const Block& block, const Json& values) {
    block.with_fields(values, [&](Fields fields) {
      std::deque<std::string> units;
      for (Field& field : fields) {
        if (!field.unit.starts_with("currency")) continue;
        units.push_back(scenario.currency + std::string(field.unit.substr(8)));
        field.unit = units.back();
      }
      report::add_parameters(table, block.name, fields);
    });
  };
  for (const auto room : study.rooms) add(*find_room(room), room_block(scenario, room));
  add(study.options, options);
  return table;
}

std::string room_names() {
  std::string names;
  for (const Block& room : rooms()) names += (names.empty() ? "" : ", ") + std::string(room.name);
  return names;
}

}  // namespace

std::span<const Study> studies() {
  static const std::vector<Study> all{sites_rank(),        shoppers_fit(),       shoppers_explore(),
                                      shoppers_simulate(), shoppers_calibrate(), world_run()};
  return all;
}

const Study* find_study(std::string_view name) {
  const auto all = studies();
  const auto it =
      std::find_if(all.begin(), all.end(), [&](const Study& s) { return s.name == name; });
  return it == all.end() ? nullptr : &*it;
}

std::span<const Block> rooms() {
  static const std::array all{block_of<catchment::Params, catchment_name>(),
                              block_of<population::Params, population_name>(),
                              block_of<visits::Params, visits_name>(),
                              block_of<floor::Params, floor_name>(),
                              block_of<probe::Params, probe_name>(),
                              block_of<members::Params, members_name>(),
                              block_of<campaign::Params, campaign_name>(),
                              block_of<estimate::Params, estimate_name>(),
                              block_of<world::Params, world_name>()};
  return all;
}

const Block* find_room(std::string_view name) {
  const auto all = rooms();
  const auto it =
      std::find_if(all.begin(), all.end(), [&](const Block& b) { return b.name == name; });
  return it == all.end() ? nullptr : &*it;
}

const Json& room_block(const scenario::Scenario& scenario, std::string_view room) {
  static const Json empty = Json::object();
  const auto it = scenario.parameters.find(std::string(room));
  return it == scenario.parameters.end() ? empty : it->second;
}

Result<scenario::Edit> parameter_edit(const scenario::Scenario& scenario, std::string_view path,
                                      std::string_view value) {
  const auto dot = path.find('.');
  const Block* room = find_room(path.substr(0, dot));
  if (dot == std::string_view::npos || room == nullptr) {
    return fail(Error{"", std::string(path), "", "names no parameter",
                      "room.name with a room of " + room_names()});
  }
  const std::string_view field = path.substr(dot + 1);
  const std::string_view name = field.substr(0, field.find('.'));
  Errors errors;
  const Json block = room->with_fields(room_block(scenario, room->name), [&](const Fields& fields) {
    errors = set_field(fields, field, value, room->name);
  });
  if (!errors.empty()) return fail(std::move(errors));
  return scenario::set_parameter(scenario, room->name, name, block.at(std::string(name)));
}

Errors check(const scenario::Scenario& scenario) {
  Errors errors;
  for (const auto& [name, block] : scenario.parameters) {
    const std::string place = "parameters/" + name;
    const Block* room = find_room(name);
    if (room == nullptr) {
      errors.push_back({"scenario.json", place, "", "is no room of this version", room_names()});
      continue;
    }
    append(errors, room->check(block, "scenario.json", place));
  }
  return errors;
}

Json scenario_schema() {
  Json schema = scenario::scenario_schema();
  for (const Block& room : rooms()) {
    schema["properties"]["parameters"]["properties"][std::string(room.name)] = room.schema();
  }
  schema["properties"]["parameters"]["additionalProperties"] = false;
  return schema;
}

namespace {

/// `options` has been checked. Provenance but for assumptions and warnings is filled by run().
using Compute = Result<Output> (*)(const scenario::Scenario& scenario, const Json& options,
                                   const Job& job);

Compute compute_of(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, Compute>, 6> all{
      {{"sites rank", compute_sites_rank},
       {"shoppers fit", compute_shoppers_fit},
       {"shoppers explore", compute_shoppers_explore},
       {"shoppers simulate", compute_shoppers_simulate},
       {"shoppers calibrate", compute_shoppers_calibrate},
       {"world run", compute_world_run}}};
  const auto it =
      std::find_if(all.begin(), all.end(), [&](const auto& c) { return c.first == name; });
  assert(it != all.end());
  return it->second;
}

}  // namespace

Result<Output> run(std::string_view name, const scenario::Scenario& base,
                   const std::vector<scenario::Edit>& edits, const Json& options, const Job& job,
                   std::string_view base_hash) {
  const Study* study = find_study(name);
  if (study == nullptr) return fail("", std::string(name), "is no study");
  Errors errors = study->options.check(options, "options", study->name);
  scenario::Scenario scenario = base;
  append(errors, apply_edits(scenario, edits));
  append(errors, check(scenario));
  if (!errors.empty()) return fail(std::move(errors));

  Result<Output> output = compute_of(name)(scenario, options, job);
  if (!output) return output;
  Provenance& made = output->results.provenance;
  Provenance full = provenance_of(*study, base, edits, options, base_hash);
  for (const auto room : study->rooms) {
    full.parameters[std::string(room)] =
        find_room(room)->with_fields(room_block(scenario, room), [](const Fields&) {});
  }
  output->results.tables.push_back(parameters_of(*study, scenario, options));
  full.assumptions = std::move(made.assumptions);
  full.warnings = std::move(made.warnings);
  made = std::move(full);
  return output;
}

report::BaseMap base_map(const scenario::Scenario& scenario) {
  // Areas first, the large and quiet kinds at the bottom; then roads from small to great.
  static constexpr std::array area_order{"farmland",    "meadow",     "forest",
                                         "residential", "industrial", "commercial",
                                         "retail",      "water",      "district"};
  static constexpr std::array road_order{"residential", "unclassified", "tertiary", "secondary",
                                         "primary",     "trunk",        "motorway"};
  report::BaseMap out;
  for (const std::string_view kind : area_order) {
    for (const scenario::Area& area : scenario.areas) {
      if (area.kind == kind) out.shapes.emplace_back(area.kind, area.shape);
    }
  }
  for (const std::string_view kind : road_order) {
    for (const scenario::RoadLine& road : scenario.roads) {
      if (road.road_class == kind) {
        out.shapes.emplace_back(road.road_class, Shape{Shape::Kind::line, {road.line}, {}});
      }
    }
  }
  return out;
}

}  // namespace footfall::study
