#include "sim/study/story.hpp"

#include <algorithm>
#include <functional>
#include <optional>

#include "core/math.hpp"
#include "sim/experiment/replications.hpp"
#include "sim/study/table_builder.hpp"

namespace footfall::study {
namespace {

constexpr double days_per_year = 365;

double real(std::uint64_t n) {
  return static_cast<double>(n);
}

/// Sums over the days of one store, for all residents.
struct Sum {
  double passed = 0, looked = 0, entered = 0, deep = 0, bought = 0, dwell_s = 0, queue_s = 0;
  double receipts = 0, deliveries = 0, joined = 0;
  double takings = 0, member_takings = 0;  // currency
};

Sum sum_of(const world::Outcome& outcome, StoreId store, double people_per_shopper,
           double minor_units) {
  Sum sum;
  const auto add = [&](double& to, auto n) { to += static_cast<double>(n) * people_per_shopper; };
  for (const world::StoreDayRow& row : outcome.days) {
    if (row.store != store) continue;
    add(sum.passed, row.truth.passed);
    add(sum.looked, row.truth.looked);
    add(sum.entered, row.truth.entered);
    add(sum.deep, row.truth.deep);
    add(sum.bought, row.truth.bought);
    add(sum.dwell_s, row.truth.dwell_s);
    add(sum.queue_s, row.truth.queue_s);
    add(sum.receipts, row.receipts);
    add(sum.deliveries, row.deliveries);
    add(sum.joined, row.joined);
    add(sum.takings, static_cast<double>(row.takings_minor) / minor_units);
    add(sum.member_takings, static_cast<double>(row.member_takings_minor) / minor_units);
  }
  return sum;
}

const world::StoreOutcome* outcome_of(const world::Outcome& outcome, StoreId store) {
  for (const world::StoreOutcome& s : outcome.stores) {
    if (s.store == store) return &s;
  }
  return nullptr;
}

/// A value of each season with its interval; the value is the first season's.
struct Seen {
  double value = 0, low = 0, high = 0;
};

class Teller {
 public:
  explicit Teller(const Told& told) : t_(told), first_(told.seasons.front().outcome) {}

  Results results() {
    Results out;
    out.title = t_.scenario.name;
    story();
    out.figures = std::move(figures_);
    out.tables = {story_.take(), funnel(), methods(), campaigns(), stores(), days()};
    std::erase_if(out.tables, [](const Table& table) { return table.rows() == 0; });
    out.layers = {stores_layer()};
    warn(out.provenance.warnings);
    return out;
  }

 private:
  const scenario::Store& store() const { return *t_.scenario.store(t_.focus); }
  double minor() const { return visits::minor_units(money()); }
  double people() const { return t_.shoppers.people_per_shopper; }
  /// Counts of shoppers are told for all residents.
  double weight(std::string_view unit) const { return unit == "persons" ? people() : 1; }
  estimate::Estimate weighted(estimate::Estimate e, double by) const {
    for (double* value : {&e.value, &e.low, &e.high}) *value *= by;
    return e;
  }
  static std::int64_t whole(double n) {
    return static_cast<std::int64_t>(math::round_half_away(n));
  }
  const std::string& money() const { return t_.scenario.currency; }

  Seen over_seasons(const std::function<double(const Season&)>& value) const {
    std::vector<double> values;
    for (const Season& season : t_.seasons) values.push_back(value(season));
    const auto e = experiment::estimate(values, t_.rooms.estimate.level);
    return {values.front(), std::min(e.low, values.front()), std::max(e.high, values.front())};
  }

  /// One of the ten: truth over the seasons, estimate of the first.
  void tell(std::string id, std::string unit, const std::function<double(const Season&)>& truth,
            const estimate::Estimate& e) {
    const Seen seen = over_seasons(truth);
    figures_.push_back({id, unit, seen.value, seen.low, seen.high, t_.basis,
                        static_cast<std::uint32_t>(t_.seasons.size())});
    story_.text("quantity", std::move(id));
    story_.text("unit", unit);
    compared(story_, 2, seen.value, e, &seen);
  }

