#include "sim/campaign/campaign.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>

#include "core/math.hpp"
#include "core/text.hpp"
#include "geo/frame.hpp"
#include "sim/campaign/table.hpp"

namespace footfall::campaign {
namespace {

/// What a draw decides: part of the counter of its random numbers, so fixed for ever.
enum Purpose : std::uint8_t { of_hold_out, of_address, of_order, of_response };

constexpr double fatigue_days = 30;
constexpr double greatest_utility = 5;  // visits::Nudge

/// Draws for one person, or for one of the person's accounts: a person has at most one of each way,
/// so that the way names it whatever number it got.
Draws draws_for(PhiloxKey key, CampaignId campaign, ShopperId shopper,
                const members::Account* account, Day day, Purpose purpose) {
  const std::uint64_t id = static_cast<std::uint64_t>(campaign.value) << 32 | shopper.value;
  const int way = account == nullptr ? 0 : 1 + static_cast<int>(account->way);
  return Draws(key, id, static_cast<std::uint32_t>(day),
               static_cast<std::uint8_t>(purpose * 4 + way));
}

/// Exposures that a budget pays for: the greatest n with n × cost <= budget.
std::uint64_t affordable(double budget, double cost) {
  constexpr std::uint64_t no_limit = ~std::uint64_t{0};
  if (budget <= 0 || cost <= 0 || budget / cost > 1e15) return no_limit;
  auto count = static_cast<std::uint64_t>(budget / cost);
  while (static_cast<double>(count) * cost > budget) --count;
  return count;
}

bool within(double value, double min, double max) {
  return value >= min && value <= max;
}

class Checks {
 public:
  Checks(const scenario::Scenario& scenario, double people, std::span<const Channel> channels)
      : scenario_(scenario), people_(people), channels_(channels) {}

  void channel(const Channel& c) {
    place_ = "channel " + c.name;
    if (c.needs_account == (c.trigger == Trigger::nearby))
      add("needs_account", c.needs_account ? "true" : "false", "does not fit the trigger",
          "true for not_seen and scan, false for nearby");
    number("cost_minor", c.cost_minor, 0, 1e6);
    number("reach", c.reach.value, 0, 1);
    number("utility", c.utility.value, -greatest_utility, greatest_utility);
    number("delay_days", c.delay_days, 0, 100);
    number("duration_days", c.duration_days, 1, 365);
    number("halving_km", c.halving_km.value, 0.01, 1000);
    number("fatigue", c.fatigue.value, 0, 5);
    number("opt_out", c.opt_out, 0, 1);
    number("discount", c.discount, 0, 1);
    number("redeem", c.redeem.value, 0, 1);
  }

  void campaign(const Campaign& c) {
    place_ = "campaign " + std::to_string(c.id.value);
    if (!c.id) add("id", "0", "is no id", "a whole number from 1");
    const bool known = c.channel < channels_.size();
    if (!known)
      add("channel", std::to_string(c.channel), "is no channel",
          "0 to " + std::to_string(static_cast<std::int64_t>(channels_.size()) - 1));
    if (scenario_.store(c.store) == nullptr)
      add("store", std::to_string(c.store.value), "is no store of the scenario", "");
    if (c.from < 0 || c.to <= c.from || c.to > last_day)
      add("from, to", std::to_string(c.from) + ", " + std::to_string(c.to), "are no days to send",
          "0 <= from < to <= " + std::to_string(last_day));
    for (const Number& n : numbers()) number(n.name, c.*n.target, n.min, n.max);
    const double cost = known ? channels_[c.channel].cost_minor * people_ : 0;
    if (c.budget_minor > 0 && c.budget_minor < cost)
      add("budget_minor", shortest(c.budget_minor), "is below the cost of one exposure",
          "0 (no limit) or at least " + shortest(cost));
  }

  /// `campaigns` ordered by id.
  void repeated(std::span<const Campaign> campaigns) {
    for (std::size_t i = 1; i < campaigns.size(); ++i) {
      if (campaigns[i].id != campaigns[i - 1].id) continue;
      place_ = "campaign " + std::to_string(campaigns[i].id.value);
      add("id", std::to_string(campaigns[i].id.value), "is used twice", "each id once");
    }
  }

