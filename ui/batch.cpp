#include "ui/batch.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/text.hpp"
#include "core/version.hpp"

namespace footfall::ui {
namespace {

using experiment::DesignKind;
using experiment::Plan;
using experiment::Variable;

// The units of a request are meant to take about this long; where one takes very long, they come
// one by one.
constexpr double request_ms = 100, slow_request_ms = 1000;
constexpr std::size_t most_at_once = 256;
constexpr std::int64_t grid_steps = 5;

/// Half to double a value, within what is allowed.
void propose_range(Variable& v, double value, double min, double max) {
  const double size = value < 0 ? -value : value;
  v.low = std::max(min, value - size / 2);
  v.high = std::min(max, value + size);
  if (v.low < v.high) return;
  v.low = min;
  v.high = max;
}

std::optional<Variation> variation_of(std::string_view block, std::string path,
                                      const Field& field) {
  Variation out;
  out.block = block;
  out.field = field.name;
  out.unit = field.unit;
  out.min = field.min;
  out.max = field.max;
  Variable& v = out.variable;
  v.name = std::move(path);
  v.steps = grid_steps;
  if (const auto* r = std::get_if<Ranged*>(&field.target)) {
    out.ranged = (*r)->low < (*r)->high;
    v.low = (*r)->low;
    v.high = (*r)->high;
    if (!out.ranged) propose_range(v, (*r)->value, field.min, field.max);
  } else if (const auto* d = std::get_if<double*>(&field.target)) {
    propose_range(v, **d, field.min, field.max);
  } else if (const auto* i = std::get_if<std::int64_t*>(&field.target)) {
    propose_range(v, static_cast<double>(**i), field.min, field.max);
    v.low = std::floor(v.low);
    v.high = std::floor(v.high);
    v.whole = true;
  } else if (std::holds_alternative<bool*>(field.target)) {
    v.levels = {"false", "true"};
  } else if (std::holds_alternative<std::uint8_t*>(field.target)) {
    v.levels.assign(field.choices.begin(), field.choices.end());
  } else {
    return std::nullopt;
  }
  return out;
}

/// Digits after the point that show six places of the largest value.
int decimals_for(double most) {
  if (!(most > 0)) return 2;
  return std::clamp(5 - static_cast<int>(std::floor(std::log10(most))), 0, 9);
}

Column variable_column(const std::string& id, const std::vector<std::string>& texts) {
  Column::Numbers numbers;
  double most = 0;
  for (const std::string& text : texts) {
    const auto number = parse_number(text);
    if (!number) return {id, "", texts};
    most = std::max(most, std::abs(*number));
    numbers.push_back(*number);
  }
  const bool whole = std::all_of(numbers.begin(), numbers.end(),
                                 [](const auto& n) { return *n == std::floor(*n); });
  return {id, "", std::move(numbers), whole ? 0 : decimals_for(most)};
}

}  // namespace

Json to_json(const BatchSetup& s) {
  Plan plan;  // for the form of its variables
  plan.variables = s.variables;
  return {{"study", s.study},
          {"options", s.options},
          {"design", experiment::name_of(s.design)},
          {"variables", experiment::to_json(plan).at("variables")},
          {"list", s.list},
          {"points", s.points},
          {"replications", s.replications},
          {"seed", s.seed},
          {"stops", s.stops},
          {"figure", s.figure},
          {"half_width_percent", s.half_width_percent}};
}

std::vector<Variation> variations(const study::Study& study, const scenario::Scenario& scenario) {
  std::vector<Variation> out;
  const auto add = [&](const study::Block& block, const Json& values, const std::string& prefix) {
    static_cast<void>(block.with_fields(values, [&](const Fields& fields) {
      for (const Field& field : fields) {
        if (prefix.empty() && field.name == "seed") continue;  // the batch sets it for each unit
        auto v = variation_of(block.name, prefix + std::string(field.name), field);
        if (v) out.push_back(std::move(*v));
      }
    }));
  };
  for (const std::string_view room : study.rooms) {
    add(*study::find_room(room), study::room_block(scenario, room), std::string(room) + ".");
  }
  add(study.options, Json::object(), "");
  std::stable_partition(out.begin(), out.end(), [](const Variation& v) { return v.ranged; });
  return out;
}

// --- what is to be run

void Batch::reset(const scenario::Scenario& scenario) {
  BatchSetup kept = std::move(setup);
  const std::uint64_t generation = generation_ + 1, version = version_ + 1;
  *this = {};
  setup = std::move(kept);
  generation_ = generation;  // answers that are under way are of another scenario
  version_ = version;
  if (setup.variables.empty()) set_study(setup.study, scenario);
}

void Batch::set_study(std::string_view study, const scenario::Scenario& scenario) {
  setup.study = study;
  setup.options = Json::object();
  setup.variables.clear();
  setup.stops = false;
  setup.figure.clear();
  // The first that the scenario gives a range: a start that says something.
  const study::Study* found = study::find_study(study);
  if (found == nullptr) return;
  const auto all = variations(*found, scenario);
  if (!all.empty() && all.front().ranged) setup.variables.push_back(all.front().variable);
}

std::uint64_t Batch::planned_units() const {
  Plan plan;
  plan.kind = setup.design;
  plan.size = setup.points;
  plan.variables = setup.variables;
  if (plan.kind == DesignKind::list) return 0;  // known once the list is read
  if (plan.variables.empty()) plan.kind = DesignKind::list;
  return experiment::point_count(plan) * setup.replications;
}

Result<Plan> Batch::plan_of(const Document& document) const {
  Plan plan;
  plan.version = footfall::version;
  plan.study = setup.study;
  plan.options = setup.options;
  plan.seed = static_cast<std::uint64_t>(setup.seed);
  plan.replications = setup.replications;
  plan.kind = setup.design;
  const bool list = plan.kind == DesignKind::list;
  if (!list) plan.variables = setup.variables;
  if (plan.variables.empty()) plan.kind = DesignKind::list;  // the scenario as it is
  if (plan.kind == DesignKind::lhs || plan.kind == DesignKind::sobol) plan.size = setup.points;
  for (Variable& v : plan.variables) {
    if (plan.kind != DesignKind::grid || !v.levels.empty()) v.steps = 0;
  }
  if (setup.stops) {
    experiment::Precision wanted;
    wanted.half_width = setup.half_width_percent / 100;
    wanted.relative = true;
    plan.until = experiment::Until{setup.figure, wanted};
  }
  // The scenario as it is now has the edits in it.
  const auto work = study::UnitWork::make(plan, {}, document.scenario());
  if (!work) return fail(work.error());
  Errors errors = list ? study::read_points(setup.list, "list", *work, plan)
                       : work->check_variables(plan.variables);
  if (setup.stops && setup.figure.empty()) {
    errors.push_back({"", "until", "", "names no figure", "a figure of the study"});
  }
  plan.scenario_hash = document.base_hash();
  plan.edits = scenario::edits_to_json(document.edits()).at("edits");
  if (errors.empty()) append(errors, experiment::check(plan));
  if (errors.empty() && experiment::point_count(plan) * plan.replications > most_units) {
    errors.push_back(
        {"", "units", std::to_string(experiment::point_count(plan) * plan.replications),
         "are too many for the window",
         "at most " + std::to_string(most_units) + "; footfall batch runs larger ones"});
  }
  if (!errors.empty()) return fail(std::move(errors));
  return plan;
}

std::string Batch::key_of(const Document& document) const {
  return document.edits_key() + to_json(setup).dump();
}

bool Batch::stale(const Document& document) const {
  return started_ && key_ != key_of(document);
}

// --- running

Errors Batch::start(const Document& document, double now_ms) {
  auto plan = plan_of(document);
  if (!plan) return std::move(plan.error());
  const bool same = started_ && experiment::plan_hash(*plan) == experiment::plan_hash(plan_);
  if (!same || !unfinished()) begin_anew(std::move(*plan));
  key_ = key_of(document);
  errors_.clear();
  asked_.clear();
  running_ = true;
  start_ms_ = now_ms;
  finished_ = 0;
  ++version_;
  next_round();
  return {};
}

void Batch::begin_anew(Plan plan) {
  plan_ = std::move(plan);
  points_ = experiment::points_of(plan_);
  tally_ = experiment::Tally(plan_, points_.count);
  queue_.clear();
  failures_.clear();
  figures_.clear();
  estimates_.clear();
  started_ = true;
  at_once_ = 1;
  quickest_ms_ = 1e300;
  done_ = 0;
  selected = 0;
}

void Batch::next_round() {
  const auto ids = tally_.pending(false);
  queue_.assign(ids.begin(), ids.end());
  wanted_ = tally_.wanted();
  if (queue_.empty()) running_ = false;
}

bool Batch::cancel() {
  if (!running_) return false;
  running_ = false;
  asked_.clear();
  queue_.clear();
  share_ = 0;
  ++generation_;
  ++version_;
  base_sent_.clear();  // the engine may not have got as far as taking it
  return true;
}

std::optional<std::string> Batch::take_request(const Document& document, double now_ms) {
  if (!request_due() || !document.is_open()) return std::nullopt;
  const std::size_t n = std::min(at_once_, queue_.size());
  asked_.assign(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(n));
  asked_ms_ = now_ms;
  share_ = 0;
  stage_.clear();
  study::Request request;
  request.generation = ++generation_;
  request.study = plan_.study;
  request.base_hash = plan_.scenario_hash;
  request.plan = experiment::to_json(plan_);
  request.units = asked_;
  if (base_sent_ != request.base_hash) request.base = document.packed_base();
  base_sent_ = request.base_hash;
  return study::encode(request);
}

void Batch::engine_progress(std::uint64_t generation, double share, std::string stage) {
  if (generation != generation_ || asked_.empty()) return;
  share_ = share;
  stage_ = std::move(stage);
}

bool Batch::engine_reply(std::uint64_t generation, Result<study::Reply> reply, double now_ms) {
  if (generation != generation_ || asked_.empty()) return false;
  const auto asked = std::exchange(asked_, {});
  share_ = 0;
  if (reply && reply->need_base) {
    base_sent_.clear();
    return false;
  }
  ++version_;
  errors_ = reply ? std::move(reply->errors) : std::move(reply.error());
  if (errors_.empty()) {
    adapt(now_ms - asked_ms_);
    for (const study::UnitReply& unit : reply->units) take_unit(unit);
    queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(asked.size()));
    if (errors_.empty() && queue_.empty()) next_round();
  }
  if (!errors_.empty()) {
    running_ = false;
    queue_.clear();
  }
  return !running_;
}