  static void compared(TableBuilder& t, int decimals, double truth, const estimate::Estimate& e,
                       const Seen* seen) {
    t.number("truth", "", decimals, truth);
    if (seen != nullptr) {
      t.number("truth_low", "", decimals, seen->low);
      t.number("truth_high", "", decimals, seen->high);
    }
    const bool has = e.has_value();
    const auto shown = [&](double value) { return has ? std::optional(value) : std::nullopt; };
    t.number("estimate", "", decimals, shown(e.value));
    t.number("estimate_low", "", decimals, shown(e.low));
    t.number("estimate_high", "", decimals, shown(e.high));
    t.number("error", "%", 1,
             has && truth != 0 ? std::optional((e.value - truth) / truth * 100) : std::nullopt);
    t.text("method", std::string(e.method));
    t.text("refused", std::string(e.refused));
  }

  estimate::Estimate best_of(std::string_view id) const {
    estimate::Estimate best{0, 0, 0, "", "no_sensor"};
    if (const auto* of = outcome_of(first_, t_.focus)) {
      for (const estimate::Scored& s : of->scored) {
        if (s.id == id && (s.estimate.has_value() || !best.has_value()))
          best = weighted(s.estimate, weight(s.unit));
      }
    }
    return best;
  }

  std::function<double(const Season&)> scored_truth(std::string id) const {
    return [this, id = std::move(id)](const Season& season) {
      const auto* of = outcome_of(season.outcome, t_.focus);
      for (const estimate::Scored& s : of->scored) {
        if (s.id == id) return s.truth * weight(s.unit);
      }
      return 0.0;
    };
  }

  double margin() const { return store().margin.value_or(t_.rooms.world.margin); }

  void story() {
    const auto told = [&](std::string id, std::string unit) {
      tell(id, std::move(unit), scored_truth(id), best_of(id));
    };
    told("passers", "persons");
    told("entries", "persons");
    told("dwell", "min");
    told("returning", "%");
    told("conversion", "%");
    told("member_share", "%");
    const double year = days_per_year / t_.plan.days;
    const auto per_m2 = [this, year](const Season& season) {
      return sum_of(season.outcome, t_.focus, people(), minor()).takings * year /
             store().floor_area_m2;
    };
    const double till = per_m2(t_.seasons.front());
    tell("sales_per_m2", money() + "/m2/year", per_m2, {till, till, till, "till", {}});
    const double groups = real(first_.identity_groups) * people();
    tell("member_persons", "persons",
         [this](const Season& season) { return real(season.outcome.member_persons) * people(); },
         {groups, groups, groups, "identity_match", {}});
    if (t_.plan.campaigns.empty()) return;
    const estimate::Estimate lift = weighted(hold_out_of_all(first_), people());
    const double cost = cost_of_all(first_) * people();
    tell(
        "campaign_lift", money(),
        [this](const Season& season) { return season.lift_of_all * people(); }, lift);
    estimate::Estimate roi = estimate::return_on_spending(lift, margin(), cost);
    for (double* value : {&roi.value, &roi.low, &roi.high}) *value *= 100;
    tell(
        "campaign_roi", "%",
        [this](const Season& season) {
          const double spent = cost_of_all(season.outcome);
          return spent > 0 ? (season.lift_of_all * margin() - spent) / spent * 100 : 0;
        },
        roi);
  }

  static double cost_of_all(const world::Outcome& outcome) {
    double cost = 0;
    for (const auto& c : outcome.campaigns) cost += c.cost;
    return cost;
  }

  /// The sum of the campaigns' hold-out estimates; their intervals as of independent groups.
  static estimate::Estimate hold_out_of_all(const world::Outcome& outcome) {
    estimate::Estimate sum{0, 0, 0, "hold_out", {}};
    double squares = 0;
    for (const auto& c : outcome.campaigns) {
      if (!c.hold_out.has_value()) {
        sum.refused = c.hold_out.refused;
        continue;
      }
      sum.value += c.hold_out.value;
      const double half = (c.hold_out.high - c.hold_out.low) / 2;
      squares += half * half;
    }
    const double half = math::sqrt(squares);
    sum.low = sum.value - half;
    sum.high = sum.value + half;
    return sum;
  }

