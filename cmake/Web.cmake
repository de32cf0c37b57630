# The browser's programs. Both are factories, createFootfallWindow(options) and
# createFootfallEngine(options), that give a promise of the module.
#   footfall-window   without threads only: the page's main thread, WebGL 2
#   footfall-engine   a worker that computes studies: web/engine*.cpp, no main; the functions that
#                     it exports are marked EMSCRIPTEN_KEEPALIVE. Threads inside in wasm-mt

set(web_link_options -sMODULARIZE=1 -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=67108864
  -sMAXIMUM_MEMORY=2147483648 -sFILESYSTEM=0 -sTOTAL_STACK=1MB
  -sEXPORTED_RUNTIME_METHODS=ccall,UTF8ToString,stringToUTF8,lengthBytesUTF8)

if(TARGET footfall-window)
  target_link_options(footfall-window PRIVATE ${web_link_options} -Os -sENVIRONMENT=web
    -sEXPORT_NAME=createFootfallWindow -sEXPORTED_FUNCTIONS=_main,_malloc,_free)
endif()

file(GLOB engine_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/engine*.cpp)
if(engine_files)
  add_executable(footfall-engine ${engine_files})
  target_link_libraries(footfall-engine PRIVATE footfall_flags footfall_study)
  target_link_options(footfall-engine PRIVATE ${web_link_options} -O2 --no-entry
    -sENVIRONMENT=worker -sEXPORT_NAME=createFootfallEngine
    -sEXPORTED_FUNCTIONS=_malloc,_free)
  if(FOOTFALL_THREADS)
    target_link_options(footfall-engine PRIVATE
      -sPTHREAD_POOL_SIZE=navigator.hardwareConcurrency)
  endif()
endif()
