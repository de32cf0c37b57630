// A job is bytes in, bytes out. The window talks to a Session: natively on a thread, in the browser
// in a Worker with its own instance of the core. The same bytes travel in both.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/job.hpp"
#include "sim/study/study.hpp"

namespace footfall::study {

/// To the session.
struct Request {
  std::uint64_t generation = 0;
  std::string study;  ///< name in the registry
  Json options = Json::object();
  std::vector<scenario::Edit> edits;  ///< since the base scenario
  std::string base_hash;              ///< scenario_hash of the base
  std::string base;                   ///< packed scenario; empty where the session holds it already
};

/// From the session.
struct Reply {
  std::uint64_t generation = 0;
  Errors errors;           ///< empty on success
  bool need_base = false;  ///< the session does not hold base_hash: send the request again with it
  Results results;
  std::string field;  ///< catchment::pack() of the central field; empty where a study has none
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

  std::string base_hash_;
  scenario::Scenario base_;
};

}  // namespace footfall::study
