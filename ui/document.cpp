#include "ui/document.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/math.hpp"
#include "core/text.hpp"
#include "sim/scenario/files.hpp"
#include "sim/study/sites_rank.hpp"
#include "sim/study/study.hpp"

namespace footfall::ui {

std::optional<double> SiteRow::number(std::string_view column) const {
  const auto it = numbers.find(column);
  return it == numbers.end() ? std::nullopt : std::optional(it->second);
}

// --- opening

Result<Document::Opened> Document::read(const std::string& name, std::string_view bytes) {
  auto files = scenario::unpack(bytes, name);
  if (!files) return fail(std::move(files.error()));
  auto read = scenario::read_scenario(*files);
  if (!read) return fail(std::move(read.error()));
  return prepare(std::move(*read));
}

Result<Document::Opened> Document::prepare(scenario::Scenario scenario) {
  if (Errors wrong = study::check(scenario); !wrong.empty()) return fail(std::move(wrong));
  Opened opened;
  opened.scenario = std::move(scenario);
  const scenario::FileSet files = scenario::write_scenario(opened.scenario);
  opened.hash = scenario::files_hash(files);
  opened.packed = scenario::pack(files);
  // Without a market (no demand, say) nothing is live; the engine then says what is missing.
  static_cast<void>(opened.live.open(opened.scenario));
  return opened;
}

void Document::show(Opened opened) {
  scenario_ = std::move(opened.scenario);
  base_hash_ = std::move(opened.hash);
  base_packed_ = std::move(opened.packed);
  live_ = std::move(opened.live);
  residents_ = 0;
  for (const scenario::DemandPoint& point : scenario_.demand) residents_ += point.residents;
  history_ = {};
  open_ = true;
  ++base_version_;
  selected_ = dragged_ = {};
  base_known_ = computing_ = has_results_ = false;
  results_ = {};
  result_ = asked_ = {};
  errors_.clear();
  ++results_version_;
  present_field_key_ = field_key();
  edited(0, true);
  present_hash_ = base_hash_;
  present_hash_version_ = version_;
}

Errors Document::open(const std::string& name, std::string_view bytes) {
  auto opened = read(name, bytes);
  if (!opened) return std::move(opened.error());
  show(std::move(*opened));
  return {};
}

Errors Document::open(scenario::Scenario scenario) {
  auto opened = prepare(std::move(scenario));
  if (!opened) return std::move(opened.error());
  show(std::move(*opened));
  return {};
}

std::string Document::present_hash() const {
  if (present_hash_version_ != version_) {
    present_hash_ = scenario::scenario_hash(scenario_);
    present_hash_version_ = version_;
  }
  return present_hash_;
}

std::string Document::packed() const {
  return scenario::pack(scenario::write_scenario(scenario_));
}

// --- edits

Errors Document::edit(scenario::Edit edit, std::string label, double now_ms,
                      std::string merge_key) {
  if (edit.before == edit.after) return {};
  const bool settled = merge_key.empty();
  Errors errors =
      history_.perform(scenario_, std::move(edit), std::move(label), std::move(merge_key));
  if (errors.empty()) edited(now_ms, settled);
  return errors;
}

bool Document::undo() {
  cancel_drag(0);
  if (!history_.undo(scenario_)) return false;
  edited(0, true);
  return true;
}

bool Document::redo() {
  cancel_drag(0);
  if (!history_.redo(scenario_)) return false;
  edited(0, true);
  return true;
}

std::string Document::edits_key() const {
  return base_hash_ + scenario::edits_to_json(history_.edits()).dump();
}

Errors Document::replay(const std::vector<scenario::Edit>& edits) {
  scenario::Scenario trial = scenario_;
  if (Errors errors = scenario::apply_all(trial, edits, "edits"); !errors.empty()) return errors;
  if (Errors errors = study::check(trial); !errors.empty()) return errors;
  for (const scenario::Edit& edit : edits) {
    if (Errors errors = history_.perform(scenario_, edit, "ui.step.restored"); !errors.empty())
      return errors;
  }
  edited(0, true);
  return {};
}

Errors Document::add_candidate(LonLat place, double now_ms) {
  std::vector<double> areas;
  for (const scenario::Store& store : scenario_.stores) {
    if (store.role == scenario::Role::candidate) areas.push_back(store.floor_area_m2);
  }
  std::sort(areas.begin(), areas.end());
  scenario::Store store;
  store.id = scenario_.next_store_id();
  store.place = place;
  store.name = name_near(place);
  store.brand = scenario_.own_brand;
  store.role = scenario::Role::candidate;
  store.floor_area_m2 = areas.empty() ? 1000 : areas[areas.size() / 2];
  const StoreId id = store.id;
  Errors errors = edit(scenario::add_store(scenario_, store), "ui.step.add|" + store.name, now_ms);
  if (errors.empty()) select(id);
  return errors;
}

Errors Document::remove(StoreId id, double now_ms) {
  const scenario::Store* store = scenario_.store(id);
  if (store == nullptr) return {};
  const std::string label = "ui.step.remove|" + store->name;
  return edit(scenario::remove_store(scenario_, id), label, now_ms);
}

std::string Document::name_near(LonLat place) const {
  const double shrink = math::cos(place.lat() * math::degree);
  const auto distance = [&](LonLat p) {
    const double x = (p.lon() - place.lon()) * shrink, y = p.lat() - place.lat();
    return x * x + y * y;
  };
  constexpr double near_degrees = 300.0 / 111'000.0;  // 300 m
  double best = near_degrees * near_degrees;
  std::string name;
  for (const scenario::RoadLine& road : scenario_.roads) {
    if (road.name.empty()) continue;
    for (const LonLat p : road.line) {
      if (const double d = distance(p); d < best) best = d, name = road.name;
    }
  }
  if (name.empty()) {
    best = std::numeric_limits<double>::max();
    for (const scenario::DemandPoint& point : scenario_.demand) {
      if (point.district.empty()) continue;
      if (const double d = distance(point.place); d < best) best = d, name = point.district;
    }
  }
  if (name.empty()) name = "Site";
  const auto taken = [&](const std::string& text) {
    return std::any_of(scenario_.stores.begin(), scenario_.stores.end(),
                       [&](const scenario::Store& s) { return s.name == text; });
  };
  std::string unique = name;
  for (int n = 2; taken(unique); ++n) unique = name + " " + std::to_string(n);
  return unique;
}

void Document::set_options(Json options, double now_ms) {
  if (options == options_) return;
  options_ = std::move(options);
  plan_request(now_ms, false);
  update_sites();
}

void Document::edited(double now_ms, bool settled) {
  ++version_;
  const std::string before = std::exchange(present_field_key_, field_key());
  if (present_field_key_ != before) {
    const auto params = catchment::read_params(scenario_);
    if (live_.is_open() && params && params->measure != live_.measure()) {
      static_cast<void>(live_.open(scenario_));
    }
    live_.forget_field();
  }
  if (scenario_.store(selected_) == nullptr) selected_ = {};
  plan_request(now_ms, settled);
  update_live();
  update_sites();
}

// --- selection

void Document::select(StoreId id) {
  if (scenario_.store(id) == nullptr) id = {};
  if (id == selected_) return;
  selected_ = id;
  update_live();
  update_sites();
}

void Document::select_neighbour(int step) {
  if (sites_.empty()) return;
  const auto it = std::find_if(sites_.begin(), sites_.end(),
                               [&](const SiteRow& row) { return row.id == selected_; });
  const auto last = static_cast<std::ptrdiff_t>(sites_.size()) - 1;
  const std::ptrdiff_t at = it == sites_.end() ? (step > 0 ? 0 : last) : it - sites_.begin() + step;
  select(sites_[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at, 0, last))].id);
}

