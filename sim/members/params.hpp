// Parameters of member accounts (docs/models/members.md). None of them is a law: the vendors'
// figures are bands for sanity only, and whoever has a chain's own counts writes those.
#pragma once

#include "core/params.hpp"
#include "sim/scenario/scenario.hpp"

namespace footfall::members {

/// Chances are for each visit unless said otherwise. Those that depend on a person are given for
/// the average shopper (byte 128) and grow in proportion to the person's share, up to 1.
///
/// A new scan-and-go service at one chain made members of 12 % of a day's customers and moved 62 %
/// of the payments to phones within a week (vendor). Here the defaults make members of about 8 % of
/// the buyers who are none, and of everyone who pays by scan-and-go.
struct Params {
  Ranged till_asks{0.5, 0.2, 0.9};        ///< of purchases without an account shown
  Ranged till_agrees{0.08, 0.02, 0.2};    ///< of those asked
  Ranged scans_code{0.03, 0.005, 0.1};    ///< grows with the activity in the messaging app
  Ranged wifi_page{0.01, 0.002, 0.05};    ///< grows with the time that Wi-Fi is on; needs a phone
  Ranged second_account{0.2, 0.05, 0.5};  ///< of joinings open to a person with an account already
  Ranged shows_account{0.7, 0.4, 0.9};    ///< of members' purchases; scan-and-go: all
  Ranged code_phone_number{0.5, 0.2, 0.9};  ///< of accounts by code: hold the phone number too
  Ranged wifi_phone_number{0.5, 0.1, 1.0};  ///< of accounts by Wi-Fi page: likewise
  Ranged missed_match{0.10, 0.0, 0.2};      ///< of accounts that share a token with their person's
  Ranged false_match{0.05, 0.0, 0.1};       ///< of accounts not matched: taken for someone else's
};
Fields fields(Params& params);

/// Reads the block "members" of a scenario; absent members have their defaults.
Result<Params> read_params(const scenario::Scenario& scenario);

}  // namespace footfall::members
