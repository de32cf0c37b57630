#include "sim/study/world_run.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "sim/catchment/ranking.hpp"
#include "sim/population/synthesis.hpp"
#include "sim/study/story.hpp"
#include "sim/world/world.hpp"

namespace footfall::study {
namespace {

constexpr char options_name[] = "world run";
constexpr std::array<std::string_view, 2> vary_names{"luck", "parameters"};

std::vector<StoreId> ids_with_role(const scenario::Scenario& scenario, scenario::Role role) {
  std::vector<StoreId> ids;
  for (const scenario::Store& store : scenario.stores) {
    if (store.role == role) ids.push_back(store.id);
  }
  return ids;
}

/// The candidate that the ranking puts first.
Result<StoreId> best_site(const scenario::Scenario& scenario, const Job& job) {
  auto params = catchment::read_params(scenario);
  if (!params) return fail(std::move(params.error()));
  auto market = catchment::Market::build(scenario, params->measure, job);
  if (!market) return fail(std::move(market.error()));
  catchment::RankOptions options;
  options.draws = 0;
  auto ranking = catchment::rank(*market, scenario, *params, options, {}, job);
  if (!ranking) return fail(std::move(ranking.error()));
  return ranking->sites.front().id;
}

Result<std::vector<visits::Opening>> openings_of(const scenario::Scenario& scenario,
                                                 const std::string& open, const Job& job) {
  std::vector<visits::Opening> out;
  if (open == "none") return out;
  const auto candidates = ids_with_role(scenario, scenario::Role::candidate);
  const auto wrong = [&] {
    return fail(Error{"options", "open", open, "opens no candidate of the scenario",
                      "best, none, or the id of a candidate"});
  };
  if (candidates.empty()) return wrong();
  if (open == "best") {
    auto best = best_site(scenario, job);
    if (!best) return fail(std::move(best.error()));
    out.push_back({*best, 0});
    return out;
  }
  const auto number = parse_integer(open);
  for (const StoreId id : candidates) {
    if (number && *number == static_cast<std::int64_t>(id.value)) out.push_back({id, 0});
  }
  if (out.empty()) return wrong();
  return out;
}

Result<std::vector<campaign::Campaign>> campaigns_of(const WorldRunOptions& o, StoreId store,
                                                     double minor_units,
                                                     std::span<const campaign::Channel> channels) {
  std::vector<campaign::Campaign> out;
  Errors errors;
  if (o.campaigns != "none" && !trimmed(o.campaigns).empty()) {
    for (const std::string& text : split(o.campaigns, ',')) {
      const std::string name(trimmed(text));
      const auto channel = std::find_if(channels.begin(), channels.end(),
                                        [&](const auto& c) { return c.name == name; });
      if (channel == channels.end()) {
        std::string names;
        for (const auto& c : channels) names += c.name + ", ";
        errors.push_back({"options", "campaigns", name, "is no channel", names + "or none"});
        continue;
      }
      campaign::Campaign& c = out.emplace_back();
      c.id = {static_cast<std::uint32_t>(out.size())};
      c.name = name;
      c.channel = static_cast<std::uint32_t>(channel - channels.begin());
      c.store = store;
      c.from = static_cast<Day>(o.campaign_from);
      c.to = static_cast<Day>(std::min(o.days, o.campaign_from + o.campaign_days));
      c.not_seen_days = o.not_seen_days;
      c.radius_km = o.radius_km;
      c.budget_minor = o.budget * minor_units;
      c.hold_out = o.hold_out;
    }
  }
  if (!out.empty() && o.campaign_from >= o.days) {
    errors.push_back({"options", "campaign_from", std::to_string(o.campaign_from),
                      "is after the last day", "a day from 0 to " + std::to_string(o.days - 1)});
  }
  if (!errors.empty()) return fail(std::move(errors));
  return out;
}

std::uint64_t seed_of(std::uint64_t seed, std::uint32_t replication) {
  if (replication == 0) return seed;
  return Draws(random_key(seed, replication, "world"), 0, 0, 0).bits64();
}

/// One replication: the whole run, and the runs without all and without each campaign.
Result<Season> season(const scenario::Scenario& scenario, const population::Shoppers& shoppers,
                      const world::Rooms& rooms, const world::Plan& plan, const Job& job) {
  Season out;
  const std::size_t others =
      plan.campaigns.size() > 1 ? plan.campaigns.size() + 1 : plan.campaigns.size();
  const double runs = static_cast<double>(1 + others);
  double done = 1;
  auto whole = world::run(scenario, shoppers, rooms, plan, Job(job, 0, 1 / runs));
  if (!whole) return fail(std::move(whole.error()));
  out.outcome = std::move(*whole);
  const auto paid_without = [&](std::vector<campaign::Campaign> left) -> Result<double> {
    world::Plan other = plan;
    other.campaigns = std::move(left);
    other.sensors = false;
    auto run =
        world::run(scenario, shoppers, rooms, other, Job(job, done / runs, (done + 1) / runs));
    ++done;
    if (!run) return fail(std::move(run.error()));
    return static_cast<double>(out.outcome.paid_minor - run->paid_minor) /
           visits::minor_units(scenario.currency);
  };
  if (plan.campaigns.empty()) return out;
  auto all = paid_without({});
  if (!all) return fail(std::move(all.error()));
  out.lift_of_all = *all;
  for (const campaign::Campaign& c : plan.campaigns) {
    if (plan.campaigns.size() == 1) {
      out.lift.push_back(*all);
      break;
    }
    auto left = plan.campaigns;
    std::erase_if(left, [&](const campaign::Campaign& other) { return other.id == c.id; });
    auto lift = paid_without(std::move(left));
    if (!lift) return fail(std::move(lift.error()));
    out.lift.push_back(*lift);
  }
  return out;
}

std::vector<std::string> assumptions(const WorldRunOptions& o,
                                     const population::Synthesis& people) {
  std::vector<std::string> out = people.assumptions;
  out.push_back(
      "True lift is the difference of two runs of the same people with the same luck, with and "
      "without the campaign.");
  out.push_back(
      "Estimates use only what a retailer records: frames of a Wi-Fi sensor, an infrared counter, "
      "hours counted by hand, receipts and accounts.");
  out.push_back("Intervals of truth span " + std::to_string(o.replications) +
                (o.vary == Vary::luck
                     ? " seasons of the same people with other luck."
                     : " seasons of the same people with other luck and other parameters."));
  out.push_back("Competitors do not react, and other chains run no campaigns.");
  return out;
}

}  // namespace

Result<Output> compute_world_run(const scenario::Scenario& scenario, const Json& options_json,
                                 const Job& job) {
  WorldRunOptions o;
  from_json(options_json, fields(o), "options", options_name);
  auto rooms = world::read_rooms(scenario);
  if (!rooms) return fail(std::move(rooms.error()));
  auto population_params = population::read_params(scenario);
  if (!population_params) return fail(std::move(population_params.error()));
  const auto seed = static_cast<std::uint64_t>(o.seed);
  auto people = population::synthesise(scenario, *population_params, seed, job);
  if (!people) return fail(std::move(people.error()));

  world::Plan plan;
  plan.days = static_cast<Day>(o.days);
  plan.channels = campaign::standard_channels(rooms->campaign);
  auto openings = openings_of(scenario, o.open, job);
  if (!openings) return fail(std::move(openings.error()));
  plan.openings = std::move(*openings);
  const auto own = ids_with_role(scenario, scenario::Role::own);
  if (plan.openings.empty() && own.empty()) {
    return fail(Error{"stores.csv", "column role", "", "has no own store, and none is opened",
                      "at least one own store, or --open"});
  }
  const StoreId focus = plan.openings.empty() ? own.front() : plan.openings.front().store;
  auto campaigns = campaigns_of(o, focus, visits::minor_units(scenario.currency), plan.channels);
  if (!campaigns) return fail(std::move(campaigns.error()));
  plan.campaigns = std::move(*campaigns);

  std::vector<Season> seasons;
  for (std::uint32_t r = 0; r < o.replications; ++r) {
    plan.seed = seed_of(seed, r);
    world::Rooms these = *rooms;
    if (r > 0 && o.vary == Vary::parameters) {
      these = world::drawn(*rooms, seed, r);
      plan.channels = campaign::standard_channels(these.campaign);
    }
    const double all = static_cast<double>(o.replications);
    auto one = season(scenario, people->shoppers, these, plan, Job(job, r / all, (r + 1) / all));
    if (!one) return fail(std::move(one.error()));
    seasons.push_back(std::move(*one));
  }

  const Basis basis = o.replications == 1    ? Basis::none
                      : o.vary == Vary::luck ? Basis::replications
                                             : Basis::parameters;
  Output out;
  out.results = tell({scenario, *rooms, plan, people->shoppers, seasons, focus, basis});
  out.results.provenance.assumptions = assumptions(o, *people);
  return out;
}

Fields fields(WorldRunOptions& o) {
  return {
      {"days", &o.days, 1, 730, "days", "Days to run"},
      {"seed", &o.seed, 0, 9'007'199'254'740'992.0, "", "Seed of the random numbers"},
      {"replications", &o.replications, 1, 100, "",
       "Seasons of other luck behind the intervals; the same people"},
      {"vary",
       reinterpret_cast<std::uint8_t*>(&o.vary),
       0,
       1,
       "",
       "What differs between the seasons: luck, or also every parameter within its range",
       {},
       vary_names},
      {"open", &o.open, 0, 0, "",
       "Candidate that opens on the first day: best (as sites rank has it), none, or its id"},
      {"campaigns", &o.campaigns, 0, 0, "",
       "Channels used for the new store, separated by commas, or none"},
      {"campaign_from", &o.campaign_from, 0, 729, "days", "First day on which messages are sent"},
      {"campaign_days", &o.campaign_days, 1, 730, "days", "Days on which messages are sent"},
      {"budget", &o.budget, 0, 1e9, "currency", "Budget of each campaign; 0: no limit"},
      {"hold_out", &o.hold_out, 0, 0.9, "", "Share of each audience that is never addressed"},
      {"radius_km", &o.radius_km, 0.1, 100, "km", "Reach of the location ad around the store"},
      {"not_seen_days", &o.not_seen_days, 1, 365, "days",
       "SMS recall: days since a member's last purchase"},
  };
}

Study world_run() {
  return {options_name,
          "Run the whole chain: visits, sensors, members, campaigns, and their truth",
          "footfall world run liechtenstein --days 84 --out season",
          block_of<WorldRunOptions, options_name>(),
          {"catchment", "population", "visits", "floor", "probe", "members", "campaign", "estimate",
           "world"}};
}

}  // namespace footfall::study
