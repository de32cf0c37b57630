#include "sim/world/world.hpp"

#include <algorithm>
#include <memory>
#include <tuple>

#include "core/math.hpp"
#include "core/parallel.hpp"
#include "geo/frame.hpp"
#include "sim/campaign/coupons.hpp"
#include "sim/visits/schedule.hpp"
#include "sim/world/response.hpp"
#include "sim/world/watch.hpp"

namespace footfall::world {
namespace {

double km_between(const geo::Point& a, const geo::Point& b) {
  return math::hypot(a.x - b.x, a.y - b.y) / 1000;
}

/// Who passes a store: people by how near they live or work.
floor::Street street_of(const geo::Point& store, std::span<const geo::Point> zones,
                        const population::Shoppers& shoppers, double reach_km) {
  std::vector<double> near(zones.size());
  for (std::size_t z = 0; z < zones.size(); ++z)
    near[z] = math::exp(-km_between(store, zones[z]) / reach_km);
  std::vector<std::uint32_t> rows(shoppers.size());
  std::vector<double> weights(shoppers.size());
  for (std::size_t r = 0; r < shoppers.size(); ++r) {
    rows[r] = static_cast<std::uint32_t>(r);
    weights[r] = near[shoppers.home[r]] + near[shoppers.daytime[r]] + 1e-12;
  }
  return floor::Street(std::move(rows), weights);
}

/// The nudges in force, ordered by (shopper, from, campaign).
class InForce {
 public:
  void add(std::vector<visits::Nudge> nudges, Day day) {
    std::erase_if(all_, [&](const visits::Nudge& n) { return n.to <= day; });
    all_.insert(all_.end(), nudges.begin(), nudges.end());
    std::sort(all_.begin(), all_.end(), [](const visits::Nudge& a, const visits::Nudge& b) {
      return std::tuple(a.shopper, a.from, a.cause, a.to, a.utility) <
             std::tuple(b.shopper, b.from, b.cause, b.to, b.utility);
    });
  }
  std::span<const visits::Nudge> all() const { return all_; }

 private:
  std::vector<visits::Nudge> all_;
};

class Stepper {
 public:
  Stepper(const scenario::Scenario& scenario, const population::Shoppers& shoppers,
          const Rooms& rooms, const Plan& plan, visits::Panel panel, campaign::Runner runner)
      : shoppers_(shoppers),
        rooms_(rooms),
        plan_(plan),
        panel_(std::move(panel)),
        runner_(std::move(runner)),
        book_(rooms.members, shoppers, plan.seed),
        coupons_(shoppers, plan.seed),
        response_(plan.campaigns, plan.channels, rooms.estimate.touch_window_days),
        minor_units_(visits::minor_units(scenario.currency)) {
    add_watches(scenario);
    std::vector<StoreId> ids;
    for (const Watch& watch : watches_) ids.push_back(watch.id());
    collector_ = std::make_unique<Collector>(panel_.blocks(), ids);
  }

  Result<Outcome> run(const Job& job) {
    for (Day day = 0; day < plan_.days; ++day) {
      if (!step(day, job)) return fail("", "", std::string(cancelled_message));
      job.progress(static_cast<double>(day + 1) / plan_.days, "job.days");
    }
    return finished();
  }

 private:
  void add_watches(const scenario::Scenario& scenario) {
    const geo::Frame frame(scenario.origin());
    std::vector<geo::Point> zones;
    for (const scenario::DemandPoint& d : scenario.demand) zones.push_back(frame.to_local(d.place));
    for (const scenario::Store& store : scenario.stores) {
      const auto opening =
          std::find_if(plan_.openings.begin(), plan_.openings.end(),
                       [&](const visits::Opening& o) { return o.store == store.id; });
      const bool opens = opening != plan_.openings.end();
      if (store.role != scenario::Role::own && !opens) continue;
      watches_.emplace_back(
          store, opens ? opening->day : 0, panel_.mean_visits_per_day(store.id),
          street_of(frame.to_local(store.place), zones, shoppers_, rooms_.world.street_reach_km),
          shoppers_, rooms_, plan_);
    }
  }

  bool step(Day day, const Job& job) {
    campaign::DayResult sent = runner_.step(day, book_, signals_);
    for (const AccountId account : sent.opted_out) book_.opt_out(account);
    coupons_.add(day, sent.coupons);
    response_.take(sent.exposures);
    in_force_.add(std::move(sent.nudges), day);
    collector_->clear();
    if (!panel_.run(day, day + 1, in_force_.all(), *collector_, job)) return false;

    const bool trades = panel_.schedule().end(day) > panel_.schedule().begin(day);
    std::vector<Watch::Done> done(watches_.size());
    const bool ran = parallel_blocks(
        watches_.size(), 1,
        [&](std::size_t begin, std::size_t, std::size_t) {
          Watch& watch = watches_[begin];
          if (watch.is_open(day))
            done[begin] = watch.run(day, trades, collector_->visits_to(watch.id()));
        },
        &job);
    if (!ran) return false;
    signals_.clear();
    for (std::size_t w = 0; w < watches_.size(); ++w) {
      if (watches_[w].is_open(day)) close_day(watches_[w], done[w]);
    }
    return true;
  }

