# footfall_room(target folder ...), footfall_tests(name folder ...), footfall_program(name folder ...)
#
# Each takes the .cpp files of a folder, found again at every build. Files for one platform are
# picked by their names, never by #ifdef:
#   *_native.cpp   not in the browser         *_threads.cpp   where threads are
#   *_web.cpp      only in the browser        *_serial.cpp    where they are not
# An empty folder gives an empty room, no tests and no program.

function(footfall_sources out folder recurse exclude)
  set(pattern ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  if(recurse)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${pattern})
  else()
    file(GLOB files CONFIGURE_DEPENDS ${pattern})
  endif()
  if(exclude)
    list(FILTER files EXCLUDE REGEX "^${CMAKE_SOURCE_DIR}/${exclude}/")
  endif()
  if(EMSCRIPTEN)
    list(FILTER files EXCLUDE REGEX "_native\\.cpp$")
  else()
    list(FILTER files EXCLUDE REGEX "_web\\.cpp$")
  endif()
  if(FOOTFALL_THREADS)
    list(FILTER files EXCLUDE REGEX "_serial\\.cpp$")
  else()
    list(FILTER files EXCLUDE REGEX "_threads\\.cpp$")
  endif()
  set(${out} ${files} PARENT_SCOPE)
endfunction()

# RECURSE takes the folders below too, but for EXCLUDE. HOT rooms are compiled for speed, SMALL
# ones for size in the browser.
function(footfall_room target folder)
  cmake_parse_arguments(ARG "RECURSE;HOT;SMALL" "EXCLUDE" "DEPS" ${ARGN})
  footfall_sources(files ${folder} "${ARG_RECURSE}" "${ARG_EXCLUDE}")
  if(NOT files)
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE footfall_flags ${ARG_DEPS})
    return()
  endif()
  add_library(${target} STATIC ${files})
  target_link_libraries(${target} PUBLIC footfall_flags ${ARG_DEPS})
  if(ARG_HOT)
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:${FOOTFALL_HOT_FLAGS}>)
  endif()
  if(ARG_SMALL AND EMSCRIPTEN)
    target_compile_options(${target} PRIVATE -Os)
  endif()
endfunction()

function(footfall_program name folder)
  cmake_parse_arguments(ARG "" "" "DEPS" ${ARGN})
  footfall_sources(files ${folder} OFF "")
  if(NOT files)
    return()
  endif()
  add_executable(${name} ${files})
  target_link_libraries(${name} PRIVATE footfall_flags ${ARG_DEPS})
endfunction()

# Makes a wasm program run under Node with the machine's files. Linked with little optimisation,
# since linking is what costs time.
function(footfall_node_program name)
  if(NOT EMSCRIPTEN OR NOT TARGET ${name})
    return()
  endif()
  target_link_options(${name} PRIVATE -O1 -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH=1 -sNODERAWFS=1
    -sTOTAL_STACK=1MB)
  if(FOOTFALL_THREADS)
    # Without the proxy, joining a thread from the main one hangs.
    target_link_options(${name} PRIVATE -sPROXY_TO_PTHREAD=1 -sENVIRONMENT=node,worker)
  else()
    target_link_options(${name} PRIVATE -sENVIRONMENT=node)
  endif()
endfunction()

# One doctest program for the tests of a room, run by ctest in the source folder.
function(footfall_tests name folder)
  cmake_parse_arguments(ARG "" "" "DEPS" ${ARGN})
  footfall_program(${name} ${folder} DEPS footfall_test_main ${ARG_DEPS})
  if(NOT TARGET ${name})
    return()
  endif()
  footfall_node_program(${name})
  target_compile_definitions(${name} PRIVATE
    FOOTFALL_LIECHTENSTEIN_PBF="${FOOTFALL_LIECHTENSTEIN_PBF}")
  add_dependencies(all-tests ${name})
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES TIMEOUT 1200)
endfunction()

add_custom_target(all-tests)
add_library(footfall_test_main OBJECT EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tests/main.cpp)
target_link_libraries(footfall_test_main PUBLIC footfall_flags)
