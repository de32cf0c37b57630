#include "sim/scenario/checks.hpp"

#include <algorithm>
#include <cmath>

#include "core/text.hpp"

namespace footfall::scenario {

namespace {

std::string plain(double value) {
  return fixed(value, value == std::floor(value) ? 0 : 2);
}

std::string range_text(const Range& range, double value, std::string_view what) {
  std::string text = range.text() + " degrees of " + std::string(what);
  if (std::abs(value) > 360)
    text += "; values this large are metres of a projected coordinate system: convert to WGS 84";
  return text;
}

}  // namespace

std::string Range::text() const {
  return "a number from " + plain(min) + " to " + plain(max);
}

void Problems::add(Error error) {
  if (!full()) errors_.push_back(std::move(error));
}

void Problems::add(Errors errors) {
  for (Error& error : errors) add(std::move(error));
}

std::string name_problem(std::string_view text) {
  std::size_t characters = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) return "holds a control character";
    if ((byte & 0xC0) != 0x80) ++characters;
  }
  return characters > longest_name ? "is too long" : "";
}

std::string excerpt(const Json& value) {
  return shortened(value.dump(-1, ' ', false, Json::error_handler_t::replace), 60);
}

bool is_currency(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::optional<Role> role_from(std::string_view text) {
  for (const Role role : {Role::own, Role::competitor, Role::candidate})
    if (text == name_of(role)) return role;
  return std::nullopt;
}

std::int32_t to_e7(double degrees) {
  const double scaled = degrees * 1e7;
  return static_cast<std::int32_t>(scaled < 0 ? -std::floor(0.5 - scaled)
                                              : std::floor(scaled + 0.5));
}

double degrees(std::int32_t e7) {
  return e7 / 1e7;
}

CsvRows::CsvRows(const geo::Csv& csv, std::string_view file, Problems& problems,
                 const std::vector<std::string_view>& required,
                 const std::vector<std::string_view>& optional)
    : csv_(csv), file_(file), problems_(problems) {
  std::string known;
  for (const auto* list : {&required, &optional})
    for (const std::string_view column : *list) {
      if (!known.empty()) known += ", ";
      known += column;
    }
  for (const std::string_view column : required)
    if (csv.column(column) == geo::Csv::npos) {
      problems_.add({file_, "line 1", std::string(column), "column is missing", known});
      usable_ = false;
    }
  for (const std::string& column : csv.header)
    if (std::find(required.begin(), required.end(), column) == required.end() &&
        std::find(optional.begin(), optional.end(), column) == optional.end())
      problems_.add({file_, "line 1", column, "is not a known column", known});
}

std::string CsvRows::where(std::size_t row, std::string_view column) const {
  return "line " + std::to_string(csv_.lines[row]) + ", column " + std::string(column);
}

void CsvRows::problem(std::size_t row, std::string_view column, std::string message,
                      std::string allowed) {
  problems_.add({file_, where(row, column), shortened(text(row, column), 60), std::move(message),
                 std::move(allowed)});
}

std::string_view CsvRows::cell(std::size_t row, std::string_view column) const {
  const std::size_t at = csv_.column(column);
  return at == geo::Csv::npos ? std::string_view{} : std::string_view(csv_.rows[row][at]);
}

std::string_view CsvRows::text(std::size_t row, std::string_view column) const {
  return trimmed(cell(row, column));
}

std::string CsvRows::name(std::size_t row, std::string_view column) {
  const std::string_view given = cell(row, column);
  if (std::string wrong = name_problem(given); !wrong.empty()) {
    problem(row, column, std::move(wrong), std::string(names_allowed));
    return {};
  }
  return std::string(given);
}

std::optional<double> CsvRows::number(std::size_t row, std::string_view column,
                                      const Range& range) {
  const auto value = parse_number(text(row, column));
  if (!value) {
    problem(row, column, "is not a number", range.text());
    return std::nullopt;
  }
  if (!range.holds(*value)) {
    problem(row, column, "is out of range", range.text());
    return std::nullopt;
  }
  return value;
}

std::optional<double> CsvRows::optional_number(std::size_t row, std::string_view column,
                                               const Range& range) {
  return text(row, column).empty() ? std::nullopt : number(row, column, range);
}

std::optional<std::uint32_t> CsvRows::id(std::size_t row) {
  const auto value = parse_integer(text(row, "id"));
  if (value && *value >= 1 && *value <= greatest_id) return static_cast<std::uint32_t>(*value);
  problem(row, "id", value ? "is out of range" : "is not a whole number",
          "a whole number from 1 to " + std::to_string(greatest_id));
  return std::nullopt;
}

std::optional<LonLat> CsvRows::place(std::size_t row) {
  LonLat result;
  bool good = true;
  const auto read = [&](std::string_view column, const Range& range, std::string_view what,
                        std::int32_t& out) {
    const auto value = parse_number(text(row, column));
    if (value && range.holds(*value)) {
      out = to_e7(*value);
      return;
    }
    good = false;
    problem(row, column, value ? "is out of range" : "is not a number",
            range_text(range, value.value_or(0), what));
  };
  read("lon", lon_range, "longitude", result.lon_e7);
  read("lat", lat_range, "latitude", result.lat_e7);
  return good ? std::optional(result) : std::nullopt;
}

void CsvRows::check_unique(std::vector<std::pair<std::uint32_t, std::size_t>> ids) {
  std::sort(ids.begin(), ids.end());
  for (std::size_t i = 1; i < ids.size(); ++i)
    if (ids[i].first == ids[i - 1].first)
      problem(ids[i].second, "id",
              "is used already in line " + std::to_string(csv_.lines[ids[i - 1].second]),
              "each id once");
}

geo::MultiPolygon to_polygons(const Shape& shape, const geo::Frame& frame) {
  geo::MultiPolygon result;
  for (std::size_t i = 0; i < shape.parts.size(); ++i) {
    geo::Ring ring;
    ring.reserve(shape.parts[i].size());
    for (const LonLat place : shape.parts[i]) ring.push_back(frame.to_local(place));
    if (shape.outer[i] || result.empty())
      result.push_back({std::move(ring), {}});
    else
      result.back().holes.push_back(std::move(ring));
  }
  return result;
}

Errors area_problems(const Shape& shape, const geo::Frame& frame, std::string_view file,
                     std::string_view place) {
  Errors errors;
  for (geo::Polygon& polygon : to_polygons(shape, frame)) {
    const auto good = geo::checked(std::move(polygon), file, place);
    if (!good) append(errors, good.error());
  }
  return errors;
}

}  // namespace footfall::scenario
