#include "sim/population/synthesis.hpp"

#include <algorithm>
#include <array>
#include <new>

#include "core/math.hpp"
#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "core/text.hpp"
#include "sim/population/daytime.hpp"
#include "sim/population/fit.hpp"

namespace footfall::population {
namespace {

constexpr std::size_t zones_per_block = 64;
constexpr std::uint8_t most_in_household = 255;

/// What a draw decides: part of the counter of its random numbers, so fixed for ever.
enum class Drawn : std::uint8_t { sizes, household, person, daytime, places };

/// (0, 1) with 32 bits: enough for a tag, at half the cost.
double uniform32(Draws& draws) {
  return (draws.bits32() + 0.5) * 0x1p-32;
}

/// A share that differs between people: uniform, symmetric about its mean, as wide as 0 and 1 allow
/// times `spread`. Its mean is exact and no one leaves [0, 1].
std::uint8_t draw_share(double mean, double spread, Draws& draws) {
  const double half = spread * std::min(mean, 1 - mean);
  return byte_of(mean + half * (2 * uniform32(draws) - 1));
}

template <class Tag, std::size_t n>
Tag draw_tag(const std::array<double, n>& running, Draws& draws) {
  const double u = uniform32(draws) * running.back();
  std::size_t i = 0;
  while (i + 1 < n && u >= running[i]) ++i;
  return static_cast<Tag>(i);
}

/// What does not depend on the zone.
struct Rules {
  Params params;
  PhiloxKey key;
  std::array<double, age_bands - 1> adult_ages{};  // running sums, from 15 to 24 on
  std::array<double, age_bands> online{}, messaging{};
  double child_share = 0;
  std::array<double, most_in_household + 1> need{};  // by household size
  std::array<double, incomes> income_factor{};
  std::array<double, spendings> tiers{}, tier_factor{};
  std::uint32_t interest_threshold = 0;  // of 65536

