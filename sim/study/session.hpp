// A job is bytes in, bytes out. The window talks to a Session: natively on a thread, in the browser
// in a Worker with its own instance of the core. The same bytes travel in both.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/job.hpp"
#include "sim/study/study.hpp"
#include "sim/study/unit_work.hpp"

namespace footfall::study {

/// To the session: run a study, or units of a batch.
struct Request {
  std::uint64_t generation = 0;
  std::string study;  ///< name in the registry
  Json options = Json::object();
  std::vector<scenario::Edit> edits;  ///< since the base scenario
  std::string base_hash;              ///< scenario_hash of the base
  std::string base;                   ///< packed scenario; empty where the session holds it already
  Json plan;                          ///< experiment::to_json() of a batch; null: a study is run
  std::vector<std::uint64_t> units;   ///< ids to run, one after the other
};

/// A unit that has been run.
struct UnitReply {
  std::uint64_t id = 0;
  std::string figures, message;  ///< as in UnitOutcome
};

/// From the session.
struct Reply {
  std::uint64_t generation = 0;
  Errors errors;           ///< empty on success
  bool need_base = false;  ///< the session does not hold base_hash: send the request again with it
  Results results;
  std::string field;  ///< catchment::pack() of the central field; empty where a study has none
  std::vector<UnitReply> units;  ///< in the order of the request
};

std::string encode(const Request& request);
Result<Request> decode_request(std::string_view bytes);
std::string encode(const Reply& reply);
Result<Reply> decode_reply(std::string_view bytes);

class Session {
 public:
  /// Never throws; what goes wrong is in the reply.
  std::string handle(std::string_view request, const Job& job);

 private:
  Reply answer(std::string_view request, const Job& job);
  Errors open(const Request& request);
  Errors run_units(const Request& request, const Job& job, std::vector<UnitReply>& out);
  Errors prepare(const Json& plan);

  std::string base_hash_;
  scenario::Scenario base_;
  // The batch whose units were asked for last.
  Json plan_json_;
  experiment::Plan plan_;
  std::uint64_t points_ = 0;
  std::optional<UnitWork> work_;
};

}  // namespace footfall::study
