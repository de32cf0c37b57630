// Texts of many runs.
#include "core/texts.hpp"

namespace footfall {
namespace {

constexpr Text rows[] = {
    {"job.runs", "Running", "运行中"},
};

}  // namespace

std::span<const Text> batch_texts() {
  return rows;
}

}  // namespace footfall
