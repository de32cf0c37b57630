// demand.csv and stores.csv.
#include <algorithm>

#include "sim/scenario/parts.hpp"

namespace footfall::scenario {

namespace {

using IdRows = std::vector<std::pair<std::uint32_t, std::size_t>>;

DemandPoint demand_point(CsvRows& rows, std::size_t row, IdRows& ids) {
  DemandPoint point;
  if (const auto id = rows.id(row)) {
    point.id.value = *id;
    ids.emplace_back(*id, row);
  }
  point.place = rows.place(row).value_or(LonLat{});
  point.residents = rows.number(row, "residents", residents_range).value_or(0);
  point.district = rows.name(row, "district");
  point.segment = rows.name(row, "segment");
  point.spending_index =
      rows.optional_number(row, "spending_index", spending_index_range).value_or(1);
  return point;
}

Store store_row(CsvRows& rows, std::size_t row, IdRows& ids) {
  Store store;
  if (const auto id = rows.id(row)) {
    store.id.value = *id;
    ids.emplace_back(*id, row);
  }
  store.place = rows.place(row).value_or(LonLat{});
  store.name = rows.name(row, "name");
  store.brand = rows.name(row, "brand");
  if (const auto role = role_from(rows.text(row, "role")))
    store.role = *role;
  else
    rows.problem(row, "role", "is not a role", std::string(roles_allowed));
  store.floor_area_m2 = rows.number(row, "floor_area_m2", floor_area_range).value_or(1);
  store.rent_per_year = rows.optional_number(row, "rent_per_year", money_range);
  store.fitout = rows.optional_number(row, "fitout", money_range);
  store.margin = rows.optional_number(row, "margin", margin_range);
  return store;
}

template <class Row, class MakeRow>
void read_table(std::string_view bytes, std::string_view file, Problems& problems,
                const std::vector<std::string_view>& required,
                const std::vector<std::string_view>& optional, std::vector<Row>& out,
                MakeRow make_row) {
  const auto csv = geo::parse_csv(bytes, file);
  if (!csv) return problems.add(csv.error());
  CsvRows rows(*csv, file, problems, required, optional);
  if (!rows.usable()) return;
  IdRows ids;
  out.reserve(csv->rows.size());
  for (std::size_t row = 0; row < csv->rows.size() && !problems.full(); ++row)
    out.push_back(make_row(rows, row, ids));
  rows.check_unique(std::move(ids));
  std::sort(out.begin(), out.end(), [](const Row& a, const Row& b) { return a.id < b.id; });
}

}  // namespace

void read_demand(std::string_view bytes, Scenario& scenario, Problems& problems) {
  read_table(bytes, demand_file, problems, {"id", "lon", "lat", "residents"},
             {"district", "segment", "spending_index"}, scenario.demand, demand_point);
}

void read_stores(std::string_view bytes, Scenario& scenario, Problems& problems) {
  read_table(bytes, stores_file, problems, {"id", "lon", "lat", "name", "role", "floor_area_m2"},
             {"brand", "rent_per_year", "fitout", "margin"}, scenario.stores, store_row);
  if (!scenario.stores.empty())
    scenario.last_store_id = std::max(scenario.last_store_id, scenario.stores.back().id.value);
}

}  // namespace footfall::scenario
