# Flags of every object, and the target footfall_flags for the objects of our own sources.

option(FOOTFALL_WASM_SIMD "128-bit SIMD in wasm (off only for the determinism check)" ON)
option(FOOTFALL_WASM_THREADS "threads in wasm (every object needs the same choice)" OFF)
set(FOOTFALL_HOT_FLAGS -O3 CACHE STRING "added to hot rooms in the Release build")
set(FOOTFALL_SANITIZE "" CACHE STRING "-fsanitize=... of our own sources")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

# The same bits everywhere: contraction is the one flag that would change plain arithmetic.
add_compile_options(-ffp-contract=off -fno-fast-math)

if(EMSCRIPTEN)
  set(FOOTFALL_THREADS ${FOOTFALL_WASM_THREADS})
  # Without -fexceptions a throw passes every catch and ends the program.
  add_compile_options(-fexceptions)
  add_link_options(-fexceptions)
  if(FOOTFALL_WASM_SIMD)
    add_compile_options(-msimd128)
  endif()
  if(FOOTFALL_THREADS)
    add_compile_options(-pthread)
    add_link_options(-pthread -Wno-pthreads-mem-growth)
  endif()
  # emcc looks for the Node package acorn, which Debian keeps where other Nodes do not look.
  set(CMAKE_CXX_LINKER_LAUNCHER ${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs)
else()
  set(FOOTFALL_THREADS ON)
  add_link_options(${FOOTFALL_SANITIZE})
endif()

add_library(footfall_flags INTERFACE)
target_include_directories(footfall_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(footfall_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  -Wno-missing-field-initializers -Wno-psabi ${FOOTFALL_SANITIZE})
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # False ones of g++ 12 in its own headers at -O2 and -O3 (bugs 105329, 107852).
  target_compile_options(footfall_flags INTERFACE
    -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
endif()
if(FOOTFALL_SANITIZE)
  # g++ 12 reports false ones once it has added its checks.
  target_compile_options(footfall_flags INTERFACE -Wno-maybe-uninitialized)
endif()

# Where tools/setup.sh keeps sources and ccache keeps objects; as in tools/env.sh.
if(DEFINED ENV{FOOTFALL_CACHE})
  set(FOOTFALL_CACHE $ENV{FOOTFALL_CACHE})
elseif(DEFINED ENV{XDG_CACHE_HOME})
  set(FOOTFALL_CACHE $ENV{XDG_CACHE_HOME}/footfall)
else()
  set(FOOTFALL_CACHE $ENV{HOME}/.cache/footfall)
endif()

find_program(FOOTFALL_CCACHE ccache)
if(FOOTFALL_CCACHE)
  # Paths below the source folder are made relative, so that every checkout shares the objects.
  set(CMAKE_C_COMPILER_LAUNCHER env CCACHE_DIR=${FOOTFALL_CACHE}/ccache CCACHE_NOHASHDIR=1
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${FOOTFALL_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_C_COMPILER_LAUNCHER})
endif()
