#include "core/hash.hpp"
#include "sim/experiment/plan.hpp"
#include "sim/experiment/sensitivity.hpp"
#include "tests/determinism/determinism.hpp"

using namespace footfall;
using namespace footfall::experiment;

namespace {

void update(Sha256& hash, const Points& points) {
  for (const double x : points.values) hash.update_f64(x);
}

void update(Sha256& hash, const Index& index) {
  hash.update_f64(index.value);
  hash.update_f64(index.low);
  hash.update_f64(index.high);
}

}  // namespace

FOOTFALL_GOLDEN(experiment_designs) {
  Sha256 hash;
  const std::size_t levels[] = {3, 4, 5};
  update(hash, grid(levels));
  update(hash, latin_hypercube(1000, 7, 3));
  update(hash, sobol(1000, sobol_dimensions, 3));
  update(hash, morris(50, 9, 3));
  update(hash, saltelli(100, sobol_dimensions / 2, 3));
  return hash.hex();
}

FOOTFALL_GOLDEN(experiment_units) {
  Plan plan;
  plan.kind = DesignKind::sobol;
  plan.size = 100;
  plan.seed = 12;
  plan.replications = 5;
  plan.variables = {*parse_variable("a", "-1.5:2.7"), *parse_variable("b", "x,y,z")};
  Sha256 hash;
  const Points points = points_of(plan);
  for (std::uint64_t id = 0; id < 500; ++id) {
    const Unit unit = unit_of(plan, points.count, id);
    hash.update_u64(unit.seed);
    for (const std::string& value : values_of(plan, points, unit.point)) hash.update(value);
  }
  hash.update(plan_hash(plan));
  return hash.hex();
}

FOOTFALL_GOLDEN(experiment_statistics) {
  Sha256 hash;
  for (const double dof : {1.0, 2.0, 9.0, 99.0, 1e4}) {
    for (const double p : {0.05, 0.9, 0.975, 0.999}) hash.update_f64(student_t_quantile(p, dof));
  }
  const Points points = saltelli(200, 3, 5);
  std::vector<double> values;
  for (std::size_t i = 0; i < points.count; ++i) {
    const auto u = points.row(i);
    values.push_back(u[0] + 2 * u[0] * u[1] + u[2] * u[2]);
  }
  for (const SobolIndex& index : sobol_indices(3, values, 7, 0.95, 100).variables) {
    update(hash, index.first);
    update(hash, index.total);
  }
  return hash.hex();
}
