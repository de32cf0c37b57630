// Contrast of text and marks (WCAG 2.1: 4.5 for text, 3 for marks), in both themes.
#include "ui/theme.hpp"

#include <doctest/doctest.h>

using namespace footfall::ui;

TEST_CASE("contrast of known colours") {
  CHECK(contrast({0x000000ff}, {0xffffffff}) == doctest::Approx(21));
  CHECK(contrast({0x767676ff}, {0xffffffff}) == doctest::Approx(4.54).epsilon(0.01));
  CHECK(contrast({0x123456ff}, {0x123456ff}) == doctest::Approx(1));
}

TEST_CASE("text can be read on what it stands on") {
  for (const Palette* p : {&light_palette(), &dark_palette()}) {
    for (const Colour ground : {p->panel, p->card, p->chrome, p->hover, p->selected_row}) {
      CHECK(contrast(p->text, ground) >= 7);
      CHECK_MESSAGE(contrast(p->muted, ground) >= 4.5, ground.rgba);
    }
    CHECK(contrast(p->on_accent, p->accent) >= 4.5);
    CHECK(contrast(p->on_toast, p->toast) >= 7);
    CHECK(contrast(p->accent, p->panel) >= 4.5);
    CHECK(contrast(p->error, p->panel) >= 4.5);
    CHECK(contrast(p->success, p->panel) >= 4.5);
    CHECK(contrast(p->map_text, p->map_ground) >= 7);
    for (const Colour mark : {p->own, p->competitor, p->candidate}) {
      CHECK(contrast(mark, p->panel) >= 3);
    }
  }
}

TEST_CASE("shares are told apart by lightness alone") {
  // From the ground's lightness away, in every step.
  for (const Palette* p : {&light_palette(), &dark_palette()}) {
    for (std::size_t i = 1; i < p->share.size(); ++i) {
      CHECK(contrast(p->share[i], p->map_ground) > contrast(p->share[i - 1], p->map_ground));
    }
  }
}

TEST_CASE("colours are packed as ImGui wants them") {
  CHECK(Colour{0x11223344}.im() == 0x44332211u);
  CHECK((Colour{0x112233ff}.faded(0.5f).rgba & 255) == 127);
}
