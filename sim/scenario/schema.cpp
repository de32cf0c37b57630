#include "sim/scenario/parts.hpp"

namespace footfall::scenario {

namespace {

Json text_schema(std::string_view description) {
  return {{"type", "string"}, {"maxLength", longest_name}, {"description", description}};
}

Json texts_schema(std::string_view description) {
  return {{"type", "array"}, {"items", {{"type", "string"}}}, {"description", description}};
}

Json whole_number_schema(std::int64_t min, std::int64_t max, std::string_view description) {
  return {{"type", "integer"}, {"minimum", min}, {"maximum", max}, {"description", description}};
}

}  // namespace

Json scenario_schema() {
  const Json members = {
      {"format", {{"const", format_name}}},
      {"format_version", {{"const", format_version}}},
      {"name", text_schema("Shown in title and reports")},
      {"currency",
       {{"type", "string"}, {"pattern", "^[A-Z]{3}$"}, {"description", "ISO 4217 code"}}},
      {"own_brand", text_schema("The planner's chain, for display")},
      {"first_day",
       {{"type", "string"}, {"format", "date"}, {"description", "Day 0 of the calendar"}}},
      {"attribution", texts_schema("Who made the data; shown on map and report")},
      {"notes", texts_schema("What an import skipped, repaired or assumed")},
      {"last_store_id",
       whole_number_schema(0, greatest_id, "Ids up to this one are not given to new stores")},
      {"parameters",
       {{"type", "object"},
        {"additionalProperties", {{"type", "object"}}},
        {"description", "Parameters of each room under its name; absent ones have defaults"}}}};
  return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
          {"title", "scenario.json"},
          {"type", "object"},
          {"properties", members},
          {"required", {"format", "format_version", "name"}},
          {"additionalProperties", false}};
}

}  // namespace footfall::scenario
