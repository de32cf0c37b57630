#include "sim/study/unit_work.hpp"

#include <cmath>
#include <exception>
#include <new>
#include <utility>

#include "core/text.hpp"
#include "geo/csv.hpp"

namespace footfall::study {
namespace {

bool is_path(std::string_view variable) {
  return variable.find('.') != std::string_view::npos;
}

/// Sets one option in a block of options.
Errors set_option(const Study& study, Json& options, std::string_view name,
                  std::string_view value) {
  Errors errors;
  options = study.options.with_fields(
      options, [&](const Fields& fields) { errors = set_field(fields, name, value, study.name); });
  return errors;
}

std::string one_line(const Errors& errors) {
  std::string out = describe(errors, 3);
  while (!out.empty() && out.back() == '\n') out.pop_back();
  for (char& c : out) c = c == '\n' ? ';' : c;
  return out.empty() ? "failed" : out;
}

/// The figures of a unit as a ledger keeps them. Errors: a number that is not finite.
Result<std::string> figures_text(const Results& results) {
  Json out = Json::object();
  for (const Figure& f : results.figures) {
    if (!std::isfinite(f.value) || !std::isfinite(f.low) || !std::isfinite(f.high)) {
      return fail("", f.id, "is not a finite number");
    }
    out[f.id] = Json::array({f.value, f.low, f.high, f.unit});
  }
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Error seed_is_taken(std::string_view study) {
  return {"", std::string(study) + "/seed", "", "is set for each unit by the batch", "--seed"};
}

}  // namespace

Result<UnitWork> UnitWork::make(const experiment::Plan& plan, const experiment::Points& points,
                                const scenario::Scenario& base) {
  UnitWork out;
  out.study_ = find_study(plan.study);
  if (out.study_ == nullptr) {
    std::string names;
    for (const Study& s : studies()) {
      names += (names.empty() ? "" : ", ") + std::string(s.name);
    }
    return fail(Error{"", "study", plan.study, "is no study", names});
  }
  Errors errors = out.study_->options.check(plan.options, "", plan.study);
  if (plan.options.contains("seed")) errors.push_back(seed_is_taken(plan.study));
  Json list = Json::object();
  list["edits"] = plan.edits;
  auto edits = scenario::edits_from_json(list, "plan");
  if (!edits) return fail(std::move(edits.error()));
  out.plan_ = plan;
  out.points_ = points;
  out.base_ = out.edited_ = base;
  out.edits_ = std::move(*edits);
  append(errors, scenario::apply_all(out.edited_, out.edits_, "plan"));
  if (!errors.empty()) return fail(std::move(errors));
  return out;
}

Errors UnitWork::check_value(std::string_view variable, std::string_view value) const {
  if (is_path(variable)) {
    const auto edit = parameter_edit(edited_, variable, value);
    return edit ? Errors{} : edit.error();
  }
  if (variable == "seed") return {seed_is_taken(study_->name)};
  Json options = plan_.options;
  return set_option(*study_, options, variable, value);
}

bool UnitWork::is_whole(std::string_view variable) const {
  const auto dot = variable.find('.');
  const Block* block = is_path(variable) ? find_room(variable.substr(0, dot)) : &study_->options;
  if (block == nullptr) return false;
  bool whole = false;
  block->with_fields(Json::object(), [&](const Fields& fields) {
    const Field* field =
        find_field(fields, is_path(variable) ? variable.substr(dot + 1) : variable);
    whole = field != nullptr && std::holds_alternative<std::int64_t*>(field->target);
  });
  return whole;
}

Errors UnitWork::check_variables(std::vector<experiment::Variable>& variables) const {
  Errors errors;
  for (experiment::Variable& v : variables) {
    v.whole = v.levels.empty() && is_whole(v.name);
    std::vector<std::string> values = v.levels;
    if (v.levels.empty()) values = {shortest(v.low), shortest(v.high)};
    Errors wrong;
    for (const std::string& value : values) append(wrong, check_value(v.name, value));
    if (!wrong.empty() && v.levels.empty()) wrong.resize(1);  // both ends say the same
    append(errors, wrong);
  }
  return errors;
}

Result<Results> UnitWork::run(const experiment::Unit& unit, const Job& job) const {
  Errors errors;
  Json options = plan_.options;
  std::vector<scenario::Edit> edits = edits_;
  scenario::Scenario edited = edited_;
  const auto values = experiment::values_of(plan_, points_, unit.point);
  for (std::size_t v = 0; v < values.size(); ++v) {
    const std::string& name = plan_.variables[v].name;
    if (!is_path(name)) {
      append(errors, set_option(*study_, options, name, values[v]));
      continue;
    }
    auto edit = parameter_edit(edited, name, values[v]);
    if (!edit) {
      append(errors, edit.error());
      continue;
    }
    append(errors, scenario::apply(edited, *edit));
    edits.push_back(std::move(*edit));
  }
  study_->options.with_fields(options, [&](const Fields& fields) {
    if (find_field(fields, "seed") != nullptr) options["seed"] = unit.seed;
  });
  if (!errors.empty()) return fail(std::move(errors));
  auto output = study::run(study_->name, base_, edits, options, job, plan_.scenario_hash);
  if (!output) return fail(std::move(output.error()));
  return std::move(output->results);
}

UnitOutcome UnitWork::outcome(const experiment::Unit& unit, const Job& job) const {
  auto results = [&]() -> Result<Results> {
    try {
      return run(unit, job);
    } catch (const std::bad_alloc&) {
      return fail("", "", "not enough memory");
    } catch (const std::exception& error) {
      return fail("", "", error.what());
    }
  }();
  UnitOutcome out;
  if (!results) {
    out.message = one_line(results.error());
    return out;
  }
  auto figures = figures_text(*results);
  if (!figures) {
    out.message = one_line(figures.error());
    return out;
  }
  out.figures = std::move(*figures);
  out.results = std::move(*results);
  return out;
}

Errors read_points(std::string_view bytes, const std::string& file, const UnitWork& work,
                   experiment::Plan& plan) {
  const auto csv = geo::parse_csv(bytes, file, experiment::max_units);
  if (!csv) return csv.error();
  Errors errors;
  for (const std::string& name : csv->header) plan.variables.push_back({name});
  if (csv->rows.empty()) errors.push_back({file, "", "", "has no rows", "1 or more"});
  for (std::size_t row = 0; row < csv->rows.size() && errors.size() < 100; ++row) {
    std::vector<std::string>& values = plan.rows.emplace_back();
    for (std::size_t c = 0; c < csv->header.size(); ++c) {
      values.emplace_back(trimmed(csv->rows[row][c]));
      Errors wrong = work.check_value(csv->header[c], values.back());
      for (Error& e : wrong) {
        e.file = file;
        e.place = "line " + std::to_string(csv->lines[row]) + ", column " + csv->header[c];
      }
      append(errors, wrong);
    }
  }
  return errors;
}

}  // namespace footfall::study
