#include "sim/campaign/channel.hpp"

#include "sim/members/members.hpp"

namespace footfall::campaign {
namespace {

constexpr std::string_view room = "campaign";
constexpr std::string_view assumed = "assumption";

// What the fields of all channels have in common.
constexpr std::string_view cost_help = "Cost of one message or exposure, in minor units of money";
constexpr std::string_view reach_help = "Share of those addressed who notice it";
constexpr std::string_view utility_help =
    "How strongly it draws at no distance: the weight of the store is multiplied by exp of this";
constexpr std::string_view delay_help = "Mean time until it works";
constexpr std::string_view duration_help = "How long it works";
constexpr std::string_view halving_help = "Distance at which it draws half as strongly";
constexpr std::string_view fatigue_help =
    "How much each message of the last 30 days weakens it, as exponent";

Channel sms_recall() {
  Channel c;
  c.name = "sms_recall";
  c.trigger = Trigger::not_seen;
  c.tokens = static_cast<std::uint8_t>(members::Token::phone_number);
  c.cost_minor = 5;
  c.reach = {0.8, 0.5, 0.95};
  c.utility = {0.8, 0.3, 1.5};
  c.delay_days = 1.1;  // 60 % within 24 hours (vendor): -1 / ln 0.4
  c.duration_days = 7;
  c.halving_km = {3, 1, 6};
  c.fatigue = {0.15, 0.05, 0.3};
  c.opt_out = 0.01;
  return c;
}

Channel location_ad() {
  Channel c;
  c.name = "location_ad";
  c.trigger = Trigger::nearby;
  c.needs_account = false;
  c.cost_minor = 3;
  c.reach = {0.3, 0.1, 0.5};
  c.utility = {0.3, 0.1, 0.6};
  c.delay_days = 0.5;
  c.duration_days = 3;
  c.halving_km = {1.5, 0.5, 3};
  c.fatigue = {0.1, 0.02, 0.2};
  return c;
}

Channel scan_coupon() {
  Channel c;
  c.name = "scan_coupon";
  c.trigger = Trigger::scan;
  c.cost_minor = 0;  // what it costs is the discount
  c.reach = {0.9, 0.7, 1};
  c.utility = {0.9, 0.4, 1.5};
  c.delay_days = 0.5;
  c.duration_days = 14;
  c.halving_km = {2, 1, 5};
  c.fatigue = {0.1, 0.02, 0.2};
  c.opt_out = 0.003;  // 5 to 8 % a week at 3 pushes a day (survey)
  c.coupon = true;
  c.discount = 0.1;
  c.redeem = {0.5, 0.3, 0.8};
  return c;
}

}  // namespace

Params::Params()
    : sms_recall(campaign::sms_recall()),
      location_ad(campaign::location_ad()),
      scan_coupon(campaign::scan_coupon()) {}

Fields fields(Params& p) {
  Channel& sms = p.sms_recall;
  Channel& ad = p.location_ad;
  Channel& coupon = p.scan_coupon;
  return {
      {"sms_recall_cost", &sms.cost_minor, 0, 1e6, "", cost_help, assumed},
      {"sms_recall_reach", &sms.reach, 0, 1, "", reach_help, assumed},
      {"sms_recall_utility", &sms.utility, -5, 5, "", utility_help,
       "assumption; subscribed SMS redeem 3 to 10 % (CodeBroker, vendor)"},
      {"sms_recall_delay", &sms.delay_days, 0, 100, "days", delay_help,
       "60 % of answers within 24 hours (vendor)"},
      {"sms_recall_duration", &sms.duration_days, 1, 365, "days", duration_help, assumed},
      {"sms_recall_halving", &sms.halving_km, 0.01, 1000, "km", halving_help, assumed},
      {"sms_recall_fatigue", &sms.fatigue, 0, 5, "", fatigue_help, assumed},
      {"sms_recall_opt_out", &sms.opt_out, 0, 1, "", "Chance that a message makes a member opt out",
       "assumption; surveys: 56 % leave at 4 messages in 30 days, 5 to 8 % a week at 3 a day"},
      {"location_ad_cost", &ad.cost_minor, 0, 1e6, "", cost_help, assumed},
      {"location_ad_reach", &ad.reach, 0, 1, "", reach_help, assumed},
      {"location_ad_utility", &ad.utility, -5, 5, "", utility_help, assumed},
      {"location_ad_delay", &ad.delay_days, 0, 100, "days", delay_help, assumed},
      {"location_ad_duration", &ad.duration_days, 1, 365, "days", duration_help, assumed},
      {"location_ad_halving", &ad.halving_km, 0.01, 1000, "km", halving_help, assumed},
      {"location_ad_fatigue", &ad.fatigue, 0, 5, "", fatigue_help, assumed},
      {"scan_coupon_cost", &coupon.cost_minor, 0, 1e6, "", cost_help, assumed},
      {"scan_coupon_reach", &coupon.reach, 0, 1, "", reach_help, assumed},
      {"scan_coupon_utility", &coupon.utility, -5, 5, "", utility_help, assumed},
      {"scan_coupon_delay", &coupon.delay_days, 0, 100, "days", delay_help, assumed},
      {"scan_coupon_duration", &coupon.duration_days, 1, 365, "days", duration_help, assumed},
      {"scan_coupon_halving", &coupon.halving_km, 0.01, 1000, "km", halving_help, assumed},
      {"scan_coupon_fatigue", &coupon.fatigue, 0, 5, "", fatigue_help, assumed},
      {"scan_coupon_opt_out", &coupon.opt_out, 0, 1, "",
       "Chance that a coupon makes a member opt out", "5 to 8 % a week at 3 pushes a day (survey)"},
      {"scan_coupon_discount", &coupon.discount, 0, 1, "",
       "What a redeemed coupon takes off the purchase", assumed},
      {"scan_coupon_redeem", &coupon.redeem, 0, 1, "",
       "Chance that the average holder who buys redeems the coupon",
       "assumption; 30 to 50 % of coupons on demand are redeemed (CodeBroker, vendor)"},
  };
}

Result<Params> read_params(const scenario::Scenario& scenario) {
  Params params;
  Errors errors = scenario::read_block(scenario, room, fields(params));
  if (!errors.empty()) return fail(std::move(errors));
  return params;
}

std::vector<Channel> standard_channels(const Params& params) {
  return {params.sms_recall, params.location_ad, params.scan_coupon};
}

}  // namespace footfall::campaign