  Rules(const Params& p, std::uint64_t seed) : params(p), key(random_key(seed, 0, "population")) {
    double adults = 0;
    for (std::size_t a = 1; a < age_bands; ++a) {
      adults += p.age_share[a].value;
      adult_ages[a - 1] = adults;
      const double t = static_cast<double>(a - 1) / (age_bands - 2);
      online[a] = p.online_young.value + t * (p.online_old.value - p.online_young.value);
      messaging[a] =
          p.messaging_young.value + t * (p.messaging_old.value - p.messaging_young.value);
    }
    child_share = p.age_share[0].value / (adults + p.age_share[0].value);
    for (std::size_t s = 1; s <= most_in_household; ++s)
      need[s] = math::pow(static_cast<double>(s), p.size_exponent.value);
    for (std::size_t i = 0; i < incomes; ++i)
      income_factor[i] = math::pow(p.income_ratio.value, static_cast<double>(i) / (incomes - 1));
    const double tail = p.tier_share.value, root = math::sqrt(p.tier_ratio.value);
    tiers = {tail, 1 - tail, 1};
    tier_factor = {1 / root, 1, root};
    interest_threshold = static_cast<std::uint32_t>(p.interest_share.value * 65536 + 0.5);
  }
};

struct Zone {
  std::uint32_t row = 0, id = 0;          // in the scenario's demand
  std::uint32_t first = 0, count = 0;     // rows of the shoppers
  std::vector<std::uint32_t> households;  // of the seed; empty: sizes and tags come from priors
};

std::uint64_t thing(const Zone& zone, std::uint32_t number) {
  return static_cast<std::uint64_t>(zone.id) << 32 | number;
}

/// Sizes of the households of `count` persons: as many households as the mean size asks for, one
/// person in each, the rest thrown among them at random. That is a Poisson number of others in each
/// household (Jarosz 2021), given their sum; the mean size is exact and nobody is left over.
std::vector<std::uint8_t> draw_sizes(const Rules& rules, const Zone& zone) {
  Draws draws(rules.key, thing(zone, 0), 0, static_cast<std::uint8_t>(Drawn::sizes));
  const double wanted = zone.count / rules.params.mean_household_size.value;
  const double whole = math::floor(wanted);
  auto households = static_cast<std::uint32_t>(whole) + (draws.uniform() < wanted - whole ? 1 : 0);
  const std::uint32_t least = (zone.count + most_in_household - 1) / most_in_household;
  households = std::clamp(households, std::max(least, std::uint32_t{1}), zone.count);
  std::vector<std::uint8_t> sizes(households, 1);
  for (std::uint32_t i = households; i < zone.count; ++i) {
    std::uint32_t h = draws.below(households);
    while (sizes[h] == most_in_household) h = h + 1 == households ? 0 : h + 1;
    ++sizes[h];
  }
  return sizes;
}

Work draw_work(const Params& p, AgeBand age, Draws& draws) {
  const double studies = uniform32(draws), works = uniform32(draws);
  if (age == AgeBand::under_15) return Work::student;
  if (age == AgeBand::from_65) return Work::retired;
  if (age == AgeBand::from_15 && studies < p.student_share.value) return Work::student;
  return works < p.employed_share.value ? Work::employed : Work::none;
}

Phone draw_phone(const Params& p, bool child, Draws& draws) {
  const double has = uniform32(draws), which = uniform32(draws);
  if (child || has >= p.phone_share.value) return Phone::none;
  if (which < p.ios_share.value) return Phone::ios;
  return which < p.ios_share.value + p.other_phone_share.value ? Phone::other : Phone::android;
}

std::uint8_t draw_interests(const Rules& rules, Draws& draws) {
  std::uint8_t bits = 0;
  for (int i = 0; i < interests; i += 2) {
    const std::uint32_t word = draws.bits32();
    if ((word & 0xffff) < rules.interest_threshold) bits |= static_cast<std::uint8_t>(1 << i);
    if (word >> 16 < rules.interest_threshold) bits |= static_cast<std::uint8_t>(2 << i);
  }
  return bits;
}

/// Makes the rows of one zone.
class ZoneMaker {
 public:
  /// `seed` may be null where the zone has no households of it.
  ZoneMaker(const Rules& rules, const Daytime& daytime, const Seed* seed, const Zone& zone,
            Shoppers& out)
      : rules_(rules), daytime_(daytime), seed_(seed), zone_(zone), out_(out) {}

  void make() {
    std::vector<std::uint8_t> sizes;
    for (const std::uint32_t h : zone_.households)
      sizes.push_back(static_cast<std::uint8_t>(seed_->persons_of(h)));
    if (sizes.empty()) sizes = draw_sizes(rules_, zone_);
    // Children live with others only, so among those they are more frequent.
    const auto others = static_cast<double>(zone_.count - sizes.size());
    child_share_ = others > 0 ? std::min(1.0, rules_.child_share * zone_.count / others) : 0;
    std::uint32_t row = zone_.first;
    for (std::uint32_t h = 0; h < sizes.size(); ++h) {
      make_household(h, row, sizes[h]);
      row += sizes[h];
    }
    scale_spending();
  }

 private:
  void make_household(std::uint32_t number, std::uint32_t first, std::uint8_t size) {
    Draws draws(rules_.key, thing(zone_, number), 0, static_cast<std::uint8_t>(Drawn::household));
    auto income = static_cast<Income>(draws.below(incomes));
    auto tier = draw_tag<Spending>(rules_.tiers, draws);
    const SeedPerson* members = nullptr;
    if (!zone_.households.empty()) {
      const std::uint32_t h = zone_.households[number];
      const SeedHousehold& known = seed_->household_tags[h];
      if (known.income >= 0) income = static_cast<Income>(known.income);
      if (known.spending >= 0) tier = static_cast<Spending>(known.spending);
      members = &seed_->person_tags[seed_->first[h]];
    }
    double adults = 0;
    for (std::uint32_t row = first; row < first + size; ++row) {
      out_.household[row] = first;
      out_.household_size[row] = size;
      out_.income[row] = income;
      out_.spending[row] = tier;
      make_person(row, row == first, members == nullptr ? SeedPerson{} : members[row - first]);
      if (!out_.is_child(row)) ++adults;
    }
    const double spends = rules_.need[size] *
                          rules_.income_factor[static_cast<std::size_t>(income)] *
                          rules_.tier_factor[static_cast<std::size_t>(tier)];
    for (std::uint32_t row = first; row < first + size; ++row)
      out_.spending_factor[row] = out_.is_child(row) ? 0 : static_cast<float>(spends / adults);
    if (adults < size)
      for (std::uint32_t row = first; row < first + size; ++row)
        out_.interest_bits[row] |= 1 << static_cast<int>(Interest::family);
  }

