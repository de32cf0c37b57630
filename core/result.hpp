// What every study gives back: figures with their uncertainty, typed tables, map layers,
// provenance. Report, views, CSV, batch summaries and the ledger read this and nothing else, so a
// new model needs no new writer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/error.hpp"
#include "core/json.hpp"
#include "core/place.hpp"

namespace footfall {

/// Where a figure's interval comes from.
enum class Basis : std::uint8_t {
  none,          ///< exact, or no interval is meant: low == high == value
  parameters,    ///< parameters drawn from their ranges
  replications,  ///< independent runs
  pending        ///< not yet computed: low == high == value, and shown as pending
};
std::string_view name_of(Basis basis);

struct Figure {
  std::string id;    ///< text key of the interface without its prefix: "expected_sales"
  std::string unit;  ///< "CHF/year", "persons", "min", "%", "m2", "" for plain numbers
  double value = 0;
  double low = 0;   ///< lower end of the interval
  double high = 0;  ///< upper end of the interval
  Basis basis = Basis::none;
  std::uint32_t n = 0;  ///< draws or runs behind the interval; 0 where there is none
};

/// A column of a table; all columns of a table have the same length. Missing values: nullopt in
/// numbers; empty text.
struct Column {
  using Texts = std::vector<std::string>;
  using Integers = std::vector<std::int64_t>;
  using Numbers = std::vector<std::optional<double>>;  ///< finite where present

  std::string id;    ///< text key of the interface: "expected_sales"
  std::string unit;  ///< as Figure::unit
  std::variant<Texts, Integers, Numbers> values;
  int decimals = 0;  ///< for numbers: digits shown and written to CSV

  std::size_t size() const;
  /// The cell as it stands in a CSV file and in the window's table ("" where missing).
  std::string text(std::size_t row) const;
};

struct Table {
  std::string id;
  std::vector<Column> columns;
  std::size_t rows() const { return columns.empty() ? 0 : columns.front().size(); }
  const Column* find(std::string_view column_id) const;
};

/// Shapes with attributes: row i of `attributes` belongs to shapes[i].
struct Layer {
  std::string id;
  std::vector<Shape> shapes;
  Table attributes;
};

/// From what the result was made; enough to make it again.
struct Provenance {
  std::string version;        ///< of the product
  std::string study;          ///< name in the registry: "sites rank"
  std::string scenario;       ///< its name
  std::string scenario_hash;  ///< SHA-256 of its canonical files
  std::uint64_t seed = 0;
  Json options = Json::object();     ///< the study's own parameters, all of them
  Json parameters = Json::object();  ///< the rooms' parameter blocks that the study read
  Json edits = Json::array();        ///< edits applied on top of the scenario's files
  std::vector<std::string>
      attribution;  ///< who made the data ("© OpenStreetMap contributors, ODbL")
  std::vector<std::string> assumptions;  ///< in plain words
  std::vector<std::string> warnings;     ///< what a reader must know before trusting the figures
};

struct Results {
  std::string title;
  std::vector<Figure> figures;
  std::vector<Table> tables;
  std::vector<Layer> layers;
  Provenance provenance;

  const Figure* figure(std::string_view id) const;
  const Table* table(std::string_view id) const;
  const Layer* layer(std::string_view id) const;
};

/// The whole as JSON (what `--json` prints and what a worker sends), and back. Doubles survive
/// exactly. Places are whole 1e-7 degrees: a layer of points has "points": [lon, lat, lon, …], any
/// other "shapes": [{"kind", "parts": [[lon, lat, …], …], "outer"}, …].
Json to_json(const Results& results);
Result<Results> results_from_json(const Json& json);

/// RFC 4180: comma, CRLF-free lines ending in \n, quotes where needed; first line the column ids
/// with the unit in brackets where there is one.
std::string to_csv(const Table& table);

/// RFC 7946 FeatureCollection with seven decimals.
std::string to_geojson(const Layer& layer);

}  // namespace footfall