// --- drag

LonLat Document::place_of(const scenario::Store& store) const {
  return store.id == dragged_ ? drag_place_ : store.place;
}

std::optional<scenario::Store> Document::candidate_now(StoreId id) const {
  const scenario::Store* store = scenario_.store(id);
  if (store == nullptr || store->role != scenario::Role::candidate) return std::nullopt;
  scenario::Store now = *store;
  now.place = place_of(*store);
  return now;
}

void Document::begin_drag(StoreId id) {
  const auto store = candidate_now(id);
  if (!store) return;
  select(id);
  dragged_ = id;
  drag_place_ = store->place;
}

void Document::drag_to(LonLat place, double now_ms) {
  if (!dragged_ || place == drag_place_) return;
  drag_place_ = place;
  plan_request(now_ms, false);
  update_live();
  update_live_row();
}

Errors Document::end_drag(double now_ms) {
  if (!dragged_) return {};
  const StoreId id = std::exchange(dragged_, {});
  const scenario::Store* store = scenario_.store(id);
  if (store == nullptr || store->place == drag_place_) return {};
  return edit(scenario::move_store(scenario_, id, drag_place_), "ui.step.move|" + store->name,
              now_ms);
}

void Document::cancel_drag(double now_ms) {
  if (!dragged_) return;
  dragged_ = {};
  plan_request(now_ms, true);
  update_live();
  update_sites();
}

