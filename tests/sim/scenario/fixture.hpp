// A small scenario with one of everything, for the tests of this room.
#pragma once

#include <string>

#include "sim/scenario/files.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::scenario {

inline Scenario small_scenario() {
  Scenario s;
  s.name = "Köln, \"Süd\"";
  s.currency = "CHF";
  s.own_brand = "Norda";
  s.first_day = {2026, 3, 1};
  s.attribution = {"© Somebody"};
  s.notes = {"a note"};
  s.parameters["catchment"] = {{"decay", "power"}, {"decay_exponent", 1.8}};
  s.demand = {{ZoneId{1}, {95'000'000, 471'000'000}, 12.5, "Old Town", "family", 1.1},
              {ZoneId{4}, {95'100'000, 471'100'000}, 0, "", "", 1},
              {ZoneId{9}, {95'200'001, 470'999'999}, 300, "East, \"new\"", "", 0.25}};
  s.stores = {
      {StoreId{2}, {95'050'000, 471'050'000}, "One", "Norda", Role::own, 900, {}, {}, {}},
      {StoreId{3}, {95'150'000, 471'050'000}, "Two", "", Role::competitor, 1500.5, {}, {}, {}},
      {StoreId{7},
       {95'100'000, 471'000'000},
       "Site",
       "",
       Role::candidate,
       1000,
       240'000,
       1'200'000,
       0.25}};
  s.last_store_id = 8;
  s.roads = {{{{95'000'000, 471'000'000}, {95'100'000, 471'000'000}},
              "primary",
              "High Street",
              50,
              1,
              true},
             {{{95'100'000, 471'000'000}, {95'100'000, 471'100'000}, {95'200'000, 471'100'000}},
              "motorway",
              "",
              100,
              0,
              false},
             {{{95'000'000, 471'000'000}, {95'000'000, 471'100'000}}, "footway", "", 0, 0, true}};
  Shape ring{Shape::Kind::polygon,
             {{{94'900'000, 470'900'000},
               {95'300'000, 470'900'000},
               {95'300'000, 471'200'000},
               {94'900'000, 471'200'000}}},
             {true}};
  s.areas = {{"residential", "Old Town", ring}};
  return s;
}

/// All problems as text, "" where there are none.
template <class T>
std::string problems(const Result<T>& result) {
  return result ? std::string() : describe(result.error(), 1000);
}

inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  return at == std::string::npos ? "fixture does not hold: " + from
                                 : text.replace(at, from.size(), to);
}

}  // namespace footfall::scenario