void Batch::adapt(double took_ms) {
  // The way there and back takes a frame of the window at least, which may be long: what counts is
  // how much longer than the quickest a request took.
  quickest_ms_ = std::min(quickest_ms_, took_ms);
  const double longer = took_ms - quickest_ms_;
  if (longer <= request_ms / 2 && took_ms < slow_request_ms) {
    at_once_ = std::min(2 * at_once_, most_at_once);
  } else if (longer > 2 * request_ms) {
    at_once_ = std::max<std::size_t>(1, at_once_ / 2);
  }
}

void Batch::take_unit(const study::UnitReply& unit) {
  using experiment::UnitState;
  ++finished_;
  const bool failed = !unit.message.empty();
  Errors errors =
      tally_.note(unit.id, failed ? UnitState::failed : UnitState::done, unit.figures, "batch");
  if (!errors.empty()) errors_ = std::move(errors);
  if (failed) {
    failures_[unit.id] = unit.message;
    return;
  }
  ++done_;
  const auto json = parse_json(unit.figures, "figures");
  if (!json || !json->is_object()) return;
  const auto point = static_cast<std::size_t>(unit.id % points_.count);
  for (const auto& [id, figure] : json->items()) {
    BatchFigure& kept = figures_[id];
    if (kept.values.empty()) {
      kept.values.resize(points_.count);
      kept.unit = figure.at(3).get<std::string>();
    }
    kept.values[point].push_back(figure.at(0).get<double>());
  }
}