  Table funnel() const {
    const Sum sum = sum_of(first_, t_.focus, people(), minor());
    TableBuilder t("funnel");
    const auto stage = [&](std::string_view id, double truth, const estimate::Estimate& e) {
      t.text("stage", std::string(id));
      t.number("share", "%", 1,
               sum.passed > 0 ? std::optional(truth / sum.passed * 100) : std::nullopt);
      compared(t, 0, truth, e, nullptr);
    };
    const estimate::Estimate blind{0, 0, 0, "", "no_sensor"};
    stage("passed", sum.passed, best_of("passers"));
    stage("looked", sum.looked, blind);
    stage("entered", sum.entered, best_of("entries"));
    stage("deep", sum.deep, blind);
    stage("bought", sum.bought, {sum.receipts, sum.receipts, sum.receipts, "till", {}});
    return t.take();
  }

  Table methods() const {
    TableBuilder t("methods");
    for (const world::StoreOutcome& s : first_.stores) {
      for (const estimate::Scored& scored : s.scored) {
        t.text("store", t_.scenario.store(s.store)->name);
        t.text("quantity", std::string(scored.id));
        t.text("unit", std::string(scored.unit));
        const double by = weight(scored.unit);
        compared(t, 2, scored.truth * by, weighted(scored.estimate, by), nullptr);
      }
    }
    return t.take();
  }

  world::CampaignOutcome for_residents(world::CampaignOutcome c) const {
    c.cost *= people();
    c.last_touch *= people();
    c.hold_out = weighted(c.hold_out, people());
    const auto count = [this](std::uint64_t n) {
      return static_cast<std::uint64_t>(whole(static_cast<double>(n) * people()));
    };
    c.sent = count(c.sent);
    c.held_out = count(c.held_out);
    c.noticed = count(c.noticed);
    c.redeemed = count(c.redeemed);
    return c;
  }

  Table campaigns() const {
    TableBuilder t("campaigns");
    for (std::size_t i = 0; i < first_.campaigns.size(); ++i) {
      const world::CampaignOutcome c = for_residents(first_.campaigns[i]);
      const Seen lift =
          over_seasons([this, i](const Season& season) { return season.lift[i] * people(); });
      t.text("channel", t_.plan.channels[t_.plan.campaigns[i].channel].name);
      t.integer("exposures", "", static_cast<std::int64_t>(c.sent));
      t.integer("held_out", "", static_cast<std::int64_t>(c.held_out));
      t.integer("noticed", "", static_cast<std::int64_t>(c.noticed));
      t.integer("redeemed", "", static_cast<std::int64_t>(c.redeemed));
      t.number("cost", money(), 0, c.cost);
      t.number("lift_true", money(), 0, lift.value);
      t.number("lift_true_low", money(), 0, lift.low);
      t.number("lift_true_high", money(), 0, lift.high);
      t.number("lift_last_touch", money(), 0, c.last_touch);
      const bool has = c.hold_out.has_value();
      const auto shown = [&](double v) { return has ? std::optional(v) : std::nullopt; };
      t.number("lift_hold_out", money(), 0, shown(c.hold_out.value));
      t.number("lift_hold_out_low", money(), 0, shown(c.hold_out.low));
      t.number("lift_hold_out_high", money(), 0, shown(c.hold_out.high));
      const auto roi = [&](double value) {
        return c.cost > 0 ? std::optional((value * margin() - c.cost) / c.cost * 100)
                          : std::nullopt;
      };
      t.number("roi_true", "%", 0, roi(lift.value));
      t.number("roi_last_touch", "%", 0, roi(c.last_touch));
      t.number("roi_hold_out", "%", 0, has ? roi(c.hold_out.value) : std::nullopt);
      t.text("refused", std::string(c.hold_out.refused));
    }
    return t.take();
  }

