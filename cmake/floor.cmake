# A floor is one folder of src/: a static library of its *.cc and a test program of its *_test.cc.
#
#   sonae_floor(town/registry ON town USES zstd TEST_USES ... )
#
# ON names floors below (their headers and libraries come along), USES outside libraries of libraries.cmake.
# The library is sonae_town_registry, the test program town_registry_test.
function(sonae_floor folder)
  cmake_parse_arguments(ARG "" "" "ON;USES;TEST_USES;EXCLUDE" ${ARGN})
  string(REPLACE "/" "_" name ${folder})
  set(root ${CMAKE_SOURCE_DIR}/src/${folder})
  file(GLOB sources CONFIGURE_DEPENDS ${root}/*.cc)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  foreach(file IN LISTS ARG_EXCLUDE)
    list(REMOVE_ITEM sources ${root}/${file})
  endforeach()

  set(visibility PUBLIC)
  if(sources)
    add_library(sonae_${name} STATIC ${sources})
  else()
    add_library(sonae_${name} INTERFACE)  # headers only
    set(visibility INTERFACE)
  endif()
  target_include_directories(sonae_${name} ${visibility} ${CMAKE_SOURCE_DIR}/src)
  list(TRANSFORM ARG_ON REPLACE "/" "_")
  list(TRANSFORM ARG_ON PREPEND sonae_)
  list(TRANSFORM ARG_USES PREPEND sonae_use_)
  list(TRANSFORM ARG_TEST_USES PREPEND sonae_use_)
  target_link_libraries(sonae_${name} ${visibility} ${ARG_ON} ${ARG_USES} sonae_use_threads)

  if(tests AND SONAE_UNIT_TESTS)
    add_executable(${name}_test ${tests} ${CMAKE_SOURCE_DIR}/tools/test_main.cc)
    target_link_libraries(${name}_test PRIVATE sonae_${name} ${ARG_TEST_USES})
    target_compile_definitions(${name}_test PRIVATE
      SONAE_DATA_DIR="${CMAKE_SOURCE_DIR}/data" SONAE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${name}_test COMMAND ${name}_test)
  endif()
endfunction()