  /// Every person makes the same draws in the same order, whatever they decide, so that a changed
  /// parameter changes its own tag only.
  void make_person(std::uint32_t row, bool adult, SeedPerson known) {
    const Params& p = rules_.params;
    const std::uint64_t who = thing(zone_, row - zone_.first);
    Draws draws(rules_.key, who, 0, static_cast<std::uint8_t>(Drawn::person));
    const bool drawn_child = uniform32(draws) < child_share_ && !adult;
    auto age = static_cast<std::size_t>(draw_tag<std::uint8_t>(rules_.adult_ages, draws)) + 1;
    if (drawn_child) age = 0;
    if (known.age >= 0) age = static_cast<std::size_t>(known.age);
    const bool child = age == 0;
    out_.age[row] = static_cast<AgeBand>(age);
    out_.gender[row] = uniform32(draws) < p.female_share.value ? Gender::female : Gender::male;
    if (known.gender >= 0) out_.gender[row] = static_cast<Gender>(known.gender);
    out_.work[row] = draw_work(p, out_.age[row], draws);
    if (known.work >= 0) out_.work[row] = static_cast<Work>(known.work);
    out_.phone[row] = draw_phone(p, child, draws);
    out_.online[row] = draw_share(rules_.online[age], p.spread.value, draws);
    out_.messaging[row] = draw_share(rules_.messaging[age], p.spread.value, draws);
    out_.wifi[row] = draw_share(p.wifi_on.value, p.spread.value, draws);
    out_.price_sensitivity[row] = draw_share(0.5, p.spread.value, draws);
    out_.channel_response[row] = draw_share(0.5, p.spread.value, draws);
    out_.habit[row] = draw_share(p.habit_mean.value, p.spread.value, draws);
    out_.interest_bits[row] = draw_interests(rules_, draws);
    out_.home[row] = zone_.row;
    out_.daytime[row] = draw_daytime(who, out_.work[row], child);
  }

  std::uint32_t draw_daytime(std::uint64_t who, Work work, bool child) const {
    if (child || (work != Work::employed && work != Work::student)) return zone_.row;
    Draws draws(rules_.key, who, 0, static_cast<std::uint8_t>(Drawn::daytime));
    if (draws.uniform() >= rules_.params.away_share.value) return zone_.row;
    return daytime_.pick(zone_.row, draws);
  }

  void scale_spending() {
    double sum = 0;
    const std::uint32_t end = zone_.first + zone_.count;
    for (std::uint32_t row = zone_.first; row < end; ++row)
      sum += static_cast<double>(out_.spending_factor[row]);
    const double scale = zone_.count / sum;
    for (std::uint32_t row = zone_.first; row < end; ++row)
      out_.spending_factor[row] =
          static_cast<float>(static_cast<double>(out_.spending_factor[row]) * scale);
  }

