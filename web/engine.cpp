// The engine: the program inside the page's worker (web/engine_worker.js). Bytes of study::Request
// in, bytes of study::Reply out; progress goes to the page as messages.
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include <emscripten.h>

#include "sim/study/session.hpp"

// clang-format off
EM_JS(void, post_progress, (double generation, double share, const char* stage), {
  self.postMessage({ kind: "progress", generation, share, text: UTF8ToString(stage) });
})
// clang-format on

namespace {

// Lowest generation that somebody still waits for. The page writes it into shared memory (builds
// with threads) while run() keeps this worker from taking messages.
std::atomic<std::int32_t> wanted{0};

footfall::study::Session session;
std::string reply;

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void* footfall_engine_wanted() {
  return &wanted;
}

/// The reply is at footfall_engine_reply() until the next call.
EMSCRIPTEN_KEEPALIVE std::size_t footfall_engine_run(const char* bytes, std::size_t size,
                                                     double generation) {
  footfall::Job* running = nullptr;
  footfall::Job job(static_cast<std::uint64_t>(generation),
                    [&](double share, std::string_view stage) {
                      if (wanted.load(std::memory_order_relaxed) > generation) running->cancel();
                      post_progress(generation, share, std::string(stage).c_str());
                    });
  running = &job;
  reply = session.handle({bytes, size}, job);
  return reply.size();
}

EMSCRIPTEN_KEEPALIVE const char* footfall_engine_reply() {
  return reply.data();
}

}  // extern "C"
