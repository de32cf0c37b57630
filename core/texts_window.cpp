// Texts of the window alone. Keys of other sections: texts_results.cpp.
#include "core/texts.hpp"

namespace footfall {
namespace {

constexpr Text rows[] = {
    // --- ui: labels, titles, empty states ---
    {"ui.language", "Language", "语言"},

    // --- command: names in menus and palette ---
    {"command.undo", "Undo", "撤销"},
    {"command.redo", "Redo", "重做"},

    // --- toast: short messages ---

    // --- job: stages of progress ---
    {"job.travel_times", "Travel times", "计算出行时间"},
};

}  // namespace

std::span<const Text> window_texts() {
  return rows;
}

}  // namespace footfall