  Errors take() { return std::move(errors_); }

 private:
  void add(std::string_view what, std::string value, std::string message, std::string allowed) {
    errors_.push_back({"", place_ + ", " + std::string(what), std::move(value), std::move(message),
                       std::move(allowed)});
  }
  void number(std::string_view what, double value, double min, double max) {
    if (within(value, min, max)) return;
    const bool finite = within(value, -1e300, 1e300);
    add(what, finite ? shortest(value) : "", finite ? "is out of range" : "is not a number",
        "a number from " + shortest(min) + " to " + shortest(max));
  }

  const scenario::Scenario& scenario_;
  double people_;
  std::span<const Channel> channels_;
  std::string place_;
  Errors errors_;
};

}  // namespace

struct Runner::Target {
  ShopperId shopper;
  const members::Account* account = nullptr;
  bool held_out = false;
};

Result<Runner> Runner::build(const scenario::Scenario& scenario,
                             const population::Shoppers& shoppers, std::vector<Channel> channels,
                             std::vector<Campaign> campaigns, std::uint64_t seed) {
  std::stable_sort(campaigns.begin(), campaigns.end(),
                   [](const Campaign& a, const Campaign& b) { return a.id < b.id; });
  Checks checks(scenario, shoppers.people_per_shopper, channels);
  for (const Channel& channel : channels) checks.channel(channel);
  for (const Campaign& campaign : campaigns) checks.campaign(campaign);
  checks.repeated(campaigns);
  if (Errors errors = checks.take(); !errors.empty()) return fail(std::move(errors));

  Runner out;
  out.channels_ = std::move(channels);
  out.campaigns_ = std::move(campaigns);
  out.shoppers_ = &shoppers;
  out.key_ = random_key(seed, 0, "campaign");
  out.sent_.assign(out.campaigns_.size(), 0);
  for (const Campaign& c : out.campaigns_) {
    const double cost = out.channels_[c.channel].cost_minor * shoppers.people_per_shopper;
    out.most_.push_back(affordable(c.budget_minor, cost));
  }
  out.messages_.assign(shoppers.size(), 0.0f);
  out.measure(scenario);
  return out;
}

/// Distances of all zones to the stores with a campaign, and audiences from them.
void Runner::measure(const scenario::Scenario& scenario) {
  const geo::Frame frame(scenario.origin());
  std::vector<geo::Point> zones;
  for (const auto& point : scenario.demand) zones.push_back(frame.to_local(point.place));
  std::vector<StoreId> stores;
  audiences_.resize(campaigns_.size());
  for (std::size_t row = 0; row < campaigns_.size(); ++row) {
    const Campaign& c = campaigns_[row];
    const auto known = std::find(stores.begin(), stores.end(), c.store);
    distances_.push_back(static_cast<std::uint32_t>(known - stores.begin()));
    if (known == stores.end()) {
      stores.push_back(c.store);
      const geo::Point place = frame.to_local(scenario.store(c.store)->place);
      std::vector<float>& km = zone_km_.emplace_back();
      for (const geo::Point zone : zones)
        km.push_back(static_cast<float>(geo::distance_m(zone, place) / 1000));
    }
    if (channels_[c.channel].trigger != Trigger::nearby) continue;
    for (std::size_t i = 0; i < shoppers_->size(); ++i) {
      const bool reachable =
          !shoppers_->is_child(i) && shoppers_->phone[i] != population::Phone::none;
      if (reachable && nearest_km(row, i) <= c.radius_km)
        audiences_[row].push_back(static_cast<std::uint32_t>(i));
    }
  }
}

double Runner::nearest_km(std::size_t row, std::size_t shopper) const {
  const std::vector<float>& km = zone_km_[distances_[row]];
  return std::min(km[shoppers_->home[shopper]], km[shoppers_->daytime[shopper]]);
}

bool Runner::active(std::size_t row, Trigger trigger, Day day) const {
  const Campaign& c = campaigns_[row];
  return c.from <= day && day < c.to && sent_[row] < most_[row] &&
         channels_[c.channel].trigger == trigger;
}

void Runner::add_target(std::size_t row, ShopperId shopper, const members::Account* account,
                        Targets& targets) const {
  const Campaign& c = campaigns_[row];
  const std::uint8_t tokens = channels_[c.channel].tokens;
  if (account != nullptr) {
    if (account->opted_out || (tokens != 0 && (account->tokens & tokens) == 0)) return;
  }
  Draws draws = draws_for(key_, c.id, shopper, account, 0, of_hold_out);
  targets.push_back({shopper, account, draws.bernoulli(c.hold_out)});
}

/// One pass over the accounts for all campaigns: each looks up the campaigns of its store.
void Runner::find_not_seen(Day day, const members::Book& book,
                           std::vector<Targets>& targets) const {
  std::vector<std::pair<StoreId, std::size_t>> rows;
  for (std::size_t row = 0; row < campaigns_.size(); ++row)
    if (active(row, Trigger::not_seen, day)) rows.emplace_back(campaigns_[row].store, row);
  if (rows.empty()) return;
  std::sort(rows.begin(), rows.end());
  for (const members::Account& account : book.accounts()) {
    if (account.opted_out) continue;
    auto it =
        std::lower_bound(rows.begin(), rows.end(), std::pair(account.joined_at, std::size_t{0}));
    for (; it != rows.end() && it->first == account.joined_at; ++it) {
      const Campaign& c = campaigns_[it->second];
      const Day wait = static_cast<Day>(-math::floor(-c.not_seen_days));
      if (std::max(c.from, account.last_seen + wait) != day) continue;
      add_target(it->second, book.owner(account.id), &account, targets[it->second]);
    }
  }
}

void Runner::find_scans(Day day, const members::Book& book,
                        std::span<const members::Signal> signals,
                        std::vector<Targets>& targets) const {
  std::vector<std::pair<StoreId, AccountId>> scans;
  for (const members::Signal& signal : signals) {
    if (signal.kind == members::Signal::Kind::scan)
      scans.emplace_back(signal.store, signal.account);
  }
  std::sort(scans.begin(), scans.end());
  scans.erase(std::unique(scans.begin(), scans.end()), scans.end());
  for (std::size_t row = 0; row < campaigns_.size(); ++row) {
    if (!active(row, Trigger::scan, day)) continue;
    auto it =
        std::lower_bound(scans.begin(), scans.end(), std::pair(campaigns_[row].store, AccountId{}));
    for (; it != scans.end() && it->first == campaigns_[row].store; ++it) {
      add_target(row, book.owner(it->second), &book.accounts()[it->second.value - 1], targets[row]);
    }
  }
}

void Runner::find_nearby(Day day, std::vector<Targets>& targets) const {
  for (std::size_t row = 0; row < campaigns_.size(); ++row) {
    if (!active(row, Trigger::nearby, day)) continue;
    const Campaign& c = campaigns_[row];
    for (const std::uint32_t shopper : audiences_[row]) {
      const ShopperId id = population::Shoppers::id(shopper);
      Draws draws = draws_for(key_, c.id, id, nullptr, day, of_address);
      if (draws.bernoulli(c.daily_share)) add_target(row, id, nullptr, targets[row]);
    }
  }
}

/// Where the budget ends today, people are taken in random order until it does, the hold-out among
/// them, so that both groups stay alike.
void Runner::keep_to_budget(std::size_t row, Day day, Targets& targets) const {
  const std::uint64_t left = most_[row] - sent_[row];
  const auto is_sent = [](const Target& t) { return !t.held_out; };
  if (static_cast<std::uint64_t>(std::count_if(targets.begin(), targets.end(), is_sent)) <= left)
    return;
  std::vector<std::pair<std::uint64_t, std::size_t>> order;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    Draws draws =
        draws_for(key_, campaigns_[row].id, targets[i].shopper, targets[i].account, day, of_order);
    order.emplace_back(draws.bits64(), i);
  }
  std::sort(order.begin(), order.end());
  std::uint64_t sent = 0;
  std::vector<std::size_t> kept;
  for (const auto& [key, i] : order) {
    if (sent == left) break;
    sent += is_sent(targets[i]) ? 1 : 0;
    kept.push_back(i);
  }
  std::sort(kept.begin(), kept.end());
  Targets fewer;
  for (const std::size_t i : kept) fewer.push_back(targets[i]);
  targets = std::move(fewer);
}

