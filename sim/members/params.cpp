#include "sim/members/params.hpp"

#include <string>

namespace footfall::members {
namespace {

constexpr std::string_view room = "members";
constexpr std::string_view vendor = "assumption; vendors' figures as a sanity band";
constexpr std::string_view band = "assumption; band of identity merging, docs/models/members.md";

}  // namespace

Fields fields(Params& p) {
  return {
      {"till_asks", &p.till_asks, 0, 1, "",
       "How often the till asks a customer who shows no account to join", vendor},
      {"till_agrees", &p.till_agrees, 0, 1, "", "How many of those asked join", vendor},
      {"scans_code", &p.scans_code, 0, 1, "",
       "Chance that an average visitor scans the code in the store; grows with messaging activity",
       vendor},
      {"wifi_page", &p.wifi_page, 0, 1, "",
       "Chance that an average visitor fills in the Wi-Fi page; grows with the time Wi-Fi is on",
       vendor},
      {"second_account", &p.second_account, 0, 1, "",
       "How many chances to join by another way end in a second account of the same person",
       vendor},
      {"shows_account", &p.shows_account, 0, 1, "",
       "How often a member shows the account when paying", vendor},
      {"code_phone_number", &p.code_phone_number, 0, 1, "",
       "Share of accounts opened by code that also hold the phone number", vendor},
      {"wifi_phone_number", &p.wifi_phone_number, 0, 1, "",
       "Share of accounts opened on the Wi-Fi page that also hold the phone number", vendor},
      {"missed_match", &p.missed_match, 0, 1, "",
       "Share of accounts that are not matched though they share a token", band},
      {"false_match", &p.false_match, 0, 1, "",
       "Share of unmatched accounts that are taken for another person's", band},
  };
}

Result<Params> read_params(const scenario::Scenario& scenario) {
  Params params;
  Errors errors = scenario::read_block(scenario, room, fields(params));
  if (!errors.empty()) return fail(std::move(errors));
  return params;
}

}  // namespace footfall::members
