#include "core/params.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <type_traits>

#include "core/rng.hpp"
#include "core/text.hpp"

namespace footfall {

namespace {

template <class... Functions>
struct Overload : Functions... {
  using Functions::operator()...;
};
template <class... Functions>
Overload(Functions...) -> Overload<Functions...>;

// Where a value stands, to name it in errors.
struct Where {
  std::string_view file;
  std::string place;
};

Errors problem(const Where& where, std::string value, std::string message, std::string allowed) {
  return {Error{std::string(where.file), where.place, std::move(value), std::move(message),
                std::move(allowed)}};
}

Errors wrong(const Where& where, std::string value, const Field& field) {
  return problem(where, std::move(value), "is not allowed", field.allowed());
}

std::string text_of(const Json& json) {
  return json.is_string() ? json.get<std::string>()
                          : json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string join(std::string_view path, std::string_view name) {
  return path.empty() ? std::string(name) : std::string(path) + '/' + std::string(name);
}

bool in_range(const Field& field, double value) {
  return value >= field.min && value <= field.max;
}

std::string range_text(const Field& field) {
  return "from " + shortest(field.min) + " to " + shortest(field.max);
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
  return count;
}

bool allowed_text(const Field& field, std::string_view text) {
  return is_utf8(text) && (field.max <= 0 || static_cast<double>(characters(text)) <= field.max);
}

// The place of a name among the choices, or nothing.
std::optional<std::uint8_t> choice(const Field& field, std::string_view name) {
  for (std::size_t i = 0; i < field.choices.size(); ++i) {
    if (field.choices[i] == name) return static_cast<std::uint8_t>(i);
  }
  return std::nullopt;
}

// A whole number within the range of 64 bits, also when written as 5.0.
std::optional<std::int64_t> whole(const Json& json) {
  if (json.is_number_unsigned()) {
    const auto value = json.get<std::uint64_t>();
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return {};
    return static_cast<std::int64_t>(value);
  }
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (!json.is_number()) return std::nullopt;
  const auto value = json.get<double>();
  if (!(std::abs(value) < 9e15) || std::floor(value) != value) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

// --- a Ranged as an object of up to three numbers

struct Part {
  std::string_view name;
  double Ranged::*member;
};
constexpr Part parts[] = {
    {"value", &Ranged::value}, {"low", &Ranged::low}, {"high", &Ranged::high}};

bool ordered(const Ranged& r) {
  return r.low <= r.value && r.value <= r.high;
}

std::string order_text(const Ranged& r) {
  return shortest(r.low) + " <= " + shortest(r.value) + " <= " + shortest(r.high);
}

Errors disordered(const Where& where, const Ranged& r) {
  return problem(where, order_text(r), "is not in order", "low <= value <= high");
}

Errors read_ranged(const Json& json, const Field& field, const Where& where, Ranged& target) {
  if (json.is_number()) {
    const auto value = json.get<double>();
    if (!in_range(field, value)) return wrong(where, text_of(json), field);
    target = {value, value, value};
    return {};
  }
  if (!json.is_object()) return wrong(where, text_of(json), field);
  Errors errors;
  Ranged read;
  for (const Part& part : parts) {
    const Where at{where.file, join(where.place, part.name)};
    const auto found = json.find(part.name);
    if (found == json.end()) {
      append(errors, problem(at, {}, "is missing", "a number " + range_text(field)));
    } else if (!found->is_number() || !in_range(field, found->get<double>())) {
      append(errors,
             problem(at, text_of(*found), "is not allowed", "a number " + range_text(field)));
    } else {
      read.*part.member = found->get<double>();
    }
  }
  for (const auto& [name, value] : json.items()) {
    if (name != "value" && name != "low" && name != "high") {
      append(errors, problem({where.file, join(where.place, name)}, {}, "is not known",
                             "one of value, low, high"));
    }
  }
  if (errors.empty() && !ordered(read)) return disordered(where, read);
  if (errors.empty()) target = read;
  return errors;
}

Errors read_value(const Json& json, const Field& field, const Where& where) {
  const auto refused = [&] { return wrong(where, text_of(json), field); };
  return std::visit(
      Overload{[&](bool* target) -> Errors {
                 if (!json.is_boolean()) return refused();
                 *target = json.get<bool>();
                 return {};
               },
               [&](std::int64_t* target) -> Errors {
                 const std::optional<std::int64_t> value = whole(json);
                 if (!value || !in_range(field, static_cast<double>(*value))) return refused();
                 *target = *value;
                 return {};
               },
               [&](double* target) -> Errors {
                 if (!json.is_number() || !in_range(field, json.get<double>())) return refused();
                 *target = json.get<double>();
                 return {};
               },
               [&](Ranged* target) { return read_ranged(json, field, where, *target); },
               [&](std::string* target) -> Errors {
                 if (!json.is_string()) return refused();
                 const auto& text = json.get_ref<const std::string&>();
                 if (!allowed_text(field, text)) return refused();
                 *target = text;
                 return {};
               },
               [&](std::uint8_t* target) -> Errors {
                 if (!json.is_string()) return refused();
                 const auto value = choice(field, json.get_ref<const std::string&>());
                 if (!value) return refused();
                 *target = *value;
                 return {};
               }},
      field.target);
}

// What a flag's text means as JSON for this field; null where it means nothing.
Json json_from_text(const Field& field, std::string_view text) {
  const auto number = [&]() -> Json {
    const std::optional<double> value = parse_number(text);
    return value ? Json(*value) : Json();
  };
  return std::visit(
      Overload{[&](bool*) -> Json {
                 if (text == "true" || text == "yes" || text == "on" || text == "1") return true;
                 if (text == "false" || text == "no" || text == "off" || text == "0") return false;
                 return {};
               },
               [&](std::int64_t*) -> Json {
                 const std::optional<std::int64_t> value = parse_integer(text);
                 return value ? Json(*value) : Json();
               },
               [&](double*) { return number(); },  //
               [&](Ranged*) { return number(); }, [&](std::string*) { return Json(text); },
               [&](std::uint8_t*) { return Json(text); }},
      field.target);
}

Errors set_part(const Field& field, const Part& part, std::string_view text, const Where& where) {
  Ranged& target = *std::get<Ranged*>(field.target);
  const std::optional<double> value = parse_number(text);
  if (!value || !in_range(field, *value)) {
    return problem(where, std::string(text), "is not allowed", "a number " + range_text(field));
  }
  Ranged changed = target;
  changed.*part.member = *value;
  if (!ordered(changed)) return disordered(where, changed);
  target = changed;
  return {};
}

Errors unknown(const Where& where, const Fields& fields) {
  std::string names = "one of ";
  for (std::size_t i = 0; i < fields.size(); ++i) {
    names += (i == 0 ? "" : ", ") + std::string(fields[i].name);
  }
  return problem(where, {}, "is not known", fields.empty() ? "nothing" : names);
}

void number_schema(Json& out, const Field& field) {
  out["minimum"] = field.min;
  out["maximum"] = field.max;
}

Json ranged_schema(const Field& field) {
  Json number{{"type", "number"}};
  number_schema(number, field);
  Json object{{"type", "object"}, {"additionalProperties", false}};
  object["required"] = {"value", "low", "high"};
  for (const Part& part : parts) object["properties"][std::string(part.name)] = number;
  return Json{{"oneOf", Json::array({number, object})}};
}

Json value_schema(const Field& field) {
  return std::visit(Overload{[](bool*) {
                               return Json{{"type", "boolean"}};
                             },
                             [&](std::int64_t*) {
                               Json out{{"type", "integer"}};
                               number_schema(out, field);
                               return out;
                             },
                             [&](double*) {
                               Json out{{"type", "number"}};
                               number_schema(out, field);
                               return out;
                             },
                             [&](Ranged*) { return ranged_schema(field); },
                             [&](std::string*) {
                               Json out{{"type", "string"}};
                               if (field.max > 0) {
                                 out["maxLength"] = static_cast<std::int64_t>(field.max);
                               }
                               return out;
                             },
                             [&](std::uint8_t*) {
                               Json out{{"type", "string"}, {"enum", Json::array()}};
                               for (const auto name : field.choices) out["enum"].push_back(name);
                               return out;
                             }},
                    field.target);
}

Json value_of(const Field& field) {
  return std::visit(
      Overload{[](const Ranged* target) -> Json {
                 if (target->low == target->value && target->high == target->value) {
                   return target->value;
                 }
                 return {{"value", target->value}, {"low", target->low}, {"high", target->high}};
               },
               [&](const std::uint8_t* target) -> Json { return field.choices[*target]; },
               [](const auto* target) -> Json { return *target; }},
      field.target);
}

}  // namespace

std::string Field::allowed() const {
  return std::visit(Overload{[](bool*) -> std::string { return "true or false"; },
                             [&](std::int64_t*) { return "a whole number " + range_text(*this); },
                             [&](double*) { return "a number " + range_text(*this); },
                             [&](Ranged*) {
                               return "a number " + range_text(*this) +
                                      ", or such numbers value, low and high";
                             },
                             [&](std::string*) -> std::string {
                               if (max <= 0) return "a text";
                               return "a text of at most " + shortest(max) + " characters";
                             },
                             [&](std::uint8_t*) {
                               std::string text = "one of ";
                               for (std::size_t i = 0; i < choices.size(); ++i) {
                                 text += (i == 0 ? "" : ", ") + std::string(choices[i]);
                               }
                               return text;
                             }},
                    target);
}

Json to_json(const Fields& fields) {
  Json json = Json::object();
  for (const Field& field : fields) json[std::string(field.name)] = value_of(field);
  return json;
}

Errors from_json(const Json& json, const Fields& fields, std::string_view file,
                 std::string_view place) {
  if (!json.is_object()) {
    return problem({file, std::string(place)}, text_of(json), "is not allowed", "an object");
  }
  Errors errors;
  for (const auto& [name, value] : json.items()) {
    const Where where{file, join(place, name)};
    const Field* field = find_field(fields, name);
    append(errors, field ? read_value(value, *field, where) : unknown(where, fields));
  }
  return errors;
}

Errors set_field(const Fields& fields, std::string_view name, std::string_view text,
                 std::string_view place) {
  const Where where{{}, join(place, name)};
  if (const Field* field = find_field(fields, name)) {
    const Json value = json_from_text(*field, text);
    if (value.is_null()) return wrong(where, std::string(text), *field);
    return read_value(value, *field, where);
  }
  const std::size_t dot = name.rfind('.');
  const Field* field =
      dot == std::string_view::npos ? nullptr : find_field(fields, name.substr(0, dot));
  if (field != nullptr && std::holds_alternative<Ranged*>(field->target)) {
    for (const Part& part : parts) {
      if (part.name == name.substr(dot + 1)) return set_part(*field, part, text, where);
    }
  }
  return unknown(where, fields);
}

Json schema(const Fields& fields, std::string_view title) {
  Json out{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
           {"title", title},
           {"type", "object"},
           {"additionalProperties", false},
           {"properties", Json::object()}};
  for (const Field& field : fields) {
    Json property = value_schema(field);
    property["description"] = field.help;
    property["default"] = value_of(field);
    if (!field.unit.empty()) property["x-unit"] = field.unit;
    if (!field.source.empty()) property["x-source"] = field.source;
    out["properties"][std::string(field.name)] = std::move(property);
  }
  return out;
}

const Field* find_field(const Fields& fields, std::string_view name) {
  for (const Field& field : fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

void draw_ranges(const Fields& fields, std::string_view room, std::uint64_t seed,
                 std::uint32_t draw) {
  for (const Field& field : fields) {
    const auto* target = std::get_if<Ranged*>(&field.target);
    if (target == nullptr) continue;
    Ranged& r = **target;
    Draws draws(random_key(seed, draw, std::string(room) + '.' + std::string(field.name)), 0, 0, 0);
    const double value = r.low < r.high ? draws.triangular(r.low, r.value, r.high) : r.value;
    r = {value, value, value};
  }
}

}  // namespace footfall