void Runner::send(std::size_t row, Day day, const Target& target, DayResult& out) {
  const Campaign& c = campaigns_[row];
  const Channel& channel = channels_[c.channel];
  const std::size_t shopper = population::Shoppers::row(target.shopper);
  const AccountId account = target.account == nullptr ? AccountId{} : target.account->id;
  Exposure exposure{c.id, target.shopper, account, target.held_out, false, day};
  if (target.held_out) {
    out.exposures.push_back(exposure);
    return;
  }
  ++sent_[row];
  out.cost_minor += channel.cost_minor;
  Draws draws = draws_for(key_, c.id, target.shopper, target.account, day, of_response);
  exposure.noticed = draws.bernoulli(channel.reach.value);
  const double delay = math::floor(channel.delay_days * draws.exponential());
  const bool leaves = draws.bernoulli(channel.opt_out);
  out.exposures.push_back(exposure);
  if (leaves && account) out.opted_out.push_back(account);

  const double tired = channel.fatigue.value * messages_[shopper];
  messages_[shopper] += 1;
  if (!exposure.noticed) return;
  const double far = nearest_km(row, shopper) / channel.halving_km.value;
  constexpr double ln_2 = 0.693147180559945309417;
  double utility = channel.utility.value * math::exp(-ln_2 * far - tired) *
                   shoppers_->channel_response[shopper] / 128;
  if (channel.coupon) utility *= shoppers_->price_sensitivity[shopper] / 128.0;
  utility = std::clamp(utility, -greatest_utility, greatest_utility);
  const Day from = day + static_cast<Day>(delay);
  const Day to = from + static_cast<Day>(math::floor(channel.duration_days + 0.5));
  out.nudges.push_back(
      {target.shopper, c.store, from, to, static_cast<float>(utility), 0.0f, c.id});
  if (channel.coupon) {
    out.coupons.push_back(
        {c.id, target.shopper, c.store, from, to, channel.discount, channel.redeem.value});
  }
}

