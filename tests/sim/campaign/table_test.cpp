#include "sim/campaign/table.hpp"

#include <doctest/doctest.h>

#include "core/texts.hpp"
#include "tests/sim/campaign/town.hpp"

using namespace footfall;
using namespace footfall::campaign;

namespace {

const std::vector<Channel> channels = standard_channels();

std::string errors_of(std::string_view bytes) {
  const auto result = campaigns_from_csv(bytes, channels);
  REQUIRE_FALSE(result.has_value());
  return describe(result.error());
}

void names(const std::string& text, std::initializer_list<const char*> parts) {
  for (const char* part : parts) {
    CAPTURE(text);
    CHECK_MESSAGE(text.find(part) != std::string::npos, part);
  }
}

}  // namespace

TEST_CASE("the three channels of the thin chain") {
  REQUIRE(channels.size() == 3);
  CHECK(channels[0].name == "sms_recall");
  CHECK(channels[1].name == "location_ad");
  CHECK(channels[2].name == "scan_coupon");
  for (std::uint32_t i = 0; i < 3; ++i) {
    CHECK(channels[i].trigger == static_cast<Trigger>(i));
    CHECK(channels[i].needs_account == (i != 1));
    CHECK(channels[i].coupon == (i == 2));
    for (const Ranged& r : {channels[i].reach, channels[i].utility, channels[i].halving_km,
                            channels[i].fatigue, channels[i].redeem}) {
      CHECK(r.low <= r.value);
      CHECK(r.value <= r.high);
    }
  }
}

TEST_CASE("the block of campaigns sets the channels; every field has its texts") {
  scenario::Scenario scenario;
  scenario.parameters["campaign"] = Json{{"sms_recall_reach", 0.6}, {"scan_coupon_discount", 0.2}};
  const auto params = read_params(scenario);
  REQUIRE(params.has_value());
  const auto set = standard_channels(*params);
  CHECK(set[0].reach.value == 0.6);
  CHECK(set[2].discount == 0.2);
  CHECK(set[1].reach == channels[1].reach);
  scenario.parameters["campaign"] = Json{{"sms_recall_reach", 2}, {"sms", 1}};
  const auto wrong = read_params(scenario);
  REQUIRE_FALSE(wrong.has_value());
  names(describe(wrong.error()),
        {"parameters/campaign/sms_recall_reach", "parameters/campaign/sms"});

  Params defaults;
  CHECK(from_json(to_json(fields(defaults)), fields(defaults), "f", "p").empty());
  for (const Field& field : fields(defaults)) {
    for (const char* end : {"", ".help"}) {
      const std::string key = "param.campaign." + std::string(field.name) + end;
      CHECK_MESSAGE(text(Language::english, key) != key, key);
    }
  }
  for (const Channel& channel : channels)
    CHECK(label(Language::chinese, "choice", channel.name) != channel.name);
}

TEST_CASE("campaigns.csv: reads what it writes, and fills in defaults") {
  Campaign c = testing::campaign_of(12, Trigger::scan);
  c.name = "Spring, \"second\" try";
  c.budget_minor = 12'345.5;
  c.hold_out = 0.1;
  const std::vector<Campaign> list{testing::campaign_of(3, Trigger::nearby), c};
  const std::string csv = campaigns_to_csv(list, channels);
  const auto read = campaigns_from_csv(csv, channels);
  REQUIRE(read.has_value());
  REQUIRE(read->size() == 2);
  CHECK(campaigns_to_csv(*read, channels) == csv);
  CHECK((*read)[1].name == c.name);
  CHECK((*read)[1].budget_minor == c.budget_minor);

  const auto short_form = campaigns_from_csv(
      "id;channel;store;from;to;hold_out\r\n5; location_ad ;2;0;30;\r\n", channels);
  REQUIRE(short_form.has_value());
  const Campaign& only = short_form->front();
  CHECK(only.id == CampaignId{5});
  CHECK(only.channel == 1);
  CHECK(only.store == StoreId{2});
  CHECK(only.to == 30);
  CHECK(only.hold_out == Campaign().hold_out);
  CHECK(only.radius_km == Campaign().radius_km);
  CHECK(campaigns_from_csv("id,channel,store,from,to\n", channels)->empty());
}

TEST_CASE("campaigns.csv: every problem with line, column and what is allowed") {
  names(errors_of(""), {"campaigns.csv"});
  names(errors_of("id,channel,from,to,cost\n"),
        {"\"store\" column is missing", "\"cost\" is not a known column", "budget_minor"});
  const std::string text = errors_of(
      "id,channel,store,from,to,budget_minor,hold_out\n"
      "1,sms,1,0,10,100,0.1\n"
      "0,sms_recall,x,0,10,-1,2\n"
      "4,sms_recall,1,10,10,much,0.1\n"
      "4,sms_recall,1,1.5,40000,0,0.1\n");
  names(text, {"line 2, column channel: \"sms\" is no channel",
               "one of sms_recall, location_ad, scan_coupon", "line 3, column id",
               "line 3, column store", "line 3, column budget_minor", "line 3, column hold_out",
               "a number from 0 to 1", "line 4, column to: \"10\" is not after the day \"from\"",
               "line 4, column budget_minor: \"much\" is not a number",
               "line 5, column id: \"4\" is used already in line 4", "line 5, column from",
               "line 5, column to", "from 0 to 36500"});
}