  Table stores() const {
    TableBuilder t("own_stores");
    for (const world::StoreOutcome& s : first_.stores) {
      const Sum sum = sum_of(first_, s.store, people(), minor());
      const scenario::Store& of = *t_.scenario.store(s.store);
      const double entered = std::max(1.0, sum.entered);
      t.integer("id", "", s.store.value);
      t.text("name", of.name);
      t.integer("passers", "persons", whole(sum.passed));
      t.integer("entries", "persons", whole(sum.entered));
      t.integer("buyers", "persons", whole(sum.bought));
      t.number("conversion", "%", 1, sum.bought / entered * 100);
      t.number("dwell", "min", 1, sum.dwell_s / entered / 60);
      t.number("queue_time", "s", 0, sum.queue_s / std::max(1.0, sum.bought));
      t.integer("deliveries", "", whole(sum.deliveries));
      t.number("sales", money(), 0, sum.takings);
      t.number("sales_per_m2", money() + "/m2/year", 0,
               sum.takings * days_per_year / t_.plan.days / of.floor_area_m2);
      t.integer("joined", "", whole(sum.joined));
      t.number(
          "member_sales_share", "%", 1,
          sum.takings > 0 ? std::optional(sum.member_takings / sum.takings * 100) : std::nullopt);
    }
    return t.take();
  }

  Table days() const {
    const Calendar calendar(t_.scenario.first_day);
    TableBuilder t("days");
    std::uint64_t members = 0;
    for (const world::StoreDayRow& row : first_.days) {
      if (row.store != t_.focus) continue;
      members += row.joined;
      t.integer("day", "", row.day);
      t.text("date", date_text(calendar.date(row.day)));
      t.integer("passers", "persons", whole(real(row.truth.passed) * people()));
      t.integer("entries", "persons", whole(real(row.truth.entered) * people()));
      t.integer("buyers", "persons", whole(real(row.truth.bought) * people()));
      t.integer("infrared", "", whole(real(row.beams) * people()));
      t.integer("macs", "", whole(real(row.macs) * people()));
      t.number("random_frames", "%", 1,
               row.frames > 0 ? std::optional(real(row.random_frames) / real(row.frames) * 100)
                              : std::nullopt);
      t.number("sales", money(), 0, static_cast<double>(row.takings_minor) / minor() * people());
      t.integer("members", "", whole(real(members) * people()));
    }
    return t.take();
  }

  Layer stores_layer() const {
    Layer layer{"stores", {}, {}};
    TableBuilder t("stores");
    for (const scenario::Store& s : t_.scenario.stores) {
      const bool opened = std::any_of(t_.plan.openings.begin(), t_.plan.openings.end(),
                                      [&](const visits::Opening& o) { return o.store == s.id; });
      if (s.role == scenario::Role::candidate && !opened) continue;
      layer.shapes.push_back({Shape::Kind::point, {{s.place}}, {}});
      t.integer("id", "", s.id.value);
      t.text("name", s.name);
      t.text("role", std::string(scenario::name_of(opened ? scenario::Role::own : s.role)));
      t.number("sales", money(), 0, sum_of(first_, s.id, people(), minor()).takings);
    }
    layer.attributes = t.take();
    return layer;
  }

  void warn(std::vector<std::string>& warnings) const {
    if (t_.plan.campaigns.empty()) return;
    const estimate::Estimate lift = hold_out_of_all(first_);
    if (!lift.has_value()) {
      warnings.push_back("A hold-out group has fewer than 30 people: its lift is not estimated.");
    } else if (lift.low < 0 && lift.high > 0) {
      warnings.push_back(
          "The hold-out groups are too small to tell the lift from nothing: their interval holds "
          "0.");
    }
  }

  const Told& t_;
  const world::Outcome& first_;
  std::vector<Figure> figures_;
  TableBuilder story_{"story"};
};

}  // namespace

Results tell(const Told& told) {
  return Teller(told).results();
}

}  // namespace footfall::study
