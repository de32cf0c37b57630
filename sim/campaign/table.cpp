#include "sim/campaign/table.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>

#include "core/text.hpp"
#include "geo/csv.hpp"

namespace footfall::campaign {
namespace {

constexpr std::array<Number, 5> optional_numbers{{
    {"not_seen_days", &Campaign::not_seen_days, 0, 3650},
    {"radius_km", &Campaign::radius_km, 0.01, 1000},
    {"daily_share", &Campaign::daily_share, 0, 1},
    {"budget_minor", &Campaign::budget_minor, 0, 1e15},
    {"hold_out", &Campaign::hold_out, 0, 1},
}};
constexpr std::array<std::string_view, 5> required{"id", "channel", "store", "from", "to"};
constexpr std::size_t most_campaigns = 100'000;
constexpr std::size_t most_errors = 200;

/// Reads the cells of the rows and collects what is wrong with them.
class Reader {
 public:
  Reader(const geo::Csv& csv, std::span<const Channel> channels) : csv_(csv), channels_(channels) {}

  Result<std::vector<Campaign>> read() {
    check_header();
    std::vector<Campaign> campaigns;
    for (row_ = 0; row_ < csv_.rows.size() && errors_.size() < most_errors; ++row_) {
      if (usable_) campaigns.push_back(campaign());
    }
    if (!errors_.empty()) return fail(std::move(errors_));
    return campaigns;
  }

 private:
  void check_header() {
    std::vector<std::string_view> known(required.begin(), required.end());
    known.push_back("name");
    for (const Number& number : optional_numbers) known.push_back(number.name);
    std::string allowed;
    for (const std::string_view name : known)
      allowed += (allowed.empty() ? "" : ", ") + std::string(name);
    const auto problem = [&](std::string_view column, std::string message) {
      errors_.push_back({std::string(campaigns_file), "line 1", shortened(column, 60),
                         std::move(message), allowed});
    };
    for (const std::string_view column : required) {
      if (csv_.column(column) != geo::Csv::npos) continue;
      problem(column, "column is missing");
      usable_ = false;
    }
    for (const std::string& column : csv_.header) {
      if (std::find(known.begin(), known.end(), column) == known.end())
        problem(column, "is not a known column");
    }
  }

  std::string_view cell(std::string_view column) const {
    const std::size_t at = csv_.column(column);
    return at == geo::Csv::npos ? std::string_view{} : trimmed(csv_.rows[row_][at]);
  }

  void problem(std::string_view column, std::string message, std::string allowed) {
    errors_.push_back(
        {std::string(campaigns_file),
         "line " + std::to_string(csv_.lines[row_]) + ", column " + std::string(column),
         shortened(cell(column), 60), std::move(message), std::move(allowed)});
  }

  std::int64_t whole(std::string_view column, std::int64_t min, std::int64_t max) {
    const auto value = parse_integer(cell(column));
    if (value && *value >= min && *value <= max) return *value;
    problem(column, value ? "is out of range" : "is not a whole number",
            "a whole number from " + std::to_string(min) + " to " + std::to_string(max));
    return min;
  }

  void number(const Number& n, Campaign& campaign) {
    if (cell(n.name).empty()) return;
    const auto value = parse_number(cell(n.name));
    if (value && *value >= n.min && *value <= n.max) {
      campaign.*n.target = *value;
      return;
    }
    problem(n.name, value ? "is out of range" : "is not a number",
            "a number from " + shortest(n.min) + " to " + shortest(n.max));
  }

  std::uint32_t channel() {
    const std::string_view name = cell("channel");
    std::string allowed;
    for (std::uint32_t i = 0; i < channels_.size(); ++i) {
      if (channels_[i].name == name) return i;
      allowed += (allowed.empty() ? "one of " : ", ") + channels_[i].name;
    }
    problem("channel", "is no channel", std::move(allowed));
    return 0;
  }

  Campaign campaign() {
    constexpr std::int64_t greatest_id = std::numeric_limits<std::int32_t>::max();
    Campaign out;
    out.id = {static_cast<std::uint32_t>(whole("id", 1, greatest_id))};
    const auto [first, is_new] = lines_.emplace(out.id.value, csv_.lines[row_]);
    if (!is_new && parse_integer(cell("id")) == out.id.value)
      problem("id", "is used already in line " + std::to_string(first->second), "each id once");
    out.name = std::string(cell("name"));
    out.channel = channel();
    out.store = {static_cast<std::uint32_t>(whole("store", 1, greatest_id))};
    const std::size_t before = errors_.size();
    out.from = static_cast<Day>(whole("from", 0, last_day));
    out.to = static_cast<Day>(whole("to", 0, last_day));
    if (errors_.size() == before && out.to <= out.from)
      problem("to", "is not after the day \"from\"", "a later day");
    for (const Number& n : optional_numbers) number(n, out);
    return out;
  }

  const geo::Csv& csv_;
  std::span<const Channel> channels_;
  std::map<std::uint32_t, std::size_t> lines_;  // of each id
  std::size_t row_ = 0;
  bool usable_ = true;
  Errors errors_;
};

}  // namespace

std::span<const Number> numbers() {
  return optional_numbers;
}

Result<std::vector<Campaign>> campaigns_from_csv(std::string_view bytes,
                                                 std::span<const Channel> channels) {
  const auto csv = geo::parse_csv(bytes, campaigns_file, most_campaigns);
  if (!csv) return fail(csv.error());
  return Reader(*csv, channels).read();
}

std::string campaigns_to_csv(std::span<const Campaign> campaigns,
                             std::span<const Channel> channels) {
  std::string out = "id,name,channel,store,from,to";
  for (const Number& number : optional_numbers) out += "," + std::string(number.name);
  out += "\n";
  for (const Campaign& c : campaigns) {
    out += std::to_string(c.id.value) + "," + geo::csv_cell(c.name) + "," +
           geo::csv_cell(channels[c.channel].name) + "," + std::to_string(c.store.value) + "," +
           std::to_string(c.from) + "," + std::to_string(c.to);
    for (const Number& number : optional_numbers) out += "," + shortest(c.*number.target);
    out += "\n";
  }
  return out;
}

}  // namespace footfall::campaign
