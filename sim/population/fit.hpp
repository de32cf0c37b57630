// Household weights for every unit of a scenario under its controls, whole households from them,
// and how well they fit.
//
// Levels of places may nest or cross: the controls of each level are met in turn, from the smallest
// places to the largest, until all hold. Each turn is a projection onto the weights that
// meet that level's controls, and the cycle tends to the projection onto all of them (Csiszár
// 1975).
#pragma once

#include <string>
#include <vector>

#include "core/job.hpp"
#include "sim/population/controls.hpp"
#include "sim/population/integerise.hpp"

namespace footfall::population {

enum class Method : std::uint8_t {
  ipf,     ///< iterative proportional fitting of a table; household controls only (ipf.hpp)
  ipu,     ///< iterative proportional updating (ipu.hpp)
  entropy  ///< minimum relative entropy (entropy.hpp)
};
enum class Infeasible : std::uint8_t {
  error,  ///< name the controls that cannot hold
  least   ///< the least-violating weights, with a warning that names them
};
std::string_view name_of(Method value);
std::string_view name_of(Infeasible value);

struct FitOptions {
  Method method = Method::entropy;
  /// Greatest weight of a household relative to its prior, which is the sample's weight scaled to
  /// the unit's residents; 0: none. Not for ipf.
  double cap = 0;
  Infeasible infeasible = Infeasible::error;
};

struct Fit {
  std::size_t kinds = 0;                    ///< of households that no category tells apart
  std::vector<std::uint32_t> kind_first;    ///< kinds + 1
  std::vector<std::uint32_t> kind_members;  ///< seed households by kind
  std::vector<double> weight;               ///< units × kinds: fitted households
  std::vector<double> total;                ///< of each control
  int cycles = 0;                           ///< over the levels
  std::vector<std::string> warnings;

  const double* of_unit(std::size_t unit) const { return &weight[unit * kinds]; }
};

/// Errors: controls that cannot hold together, each named with its place (where options.infeasible
/// is error); controls of persons, or tables whose categories overlap, with ipf; a cap with ipf;
/// units × kinds above 50 million; cancelled.
Result<Fit> fit(const Controls& controls, const FitOptions& options, const Job& job);

/// Some households of one seed household.
struct Copies {
  std::uint32_t household = 0, count = 0;
};

/// Whole households of each unit: fitted weights / people_per_shopper, rounded so that running
/// totals over the units stay within half a household, by the method of
/// integerise.hpp, members of a kind in proportion to their weight in the sample. Draws are keyed
/// by the id of the unit's first zone.
std::vector<std::vector<Copies>> whole_households(const scenario::Scenario& scenario,
                                                  const Controls& controls, const Fit& fit,
                                                  double people_per_shopper, std::uint64_t seed,
                                                  Integers method = Integers::rounding);

/// How far totals are from their targets.
struct Measures {
  double srmse = 0;  ///< root mean square of the misses / mean target, over targets that are known
  double tae = 0;    ///< total absolute error: Σ |total - target|
  double targets = 0;  ///< Σ target
};
/// Of all controls, or of those for which `take` is not 0.
Measures measures(const Controls& controls, const std::vector<double>& totals,
                  const std::vector<char>& take = {});

/// Totals of the controls under whole households.
std::vector<double> whole_totals(const Controls& controls,
                                 const std::vector<std::vector<Copies>>& households);

/// What a population made of copies of a real sample gives away.
struct Disclosure {
  std::int64_t households = 0;        ///< synthetic
  std::int64_t copies_of_unique = 0;  ///< that equal a household which is alone in the sample with
                                      ///< all its values, persons included
  std::int64_t smallest_cell = 0;  ///< least number of synthetic households alike in unit and all
                                   ///< household columns (k of k-anonymity)
  std::int64_t alone = 0;          ///< synthetic households alone in such a cell
};
Disclosure disclosure(const Controls& controls, const std::vector<std::vector<Copies>>& households);

}  // namespace footfall::population