// --- what is shown

std::vector<std::string> Batch::values_of(std::uint64_t point) const {
  return experiment::values_of(plan_, points_, point);
}

double Batch::share() const {
  const double of_asked = share_ * static_cast<double>(asked_.size());
  const auto over = static_cast<double>(done_ + failures_.size());
  return wanted_ == 0 ? 0 : std::min(1.0, (over + of_asked) / static_cast<double>(wanted_));
}

std::optional<double> Batch::seconds_left(double now_ms) const {
  if (!running_ || finished_ == 0) return std::nullopt;
  const std::uint64_t over = done_ + failures_.size();
  const auto left = static_cast<double>(wanted_ - std::min(wanted_, over));
  return (now_ms - start_ms_) / 1000 / static_cast<double>(finished_) * left;
}

const std::vector<experiment::Estimate>& Batch::estimates(std::string_view figure) const {
  static const std::vector<experiment::Estimate> none;
  const auto found = figures_.find(figure);
  if (found == figures_.end()) return none;
  std::vector<experiment::Estimate>& kept = estimates_[std::string(figure)];
  const auto& values = found->second.values;
  kept.resize(values.size());
  for (std::size_t p = 0; p < values.size(); ++p) {
    if (kept[p].n != values[p].size()) kept[p] = experiment::estimate(values[p], level);
  }
  return kept;
}