// --- the engine

std::vector<scenario::Edit> Document::present_edits() const {
  std::vector<scenario::Edit> edits = history_.edits();
  const scenario::Store* store = dragged_ ? scenario_.store(dragged_) : nullptr;
  if (store != nullptr && store->place != drag_place_) {
    edits.push_back(scenario::move_store(scenario_, dragged_, drag_place_));
  }
  return edits;
}

std::string Document::state_key() const {
  return scenario::edits_to_json(present_edits()).dump() + options_.dump();
}

std::string Document::field_key() const {
  std::string key;
  for (const auto& [room, block] : scenario_.parameters) key += room + block.dump();
  for (const scenario::Store& store : scenario_.stores) {
    if (store.role == scenario::Role::candidate) continue;
    key += std::to_string(store.id.value) + ' ' + std::to_string(store.place.lon_e7) + ' ' +
           std::to_string(store.place.lat_e7) + ' ' + shortest(store.floor_area_m2) +
           (store.role == scenario::Role::own ? " own;" : ";");
  }
  return key;
}

Document::Asked Document::asked_now() const {
  const bool draws = options_.value("draws", study::SitesRankOptions{}.draws) > 0;
  Asked asked{present_key_, has_figures() || !draws, present_field_key_, options_, {}};
  for (const scenario::Store& store : scenario_.stores) {
    if (const auto now = candidate_now(store.id)) asked.candidates.emplace(store.id.value, *now);
  }
  return asked;
}

/// The results are those of the present market, though perhaps of other places or without
/// intervals.
bool Document::has_figures() const {
  return has_results_ && result_.field_key == present_field_key_;
}

void Document::plan_request(double now_ms, bool settled) {
  present_key_ = state_key();
  const bool under_way = computing_ && asked_.key == present_key_;
  const bool there = !computing_ && !pending();
  due_ms_ = under_way || there ? -1 : now_ms + (settled ? 0 : rest_ms);
}

bool Document::pending() const {
  return !has_results_ || !result_.draws || result_.key != present_key_;
}

double Document::request_due_in_ms(double now_ms) const {
  return !open_ || due_ms_ < 0 ? -1 : std::max(0.0, due_ms_ - now_ms);
}

std::optional<std::string> Document::take_request(double now_ms) {
  if (!open_ || due_ms_ < 0 || now_ms < due_ms_) return std::nullopt;
  due_ms_ = -1;
  asked_ = asked_now();
  computing_ = true;
  progress_share_ = 0;
  progress_stage_.clear();
  study::Request request;
  request.generation = ++generation_;
  request.study = main_study;
  request.options = options_;
  if (!asked_.draws) request.options["draws"] = 0;
  request.edits = present_edits();
  request.base_hash = base_hash_;
  if (!base_known_) request.base = base_packed_;
  base_known_ = true;
  return study::encode(request);
}

void Document::run_again() {
  if (!open_) return;
  due_ms_ = 0;
}

void Document::engine_progress(std::uint64_t generation, double share, std::string stage) {
  if (generation != generation_ || !computing_) return;
  progress_share_ = share;
  progress_stage_ = std::move(stage);
}

void Document::engine_cancelled() {
  computing_ = false;
  due_ms_ = -1;
  asked_ = {};
}

void Document::engine_reply(std::uint64_t generation, Result<study::Reply> reply) {
  if (generation != generation_ || !computing_) return;
  computing_ = false;
  if (!reply) {
    errors_ = std::move(reply.error());
  } else if (reply->need_base) {
    base_known_ = false;
    due_ms_ = 0;
  } else if (!reply->errors.empty()) {
    errors_ = std::move(reply->errors);
  } else {
    take_results(std::move(*reply));
  }
}

