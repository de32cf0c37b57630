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

}  // namespace

std::string encode(const Request& request) {
  Json head{{"generation", request.generation},
            {"study", request.study},
            {"options", request.options},
            {"base_hash", request.base_hash}};
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
  return {};
}

}  // namespace footfall::study
