#include "sim/study/session.hpp"

#include <exception>

#include "sim/scenario/files.hpp"

namespace footfall::study {
namespace {

// A message is its JSON head, its length in front as eight hexadecimal digits, and bytes behind it.
std::string joined(const Json& head, std::string_view tail) {
  const std::string text = head.dump(-1, ' ', false, Json::error_handler_t::replace);
  static constexpr char digits[] = "0123456789abcdef";
  std::string out(8, '0');
  std::size_t length = text.size();
  for (std::size_t i = 8; i-- > 0; length >>= 4) out[i] = digits[length & 15];
  out += text;
  out += tail;
  return out;
}

struct Parts {
  Json head;
  std::string tail;
};

Result<Parts> parted(std::string_view bytes) {
  constexpr std::string_view file = "message";
  if (bytes.size() < 8) return fail(std::string(file), "byte 0", "is cut off");
  std::size_t length = 0;
  for (const char c : bytes.substr(0, 8)) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit && !(c >= 'a' && c <= 'f'))
      return fail(std::string(file), "byte 0", "is no message");
    length = length * 16 + static_cast<std::size_t>(digit ? c - '0' : c - 'a' + 10);
  }
  if (length > bytes.size() - 8) return fail(std::string(file), "byte 8", "is cut off");
  auto head = parse_json(bytes.substr(8, length), file);
  if (!head) return fail(std::move(head.error()));
  if (!head->is_object()) return fail(std::string(file), "byte 8", "is no object");
  return Parts{std::move(*head), std::string(bytes.substr(8 + length))};
}

Json errors_json(const Errors& errors) {
  Json out = Json::array();
  for (const Error& e : errors) {
    out.push_back({{"file", e.file},
                   {"place", e.place},
                   {"value", e.value},
                   {"message", e.message},
                   {"allowed", e.allowed}});
  }
  return out;
}

Json units_json(const std::vector<UnitReply>& units) {
  Json out = Json::array();
  for (const UnitReply& u : units) {
    out.push_back({{"id", u.id}, {"figures", u.figures}, {"message", u.message}});
  }
  return out;
}

}  // namespace

std::string encode(const Request& request) {
  Json head{
      {"generation", request.generation}, {"study", request.study}, {"options", request.options},
      {"base_hash", request.base_hash},   {"plan", request.plan},   {"units", request.units}};
  head.update(scenario::edits_to_json(request.edits));
  return joined(head, request.base);
}

Result<Request> decode_request(std::string_view bytes) {
  auto parts = parted(bytes);
  if (!parts) return fail(std::move(parts.error()));
  try {
    Request out;
    out.generation = parts->head.at("generation").get<std::uint64_t>();
    out.study = parts->head.at("study").get<std::string>();
    out.options = parts->head.at("options");
    out.base_hash = parts->head.at("base_hash").get<std::string>();
    out.plan = parts->head.at("plan");
    parts->head.at("units").get_to(out.units);
    Json list = Json::object();
    list["edits"] = parts->head.at("edits");
    auto edits = scenario::edits_from_json(list, "message");
    if (!edits) return fail(std::move(edits.error()));
    out.edits = std::move(*edits);
    out.base = std::move(parts->tail);
    return out;
  } catch (const Json::exception& e) {
    return fail("message", "", e.what());
  }
}

std::string encode(const Reply& reply) {
  return joined(Json{{"generation", reply.generation},
                     {"errors", errors_json(reply.errors)},
                     {"need_base", reply.need_base},
                     {"units", units_json(reply.units)},
                     {"results", to_json(reply.results)}},
                reply.field);
}

Result<Reply> decode_reply(std::string_view bytes) {
  auto parts = parted(bytes);
  if (!parts) return fail(std::move(parts.error()));
  try {
    Reply out;
    out.generation = parts->head.at("generation").get<std::uint64_t>();
    out.need_base = parts->head.at("need_base").get<bool>();
    for (const Json& e : parts->head.at("errors")) {
      out.errors.push_back({e.at("file").get<std::string>(), e.at("place").get<std::string>(),
                            e.at("value").get<std::string>(), e.at("message").get<std::string>(),
                            e.at("allowed").get<std::string>()});
    }
    for (const Json& u : parts->head.at("units")) {
      out.units.push_back({u.at("id").get<std::uint64_t>(), u.at("figures").get<std::string>(),
                           u.at("message").get<std::string>()});
    }
    auto results = results_from_json(parts->head.at("results"));
    if (!results) return fail(std::move(results.error()));
    out.results = std::move(*results);
    out.field = std::move(parts->tail);
    return out;
  } catch (const Json::exception& e) {
    return fail("message", "", e.what());
  }
}

std::string Session::handle(std::string_view bytes, const Job& job) {
  Reply reply;
  reply.generation = job.generation();
  try {
    reply = answer(bytes, job);
  } catch (const std::exception& e) {  // out of memory, above all
    reply.errors = {{"", "", "", std::string("cannot be computed here: ") + e.what(), ""}};
  }
  return encode(reply);
}

Reply Session::answer(std::string_view bytes, const Job& job) {
  Reply reply;
  reply.generation = job.generation();
  auto request = decode_request(bytes);
  if (!request) {
    reply.errors = std::move(request.error());
    return reply;
  }
  reply.generation = request->generation;
  if (!request->base.empty()) {
    reply.errors = open(*request);
    if (!reply.errors.empty()) return reply;
  } else if (request->base_hash != base_hash_) {
    reply.need_base = true;
    return reply;
  }
  if (!request->plan.is_null()) {
    reply.errors = run_units(*request, job, reply.units);
    return reply;
  }
  auto output = run(request->study, base_, request->edits, request->options, job, base_hash_);
  if (!output) {
    reply.errors = std::move(output.error());
    return reply;
  }
  reply.results = std::move(output->results);
  if (!output->field.weight.empty()) reply.field = catchment::pack(output->field);
  return reply;
}

Errors Session::open(const Request& request) {
  auto files = scenario::unpack(request.base, "scenario");
  if (!files) return std::move(files.error());
  auto read = scenario::read_scenario(*files);
  if (!read) return std::move(read.error());
  base_ = std::move(*read);
  base_hash_ = request.base_hash;
  work_.reset();
  return {};
}

Errors Session::prepare(const Json& json) {
  if (work_ && plan_json_ == json) return {};
  work_.reset();
  auto plan = experiment::plan_from_json(json, "message");
  if (!plan) return std::move(plan.error());
  const experiment::Points points = experiment::points_of(*plan);
  auto work = UnitWork::make(*plan, points, base_);
  if (!work) return std::move(work.error());
  plan_json_ = json;
  plan_ = std::move(*plan);
  points_ = points.count;
  work_ = std::move(*work);
  return {};
}

Errors Session::run_units(const Request& request, const Job& job, std::vector<UnitReply>& out) {
  Errors errors = prepare(request.plan);
  if (!errors.empty()) return errors;
  const auto n = static_cast<double>(request.units.size());
  for (const std::uint64_t id : request.units) {
    if (id >= points_ * plan_.replications) {
      return {{"message", "units", std::to_string(id), "is no unit of this plan", ""}};
    }
    const auto before = static_cast<double>(out.size());
    const Job part(job, before / n, (before + 1) / n);
    UnitOutcome outcome = work_->outcome(experiment::unit_of(plan_, points_, id), part);
    if (job.cancelled()) return {{"", "", "", std::string(cancelled_message), ""}};
    out.push_back({id, std::move(outcome.figures), std::move(outcome.message)});
    job.progress(static_cast<double>(out.size()) / n, "job.runs");
  }
  return {};
}

}  // namespace footfall::study