void Document::take_results(study::Reply reply) {
  errors_.clear();
  results_ = std::move(reply.results);
  result_ = asked_;
  has_results_ = true;
  if (!asked_.draws && due_ms_ < 0) due_ms_ = 0;  // now the intervals
  ++results_version_;
  if (result_.field_key == present_field_key_ && !reply.field.empty()) {
    if (auto field = catchment::unpack_field(reply.field)) live_.set_field(std::move(*field));
  }
  update_sites();
  if (!selected_ && !sites_.empty()) selected_ = sites_.front().id;
  update_live();
  update_sites();
}

// --- what the views show

const LiveSite* Document::live() const {
  const LiveSite* site = live_.site();
  return site != nullptr && site->id == selected_ ? site : nullptr;
}

void Document::update_live() {
  const auto store = candidate_now(selected_);
  if (!store || (dragging() && !live_.is_quick())) return live_.clear();
  if (!live_.step(store->id, store->place, store->floor_area_m2)) live_.clear();
}

const SiteRow* Document::site(StoreId id) const {
  const auto it =
      std::find_if(sites_.begin(), sites_.end(), [&](const SiteRow& row) { return row.id == id; });
  return it == sites_.end() ? nullptr : &*it;
}

SiteRow Document::row_of(const scenario::Store& store) const {
  SiteRow row;
  row.id = store.id;
  row.name = store.name;
  row.place = place_of(store);
  const auto now = candidate_now(store.id);
  const auto then = result_.candidates.find(store.id.value);
  row.pending = !result_.draws || result_.field_key != present_field_key_ ||
                result_.options != options_ || then == result_.candidates.end() || !now ||
                !(then->second == *now);
  return row;
}

void Document::update_sites() {
  std::map<std::int64_t, std::size_t> result_rows;
  const Table* table = has_results_ ? results_.table("sites") : nullptr;
  const Column* ids = table != nullptr ? table->find("id") : nullptr;
  const auto* id_values = ids != nullptr ? std::get_if<Column::Integers>(&ids->values) : nullptr;
  for (std::size_t i = 0; id_values != nullptr && i < id_values->size(); ++i) {
    result_rows.emplace((*id_values)[i], i);
  }
  sites_.clear();
  for (const scenario::Store& store : scenario_.stores) {
    if (store.role != scenario::Role::candidate) continue;
    SiteRow row = row_of(store);
    if (const auto it = result_rows.find(store.id.value); it != result_rows.end()) {
      row.result_row = it->second;
      for (const Column& column : table->columns) {
        const auto* values = std::get_if<Column::Numbers>(&column.values);
        if (values != nullptr && (*values)[it->second]) {
          row.numbers.emplace(column.id, *(*values)[it->second]);
        }
      }
    }
    sites_.push_back(std::move(row));
  }
  update_live_row();
}

void Document::update_live_row() {
  for (SiteRow& row : sites_) {
    const scenario::Store* store = scenario_.store(row.id);
    const LiveSite* site = live();
    row.live = site != nullptr && site->id == row.id;
    if (row.id == dragged_ && store != nullptr) {
      row.place = drag_place_;
      row.pending = row_of(*store).pending;
      row.numbers["lon"] = drag_place_.lon();
      row.numbers["lat"] = drag_place_.lat();
    }
    if (!row.live) continue;
    const catchment::Entry& entry = site->entry;
    row.numbers["expected_sales"] = entry.sales;
    row.numbers["net_new_sales"] = entry.net_new();
    row.numbers["transferred"] = entry.transferred;
    row.numbers["from_competitors"] = entry.from_competitors;
    row.numbers["from_outside"] = entry.from_outside;
  }
  rank_sites();
}

void Document::rank_sites() {
  const auto net_new = [](const SiteRow& row) {
    return row.number("net_new_sales").value_or(-std::numeric_limits<double>::max());
  };
  std::sort(sites_.begin(), sites_.end(), [&](const SiteRow& a, const SiteRow& b) {
    return net_new(a) != net_new(b) ? net_new(a) > net_new(b) : a.id < b.id;
  });
  int rank = 0;
  for (SiteRow& row : sites_) row.rank = row.number("net_new_sales") ? ++rank : 0;
}

}  // namespace footfall::ui
