// Shoppers: the synthetic people whom all later rooms follow. A shopper is a row of columns, 30
// bytes, immutable once made; what changes (fatigue, stock at home) is a column of the room that
// owns it. Rows are grouped by home zone, in the order of the scenario's demand, so that a
// block of shoppers meets few zones.
//
// A shopper stands for `people_per_shopper` residents: 1 where everyone is simulated, more where a
// sample is. Everything counted or sold is weighted by it once, where it is reported.
//
// Shares and propensities are bytes: 0 is 0, 255 is 1 (share_of()). Middle values of sensitivities
// are 128.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.hpp"

namespace footfall::population {

enum class AgeBand : std::uint8_t {
  under_15,
  from_15,
  from_25,
  from_35,
  from_45,
  from_55,
  from_65
};
enum class Gender : std::uint8_t { female, male };
enum class Work : std::uint8_t { none, employed, student, retired };
/// Fifths of the households by income, lowest first.
enum class Income : std::uint8_t { lowest, low, middle, high, highest };
/// What a household spends in the category, relative to its size and income.
enum class Spending : std::uint8_t { thrifty, average, lavish };
enum class Phone : std::uint8_t { none, android, ios, other };
/// Bits of `interests`.
enum class Interest : std::uint8_t {
  family,
  fashion,
  food,
  health,
  home,
  sport,
  technology,
  travel
};

std::string_view name_of(AgeBand value);
std::string_view name_of(Gender value);
std::string_view name_of(Work value);
std::string_view name_of(Income value);
std::string_view name_of(Spending value);
std::string_view name_of(Phone value);
std::string_view name_of(Interest value);

inline constexpr int age_bands = 7, incomes = 5, spendings = 3, phones = 4, interests = 8;

/// Share of a byte: 0 to 1.
constexpr double share_of(std::uint8_t byte) {
  return byte / 255.0;
}
/// Byte of a share, rounded; held to 0 and 1.
constexpr std::uint8_t byte_of(double share) {
  return static_cast<std::uint8_t>((share < 0 ? 0 : share > 1 ? 1 : share) * 255 + 0.5);
}

/// All columns have size() rows; row r is ShopperId{first_id + r}.
struct Shoppers {
  std::vector<std::uint32_t> home;       ///< row of the home zone in the scenario's demand
  std::vector<std::uint32_t> daytime;    ///< row of the zone of work or school; home: at home
  std::vector<std::uint32_t> household;  ///< row of its first member, an adult; its other members
                                         ///< follow
  std::vector<float> spending_factor;    ///< spending relative to the zone's mean per shopper; the
                                         ///< mean over a zone's shoppers is 1; children: 0
  std::vector<AgeBand> age;
  std::vector<Gender> gender;
  std::vector<Work> work;
  std::vector<std::uint8_t> household_size;  ///< persons, 1 to 255
  std::vector<Income> income;
  std::vector<Spending> spending;
  std::vector<std::uint8_t> interest_bits;  ///< bit i: Interest i
  std::vector<std::uint8_t> online;         ///< propensity to buy online
  std::vector<std::uint8_t> messaging;      ///< activity in the messaging app
  std::vector<Phone> phone;
  std::vector<std::uint8_t> wifi;               ///< share of the time that Wi-Fi is on
  std::vector<std::uint8_t> price_sensitivity;  ///< 128: as the average shopper
  std::vector<std::uint8_t> channel_response;  ///< responsiveness to messages and ads; 128: average
  std::vector<std::uint8_t> habit;             ///< regularity: 0 erratic, 255 like clockwork

  double people_per_shopper = 1;

  std::size_t size() const { return home.size(); }
  static ShopperId id(std::size_t row) { return ShopperId{static_cast<std::uint32_t>(row + 1)}; }
  static std::size_t row(ShopperId id) { return id.value - 1; }
  /// Under 15: spend through their household's adults and make no trips of their own.
  bool is_child(std::size_t row) const { return age[row] == AgeBand::under_15; }
};

/// Bytes of one row in the columns above.
inline constexpr std::size_t bytes_per_shopper = 4 * 4 + 14;

/// First row of each zone: zone z's shoppers are rows [first[z], first[z + 1]); zones + 1 values.
std::vector<std::uint32_t> zone_rows(const Shoppers& shoppers, std::size_t zones);

}  // namespace footfall::population
