# SPDX-License-Identifier: Apache-2.0
# How a room, a module library and a test are declared. See docs/building.md.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(HANGIL_MODULE_DIR "${CMAKE_BINARY_DIR}/lib/hangil")

set(HANGIL_SANITIZE "" CACHE STRING "Sanitizers, comma separated (address,undefined or thread)")
option(HANGIL_UNITY "Compile several sources of a target as one: sanitizer builds take a third of the time" OFF)
option(HANGIL_FUZZ "Build the fuzz targets of tests/fuzz (needs clang)" OFF)
if(HANGIL_UNITY)
  set(CMAKE_UNITY_BUILD ON)
  set(CMAKE_UNITY_BUILD_BATCH_SIZE 6)
endif()
find_program(HANGIL_CCACHE ccache)
if(HANGIL_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${HANGIL_CCACHE}")
  set(CMAKE_C_COMPILER_LAUNCHER "${HANGIL_CCACHE}")
endif()

# x86-64-v2 is what every machine made since 2010 has; hot kernels opt in to more with HANGIL_HOT (base/hot.hpp),
# which picks at run time. FMA contraction stays off, so every variant computes the same bits.
add_library(hangil_options INTERFACE)
target_compile_definitions(hangil_options INTERFACE EIGEN_MAX_ALIGN_BYTES=16)
# -Wno-restrict: g++ 12 warns falsely on string concatenation (GCC PR 105651).
target_compile_options(hangil_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wno-restrict -Wno-missing-field-initializers
  -ffp-contract=off)
if(HANGIL_UNITY)
  # A class of a .cpp file may hold types of its unnamed namespace; in a batch the compiler takes the file for a header.
  target_compile_options(hangil_options INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-subobject-linkage>)
endif()
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  target_compile_options(hangil_options INTERFACE -march=x86-64-v2)
endif()
if(HANGIL_SANITIZE)
  target_compile_options(hangil_options INTERFACE
    -O1 -g1 -fno-omit-frame-pointer -fsanitize=${HANGIL_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(hangil_options INTERFACE -fsanitize=${HANGIL_SANITIZE})
endif()
if(HANGIL_FUZZ)
  # -Werror speaks for g++, the compiler of the product; clang only drives the fuzzer.
  target_compile_options(hangil_options INTERFACE -fsanitize=fuzzer-no-link -w)
endif()

# hangil_room(NAME <room> MAY_USE <rooms...> [SOURCES <files...>] [LINKS <third-party targets...>]
#             [MAY_USE_IN_MODULES <rooms...>])
# One room = namespace hangil::<room> = target hangil_<room>. Linking derives from MAY_USE, which a test also holds
# every #include to. Without SOURCES the room is header-only.
function(hangil_room)
  cmake_parse_arguments(ROOM "" "NAME" "MAY_USE;SOURCES;LINKS" ${ARGN})
  set(target hangil_${ROOM_NAME})
  if(ROOM_SOURCES)
    add_library(${target} STATIC ${ROOM_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(${target} PRIVATE hangil_options)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} "${CMAKE_SOURCE_DIR}/modules")
  foreach(other IN LISTS ROOM_MAY_USE)
    target_link_libraries(${target} ${scope} hangil_${other})
  endforeach()
  target_link_libraries(${target} ${scope} ${ROOM_LINKS})
endfunction()

# hangil_part(<room> <part> SOURCES <files...> LINKS <heavy targets...>): sources of a room that need LibTorch or
# OpenCV (HangilPerception.cmake) as a library of their own, hangil_<room>_<part>. Only module libraries, tests and
# benchmarks link it, so that the room and the program stay light. Call it only where the heavy target is there.
function(hangil_part room part)
  cmake_parse_arguments(PART "" "" "SOURCES;LINKS" ${ARGN})
  set(target hangil_${room}_${part})
  add_library(${target} STATIC ${PART_SOURCES})
  set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
  target_link_libraries(${target} PUBLIC hangil_${room} PRIVATE hangil_options ${PART_LINKS})
endfunction()

# hangil_module(<room> <thing> [SOURCES ...] [LINKS ...]): builds <thing>_module.cpp of this room as
# libhangil_<thing>.so. SOURCES join the room's own library, so that its tests reach them.
function(hangil_module room thing)
  cmake_parse_arguments(MODULE "" "" "SOURCES;LINKS" ${ARGN})
  set(target hangil_${thing}_module)
  get_target_property(type hangil_${room} TYPE)
  if(MODULE_SOURCES AND type STREQUAL "INTERFACE_LIBRARY")
    list(TRANSFORM MODULE_SOURCES PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
    target_sources(hangil_${room} INTERFACE ${MODULE_SOURCES})
  elseif(MODULE_SOURCES)
    target_sources(hangil_${room} PRIVATE ${MODULE_SOURCES})
  endif()
  add_library(${target} MODULE ${thing}_module.cpp)
  target_link_libraries(${target} PRIVATE hangil_options hangil_${room} hangil_runtime ${MODULE_LINKS})
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME hangil_${thing} LIBRARY_OUTPUT_DIRECTORY "${HANGIL_MODULE_DIR}")
  set_property(GLOBAL APPEND PROPERTY HANGIL_MODULE_TARGETS ${target})
  install(TARGETS ${target} LIBRARY DESTINATION lib/hangil)
endfunction()

# hangil_test(<room> [SOURCES <files...>] [LINKS ...]): one GoogleTest program a room from every *_test.cpp here and
# SOURCES, each TEST registered with CTest; those of suites named Nightly... with the label `nightly`.
function(hangil_test room)
  cmake_parse_arguments(TEST "" "" "SOURCES;LINKS" ${ARGN})
  set(target hangil_${room}_test)
  file(GLOB sources CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}" *_test.cpp)
  list(APPEND sources ${TEST_SOURCES})
  list(REMOVE_DUPLICATES sources)
  if(NOT sources)
    return()
  endif()
  add_executable(${target} ${sources})
  target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
  target_link_libraries(${target} PRIVATE hangil_options hangil_${room} GTest::gtest_main ${TEST_LINKS})
  target_compile_definitions(${target} PRIVATE HANGIL_SOURCE_DIR="${CMAKE_SOURCE_DIR}" HANGIL_BUILD_DIR="${CMAKE_BINARY_DIR}")
  gtest_discover_tests(${target} TEST_PREFIX "${room}." TEST_FILTER "-*Nightly*" DISCOVERY_TIMEOUT 60
    PROPERTIES TIMEOUT 300)
  # Suites named Nightly... are too long for every change.
  gtest_discover_tests(${target} TEST_PREFIX "${room}." TEST_FILTER "*Nightly*" TEST_LIST ${target}_NIGHTLY
    DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 1800 LABELS nightly)
endfunction()

# To be called once after the last room: the target that builds every module library.
function(hangil_finish)
  get_property(modules GLOBAL PROPERTY HANGIL_MODULE_TARGETS)
  add_custom_target(hangil_modules)
  if(modules)
    add_dependencies(hangil_modules ${modules})
  endif()
endfunction()