  const Rules& rules_;
  const Daytime& daytime_;
  const Seed* seed_;
  const Zone& zone_;
  Shoppers& out_;
  double child_share_ = 0;
};

/// The least whole number of residents for each shopper that keeps to the limit.
double people_per_shopper(double residents, std::int64_t most) {
  const auto limit = static_cast<double>(most);
  double people = std::max(1.0, math::floor(residents / limit));
  while (math::floor(residents / people + 0.5) > limit) ++people;
  return people;
}

/// The households of a unit over its demand points, in random order: each point gets those whose
/// middle falls into its part of the unit's residents.
void settle(const scenario::Scenario& scenario, const Controls& controls, const Unit& unit,
            const std::vector<Copies>& households, PhiloxKey key,
            std::vector<std::vector<std::uint32_t>>& by_point) {
  std::vector<std::uint32_t> order;
  double persons = 0;
  for (const Copies& copies : households) {
    order.insert(order.end(), copies.count, copies.household);
    persons += static_cast<double>(controls.seed.persons_of(copies.household)) * copies.count;
  }
  Draws draws(key, scenario.demand[unit.zones.front()].id.value, 0,
              static_cast<std::uint8_t>(Drawn::places));
  shuffle(order, draws);
  std::size_t z = 0;
  double upto = scenario.demand[unit.zones.front()].residents, placed = 0;
  for (const std::uint32_t h : order) {
    const double size = controls.seed.persons_of(h);
    const double middle = (placed + size / 2) / persons * unit.residents;
    while (middle > upto && z + 1 < unit.zones.size())
      upto += scenario.demand[unit.zones[++z]].residents;
    by_point[unit.zones[z]].push_back(h);
    placed += size;
  }
}

/// What the controls say: the households of each demand point, and which points they are about.
struct Known {
  const Controls* controls = nullptr;  // null: nothing is known
  const Fit* fit = nullptr;
  std::vector<char> covered;  // demand points
  double persons = 0;         // fitted and, where nothing is known, residents
};

Known known_of(const scenario::Scenario& scenario, const Controls* controls, const Fit* fit) {
  Known out{controls, fit, std::vector<char>(scenario.demand.size()), 0};
  if (controls != nullptr) {
    for (std::size_t u = 0; u < controls->units.size(); ++u) {
      for (const std::uint32_t z : controls->units[u].zones) out.covered[z] = 1;
      for (std::size_t k = 0; k < fit->kinds; ++k) {
        const std::uint32_t h = fit->kind_members[fit->kind_first[k]];
        out.persons += fit->of_unit(u)[k] * controls->seed.persons_of(h);
      }
    }
  }
  for (std::size_t z = 0; z < scenario.demand.size(); ++z)
    if (out.covered[z] == 0) out.persons += scenario.demand[z].residents;
  return out;
}

/// Zones with shoppers. Where nothing is known, their counts are differences of the rounded running
/// total.
std::vector<Zone> plan_zones(const scenario::Scenario& scenario, const Known& known, double people,
                             std::uint64_t seed, PhiloxKey key) {
  std::vector<std::vector<std::uint32_t>> by_point(scenario.demand.size());
  if (known.controls != nullptr) {
    const auto households = whole_households(scenario, *known.controls, *known.fit, people, seed);
    for (std::size_t u = 0; u < households.size(); ++u)
      settle(scenario, *known.controls, known.controls->units[u], households[u], key, by_point);
  }
  std::vector<Zone> zones;
  double residents = 0, before = 0;
  std::uint32_t first = 0;
  for (std::size_t z = 0; z < scenario.demand.size(); ++z) {
    std::uint32_t count = 0;
    if (known.covered[z] != 0) {
      for (const std::uint32_t h : by_point[z]) count += known.controls->seed.persons_of(h);
    } else {
      residents += scenario.demand[z].residents;
      const double next = math::floor(residents / people + 0.5);
      count = static_cast<std::uint32_t>(next - before);
      before = next;
    }
    if (count == 0) continue;
    zones.push_back({static_cast<std::uint32_t>(z), scenario.demand[z].id.value, first, count,
                     std::move(by_point[z])});
    first += count;
  }
  return zones;
}

std::size_t count_of(const std::vector<Zone>& zones) {
  return zones.empty() ? 0 : std::size_t{zones.back().first} + zones.back().count;
}

void resize(Shoppers& s, std::size_t n) {
  for (auto* column : {&s.home, &s.daytime, &s.household}) column->resize(n);
  for (auto* column : {&s.household_size, &s.interest_bits, &s.online, &s.messaging, &s.wifi,
                       &s.price_sensitivity, &s.channel_response, &s.habit})
    column->resize(n);
  s.spending_factor.resize(n);
  s.age.resize(n);
  s.gender.resize(n);
  s.work.resize(n);
  s.income.resize(n);
  s.spending.resize(n);
  s.phone.resize(n);
}

std::vector<std::string> assumptions_of(const scenario::Scenario& scenario, const Known& known,
                                        double people) {
  std::vector<std::string> out;
  if (known.controls == nullptr) {
    out = {"All tags of shoppers come from priors, the same in every zone.",
           "Ages in a household are independent but for at least one adult."};
  } else {
    std::string tags = "household size";
    for (const std::string& tag : known.controls->seed.tags) tags += ", " + tag;
    double residents = 0;
    for (const scenario::DemandPoint& point : scenario.demand) residents += point.residents;
    out = {"From the sample of households and its controls, fitted by minimum relative entropy: " +
               tags + "; all other tags come from priors.",
           "The controls make " + grouped(known.persons, 0) + " persons of " +
               grouped(residents, 0) + " residents."};
    for (const char covered : known.covered)
      if (covered == 0) {
        out.emplace_back("Where no controls are, all tags come from priors.");
        break;
      }
  }
  out.emplace_back("Where people work follows residents and distance, since jobs are not known.");
  if (people > 1) out.push_back("Each shopper stands for " + shortest(people) + " residents.");
  return out;
}

}  // namespace

Result<Synthesis> synthesise(const scenario::Scenario& scenario, const Params& params,
                             std::uint64_t seed, const Job& job) {
  Errors errors = check(params);
  double residents = 0;
  for (const scenario::DemandPoint& point : scenario.demand) residents += point.residents;
  if (residents < 0.5) errors.push_back({"demand.csv", "", "", "has no residents", ""});
  auto controls = read_controls(scenario);
  if (!controls) append(errors, controls.error());
  if (!errors.empty()) return fail(std::move(errors));
  job.progress(0, "job.shoppers");
  Fit fitted;
  if (*controls) {
    auto fit = population::fit(**controls, {}, job);
    if (!fit) return fail(std::move(fit.error()));
    fitted = std::move(*fit);
  }
  const Controls* given = *controls ? &**controls : nullptr;
  const Known known = known_of(scenario, given, &fitted);

  Synthesis out;
  Shoppers& shoppers = out.shoppers;
  const Rules rules(params, seed);
  double people = people_per_shopper(known.persons, params.most_shoppers);
  std::vector<Zone> zones = plan_zones(scenario, known, people, seed, rules.key);
  // Whole households of a sample may make a few persons more than were fitted.
  while (count_of(zones) > static_cast<std::size_t>(params.most_shoppers) && people < residents)
    zones = plan_zones(scenario, known, ++people, seed, rules.key);
  if (zones.empty()) return fail("controls.csv", "", "leaves nobody");
  shoppers.people_per_shopper = people;
  const std::size_t count = count_of(zones);
  try {
    resize(shoppers, count);
  } catch (const std::bad_alloc&) {
    return fail(Error{"scenario.json", "parameters/population/most_shoppers",
                      std::to_string(params.most_shoppers),
                      "needs " + std::to_string(count * bytes_per_shopper >> 20) +
                          " MB, more memory than there is",
                      "fewer shoppers"});
  }
  const Daytime daytime(scenario, params.commute_km.value, job);
  const bool done =
      !job.cancelled() && parallel_blocks(
                              zones.size(), zones_per_block,
                              [&](std::size_t begin, std::size_t end, std::size_t) {
                                const Seed* sample = given == nullptr ? nullptr : &given->seed;
                                for (std::size_t z = begin; z < end; ++z)
                                  ZoneMaker(rules, daytime, sample, zones[z], shoppers).make();
                              },
                              &job);
  if (!done) return fail("", "", std::string(cancelled_message));
  job.progress(1, "job.shoppers");
  out.assumptions = assumptions_of(scenario, known, people);
  return out;
}

}  // namespace footfall::population
