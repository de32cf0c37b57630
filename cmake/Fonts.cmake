# The window's font, cut from WenQuanYi Micro Hei at build time (tools/fonts.py):
#   generated/fonts/ui.ttf    Latin and the characters of the interface; embedded everywhere
#   generated/fonts/cjk.ttf   GB 2312 level 1; embedded natively, fetched by the page
# Sources declare what they use:
#   extern const unsigned char footfall_font_ui[];  extern const unsigned footfall_font_ui_size;
#   extern const unsigned char footfall_font_cjk[]; extern const unsigned footfall_font_cjk_size;

set(font_dir ${CMAKE_BINARY_DIR}/generated/fonts)
# The texts of the interface stand in core/texts*.cpp.
file(GLOB ui_texts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/core/texts*.cpp)
add_custom_command(
  OUTPUT ${font_dir}/ui.ttf ${font_dir}/cjk.ttf ${font_dir}/font_ui.cpp ${font_dir}/font_cjk.cpp
  COMMAND /usr/bin/python3 ${CMAKE_SOURCE_DIR}/tools/fonts.py --out ${font_dir} -- ${ui_texts}
  DEPENDS ${CMAKE_SOURCE_DIR}/tools/fonts.py ${ui_texts}
  COMMENT "Cutting fonts"
  VERBATIM)
add_library(footfall_fonts STATIC EXCLUDE_FROM_ALL ${font_dir}/font_ui.cpp)
if(NOT EMSCRIPTEN)
  target_sources(footfall_fonts PRIVATE ${font_dir}/font_cjk.cpp)
endif()
