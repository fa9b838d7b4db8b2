# A floor is one folder of src/: a static library of its *.cc and a test program of its *_test.cc.
#
#   sonae_floor(town/registry ON town USES zstd TEST_USES ... )
#
# ON names floors below (their headers and libraries come along), USES outside libraries of libraries.cmake.
# The library is sonae_town_registry, the test program town_registry_test.
#
# With SONAE_UNITY the files of a floor are compiled sixteen at a time, as if they were one: from nothing the whole is built
# in about a quarter of the time, since headers are read and templates made once. APART names files that stay
# alone, because a name that is local to them is local to another file of the floor, too: a new one that does not compile
# ("redefinition") is renamed or named there.
set(SONAE_UNITY_FILES 16 CACHE STRING "How many files are compiled together (0: all of a floor)")

add_library(sonae_test_main OBJECT EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tools/test_main.cc)
target_include_directories(sonae_test_main PRIVATE ${CMAKE_SOURCE_DIR}/src)

function(sonae_floor folder)
  cmake_parse_arguments(ARG "" "" "ON;USES;TEST_USES;EXCLUDE;APART" ${ARGN})
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
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE sonae_${name} ${ARG_TEST_USES} sonae_test_main)
    target_compile_definitions(${name}_test PRIVATE
      SONAE_DATA_DIR="${CMAKE_SOURCE_DIR}/data" SONAE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${name}_test COMMAND ${name}_test)
  endif()

  if(SONAE_UNITY)
    list(TRANSFORM ARG_APART PREPEND ${root}/)
    set_source_files_properties(${ARG_APART} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    foreach(target IN ITEMS sonae_${name} ${name}_test)
      if(TARGET ${target})
        set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${SONAE_UNITY_FILES})
        # g++ takes the source files for headers there.
        target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
      endif()
    endforeach()
  endif()
endfunction()
