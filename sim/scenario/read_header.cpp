// scenario.json.
#include <algorithm>

#include "core/text.hpp"
#include "sim/scenario/parts.hpp"

namespace footfall::scenario {

namespace {

/// Reads the members of one JSON object; what nobody asked for is a problem in the end.
class Members {
 public:
  Members(const Json& object, Problems& problems) : object_(object), problems_(problems) {}

  /// The member, or null with a problem where it is required and missing.
  const Json* find(std::string_view name, bool required = false) {
    known_.emplace_back(name);
    const auto found = object_.find(name);
    if (found != object_.end()) return &*found;
    if (required)
      problems_.add({std::string(header_file), std::string(name), {}, "is missing", {}});
    return nullptr;
  }

  void wrong(std::string_view place, const Json& value, std::string message, std::string allowed) {
    problems_.add({std::string(header_file), std::string(place), excerpt(value), std::move(message),
                   std::move(allowed)});
  }

  void name(std::string_view member, std::string& out, bool required = false) {
    if (const Json* value = find(member, required)) read_name(member, *value, out);
  }

  void names(std::string_view member, std::vector<std::string>& out) {
    const Json* value = find(member);
    if (!value) return;
    if (!value->is_array()) return wrong(member, *value, "is not a list", "a list of texts");
    for (std::size_t i = 0; i < value->size(); ++i) {
      out.emplace_back();
      const std::string place = std::string(member) + "/" + std::to_string(i);
      if (!(*value)[i].is_string())
        wrong(place, (*value)[i], "is not a text", "a text");
      else
        out.back() = (*value)[i].get<std::string>();
    }
  }

  void report_unknown() {
    std::string allowed;
    for (const std::string& name : known_) allowed += (allowed.empty() ? "" : ", ") + name;
    for (const auto& [name, value] : object_.items())
      if (std::find(known_.begin(), known_.end(), name) == known_.end())
        problems_.add(
            {std::string(header_file), shortened(name, 60), {}, "is not a known member", allowed});
  }

 private:
  void read_name(std::string_view place, const Json& value, std::string& out) {
    if (!value.is_string()) return wrong(place, value, "is not a text", std::string(names_allowed));
    out = value.get<std::string>();
    if (std::string problem = name_problem(out); !problem.empty())
      wrong(place, value, std::move(problem), std::string(names_allowed));
  }

  const Json& object_;
  Problems& problems_;
  std::vector<std::string> known_;
};

void read_currency(Members& members, std::string& out) {
  const Json* value = members.find("currency");
  if (!value) return;
  if (value->is_string() && is_currency(value->get<std::string>()))
    out = value->get<std::string>();
  else
    members.wrong("currency", *value, "is not a currency", std::string(currencies_allowed));
}

void read_first_day(Members& members, Date& out) {
  const Json* value = members.find("first_day");
  if (!value) return;
  const auto date =
      value->is_string() ? parse_date(value->get<std::string>()) : Result<Date>(fail("", "", ""));
  if (date)
    out = *date;
  else
    members.wrong("first_day", *value, "is not a date", "a date such as \"2026-01-31\"");
}

void read_last_store_id(Members& members, std::uint32_t& out) {
  const Json* value = members.find("last_store_id");
  if (!value) return;
  if (value->is_number_integer() && *value >= 0 && *value <= greatest_id)
    out = value->get<std::uint32_t>();
  else
    members.wrong("last_store_id", *value, "is not allowed",
                  "a whole number from 0 to " + std::to_string(greatest_id));
}

void read_parameters(Members& members, std::map<std::string, Json>& out) {
  const Json* value = members.find("parameters");
  if (!value) return;
  if (!value->is_object())
    return members.wrong("parameters", *value, "is not an object", "an object of objects");
  for (const auto& [room, block] : value->items()) {
    if (!block.is_object())
      members.wrong("parameters/" + shortened(room, 60), block, "is not an object",
                    "an object of parameters");
    else if (!block.empty())
      out.emplace(room, block);
  }
}

}  // namespace

void read_header(std::string_view bytes, Scenario& scenario, Problems& problems) {
  const auto json = parse_json(bytes, header_file);
  if (!json) return problems.add(json.error());
  if (!json->is_object())
    return problems.add({std::string(header_file), {}, excerpt(*json), "is not an object", {}});
  Members members(*json, problems);
  members.find("format");  // upgrade() has checked these two
  members.find("format_version");
  members.name("name", scenario.name, true);
  read_currency(members, scenario.currency);
  members.name("own_brand", scenario.own_brand);
  read_first_day(members, scenario.first_day);
  members.names("attribution", scenario.attribution);
  members.names("notes", scenario.notes);
  read_last_store_id(members, scenario.last_store_id);
  read_parameters(members, scenario.parameters);
  members.report_unknown();
}

}  // namespace footfall::scenario
