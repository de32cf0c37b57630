# Third-party libraries as targets. Versions, checks and licences: tools/thirdparty.txt.
# All of them are compiled without warnings and sanitizers, and included as system headers.

set(source_dir ${FOOTFALL_CACHE}/src)
set(imgui_dir ${source_dir}/imgui-1.90.1)
set(implot_dir ${source_dir}/implot-0.17)
set(sdl_dir ${source_dir}/SDL2-2.26.5)
set(musl_dir ${source_dir}/musl-1.2.3)
set(earcut_dir ${source_dir}/earcut-1.0.1)
set(FOOTFALL_LIECHTENSTEIN_PBF
  ${source_dir}/osm2pgsql-1.8.0/tests/data/liechtenstein-2013-08-03.osm.pbf)

foreach(dir ${imgui_dir} ${implot_dir} ${sdl_dir} ${musl_dir} ${earcut_dir})
  if(NOT EXISTS ${dir}/.unpacked)
    message(FATAL_ERROR "third-party sources are missing (${dir}): run ./run setup")
  endif()
endforeach()

find_package(Threads REQUIRED)

# --- Debian's -dev packages

add_library(footfall_fmt INTERFACE)
if(EMSCRIPTEN)
  # Headers are seen through a folder of links: /usr/include itself would bring glibc's.
  set(links ${FOOTFALL_CACHE}/wasm-include)
  file(MAKE_DIRECTORY ${links})
  foreach(name boost nlohmann CLI fmt tl doctest)
    file(CREATE_LINK /usr/include/${name} ${links}/${name} SYMBOLIC)
  endforeach()
  add_compile_options(-isystem ${links})
  target_compile_definitions(footfall_fmt INTERFACE FMT_HEADER_ONLY)
else()
  find_package(fmt REQUIRED)
  target_link_libraries(footfall_fmt INTERFACE fmt::fmt)
  find_package(GDAL REQUIRED)
  find_package(CLI11 REQUIRED)
  find_package(SDL2 REQUIRED)
  set(OpenGL_GL_PREFERENCE LEGACY)
  find_package(OpenGL REQUIRED)
  find_package(benchmark REQUIRED)
  find_package(SQLite3 REQUIRED)
  find_package(zstd REQUIRED)
endif()

function(footfall_vendored target)
  target_compile_options(${target} PRIVATE -w)
endfunction()

# --- musl's mathematical functions, under names of our own (cmake/musl/musl_math.h)

set(musl_files acos asin atan atan2 cbrt cos cosh erf exp expm1 floor fmod hypot lgamma_r log log1p
  pow scalbn sin sinh tan tanh tgamma exp_data log_data pow_data __cos __expo2 __math_divzero
  __math_invalid __math_oflow __math_uflow __math_xflow __rem_pio2 __rem_pio2_large __sin __tan)
list(TRANSFORM musl_files PREPEND ${musl_dir}/src/math/)
list(TRANSFORM musl_files APPEND .c)
add_library(musl_math STATIC ${musl_files})
target_include_directories(musl_math PUBLIC ${CMAKE_SOURCE_DIR}/cmake/musl
  PRIVATE ${musl_dir}/src/internal ${musl_dir}/arch/generic)
target_compile_options(musl_math PRIVATE -std=gnu11 -O2 -fno-math-errno
  -include ${CMAKE_SOURCE_DIR}/cmake/musl/rename.h)
footfall_vendored(musl_math)

# --- SDL2: Debian's natively, our build of Debian's source in the browser

if(EMSCRIPTEN AND NOT FOOTFALL_THREADS)
  file(GLOB sdl_files ${sdl_dir}/src/*.c)
  foreach(part atomic audio audio/disk audio/dummy audio/emscripten cpuinfo dynapi events file
      filesystem/emscripten haptic haptic/dummy hidapi joystick joystick/emscripten joystick/virtual
      libm loadso/dlopen locale locale/emscripten misc misc/emscripten power power/emscripten render
      render/opengles2 render/software sensor sensor/dummy stdlib thread thread/generic timer
      timer/unix video video/dummy video/emscripten video/yuv2rgb)
    file(GLOB part_files ${sdl_dir}/src/${part}/*.c)
    list(APPEND sdl_files ${part_files})
  endforeach()
  add_library(footfall_sdl STATIC EXCLUDE_FROM_ALL ${sdl_files})
  target_include_directories(footfall_sdl SYSTEM PUBLIC ${sdl_dir}/include)
  target_compile_options(footfall_sdl PRIVATE -Os)
  footfall_vendored(footfall_sdl)
elseif(NOT EMSCRIPTEN)
  add_library(footfall_sdl INTERFACE)
  target_link_libraries(footfall_sdl INTERFACE SDL2::SDL2 OpenGL::GL)
endif()

# --- Dear ImGui and ImPlot

if(TARGET footfall_sdl)
  # ImPlot includes "imgui/imgui.h": without this link it would find the system's 1.86.
  file(MAKE_DIRECTORY ${implot_dir}/include)
  file(CREATE_LINK ${imgui_dir} ${implot_dir}/include/imgui SYMBOLIC)
  file(CREATE_LINK ${implot_dir}/src-core/imgui/implot ${implot_dir}/include/implot SYMBOLIC)
  set(implot_src ${implot_dir}/src-core/imgui/implot)
  add_library(footfall_imgui STATIC EXCLUDE_FROM_ALL
    ${imgui_dir}/imgui.cpp ${imgui_dir}/imgui_draw.cpp ${imgui_dir}/imgui_tables.cpp
    ${imgui_dir}/imgui_widgets.cpp ${imgui_dir}/backends/imgui_impl_opengl3.cpp
    ${imgui_dir}/backends/imgui_impl_sdl2.cpp ${implot_src}/implot.cpp
    ${implot_src}/implot_items.cpp)
  target_include_directories(footfall_imgui SYSTEM PUBLIC
    ${implot_dir}/include ${imgui_dir} ${imgui_dir}/backends ${implot_src})
  # With 16-bit indices a chart of more than 65,535 vertices breaks.
  target_compile_definitions(footfall_imgui PUBLIC "ImDrawIdx=unsigned int")
  target_link_libraries(footfall_imgui PUBLIC footfall_sdl)
  footfall_vendored(footfall_imgui)
  if(EMSCRIPTEN)
    target_compile_definitions(footfall_imgui PUBLIC IMGUI_IMPL_OPENGL_ES3)
    target_compile_options(footfall_imgui PRIVATE -Os)
    target_link_options(footfall_imgui PUBLIC -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2)
  else()
    target_link_libraries(footfall_imgui PUBLIC ${CMAKE_DL_LIBS})
  endif()
endif()

# --- polygons to triangles, for drawing

add_library(footfall_earcut INTERFACE)
target_include_directories(footfall_earcut SYSTEM INTERFACE ${earcut_dir}/include)