std::vector<experiment::Estimate> Batch::running_estimates(std::string_view figure,
                                                           std::uint64_t point) const {
  std::vector<experiment::Estimate> out;
  const auto found = figures_.find(figure);
  if (found == figures_.end() || point >= found->second.values.size()) return out;
  const std::span<const double> values = found->second.values[static_cast<std::size_t>(point)];
  for (std::size_t n = 1; n <= values.size(); ++n) {
    out.push_back(experiment::estimate(values.first(n), level));
  }
  return out;
}

Table Batch::table(std::string_view figure) const {
  Table out{"design_points", {}};
  Column::Integers point, n;
  Column::Numbers mean, low, high, half;
  std::vector<std::vector<std::string>> values(plan_.variables.size());
  const auto& all = estimates(figure);
  double most = 0;
  for (std::size_t p = 0; p < points_.count; ++p) {
    const experiment::Estimate e = p < all.size() ? all[p] : experiment::Estimate{};
    const auto given = [&](double v, std::uint64_t least) {
      return e.n >= least ? std::optional(v) : std::nullopt;
    };
    point.push_back(static_cast<std::int64_t>(p));
    n.push_back(static_cast<std::int64_t>(e.n));
    mean.push_back(given(e.mean, 1));
    low.push_back(given(e.low, 2));
    high.push_back(given(e.high, 2));
    half.push_back(given(e.half_width(), 2));
    most = std::max(most, std::abs(e.mean));
    auto row = values_of(p);
    for (std::size_t v = 0; v < row.size(); ++v) values[v].push_back(std::move(row[v]));
  }
  const auto found = figures_.find(figure);
  const std::string unit = found == figures_.end() ? "" : found->second.unit;
  const std::string id(figure);
  const int decimals = decimals_for(most);
  out.columns.push_back({"point", "", std::move(point)});
  for (std::size_t v = 0; v < values.size(); ++v) {
    out.columns.push_back(variable_column(plan_.variables[v].name, values[v]));
  }
  out.columns.push_back({"n", "", std::move(n)});
  out.columns.push_back({id, unit, std::move(mean), decimals});
  out.columns.push_back({id + "_low", unit, std::move(low), decimals});
  out.columns.push_back({id + "_high", unit, std::move(high), decimals});
  out.columns.push_back({"half_width", unit, std::move(half), decimals});
  return out;
}

std::vector<std::string> Batch::known_figures() const {
  std::vector<std::string> out;
  if (plan_.study != setup.study) return out;
  for (const auto& [id, figure] : figures_) out.push_back(id);
  return out;
}

}  // namespace footfall::ui