DayResult Runner::step(Day day, const members::Book& book,
                       std::span<const members::Signal> signals) {
  const auto fresh = static_cast<float>(math::exp(-(day - today_) / fatigue_days));
  today_ = day;
  for (float& messages : messages_) messages *= fresh;

  std::vector<Targets> targets(campaigns_.size());
  find_not_seen(day, book, targets);
  find_scans(day, book, signals, targets);
  find_nearby(day, targets);
  DayResult out;
  for (std::size_t row = 0; row < campaigns_.size(); ++row) {
    keep_to_budget(row, day, targets[row]);
    for (const Target& target : targets[row]) send(row, day, target, out);
  }
  const auto by_person = [](const visits::Nudge& a, const visits::Nudge& b) {
    return std::tuple(a.shopper, a.from, a.cause, b.utility) <
           std::tuple(b.shopper, b.from, b.cause, a.utility);
  };
  std::sort(out.nudges.begin(), out.nudges.end(), by_person);
  std::sort(out.opted_out.begin(), out.opted_out.end());
  out.opted_out.erase(std::unique(out.opted_out.begin(), out.opted_out.end()), out.opted_out.end());
  return out;
}

double Runner::spent_minor(CampaignId campaign) const {
  for (std::size_t row = 0; row < campaigns_.size(); ++row) {
    const Campaign& c = campaigns_[row];
    if (c.id == campaign) return static_cast<double>(sent_[row]) * channels_[c.channel].cost_minor;
  }
  return 0;
}

}  // namespace footfall::campaign
