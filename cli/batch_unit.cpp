#include "cli/batch_unit.hpp"

#include <cmath>

#include "sim/scenario/files.hpp"

namespace footfall::cli {
namespace {

using study::Block;
using study::Study;

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

Error seed_is_taken(std::string_view study) {
  return {"", std::string(study) + "/seed", "", "is set for each unit by the batch", "--seed"};
}

}  // namespace

Result<UnitWork> UnitWork::make(const experiment::Plan& plan, const experiment::Points& points,
                                const scenario::Scenario& base) {
  UnitWork out;
  out.study_ = study::find_study(plan.study);
  if (out.study_ == nullptr) {
    std::string names;
    for (const Study& s : study::studies()) {
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
  const Errors wrong = scenario::apply_all(out.edited_, out.edits_, "plan");
  errors.insert(errors.end(), wrong.begin(), wrong.end());
  if (!errors.empty()) return fail(std::move(errors));
  return out;
}

Result<UnitWork> UnitWork::make(const Ledger& ledger) {
  auto files = scenario::unpack(ledger.scenario(), ledger.path());
  if (!files) return fail(std::move(files.error()));
  auto base = scenario::read_scenario(*files);
  if (!base) return fail(std::move(base.error()));
  return make(ledger.plan(), ledger.design(), *base);
}

Errors UnitWork::check_value(std::string_view variable, std::string_view value) const {
  if (is_path(variable)) {
    const auto edit = study::parameter_edit(edited_, variable, value);
    return edit ? Errors{} : edit.error();
  }
  if (variable == "seed") return {seed_is_taken(study_->name)};
  Json options = plan_.options;
  return set_option(*study_, options, variable, value);
}

bool UnitWork::is_whole(std::string_view variable) const {
  const auto dot = variable.find('.');
  const Block* block =
      is_path(variable) ? study::find_room(variable.substr(0, dot)) : &study_->options;
  if (block == nullptr) return false;
  bool whole = false;
  block->with_fields(Json::object(), [&](const Fields& fields) {
    const Field* field =
        find_field(fields, is_path(variable) ? variable.substr(dot + 1) : variable);
    whole = field != nullptr && std::holds_alternative<std::int64_t*>(field->target);
  });
  return whole;
}

Result<Results> UnitWork::run(const experiment::Unit& unit, const Job& job) const {
  Errors errors;
  const auto add = [&](const Errors& found) {
    errors.insert(errors.end(), found.begin(), found.end());
  };
  Json options = plan_.options;
  std::vector<scenario::Edit> edits = edits_;
  scenario::Scenario edited = edited_;
  const auto values = experiment::values_of(plan_, points_, unit.point);
  for (std::size_t v = 0; v < values.size(); ++v) {
    const std::string& name = plan_.variables[v].name;
    if (!is_path(name)) {
      add(set_option(*study_, options, name, values[v]));
      continue;
    }
    auto edit = study::parameter_edit(edited, name, values[v]);
    if (!edit) {
      add(edit.error());
      continue;
    }
    add(scenario::apply(edited, *edit));
    edits.push_back(std::move(*edit));
  }
  study_->options.with_fields(options, [&](const Fields& fields) {
    if (find_field(fields, "seed") != nullptr) options["seed"] = unit.seed;
  });
  if (!errors.empty()) return fail(std::move(errors));
  auto output = study::run(study_->name, base_, edits, options, job);
  if (!output) return fail(std::move(output.error()));
  return std::move(output->results);
}

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

std::string results_text(const Results& results) {
  return json_text(to_json(results));
}

}  // namespace footfall::cli
