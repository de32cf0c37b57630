// Texts of many runs.
#include "core/texts.hpp"

namespace footfall {
namespace {

constexpr Text rows[] = {
    {"job.runs", "Running", "运行中"},
    {"job.runs_left", "{0} of {1} units, {2} left", "{1} 个单元中的 {0} 个，剩余 {2}"},
};

}  // namespace

std::span<const Text> batch_texts() {
  return rows;
}

}  // namespace footfall
