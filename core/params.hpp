// Parameters of a room or a study are a plain struct with a documented default for every field. One
// list of fields, written beside the struct, is the source of everything else: reading and writing
// JSON, validation with the allowed range in the message, the JSON Schema, `--set path=value`, the
// flags of the command line, the form of the window, the report's parameter section.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/error.hpp"
#include "core/json.hpp"

namespace footfall {

/// A number that nobody knows exactly: its best value and the range it may have. In JSON either a
/// plain number (then low = high = value: taken as certain) or {"value": v, "low": a, "high": b}
/// with low <= value <= high.
struct Ranged {
  double value = 0;
  double low = 0;
  double high = 0;

  friend bool operator==(const Ranged&, const Ranged&) = default;
};

/// One field of a parameter struct.
struct Field {
  /// Points into the struct. An enum class of std::uint8_t is passed as its address and `choices`.
  using Target = std::variant<bool*, std::int64_t*, double*, Ranged*, std::string*, std::uint8_t*>;

  std::string_view name;  ///< "distance_exponent"; in JSON and, with dashes, as a flag
  Target target;
  double min = 0;  ///< allowed range of numbers, both ends included
  double max = 0;
  std::string_view unit;  ///< "", "min", "m", "currency/year", …
  std::string_view
      help;  ///< one English sentence without a full stop; the window translates by key
  std::string_view source = {};  ///< paper, standard or statistic behind the default
  std::span<const std::string_view> choices = {};  ///< for std::uint8_t*: the names in order

  std::string allowed() const;  ///< "a number from 0 to 5", "one of power, exponential"
};
using Fields = std::vector<Field>;

/// The JSON object of all fields.
Json to_json(const Fields& fields);

/// Reads the fields that are present; others keep their values. Unknown names, wrong types and
/// values out of range are errors, each with its path `place/name` in Error::place; the fields of
/// wrong values keep theirs.
Errors from_json(const Json& json, const Fields& fields, std::string_view file,
                 std::string_view place);

/// Sets one field from text, as a flag or `--set` gives it. `name` may also be "field.low" /
/// "field.high".
Errors set_field(const Fields& fields, std::string_view name, std::string_view text,
                 std::string_view place);

/// JSON Schema (draft 2020-12) of the object, with descriptions, units, defaults and ranges.
Json schema(const Fields& fields, std::string_view title);

const Field* find_field(const Fields& fields, std::string_view name);

/// Draw number `draw` of `seed`: each Ranged becomes one value from a triangular distribution (low,
/// value, high), low = value = high then; keyed by room and name, so that another parameter changes
/// no draw.
void draw_ranges(const Fields& fields, std::string_view room, std::uint64_t seed,
                 std::uint32_t draw);

}  // namespace footfall
