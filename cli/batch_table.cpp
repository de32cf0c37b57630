#include "cli/batch_table.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>

#include "core/text.hpp"

namespace footfall::cli {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

void add(UnitFigure& figure, std::size_t row, const Json& json) {
  for (auto* column : {&figure.value, &figure.low, &figure.high}) column->resize(row, missing);
  figure.value.push_back(json.at(0).get<double>());
  figure.low.push_back(json.at(1).get<double>());
  figure.high.push_back(json.at(2).get<double>());
  json.at(3).get_to(figure.unit);
  figure.interval = figure.interval || figure.low.back() != figure.value.back() ||
                    figure.high.back() != figure.value.back();
}

/// A variable's values at the rows: numbers where all of them are.
UnitColumn variable_column(const std::string& id, const std::vector<std::string>& by_point,
                           const std::vector<experiment::Unit>& units) {
  std::vector<double> numbers;
  std::vector<std::string> texts;
  for (const experiment::Unit& unit : units) {
    texts.push_back(by_point[unit.point]);
    if (const auto number = parse_number(texts.back())) numbers.push_back(*number);
  }
  if (numbers.size() == texts.size()) return {id, std::move(numbers)};
  return {id, std::move(texts)};
}

}  // namespace

const UnitFigure* UnitFigures::find(std::string_view id) const {
  for (const UnitFigure& figure : figures) {
    if (figure.id == id) return &figure;
  }
  return nullptr;
}

Result<UnitFigures> read_figures(const Ledger& ledger) {
  UnitFigures out;
  std::map<std::string, UnitFigure> found;
  Errors inner;
  Errors errors = ledger.each(false, [&](const UnitRecord& r) {
    if (r.state != UnitState::done) return true;
    const auto json = parse_json(r.figures, ledger.path());
    if (!json) return inner = json.error(), false;
    for (const auto& [id, figure] : json->items()) add(found[id], out.units.size(), figure);
    out.units.push_back(experiment::unit_of(ledger.plan(), ledger.points(), r.id));
    return true;
  });
  if (errors.empty()) errors = std::move(inner);
  if (!errors.empty()) return fail(std::move(errors));
  for (auto& [id, figure] : found) {
    figure.id = id;
    for (auto* column : {&figure.value, &figure.low, &figure.high}) {
      column->resize(out.units.size(), missing);
    }
    out.figures.push_back(std::move(figure));
  }
  return out;
}

UnitTable unit_table(const Ledger& ledger, UnitFigures figures) {
  std::vector<std::int64_t> id, point, replication;
  for (const experiment::Unit& unit : figures.units) {
    id.push_back(static_cast<std::int64_t>(unit.id));
    point.push_back(static_cast<std::int64_t>(unit.point));
    replication.push_back(unit.replication);
  }
  UnitTable out{
      {"id", std::move(id)}, {"point", std::move(point)}, {"replication", std::move(replication)}};
  const auto& variables = ledger.plan().variables;
  std::vector<std::vector<std::string>> values(variables.size());
  for (std::size_t p = 0; p < ledger.points(); ++p) {
    auto row = experiment::values_of(ledger.plan(), ledger.design(), p);
    for (std::size_t v = 0; v < row.size(); ++v) values[v].push_back(std::move(row[v]));
  }
  for (std::size_t v = 0; v < variables.size(); ++v) {
    out.push_back(variable_column(variables[v].name, values[v], figures.units));
  }
  for (UnitFigure& figure : figures.figures) {
    out.push_back({figure.id, std::move(figure.value)});
    if (!figure.interval) continue;
    out.push_back({figure.id + "_low", std::move(figure.low)});
    out.push_back({figure.id + "_high", std::move(figure.high)});
  }
  return out;
}

}  // namespace footfall::cli
