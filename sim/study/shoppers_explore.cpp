#include "sim/study/shoppers_explore.hpp"

#include <array>

#include "core/text.hpp"
#include "sim/population/synthesis.hpp"
#include "sim/study/table_builder.hpp"

namespace footfall::study {
namespace {

using namespace population;

constexpr char options_name[] = "shoppers explore";

/// "all", then the names of a tag's values.
template <class Enum, std::size_t n>
std::span<const std::string_view> choices() {
  static const auto names = [] {
    std::array<std::string_view, n + 1> out{"all"};
    for (std::size_t i = 0; i < n; ++i) out[i + 1] = name_of(static_cast<Enum>(i));
    return out;
  }();
  return names;
}

template <class Enum>
bool takes(std::uint8_t filter, Enum value) {
  return filter == 0 || filter - 1 == static_cast<int>(value);
}

bool chosen(const ShoppersExploreOptions& o, const Shoppers& s, std::size_t row) {
  return takes(o.age, s.age[row]) && takes(o.gender, s.gender[row]) &&
         takes(o.income, s.income[row]) && takes(o.spending, s.spending[row]) &&
         takes(o.work, s.work[row]) && takes(o.phone, s.phone[row]) &&
         (o.interest == 0 || (s.interest_bits[row] >> (o.interest - 1) & 1) != 0);
}

/// Counts of one tag's values, of the chosen and of all.
template <std::size_t n>
struct Counts {
  std::array<std::uint64_t, n> some{}, all{};
  void add(std::size_t value, bool is_chosen) {
    ++all[value];
    if (is_chosen) ++some[value];
  }
};

/// All that is counted in one pass over the shoppers.
struct Census {
  std::uint64_t some = 0, all = 0;
  double some_spending = 0, all_spending = 0;  // relative to the mean
  Counts<2 * age_bands> age_gender;            // age * 2 + gender
  Counts<age_bands * incomes> age_income;      // age * incomes + income
  Counts<age_bands> age;
  Counts<2> gender;
  Counts<incomes> income;
  Counts<spendings> spending;
  Counts<4> work;
  Counts<phones> phone;
  Counts<interests> interest;
  std::vector<std::uint64_t> zone_some, zone_all;
};

Census count(const scenario::Scenario& scenario, const Shoppers& s,
             const ShoppersExploreOptions& o) {
  Census c;
  c.zone_some.resize(scenario.demand.size());
  c.zone_all.resize(scenario.demand.size());
  for (std::size_t row = 0; row < s.size(); ++row) {
    const bool is = chosen(o, s, row);
    const auto age = static_cast<std::size_t>(s.age[row]);
    const auto gender = static_cast<std::size_t>(s.gender[row]);
    const auto income = static_cast<std::size_t>(s.income[row]);
    const double spends =
        static_cast<double>(s.spending_factor[row]) * scenario.demand[s.home[row]].spending_index;
    ++c.all;
    ++c.zone_all[s.home[row]];
    c.all_spending += spends;
    if (is) {
      ++c.some;
      ++c.zone_some[s.home[row]];
      c.some_spending += spends;
    }
    c.age_gender.add(age * 2 + gender, is);
    c.age_income.add(age * incomes + income, is);
    c.age.add(age, is);
    c.gender.add(gender, is);
    c.income.add(income, is);
    c.spending.add(static_cast<std::size_t>(s.spending[row]), is);
    c.work.add(static_cast<std::size_t>(s.work[row]), is);
    c.phone.add(static_cast<std::size_t>(s.phone[row]), is);
    for (std::size_t i = 0; i < interests; ++i) {
      if ((s.interest_bits[row] >> i & 1) != 0) c.interest.add(i, is);
    }
  }
  return c;
}

/// Writes what was counted; counts are of residents.
class Writer {
 public:
  Writer(const scenario::Scenario& scenario, const Census& census, double people_per_shopper)
      : scenario_(scenario), c_(census), people_(people_per_shopper) {}

  std::vector<Figure> figures() const {
    const auto plain = [](std::string id, std::string unit, double value) {
      return Figure{std::move(id), std::move(unit), value, value, value, Basis::none, 0};
    };
    return {plain("shoppers_chosen", "persons", people(c_.some)),
            plain("chosen_share", "%", per_cent(c_.some, c_.all)),
            plain("chosen_spending_share", "%",
                  c_.all_spending > 0 ? c_.some_spending / c_.all_spending * 100 : 0),
            plain("shoppers_all", "persons", people(c_.all))};
  }

  Table pyramid() const {
    TableBuilder t("pyramid");
    for (std::size_t age = 0; age < age_bands; ++age) {
      t.text("age", std::string(name_of(static_cast<AgeBand>(age))));
      const std::size_t female = age * 2, male = age * 2 + 1;
      t.number("female", "persons", 0, people(c_.age_gender.some[female]));
      t.number("male", "persons", 0, people(c_.age_gender.some[male]));
      t.number("female_all", "persons", 0, people(c_.age_gender.all[female]));
      t.number("male_all", "persons", 0, people(c_.age_gender.all[male]));
    }
    return t.take();
  }