  /// One store after the other, by id: the order in which accounts are numbered.
  void close_day(Watch& watch, Watch::Done& done) {
    StoreDayRow& row = done.row;
    std::vector<CampaignId> coupons;
    for (members::Purchase& purchase : done.purchases) {
      const auto redeemed =
          coupons_.redeem(purchase.shopper, row.store, row.day, purchase.visit_key);
      coupons.push_back(redeemed.campaign);
      purchase.paid_minor = static_cast<std::int32_t>(
          math::round_half_away(purchase.paid_minor * (1 - redeemed.discount)));
    }
    auto book = book_.take(row.day, row.store, done.purchases, done.entered, coupons);
    for (std::size_t i = 0; i < done.purchases.size(); ++i) {
      row.takings_minor += book.receipts[i].paid_minor;
      row.member_buyers += !book_.accounts_of(done.purchases[i].shopper).empty();
      if (!book.receipts[i].account) continue;
      ++row.member_receipts;
      row.member_takings_minor += book.receipts[i].paid_minor;
    }
    row.receipts = done.purchases.size() - row.deliveries;
    for (const members::Signal& signal : book.signals)
      row.joined += signal.kind == members::Signal::Kind::joined;
    watch.take_receipts(row, book.receipts);
    response_.take(book.receipts, book_);
    signals_.insert(signals_.end(), book.signals.begin(), book.signals.end());
    rows_.push_back(row);
  }

  Outcome finished() {
    Outcome out;
    for (const Watch& watch : watches_) {
      std::vector<StoreDayRow> own;
      for (const StoreDayRow& row : rows_) {
        if (row.store == watch.id()) own.push_back(row);
      }
      if (plan_.sensors) out.stores.push_back(watch.outcome(own));
    }
    for (const StoreDayRow& row : rows_) out.paid_minor += row.takings_minor;
    out.campaigns = response_.outcome(rooms_.estimate.level, minor_units_);
    for (CampaignOutcome& c : out.campaigns) c.cost = runner_.spent_minor(c.id) / minor_units_;
    out.accounts = book_.accounts().size();
    std::vector<bool> member(shoppers_.size(), false);
    for (const members::Account& account : book_.accounts())
      member[population::Shoppers::row(book_.owner(account.id))] = true;
    out.member_persons = static_cast<std::uint64_t>(std::count(member.begin(), member.end(), true));
    auto groups = book_.identity_groups();
    std::sort(groups.begin(), groups.end());
    out.identity_groups =
        static_cast<std::uint64_t>(std::unique(groups.begin(), groups.end()) - groups.begin());
    out.days = std::move(rows_);
    return out;
  }

  const population::Shoppers& shoppers_;
  const Rooms& rooms_;
  const Plan& plan_;
  visits::Panel panel_;
  campaign::Runner runner_;
  members::Book book_;
  campaign::Coupons coupons_;
  Response response_;
  std::vector<Watch> watches_;
  std::unique_ptr<Collector> collector_;
  InForce in_force_;
  std::vector<members::Signal> signals_;
  std::vector<StoreDayRow> rows_;
  double minor_units_;
};

}  // namespace

Result<Rooms> read_rooms(const scenario::Scenario& scenario) {
  Rooms rooms;
  Errors errors;
  const auto take = [&](auto& params, auto&& read) {
    if (read) {
      params = std::move(*read);
    } else {
      append(errors, read.error());
    }
  };
  take(rooms.visits, visits::read_params(scenario));
  take(rooms.floor, floor::read_params(scenario));
  take(rooms.probe, probe::read_params(scenario));
  take(rooms.members, members::read_params(scenario));
  take(rooms.campaign, campaign::read_params(scenario));
  take(rooms.estimate, estimate::read_params(scenario));
  take(rooms.world, read_params(scenario));
  if (!errors.empty()) return fail(std::move(errors));
  return rooms;
}

Rooms drawn(const Rooms& rooms, std::uint64_t seed, std::uint32_t draw) {
  Rooms out = rooms;
  draw_ranges(fields(out.floor), "floor", seed, draw);
  draw_ranges(fields(out.probe), "probe", seed, draw);
  draw_ranges(fields(out.members), "members", seed, draw);
  draw_ranges(fields(out.campaign), "campaign", seed, draw);
  return out;
}

Result<Outcome> run(const scenario::Scenario& scenario, const population::Shoppers& shoppers,
                    const Rooms& rooms, const Plan& plan, const Job& job) {
  const bool any_own =
      !plan.openings.empty() ||
      std::any_of(scenario.stores.begin(), scenario.stores.end(),
                  [](const scenario::Store& s) { return s.role == scenario::Role::own; });
  if (!any_own) {
    return fail(Error{"stores.csv", "column role", "", "has no own store, and none is opened",
                      "at least one own store or an opening"});
  }
  auto panel =
      visits::Panel::build(scenario, shoppers, rooms.visits, plan.seed, plan.openings, job);
  if (!panel) return fail(std::move(panel.error()));
  auto runner =
      campaign::Runner::build(scenario, shoppers, plan.channels, plan.campaigns, plan.seed);
  if (!runner) return fail(std::move(runner.error()));
  Stepper stepper(scenario, shoppers, rooms, plan, std::move(*panel), std::move(*runner));
  return stepper.run(job);
}

}  // namespace footfall::world