  Table joint() const {
    TableBuilder t("joint");
    for (std::size_t age = 0; age < age_bands; ++age) {
      for (std::size_t income = 0; income < incomes; ++income) {
        t.text("age", std::string(name_of(static_cast<AgeBand>(age))));
        t.text("income", std::string(name_of(static_cast<Income>(income))));
        t.number("people", "persons", 0, people(c_.age_income.some[age * incomes + income]));
      }
    }
    return t.take();
  }

  Table profile() const {
    TableBuilder t("profile");
    tag<AgeBand>(t, "age", c_.age);
    tag<Gender>(t, "gender", c_.gender);
    tag<Income>(t, "income", c_.income);
    tag<Spending>(t, "spending", c_.spending);
    tag<Work>(t, "work", c_.work);
    tag<Phone>(t, "phone", c_.phone);
    tag<Interest>(t, "interest", c_.interest);
    return t.take();
  }

  Layer zones() const {
    Layer layer{"zones", {}, {}};
    TableBuilder t("zones");
    for (std::size_t z = 0; z < scenario_.demand.size(); ++z) {
      if (c_.zone_all[z] == 0) continue;
      layer.shapes.push_back({Shape::Kind::point, {{scenario_.demand[z].place}}, {}});
      t.integer("zone", "", scenario_.demand[z].id.value);
      t.number("people", "persons", 0, people(c_.zone_some[z]));
      t.number("all", "persons", 0, people(c_.zone_all[z]));
      t.number("share", "%", 1, per_cent(c_.zone_some[z], c_.zone_all[z]));
    }
    layer.attributes = t.take();
    return layer;
  }

 private:
  double people(std::uint64_t shoppers) const { return static_cast<double>(shoppers) * people_; }
  static double per_cent(std::uint64_t part, std::uint64_t whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) * 100 : 0;
  }

  template <class Enum, std::size_t n>
  void tag(TableBuilder& t, const char* name, const Counts<n>& counts) const {
    for (std::size_t i = 0; i < n; ++i) {
      const double among_all = per_cent(counts.all[i], c_.all);
      const double share = per_cent(counts.some[i], c_.some);
      t.text("tag", name);
      t.text("value", std::string(name_of(static_cast<Enum>(i))));
      t.number("people", "persons", 0, people(counts.some[i]));
      t.number("share", "%", 1, share);
      t.number(
          "index", "", 0,
          among_all > 0 && c_.some > 0 ? std::optional(share / among_all * 100) : std::nullopt);
    }
  }

  const scenario::Scenario& scenario_;
  const Census& c_;
  double people_;
};

}  // namespace

Result<Output> compute_shoppers_explore(const scenario::Scenario& scenario,
                                        const Json& options_json, const Job& job) {
  ShoppersExploreOptions options;
  from_json(options_json, fields(options), "options", options_name);
  auto params = read_params(scenario);
  if (!params) return fail(std::move(params.error()));
  auto made = synthesise(scenario, *params, static_cast<std::uint64_t>(options.seed), job);
  if (!made) return fail(std::move(made.error()));
  const Census census = count(scenario, made->shoppers, options);
  const Writer writer(scenario, census, made->shoppers.people_per_shopper);
  Output out;
  out.results.title = scenario.name;
  out.results.figures = writer.figures();
  out.results.tables = {writer.pyramid(), writer.joint(), writer.profile()};
  out.results.layers = {writer.zones()};
  out.results.provenance.assumptions = std::move(made->assumptions);
  if (census.some == 0) {
    out.results.provenance.warnings.push_back("Nobody has all the tags that were asked for.");
  }
  return out;
}

Fields fields(ShoppersExploreOptions& o) {
  const auto filter = [](std::string_view name, std::uint8_t* target, std::string_view help,
                         std::span<const std::string_view> names) {
    return Field{name, target, 0, 0, "", help, "", names};
  };
  return {
      filter("age", &o.age, "Only people of this age", choices<AgeBand, age_bands>()),
      filter("gender", &o.gender, "Only women or only men", choices<Gender, 2>()),
      filter("income", &o.income, "Only households in this fifth by income",
             choices<Income, incomes>()),
      filter("spending", &o.spending, "Only households that spend like this",
             choices<Spending, spendings>()),
      filter("work", &o.work, "Only people with this work", choices<Work, 4>()),
      filter("phone", &o.phone, "Only people with this phone", choices<Phone, phones>()),
      filter("interest", &o.interest, "Only people with this interest",
             choices<Interest, interests>()),
      {"seed", &o.seed, 0, 9'007'199'254'740'992.0, "", "Seed of the random numbers"},
  };
}

Study shoppers_explore() {
  return {options_name,
          "Show who the shoppers are and where they live, all or by tags",
          "footfall shoppers explore liechtenstein --age 25_34 --income highest --out young",
          block_of<ShoppersExploreOptions, options_name>(),
          {"population"}};
}

}  // namespace footfall::study
